//! A new account with its first role. It begins with a one-time password; nobody chooses a password for another.

use chibo_kernel::{Issue, Problem};
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::grant_form::{self, unit_issue};
use super::{Once, issues_of};
use crate::actions::accounts::{self, OneTime};
use crate::actions::grants;

fn form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let mut fields = vec![
        Field::text("login", w.t("accounts-login")).hint(w.t("accounts-login-hint")).required(),
        Field::text("name", w.t("accounts-name")).required(),
    ];
    fields.extend(grant_form::fields(visit));
    Form::new("/accounts/new", w.t("accounts-new-send"), fields).cancel(w.t("accounts-back"), "/accounts")
}

fn head(visit: &Visit<'_>) -> Head {
    let w = visit.w;
    let crumbs = vec![Crumb::to(w.t("accounts-title"), "/accounts"), Crumb::here(w.t("accounts-new"))];
    Head::new(w.t("accounts-new"), "accounts-menu").crumbs(crumbs)
}

/// The form.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = form(visit).html(visit);
    visit.page_html(200, head(visit), &body)
}

fn refused(visit: &Visit<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let body = form(visit).refused(&visit.form, issues).html(visit);
    visit.page_html(422, head(visit).with_error(true), &body)
}

/// Creates the account; shows the one-time password.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let wish = match grant_form::read(visit) {
        Ok(wish) => wish,
        Err(issues) => return refused(visit, issues),
    };
    let (login, name) = (visit.form.get("login"), visit.form.get("name"));
    let first = OneTime::draw(&visit.house.db)?;
    let outcome = visit.write(|op| {
        let account = accounts::create_with(op, login, name, &first)?;
        grants::grant(op, account, wish.unit, wish.role, wish.valid).map_err(unit_issue)?;
        Ok(account)
    });
    match issues_of(outcome)? {
        Ok(account) => once(visit, &first, &format!("/accounts/{account}")),
        Err(issues) => refused(visit, issues),
    }
}

/// The page that shows a one-time password.
pub(super) fn once(visit: &Visit<'_>, first: &OneTime, next: &str) -> Result<Reply, Problem> {
    let w = visit.w;
    let codes = [first.text.clone()];
    let lines = vec![w.t("accounts-one-time-about").to_owned(), w.t("accounts-one-time-once").to_owned()];
    let page = Once { w, lines, codes: &codes, next: next.to_owned(), next_text: w.t("accounts-one-time-next") };
    visit.page(Head::new(w.t("accounts-one-time-title"), "accounts-menu"), &page)
}
