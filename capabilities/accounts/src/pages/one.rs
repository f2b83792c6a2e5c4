//! One account: its rights and what its managers may do.

use askama::Template;
use chibo_kernel::{Account, Id, Issue, Permission, Problem, Unit};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Form, Head, Reply, Visit};

use super::grant_form::{self, unit_issue};
use super::units::Units;
use super::{issues_of, new};
use crate::actions::accounts::{self, OneTime};
use crate::actions::grants;
use crate::rules::authority::{self, EVERYWHERE, Reach};
use crate::rules::role::Role;
use crate::store::{self, AccessGrant, AccountRow, GrantRow};

struct Line {
    role: String,
    unit: String,
    when: String,
    current: bool,
    end: Option<String>,
}

#[derive(Template)]
#[template(path = "one.html")]
struct OnePage<'a> {
    w: Tongue<'a>,
    row: &'a AccountRow,
    created: String,
    closed: String,
    here: String,
    token: String,
    lines: Vec<Line>,
    manages: bool,
    open: bool,
    form: String,
}

/// Whether the viewer manages accounts at a unit, or on the whole system.
pub(super) fn manages_at(visit: &Visit<'_>, unit: Id<Unit>) -> bool {
    if unit == EVERYWHERE {
        return authority::holds_everywhere(visit.who(), Permission::ManageAccounts);
    }
    visit.permit(Permission::ManageAccounts, unit).is_ok()
}

/// A role's name; its code when this program does not know it.
pub(super) fn role_name(w: Tongue<'_>, code: &str) -> String {
    Role::from_code(code).map_or_else(|| code.to_owned(), |role| w.t(role.word()).to_owned())
}

/// From when to when, last day included.
pub(super) fn when(w: Tongue<'_>, grant: &GrantRow) -> String {
    let from = ("from", grant.valid_from);
    if grant.valid_to == chibo_kernel::Day::FOREVER {
        return w.t1("accounts-when-open", from.0, from.1);
    }
    w.t2("accounts-when-closed", from, ("to", grant.valid_to.plus_days(-1)))
}

/// The page.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, Vec::new())
}

fn page(visit: &Visit<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let id: Id<Account> = visit.id("id")?;
    let (row, grants) = visit.read(|tx| {
        let row = store::account(tx, id)?.ok_or(Problem::NotFound)?;
        Ok((row, store::grants_of(tx, id)?))
    })?;
    let at: Vec<_> = grants.iter().map(|grant| grant.unit_id).collect();
    let reach = authority::reach(visit.who(), row.created_by, &at, |unit| manages_at(visit, unit));
    if reach == Reach::Hidden {
        return Err(Problem::NotFound);
    }
    let (here, own) = (format!("/accounts/{id}"), visit.who().account == Some(id));
    let wrong = !issues.is_empty();
    let mut form = Form::new(format!("{here}/grants"), w.t("accounts-grant-give"), grant_form::fields(visit));
    if wrong {
        form = form.refused(&visit.form, issues);
    }
    let units = Units::of(visit);
    let page = OnePage {
        w,
        created: w.moment(row.created_at),
        closed: row.closed_at.map_or_else(String::new, |at| w.moment(at)),
        token: visit.form_token(),
        lines: grants.iter().map(|grant| line(visit, &units, grant, &here)).collect(),
        manages: reach == Reach::Manages && !own,
        open: row.closed_at.is_none() && !own,
        form: form.html(visit),
        row: &row,
        here,
    };
    let crumbs = vec![Crumb::to(w.t("accounts-title"), "/accounts"), Crumb::here(row.name.clone())];
    let head = Head::new(row.name.clone(), "accounts-menu").crumbs(crumbs).with_error(wrong);
    visit.page_with(if wrong { 422 } else { 200 }, head, &page)
}

fn line(visit: &Visit<'_>, units: &Units, grant: &GrantRow, here: &str) -> Line {
    let today = visit.today();
    let may_end = manages_at(visit, grant.unit_id);
    Line {
        role: role_name(visit.w, &grant.role),
        unit: units.name(grant.unit_id),
        when: when(visit.w, grant),
        current: grant.valid_from <= today && today < grant.valid_to,
        end: may_end.then(|| format!("{here}/grants/{}/end", grant.grant_id)),
    }
}

/// Gives a role.
pub(super) fn give(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id: Id<Account> = visit.id("id")?;
    let wish = match grant_form::read(visit) {
        Ok(wish) => wish,
        Err(issues) => return page(visit, issues),
    };
    // Seen first: an account out of reach is absent, whatever the form says.
    page(visit, Vec::new())?;
    let outcome = visit.write(|op| grants::grant(op, id, wish.unit, wish.role, wish.valid).map_err(unit_issue));
    match issues_of(outcome)? {
        Ok(_) => Ok(Reply::done(format!("/accounts/{id}"), "grant-given")),
        Err(issues) => page(visit, issues),
    }
}

/// Takes a role back.
pub(super) fn end(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (id, grant) = (visit.id::<Account>("id")?, visit.id::<AccessGrant>("grant")?);
    visit.read(|tx| store::grant(tx, grant))?.filter(|row| row.account_id == id).ok_or(Problem::NotFound)?;
    visit.write(|op| grants::revoke(op, grant))?;
    Ok(Reply::done(format!("/accounts/{id}"), "grant-ended"))
}

/// Closes the account.
pub(super) fn close(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id::<Account>("id")?;
    visit.write(|op| accounts::close(op, id))?;
    Ok(Reply::done(format!("/accounts/{id}"), "account-closed"))
}

/// Sets a one-time password and shows it.
pub(super) fn reset(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id::<Account>("id")?;
    let first = OneTime::draw(&visit.house.db)?;
    visit.write(|op| accounts::reset_with(op, id, &first))?;
    new::once(visit, &first, &format!("/accounts/{id}"))
}
