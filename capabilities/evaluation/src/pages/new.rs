//! Opening a campaign.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Issue, Problem, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::{Kind, again, missing};
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit, html};

use super::{MENU, card};
use crate::actions::{self, NewCampaign};
use crate::rules::{CampaignKind, Terms};

fn page(
    visit: &Visit<'_>,
    picked: Option<&Picked<Unit>>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let (w, today) = (visit.w, visit.today());
    let by = Terms::on(today)?.decide_by(today.year()).unwrap_or(today);
    let kinds = CampaignKind::ALL.iter().map(|kind| (kind.code().to_owned(), w.t(kind.word()).to_owned())).collect();
    let quarters = (0..=4).map(|n| (n.to_string(), if n == 0 { "–".to_owned() } else { n.to_string() })).collect();
    let day = |name: &str, label: &str, value: Day| {
        Field::new(name, w.t(label), Kind::Day).value(value.to_string()).required()
    };
    let mut fields = vec![
        Field::text("unit", w.t("evaluation-unit"))
            .hint(w.t("evaluation-unit-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    fields.extend([
        Field::new("kind", w.t("evaluation-kind"), Kind::Radios(kinds)).value("year").required(),
        Field::text("year", w.t("evaluation-year")).value(today.year().to_string()).required(),
        Field::new("quarter", w.t("evaluation-quarter"), Kind::Select(quarters)).value("0"),
        day("opens", "evaluation-opens", today).hint(w.t("evaluation-opens-hint")),
        day("self", "evaluation-self-by", today.plus_days(14).min(by)),
        day("decide", "evaluation-decide-by", by),
        Field::text("number", w.t("evaluation-plan-number")).required(),
    ]);
    let mut form = Form::new("/evaluation/campaigns/new", w.t("evaluation-campaign-send"), fields)
        .cancel(w.t("evaluation-cancel"), "/evaluation");
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    if let Some((_, issues)) = refused {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("evaluation-campaign-new");
    let crumbs = vec![Crumb::to(w.t("evaluation-title"), "/evaluation"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    let about = html::escape(w.t("evaluation-new-about"));
    visit.page_html(status, head, &format!("<p>{about}</p>{}", card(title, &form.html(visit))))
}

/// `GET /evaluation/campaigns/new`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None, None)
}

/// `POST /evaluation/campaigns/new`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit = picked.one("unit", "evaluation-unit-unknown").map_err(|issue| issues.push(issue)).ok();
    let kind = CampaignKind::from_code(visit.form.get("kind"));
    let year = visit.form.get("year").trim().parse::<i32>().ok();
    if kind.is_none() {
        issues.push(missing("kind", "evaluation-kind-needed"));
    }
    if year.is_none() {
        issues.push(missing("year", "evaluation-year-wrong"));
    }
    let mut day = |name: &str| super::read::day(visit, name, &mut issues);
    let (opens, self_by, decide) = (day("opens"), day("self"), day("decide"));
    if let (Some(unit), Some(kind), Some(year), Some(opens_on), Some(self_by), Some(decide_by)) =
        (unit, kind, year, opens, self_by, decide)
    {
        let number = clean(visit.form.get("number")).into_owned();
        let quarter = visit.form.get("quarter").trim().parse().unwrap_or(0);
        let new = NewCampaign { unit, kind, year, quarter, opens_on, self_by, decide_by, number };
        match visit.write(|op| actions::open(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/evaluation/campaigns/{id}"), "saved")),
            Err(problem) => {
                let refused = again(problem)?;
                return page(visit, Some(&picked), Some(refused));
            }
        }
    }
    page(visit, Some(&picked), Some((422, issues)))
}
