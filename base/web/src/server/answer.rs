//! One request: limits, session, policy, form token, page, answer.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use chibo_kernel::{Moment, Problem, Said, Viewer};

use super::{body, document, headers};
use crate::capability::{Pace, Policy, Route};
use crate::cookies::{self, Look};
use crate::house::{House, Signed};
use crate::limits::Who;
use crate::once;
use crate::reply::Reply;
use crate::shell::Head;
use crate::visit::{Pairs, Visit};

/// What is known of a request before its page runs; owned, so it can move to a worker thread.
pub(super) struct Asked {
    pub look: Look,
    pub signed: Arc<Signed>,
    pub token: Option<String>,
    pub visit: String,
    pub fresh_visit: bool,
    pub path: Pairs,
    pub query: Pairs,
    pub url: String,
    pub place: String,
    pub partial: bool,
    pub address: Option<IpAddr>,
    pub now: Moment,
    pub trace: String,
}

impl Asked {
    pub(super) fn visit<'h>(&self, house: &'h House, form: Pairs, files: Vec<crate::visit::Upload>) -> Visit<'h> {
        Visit {
            house,
            viewer: self.signed.clone(),
            look: self.look,
            w: house.words.tongue(self.look.lang),
            path: self.path.clone(),
            query: self.query.clone(),
            form,
            files,
            url: self.url.clone(),
            place: self.place.clone(),
            partial: self.partial,
            address: self.address,
            token: self.token.clone(),
            visit: self.visit.clone(),
            now: self.now,
            columns: crate::takeout::Columns::All,
        }
    }
}

/// Answers a request for a declared route.
pub(super) async fn answer(house: Arc<House>, route: Route, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let stopwatch = house.meters.start();
    let mut asked = ask(&house, &parts);
    if let Ok(params) = RawPathParams::from_request_parts(&mut parts, &()).await {
        asked.path = Pairs(params.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect());
    }
    let outcome = run(&house, route, &parts.headers, &mut asked, body).await;
    let response = respond(&house, &asked, outcome).await;
    house.meters.stop(stopwatch, response.status().as_u16());
    response
}

/// Answers a request for an address that does not exist.
pub(super) async fn lost(house: Arc<House>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let mut asked = ask(&house, &parts);
    if let Ok(Some(signed)) = signed(&house, &asked) {
        asked.signed = signed;
    }
    respond(&house, &asked, Err(Problem::NotFound)).await
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

fn ask(house: &House, parts: &Parts) -> Asked {
    let tls = house.settings.tls;
    let jar = header(&parts.headers, "cookie");
    let is_hex = |t: &&str| t.len() >= 16 && t.len() <= 64 && t.bytes().all(|b| b.is_ascii_hexdigit());
    let visit = cookies::find(jar, &cookies::name("chibo_visit", tls)).filter(is_hex);
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let forwarded = header(&parts.headers, "x-forwarded-for").rsplit(',').next().and_then(|a| a.trim().parse().ok());
    let fresh = || chibo_store::seal::hex(&house.db.random::<16>());
    Asked {
        look: Look::from_cookie(cookies::find(jar, &cookies::name("chibo_look", tls))),
        signed: Arc::new(Signed { viewer: Viewer::default(), detour: None, until: Moment(0) }),
        token: cookies::find(jar, &cookies::name("chibo_session", tls)).filter(is_hex).map(str::to_owned),
        visit: visit.map_or_else(fresh, str::to_owned),
        fresh_visit: visit.is_none(),
        path: Pairs::default(),
        query: Pairs::parse(parts.uri.query().unwrap_or_default()),
        url: parts.uri.path_and_query().map_or_else(String::new, |p| p.as_str().to_owned()),
        place: parts.uri.path().to_owned(),
        partial: header(&parts.headers, "hx-request") == "true",
        address: if house.settings.proxy { forwarded.or(peer) } else { peer },
        now: house.db.now(),
        trace: chibo_store::seal::hex(&house.db.random::<8>()),
    }
}

fn signed(house: &House, asked: &Asked) -> Result<Option<Arc<Signed>>, Problem> {
    match &asked.token {
        Some(token) => here(house, || house.gate.who(house, token)),
        None => Ok(None),
    }
}

/// Work on the thread that took the request. PostgreSQL's client waits inside itself, which a thread of the server may
/// do only after handing its other requests on; SQLite answers faster than that would take.
fn here<T>(house: &House, work: impl FnOnce() -> T) -> T {
    if house.db.is_sqlite() { work() } else { tokio::task::block_in_place(work) }
}

/// Addresses an account with a detour may still use.
const ALWAYS: [&str; 3] = ["/sign-out", "/look", "/assets"];

/// Whether a path is an address or lies below it.
pub(super) fn under(path: &str, address: &str) -> bool {
    path.strip_prefix(address).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

async fn run(
    house: &Arc<House>,
    route: Route,
    headers: &HeaderMap,
    asked: &mut Asked,
    body: axum::body::Body,
) -> Result<Reply, Problem> {
    if let Some(address) = asked.address {
        house.limits.take(Who::Address(address), asked.now)?;
    }
    match signed(house, asked)? {
        Some(signed) => {
            if let Some(account) = signed.viewer.account {
                house.limits.take(Who::Account(*account.bytes()), asked.now)?;
            }
            asked.signed = signed;
        }
        None => asked.token = None,
    }
    let viewer = &asked.signed.viewer;
    match route.policy {
        Policy::Open => {}
        _ if viewer.account.is_none() => return Err(Problem::SignIn),
        Policy::Needs(permission) if !viewer.may_somewhere(permission) => return Err(Problem::Denied),
        Policy::SignedIn | Policy::Needs(_) => {}
    }
    if let Some(detour) = asked.signed.detour
        && !under(&asked.place, detour)
        && !ALWAYS.iter().any(|p| under(&asked.place, p))
    {
        let away = if document::is_for(&asked.place) { Err(Problem::Denied) } else { Ok(detour.to_owned()) };
        return away.map(Reply::Redirect);
    }
    let (form, files) = if route.method == "POST" {
        same_site(headers)?;
        let (form, files) = body::read(house, route, headers, body).await?;
        let bound = asked.token.as_deref().unwrap_or(&asked.visit);
        if !cookies::form_token_fits(house.db.keys(), bound, form.get("_form")) {
            return Err(Problem::refuse(Said::new("form-expired")));
        }
        (form, files)
    } else {
        (Pairs::default(), Vec::new())
    };
    if route.pace == Pace::Quick {
        return here(house, || once::run(&route, &mut asked.visit(house, form, files)));
    }
    let (worker, permit) = (house.clone(), house.meters.slow_permit().await);
    let owned = asked.clone_for_worker();
    let task = tokio::task::spawn_blocking(move || {
        let reply = once::run(&route, &mut owned.visit(&worker, form, files));
        drop(permit);
        reply
    });
    task.await.unwrap_or_else(|error| Err(Problem::fault(error)))
}

impl Asked {
    fn clone_for_worker(&self) -> Asked {
        Asked {
            look: self.look,
            signed: self.signed.clone(),
            token: self.token.clone(),
            visit: self.visit.clone(),
            fresh_visit: self.fresh_visit,
            path: self.path.clone(),
            query: self.query.clone(),
            url: self.url.clone(),
            place: self.place.clone(),
            partial: self.partial,
            address: self.address,
            now: self.now,
            trace: self.trace.clone(),
        }
    }
}

/// A form must come from our own pages: the browser says so in `Sec-Fetch-Site` or `Origin`.
fn same_site(headers: &HeaderMap) -> Result<(), Problem> {
    let site = header(headers, "sec-fetch-site");
    let origin = header(headers, "origin");
    let host = header(headers, "host");
    let own = origin.split_once("://").map(|(_, h)| h) == Some(host);
    let allowed = match site {
        "" => origin.is_empty() || own,
        "same-origin" | "none" => origin.is_empty() || origin == "null" || own,
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Problem::refuse(Said::new("form-expired"))) }
}

async fn respond(house: &House, asked: &Asked, outcome: Result<Reply, Problem>) -> Response {
    let mut response = match outcome {
        Ok(reply) => headers::dress(house, reply),
        Err(Problem::SignIn) if !document::is_for(&asked.place) => {
            let to = crate::html::encode(&asked.url);
            headers::dress(house, Reply::Redirect(format!("/sign-in?to={to}")))
        }
        Err(problem) => refused(house, asked, &problem),
    };
    headers::secure(house, asked, &mut response);
    response
}

/// A problem as a page, or as a document for programs.
fn refused(house: &House, asked: &Asked, problem: &Problem) -> Response {
    if let Problem::Fault(cause) = problem {
        tracing::error!(trace = asked.trace, cause, "fault");
    }
    let mut response = if document::is_for(&asked.place) {
        document::answer(house, asked, problem)
    } else {
        problem_page(house, asked, problem)
    };
    if let Problem::Busy(seconds) = problem
        && let Ok(value) = seconds.to_string().parse()
    {
        response.headers_mut().insert("retry-after", value);
    }
    response
}

/// The status of a problem, and the ending of its word keys.
pub(super) fn naming(problem: &Problem) -> (u16, &'static str) {
    match problem {
        Problem::Refused(_) => (422, "refused"),
        Problem::Denied => (403, "denied"),
        Problem::NotFound | Problem::SignIn => (404, "not-found"),
        Problem::Conflict(_) => (409, "conflict"),
        Problem::Busy(_) => (429, "busy"),
        Problem::Fault(_) => (500, "fault"),
    }
}

fn problem_page(house: &House, asked: &Asked, problem: &Problem) -> Response {
    let w = house.words.tongue(asked.look.lang);
    let (status, name) = naming(problem);
    let lines = match problem {
        Problem::Refused(issues) => issues
            .iter()
            .map(|i| i.rule.map_or_else(|| w.said(&i.said), |rule| format!("{} ({rule})", w.said(&i.said))))
            .collect(),
        Problem::Conflict(said) => vec![w.said(said)],
        _ => Vec::new(),
    };
    let text = match problem {
        Problem::Busy(seconds) => w.t1("problem-busy", "seconds", seconds),
        _ => w.t(&format!("problem-{name}")).to_owned(),
    };
    let visit = asked.visit(house, Pairs::default(), Vec::new());
    let head = Head::new(w.t(&format!("problem-title-{name}")), "").with_error(true);
    let page = crate::routes::ProblemPage { w, text, lines, trace: &asked.trace };
    let reply = visit.page_with(status, head, &page);
    headers::dress(house, reply.unwrap_or_else(|p| Reply::Text(p.to_string())))
}
