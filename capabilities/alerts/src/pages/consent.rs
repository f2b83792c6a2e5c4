//! The form with which the consent of the directly higher committee is written down (ORG-04).

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Period, Permission, Problem, Said, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::{NewConsent, takes_consent};
use chibo_organisation::{ConsentRow, actions, consents_of};
use chibo_web::form::Kind as Answer;
use chibo_web::form::missing;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::scene::{Scene, kind_name};
use super::{MENU, issues_of};

/// The unit the form is about, as it stands today.
struct Ground {
    unit: Id<Unit>,
    name: String,
    kind: Kind,
    rows: Vec<ConsentRow>,
}

impl Ground {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::EditUnits, unit)?;
        let scene = Scene::today(visit);
        let place = scene.place(unit).ok_or(Problem::NotFound)?;
        let kind = Kind::from_number(scene.tree.kind(place)).ok_or(Problem::NotFound)?;
        if !takes_consent(kind) {
            return Err(Problem::rule("ORG-04", Said::new("units-consent-not-needed")));
        }
        let rows = visit.read(|tx| consents_of(tx, unit))?;
        Ok(Self { unit, name: scene.name(unit), kind, rows })
    }

    fn build(&self, visit: &Visit<'_>) -> Form {
        let w = visit.w;
        let version = self.rows.last().map_or(0, |row| row.version);
        // Sent back with errors, the form still says which version it saw first.
        let seen = visit.form.some("after").map_or_else(|| version.to_string(), str::to_owned);
        let today = visit.today().to_string();
        let day = |name: &str, key: &str| Field::new(name, w.t(key), Answer::Day);
        let fields = vec![
            Field::hidden("after", seen),
            Field::text("number", w.t("alerts-number")).hint(w.t("alerts-number-hint")).required(),
            day("decided", "alerts-decided-on").required().value(today.clone()),
            Field::text("authority", w.t("alerts-authority")).hint(w.t("alerts-authority-hint")).required(),
            day("from", "alerts-from").required().value(today),
            day("to", "alerts-to").hint(w.t("alerts-to-hint")),
        ];
        Form::new(format!("/alerts/consents/{}", self.unit), w.t("alerts-consent-send"), fields)
            .cancel(w.t("alerts-cancel"), format!("/alerts?unit={}", self.unit))
    }

    fn page(&self, visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
        let w = visit.w;
        let title = w.t("alerts-consent");
        let crumbs = vec![
            Crumb::to(w.t("alerts-title"), "/alerts"),
            Crumb::to(self.name.clone(), format!("/alerts?unit={}", self.unit)),
            Crumb::here(title),
        ];
        let status = if form.issues.is_empty() { 200 } else { 422 };
        let head = Head::new(title, MENU).crumbs(crumbs).with_error(status == 422);
        let mut body = form.html(visit);
        if !self.rows.is_empty() {
            body.push_str(&self.history(visit));
        }
        visit.page_html(status, head, &body)
    }

    /// What was written down so far, the newest first.
    fn history(&self, visit: &Visit<'_>) -> String {
        let w = visit.w;
        let mut table = Table::new(
            w.t("alerts-consents"),
            vec![
                Column::new("number", w.t("alerts-number")),
                Column::new("kind", w.t("alerts-kind")),
                Column::new("decided", w.t("alerts-decided-on")),
                Column::new("authority", w.t("alerts-authority")),
                Column::new("from", w.t("alerts-from")),
                Column::new("to", w.t("alerts-to")),
                Column::new("recorded", w.t("alerts-recorded")),
            ],
        );
        for row in self.rows.iter().rev() {
            let kind = Kind::from_number(row.kind).map_or("", |kind| kind_name(w, kind, row.decided_on));
            let texts = [
                row.number.clone(),
                kind.to_owned(),
                w.day(row.decided_on),
                row.authority.clone(),
                w.day(row.valid_from),
                w.day(row.valid_to),
                format!("{}, {}", row.recorded_by, w.moment(row.recorded_at)),
            ];
            table.rows.push(Vec::from(texts.map(Cell::Text)));
        }
        table.html(visit)
    }

    fn read(&self, visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<NewConsent> {
        let line = |name: &str| clean(visit.form.get(name)).into_owned();
        let decided_on = must(visit, "decided", issues);
        let valid = period(visit, issues);
        Some(NewConsent {
            unit: self.unit,
            kind: self.kind,
            // A form that does not say which version it saw saw none there is.
            after: visit.form.get("after").parse().unwrap_or(u32::MAX),
            number: line("number"),
            authority: line("authority"),
            decided_on: decided_on?,
            valid: valid?,
        })
    }
}

/// A day that must be given.
fn must(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    let day = optional(visit, name, issues)?;
    if day.is_none() {
        issues.push(missing(name, "alerts-day-needed"));
    }
    day
}

/// A day that may be left out: `None` when it could not be read, `Some(None)` when it was left out.
fn optional(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Option<Day>> {
    match visit.form.day(name, visit.today()) {
        Ok(day) => Some(day),
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => {
            issues.push(missing(name, "alerts-day-needed"));
            None
        }
    }
}

/// When the consent holds.
fn period(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Period> {
    let from = must(visit, "from", issues);
    let to = optional(visit, "to", issues);
    let (from, to) = (from?, to?.unwrap_or(Day::FOREVER));
    let period = Period::new(from, to);
    if period.is_none() {
        issues.push(missing("to", "alerts-to-before-from"));
    }
    period
}

/// `GET /alerts/consents/{id}`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    ground.page(visit, &ground.build(visit))
}

/// `POST /alerts/consents/{id}`.
pub(super) fn record(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let mut issues = Vec::new();
    let new = ground.read(visit, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::consent(op, &new)))? {
            Ok(_) => return Ok(Reply::done(format!("/alerts?unit={}", ground.unit), "saved")),
            Err(more) => issues = more,
        }
    }
    ground.page(visit, &ground.build(visit).refused(&visit.form, issues))
}
