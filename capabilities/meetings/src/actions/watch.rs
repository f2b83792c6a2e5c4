//! Members of the committee above are assigned to branches, and it is noted whether they come (MTG-05, MTG-12).

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::record;
use crate::store;

/// Assigns somebody to a branch's meetings.
///
/// # Errors
/// A refusal when he is assigned already; absent for whoever does not stand above.
pub fn watch(op: &mut Op<'_, '_>, unit: Id<Unit>, person: Id<Person>, from: Day) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let rows = store::watchers_of(op.tx(), unit)?;
    if rows.iter().any(|row| row.member_id == person && row.to_day > from) {
        return Err(Problem::field("watcher", Said::new("meetings-watches-already")));
    }
    let no = rows.last().map_or(0, |row| row.watcher_no) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_watcher(op.tx(), unit, no, person, from, Day::FOREVER, now, &by)?;
    record(op, unit, "meeting-watcher-assigned", &json!({ "watcher": no, "from": from.iso() }));
    Ok(())
}

/// Ends an assignment from a day on.
///
/// # Errors
/// A conflict when it has ended; absent for whoever does not stand above.
pub fn unwatch(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, to: Day) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    if store::end_watcher(op.tx(), unit, no, to, now, &by)? == 0 {
        return Err(super::changed());
    }
    record(op, unit, "meeting-watcher-ended", &json!({ "watcher": no, "to": to.iso() }));
    Ok(())
}

/// Notes whether an assigned one attended a meeting and what he remarked: the branch notes it, or he himself from above.
///
/// # Errors
/// Absent without such a meeting or assignment.
pub fn visited(
    op: &mut Op<'_, '_>,
    (unit, no, watcher): (Id<Unit>, u32, u32),
    attended: bool,
    remark: &str,
) -> Result<(), Problem> {
    if op.permit(Permission::EditMembers, unit).is_err() {
        op.permit(Permission::EditUnits, unit)?;
    }
    let row = store::meeting(op.tx(), unit, no)?.ok_or(Problem::NotFound)?;
    if !store::watchers_of(op.tx(), unit)?.iter().any(|row| row.watcher_no == watcher) {
        return Err(Problem::NotFound);
    }
    let on = row.on_day.unwrap_or_else(|| op.today());
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::put_visit(op.tx(), unit, no, watcher, on, u8::from(attended), remark.trim(), now, &by)?;
    record(op, unit, "meeting-visited", &json!({ "no": no, "watcher": watcher, "attended": attended }));
    Ok(())
}
