//! Closing a meeting, opening it again for a correction, taking it out.

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Problem};
use chibo_web::form::{Kind, missing};
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
    let mut out = super::topics::left_out(visit, desk);
    out.push_str(&form.html(visit));
    if desk.closings.is_empty() {
        let fields = vec![Field::hidden("version", desk.row.version.to_string())];
        out.push_str(&Form::new(desk.address("/removal"), w.t("meetings-remove"), fields).html(visit));
    }
    out
}

/// The forms of a closed meeting: on which day the conclusion was posted, and the one that opens it again.
pub(super) fn reopening(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> String {
    let w = visit.w;
    if !desk.place.may_keep || desk.row.state != CLOSED {
        return String::new();
    }
    let version = || Field::hidden("version", desk.row.version.to_string());
    let mut out = String::new();
    if desk.row.posted_conclusion.is_none() || !issues.is_empty() {
        let by = desk.row.on_day.map(|on| desk.terms.conclusion_by(on));
        let hint = by.map_or_else(String::new, |by| w.t1("meetings-posted-hint", "day", w.day(by)));
        let day = Field::new("posted", w.t("meetings-concluded"), Kind::Day).hint(hint).required();
        let mut form = Form::new(desk.address("/posting"), w.t("meetings-posting-add"), vec![version(), day]);
        if !issues.is_empty() {
            form = form.refused(&visit.form, issues);
        }
        out.push_str(&form.html(visit));
    }
    out.push_str(&Form::new(desk.address("/correction"), w.t("meetings-correct"), vec![version()]).html(visit));
    out
}

/// `POST …/posting`.
pub(super) fn post(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no, version) = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    let Some(day) = visit.form.day("posted", visit.today()).ok().flatten() else {
        return page(visit, &desk, vec![missing("posted", "meetings-bad-day")]);
    };
    match visit.write(|op| actions::posted(op, unit, no, version, day)) {
        Ok(()) => Ok(Reply::done(desk.address(""), "meeting-posted")),
        Err(Problem::Refused(issues)) => page(visit, &desk, issues),
        Err(other) => Err(other),
    }
}

/// `POST …/closing`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let (unit, no, version) = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    let long = super::fields::check_lines(&visit.form, &["reason"]);
    if !long.is_empty() {
        return page(visit, &desk, long);
    }
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
