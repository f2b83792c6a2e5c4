//! Taking a list out with chosen columns, in the background.
//!
//! Every list that goes out as a workbook is offered here by its address: the page names its columns, the order is put
//! on the job list, and the job asks for the same address again, as the same person with the rights he has then. What the
//! list records when it goes out (DPD-12) is recorded by the list itself, as ever.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use chibo_kernel::{Id, Issue, Job, Problem, Said};
use chibo_papers::{Layout, OutColumn};
use chibo_store::jobs::{self, Handler, JobRow, Running, Stop};
use serde::{Deserialize, Serialize};

use crate::capability::{Policy, Route};
use crate::form::{Field, Form, Kind};
use crate::house::{House, Signed};
use crate::reply::{Reply, XLSX};
use crate::shell::{Crumb, Head};
use crate::visit::{Pairs, Visit};
use crate::words::Lang;

/// Kind of the job.
pub const TAKE_OUT: &str = "take-out";

/// Which columns of a list are wanted.
#[derive(Clone, Debug, Default)]
pub enum Columns {
    /// All of them: the usual.
    #[default]
    All,
    /// Nothing is written or recorded, only their headings are asked.
    Offered(RefCell<Vec<String>>),
    /// Those at these places.
    Chosen(Vec<usize>),
}

/// The way from a job to the running program.
pub struct Door(Weak<House>);

impl Door {
    /// To a program.
    pub fn to(house: &Arc<House>) -> Self {
        Self(Arc::downgrade(house))
    }
}

impl Visit<'_> {
    /// The layout of a list that goes out, with the columns the visitor wants.
    pub fn layout(&self, sheet: impl Into<String>, columns: Vec<OutColumn>) -> Layout {
        if let Columns::Offered(titles) = &self.columns
            && titles.borrow().is_empty()
        {
            *titles.borrow_mut() = columns.iter().map(|column| column.title.clone()).collect();
        }
        let layout = Layout::new(sheet, columns);
        match &self.columns {
            Columns::Chosen(places) => layout.choosing(places.clone()),
            _ => layout,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Order {
    of: String,
    columns: Vec<usize>,
    english: bool,
    file: PathBuf,
    name: String,
}

/// The pages.
pub(crate) fn routes() -> Vec<Route> {
    // Who may take a list out is the list's own to say.
    vec![
        Route::get("/take-out", Policy::SignedIn, show).slow(),
        Route::post("/take-out", Policy::SignedIn, send).slow(),
        Route::get("/take-out/{id}", Policy::SignedIn, one),
    ]
}

/// The job.
pub(crate) fn handlers() -> Vec<Handler> {
    vec![Handler { kind: TAKE_OUT, run }]
}

/// The address of the page that offers the columns of a list; none for what is no list.
pub(crate) fn offer(href: &str) -> Option<String> {
    let path = href.split(['?', '#']).next().unwrap_or(href);
    let own = ["/members/export.xlsx"];
    let list = path.ends_with(".xlsx") && !path.ends_with("template.xlsx") && !own.contains(&path);
    list.then(|| format!("/take-out?of={}", crate::html::encode(href)))
}

/// The list an address asks for: its route and the values in its path.
fn listed(house: &House, of: &str) -> Result<(Route, Pairs), Problem> {
    let path = of.split('?').next().unwrap_or(of);
    let all = house.capabilities.iter().flat_map(|capability| &capability.routes);
    let fits = all.filter(|route| route.method == "GET" && offer(route.path).is_some());
    let found = fits.filter_map(|route| Some((*route, values(route.path, path)?))).next();
    found.ok_or(Problem::NotFound)
}

/// The values of `{names}` when a path is of a pattern.
fn values(pattern: &str, path: &str) -> Option<Pairs> {
    let (wanted, given): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    if wanted.len() != given.len() {
        return None;
    }
    let mut pairs = Pairs::default();
    for (wanted, given) in wanted.into_iter().zip(given) {
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => pairs.0.push((name.to_owned(), crate::html::decode(given))),
            None if wanted == given => {}
            None => return None,
        }
    }
    Some(pairs)
}

/// Somebody asking for a list.
struct Asking<'a> {
    house: &'a House,
    signed: Arc<Signed>,
    lang: Lang,
    of: &'a str,
    columns: Columns,
}

/// What the list answers, and the columns it has.
fn ask(asking: Asking<'_>) -> Result<(Reply, Columns), Problem> {
    let (route, path) = listed(asking.house, asking.of)?;
    if let Policy::Needs(permission) = route.policy
        && !asking.signed.viewer.may_somewhere(permission)
    {
        return Err(Problem::Denied);
    }
    let behind = Visit::behind(asking.house, asking.signed, asking.lang, asking.of);
    let mut visit = Visit { path, columns: asking.columns, ..behind };
    let reply = (route.handler)(&mut visit)?;
    Ok((reply, visit.columns))
}

/// The headings of a list; nothing is recorded, for nothing leaves the program.
fn titles(visit: &Visit<'_>, of: &str) -> Result<Vec<String>, Problem> {
    let (house, signed, lang) = (visit.house, visit.viewer.clone(), visit.w.lang);
    let columns = Columns::Offered(RefCell::default());
    match ask(Asking { house, signed, lang, of, columns })? {
        (Reply::File { .. } | Reply::FileAt { .. }, Columns::Offered(titles)) if !titles.borrow().is_empty() => {
            Ok(titles.into_inner())
        }
        _ => Err(Problem::NotFound),
    }
}

fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let of = visit.query.get("of").to_owned();
    page(visit, &of, Vec::new())
}

fn page(visit: &Visit<'_>, of: &str, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let choices = titles(visit, of)?.into_iter().enumerate().map(|(at, title)| (at.to_string(), title)).collect();
    let back = of.rsplit_once('/').map_or("/", |(page, _)| page).to_owned();
    let fields = vec![Field::new("columns", w.t("take-out-columns"), Kind::Checks(choices)).hint(w.t("take-out-hint"))];
    let address = format!("/take-out?of={}", crate::html::encode(of));
    let mut form = Form::new(address, w.t("take-out-do"), fields).cancel(w.t("take-out-back"), back);
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    let crumbs = vec![Crumb::to(w.t("menu-jobs"), "/jobs"), Crumb::here(w.t("take-out-title"))];
    let head = Head::new(w.t("take-out-title"), "menu-jobs").crumbs(crumbs).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &form.html(visit))
}

fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let of = visit.query.get("of").to_owned();
    let width = titles(visit, &of)?.len();
    let mut columns: Vec<usize> = visit.form.all("columns").filter_map(|at| at.parse().ok()).collect();
    columns.retain(|at| *at < width);
    columns.sort_unstable();
    columns.dedup();
    if columns.is_empty() {
        let issue = Issue { field: Some("columns".to_owned()), rule: None, said: Said::new("take-out-none") };
        return page(visit, &of, vec![issue]);
    }
    let mark = chibo_store::seal::hex(&visit.house.db.random::<16>());
    let order = Order {
        of,
        columns,
        english: visit.w.lang == Lang::En,
        file: visit.house.settings.work_dir.join(format!("take-out-{mark}.xlsx")),
        name: String::new(),
    };
    let payload = serde_json::to_string(&order).map_err(Problem::fault)?;
    let job = visit.write(|op| op.enqueue(TAKE_OUT, &payload, None))?;
    Ok(Reply::Redirect(format!("/take-out/{job}")))
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let mut order: Order = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    let house = running.db.beside::<Door>().and_then(|door| door.0.upgrade());
    let house = house.ok_or_else(|| Problem::fault("no program to ask for the list"))?;
    let closed = || Problem::refuse(Said::new("take-out-account-closed"));
    let account = running.job.created_by.ok_or_else(closed)?;
    let signed = house.gate.account(&house, account)?.ok_or_else(closed)?;
    running.progress(0, 1, "")?;
    let lang = if order.english { Lang::En } else { Lang::Vi };
    let columns = Columns::Chosen(order.columns.clone());
    match ask(Asking { house: &house, signed, lang, of: &order.of, columns })?.0 {
        Reply::File { name, body, .. } => {
            std::fs::write(&order.file, body).map_err(Problem::fault)?;
            order.name = name;
        }
        Reply::FileAt { name, path, .. } => {
            std::fs::rename(path, &order.file).map_err(Problem::fault)?;
            order.name = name;
        }
        _ => return Err(Problem::NotFound.into()),
    }
    running.progress(1, 1, "")?;
    Ok(serde_json::to_string(&order).map_err(Problem::fault)?)
}

/// How far the work is; the file itself when asked for, once.
fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id: Id<Job> = visit.id("id")?;
    let job = visit.read(|tx| jobs::find(tx, id))?;
    let own = |job: &JobRow| job.kind == TAKE_OUT && job.created_by.is_some() && job.created_by == visit.who().account;
    let job = job.filter(own).ok_or(Problem::NotFound)?;
    let done: Option<Order> = if job.state == "done" { serde_json::from_str(&job.result).ok() } else { None };
    let ready = done.filter(|order| order.file.exists());
    if let Some(order) = &ready
        && visit.query.get("take") == "file"
    {
        return Ok(Reply::FileAt { name: order.name.clone(), kind: XLSX, path: order.file.clone(), once: true });
    }
    let w = visit.w;
    let body = match (&ready, job.state.as_str()) {
        (Some(_), _) => format!(
            "<div class=\"note ok\" role=\"status\" data-say=\"{0}\">{0}</div><p><a class=\"btn primary\" href=\"/take-out/{id}?take=file\">{1}</a></p>",
            w.t("take-out-ready"),
            w.t("take-out-take")
        ),
        (None, "waiting" | "running") => waiting(visit, id),
        (None, "done") => format!("<div class=\"note warn\">{}</div>", w.t("take-out-taken")),
        (None, _) => format!("<div class=\"note warn\">{}</div>", w.t("take-out-failed")),
    };
    let crumbs = vec![Crumb::to(w.t("menu-jobs"), "/jobs"), Crumb::here(w.t("take-out-title"))];
    visit.page_html(200, Head::new(w.t("take-out-title"), "menu-jobs").crumbs(crumbs), &body)
}

fn waiting(visit: &Visit<'_>, id: Id<Job>) -> String {
    let w = visit.w;
    format!(
        "<section class=\"job\" hx-get=\"/take-out/{id}\" hx-trigger=\"every 2s\" hx-target=\"#main\" hx-swap=\"innerHTML\">\
         <h2>{title}</h2><progress aria-label=\"{title}\"></progress>\
         <p><a class=\"btn\" href=\"/take-out/{id}\">{}</a></p>\
         <form method=\"post\" action=\"/jobs/{id}/cancellation\"><input type=\"hidden\" name=\"_form\" value=\"{}\">\
         <button class=\"btn\" type=\"submit\">{}</button></form></section>",
        w.t("take-out-again"),
        visit.form_token(),
        w.t("jobs-cancel"),
        title = w.t("take-out-running"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_offered_and_templates_and_the_members_own_page_are_not() {
        assert_eq!(
            offer("/transfers/export.xlsx?state=open").as_deref(),
            Some("/take-out?of=%2Ftransfers%2Fexport.xlsx%3Fstate%3Dopen")
        );
        assert_eq!(offer("/members/export.xlsx"), None);
        assert_eq!(offer("/development/template.xlsx"), None);
        assert_eq!(offer("/transfers"), None);
    }

    #[test]
    fn the_values_of_a_path_are_read_by_its_pattern() {
        let pairs = values("/pilots/{id}/export.xlsx", "/pilots/00ff/export.xlsx").unwrap();
        assert_eq!(pairs.get("id"), "00ff");
        assert!(values("/pilots/{id}/export.xlsx", "/pilots/export.xlsx").is_none());
        assert!(values("/pilots/export.xlsx", "/pilot/export.xlsx").is_none());
    }
}
