//! What is due: proposing those whose years are reached, before the files must be handed in (BDG-02); then deciding and
//! handing over, each award day as one; from whoever was removed from the Party the badge is taken back (BDG-07).

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_web::{Duty, DutySource, Pairs, Visit};

use crate::pages::{Ask, Roll, Stand, known};
use crate::rules::{Step, terms_on};
use crate::store;

/// Days before the files are due on which branches are told.
const AHEAD: i32 = 60;

/// Proposals of branches.
pub(crate) const SOURCE: DutySource =
    DutySource { name: "badges", title: "badges-duties", needs: Permission::EditMembers, find };

/// Decisions and hand-overs, of the city's board.
pub(crate) const STEPS: DutySource =
    DutySource { name: "award-steps", title: "badges-step-duties", needs: Permission::DecideBadges, find: find_steps };

/// Badges and decisions of members who were removed from the Party.
pub(crate) const REMOVED: DutySource = DutySource {
    name: "removed-badges",
    title: "badges-back-duties",
    needs: Permission::DecideBadges,
    find: find_removed,
};

/// A badge under way with what is owed next.
struct Owed {
    person: Id<Person>,
    name: String,
    years: u16,
    /// Where the member stands, today or last.
    unit: Id<Unit>,
    place: u32,
    award_on: Day,
    step: Step,
}

/// Everything owed in the whole register.
fn owed(visit: &Visit<'_>) -> Result<Vec<Owed>, Problem> {
    let mut rows = Vec::new();
    visit.read(|tx| {
        store::open_steps(tx, |row| {
            let step =
                Step::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a badge step {}", row.step)))?;
            rows.push((row, step));
            Ok(())
        })
    })?;
    let found: Vec<_> = {
        let view = visit.house.census.view(visit.today());
        rows.into_iter().filter_map(|(row, step)| known(&view, row.person_id).map(|known| (row, step, known))).collect()
    };
    let today = visit.today();
    visit.read(|tx| {
        let mut all = Vec::new();
        for (row, step, known) in found {
            // The columns do not tell whoever was removed from whoever died or moved away: few enough to ask.
            let gone =
                !known.member && chibo_members::actions::standing_of(tx, row.person_id, today)? == Some(Standing::Left);
            let Some(step) = step.owed(gone) else { continue };
            let (person, years, award_on) = (row.person_id, row.years, row.award_on);
            all.push(Owed { person, name: known.name, years, unit: known.unit, place: known.place, award_on, step });
        }
        Ok(all)
    })
}

fn find_steps(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let units = UnitsToday::of(visit);
    // The committee that decides is the highest above the member: one duty for each award day, not one for each branch.
    let top = |mut place: u32| {
        while let Some(up) = units.tree.parent(place) {
            place = up;
        }
        units.id(place)
    };
    let mut counts: BTreeMap<(Day, &'static str, Id<Unit>), u32> = BTreeMap::new();
    let due = owed(visit)?.into_iter().filter(|owed| matches!(owed.step, Step::Decided | Step::Awarded));
    for owed in due {
        if let Some(unit) = top(owed.place) {
            *counts.entry((owed.award_on, owed.step.code(), unit)).or_default() += 1;
        }
    }
    for ((award_on, code, unit), count) in counts {
        let deciding = code == Step::Decided.code();
        let (word, state) = match deciding {
            true => ("badges-decide-duty", Step::Proposed),
            false => ("badges-award-duty", Step::Decided),
        };
        let said = Said::new(word).with("count", count).with("day", award_on);
        let href = format!("/badges{}", Pairs::default().with(&[("award", &award_on.iso()), ("state", state.code())]));
        // Decided before the day on which it is handed over.
        let due = if deciding { award_on.plus_days(-1) } else { award_on };
        each(Duty { rule: if deciding { "BDG-07" } else { "BDG-02" }, unit, said, due, href });
    }
    Ok(())
}

/// Proposals of whoever has been removed since.
fn find_to_withdraw(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for owed in owed(visit)?.into_iter().filter(|owed| owed.step == Step::Withdrawn) {
        let said = Said::new("badges-withdraw-duty").with("name", &owed.name).with("years", owed.years);
        let state = Step::Proposed.code();
        let href = format!("/badges{}", Pairs::default().with(&[("award", &owed.award_on.iso()), ("state", state)]));
        each(Duty { rule: "BDG-07", unit: owed.unit, said, due: Day::FOREVER, href });
    }
    Ok(())
}

fn find_removed(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for owed in owed(visit)?.into_iter().filter(|owed| owed.step == Step::TakenBack) {
        let said = Said::new("badges-back-duty").with("name", &owed.name).with("years", owed.years);
        let href = format!("/badges/members/{}", owed.person);
        each(Duty { rule: "BDG-07", unit: owed.unit, said, due: Day::FOREVER, href });
    }
    Ok(())
}

fn find(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    find_to_withdraw(visit, each)?;
    let today = visit.today();
    let terms = terms_on(today)?;
    let Some(award) = terms.next(today).filter(|award| award.files_by.plus_days(-AHEAD) <= today) else {
        return Ok(());
    };
    let mut waiting: BTreeMap<_, u32> = BTreeMap::new();
    for line in Roll::of(visit, &award, &terms, |_| true)?.iter().filter(|line| line.stand == Stand::Due) {
        *waiting.entry(line.unit).or_default() += 1;
    }
    for (unit, count) in waiting {
        let ask = Ask { unit: Some(unit), award, years: None, stand: Some(Stand::Due) };
        let said = Said::new("badges-duty").with("count", count).with("day", award.on);
        each(Duty { rule: "BDG-02", unit, said, due: award.files_by, href: ask.address("/badges") });
    }
    Ok(())
}
