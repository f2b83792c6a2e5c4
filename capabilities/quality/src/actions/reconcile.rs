//! Comparing with a file of the national database, and taking single values over.

use std::path::PathBuf;

use chibo_kernel::{Id, Moment, Permission, Person, Problem, Said, Unit};
use chibo_members::actions::{self as members, Correction};
use chibo_members::records::{PersonRow, record_of};
use chibo_members::rules::{NewMember, Secrets};
use chibo_store::{Entry, Op};
use serde_json::json;

use crate::reconcile::{Order, RECONCILE};
use crate::rules::differ::{TAKEABLE, birth_of, may_be};
use crate::store::reconciliations::{self as store, LineRow, Reconciliation, ReconciliationRow};

/// Days results are kept.
pub const KEPT_DAYS: i32 = 30;

/// Orders a comparison of the members of a unit with a file that lies in the work folder.
///
/// # Errors
/// Denied without the right to import into the unit.
pub fn begin(
    op: &mut Op<'_, '_>,
    id: Id<Reconciliation>,
    unit: Id<Unit>,
    (name, path, digest): (&str, &str, &str),
) -> Result<(), Problem> {
    op.permit(Permission::Import, unit)?;
    let (now, by, expires) = (op.now(), op.viewer().name.clone(), op.today().plus_days(KEPT_DAYS));
    store::insert(op.tx(), id, unit, name, path, now, &by, expires)?;
    let order = serde_json::to_string(&Order { id: id.to_string(), by }).map_err(Problem::fault)?;
    op.enqueue(RECONCILE, &order, Some(unit))?;
    let detail = json!({ "file": name, "digest": digest }).to_string();
    record(op, "quality-reconciliation-begun", unit, id, detail);
    Ok(())
}

fn record(op: &mut Op<'_, '_>, action: &'static str, unit: Id<Unit>, id: Id<Reconciliation>, detail: String) {
    op.record(Entry { stream: *unit.bytes(), action, unit: Some(unit), subject: Some(*id.bytes()), detail });
}

fn load(op: &mut Op<'_, '_>, id: Id<Reconciliation>) -> Result<ReconciliationRow, Problem> {
    let row = store::one(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, row.unit_id).map_err(|_| Problem::NotFound)?;
    if row.expires_on <= op.today() { Err(Problem::NotFound) } else { Ok(row) }
}

/// Takes the results away before their time.
///
/// # Errors
/// Absent out of reach.
pub fn remove(op: &mut Op<'_, '_>, id: Id<Reconciliation>) -> Result<PathBuf, Problem> {
    let row = load(op, id)?;
    store::clear(op.tx(), id)?;
    store::remove(op.tx(), id)?;
    record(op, "quality-reconciliation-removed", row.unit_id, id, json!({ "file": row.file_name }).to_string());
    Ok(PathBuf::from(row.file_path))
}

/// Takes away what has expired; gives files nobody needs any more.
///
/// # Errors
/// Problems of the database.
pub fn expire(op: &mut Op<'_, '_>) -> Result<Vec<PathBuf>, Problem> {
    let today = op.today();
    let mut files = Vec::new();
    for row in store::all(op.tx())?.into_iter().filter(|row| row.expires_on <= today) {
        store::clear(op.tx(), row.reconciliation_id)?;
        store::remove(op.tx(), row.reconciliation_id)?;
        files.extend((!row.file_path.is_empty()).then(|| PathBuf::from(row.file_path)));
    }
    Ok(files)
}

/// Takes over single values, all or none; gives how many.
///
/// # Errors
/// A refusal for a value that cannot be taken over (EXI-16: a day of birth); a conflict when a record was changed since
/// it was compared; absent out of reach.
pub fn take(op: &mut Op<'_, '_>, id: Id<Reconciliation>, lines: &[i64]) -> Result<usize, Problem> {
    let row = load(op, id)?;
    if lines.is_empty() {
        return Err(Problem::field("line", Said::new("quality-take-none")));
    }
    let now = op.now();
    for no in lines {
        let line = store::line(op.tx(), id, *no)?.ok_or(Problem::NotFound)?;
        take_one(op, id, &line)?;
        store::taken(op.tx(), id, *no, now)?;
    }
    let detail = json!({ "file": row.file_name, "values": lines.len() }).to_string();
    record(op, "quality-values-taken", row.unit_id, id, detail);
    Ok(lines.len())
}

fn take_one(op: &mut Op<'_, '_>, id: Id<Reconciliation>, line: &LineRow) -> Result<(), Problem> {
    let person: Id<Person> = line.person_id.ok_or(Problem::NotFound)?;
    if line.kind != "field" || !TAKEABLE.contains(&line.field.as_str()) {
        return Err(Problem::field("line", Said::new("quality-take-not").with("name", &line.name)));
    }
    if line.taken_at != Moment::FOREVER {
        return Err(Problem::Conflict(Said::new("quality-take-again").with("name", &line.name)));
    }
    let record = record_of(op.tx(), person)?.ok_or(Problem::NotFound)?;
    if record.version != line.version {
        return Err(Problem::Conflict(Said::new("quality-take-changed").with("name", &line.name)));
    }
    let mut member = as_entered(&record);
    put(&mut member, &record, line)?;
    let (version, secrets, birth_consent) = (record.version, Secrets::default(), String::new());
    members::correct(op, person, &Correction { version, member, secrets, birth_consent })?;
    // Other values of the same member were compared with the same record: only ours was changed.
    store::followed(op.tx(), id, person, record.version + 1).map(drop)
}

/// The undated facts of a record as a correction takes them.
fn as_entered(record: &PersonRow) -> NewMember {
    let parts = record
        .ten
        .as_ref()
        .map(|ten| [record.ho.clone().unwrap_or_default(), record.dem.clone().unwrap_or_default(), ten.clone()]);
    NewMember {
        name: record.full_name.clone(),
        parts,
        other_name: record.other_name.clone(),
        birth: Some(record.birth),
        birth_precision: record.birth_precision,
        sex: record.sex,
        ethnicity: record.ethnicity,
        religion: record.religion,
        birth_place: record.birth_place.clone(),
        home_town: record.home_town.clone(),
        job_title: record.job_title.clone(),
        workplace: record.workplace.clone(),
        file_no: record.file_no.clone(),
        ..NewMember::default()
    }
}

fn put(member: &mut NewMember, record: &PersonRow, line: &LineRow) -> Result<(), Problem> {
    let text = line.there.clone();
    let code = || line.there.parse::<u8>().map_err(|_| Problem::fault("a stored code is no number"));
    match line.field.as_str() {
        "name" => {
            member.name = text;
            member.parts = None;
        }
        "other-name" => member.other_name = text,
        "birth" => {
            let there = birth_of(&text).ok_or_else(|| Problem::fault("a stored day is no day"))?;
            // A day of birth is never changed; one that was not known to the day may become so.
            if record.birth_precision == 0 || !may_be((record.birth, record.birth_precision), there) {
                return Err(Problem::rule("EXI-16", Said::new("quality-take-birth").with("name", &line.name)));
            }
            (member.birth, member.birth_precision) = (Some(there.0), there.1);
        }
        "sex" => member.sex = code()?,
        "ethnicity" => member.ethnicity = code()?,
        "religion" => member.religion = code()?,
        "birth-place" => member.birth_place = text,
        "home-town" => member.home_town = text,
        "job-title" => member.job_title = text,
        "workplace" => member.workplace = text,
        _ => member.file_no = text,
    }
    Ok(())
}
