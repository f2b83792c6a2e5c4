//! At a meeting: which resolutions of higher levels it studied, and taking back a mark that was wrong (MTG-08).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Problem, Unit};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::{Field, Form, Reply, Visit, html};

use super::desk::Desk;
use super::library::{above, card};
use super::studies::{Wanted, name};
use super::{desk, fields};
use crate::actions::{self, CLOSED};
use crate::store::{self, StudiedRow, StudyRow};

/// A resolution as a choice: which committee asked, which number.
fn key(row: &StudyRow) -> String {
    format!("{}.{}", row.unit_id, row.study_no)
}

/// The fields of the form that takes marks back.
const UNDO: [&str; 2] = ["undo", "undo-reason"];

/// What was marked at this meeting, with the way to take it back, and what was taken back.
fn here(visit: &Visit<'_>, desk: &Desk, wanted: &Wanted, issues: &[Issue]) -> Result<String, Problem> {
    let (w, no) = (visit.w, desk.row.meeting_no);
    let mine: Vec<&(StudyRow, StudiedRow)> = wanted.done.iter().filter(|(_, mark)| mark.meeting_no == no).collect();
    let mut out = String::new();
    if !mine.is_empty() {
        out.push_str(&format!("<p>{}</p>", html::escape(&w.t1("meetings-study-here", "count", w.n(mine.len())))));
        let line = |(row, _): &&(StudyRow, StudiedRow)| format!("<li>{}</li>", html::escape(&name(visit, row)));
        out.push_str(&format!("<ul class=\"plain\">{}</ul>", mine.iter().map(line).collect::<String>()));
    }
    for row in visit.read(|tx| store::undone(tx, desk.place.unit))?.iter().filter(|row| row.meeting_no == no) {
        let all = wanted.open.iter().chain(wanted.done.iter().map(|(study, _)| study));
        let study = all.into_iter().find(|study| (study.unit_id, study.study_no) == (row.committee_id, row.study_no));
        let said = study.map_or_else(String::new, |study| name(visit, study));
        let said = w.t2("meetings-study-undone", ("name", said), ("reason", &row.reason));
        out.push_str(&format!("<p>{}</p>", html::escape(&said)));
    }
    if desk.place.may_keep && !mine.is_empty() {
        let options = mine.iter().map(|(row, _)| (key(row), name(visit, row))).collect();
        let fields = vec![
            Field::new("undo", w.t("meetings-study-undo-which"), Kind::Select(options)).required(),
            Field::text("undo-reason", w.t("meetings-study-undo-reason")).required(),
        ];
        let mut form = Form::new(desk.address("/studied/withdrawal"), w.t("meetings-study-undo"), fields);
        if !issues.is_empty() {
            form = form.refused(&visit.form, issues.to_vec());
        }
        out.push_str(&form.html(visit));
    }
    Ok(out)
}

/// What has still to be studied, and on a closed meeting the forms that say what was and what was not after all.
pub(super) fn section(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let wanted = Wanted::load(visit, &desk.place)?;
    let undo = |issue: &Issue| issue.field.as_deref().is_some_and(|field| UNDO.contains(&field));
    let (undo, issues): (Vec<Issue>, Vec<Issue>) = issues.into_iter().partition(undo);
    let mut out = here(visit, desk, &wanted, &undo)?;
    let rows = &wanted.open;
    let due = |row: &StudyRow| w.t2("meetings-study-until", ("name", name(visit, row)), ("day", w.day(row.due_on)));
    if desk.place.may_keep && (desk.row.state == CLOSED || !issues.is_empty()) && !rows.is_empty() {
        let options = rows.iter().map(|row| (key(row), due(row))).collect();
        let fields = vec![Field::new("study", w.t("meetings-study-which"), Kind::Checks(options))];
        let mut form = Form::new(desk.address("/studied"), w.t("meetings-study-mark"), fields);
        if !issues.is_empty() {
            form = form.refused(&visit.form, issues);
        }
        out.push_str(&form.html(visit));
    } else if !rows.is_empty() {
        let lines: String = rows.iter().map(|row| format!("<li>{}</li>", html::escape(&due(row)))).collect();
        out.push_str(&format!("<ul class=\"plain\">{lines}</ul>"));
    }
    Ok(if out.is_empty() { out } else { card(w.t("meetings-studies"), &out) })
}

/// The resolution a choice names.
fn chosen(text: &str) -> Option<(Id<Unit>, u32)> {
    let (committee, no) = text.split_once('.')?;
    Some((committee.parse().ok()?, no.parse().ok()?))
}

/// `POST /meetings/units/{id}/{no}/studied`.
pub(super) fn studied(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (place, no) = (&desk.place, desk.row.meeting_no);
    let asked: Vec<(Id<Unit>, u32)> = visit.form.all("study").filter_map(chosen).collect();
    if asked.is_empty() {
        return desk::page(visit, &desk, vec![missing("study", "meetings-study-none")]);
    }
    let committees = above(&place.units, place.unit);
    let done = visit
        .write(|op| asked.iter().try_for_each(|study| actions::studied(op, (place.unit, no), *study, &committees)));
    match issues_of(done)? {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(issues) => desk::page(visit, &desk, issues),
    }
}

/// `POST /meetings/units/{id}/{no}/studied/withdrawal`.
pub(super) fn undo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let issues = fields::check_lines(&visit.form, &["undo-reason"]);
    let Some(study) = chosen(visit.form.get("undo")) else {
        return desk::page(visit, &desk, vec![missing("undo", "meetings-study-none")]);
    };
    if !issues.is_empty() {
        return desk::page(visit, &desk, issues);
    }
    let reason = clean(visit.form.get("undo-reason")).into_owned();
    let meeting = (desk.place.unit, desk.row.meeting_no);
    match issues_of(visit.write(|op| actions::unmark_studied(op, meeting, study, &reason)))? {
        Ok(()) => Ok(Reply::done(desk.address(""), "saved")),
        Err(issues) => desk::page(visit, &desk, issues),
    }
}
