//! Members out as a spreadsheet: small lists at once, large ones in the background; every export is in the log.

use std::fmt::Write;

use chibo_kernel::{Id, Job, Permission, Person, Problem};
use chibo_store::jobs;
use chibo_web::form::Kind;
use chibo_web::html::escape;
use chibo_web::words::Lang;
use chibo_web::{Crumb, Field, Form, Head, Pairs, Reply, Visit, reply};

use super::filter::Filter;
use super::names::Units;
use super::{issue, list, ranges_with, units_with};
use crate::actions::export::{self as act, Order};
use crate::jobs::ExportOrder;
use crate::sheets::export::{self, Export};

/// Members written at once; more are written in the background.
const AT_ONCE: usize = 5_000;

/// Whom an export would hold.
struct Asked {
    filter: Filter,
    ids: Vec<Id<Person>>,
    /// Places of the columns wanted; empty for all.
    columns: Vec<usize>,
}

fn asked(visit: &Visit<'_>, pairs: &Pairs, open: bool) -> Asked {
    let filter = Filter::read(visit, pairs);
    let mut needs = vec![Permission::ViewMembers, Permission::Export];
    if open {
        needs.push(Permission::RevealSecrets);
    }
    let ids = list::everybody(visit, &filter, ranges_with(visit, &needs));
    let mut columns: Vec<usize> = visit.form.all("columns").filter_map(|at| at.parse().ok()).collect();
    columns.retain(|at| *at < export::WIDTH);
    columns.sort_unstable();
    columns.dedup();
    Asked { filter, ids, columns }
}

/// What would be written, with the choice of opening sealed fields.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let asked = asked(visit, &visit.query, false);
    page(visit, &asked, Vec::new())
}

fn page(visit: &Visit<'_>, asked: &Asked, issues: Vec<chibo_kernel::Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let units = Units::new(visit.house.census.forest(), asked.filter.at);
    let total = w.t1("members-total", "count", w.n(asked.ids.len() as i64));
    let mut body = asked.filter.chips(visit, &units, &total);
    let _ = write!(body, "<p>{}</p>", escape(&w.t1("members-export-intro", "columns", export::WIDTH)));
    if asked.ids.is_empty() {
        let _ = write!(body, "<p class=\"empty\">{}</p>", w.t("members-none-found"));
    } else {
        let mut fields: Vec<Field> = visit
            .query
            .0
            .iter()
            .filter(|(n, v)| !v.is_empty() && n != "done")
            .map(|(n, v)| Field::hidden(n.as_str(), v.as_str()))
            .collect();
        let titles = export::headings(w.lang).into_iter().enumerate();
        let titles = titles.map(|(at, column)| (at.to_string(), column.title)).collect();
        let columns = Field::new("columns", w.t("members-export-columns"), Kind::Checks(titles));
        fields.push(columns.hint(w.t("members-export-columns-hint")));
        if visit.who().may_somewhere(Permission::RevealSecrets) {
            let choice = vec![("yes".to_owned(), w.t("members-export-open").to_owned())];
            fields.push(Field::new("open", w.t("members-secrets"), Kind::Checks(choice)));
            fields
                .push(Field::new("reason", w.t("members-reason"), Kind::Text).hint(w.t("members-export-reason-hint")));
        }
        let address = format!("/members/exports{}", visit.query.with(&[("done", "")]));
        let mut form = Form::new(address, w.t("members-export-do"), fields)
            .cancel(w.t("members-back"), format!("/members{}", visit.query.with(&[])));
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        body.push_str(&form.html(visit));
    }
    let crumbs = vec![Crumb::to(w.t("members-title"), "/members"), Crumb::here(w.t("members-export"))];
    let head = Head::new(w.t("members-export"), "menu-members").crumbs(crumbs).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// A small list by its address; a large one is asked for on the page.
pub(super) fn direct(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let asked = asked(visit, &visit.query, false);
    if asked.ids.len() > AT_ONCE {
        return Ok(Reply::Redirect(format!("/members/export{}", visit.query.with(&[("done", "")]))));
    }
    at_once(visit, &asked, "")
}

/// Writes what the page offered.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let open = visit.form.all("open").any(|value| value == "yes");
    let reason = visit.form.get("reason").trim().to_owned();
    if open && reason.chars().count() < 5 {
        let asked = asked(visit, &visit.query, false);
        return page(visit, &asked, vec![issue("reason", "members-reveal-needs-reason")]);
    }
    let asked = asked(visit, &visit.query, open);
    let reason = if open { reason } else { String::new() };
    if asked.ids.len() > AT_ONCE { in_background(visit, &asked, &reason) } else { at_once(visit, &asked, &reason) }
}

fn about(visit: &Visit<'_>, asked: &Asked) -> chibo_papers::About {
    let w = visit.w;
    let units = Units::new(visit.house.census.forest(), asked.filter.at);
    let unit = asked.filter.unit_name(&units).map(|name| (w.t("members-unit").to_owned(), name));
    let conditions = asked.filter.words(w, &units);
    let mut lines = vec![(w.t("members-export-day").to_owned(), asked.filter.at.day.to_string())];
    lines.extend(unit);
    if !conditions.is_empty() {
        lines.push((w.t("members-export-filter").to_owned(), conditions));
    }
    lines.push((w.t("members-export-by").to_owned(), visit.made_by()));
    chibo_papers::About { title: w.t("members-title").to_owned(), lines }
}

fn order<'o>(visit: &Visit<'_>, asked: &'o Asked, text: &'o str, reason: &'o str) -> Order<'o> {
    let (units, _) = units_with(visit, &[Permission::ViewMembers, Permission::Export]);
    let unit = asked.filter.unit.or_else(|| units.first().copied());
    Order { unit, filter: text, count: asked.ids.len(), reason }
}

fn at_once(visit: &Visit<'_>, asked: &Asked, reason: &str) -> Result<Reply, Problem> {
    let forest = visit.house.census.forest();
    let export = Export {
        forest: &forest,
        at: asked.filter.at,
        lang: visit.w.lang,
        keys: (!reason.is_empty()).then(|| visit.house.db.keys()),
        about: about(visit, asked),
        made: visit.now,
        columns: &asked.columns,
    };
    // Recorded before anything leaves the house.
    let text = asked.filter.text();
    visit.write(|op| act::record(op, &order(visit, asked, &text, reason)))?;
    let (body, _) = visit.read(|tx| export::write(tx, &export, &asked.ids, Vec::new(), &mut |_| Ok(())))?;
    Ok(Reply::File { name: visit.w.t("members-export-file").to_owned(), kind: reply::XLSX, body })
}

fn in_background(visit: &Visit<'_>, asked: &Asked, reason: &str) -> Result<Reply, Problem> {
    let mark = chibo_store::seal::hex(&visit.house.db.random::<16>());
    let dir = &visit.house.settings.work_dir;
    let (ids, file) = (dir.join(format!("export-{mark}.ids")), dir.join(format!("export-{mark}.xlsx")));
    let bytes: Vec<u8> = asked.ids.iter().flat_map(|id| *id.bytes()).collect();
    std::fs::write(&ids, bytes).map_err(Problem::fault)?;
    let about = about(visit, asked);
    let payload = ExportOrder {
        ids: ids.to_string_lossy().into_owned(),
        file: file.to_string_lossy().into_owned(),
        day: asked.filter.at.day.number(),
        known: asked.filter.at.known.0,
        english: visit.w.lang == Lang::En,
        open: !reason.is_empty(),
        columns: asked.columns.clone(),
        title: about.title,
        lines: about.lines,
    };
    let payload = serde_json::to_string(&payload).map_err(Problem::fault)?;
    let text = asked.filter.text();
    let job = visit.write(|op| act::order(op, &order(visit, asked, &text, reason), &payload))?;
    Ok(Reply::Redirect(format!("/members/exports/{job}")))
}

/// How far a background export is; the file itself when asked for, once.
pub(super) fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id: Id<Job> = visit.id("id")?;
    let job = visit.read(|tx| jobs::find(tx, id))?;
    let own = |job: &jobs::JobRow| job.kind == crate::jobs::EXPORT && job.created_by == visit.who().account;
    let job = job.filter(own).ok_or(Problem::NotFound)?;
    let order: ExportOrder = serde_json::from_str(&job.payload).map_err(Problem::fault)?;
    let ready = job.state == "done" && std::path::Path::new(&order.file).exists();
    if ready && visit.query.get("take") == "file" {
        let name = visit.w.t("members-export-file").to_owned();
        return Ok(Reply::FileAt { name, kind: reply::XLSX, path: order.file.into(), once: true });
    }
    let body = status(visit, &job, ready);
    let w = visit.w;
    let crumbs = vec![Crumb::to(w.t("members-title"), "/members"), Crumb::here(w.t("members-export"))];
    visit.page_html(200, Head::new(w.t("members-export"), "menu-members").crumbs(crumbs), &body)
}

fn status(visit: &Visit<'_>, job: &jobs::JobRow, ready: bool) -> String {
    let (w, id) = (visit.w, job.job_id);
    if ready {
        return format!(
            "<div class=\"note ok\" role=\"status\" data-say=\"{0}\">{0}</div><p><a class=\"btn primary\" href=\"/members/exports/{id}?take=file\">{1}</a></p>",
            w.t("members-export-ready"),
            w.t("members-export-take")
        );
    }
    if !matches!(job.state.as_str(), "waiting" | "running") {
        let key = if job.state == "done" { "members-export-taken" } else { "members-export-failed" };
        return format!("<div class=\"note warn\">{}</div>", w.t(key));
    }
    let live = visit.house.db.live(id).filter(|live| live.total > 0);
    let (done, total) = live.map_or((0, 1), |live| (live.done, live.total));
    format!(
        "<section class=\"job\" hx-get=\"/members/exports/{id}\" hx-trigger=\"every 2s\" hx-target=\"#main\" hx-swap=\"innerHTML\">\
         <h2>{title}</h2><progress max=\"{total}\" value=\"{done}\" aria-label=\"{title}\"></progress><p class=\"small quiet\">{0} / {1}</p>\
         <p><a class=\"btn\" href=\"/members/exports/{id}\">{2}</a></p>\
         <form method=\"post\" action=\"/jobs/{id}/cancellation\"><input type=\"hidden\" name=\"_form\" value=\"{3}\">\
         <button class=\"btn\" type=\"submit\">{4}</button></form></section>",
        w.n(done as i64),
        w.n(total as i64),
        w.t("members-reload"),
        visit.form_token(),
        w.t("jobs-cancel"),
        title = w.t("members-export-running"),
    )
}
