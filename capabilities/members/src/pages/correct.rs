//! Correcting undated facts; somebody faster gives both texts side by side.

use std::fmt::Write;

use chibo_kernel::{Permission, Problem};
use chibo_web::html::push;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::person::Seen;
use super::{fields, issues_of};
use crate::actions::{self, Correction};

fn head(visit: &Visit<'_>, seen: &Seen) -> Head {
    let (w, p) = (visit.w, &seen.person);
    let crumbs = vec![
        Crumb::to(w.t("members-title"), "/members"),
        Crumb::to(&p.full_name, format!("/members/{}", p.person_id)),
        Crumb::here(w.t("members-correct")),
    ];
    Head::new(w.t("members-correct"), "menu-members").crumbs(crumbs)
}

fn form(visit: &Visit<'_>, seen: &Seen) -> Form {
    let (w, id) = (visit.w, seen.person.person_id);
    let mut all = vec![Field::hidden("version", seen.person.version.to_string())];
    all.extend(fields::facts(w, Some(&seen.person)));
    let consent = Field::text("birth-consent", w.t("members-birth-consent")).hint(w.t("members-birth-consent-hint"));
    let at = all.iter().position(|field| field.name == "birth").map_or(all.len(), |at| at + 1);
    all.insert(at, consent);
    all.extend(fields::secrets(w, true));
    Form::new(format!("/members/{id}/facts"), w.t("members-save"), all)
        .cancel(w.t("members-back"), format!("/members/{id}"))
}

/// The form.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit, visit.id("id")?)?;
    seen.permit(visit, Permission::EditMembers)?;
    visit.page_html(200, head(visit, &seen), &form(visit, &seen).html(visit))
}

/// Writes the correction.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    let seen = Seen::load(visit, id)?;
    seen.permit(visit, Permission::EditMembers)?;
    let (member, issues) = fields::read(&visit.form, visit.today());
    let version = visit.form.get("version").parse().unwrap_or(-1);
    let birth_consent = fields::text(&visit.form, "birth-consent");
    let correction = Correction { version, secrets: member.secrets.clone(), member, birth_consent };
    let outcome = if issues.is_empty() {
        match visit.write(|op| actions::correct(op, id, &correction)) {
            Err(Problem::Conflict(_)) => return conflict(visit, &Seen::load(visit, id)?),
            outcome => issues_of(outcome)?,
        }
    } else {
        Err(issues)
    };
    match outcome {
        Ok(()) => Ok(Reply::done(format!("/members/{id}"), "member-corrected")),
        Err(issues) => {
            let form = form(visit, &seen).refused(&visit.form, issues);
            visit.page_html(422, head(visit, &seen).with_error(true), &form.html(visit))
        }
    }
}

/// Both texts beside each other; the form keeps what was typed and now carries the newer version, so that sending it
/// again is a decision, not an accident.
fn conflict(visit: &Visit<'_>, seen: &Seen) -> Result<Reply, Problem> {
    let w = visit.w;
    let title = w.t("members-conflict-table");
    let mut body = format!(
        "<div class=\"errors\" role=\"alert\" tabindex=\"-1\"><h2>{}</h2><p>{}</p></div>",
        w.t("problem-title-conflict"),
        w.t("members-conflict")
    );
    let _ = write!(
        body,
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table><caption>{title}</caption><thead><tr>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        w.t("members-conflict-field"),
        w.t("members-conflict-theirs"),
        w.t("members-conflict-yours")
    );
    for field in fields::facts(w, Some(&seen.person)) {
        let theirs = shown(&field, &field.value);
        let yours = match field.kind {
            chibo_web::form::Kind::Day => {
                let part = |part: &str| visit.form.get(&format!("{}-{part}", field.name)).to_owned();
                [part("day"), part("month"), part("year")].join("/")
            }
            _ => shown(&field, visit.form.get(&field.name)),
        };
        if theirs != yours {
            body.push_str("<tr><th scope=\"row\">");
            push(&mut body, &field.label);
            for (key, text) in [("members-conflict-theirs", &theirs), ("members-conflict-yours", &yours)] {
                body.push_str(if key.ends_with("theirs") { "</th>" } else { "" });
                let _ = write!(body, "<td data-label=\"{}\">", w.t(key));
                push(&mut body, text);
                body.push_str("</td>");
            }
            body.push_str("</tr>");
        }
    }
    body.push_str("</tbody></table></div>");
    body.push_str(&form(visit, seen).refused(&visit.form, Vec::new()).html(visit));
    visit.page_html(409, head(visit, seen).with_error(true), &body)
}

/// The text of a choice, or the value itself.
fn shown(field: &Field, value: &str) -> String {
    use chibo_web::form::Kind::{Checks, Radios, Select};
    match &field.kind {
        Select(choices) | Radios(choices) | Checks(choices) => {
            choices.iter().find(|(code, _)| code == value).map_or_else(String::new, |(_, text)| text.clone())
        }
        _ => value.to_owned(),
    }
}
