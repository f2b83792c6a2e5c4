//! A term is written down or corrected.

use chibo_kernel::{Permission, Problem, Said};
use chibo_organisation::actions::end_office;
use chibo_store::Op;
use serde_json::json;

use super::{record, refuse};
use crate::rules::{NewTerm, Numbers, Term, check_term, planned_end};
use crate::store;

/// Writes down a new term, which ends the one before, or corrects the last one by another version (ORG-17, ORG-20…23).
/// Gives its ordinal.
///
/// # Errors
/// A conflict when another term or version came in between; a refusal with every rule that speaks against it.
pub fn write_term(op: &mut Op<'_, '_>, new: &NewTerm) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, new.unit)?;
    let rows = store::terms_of(op.tx(), new.unit)?;
    let mut before = store::terms(&rows);
    let last = before.last().copied();
    if new.after != last.map_or(0, |last| last.ordinal) {
        return Err(Problem::Conflict(Said::new("committees-newer-term").with("ordinal", new.after)));
    }
    let mut version = 1;
    if new.corrects > 0 {
        before.pop();
        version = new.corrects + 1;
        let seen = last.map(|last| (last.ordinal, last.version));
        if seen != Some((new.ordinal, new.corrects)) {
            return Err(Problem::Conflict(Said::new("committees-newer-term").with("ordinal", new.ordinal)));
        }
    }
    let numbers = Numbers::on(new.congress_on)?;
    refuse(check_term(&numbers, new, &before, op.today()))?;
    let to = new.to.unwrap_or_else(|| planned_end(&numbers, new.kind, new.from));
    let term =
        Term { ordinal: new.ordinal, version, congress_on: new.congress_on, from: new.from, to, fixed: new.fixed };
    insert(op, new, &term, &numbers.version("ORG-23")?)?;
    if let Some(last) = before.last().filter(|last| last.to > new.from) {
        shorten(op, new, last)?;
    }
    if new.close {
        close(op, new)?;
    }
    let detail = json!({
        "ordinal": term.ordinal, "version": version, "congress": new.congress_on.iso(), "from": new.from.iso(),
        "to": to.iso(), "committee": new.fixed.committee, "standing": new.fixed.standing,
    });
    if version == 1 {
        record(op, new.unit, "committee-term-opened", &detail);
    } else {
        record(op, new.unit, "committee-term-corrected", &detail);
    }
    Ok(term.ordinal)
}

fn insert(op: &mut Op<'_, '_>, new: &NewTerm, term: &Term, rulebook: &str) -> Result<(), Problem> {
    let (now, by, fixed) = (op.now(), op.viewer().name.clone(), term.fixed);
    store::insert_term(
        op.tx(),
        new.unit,
        term.ordinal,
        term.version,
        term.congress_on,
        term.from,
        term.to,
        fixed.committee,
        fixed.standing,
        fixed.deputies,
        fixed.inspection,
        new.origin.code(),
        &new.note,
        rulebook,
        now,
        &by,
    )
    .map(drop)
}

/// The term before ends where this one begins: another version of it.
fn shorten(op: &mut Op<'_, '_>, new: &NewTerm, last: &Term) -> Result<(), Problem> {
    let rows = store::terms_of(op.tx(), new.unit)?;
    let row = rows.iter().rfind(|row| row.ordinal == last.ordinal).ok_or(Problem::NotFound)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_term(
        op.tx(),
        new.unit,
        row.ordinal,
        row.version + 1,
        row.congress_on,
        row.valid_from,
        new.from,
        row.committee,
        row.standing_seats,
        row.deputies,
        row.inspection,
        &row.origin,
        &row.note,
        &row.rulebook,
        now,
        &by,
    )
    .map(drop)
}

/// Whoever held an office before the term no longer holds it.
fn close(op: &mut Op<'_, '_>, new: &NewTerm) -> Result<(), Problem> {
    let held = chibo_organisation::held_in(op.tx(), new.unit)?;
    let before = |office: &&chibo_organisation::Held| office.valid.from() < new.from && new.from < office.valid.to();
    for office in held.iter().filter(before) {
        end_office(op, new.unit, office.person, office.role, new.from)?;
    }
    Ok(())
}
