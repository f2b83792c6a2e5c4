//! Checks of notices by base committees (TRF-11).

use chibo_kernel::{Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Entry, Op};
use serde_json::json;

use super::issue;
use crate::rules::Quarter;
use crate::store;

/// A base committee has checked the notices of a quarter against its lists.
///
/// # Errors
/// A refusal for a quarter to come, and when something was found without saying what; absent when out of reach.
pub fn check_notices(
    op: &mut Op<'_, '_>,
    unit: Id<Unit>,
    quarter: Quarter,
    (counted, note): (u32, &str),
) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let today = op.today();
    let mut issues = Vec::new();
    if quarter > Quarter::of(today) {
        let said = Said::new("transfers-quarter-to-come");
        issues.push(Issue { rule: Some("TRF-11"), said, ..issue("unit", "") });
    }
    if note.chars().count() > 2_000 {
        issues.push(issue("note", "transfers-note-long"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let before = store::checks_of(op.tx(), quarter.0)?;
    let seq = before.iter().filter(|row| row.unit_id == unit).map(|row| row.seq).max().unwrap_or(0) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_check(op.tx(), unit, quarter.0, seq, today, counted, note, now, &by)?;
    let detail = json!({ "year": quarter.year(), "quarter": quarter.number(), "notices": counted }).to_string();
    op.record(Entry {
        stream: *unit.bytes(),
        action: "transfer-notices-checked",
        unit: Some(unit),
        subject: None,
        detail,
    });
    Ok(())
}
