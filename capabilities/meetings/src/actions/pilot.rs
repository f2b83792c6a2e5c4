//! Meetings held online are a pilot: a dated fact of the branch with its decision (MTG-13).

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{record, refused};
use crate::rules::{Terms, check_place};
use crate::store;

/// Takes a branch into the pilot between two days, both included.
///
/// # Errors
/// A refusal without a decision, for an end before the beginning, for days of an earlier pilot; absent for whoever does not stand
/// above.
pub fn pilot(op: &mut Op<'_, '_>, unit: Id<Unit>, (from, to): (Day, Day), decision: &str) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    if decision.is_empty() {
        return Err(refused("pilot-decision", "MTG-13", Said::new("meetings-pilot-no-decision")));
    }
    if to < from {
        return Err(refused("pilot-to", "MTG-13", Said::new("meetings-pilot-ends-early")));
    }
    let rows = store::pilots(op.tx(), unit)?;
    if rows.iter().any(|row| (row.from_day, row.to_day, row.decision.as_str()) == (from, to, decision)) {
        return Ok(());
    }
    if let Some(row) = rows.iter().find(|row| from <= row.to_day && row.from_day <= to) {
        let said = Said::new("meetings-pilot-overlaps").with("from", row.from_day).with("to", row.to_day);
        return Err(refused("pilot-from", "MTG-13", said));
    }
    let no = rows.last().map_or(0, |row| row.pilot_no) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_pilot(op.tx(), unit, no, from, to, decision, now, &by)?;
    let detail = json!({ "from": from.iso(), "to": to.iso(), "decision": decision });
    record(op, unit, "meeting-pilot-decided", &detail);
    Ok(())
}

/// What is wrong with the place of a meeting: online only where the city or the branch takes part in the pilot on that day.
pub(crate) fn check(
    tx: &mut Tx<'_>,
    unit: Id<Unit>,
    on: Day,
    (place, terms): (&str, &Terms),
) -> Result<Option<Issue>, Problem> {
    let Some(issue) = check_place(place, terms) else { return Ok(None) };
    let held = store::pilots(tx, unit)?.iter().any(|row| row.from_day <= on && on <= row.to_day);
    Ok((!held).then_some(issue))
}
