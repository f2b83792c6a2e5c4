//! Announcing and posting: when it was done is kept, and the days the score asks for follow from it (MTG-04, MTG-05).

use chibo_kernel::{Day, Id, Moment, Permission, Problem, Unit};
use chibo_store::Op;
use serde_json::json;

use super::record;
use crate::rules::{Posted, check_posting, link_code};
use crate::store;

/// Longest name of a way, characters.
const CHANNEL: usize = 200;

/// Writes down that something was announced or posted.
///
/// # Errors
/// A refusal for a moment that cannot be; absent for whoever may not write to the branch.
pub fn post(
    op: &mut Op<'_, '_>,
    (unit, no): (Id<Unit>, u32),
    (what, at): (Posted, Moment),
    channel: &str,
) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let row = store::meeting(op.tx(), unit, no)?.ok_or(Problem::NotFound)?;
    if let Some(issue) = check_posting(what, at, row.on_day, op.now()) {
        return Err(Problem::Refused(vec![issue]));
    }
    let posting = store::postings(op.tx(), unit, no)?.last().map_or(0, |row| row.posting_no) + 1;
    let channel: String = channel.trim().chars().take(CHANNEL).collect();
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_posting(op.tx(), unit, no, posting, what as u8, at, &channel, now, &by)?;
    fill(op, unit, no)?;
    // A conclusion is usually posted after the closing: the sheet gets its line anew.
    if what == Posted::Conclusion && row.state == super::CLOSED && row.posted_conclusion.is_none() {
        super::close::conclusion_posted(op, &row, at.day())?;
    }
    record(op, unit, "meeting-announced", &json!({ "no": no, "what": what.code(), "at": at.0 }));
    Ok(())
}

/// The days of the first postings, where nobody wrote one: what is written by hand stays.
///
/// # Errors
/// Problems of the database.
pub(super) fn fill(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32) -> Result<(), Problem> {
    let rows = store::postings(op.tx(), unit, no)?;
    let first = |what: Posted| -> Option<Day> {
        rows.iter().filter(|row| row.what == what as u8).map(|row| row.posted_at).min().map(Moment::day)
    };
    if let Some(day) = first(Posted::Notice) {
        store::fill_noticed(op.tx(), unit, no, day)?;
    }
    if let Some(day) = first(Posted::Documents) {
        store::fill_documents(op.tx(), unit, no, day)?;
    }
    if let Some(day) = first(Posted::Conclusion) {
        store::fill_conclusion(op.tx(), unit, no, day)?;
    }
    Ok(())
}

/// Gives a meeting its short link; one that has it keeps it.
///
/// # Errors
/// Problems of the database.
pub(super) fn link(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32) -> Result<(), Problem> {
    let code = link_code(op.random());
    store::put_link(op.tx(), unit, no, &code).map(drop)
}
