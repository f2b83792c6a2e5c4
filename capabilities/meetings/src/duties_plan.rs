//! What is due at the beginning of a quarter, and every month of Party groups (MTG-01, MTG-02).

use std::collections::{BTreeMap, HashSet};

use chibo_kernel::{AsOf, Id, Month, Permission, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_web::{Duty, DutySource, Visit};

use crate::rules::planned_by;
use crate::shelf;
use crate::store;
use crate::sums::is_branch;

/// Branches without a theme for the running quarter, by the committee above them.
pub(crate) const PLANS: DutySource = DutySource {
    name: "planned-themes",
    title: "meetings-plan-duties",
    needs: Permission::EditMembers,
    find: find_plans,
};
/// Party groups that did not meet last month.
pub(crate) const GROUPS: DutySource = DutySource {
    name: "group-meetings",
    title: "meetings-group-duties",
    needs: Permission::EditMembers,
    find: find_groups,
};

fn find_plans(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let quarter = Month::of(visit.today()).quarter_start();
    // Before anybody wrote anything nobody used this program: nothing is owed for then.
    if shelf::months(&visit.house.db)?.begins().is_none_or(|begins| begins >= quarter) {
        return Ok(());
    }
    let mut planned: HashSet<Id<Unit>> = HashSet::new();
    visit.read(|tx| {
        store::planned(tx, quarter.0, |row| {
            planned.insert(row.unit_id);
            Ok(())
        })
    })?;
    let units = UnitsToday::of(visit);
    let mut without: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
    for place in (0..units.tree.len()).filter(|place| is_branch(&units, *place)) {
        let open = units.id(place).is_some_and(|unit| !planned.contains(&unit));
        let above = units.tree.parent(place).and_then(|up| units.id(up));
        above.filter(|_| open).into_iter().for_each(|above| *without.entry(above).or_default() += 1);
    }
    for (unit, count) in without {
        let said = Said::new("meetings-duty-plans").with("count", count).with("quarter", quarter.quarter());
        let href = format!("/meetings?unit={unit}");
        each(Duty { rule: "MTG-02", unit, said, due: planned_by(quarter), href });
    }
    Ok(())
}

fn find_groups(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let month = Month::of(visit.today()).plus(-1);
    let mut met: HashSet<Id<Unit>> = HashSet::new();
    visit.read(|tx| {
        store::groups_met(tx, month.0, |row| {
            met.insert(row.group_unit);
            Ok(())
        })
    })?;
    let units = UnitsToday::of(visit);
    let then = units.forest.tree(AsOf::on(month.last()));
    let mut owing: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
    for place in 0..units.tree.len() {
        if UnitKind::from_number(units.tree.kind(place)) != Some(UnitKind::Group) {
            continue;
        }
        let stood = units.tree.unit(place).is_some_and(|no| then.place_of(no).is_some());
        let open = stood && units.id(place).is_some_and(|group| !met.contains(&group));
        let branch = units.tree.parent(place).and_then(|up| units.id(up));
        branch.filter(|_| open).into_iter().for_each(|branch| *owing.entry(branch).or_default() += 1);
    }
    for (unit, count) in owing {
        let said = Said::new("meetings-duty-groups").with("count", count).with("month", month.text());
        let href = format!("/meetings/units/{unit}");
        each(Duty { rule: "MTG-01", unit, said, due: month.last(), href });
    }
    Ok(())
}
