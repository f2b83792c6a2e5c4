//! Signing in and out.

use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit, cookies};

use super::{issues_of, lone, session_cookie};
use crate::actions::sign_in::{self, Browser, Progress};
use crate::actions::{accounts, sessions};

/// Where to go after signing in: an address of this site, never back to signing in or out.
fn after(visit: &Visit<'_>) -> String {
    let wanted = visit.form.some("to").unwrap_or_else(|| visit.query.get("to"));
    let own = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n']);
    let loops = ["/sign-in", "/sign-out", "/set-up"].iter().any(|page| wanted.starts_with(page));
    if own && !loops { wanted.to_owned() } else { "/".to_owned() }
}

fn browser<'v>(visit: &'v Visit<'_>) -> Browser<'v> {
    Browser { visit: &visit.visit, earlier: visit.token.as_deref() }
}

fn form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    Form::new(
        "/sign-in",
        w.t("accounts-sign-in"),
        vec![
            Field::text("login", w.t("accounts-login")).autocomplete("username").required(),
            Field::new("password", w.t("accounts-password"), Kind::Password)
                .autocomplete("current-password")
                .required(),
            Field::hidden("to", after(visit)),
        ],
    )
}

/// The sign-in page; leads to the set-up when there is no account yet.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    if visit.who().account.is_some() {
        return Ok(Reply::Redirect(after(visit)));
    }
    if visit.read(accounts::count)? == 0 {
        return Ok(Reply::Redirect("/set-up".to_owned()));
    }
    page(visit, form(visit))
}

fn page(visit: &Visit<'_>, form: Form) -> Result<Reply, Problem> {
    lone(visit, "accounts-sign-in-title", &[], &form)
}

/// Name and password.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (login, password) = (visit.form.get("login"), visit.form.get("password"));
    let outcome = sign_in::sign_in(&visit.house.db, login, password, browser(visit));
    match issues_of(outcome)? {
        Ok(Progress::Done(token)) => Ok(Reply::RedirectWith(after(visit), vec![session_cookie(visit, &token)])),
        Ok(Progress::CodeNeeded(ticket)) => code_page(visit, &ticket, Vec::new()),
        Err(issues) => page(visit, form(visit).refused(&visit.form, issues)),
    }
}

fn code_page(visit: &Visit<'_>, ticket: &str, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut form = Form::new(
        "/sign-in/code",
        w.t("accounts-code-send"),
        vec![
            Field::text("code", w.t("accounts-code"))
                .hint(w.t("accounts-code-hint"))
                .autocomplete("one-time-code")
                .required(),
            Field::hidden("ticket", ticket),
            Field::hidden("to", after(visit)),
        ],
    )
    .cancel(w.t("accounts-code-cancel"), "/sign-in");
    form.issues = issues;
    lone(visit, "accounts-code-title", &[], &form)
}

/// The code of the second step.
pub(super) fn send_code(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ticket = visit.form.get("ticket");
    let outcome = sign_in::second_step(&visit.house.db, ticket, visit.form.get("code"), browser(visit));
    match issues_of(outcome)? {
        Ok(token) => Ok(Reply::RedirectWith(after(visit), vec![session_cookie(visit, &token)])),
        Err(issues) if issues.iter().any(|i| i.said.key == "accounts-ticket-old") => {
            page(visit, form(visit).refused(&visit.form, issues))
        }
        Err(issues) => code_page(visit, ticket, issues),
    }
}

/// Signing out: the session ends on the server, the cookie goes.
pub(super) fn leave(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    if let Some(token) = &visit.token {
        sessions::sign_out(&visit.house.db, visit.who(), token)?;
    }
    let gone = cookies::set("chibo_session", "", visit.house.settings.tls, Some(0));
    Ok(Reply::RedirectWith("/sign-in?done=signed-out".to_owned(), vec![gone]))
}
