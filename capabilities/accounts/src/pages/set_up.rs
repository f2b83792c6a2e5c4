//! The very first account: who reads the code on the machine's console becomes administrator.

use chibo_kernel::{Problem, Viewer};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit};

use super::{issue, issues_of, lone};
use crate::actions::accounts::{self, NewAccount};

fn form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let password = |name, label| Field::new(name, w.t(label), Kind::Password).autocomplete("new-password").required();
    Form::new(
        "/set-up",
        w.t("accounts-set-up-send"),
        vec![
            Field::text("setup", w.t("accounts-set-up-code")).hint(w.t("accounts-set-up-code-hint")).required(),
            Field::text("login", w.t("accounts-login"))
                .hint(w.t("accounts-login-hint"))
                .autocomplete("username")
                .required(),
            Field::text("name", w.t("accounts-name")).autocomplete("name").required(),
            password("password", "accounts-password-new").hint(w.t("accounts-password-hint")),
            password("again", "accounts-password-again"),
        ],
    )
}

fn absent_once_done(visit: &Visit<'_>) -> Result<(), Problem> {
    if visit.read(accounts::count)? > 0 { Err(Problem::NotFound) } else { Ok(()) }
}

fn page(visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
    lone(visit, "accounts-set-up-title", &[visit.w.t("accounts-set-up-about").to_owned()], form)
}

/// The form; absent once any account exists.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    absent_once_done(visit)?;
    page(visit, &form(visit))
}

/// Creates the first administrator.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    absent_once_done(visit)?;
    let sent = &visit.form;
    let mut issues = Vec::new();
    if !accounts::is_setup_code(visit.house.db.keys(), sent.get("setup")) {
        issues.push(issue("setup", "accounts-set-up-code-wrong"));
    } else if sent.get("password") != sent.get("again") {
        issues.push(issue("again", "accounts-password-differs"));
    } else {
        let new = NewAccount {
            login: sent.get("login"),
            name: sent.get("name"),
            password: sent.get("password"),
            must_change: false,
        };
        let program = Viewer::program("set-up");
        match issues_of(visit.house.db.write(&program, |op| accounts::set_up(op, new)))? {
            Ok(_) => return Ok(Reply::done("/sign-in", "set-up")),
            Err(found) => issues = found,
        }
    }
    page(visit, &form(visit).refused(sent, issues))
}
