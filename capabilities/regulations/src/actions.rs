//! What is done with regulations: load, permit, decide, save, record; one transaction each.

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Entry, Op};
use serde_json::json;

use crate::rules::{ModelText, NewModel, NewRegulation, Sent, check_mark, check_model, check_regulation};
use crate::store;

/// Issues a text for a kind of unit: the first of its series, or the version after the one the form saw (ORG-32).
/// `top` is the unit whose committee issues such texts.
///
/// # Errors
/// A conflict when another version came in between; a refusal when a first version is there already.
pub fn issue_model(op: &mut Op<'_, '_>, top: Id<Unit>, new: &NewModel) -> Result<Id<ModelText>, Problem> {
    op.permit(Permission::EditUnits, top)?;
    let rows = store::all_models(op.tx())?;
    let (subject, kind) = (new.series.subject.code(), new.series.kind.number());
    let setting = store::setting_number(new.series.setting);
    let before = rows.iter().filter(|row| row.subject == subject && row.kind == kind && row.setting == setting);
    let last = before.max_by_key(|row| row.version);
    let (version, last_from) = last.map_or((0, None), |row| (row.version, Some(row.valid_from)));
    if new.after == 0 && version > 0 {
        return Err(Problem::field("kind", Said::new("regulations-model-exists").with("version", version)));
    }
    if new.after != version {
        return Err(Problem::Conflict(Said::new("regulations-newer-model").with("version", version)));
    }
    refuse(check_model(new, last_from, op.today()))?;
    let (id, now, by) = (op.fresh(), op.now(), op.viewer().name.clone());
    let (from, to) = (new.valid.from(), new.valid.to());
    store::insert_model(
        op.tx(),
        id,
        subject,
        kind,
        setting,
        version + 1,
        &new.number,
        &new.issuer,
        new.issued_on,
        from,
        to,
        now,
        &by,
        &new.body,
    )?;
    let detail = json!({
        "subject": subject, "kind": new.series.kind.code(), "setting": new.series.setting.map(|setting| setting.code()),
        "version": version + 1, "number": new.number, "from": from.iso(),
    });
    record(op, top, "regulation-model-issued", &detail);
    Ok(id)
}

/// Writes down the working regulation a unit adopted: its first, or the version after the one the form saw (ORG-32).
/// Gives the version.
///
/// # Errors
/// A conflict when another version came in between.
pub fn adopt(op: &mut Op<'_, '_>, new: &NewRegulation) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, new.unit)?;
    let before = store::regulations_of(op.tx(), new.unit)?;
    let (version, last_from) = before.last().map_or((0, None), |row| (row.version, Some(row.valid_from)));
    if new.after != version {
        return Err(Problem::Conflict(Said::new("regulations-newer-version").with("version", version)));
    }
    let models = store::models(&store::all_models(op.tx())?)?;
    refuse(check_regulation(new, &models, last_from, op.today()))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_regulation(
        op.tx(),
        new.unit,
        version + 1,
        &new.number,
        new.adopted_on,
        new.valid.from(),
        new.valid.to(),
        new.model,
        now,
        &by,
        &new.body,
    )?;
    let detail = json!({
        "version": version + 1, "number": new.number, "adopted": new.adopted_on.iso(),
        "from": new.valid.from().iso(), "model": new.model.map(|model| model.to_string()),
    });
    record(op, new.unit, "regulation-adopted", &detail);
    Ok(version + 1)
}

/// Writes down on which day a regulation was reported up or announced down (ORG-32). Once only: what is written stays.
///
/// # Errors
/// A conflict when it is written down already.
pub fn mark_sent(op: &mut Op<'_, '_>, unit: Id<Unit>, version: u32, sent: Sent, on: Day) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let rows = store::regulations_of(op.tx(), unit)?;
    let row = rows.iter().find(|row| row.version == version).ok_or(Problem::NotFound)?;
    refuse(check_mark(&row.adopted()?, on, op.today()))?;
    let now = op.now();
    let written = match sent {
        Sent::Reported => store::set_reported(op.tx(), unit, version, on, now)?,
        Sent::Announced => store::set_announced(op.tx(), unit, version, on, now)?,
    };
    if written == 0 {
        return Err(Problem::Conflict(Said::new("regulations-sent-already")));
    }
    let detail = json!({ "version": version, "number": row.number, "on": on.iso() });
    match sent {
        Sent::Reported => record(op, unit, "regulation-reported", &detail),
        Sent::Announced => record(op, unit, "regulation-announced", &detail),
    }
    Ok(())
}

/// One entry in the chain of a unit.
fn record(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry {
        stream: *unit.bytes(),
        action,
        unit: Some(unit),
        subject: Some(*unit.bytes()),
        detail: detail.to_string(),
    });
}

fn refuse(issues: Vec<Issue>) -> Result<(), Problem> {
    if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
}
