//! Somebody on probation who takes part elsewhere for a time: what the branch there remarks (MEM-35).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit, html};

use super::{MENU, again, day_of};
use crate::actions;
use crate::rules::{Opinion, Remark, Stay};
use crate::store::stay::{RemarkRow, remarks_of};

/// A member, where he stays, what was remarked on him.
struct One {
    person: Id<Person>,
    name: String,
    home: Id<Unit>,
    stay: Option<Stay>,
    rows: Vec<RemarkRow>,
    /// The viewer sees his home branch.
    at_home: bool,
    /// The viewer may write a remark down.
    may: bool,
    units: UnitsToday,
}

/// The address about a member.
pub(super) fn address(person: Id<Person>) -> String {
    format!("/development/probation/{person}/stay")
}

/// Where somebody stays, in words.
pub(super) fn place(visit: &Visit<'_>, units: &UnitsToday, stay: Stay) -> String {
    stay.unit.map_or_else(|| visit.w.t("development-stay-outside").to_owned(), |unit| units.name(unit))
}

impl One {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let today = visit.today();
        let (home, stay, rows, on_probation) = visit.read(|tx| {
            let home = chibo_members::actions::home_of(tx, person, today)?;
            let (stay, rows) = (actions::stay_of(tx, person, today)?, remarks_of(tx, person)?);
            let standings = chibo_members::standings_of(tx, person)?;
            let on = standings.last().is_some_and(|(.., one)| *one == chibo_members::codes::Standing::Probationary);
            Ok((home, stay, rows, on))
        })?;
        let there = stay.and_then(|stay| stay.unit);
        let there = there.is_some_and(|unit| visit.permit(Permission::EditMembers, unit).is_ok());
        let at_home = visit.permit(Permission::ViewMembers, home).is_ok();
        // Whoever reaches neither side learns nothing of him.
        if !there && !at_home {
            return Err(Problem::NotFound);
        }
        let edits = there || visit.permit(Permission::EditMembers, home).is_ok();
        let view = visit.house.census.view(today);
        let name = view.no(person).map(|no| view.name(no)).ok_or(Problem::NotFound)?;
        let (may, units) = (edits && on_probation, UnitsToday::of(visit));
        Ok(Self { person, name, home, stay, rows, at_home, may, units })
    }
}

/// `GET /development/probation/{id}/stay`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let mut body = format!("<p>{}</p>", w.t("development-stay-about"));
    match one.stay {
        Some(stay) => {
            let facts = [
                ("development-stay-home", one.units.name(one.home)),
                ("development-stay-where", place(visit, &one.units, stay)),
                ("development-stay-since", w.day(stay.since)),
            ];
            body.push_str("<section class=\"card\"><dl class=\"facts\">");
            for (key, text) in facts {
                body.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", w.t(key), html::escape(&text)));
            }
            body.push_str("</dl></section>");
        }
        None => body.push_str(&format!("<p class=\"empty\">{}</p>", w.t("development-stay-nowhere"))),
    }
    body.push_str(&table(visit, one));
    match (one.may, refused) {
        (true, refused) => {
            let form = form(visit, one);
            let form = match refused {
                Some((_, issues)) => form.refused_anew(&visit.form, issues),
                None => form,
            };
            body.push_str(&format!("<section class=\"card\">{}</section>", form.html(visit)));
        }
        // No form to say it on.
        (false, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (false, None) => {}
    }
    let title = w.t("development-stay");
    let mut crumbs = vec![Crumb::to(w.t("development-title"), "/development")];
    if one.at_home {
        crumbs.push(Crumb::to(one.name.clone(), format!("/development/probation/{}", one.person)));
    }
    crumbs.push(Crumb::here(title));
    let head = Head::new(format!("{title}: {}", one.name), MENU).crumbs(crumbs).with_error(status != 200);
    visit.page_html(status, head, &body)
}

fn table(visit: &Visit<'_>, one: &One) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("on", w.t("development-on")),
        Column::new("opinion", w.t("development-remark-opinion")),
        Column::sentences("note", w.t("development-remark")),
        Column::new("number", w.t("development-number")),
        Column::new("unit", w.t("development-remark-by")),
    ];
    let mut table = Table::new(w.t("development-remarks"), columns);
    table.empty = w.t("development-remarks-none").to_owned();
    for row in one.rows.iter().rev() {
        let opinion = Opinion::from_code(&row.opinion).map_or("", |one| w.t(one.word()));
        let who = w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        table.rows.push(vec![
            Cell::Text(w.day(row.on_day)),
            Cell::Text(opinion.to_owned()),
            Cell::Text(format!("{} · {who}", row.note)),
            Cell::Text(row.number.clone()),
            Cell::Text(one.units.name(row.unit_id)),
        ]);
    }
    table.html(visit)
}

fn form(visit: &Visit<'_>, one: &One) -> Form {
    let w = visit.w;
    let opinions = Opinion::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let fields = vec![
        Field::hidden("after", one.rows.len().to_string()),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::new("opinion", w.t("development-remark-opinion"), Kind::Radios(opinions)).required(),
        Field::new("note", w.t("development-remark"), Kind::Area).hint(w.t("development-remark-hint")).required(),
        Field::text("number", w.t("development-number")).hint(w.t("development-remark-number-hint")),
    ];
    Form::new(address(one.person), w.t("development-remark-send"), fields)
}

/// `POST /development/probation/{id}/stay`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let on = day_of(visit, "on", &mut issues);
    let Some(on) = on else { return page(visit, &one, Some((422, issues))) };
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let opinion = Opinion::from_code(visit.form.get("opinion"));
    let new = Remark { on, opinion, number: text("number"), note: text("note") };
    let after = visit.form.get("after").parse().unwrap_or(u32::MAX);
    match visit.write(|op| actions::remark(op, one.person, &new, after)) {
        Ok(()) => Ok(Reply::done(address(one.person), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
