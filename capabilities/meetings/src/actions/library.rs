//! What a committee gives the branches below it: models, guidance, resolutions to be studied; and that a branch studied one.

use chibo_kernel::{Day, Id, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::{CLOSED, record};
use crate::rules::{Study, check_study};
use crate::store::{self, ModelRow};

/// What a model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Number of the setting.
    pub setting: u8,
    /// Title.
    pub title: String,
    /// Agenda, a line an item.
    pub agenda: String,
    /// Minutes to read.
    pub minutes: String,
    /// What others can learn from it.
    pub lessons: String,
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The newest version of everything, in the order of the first ones: of rows that say the same thing anew the last counts.
pub(crate) fn newest_by<R>(rows: Vec<R>, same: impl Fn(&R, &R) -> bool) -> Vec<R> {
    let mut found: Vec<R> = Vec::new();
    for row in rows {
        match found.iter_mut().find(|known| same(known, &row)) {
            Some(known) => *known = row,
            None => found.push(row),
        }
    }
    found
}

/// The newest version of every model, in order.
pub(crate) fn newest(rows: Vec<ModelRow>) -> Vec<ModelRow> {
    newest_by(rows, |one, other| one.model_no == other.model_no)
}

fn add(op: &mut Op<'_, '_>, key: (Id<Unit>, u32, u32), model: &Model, why: Option<&str>) -> Result<(), Problem> {
    let (unit, no, version) = key;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (gone, reason) = (u8::from(why.is_some()), why.unwrap_or(""));
    let Model { setting, title, agenda, minutes, lessons } = model;
    store::add_model(op.tx(), unit, no, version, *setting, title, agenda, minutes, lessons, gone, reason, now, &by)
        .map(drop)
}

/// Publishes a model, or a new version of one; its number.
///
/// # Errors
/// A refusal without title, agenda or lessons, or when another model of the setting has the title; absent for one that is not
/// there or a committee out of reach.
pub fn publish(op: &mut Op<'_, '_>, unit: Id<Unit>, no: Option<u32>, model: &Model) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let texts = [
        ("title", &model.title, "meetings-model-no-title"),
        ("agenda", &model.agenda, "meetings-model-no-agenda"),
        ("lessons", &model.lessons, "meetings-model-no-lessons"),
    ];
    let empty = texts.iter().filter(|(_, text, _)| text.trim().is_empty());
    let issues: Vec<_> = empty.map(|(field, _, key)| chibo_web::form::missing(field, key)).collect();
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let rows = newest(store::models(op.tx(), unit)?);
    let same = |row: &ModelRow| {
        row.withdrawn == 0 && Some(row.model_no) != no && row.setting == model.setting && row.title == model.title
    };
    if rows.iter().any(same) {
        return Err(Problem::field("title", Said::new("meetings-model-twice")));
    }
    let (no, version) = match no {
        Some(no) => {
            let row = rows.iter().find(|row| row.model_no == no).ok_or(Problem::NotFound)?;
            (no, row.version_no + 1)
        }
        None => (rows.last().map_or(0, |row| row.model_no) + 1, 1),
    };
    add(op, (unit, no, version), model, None)?;
    record(op, unit, "meeting-model-published", &json!({ "model": no, "version": version, "title": model.title }));
    Ok(no)
}

/// Withdraws a model: it is offered no more, and its versions stay.
///
/// # Errors
/// A refusal without a reason; absent for one that is not there.
pub fn withdraw_model(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, reason: &str) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    if reason.is_empty() {
        return Err(Problem::field("reason", Said::new("meetings-model-no-reason")));
    }
    let rows = newest(store::models(op.tx(), unit)?);
    let row = rows.into_iter().find(|row| row.model_no == no).ok_or(Problem::NotFound)?;
    if row.withdrawn == 1 {
        return Ok(());
    }
    let version = row.version_no + 1;
    let model = Model {
        setting: row.setting,
        title: row.title,
        agenda: row.agenda,
        minutes: row.minutes,
        lessons: row.lessons,
    };
    add(op, (unit, no, version), &model, Some(reason))?;
    record(op, unit, "meeting-model-withdrawn", &json!({ "model": no, "reason": reason }));
    Ok(())
}

/// Writes guidance for a setting, one more version; its number.
///
/// # Errors
/// A refusal without text, for an end before the beginning, for a beginning before that of the version before.
pub fn guide(
    op: &mut Op<'_, '_>,
    unit: Id<Unit>,
    setting: u8,
    (from, to): (Day, Day),
    body: &str,
) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, unit)?;
    if body.trim().is_empty() {
        return Err(Problem::field("body", Said::new("meetings-guidance-no-body")));
    }
    if to <= from {
        return Err(Problem::field("until", Said::new("meetings-guidance-ends-early")));
    }
    let mut rows = store::guidance(op.tx(), unit)?;
    rows.retain(|row| row.setting == setting);
    if let Some(last) = rows.last() {
        if (last.from_day, last.to_day, last.body.as_str()) == (from, to, body) {
            return Ok(last.version_no);
        }
        if from < last.from_day {
            let said = Said::new("meetings-guidance-before").with("day", last.from_day);
            return Err(Problem::field("from", said));
        }
    }
    let version = rows.last().map_or(0, |row| row.version_no) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_guidance(op.tx(), unit, setting, version, from, to, body, now, &by)?;
    record(
        op,
        unit,
        "meeting-guidance-written",
        &json!({ "setting": setting, "version": version, "from": from.iso() }),
    );
    Ok(version)
}

/// Registers a resolution every branch below studies; its number.
///
/// # Errors
/// Everything that is missing; a refusal when it is registered already.
pub fn register_study(op: &mut Op<'_, '_>, unit: Id<Unit>, study: &Study) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let today = op.today();
    let issues = check_study(study, today);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let rows = store::studies(op.tx(), unit)?;
    let same = |row: &store::StudyRow| row.withdrawn_on > today && row.number == study.number;
    if rows.iter().any(|row| same(row) && row.issuer == study.issuer && row.issued_on == study.issued) {
        return Err(Problem::field("number", Said::new("meetings-study-twice")));
    }
    let no = number(rows.len()) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let Study { number, title, issuer, issued, due } = study;
    store::add_study(op.tx(), unit, no, number, title, issuer, *issued, *due, Day::FOREVER, now, &by)?;
    record(op, unit, "meeting-study-registered", &json!({ "study": no, "number": number, "due": due.iso() }));
    Ok(no)
}

/// No longer asks the branches to study one.
///
/// # Errors
/// Absent for one that is not there.
pub fn withdraw_study(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let row = store::studies(op.tx(), unit)?.into_iter().find(|row| row.study_no == no).ok_or(Problem::NotFound)?;
    let today = op.today();
    if row.withdrawn_on > today {
        store::end_study(op.tx(), unit, no, today)?;
        record(op, unit, "meeting-study-withdrawn", &json!({ "study": no }));
    }
    Ok(())
}

/// Says that a branch studied a resolution in a closed meeting. `above` are the committees the branch stands under.
///
/// # Errors
/// A refusal for a meeting that is open or was before the resolution; absent for a resolution of somebody else.
pub fn studied(
    op: &mut Op<'_, '_>,
    (branch, meeting): (Id<Unit>, u32),
    (committee, no): (Id<Unit>, u32),
    above: &[Id<Unit>],
) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, branch)?;
    let row = store::meeting(op.tx(), branch, meeting)?.ok_or(Problem::NotFound)?;
    if !above.contains(&committee) {
        return Err(Problem::NotFound);
    }
    let studies = store::studies(op.tx(), committee)?;
    let study = studies.into_iter().find(|study| study.study_no == no).ok_or(Problem::NotFound)?;
    let Some(on) = row.on_day.filter(|_| row.state == CLOSED) else {
        return Err(Problem::field("study", Said::new("meetings-study-open")));
    };
    if on < study.issued_on {
        return Err(Problem::field("study", Said::new("meetings-study-before").with("day", study.issued_on)));
    }
    let known = store::studied_by(op.tx(), branch)?;
    if known.iter().any(|seen| (seen.committee_id, seen.study_no) == (committee, no)) {
        return Ok(());
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_studied(op.tx(), branch, committee, no, meeting, on, now, &by)?;
    record(op, branch, "meeting-studied", &json!({ "no": meeting, "committee": committee.to_string(), "study": no }));
    Ok(())
}
