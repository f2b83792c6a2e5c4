//! Current terms for every unit whose offices are held, at the speed of the engine: for the demonstration.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_organisation::kinds::{Kind, Role};
use chibo_store::{Entry, Op, Param, Tx, Value};
use serde_json::json;

use crate::rules::{Fixed, Holding, Numbers, Origin, Step, Term, has_standing, has_terms, is_branch, planned_end};
use crate::store;

/// Branches and base organisations held their congresses in spring 2025, the others later in that year.
const BASE_CONGRESS: Day = Day::from_number(20_179); // 2025-04-01
const LATER_CONGRESS: Day = Day::from_number(20_310); // 2025-08-10

/// What kind of case a unit becomes, by its identifier: most are in order, some have something to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    InOrder,
    /// One seat more was fixed than is held.
    Short,
    /// The term ends in the next months.
    Ending,
    /// The term is over.
    Over,
    /// The congress was held the other day and is not approved yet.
    Fresh,
}

fn case(draw: u32) -> Case {
    match draw % 200 {
        0..=1 => Case::Fresh,
        2..=4 => Case::Over,
        5..=16 => Case::Ending,
        17..=32 => Case::Short,
        _ => Case::InOrder,
    }
}

/// A number out of the identifier: the same unit is always the same case.
fn draw(unit: Id<Unit>) -> u32 {
    unit.bytes().iter().fold(2_166_136_261, |sum: u32, byte| (sum ^ u32::from(*byte)).wrapping_mul(16_777_619)) >> 4
}

/// A term as it is loaded, with the day of a report where it waits for approval.
struct Loaded {
    unit: Id<Unit>,
    term: Term,
    waits: bool,
    reported: Option<Day>,
}

/// Gives every unit that has office holders a current term as of a day, in bulk: numbers fixed by what is held, so that
/// some have vacancies, some terms end soon or are over, and some results wait for approval. Units with a term already
/// are left alone. Only the program itself may do this. Gives how many.
///
/// # Errors
/// Denied to anybody else; problems of the database.
pub fn load_current_terms(op: &mut Op<'_, '_>, today: Day) -> Result<u64, Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let at = AsOf::on(today);
    let forest = chibo_organisation::load_forest(op.tx(), None)?;
    let tree = forest.tree(at);
    let mut known = std::collections::HashSet::new();
    store::all_terms(op.tx(), |row| {
        known.insert(row.unit_id);
        Ok(())
    })?;
    let kind_of = |unit: Id<Unit>| {
        let place = forest.no(unit).and_then(|no| tree.place_of(no))?;
        Kind::from_number(tree.kind(place)).filter(|kind| has_terms(*kind))
    };
    let mut loaded = Vec::new();
    for (unit, holding) in holdings(op.tx(), at)? {
        if let Some(kind) = kind_of(unit).filter(|_| !known.contains(&unit)) {
            loaded.push(one(unit, kind, holding, today)?);
        }
    }
    write(op, &loaded)
}

/// Who sits where in every unit with office holders, by unit.
pub(crate) fn holdings(tx: &mut Tx<'_>, at: AsOf) -> Result<Vec<(Id<Unit>, Holding)>, Problem> {
    let mut found: Vec<(Id<Unit>, Holding)> = Vec::new();
    let mut last = None;
    let mut roles: Vec<Role> = Vec::new();
    chibo_organisation::holders_on(tx, at, |unit, person, role| {
        if last != Some((unit, person)) {
            add(&mut found, last, &roles);
            roles.clear();
            last = Some((unit, person));
        }
        roles.push(role);
        Ok(())
    })?;
    add(&mut found, last, &roles);
    Ok(found)
}

/// Everything one person holds in one unit; units follow one another.
fn add(found: &mut Vec<(Id<Unit>, Holding)>, last: Option<(Id<Unit>, Id<Person>)>, roles: &[Role]) {
    let Some((unit, _)) = last else { return };
    if found.last().is_none_or(|(other, _)| *other != unit) {
        found.push((unit, Holding::default()));
    }
    if let Some((_, holding)) = found.last_mut() {
        holding.add(roles);
    }
}

fn one(unit: Id<Unit>, kind: Kind, holding: Holding, today: Day) -> Result<Loaded, Problem> {
    let (draw, case) = (draw(unit), case(draw(unit)));
    let some = |below: u32| i32::try_from(draw / 200 % below).unwrap_or(0);
    let usual = if is_branch(kind) || kind == Kind::Section { BASE_CONGRESS } else { LATER_CONGRESS };
    let back = |day: Day| -> Result<Day, Problem> {
        // The first guess says which version of the term holds, the second is exact by it.
        let months = |from: Day| Numbers::on(from).map(|numbers| numbers.full_term(kind));
        let guess = months_before(day, months(day.plus_months(-30))?);
        Ok(months_before(day, months(guess)?))
    };
    let from = match case {
        Case::InOrder | Case::Short => usual.plus_days(some(60)),
        Case::Fresh => today.plus_days(-1 - some(20)),
        Case::Ending => back(today.plus_days(10 + some(150)))?,
        Case::Over => back(today.plus_days(-10 - some(100)))?,
    };
    let seats = holding.seats;
    let committee = if is_branch(kind) && seats.members == 0 { 0 } else { seats.committee() };
    let mut fixed = Fixed {
        committee,
        standing: if has_standing(kind) { seats.standing_committee() } else { 0 },
        deputies: seats.deputies,
        inspection: if has_standing(kind) { holding.inspection } else { 0 },
    };
    let numbers = Numbers::on(from)?;
    let most = numbers.most(kind).map_or(u32::MAX, |(most, _)| most);
    match case {
        Case::Short if committee > 0 && committee < most => fixed.committee += 1,
        Case::Short if committee == 0 && fixed.deputies == 0 => fixed.deputies = 1,
        _ => {}
    }
    let to = planned_end(&numbers, kind, from);
    let ordinal = 2 + draw % 12;
    let term = Term { ordinal, version: 1, congress_on: from, from, to, fixed };
    let reported = (case == Case::Fresh && draw % 400 < 200).then(|| from.plus_days(5)).filter(|day| *day <= today);
    Ok(Loaded { unit, term, waits: case == Case::Fresh, reported })
}

fn months_before(day: Day, span: chibo_kernel::rulebook::Term) -> Day {
    match span {
        chibo_kernel::rulebook::Term::Months(months) => day.plus_months(-i32::try_from(months).unwrap_or(0)),
        _ => day,
    }
}

fn write(op: &mut Op<'_, '_>, loaded: &[Loaded]) -> Result<u64, Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let mut versions: BTreeMap<Day, (String, String)> = BTreeMap::new();
    for one in loaded {
        let from = one.term.from;
        if let Slot::Vacant(free) = versions.entry(from) {
            let numbers = Numbers::on(from)?;
            free.insert((numbers.version("ORG-23")?, numbers.version("ORG-29")?));
        }
    }
    let day = |day: Day| Value::Int(i64::from(day.number()));
    let int = |number: u32| Value::Int(i64::from(number));
    let rows = loaded.iter().map(|one| {
        let (term, fixed) = (one.term, one.term.fixed);
        let rulebook = versions.get(&term.from).map_or("", |(term, _)| term.as_str());
        [
            one.unit.value(),
            int(term.ordinal),
            int(term.version),
            day(term.congress_on),
            day(term.from),
            day(term.to),
            int(fixed.committee),
            int(fixed.standing),
            int(fixed.deputies),
            int(fixed.inspection),
            Value::Text(Origin::Regular.code()),
            Value::Text(""),
            Value::Text(rulebook),
            Value::Int(now.0),
            Value::Text(&by),
        ]
    });
    let count = store::bulk_terms(op.tx(), rows)?;
    let steps = loaded.iter().filter(|one| one.waits).flat_map(|one| {
        let opened = (1, Step::Opened, one.term.from);
        let reported = one.reported.map(|on| (2, Step::Reported, on));
        [Some(opened), reported].into_iter().flatten().map(move |step| (one, step))
    });
    let rows = steps.map(|(one, (seq, step, on))| {
        let rulebook = versions.get(&one.term.from).map_or("", |(_, clocks)| clocks.as_str());
        let number = if step == Step::Reported { "01-BC" } else { "" };
        [
            one.unit.value(),
            day(one.term.from),
            int(seq),
            Value::Text(step.code()),
            day(on),
            Value::Text(number),
            Value::Text(""),
            Value::Text(rulebook),
            Value::Int(now.0),
            Value::Text(&by),
        ]
    });
    store::bulk_steps(op.tx(), rows)?;
    if let Some(first) = loaded.first() {
        op.record(Entry {
            stream: *first.unit.bytes(),
            action: "committee-terms-loaded",
            unit: Some(first.unit),
            subject: None,
            detail: json!({ "count": loaded.len() }).to_string(),
        });
    }
    Ok(count)
}
