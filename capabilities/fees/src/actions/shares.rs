//! What each level keeps: the rulebook's share unless a committee has set its own (FEE-10).

use chibo_census::{Census, UnitNo};
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::about_unit;
use crate::rules::{Level, Month, Share, default_share};
use crate::store;

/// A share with where it comes from.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The share.
    pub share: Share,
    /// The committee that set it; `None` for the rulebook.
    pub set_by: Option<Id<Unit>>,
    /// The version, or the day it was set from.
    pub version: String,
}

/// Units from one up to the root, today.
fn upward(census: &Census, unit: Id<Unit>, today: Day) -> Vec<Id<Unit>> {
    let forest = census.forest();
    let tree = forest.tree(AsOf::on(today));
    let Some(place) = forest.no(unit).and_then(|no| tree.place_of(no)) else { return vec![unit] };
    tree.path(place).into_iter().rev().filter_map(|up| forest.id(tree.unit(up)?)).collect()
}

/// The unit right above, today.
pub fn above(census: &Census, unit: Id<Unit>, today: Day) -> Option<Id<Unit>> {
    upward(census, unit, today).get(1).copied()
}

/// The level of a unit, by what it is today or was last.
pub fn level_of(census: &Census, unit: Id<Unit>) -> Option<Level> {
    let forest = census.forest();
    let facts = forest.no(unit).and_then(|no: UnitNo| forest.last_facts(no))?;
    Level::of(facts.kind, facts.setting)
}

/// What units of a level keep in a month where `unit` stands: what the nearest committee at or above it has set.
///
/// # Errors
/// Problems of the database.
pub fn kept(
    tx: &mut Tx<'_>,
    census: &Census,
    (unit, level): (Id<Unit>, Level),
    month: Month,
    today: Day,
) -> Result<Kept, Problem> {
    for up in upward(census, unit, today) {
        let rows = store::shares_of(tx, up)?;
        let begun = rows.iter().filter(|row| row.level == level.code() && row.from_month <= month.0);
        if let Some(row) = begun.max_by_key(|row| (row.from_month, row.seq)) {
            let version = format!("FEE-10@{}#{}", Month(row.from_month).first().iso(), row.seq);
            return Ok(Kept { share: Share { part: row.part, whole: row.whole }, set_by: Some(up), version });
        }
    }
    let (share, rule) = default_share(level, month)?;
    Ok(Kept { share, set_by: None, version: rule.version() })
}

/// Sets what units of a level keep, for a unit and everything under it.
///
/// # Errors
/// A refusal for a share of more than everything, without a reason, or for a level above the unit; absent when the unit is
/// out of reach.
pub fn set(
    op: &mut Op<'_, '_>,
    unit: Id<Unit>,
    (level, from): (Level, Month),
    hundredths: u32,
    reason: &str,
) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let own = level_of(&census, unit).ok_or(Problem::NotFound)?;
    let mut issues = Vec::new();
    let mut refuse = |field: &str, key: &'static str| {
        issues.push(Issue { field: Some(field.to_owned()), rule: Some("FEE-10"), said: Said::new(key) });
    };
    if level > own {
        refuse("level", "fees-level-above");
    }
    if hundredths > 10_000 {
        refuse("share", "fees-share-odd");
    }
    if reason.is_empty() {
        refuse("reason", "fees-share-reason");
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let rows = store::shares_of(op.tx(), unit)?;
    let seq = rows.iter().filter(|row| row.level == level.code()).map(|row| row.seq).max().unwrap_or(0) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_share(op.tx(), unit, level.code(), seq, from.0, hundredths, 10_000, reason, now, &by)?;
    let detail = json!({ "level": level.code(), "from": from.code(), "hundredths": hundredths, "reason": reason });
    about_unit(op, unit, "fee-share-set", &detail);
    Ok(())
}
