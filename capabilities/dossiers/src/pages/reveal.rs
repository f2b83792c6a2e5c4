//! Opening one secret field of one row: a reason, then the value once, in the answer itself.

use std::fmt::Write;

use chibo_kernel::{Id, Issue, Permission, Problem};
use chibo_web::form::{Kind, issues_of};
use chibo_web::html::push;
use chibo_web::{Field, Form, Reply, Visit};

use super::one::{Seen, Side};
use super::parts::shown;
use crate::actions;
use crate::rules::Item;
use crate::rules::items::codes;
use crate::rules::parts::{self, Part};

struct Asked {
    item: Id<Item>,
    part: &'static Part,
    field: &'static parts::Field,
}

/// The field meant, if the row holds it.
fn asked(seen: &Seen, item: &str, field: &str) -> Result<Asked, Problem> {
    let item: Id<Item> = item.parse().map_err(|_| Problem::NotFound)?;
    let believed = |row: &&crate::store::ItemRow| row.superseded_at == chibo_kernel::Moment::FOREVER;
    let row = seen.items.iter().filter(believed).find(|row| row.item_id == item).ok_or(Problem::NotFound)?;
    let part = Part::of(&row.part).ok_or(Problem::NotFound)?;
    let field = part.field(field).filter(|field| codes(&row.filled).contains(&field.code)).ok_or(Problem::NotFound)?;
    Ok(Asked { item, part, field })
}

/// `GET /dossiers/members/{id}/revelation?item=&field=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::RevealSecrets, seen.home)?;
    if visit.query.some("item").is_none() {
        return Ok(Reply::Redirect(seen.side(Side::Items)));
    }
    let asked = asked(&seen, visit.query.get("item"), visit.query.get("field"))?;
    page(visit, &seen, &asked, Vec::new())
}

fn title(visit: &Visit<'_>, asked: &Asked) -> String {
    let w = visit.w;
    w.t2("dossiers-open-title", ("field", w.t(asked.field.word)), ("part", w.t(asked.part.word)))
}

fn page(visit: &Visit<'_>, seen: &Seen, asked: &Asked, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let fields = vec![
        Field::hidden("item", asked.item.to_string()),
        Field::hidden("field", asked.field.code),
        Field::new("reason", w.t("dossiers-reason"), Kind::Area).hint(w.t("dossiers-reason-hint")).required(),
    ];
    let mut form = Form::new(seen.address("/revelation"), w.t("dossiers-open"), fields)
        .cancel(w.t("dossiers-back"), seen.side(Side::Items));
    let wrong = !issues.is_empty();
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    let body = format!("<section class=\"card\">{}</section>", form.html(visit));
    let head = seen.head(visit, &title(visit, asked)).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// `POST /dossiers/members/{id}/revelation`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::RevealSecrets, seen.home)?;
    if visit.form.some("item").is_none() {
        return Err(Problem::field("item", chibo_kernel::Said::new("dossiers-which-field")));
    }
    let asked = asked(&seen, visit.form.get("item"), visit.form.get("field"))?;
    let reason = visit.form.get("reason").to_owned();
    let opened = visit.write(|op| actions::reveal(op, seen.person, asked.item, (asked.field.code, &reason)));
    match issues_of(opened)? {
        Err(issues) => page(visit, &seen, &asked, issues),
        Ok(value) => {
            let w = visit.w;
            let mut body = format!(
                "<section class=\"card\"><div class=\"note warn\" role=\"status\">{}</div><dl class=\"facts\"><div><dt>{}</dt><dd>",
                w.t("dossiers-opened-once"),
                w.t(asked.field.word)
            );
            push(&mut body, &shown(w, asked.field, &value));
            let _ = write!(
                body,
                "</dd></div></dl><p><a class=\"btn\" href=\"{}\">{}</a></p></section>",
                seen.side(Side::Items),
                w.t("dossiers-back")
            );
            visit.page_html(200, seen.head(visit, &title(visit, &asked)), &body)
        }
    }
}
