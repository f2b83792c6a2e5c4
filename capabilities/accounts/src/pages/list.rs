//! The accounts one manages.

use std::collections::HashMap;

use askama::Template;
use chibo_kernel::{Account, Id, Problem, text};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Head, Reply, Table, Visit};

use super::one::{manages_at, role_name};
use super::units::Units;
use crate::actions::accounts;
use crate::rules::authority::{self, Reach};
use crate::store::{self, AccountLine, GrantRow};

/// Accounts on a page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage<'a> {
    w: Tongue<'a>,
    asked: &'a str,
    table: String,
}

/// The list, by login name.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (lines, grants) = visit.read(|tx| Ok((accounts::list(tx)?, store::grants(tx)?)))?;
    let mut by_account: HashMap<Id<Account>, Vec<&GrantRow>> = HashMap::new();
    for grant in &grants {
        by_account.entry(grant.account_id).or_default().push(grant);
    }
    let of = |id: Id<Account>| by_account.get(&id).map_or(&[][..], Vec::as_slice);
    let (asked, after) = (visit.query.get("q"), visit.query.get("after"));
    let wanted = text::fold(&text::clean(asked));
    let seen = |line: &&AccountLine| {
        let units: Vec<_> = of(line.account_id).iter().map(|grant| grant.unit_id).collect();
        let matches = wanted.is_empty() || line.login.contains(&wanted) || text::fold(&line.name).contains(&wanted);
        let reach = || authority::reach(visit.who(), line.created_by, &units, |unit| manages_at(visit, unit));
        matches && line.login.as_str() > after && reach() > Reach::Hidden
    };
    let mut shown: Vec<_> = lines.iter().filter(seen).take(ROWS + 1).collect();
    let more = shown.len() > ROWS;
    shown.truncate(ROWS);
    let mut table = Table::new(w.t("accounts-title"), columns(w));
    table.empty = w.t(if asked.is_empty() { "accounts-none" } else { "accounts-none-found" }).to_owned();
    table.next = shown.last().filter(|_| more).map(|line| line.login.clone());
    let units = Units::of(visit);
    table.rows = shown.iter().map(|line| row(w, &units, line, of(line.account_id))).collect();
    let head = Head::new(w.t("accounts-title"), "accounts-menu").action(w.t("accounts-new"), "/accounts/new", true);
    visit.page(head, &ListPage { w, asked, table: table.html(visit) })
}

fn columns(w: Tongue<'_>) -> Vec<Column> {
    vec![
        Column::new("name", w.t("accounts-name")),
        Column::new("grants", w.t("accounts-grants")),
        Column::new("factor", w.t("accounts-factor")),
        Column::new("state", w.t("accounts-state")),
    ]
}

fn row(w: Tongue<'_>, units: &Units, line: &AccountLine, grants: &[&GrantRow]) -> Vec<Cell> {
    let roles = grants.iter().map(|grant| format!("{}: {}", role_name(w, &grant.role), units.name(grant.unit_id)));
    vec![
        Cell::LinkWith(line.name.clone(), format!("/accounts/{}", line.account_id), line.login.clone()),
        Cell::Text(roles.collect::<Vec<_>>().join("; ")),
        Cell::Text(w.t(if line.second_factor { "accounts-factor-is-on" } else { "accounts-factor-is-off" }).to_owned()),
        state(w, line),
    ]
}

/// Open, waiting for its first password change, or closed.
fn state(w: Tongue<'_>, line: &AccountLine) -> Cell {
    let (key, class) = match line {
        AccountLine { closed_at: Some(_), .. } => ("accounts-state-closed", "bad"),
        AccountLine { must_change: true, .. } => ("accounts-state-new", "gold"),
        _ => ("accounts-state-open", "ok"),
    };
    Cell::Tag(w.t(key).to_owned(), class)
}
