//! The floor's own pages: look, jobs, audit, health.

use askama::Template;
use chibo_kernel::{Moment, Permission, Problem};
use chibo_store::audit::{self, AuditRow};
use chibo_store::jobs;

use crate::capability::{Capability, MenuItem, Policy, Route};
use crate::cookies;
use crate::html;
use crate::reply::Reply;
use crate::shell::Head;
use crate::table::{Cell, Column, Table};
use crate::visit::Visit;
use crate::words::{Lang, Tongue};

/// The page that explains a problem.
#[derive(Template)]
#[template(path = "problem.html")]
pub(crate) struct ProblemPage<'a> {
    pub w: Tongue<'a>,
    pub text: String,
    pub lines: Vec<String>,
    pub trace: &'a str,
}

/// The floor as a capability.
pub fn capability() -> Capability {
    Capability {
        name: "base",
        migrations: chibo_store::MIGRATIONS,
        statements: chibo_store::statements(),
        routes: [
            crate::takeout::routes(),
            vec![
                Route::post("/look", Policy::Open, set_look),
                Route::get("/jobs", Policy::SignedIn, show_jobs),
                Route::post("/jobs/{id}/cancellation", Policy::SignedIn, cancel_job),
                Route::get("/audit", Policy::Needs(Permission::ViewAudit), show_audit).slow(),
                Route::get("/healthz", Policy::Open, health),
                Route::get("/readyz", Policy::Open, ready),
                Route::get("/metrics", Policy::Open, metrics),
            ],
        ]
        .concat(),
        jobs: [chibo_store::files::handlers(), chibo_store::reseal::handlers(), crate::takeout::handlers()].concat(),
        duties: Vec::new(),
        menu: vec![
            MenuItem { group: "menu-system", key: "menu-jobs", href: "/jobs", needs: None, rank: 920 },
            MenuItem {
                group: "menu-system",
                key: "menu-audit",
                href: "/audit",
                needs: Some(Permission::ViewAudit),
                rank: 910,
            },
        ],
        words: (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl")),
        ..Capability::default()
    }
}

fn set_look(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut look = visit.look;
    match visit.form.get("lang") {
        "vi" => look.lang = Lang::Vi,
        "en" => look.lang = Lang::En,
        _ => {}
    }
    if let Some(size) = visit.form.some("size").and_then(|s| s.parse().ok()).filter(|s| *s <= 2) {
        look.size = size;
    }
    match visit.form.get("contrast") {
        "c" => look.contrast = true,
        "n" => look.contrast = false,
        _ => {}
    }
    let cookie = cookies::set("chibo_look", &look.to_cookie(), visit.house.settings.tls, Some(31_536_000));
    Ok(Reply::RedirectWith(visit.form.some("back").unwrap_or("/").to_owned(), vec![cookie]))
}

fn may_see(visit: &Visit<'_>, job: &jobs::JobRow) -> bool {
    let own = job.created_by.is_some() && job.created_by == visit.who().account;
    let there = job.unit_id.is_some_and(|unit| visit.permit(Permission::ManageJobs, unit).is_ok());
    own || there || job.unit_id.is_none() && visit.who().may_at(Permission::ManageJobs, 0)
}

fn show_jobs(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let found = visit.read(|tx| jobs::newest(tx, 500))?;
    let mut table = Table::new(
        w.t("jobs-title"),
        vec![
            Column::new("what", w.t("jobs-what")),
            Column::new("state", w.t("jobs-state")),
            Column::new("progress", w.t("jobs-progress")),
            Column::new("started", w.t("jobs-started")),
            Column::new("ended", w.t("jobs-ended")),
            Column::new("cancel", w.t("jobs-cancel")),
        ],
    );
    table.empty = w.t("jobs-empty").to_owned();
    let token = visit.form_token();
    let mut open = false;
    for job in found.iter().filter(|job| may_see(visit, job)).take(100) {
        open |= matches!(job.state.as_str(), "waiting" | "running");
        let mut job = job.clone();
        if let Some(live) = visit.house.db.live(job.job_id).filter(|live| live.total > 0 && job.state == "running") {
            (job.done, job.total) = (live.done as i64, live.total as i64);
        }
        table.rows.push(job_row(w, &job, &token));
    }
    let mut body = String::new();
    if open {
        body.push_str("<div hx-get=\"/jobs\" hx-trigger=\"every 2s\" hx-target=\"#main\" hx-swap=\"innerHTML\"></div>");
    }
    body.push_str(&table.html(visit));
    visit.page_html(200, Head::new(w.t("jobs-title"), "menu-jobs"), &body)
}

fn job_row(w: Tongue<'_>, job: &jobs::JobRow, token: &str) -> Vec<Cell> {
    let class = match job.state.as_str() {
        "done" => "ok",
        "failed" => "bad",
        "running" => "gold",
        _ => "",
    };
    let mut progress = String::new();
    if job.total > 0 {
        let label = html::escape(w.t("jobs-progress"));
        progress = format!(
            "<progress max=\"{}\" value=\"{}\" aria-label=\"{label}\"></progress> {} / {}",
            job.total,
            job.done,
            w.n(job.done),
            w.n(job.total)
        );
    }
    if !job.note.is_empty() {
        progress.push_str("<div class=\"small quiet\">");
        html::push(&mut progress, w.or(&job.note, &job.note));
        progress.push_str("</div>");
    }
    let cancel = if matches!(job.state.as_str(), "waiting" | "running") {
        format!(
            "<form method=\"post\" action=\"/jobs/{}/cancellation\"><input type=\"hidden\" name=\"_form\" value=\"{token}\">\
             <button class=\"btn\" type=\"submit\">{}</button></form>",
            job.job_id,
            w.t("jobs-cancel")
        )
    } else {
        String::new()
    };
    vec![
        Cell::Text(w.or(&format!("job-{}", job.kind), &job.kind).to_owned()),
        Cell::Tag(w.t(&format!("jobs-state-{}", job.state)).to_owned(), class),
        Cell::Html(progress),
        Cell::Text(w.moment(job.created_at)),
        Cell::Text(job.finished_at.map_or_else(String::new, |at| w.moment(at))),
        Cell::Html(cancel),
    ]
}

fn cancel_job(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    let job = visit.read(|tx| jobs::find(tx, id))?.filter(|job| may_see(visit, job)).ok_or(Problem::NotFound)?;
    jobs::request_cancel(&visit.house.db, job.job_id)?;
    Ok(Reply::done("/jobs", "cancelled"))
}

const AUDIT_ROWS: usize = 100;

/// Reads the place written by [`place_of`].
fn place(text: &str) -> Option<audit::Place> {
    let mut parts = text.splitn(3, '-');
    let (at, stream, seq) = (parts.next()?, parts.next()?, parts.next()?);
    Some((Moment(at.parse().ok()?), stream.parse().ok()?, seq.parse().ok()?))
}

fn place_of(row: &AuditRow) -> String {
    format!("{}-{}-{}", row.at.0, chibo_store::seal::hex(&row.stream), row.seq)
}

fn show_audit(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let after = visit.query.some("after").and_then(place);
    let places = visit.house.db.places();
    let visible = |row: &AuditRow| match row.unit_id {
        Some(unit) => places.span(unit).is_some_and(|s| visit.who().may_at(Permission::ViewAudit, s.start)),
        None => visit.who().may_at(Permission::ViewAudit, 0),
    };
    let mut rows: Vec<AuditRow> = Vec::new();
    visit.read(|tx| {
        audit::newest(tx, after, 20_000, |row| {
            if rows.len() <= AUDIT_ROWS && visible(&row) {
                rows.push(row);
            }
            Ok(())
        })
    })?;
    let mut table = Table::new(
        w.t("audit-caption"),
        vec![
            Column::new("when", w.t("audit-when")),
            Column::new("who", w.t("audit-who")),
            Column::new("what", w.t("audit-what")),
            Column::new("where", w.t("audit-where")),
            Column::new("detail", w.t("audit-detail")),
        ],
    );
    table.empty = w.t("audit-empty").to_owned();
    if rows.len() > AUDIT_ROWS {
        rows.truncate(AUDIT_ROWS);
        table.next = rows.last().map(place_of);
    }
    let forest = visit.house.census.forest();
    for row in &rows {
        let name = row
            .unit_id
            .and_then(|unit| forest.no(unit))
            .and_then(|no| forest.last_facts(no))
            .map(|f| f.name.to_string());
        table.rows.push(vec![
            Cell::Text(w.moment(row.at)),
            Cell::Text(row.actor_name.clone()),
            Cell::Text(w.or(&format!("audit-{}", row.action), &row.action).to_owned()),
            match (row.unit_id, name) {
                (Some(unit), Some(name)) => Cell::Link(name, format!("/units/{unit}")),
                _ => Cell::Text(String::new()),
            },
            Cell::Html(detail_html(&row.detail)),
        ]);
    }
    let body = table.html(visit);
    visit.page_html(200, Head::new(w.t("audit-title"), "menu-audit"), &body)
}

/// The facts of an entry as `name: value` lines.
fn detail_html(detail: &str) -> String {
    let Ok(serde_json::Value::Object(facts)) = serde_json::from_str(detail) else { return html::escape(detail) };
    let mut out = String::new();
    for (name, value) in facts {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        out.push_str("<div class=\"small\">");
        html::push(&mut out, &format!("{name}: {text}"));
        out.push_str("</div>");
    }
    out
}

fn health(_: &mut Visit<'_>) -> Result<Reply, Problem> {
    Ok(Reply::Text("ok\n".to_owned()))
}

fn ready(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    visit.read(|_| Ok(()))?;
    if visit.house.census.state() == chibo_census::State::Ready {
        Ok(Reply::Text("ready\n".to_owned()))
    } else {
        Err(Problem::Busy(1))
    }
}

/// Counters, for this machine only.
fn metrics(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let here = visit.address.is_none_or(|a| a.is_loopback()) && !visit.house.settings.proxy;
    if !here && !visit.who().may_somewhere(Permission::ManageJobs) {
        return Err(Problem::NotFound);
    }
    Ok(Reply::Text(visit.house.meters.text()))
}
