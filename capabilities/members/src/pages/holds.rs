//! Holds on official transfers of a member (TRF-05): the committee above his branch sees why, raises and lifts them.

use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::fields;
use super::person::{Seen, tabs};
use crate::actions;
use crate::rules::hold::{BY_HAND, Ground};
use crate::store::holds::{self, HoldRow};
use chibo_web::form::issues_of;

/// Whether the viewer may see and turn the holds of somebody at home in a branch.
pub(super) fn may(visit: &Visit<'_>, home: Id<Unit>) -> bool {
    let keeper = actions::keeper(&visit.house.census, home, visit.today());
    visit.permit(Permission::EditMembers, keeper).is_ok()
}

fn load(visit: &Visit<'_>) -> Result<(Seen, Vec<HoldRow>), Problem> {
    let seen = Seen::load(visit, visit.id("id")?)?;
    if !may(visit, seen.home) {
        return Err(Problem::Denied);
    }
    let rows = visit.read(|tx| holds::holds_of(tx, seen.person.person_id))?;
    Ok((seen, rows))
}

/// Whether the hold by hand stands.
fn stands(rows: &[HoldRow]) -> bool {
    rows.iter().rfind(|row| row.source == BY_HAND).is_some_and(|row| row.raised == 1)
}

/// `GET /members/{id}/holds`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (seen, rows) = load(visit)?;
    page(visit, &seen, &rows, Vec::new())
}

fn form(visit: &Visit<'_>, seen: &Seen, raised: bool) -> Form {
    let w = visit.w;
    let grounds = Ground::ALL.iter().map(|ground| (ground.code().to_owned(), w.t(ground.word()).to_owned()));
    let mut asked = vec![Field::hidden("act", if raised { "lift" } else { "raise" })];
    if !raised {
        asked.push(Field::new("ground", w.t("members-hold-ground"), Kind::Radios(grounds.collect())).required());
    }
    asked.push(Field::text("reason", w.t("members-hold-reason")).hint(w.t("members-hold-reason-hint")).required());
    let word = if raised { "members-hold-lift" } else { "members-hold-raise" };
    Form::new(format!("/members/{}/holds", seen.person.person_id), w.t(word), asked)
}

fn table(visit: &Visit<'_>, rows: &[HoldRow]) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("day", w.t("members-hold-day")),
        Column::new("act", w.t("members-hold-act")),
        Column::new("ground", w.t("members-hold-ground")),
        Column::sentences("reason", w.t("members-hold-reason")),
        Column::new("who", w.t("members-hold-who")),
    ];
    let mut table = Table::new(w.t("members-holds"), columns);
    table.empty = w.t("members-holds-none").to_owned();
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.recorded_at));
    table.rows.extend(rows.into_iter().map(|row| {
        let act = if row.raised == 1 { "members-hold-raised" } else { "members-hold-lifted" };
        let ground = Ground::from_code(&row.ground).map_or("", |ground| w.t(ground.word()));
        vec![
            Cell::Text(w.day(row.on_day)),
            Cell::Text(w.t(act).to_owned()),
            Cell::Text(ground.to_owned()),
            Cell::Text(row.reason.clone()),
            Cell::Text(row.recorded_by.clone()),
        ]
    }));
    table
}

fn page(visit: &Visit<'_>, seen: &Seen, rows: &[HoldRow], issues: Vec<Issue>) -> Result<Reply, Problem> {
    let (w, p, wrong) = (visit.w, &seen.person, !issues.is_empty());
    let mut body = String::with_capacity(4_096);
    tabs(&mut body, visit, seen, "members-tab-facts");
    let held = crate::rules::hold::stands(rows.iter().map(|row| (row.source.as_str(), row.raised == 1)));
    let (class, word) = if held { ("note warn", "members-hold-stands") } else { ("note", "members-hold-stands-not") };
    body.push_str(&format!("<div class=\"{class}\">{}</div>", w.t(word)));
    let form = form(visit, seen, stands(rows));
    body.push_str(&if wrong { form.refused(&visit.form, issues) } else { form }.html(visit));
    body.push_str(&table(visit, rows).html(visit));
    let crumbs = vec![
        Crumb::to(w.t("members-title"), "/members"),
        Crumb::to(&p.full_name, format!("/members/{}", p.person_id)),
        Crumb::here(w.t("members-holds")),
    ];
    let head = Head::new(w.t("members-holds"), "menu-members").crumbs(crumbs).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// `POST /members/{id}/holds`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (seen, rows) = load(visit)?;
    let id = seen.person.person_id;
    let (raise, reason) = (visit.form.get("act") != "lift", fields::text(&visit.form, "reason"));
    let ground = Ground::from_code(visit.form.get("ground"));
    match issues_of(visit.write(|op| actions::hold_by_hand(op, id, raise, (ground, &reason))))? {
        Ok(()) => {
            let done = if raise { "member-hold-raised" } else { "member-hold-lifted" };
            Ok(Reply::done(format!("/members/{id}/holds"), done))
        }
        Err(issues) => page(visit, &seen, &rows, issues),
    }
}
