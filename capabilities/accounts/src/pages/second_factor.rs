//! Switching one's own second factor on and off.

use askama::Template;
use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{Once, issues_of, own, own_token};
use crate::actions::second_factor;
use crate::rules::second_factor::{address, secret_text};

#[derive(Template)]
#[template(path = "totp.html")]
struct TotpPage<'a> {
    w: Tongue<'a>,
    secret: String,
    address: String,
    form: String,
}

/// Asks for the password, to switch on or off.
pub(super) fn password_form(visit: &Visit<'_>, on: bool, issues: Vec<Issue>) -> Form {
    let w = visit.w;
    let (action, submit) =
        if on { ("/account/totp/off", "accounts-factor-off") } else { ("/account/totp", "accounts-factor-on") };
    let password = Field::new("current", w.t("accounts-password-current"), Kind::Password);
    let mut form = Form::new(action, w.t(submit), vec![password.autocomplete("current-password").required()]);
    form.issues = issues;
    form
}

/// Draws a secret.
pub(super) fn begin(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let outcome = second_factor::begin(&visit.house.db, visit.who(), visit.form.get("current"));
    match issues_of(outcome)? {
        Ok(()) => Ok(Reply::Redirect("/account/totp".to_owned())),
        Err(issues) => own::page(visit, issues),
    }
}

/// The secret, and the question for the first code.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, Vec::new())
}

fn page(visit: &Visit<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let Some((secret, login)) = second_factor::waiting(&visit.house.db, visit.who())? else {
        return Ok(Reply::Redirect("/account".to_owned()));
    };
    let code = Field::text("code", w.t("accounts-code")).autocomplete("one-time-code").required();
    let mut form = Form::new("/account/totp/confirm", w.t("accounts-factor-confirm"), vec![code])
        .cancel(w.t("accounts-back"), "/account");
    let wrong = !issues.is_empty();
    form.issues = issues;
    let page = TotpPage { w, secret: secret_text(&secret), address: address(&secret, &login), form: form.html(visit) };
    let head = Head::new(w.t("accounts-factor-title"), "").crumbs(crumbs(visit)).with_error(wrong);
    visit.page_with(if wrong { 422 } else { 200 }, head, &page)
}

fn crumbs(visit: &Visit<'_>) -> Vec<Crumb> {
    let w = visit.w;
    vec![Crumb::to(w.t("accounts-own-title"), "/account"), Crumb::here(w.t("accounts-factor-title"))]
}

/// Switches on with the first code; shows the recovery codes.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let outcome = second_factor::confirm(&visit.house.db, visit.who(), own_token(visit)?, visit.form.get("code"));
    let codes = match issues_of(outcome)? {
        Ok(codes) => codes,
        Err(issues) => return page(visit, issues),
    };
    let page = Once {
        w,
        lines: vec![w.t("accounts-recovery-about").to_owned()],
        codes: &codes,
        next: "/account".to_owned(),
        next_text: w.t("accounts-recovery-kept"),
    };
    visit.page(Head::new(w.t("accounts-recovery-title"), "").crumbs(crumbs(visit)), &page)
}

/// Switches off.
pub(super) fn switch_off(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let token = own_token(visit)?;
    let outcome = second_factor::switch_off(&visit.house.db, visit.who(), token, visit.form.get("current"));
    match issues_of(outcome)? {
        Ok(()) => Ok(Reply::done("/account", "second-factor-off")),
        Err(issues) => own::page(visit, issues),
    }
}
