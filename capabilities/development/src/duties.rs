//! What is due: steps of candidates whose clock runs (MEM-05, MEM-16, MEM-21, MEM-24), and recognition (MEM-31).

use std::collections::BTreeMap;

use chibo_kernel::{Id, Permission, Person, Problem, Said};
use chibo_organisation::UnitsToday;
use chibo_web::{Duty, DutySource, Visit};

use crate::pages::{Found, base_of, probationers_at};
use crate::rules::{Road, Stay, Step, Terms};
use crate::store;

/// Days before the last day of a step on which branches are told.
const AHEAD: i32 = 60;

/// Steps of candidates.
pub(crate) const CANDIDATES: DutySource =
    DutySource { name: "candidates", title: "development-duties", needs: Permission::EditMembers, find: candidates };
/// Members on probation.
pub(crate) const PROBATION: DutySource = DutySource {
    name: "probation",
    title: "development-duties-probation",
    needs: Permission::EditMembers,
    find: probation,
};

/// Requests for verification whose answer is late or soon due.
pub(crate) const VERIFICATION: DutySource = DutySource {
    name: "verification",
    title: "development-duties-verification",
    needs: Permission::EditMembers,
    find: verification,
};
/// Days before the last day of an answer on which branches are told.
const ANSWERS_AHEAD: i32 = 14;

/// Recognitions the committee has to decide (MEM-33).
pub(crate) const RECOGNITION: DutySource = DutySource {
    name: "recognition",
    title: "development-duties-recognition",
    needs: Permission::EditMembers,
    find: recognition,
};

fn recognition(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let terms = Terms::on(visit.today())?;
    let mut roads: BTreeMap<Id<Person>, Road> = BTreeMap::new();
    visit.read(|tx| {
        store::ground::all_roads(tx, |row| {
            let votes = (row.votes_for, row.votes_base);
            let taken = crate::actions::walked(&row.step, row.on_day, votes, row.body.as_deref())?;
            let road = roads.entry(row.person_id).or_default();
            // Somebody admitted again has an older road that ended.
            if road.ended().is_some() && taken.step.redone_from().is_none() {
                road.0.clear();
            }
            road.0.push(taken);
            Ok(())
        })
    })?;
    let view = visit.house.census.view(visit.today());
    for (person, road) in roads {
        let Some(voted) = road.branch_recognised() else { continue };
        let home = view.no(person).and_then(|no| view.person(no)).and_then(|brief| brief.today);
        let Some(unit) = home.and_then(|(home, _)| view.forest().id(home)) else { continue };
        let due = terms.recognise_by(voted, road.extended().is_some());
        let (said, href) = (Said::new("development-duty-recognition"), format!("/development/probation/{person}"));
        each(Duty { rule: "MEM-33", unit, said, due, href });
    }
    Ok(())
}

/// Remarks of branches where somebody on probation stays for a time, before his home branch votes (MEM-35): a duty for both.
pub(crate) const STAY: DutySource =
    DutySource { name: "stay", title: "development-duties-stay", needs: Permission::EditMembers, find: stay };

fn stay(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let mut stays: BTreeMap<_, _> = visit
        .read(|tx| chibo_members::actions::stays_on(tx, today))?
        .into_iter()
        .map(|row| (row.person_id, Stay { unit: row.unit_id, since: row.from_on }))
        .collect();
    let Some(first) = stays.values().map(|stay| stay.since).min() else { return Ok(()) };
    visit.read(|tx| {
        store::stay::remarked_since(tx, first, |row| {
            if stays.get(&row.person_id).is_some_and(|stay| stay.heard(&[row.on_day], today)) {
                stays.remove(&row.person_id);
            }
            Ok(())
        })
    })?;
    for one in probationers_at(visit, Some(today.plus_days(AHEAD)), &|_| true)? {
        let Some(stay) = stays.get(&one.person) else { continue };
        let href = format!("/development/probation/{}/stay", one.person);
        let mut told = |unit, key| {
            each(Duty { rule: "MEM-35", unit, said: Said::new(key), due: one.by, href: href.clone() });
        };
        if let Some(there) = stay.unit {
            told(there, "development-duty-stay-there");
        }
        told(one.unit, "development-duty-stay-home");
    }
    Ok(())
}

/// New members whose life history and sheet are not there yet (MEM-25).
pub(crate) const DECLARATION: DutySource = DutySource {
    name: "declaration",
    title: "development-duties-declaration",
    needs: Permission::EditMembers,
    find: declaration,
};
/// Base committees that have not reviewed the lists of their branches this month (MEM-03).
pub(crate) const REVIEW: DutySource = DutySource {
    name: "list-review",
    title: "development-duties-review",
    needs: Permission::EditMembers,
    find: review,
};
/// Days within which admissions are looked through for papers that are missing.
const DECLARED_WITHIN: i32 = 366;

fn declaration(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let terms = Terms::on(visit.today())?;
    let mut there: BTreeMap<_, BTreeMap<String, bool>> = BTreeMap::new();
    let mut admitted = Vec::new();
    visit.read(|tx| {
        store::ground::declared(tx, |row| {
            there.entry(row.candidate_id).or_default().insert(row.paper, row.there);
            Ok(())
        })?;
        store::ground::admitted_since(tx, visit.today().plus_days(-DECLARED_WITHIN), |row| {
            admitted.push(row);
            Ok(())
        })
    })?;
    for row in admitted {
        let papers = there.get(&row.candidate_id).map_or(0, |papers| papers.values().filter(|there| **there).count());
        if papers < 2 {
            let (due, said) = (terms.declare_by(row.on_day), Said::new("development-duty-declaration"));
            let href = format!("/development/candidates/{}/papers", row.candidate_id);
            each(Duty { rule: "MEM-25", unit: row.unit_id, said, due, href });
        }
    }
    Ok(())
}

fn review(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let units = UnitsToday::of(visit);
    let found = Found::at(visit, UnitsToday::of(visit), &|_| true)?;
    let month = crate::actions::month_of(visit.today());
    let done: Vec<_> = visit.read(|tx| store::ground::reviews(tx, month))?.iter().map(|row| row.unit_id).collect();
    // By base organisation: how many its branches have on their lists.
    let mut listed: BTreeMap<_, u32> = BTreeMap::new();
    let on_list = |line: &&crate::pages::Line| matches!(line.course.stage(), Some(Step::Listed | Step::Certified));
    for line in found.lines.iter().filter(on_list) {
        if let Some(base) = base_of(&units, line.row.unit_id).filter(|base| !done.contains(base)) {
            *listed.entry(base).or_default() += 1;
        }
    }
    let (_, _, day) = visit.today().ymd();
    let due = visit.today().plus_days(1 - i32::from(day)).plus_months(1).plus_days(-1);
    for (unit, count) in listed {
        let said = Said::new("development-duty-review").with("count", count);
        each(Duty { rule: "MEM-03", unit, said, due, href: format!("/development/monthly?unit={unit}") });
    }
    Ok(())
}

fn candidates(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let found = Found::at(visit, UnitsToday::of(visit), &|_| true)?;
    let soon = visit.today().plus_days(AHEAD);
    for line in &found.lines {
        let Some((step, due, rule)) = line.due.filter(|(_, due, _)| *due <= soon) else { continue };
        let said = Said::new("development-duty").with("step", visit.w.t(step.word()));
        let href = format!("/development/candidates/{}", line.row.candidate_id);
        each(Duty { rule, unit: line.row.unit_id, said, due, href });
    }
    Ok(())
}

fn probation(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let soon = visit.today().plus_days(AHEAD);
    // By branch and day: one duty however many are on probation together.
    let mut waiting: BTreeMap<_, u32> = BTreeMap::new();
    for one in probationers_at(visit, Some(soon), &|_| true)? {
        *waiting.entry((one.unit, one.by)).or_default() += 1;
    }
    for ((unit, due), count) in waiting {
        let said = Said::new("development-duty-probation").with("count", count);
        each(Duty { rule: "MEM-31", unit, said, due, href: format!("/development/probation?unit={unit}") });
    }
    Ok(())
}

fn verification(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let terms = Terms::on(visit.today())?;
    let soon = visit.today().plus_days(ANSWERS_AHEAD);
    // By candidate: the first answer that is due speaks for all of his.
    let mut waiting: BTreeMap<_, (_, _, u32)> = BTreeMap::new();
    visit.read(|tx| {
        store::file::open_checks(tx, |row| {
            let due = terms.answer_by(row.on_day, row.abroad);
            if due <= soon {
                let entry = waiting.entry(row.candidate_id).or_insert((row.unit_id, due, 0));
                *entry = (row.unit_id, entry.1.min(due), entry.2 + 1);
            }
            Ok(())
        })
    })?;
    for (id, (unit, due, count)) in waiting {
        let said = Said::new("development-duty-verification").with("count", count);
        each(Duty { rule: "MEM-15", unit, said, due, href: format!("/development/candidates/{id}/checks") });
    }
    Ok(())
}
