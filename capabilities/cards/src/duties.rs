//! What is due: cards to be asked for, moved on, checked, taken back; numbers to be reported; dossiers to be checked, to
//! come back, lost.

use std::collections::{BTreeMap, HashMap};

use chibo_census::cube::ListOrder;
use chibo_kernel::{Day, Id, Permission, Problem, Said, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::{Duty, DutySource, Visit};

use crate::actions::{actor, case_of};
use crate::pages::{Ask, Line, Show, gone, keeps, lost_address, query, still_without};
use crate::rules::{Level, LossStep, State, Step, Terms};
use crate::seats::Seats;
use crate::shelf::{self, Cards};
use crate::store;

const fn source(name: &'static str, title: &'static str, find: chibo_web::duty::FindDuties) -> DutySource {
    DutySource { name, title, needs: Permission::EditMembers, find }
}

/// All sources.
pub(crate) const SOURCES: [DutySource; 5] = [
    source("cards", "cards-duties", cards),
    source("yearly-check-of-cards", "cards-duties-check", checks),
    source("dossier-numbers", "cards-duties-numbers", numbers),
    source("dossier-books", "cards-duties-dossiers", dossiers),
    source("lost-dossiers", "cards-duties-lost", lost),
];

/// Members recognised longer ago than this are a matter of records, not of the next meeting.
const RECENT_MONTHS: i32 = 12;
/// Days before a check of dossiers is due on which its keeper is told.
const AHEAD: i32 = 30;

/// Duties of one unit for one list: how many, by when.
type Sums = BTreeMap<(Id<Unit>, u8), (u32, Day)>;

fn add(sums: &mut Sums, key: (Id<Unit>, u8), due: Day) {
    let sum = sums.entry(key).or_insert((0, due));
    *sum = (sum.0 + 1, sum.1.min(due));
}

fn href(unit: Id<Unit>, show: Show) -> String {
    Ask { unit: Some(unit), show }.address("/cards/list")
}

/// Cards to be asked for (CRD-01), moved on (CRD-03), taken back (EXI-15).
fn cards(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (cards, terms) = (shelf::cards(visit)?, Terms::on(visit.today())?);
    first_cards(visit, &cards, &terms, each)?;
    under_way(visit, &cards, &terms, each);
    unreturned(visit, &cards, each)
}

fn first_cards(visit: &Visit<'_>, cards: &Cards, terms: &Terms, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let without = still_without(visit, cards, visit.today().plus_months(-RECENT_MONTHS));
    let mut sums = Sums::new();
    visit.read(|tx| {
        for Line { person, unit, official, .. } in &without {
            let exact = chibo_members::official_of(tx, *person)?.or(*official);
            exact.into_iter().for_each(|day| add(&mut sums, (*unit, 0), terms.handed_by(day)));
        }
        Ok(())
    })?;
    for ((unit, _), (count, due)) in sums {
        let said = Said::new("cards-duty-first").with("count", count);
        each(Duty { rule: "CRD-01", unit, said, due, href: href(unit, Show::Without) });
    }
    Ok(())
}

fn under_way(visit: &Visit<'_>, cards: &Cards, terms: &Terms, each: &mut dyn FnMut(Duty)) {
    let mut sums = Sums::new();
    {
        let view = visit.house.census.view(visit.today());
        let mut known: HashMap<Id<Unit>, Option<Seats>> = HashMap::new();
        for (person, kept) in cards.iter().filter(|(_, kept)| kept.card.state.under_way()) {
            let Some(step) = kept.card.state.awaits() else { continue };
            let home =
                view.no(*person).and_then(|no| view.person(no)).and_then(|brief| brief.today).map(|(unit, _)| unit);
            let Some(home) = home.and_then(|unit| view.forest().id(unit)) else { continue };
            let seats = known.entry(home).or_insert_with(|| Seats::of(view.forest(), visit.today(), home));
            let Some(seats) = seats else { continue };
            add(&mut sums, (seats.at(step.level()), kept.card.state.number()), terms.next_list(kept.since));
        }
    }
    for ((unit, state), (count, due)) in sums {
        let Some(state) = State::from_number(state) else { continue };
        let Some(step) = state.awaits() else { continue };
        let rule = if step.level() == Level::Branch { "CRD-01" } else { "CRD-03" };
        let said = Said::new(duty_word(step)).with("count", count);
        each(Duty { rule, unit, said, due, href: href(unit, Show::At(state)) });
    }
}

const fn duty_word(step: Step) -> &'static str {
    match step {
        Step::Submitted => "cards-duty-submit",
        Step::Decided => "cards-duty-decide",
        Step::Sent => "cards-duty-send",
        Step::Approved => "cards-duty-approve",
        Step::Printed => "cards-duty-print",
        _ => "cards-duty-hand",
    }
}

fn unreturned(visit: &Visit<'_>, cards: &Cards, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (mut sums, units) = (Sums::new(), UnitsToday::of(visit));
    let left = gone(visit, None)?.into_iter().filter(|one| one.standing == Standing::Left);
    for one in left.filter(|one| Show::Unreturned.fits(cards.get(&one.person), 0)) {
        units.id(one.place).into_iter().for_each(|home| add(&mut sums, (home, 0), Day::FOREVER));
    }
    for ((unit, _), (count, due)) in sums {
        let said = Said::new("cards-duty-return").with("count", count);
        each(Duty { rule: "EXI-15", unit, said, due, href: href(unit, Show::Unreturned) });
    }
    Ok(())
}

/// The yearly check of branches, in the last quarter (CRD-04).
fn checks(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let (from, by) = Terms::on(today)?.check_in(today.year());
    if today < from {
        return Ok(());
    }
    let cards = shelf::cards(visit)?;
    let mut left: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
    {
        let view = visit.house.census.view(today);
        let official = query(visit, Show::All.standings(), None);
        for no in view.list(&official, ListOrder::Place, None, u32::MAX as usize) {
            let open = view.id(no).is_some_and(|person| Show::Unchecked.fits(cards.get(&person), today.year()));
            let brief = if open { view.person(no) } else { None };
            let home = brief.and_then(|brief| brief.today).and_then(|(unit, _)| view.forest().id(unit));
            home.into_iter().for_each(|unit| *left.entry(unit).or_default() += 1);
        }
    }
    for (unit, count) in left {
        let said = Said::new("cards-duty-check").with("count", count).with("year", today.year());
        each(Duty { rule: "CRD-04", unit, said, due: by, href: format!("/cards/check?unit={unit}") });
    }
    Ok(())
}

/// The November report on numbers (DOS-08).
fn numbers(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let (from, by) = Terms::on(today)?.report_in(today.year());
    if today < from {
        return Ok(());
    }
    let (blocks, reports) = visit.read(|tx| Ok((store::blocks(tx)?, store::reports_of_year(tx, today.year())?)))?;
    let mut units: Vec<Id<Unit>> = blocks.iter().map(|row| row.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    let reported = |unit: &Id<Unit>| reports.iter().any(|row| row.unit_id == *unit && row.on_day >= from);
    for unit in units.into_iter().filter(|unit| !reported(unit)) {
        let said = Said::new("cards-duty-numbers").with("year", today.year());
        each(Duty { rule: "DOS-08", unit, said, due: by, href: "/cards/numbers".to_owned() });
    }
    Ok(())
}

/// Dossiers to be checked (DOS-05) and to come back (DOS-06).
fn dossiers(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let (today, units) = (visit.today(), UnitsToday::of(visit));
    let terms = Terms::on(today)?;
    let (last, out) = visit.read(|tx| Ok((store::last_checks(tx)?, store::out(tx)?)))?;
    let last: HashMap<Id<Unit>, Day> = last.into_iter().map(|row| (row.unit_id, row.on_day)).collect();
    let (year, month, _) = today.ymd();
    // A keeper who never checked does so by the end of the half-year.
    let half = Day::from_ymd(year, if month <= 6 { 6 } else { 12 }, if month <= 6 { 30 } else { 31 });
    for unit in (0..units.tree.len()).filter(|place| keeps(&units, *place)).filter_map(|place| units.id(place)) {
        let due = last.get(&unit).map(|day| terms.next_files(*day)).or(half).unwrap_or(Day::FOREVER);
        if due.plus_days(-AHEAD) <= today || due < today {
            let href = format!("/cards/dossiers?unit={unit}");
            each(Duty { rule: "DOS-05", unit, said: Said::new("cards-duty-files"), due, href });
        }
    }
    let mut late: BTreeMap<Id<Unit>, (u32, Day)> = BTreeMap::new();
    for row in &out {
        let sum = late.entry(row.unit_id).or_insert((0, row.due_on));
        *sum = (sum.0 + 1, sum.1.min(row.due_on));
    }
    for (unit, (count, due)) in late {
        let said = Said::new("cards-duty-loans").with("count", count);
        each(Duty { rule: "DOS-06", unit, said, due, href: format!("/cards/dossiers?unit={unit}") });
    }
    Ok(())
}

/// Lost dossiers, for whoever acts next (DOS-09).
fn lost(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    let open = visit.read(|tx| {
        let persons = store::lost_now(tx)?;
        let roll = chibo_members::roll_of(tx, &persons, today)?;
        let mut open = Vec::with_capacity(persons.len());
        for person in persons {
            let Some(line) = roll.get(&person) else { continue };
            let home = chibo_members::actions::home_of(tx, person, today)?;
            open.push((person, line.clone(), home, case_of(&store::lost_of(tx, person)?)?));
        }
        Ok(open)
    })?;
    let forest = visit.house.census.forest();
    for (person, line, home, case) in open {
        let (Some(step), Some(seats)) = (case.awaits(), Seats::of(&forest, today, home)) else { continue };
        let unit = actor(&seats, Standing::from_number(line.standing), step);
        let word = match step {
            LossStep::Investigated => "cards-duty-lost-investigate",
            LossStep::Consented => "cards-duty-lost-consent",
            _ => "cards-duty-lost-rewrite",
        };
        let said = Said::new(word).with("name", &line.name);
        each(Duty { rule: "DOS-09", unit, said, due: terms.lost_by(case.since), href: lost_address(person) });
    }
    Ok(())
}
