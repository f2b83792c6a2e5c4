//! Beginning a cleaning campaign.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Said, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{Ask, Found, MENU};
use crate::actions::{self, NewCampaign};

/// Days of the usual campaign.
const USUAL: i32 = 15;

fn fields(visit: &Visit<'_>, picked: Option<&Picked<Unit>>) -> Vec<Field> {
    let w = visit.w;
    let (starts, ends) = (visit.today(), visit.today().plus_days(USUAL - 1));
    let mut fields = vec![
        Field::text("title", w.t("quality-campaign")).value(w.t("quality-campaign-usual")).required(),
        Field::text("unit", w.t("quality-unit"))
            .hint(w.t("quality-unit-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    fields.push(Field::new("starts", w.t("quality-campaign-starts"), Kind::Day).value(starts.to_string()).required());
    fields.push(Field::new("ends", w.t("quality-campaign-ends"), Kind::Day).value(ends.to_string()).required());
    fields
}

fn page(visit: &Visit<'_>, picked: Option<&Picked<Unit>>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let title = w.t("quality-campaign-new");
    let mut form = Form::new("/quality/campaigns/new", w.t("quality-campaign-send"), fields(visit, picked))
        .cancel(w.t("quality-cancel"), "/quality");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let crumbs = vec![Crumb::to(w.t("quality-title"), "/quality"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body = format!("<section class=\"card\">{}</section>", form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// `GET /quality/campaigns/new?unit=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None, Vec::new())
}

/// `POST /quality/campaigns/new`.
pub(super) fn begin(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit = picked.one("unit", "quality-unit-unknown").map_err(|issue| issues.push(issue)).ok();
    let mut day = |name: &str| match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            issues.push(Issue { field: Some(name.to_owned()), rule: None, said: Said::new("quality-day-needed") });
            None
        }
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => None,
    };
    let (starts_on, ends_on) = (day("starts"), day("ends"));
    if let (Some(unit), Some(starts_on), Some(ends_on)) = (unit, starts_on, ends_on) {
        visit.permit(Permission::EditMembers, unit)?;
        let new = NewCampaign {
            unit,
            title: clean(visit.form.get("title")).into_owned(),
            starts_on,
            ends_on,
            opened: open_in(visit, unit)?,
        };
        match visit.write(|op| actions::campaign(op, &new)) {
            Ok(_) => return Ok(Reply::done("/quality", "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, Some(&picked), issues)
}

/// Findings open in the subtree of a unit.
fn open_in(visit: &Visit<'_>, unit: Id<Unit>) -> Result<u32, Problem> {
    let ask = Ask { unit: Some(unit), check: None, degree: None, owner: None };
    Ok(u32::try_from(Found::take(visit)?.fitting(ask).len()).unwrap_or(u32::MAX))
}
