//! Writing down that a regulation was reported up or announced down (ORG-32).

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Pairs, Reply, Visit};

use super::scene::Scene;
use super::{fields, issues_of};
use crate::actions;
use crate::rules::Sent;
use crate::store::{self, RegulationRow};

impl Sent {
    fn path(self) -> &'static str {
        match self {
            Self::Reported => "reports",
            Self::Announced => "announcements",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Reported => "regulations-report",
            Self::Announced => "regulations-announce",
        }
    }

    fn question(self) -> &'static str {
        match self {
            Self::Reported => "regulations-reported-on",
            Self::Announced => "regulations-announced-on",
        }
    }
}

/// The address of the form about a version.
pub(super) fn address(row: &RegulationRow, sent: Sent) -> String {
    format!("/regulations/units/{}/{}?version={}", row.unit_id, sent.path(), row.version)
}

/// The version the address or the form names.
fn subject(visit: &Visit<'_>, asked: &Pairs) -> Result<RegulationRow, Problem> {
    let unit: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::EditUnits, unit)?;
    let version: u32 = asked.get("version").parse().map_err(|_| Problem::NotFound)?;
    let rows = visit.read(|tx| store::regulations_of(tx, unit))?;
    rows.into_iter().find(|row| row.version == version).ok_or(Problem::NotFound)
}

fn build(visit: &Visit<'_>, row: &RegulationRow, sent: Sent) -> Form {
    let w = visit.w;
    let what = w.t2("regulations-own-name", ("number", &row.number), ("version", row.version));
    let fields = vec![
        Field::hidden("version", row.version.to_string()),
        Field::new("on", w.t(sent.question()), Answer::Day).hint(what).required().value(visit.today().to_string()),
    ];
    let (unit, path) = (row.unit_id, sent.path());
    Form::new(format!("/regulations/units/{unit}/{path}"), w.t("regulations-mark-send"), fields)
        .cancel(w.t("regulations-cancel"), format!("/regulations/units/{unit}"))
}

fn page(visit: &Visit<'_>, row: &RegulationRow, sent: Sent, form: &Form) -> Result<Reply, Problem> {
    let name = Scene::today(visit).name(row.unit_id);
    fields::page(visit, visit.w.t(sent.title()), Some((row.unit_id, name)), form)
}

fn show(visit: &Visit<'_>, sent: Sent) -> Result<Reply, Problem> {
    let row = subject(visit, &visit.query)?;
    page(visit, &row, sent, &build(visit, &row, sent))
}

fn send(visit: &Visit<'_>, sent: Sent) -> Result<Reply, Problem> {
    let row = subject(visit, &visit.form)?;
    let mut issues = Vec::new();
    if let Some(on) = fields::day(visit, "on", &mut issues) {
        match issues_of(visit.write(|op| actions::mark_sent(op, row.unit_id, row.version, sent, on)))? {
            Ok(()) => return Ok(Reply::done(format!("/regulations/units/{}", row.unit_id), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, &row, sent, &build(visit, &row, sent).refused(&visit.form, issues))
}

/// `GET /regulations/units/{id}/reports?version=`.
pub(super) fn report_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    show(visit, Sent::Reported)
}

/// `POST /regulations/units/{id}/reports`.
pub(super) fn report(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    send(visit, Sent::Reported)
}

/// `GET /regulations/units/{id}/announcements?version=`.
pub(super) fn announcement_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    show(visit, Sent::Announced)
}

/// `POST /regulations/units/{id}/announcements`.
pub(super) fn announce(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    send(visit, Sent::Announced)
}
