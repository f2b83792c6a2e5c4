//! One's own account: rights, sessions, password.

use askama::Template;
use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Field, Form, Head, Reply, Table, Visit};

use super::units::Units;
use super::{issue, issues_of, lone, own_token, second_factor, session_cookie};
use crate::actions::{password, sessions};
use crate::store::{self, AccountRow, GrantRow, SessionRow};

#[derive(Template)]
#[template(path = "own.html")]
struct OwnPage<'a> {
    w: Tongue<'a>,
    row: &'a AccountRow,
    grants: String,
    sessions: String,
    others: bool,
    token: String,
    factor_on: bool,
    codes_left: i64,
    factor_form: String,
}

/// Everything about oneself.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, Vec::new())
}

/// The page, with what was wrong with the form on it.
pub(super) fn page(visit: &Visit<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let account = visit.who().account.ok_or(Problem::SignIn)?;
    let (row, grants, open, codes_left) = visit.read(|tx| {
        let row = store::account(tx, account)?.ok_or(Problem::SignIn)?;
        let codes_left = store::codes_left(tx, account)?.unwrap_or(0);
        Ok((row, store::grants_of(tx, account)?, sessions::of(tx, account)?, codes_left))
    })?;
    let wrong = !issues.is_empty();
    let page = OwnPage {
        w: visit.w,
        grants: grants_table(visit, &grants).html(visit),
        sessions: sessions_table(visit, &open).html(visit),
        others: open.len() > 1,
        token: visit.form_token(),
        factor_on: row.totp.is_some(),
        codes_left,
        factor_form: second_factor::password_form(visit, row.totp.is_some(), issues).html(visit),
        row: &row,
    };
    let head = Head::new(visit.w.t("accounts-own-title"), "")
        .action(visit.w.t("accounts-password-change"), "/account/password", false)
        .with_error(wrong);
    visit.page_with(if wrong { 422 } else { 200 }, head, &page)
}

fn grants_table(visit: &Visit<'_>, grants: &[GrantRow]) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("role", w.t("accounts-role")),
        Column::new("unit", w.t("accounts-unit")),
        Column::new("when", w.t("accounts-when")),
    ];
    let mut table = Table::new(w.t("accounts-grants"), columns);
    table.empty = w.t("accounts-grants-none").to_owned();
    let units = Units::of(visit);
    for grant in grants {
        let (role, when) = (super::one::role_name(w, &grant.role), super::one::when(w, grant));
        table.rows.push(vec![Cell::Text(role), Cell::Text(units.name(grant.unit_id)), Cell::Text(when)]);
    }
    table
}

fn sessions_table(visit: &Visit<'_>, open: &[SessionRow]) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("since", w.t("accounts-session-since")),
        Column::new("seen", w.t("accounts-session-seen")),
        Column::new("until", w.t("accounts-session-until")),
        Column::new("this", w.t("accounts-session-which")),
    ];
    let mut table = Table::new(w.t("accounts-sessions"), columns);
    let mine = visit.token.as_deref().map(sessions::token_hash);
    for session in open.iter().filter(|session| session.expires_at > visit.now) {
        let this = mine.is_some_and(|hash| hash.as_slice() == session.token_hash);
        let word = if this { "accounts-session-this" } else { "accounts-session-other" };
        table.rows.push(vec![
            Cell::Text(w.moment(session.created_at)),
            Cell::Text(w.moment(if this { visit.now } else { session.last_seen })),
            Cell::Text(w.moment(session.expires_at)),
            Cell::Tag(w.t(word).to_owned(), if this { "ok" } else { "" }),
        ]);
    }
    table
}

/// Ends the viewer's other sessions.
pub(super) fn end_sessions(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    sessions::sign_out_elsewhere(&visit.house.db, visit.who(), own_token(visit)?)?;
    Ok(Reply::done("/account", "sessions-ended"))
}

fn password_form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let field = |name, label, purpose| Field::new(name, w.t(label), Kind::Password).autocomplete(purpose).required();
    let form = Form::new(
        "/account/password",
        w.t("accounts-password-change"),
        vec![
            field("current", "accounts-password-current", "current-password"),
            field("new", "accounts-password-new", "new-password").hint(w.t("accounts-password-hint")),
            field("again", "accounts-password-again", "new-password"),
        ],
    );
    if must_change(visit) { form } else { form.cancel(w.t("accounts-back"), "/account") }
}

fn must_change(visit: &Visit<'_>) -> bool {
    visit.viewer.detour == Some(crate::gate::PASSWORD_PAGE)
}

fn password_page(visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
    let lines: &[String] =
        if must_change(visit) { &[visit.w.t("accounts-password-must-change").to_owned()] } else { &[] };
    lone(visit, "accounts-password-title", lines, form)
}

/// The form for a new password.
pub(super) fn show_password(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    password_page(visit, &password_form(visit))
}

/// Sets a new password.
pub(super) fn send_password(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let sent = &visit.form;
    if sent.get("new") != sent.get("again") {
        let issues = vec![issue("again", "accounts-password-differs")];
        return password_page(visit, &password_form(visit).refused(sent, issues));
    }
    let token = own_token(visit)?;
    let outcome = password::change(&visit.house.db, visit.who(), token, sent.get("current"), sent.get("new"));
    match issues_of(outcome)? {
        Ok(token) => {
            let to = "/account?done=password-changed".to_owned();
            Ok(Reply::RedirectWith(to, vec![session_cookie(visit, &token)]))
        }
        Err(issues) => password_page(visit, &password_form(visit).refused(sent, issues)),
    }
}
