//! Holds on official transfers (TRF-05), raised and lifted by whoever inspects, audits or answers a complaint.

use chibo_census::Census;
use chibo_kernel::{AsOf, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{audit, home};
use crate::rules::hold::{BY_HAND, Ground, stands};
use crate::store::holds as store;

/// Whether official transfers of a member are held.
///
/// # Errors
/// Problems of the database.
pub fn held(tx: &mut Tx<'_>, id: Id<Person>) -> Result<bool, Problem> {
    let rows = store::holds_of(tx, id)?;
    Ok(stands(rows.iter().map(|row| (row.source.as_str(), row.raised == 1))))
}

/// Raises a hold under a source, for the capability whose case needs it; nothing when it stands already. What is shown to
/// others never says why.
///
/// # Errors
/// Absent when the member is out of reach.
pub fn raise_hold(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    source: &str,
    (ground, reason): (Ground, &str),
) -> Result<(), Problem> {
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    turn(op, (id, unit), source, true, (ground.code(), reason))
}

/// Lifts the hold of a source; nothing when none stands.
///
/// # Errors
/// Absent when the member is out of reach.
pub fn lift_hold(op: &mut Op<'_, '_>, id: Id<Person>, source: &str, reason: &str) -> Result<(), Problem> {
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    turn(op, (id, unit), source, false, ("", reason))
}

/// A committee above the branch raises or lifts a hold by hand; the branch itself cannot.
///
/// # Errors
/// Every reason at once; denied for whoever has no right above the branch; absent when the member is out of reach.
pub fn hold_by_hand(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    raised: bool,
    (ground, reason): (Option<Ground>, &str),
) -> Result<(), Problem> {
    let unit = home(op, id)?;
    op.permit(Permission::ViewMembers, unit)?;
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let keeper = keeper(&census, unit, op.today());
    op.permit(Permission::EditMembers, keeper).map_err(|_| Problem::Denied)?;
    let issue = |field: &str, key| Issue { field: Some(field.to_owned()), rule: Some("TRF-05"), said: Said::new(key) };
    let mut issues = Vec::new();
    if raised && ground.is_none() {
        issues.push(issue("ground", "members-hold-ground-needed"));
    }
    let letters = reason.chars().filter(|c| c.is_alphanumeric()).count();
    if letters < 5 || reason.chars().count() > 500 {
        issues.push(issue("reason", "members-hold-reason-needed"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    turn(op, (id, unit), BY_HAND, raised, (ground.filter(|_| raised).map_or("", Ground::code), reason))
}

/// The committee that keeps the holds of a branch: the organisation above it today, the branch itself where none stands.
pub fn keeper(census: &Census, branch: Id<Unit>, today: chibo_kernel::Day) -> Id<Unit> {
    let forest = census.forest();
    let tree = forest.tree(AsOf::on(today));
    let place = forest.no(branch).and_then(|no| forest.today(today).place(no));
    let above = place.and_then(|place| tree.parent(place)).and_then(|place| tree.unit(place));
    above.and_then(|no| forest.id(no)).unwrap_or(branch)
}

fn turn(
    op: &mut Op<'_, '_>,
    (id, unit): (Id<Person>, Id<Unit>),
    source: &str,
    raised: bool,
    (ground, reason): (&str, &str),
) -> Result<(), Problem> {
    let rows = store::holds_of(op.tx(), id)?;
    let last = rows.iter().rfind(|row| row.source == source);
    if last.is_some_and(|row| row.raised == 1) == raised {
        return Ok(());
    }
    let seq = last.map_or(1, |row| row.seq + 1);
    let (today, now, by) = (op.today(), op.now(), op.viewer().name.clone());
    store::add_hold(op.tx(), id, source, seq, u8::from(raised), ground, reason, today, now, &by)?;
    // The log is read by more than those who may know why.
    audit(op, "member-hold", id, unit, json!({ "raised": raised }));
    Ok(())
}
