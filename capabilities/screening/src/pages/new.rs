//! Opening a campaign.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Issue, Problem, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{MENU, missing};
use crate::actions::{self, NewCampaign};
use crate::rules::Terms;

/// The year a campaign opened today is of: from December on the next one, whose classification is near.
fn year(today: Day) -> i32 {
    let (year, month, _) = today.ymd();
    if month == 12 { year + 1 } else { year }
}

fn page(visit: &Visit<'_>, picked: Option<&Picked<Unit>>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let today = visit.today();
    let year = year(today);
    let (plan, lists) = Terms::on(today)?.days_of(year).unwrap_or((today, today));
    let opens = Day::from_ymd(year, 1, 5).unwrap_or(today);
    let mut fields = vec![
        Field::text("unit", w.t("screening-unit"))
            .hint(w.t("screening-unit-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    fields.push(Field::text("year", w.t("screening-year")).value(year.to_string()).required());
    let day = |name: &str, label: &str, hint: &str, value: Day| {
        Field::new(name, w.t(label), Kind::Day).hint(w.t(hint)).value(value.to_string()).required()
    };
    fields.push(day("opens", "screening-opens", "screening-opens-hint", opens));
    fields.push(day("plan", "screening-plan-by", "screening-plan-by-hint", plan));
    fields.push(day("lists", "screening-lists-by", "screening-lists-by-hint", lists));
    fields.push(Field::text("number", w.t("screening-plan-number")).hint(w.t("screening-number-hint")).required());
    let mut form = Form::new("/screening/campaigns/new", w.t("screening-campaign-send"), fields)
        .cancel(w.t("screening-cancel"), "/screening");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("screening-campaign-new");
    let crumbs = vec![Crumb::to(w.t("screening-title"), "/screening"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body = format!("<p>{}</p><section class=\"card\">{}</section>", w.t("screening-new-about"), form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// `GET /screening/campaigns/new?unit=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None, Vec::new())
}

/// `POST /screening/campaigns/new`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit = picked.one("unit", "screening-unit-unknown").map_err(|issue| issues.push(issue)).ok();
    let year = visit.form.get("year").trim().parse::<i32>().ok();
    if year.is_none() {
        issues.push(missing("year", "screening-year-wrong"));
    }
    let mut day = |name: &str| match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => Some(day),
        _ => {
            issues.push(missing(name, "screening-day-needed"));
            None
        }
    };
    let (opens, plan, lists) = (day("opens"), day("plan"), day("lists"));
    if let (Some(unit), Some(year), Some(opens_on), Some(plan_by), Some(lists_by)) = (unit, year, opens, plan, lists) {
        let number = clean(visit.form.get("number")).into_owned();
        let new = NewCampaign { unit, year, opens_on, plan_by, lists_by, number };
        match visit.write(|op| actions::open(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/screening/campaigns/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, Some(&picked), issues)
}
