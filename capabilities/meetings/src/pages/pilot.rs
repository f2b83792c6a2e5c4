//! The pilot of online meetings at a branch: when, by which decision, and the form of the committee above (MTG-13).

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::{Field, Form, Reply, Visit, html};

use super::{Place, branch, fields};
use crate::actions;
use crate::store;

/// What is decided already, and for whoever stands above the form.
pub(super) fn section(visit: &Visit<'_>, place: &Place, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let mut out = String::new();
    for row in visit.read(|tx| store::pilots(tx, place.unit))? {
        let days = w.t2("meetings-pilot-days", ("from", w.day(row.from_day)), ("to", w.day(row.to_day)));
        out.push_str(&format!("<p>{}</p>", html::escape(&format!("{days} – {}", row.decision))));
    }
    if visit.permit(Permission::EditUnits, place.unit).is_ok() {
        let fields = vec![
            Field::new("pilot-from", w.t("meetings-pilot-from"), Kind::Day).required(),
            Field::new("pilot-to", w.t("meetings-pilot-to"), Kind::Day).required(),
            Field::text("pilot-decision", w.t("meetings-pilot-decision")).required(),
        ];
        let form = Form::new(place.address("/pilot"), w.t("meetings-pilot-do"), fields);
        let form = if issues.is_empty() { form } else { form.refused(&visit.form, issues) };
        out.push_str(&form.html(visit));
    }
    Ok(if out.is_empty() { out } else { super::library::card(w.t("meetings-pilot"), &out) })
}

/// `POST /meetings/units/{id}/pilot`.
pub(super) fn decide(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = branch::Seen::load(visit)?;
    let mut issues = fields::check_lines(&visit.form, &["pilot-decision"]);
    let mut day = |field: &str| {
        let day = visit.form.day(field, visit.today()).ok().flatten();
        if day.is_none() {
            issues.push(missing(field, "meetings-bad-day"));
        }
        day
    };
    let days = day("pilot-from").zip(day("pilot-to"));
    let (Some(days), true) = (days, issues.is_empty()) else { return branch::page(visit, &seen, issues) };
    let decision = clean(visit.form.get("pilot-decision")).into_owned();
    match issues_of(visit.write(|op| actions::pilot(op, seen.place.unit, days, &decision)))? {
        Ok(()) => Ok(Reply::done(seen.place.address(""), "saved")),
        Err(issues) => branch::page(visit, &seen, issues),
    }
}
