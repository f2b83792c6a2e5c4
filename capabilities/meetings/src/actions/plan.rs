//! Planning the themes of a branch (MTG-02), and writing down what its Party groups did in a month (MTG-01).

use chibo_kernel::{Id, Month, Permission, Problem, Unit};
use chibo_store::Op;
use serde_json::json;

use super::record;
use crate::rules::{GroupMonth, check_group, check_theme};
use crate::store;

/// Plans the theme of a quarter, or another one for it; the same again changes nothing.
///
/// # Errors
/// Every reason at once with its rule; absent for a branch out of reach.
pub fn plan_theme(op: &mut Op<'_, '_>, unit: Id<Unit>, quarter: Month, topic: &str) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let issues = check_theme(quarter, topic, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let rows = store::plans(op.tx(), unit, quarter.0)?;
    let last = rows.iter().rfind(|row| row.quarter == quarter.0);
    if last.is_some_and(|row| row.topic == topic) {
        return Ok(());
    }
    let version = last.map_or(1, |row| row.version + 1);
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_plan(op.tx(), unit, quarter.0, version, topic, now, &by)?;
    record(op, unit, "meeting-theme-planned", &json!({ "quarter": quarter.code(), "version": version }));
    Ok(())
}

/// Writes down the month of a Party group; `groups` are those of the branch, by the caller's tree.
///
/// # Errors
/// Every reason at once with its rule; absent for a group of another branch or a branch out of reach.
pub fn group_met(
    op: &mut Op<'_, '_>,
    (unit, groups): (Id<Unit>, &[Id<Unit>]),
    group: Id<Unit>,
    met: &GroupMonth,
) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    if !groups.contains(&group) {
        return Err(Problem::NotFound);
    }
    let issues = check_group(met, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let month = Month::of(met.on);
    let rows = store::group_months(op.tx(), unit, month.0)?;
    let last = rows.iter().rfind(|row| (row.group_unit, row.month) == (group, month.0));
    let same = |row: &store::GroupRow| {
        (row.on_day, row.listed, row.present, row.done.as_str()) == (met.on, met.listed, met.present, met.done.as_str())
    };
    if last.is_some_and(same) {
        return Ok(());
    }
    let version = last.map_or(1, |row| row.version + 1);
    let (now, by, done) = (op.now(), op.viewer().name.clone(), met.done.as_str());
    store::add_group_month(op.tx(), unit, group, month.0, version, met.on, met.listed, met.present, done, now, &by)?;
    let detail = json!({ "group": group.to_string(), "month": month.code(), "version": version });
    record(op, unit, "meeting-group-written", &detail);
    Ok(())
}
