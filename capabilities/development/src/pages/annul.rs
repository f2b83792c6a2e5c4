//! Cancelling a decision of admission or recognition, and what was cancelled (MEM-41).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::{MENU, again, day_of, missing, print};
use crate::actions::{self, Annullable};
use crate::rules::{Annulment, Decision, Flaw, Redo};
use crate::store::annul::{AnnulmentRow, annulments_of};

/// A member and the decisions about him.
struct One {
    person: Id<Person>,
    name: String,
    found: Annullable,
    rows: Vec<AnnulmentRow>,
    /// The committee above his branch, where the viewer may act for it.
    above: Option<Id<Unit>>,
    units: UnitsToday,
}

/// The address about a member.
pub(super) fn address(person: Id<Person>) -> String {
    format!("/development/members/{person}/cancellation")
}

/// The committee above a branch, if the viewer may act for it: only then there is something to offer.
pub(super) fn above(visit: &Visit<'_>, units: &UnitsToday, branch: Id<Unit>) -> Option<Id<Unit>> {
    let up = units.place(branch).and_then(|place| units.tree.parent(place)).and_then(|up| units.id(up))?;
    visit.permit(Permission::EditMembers, up).is_ok().then_some(up)
}

impl One {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let person: Id<Person> = visit.id("id")?;
        let today = visit.today();
        let (unit, found, rows) = visit.read(|tx| {
            let unit = chibo_members::actions::home_of(tx, person, today)?;
            Ok((unit, Annullable::of(tx, person)?, annulments_of(tx, person)?))
        })?;
        visit.permit(Permission::ViewMembers, unit)?;
        let name = visit.read(|tx| chibo_members::printed_of(tx, person))?.ok_or(Problem::NotFound)?.name;
        let units = UnitsToday::of(visit);
        let above = above(visit, &units, unit);
        Ok(Self { person, name, found, rows, above, units })
    }
}

/// `GET /development/members/{id}/cancellation`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let mut body = format!("<p>{}</p>{}", w.t("development-annul-about"), table(visit, one));
    if !one.rows.is_empty() {
        body.push_str(&print::links(visit, &print::of_cancelled(visit, one.person)));
    }
    match (one.above.filter(|_| one.found.member), refused) {
        (Some(_), refused) => {
            let form = form(visit, one);
            let form = match refused {
                Some((_, issues)) => form.refused(&visit.form, issues),
                None => form,
            };
            body.push_str(&format!("<section class=\"card\">{}</section>", form.html(visit)));
        }
        // No form to say it on.
        (None, Some((_, issues))) => return Err(Problem::Refused(issues)),
        (None, None) => {}
    }
    let title = w.t("development-annul");
    let crumbs = vec![
        Crumb::to(w.t("development-title"), "/development"),
        Crumb::to(one.name.clone(), format!("/members/{}", one.person)),
        Crumb::here(title),
    ];
    let mut head = Head::new(format!("{title}: {}", one.name), MENU).crumbs(crumbs).with_error(status != 200);
    if let Some((id, _)) = &one.found.candidate {
        head = head.action(w.t("development-annul-file"), format!("/development/candidates/{id}"), false);
    }
    if !one.found.recognition.is_empty() {
        let href = format!("/development/probation/{}", one.person);
        head = head.action(w.t("development-annul-road"), href, false);
    }
    visit.page_html(status, head, &body)
}

fn table(visit: &Visit<'_>, one: &One) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("what", w.t("development-annul-what")),
        Column::new("flaw", w.t("development-annul-flaw")),
        Column::new("redo", w.t("development-annul-redo")),
        Column::new("on", w.t("development-on")),
        Column::new("number", w.t("development-number")),
        Column::new("by", w.t("development-annul-by")),
        Column::sentences("why", w.t("development-annul-reason")),
    ];
    let mut table = Table::new(w.t("development-annul-done"), columns);
    table.empty = w.t("development-annul-none").to_owned();
    for row in one.rows.iter().rev() {
        let what = Decision::from_code(&row.decision).map_or("", |one| w.t(one.word()));
        let flaw = Flaw::from_code(&row.flaw).map_or("", |one| w.t(one.word()));
        let redo = Redo::from_code(&row.redo).map_or(w.t("development-redo-none"), |one| w.t(one.word()));
        let who = w.t2("development-recorded", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)));
        table.rows.push(vec![
            Cell::Text(what.to_owned()),
            Cell::Text(flaw.to_owned()),
            Cell::Text(redo.to_owned()),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(row.number.clone()),
            Cell::Text(one.units.name(row.unit_id)),
            Cell::Text(format!("{} · {who}", row.reason)),
        ]);
    }
    table.html(visit)
}

fn form(visit: &Visit<'_>, one: &One) -> Form {
    let w = visit.w;
    let decisions = Decision::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let flaws = Flaw::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let redone = Redo::ALL.iter().map(|one| (one.code().to_owned(), w.t(one.word()).to_owned())).collect();
    let fields = vec![
        Field::new("what", w.t("development-annul-what"), Kind::Radios(decisions)).required(),
        Field::new("flaw", w.t("development-annul-flaw"), Kind::Radios(flaws)).required(),
        Field::new("redo", w.t("development-annul-redo"), Kind::Radios(redone))
            .hint(w.t("development-annul-redo-hint")),
        Field::text("number", w.t("development-number")).required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::new("reason", w.t("development-annul-reason"), Kind::Area).required(),
    ];
    Form::new(address(one.person), w.t("development-annul-send"), fields)
}

/// `POST /development/members/{id}/cancellation`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let above = one.above.ok_or(Problem::NotFound)?;
    let mut issues = Vec::new();
    let what = Decision::from_code(visit.form.get("what"));
    let flaw = Flaw::from_code(visit.form.get("flaw"));
    if what.is_none() {
        issues.push(missing("what", "development-annul-what-needed"));
    }
    if flaw.is_none() {
        issues.push(missing("flaw", "development-annul-flaw-needed"));
    }
    let on = day_of(visit, "on", &mut issues);
    let (Some(what), Some(flaw), Some(on)) = (what, flaw, on) else { return page(visit, &one, Some((422, issues))) };
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let redo = Redo::from_code(visit.form.get("redo"));
    let new = Annulment { what, flaw, redo, number: text("number"), on, reason: text("reason") };
    match visit.write(|op| actions::annul(op, one.person, above, &new)) {
        Ok(()) => Ok(Reply::done(address(one.person), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &One::load(visit)?, Some(refused))
        }
    }
}
