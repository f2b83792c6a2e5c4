//! Closing a meeting, opening it again for a correction, taking it out.

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit};

use super::desk::{Desk, page, version};
use crate::actions::{self, CLOSED};

/// The forms that close and take out.
pub(super) fn form(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> String {
    let w = visit.w;
    let mut fields = vec![Field::hidden("version", desk.row.version.to_string())];
    if !desk.closings.is_empty() {
        fields.push(Field::new("reason", w.t("meetings-correction-why"), Kind::Area).required());
    }
    let mut form = Form::new(desk.address("/closing"), w.t("meetings-close"), fields);
    if !issues.is_empty() {
        form = form.refused(&visit.form, issues);
    }
    let mut out = form.html(visit);
    if desk.closings.is_empty() {
        let fields = vec![Field::hidden("version", desk.row.version.to_string())];
        out.push_str(&Form::new(desk.address("/removal"), w.t("meetings-remove"), fields).html(visit));
    }
    out
}

/// The form that opens a closed meeting again.
pub(super) fn reopening(visit: &Visit<'_>, desk: &Desk) -> String {
    if !desk.place.may_keep || desk.row.state != CLOSED {
        return String::new();
    }
    let fields = vec![Field::hidden("version", desk.row.version.to_string())];
    Form::new(desk.address("/correction"), visit.w.t("meetings-correct"), fields).html(visit)
}

/// `POST …/closing`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no, version) = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    let reason = clean(visit.form.get("reason")).into_owned();
    match visit.write(|op| actions::close(op, unit, no, version, &reason)) {
        Ok(_) => Ok(Reply::done(desk.address(""), "meeting-closed")),
        Err(Problem::Refused(issues)) => page(visit, &desk, issues),
        Err(other) => Err(other),
    }
}

/// `POST …/correction`.
pub(super) fn reopen(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no, version) = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    visit.write(|op| actions::reopen(op, unit, no, version))?;
    Ok(Reply::done(desk.address(""), "meeting-reopened"))
}

/// `POST …/removal`.
pub(super) fn drop_open(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no, version) = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    visit.write(|op| actions::drop_open(op, unit, no, version))?;
    Ok(Reply::done(desk.place.address(""), "meeting-dropped"))
}
