//! What branches owe: the month's meeting, the quarter's theme, weak months in a row (MTG-01, MTG-02, MTG-22).

use chibo_kernel::{Day, Permission, Problem, Said};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_web::{Duty, DutySource, Visit};

use crate::rules::{Grade, Month, MonthFacts, Terms, owed};
use crate::shelf::{self, Seen};

/// The branch's own.
pub(crate) const OWED: DutySource =
    DutySource { name: "meetings", title: "meetings-duties", needs: Permission::EditMembers, find: find_owed };
/// Of the level above.
pub(crate) const WEAK: DutySource =
    DutySource { name: "weak-meetings", title: "meetings-weak-duties", needs: Permission::EditUnits, find: find_weak };

/// Every branch of today with its months.
fn each_branch(visit: &Visit<'_>, mut take: impl FnMut(&UnitsToday, u32, &[Seen])) -> Result<(), Problem> {
    let (units, months) = (UnitsToday::of(visit), shelf::months(&visit.house.db)?);
    for place in 0..units.tree.len() {
        if !UnitKind::from_number(units.tree.kind(place)).is_some_and(UnitKind::holds_members) {
            continue;
        }
        if let Some(unit) = units.id(place) {
            take(&units, place, months.get(&unit).map_or(&[], Vec::as_slice));
        }
    }
    Ok(())
}

fn facts(line: &[Seen], month: Month) -> MonthFacts {
    let seen = line.binary_search_by_key(&month.0, |seen| seen.month).ok().and_then(|at| line.get(at));
    seen.map_or_else(MonthFacts::default, |seen| MonthFacts {
        met: seen.met == 2,
        excused: seen.met == 3,
        thematic: seen.thematic,
        score: (seen.met == 2).then_some(u32::from(seen.scores.0)),
    })
}

/// This month's meeting by its last day, and last month's if it is still owed.
fn find_owed(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let this = Month::of(visit.today());
    each_branch(visit, |units, place, line| {
        // A branch nobody ever wrote about has not begun to use this yet.
        if line.is_empty() {
            return;
        }
        let Some(unit) = units.id(place) else { return };
        for month in [this.plus(-1), this] {
            let quarter: Vec<_> = (month.quarter_start().0..=month.0).map(|n| facts(line, Month(n))).collect();
            for (rule, word) in owed(month, &quarter) {
                let said = Said::new(word).with("month", month.text());
                let due = month.last();
                each(Duty { rule, unit, said, due, href: format!("/meetings/units/{unit}") });
            }
        }
    })
}

/// Branches whose last months were weak one after the other.
fn find_weak(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let weak = usize::try_from(Terms::on(visit.today())?.weak).unwrap_or(usize::MAX);
    each_branch(visit, |units, place, line| {
        let last = line.iter().rev().filter(|seen| seen.met == 2).take(weak);
        let grades: Vec<_> = last.map(|seen| seen.grade).collect();
        let above = units.tree.parent(place).and_then(|up| units.id(up));
        if let (true, Some(unit), Some(above)) =
            (grades.len() == weak && grades.iter().all(|grade| *grade == Some(Grade::Weak)), units.id(place), above)
        {
            let said = Said::new("meetings-weak-said").with("name", units.name(unit)).with("months", weak);
            let href = format!("/meetings/units/{unit}");
            each(Duty { rule: "MTG-22", unit: above, said, due: Day::FOREVER, href });
        }
    })
}
