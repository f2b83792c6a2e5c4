//! Pages of accounts: sign-in, one's own account, the accounts of others, the first account.

mod grant_form;
mod list;
mod new;
mod one;
mod own;
mod second_factor;
mod set_up;
mod sign_in;
mod units;

use askama::Template;
use chibo_kernel::{Issue, Permission, Problem, Said};
use chibo_web::form::issues_of;
use chibo_web::words::Tongue;
use chibo_web::{Form, Head, Policy, Reply, Route, Visit, cookies};

/// Every address of this capability.
pub fn routes() -> Vec<Route> {
    let manage = Policy::Needs(Permission::ManageAccounts);
    vec![
        Route::get("/sign-in", Policy::Open, sign_in::show),
        Route::post("/sign-in", Policy::Open, sign_in::send),
        Route::post("/sign-in/code", Policy::Open, sign_in::send_code),
        Route::post("/sign-out", Policy::Open, sign_in::leave),
        Route::get("/set-up", Policy::Open, set_up::show),
        Route::post("/set-up", Policy::Open, set_up::send),
        Route::get("/account", Policy::SignedIn, own::show),
        Route::get("/account/password", Policy::SignedIn, own::show_password),
        Route::post("/account/password", Policy::SignedIn, own::send_password),
        Route::post("/account/sessions/end", Policy::SignedIn, own::end_sessions),
        Route::get("/account/totp", Policy::SignedIn, second_factor::show),
        Route::post("/account/totp", Policy::SignedIn, second_factor::begin),
        Route::post("/account/totp/confirm", Policy::SignedIn, second_factor::confirm),
        Route::post("/account/totp/off", Policy::SignedIn, second_factor::switch_off),
        Route::get("/accounts", manage, list::show).slow(),
        Route::get("/accounts/new", manage, new::show),
        Route::post("/accounts/new", manage, new::send),
        Route::get("/accounts/{id}", manage, one::show),
        Route::post("/accounts/{id}/grants", manage, one::give),
        Route::post("/accounts/{id}/grants/{grant}/end", manage, one::end),
        Route::post("/accounts/{id}/close", manage, one::close),
        Route::post("/accounts/{id}/reset", manage, one::reset),
    ]
}

/// The one thing a narrow page holds: lines to read, then a form or more.
#[derive(Template)]
#[template(path = "lone.html")]
struct Lone<'a> {
    lines: &'a [String],
    content: &'a str,
}

/// Something to copy that is shown only this once.
#[derive(Template)]
#[template(path = "once.html")]
struct Once<'a> {
    w: Tongue<'a>,
    lines: Vec<String>,
    codes: &'a [String],
    next: String,
    next_text: &'a str,
}

/// A narrow page with one form.
fn lone(visit: &Visit<'_>, title: &str, lines: &[String], form: &Form) -> Result<Reply, Problem> {
    let wrong = !form.issues.is_empty();
    let head = Head::new(visit.w.t(title), "").with_error(wrong);
    visit.page_with(if wrong { 422 } else { 200 }, head, &Lone { lines, content: &form.html(visit) })
}

fn issue(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}

/// The session cookie; it lasts until the browser closes or the session ends.
fn session_cookie(visit: &Visit<'_>, token: &str) -> String {
    cookies::set("chibo_session", token, visit.house.settings.tls, None)
}

/// The token of a page that only signed-in people reach.
fn own_token<'v>(visit: &'v Visit<'_>) -> Result<&'v str, Problem> {
    visit.token.as_deref().ok_or(Problem::SignIn)
}
