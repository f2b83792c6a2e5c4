//! The list of members of an organisation to be founded: who is on it, and who of a branch may be put on it.

use askama::Template;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_organisation::finding::find_units;
use chibo_web::form::boxed;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::issues_of;
use super::seen::Seen;
use crate::actions;
use crate::scene::Listed;

/// Branches offered.
const BRANCHES: usize = 30;

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage<'a> {
    w: Tongue<'a>,
    strength: String,
    listed: String,
    place: String,
    typed: String,
    branches: Vec<(String, String)>,
    offered: String,
}

/// The case, if its list may still be changed by the viewer.
fn draft(visit: &Visit<'_>) -> Result<Seen, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditUnits, seen.file.plan.keeper())?;
    if seen.phase.is_draft() && seen.file.lists_members() {
        return Ok(seen);
    }
    Err(Problem::Conflict(Said::new("lifecycle-stands-elsewhere")))
}

/// The branch whose members are offered.
fn branch(visit: &Visit<'_>) -> Result<Option<Id<Unit>>, Problem> {
    let Some(text) = visit.query.some("unit") else { return Ok(None) };
    let unit = text.parse().map_err(|_| Problem::NotFound)?;
    visit.permit(Permission::EditMembers, unit)?;
    Ok(Some(unit))
}

/// `GET /lifecycle/cases/{id}/members?unit=&q=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = draft(visit)?;
    page(visit, &seen, Vec::new())
}

fn page(visit: &Visit<'_>, seen: &Seen, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let unit = branch(visit)?;
    let strength = seen.course.strength;
    let taking_off = visit.form.get("do") == "off";
    let people: Vec<Id<Person>> = seen.file.listed.keys().copied().collect();
    // Names are for those who may see members there.
    let may = |unit: Id<Unit>| visit.permit(Permission::ViewMembers, unit).is_ok();
    let listed = seen.scene.listed(&people, &may)?;
    let offered = match unit {
        None => Vec::new(),
        Some(unit) => {
            let members = seen.scene.members_on(unit, seen.scene.today);
            let free: Vec<_> = members.into_iter().filter(|person| !seen.file.listed.contains_key(person)).collect();
            seen.scene.listed(&free, &may)?
        }
    };
    let status = if issues.is_empty() { 200 } else { 422 };
    let mine = |of_off: bool| if of_off == taking_off { issues.clone() } else { Vec::new() };
    let page = MembersPage {
        w,
        strength: w.t2("lifecycle-strength-text", ("official", w.n(strength.official)), ("all", w.n(strength.all))),
        listed: ticked(visit, seen, &listed, "off", mine(true)),
        place: visit.place.clone(),
        typed: visit.query.get("q").to_owned(),
        branches: branches(visit, seen),
        offered: unit.map_or_else(String::new, |_| ticked(visit, seen, &offered, "on", mine(false))),
    };
    let head = seen.head(visit, Some(w.t("lifecycle-members-edit"))).with_error(status == 422);
    visit.page_with(status, head, &page)
}

/// Branches that fit what was typed: name and address.
fn branches(visit: &Visit<'_>, seen: &Seen) -> Vec<(String, String)> {
    let Some(typed) = visit.query.some("q") else { return Vec::new() };
    let scene = &seen.scene;
    let found = find_units((&scene.forest, &scene.tree, scene.places()), visit.who(), typed, BRANCHES);
    let holds = |unit: Id<Unit>| scene.kind(unit).is_some_and(|kind| kind.holds_members());
    let may = |unit: Id<Unit>| visit.permit(Permission::EditMembers, unit).is_ok();
    let fitting = found.into_iter().map(|hit| hit.unit).filter(|unit| holds(*unit) && may(*unit));
    fitting.map(|unit| (scene.name(unit), format!("{}?unit={unit}", visit.place))).collect()
}

/// People with a box beside each, and what is done with those ticked.
fn ticked(visit: &Visit<'_>, seen: &Seen, people: &[Listed], does: &str, issues: Vec<Issue>) -> String {
    let w = visit.w;
    let (caption, send, empty) = match does {
        "off" => ("lifecycle-members", "lifecycle-members-off", "lifecycle-members-none"),
        _ => ("lifecycle-members-of-branch", "lifecycle-members-on", "lifecycle-members-all-listed"),
    };
    let mut table = Table::new(
        w.t(caption),
        vec![
            Column::new("name", w.t("lifecycle-member")),
            Column::new("unit", w.t("lifecycle-branch")),
            Column::new("standing", w.t("lifecycle-standing")),
        ],
    );
    table.empty = w.t(empty).to_owned();
    for person in people {
        let id = person.id.to_string();
        let name = if person.name.is_empty() { w.t("lifecycle-member-hidden") } else { person.name.as_str() };
        let standing = if person.official { "lifecycle-official-one" } else { "lifecycle-probationary-one" };
        let home = person.home.map_or_else(String::new, |home| seen.scene.name(home));
        table.rows.push(vec![
            boxed(visit, ("who", &id), name, ""),
            Cell::Text(home),
            Cell::Text(w.t(standing).to_owned()),
        ]);
    }
    let rows = table.html(visit);
    if people.is_empty() {
        return rows;
    }
    let action = seen.address(&format!("/members{}", visit.query.with(&[("done", "")])));
    let form = Form::new(action, w.t(send), vec![Field::hidden("do", does)]).about(rows);
    if issues.is_empty() { form.html(visit) } else { form.refused(&visit.form, issues).html(visit) }
}

/// `POST /lifecycle/cases/{id}/members` with the query of the page.
pub(super) fn put(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = draft(visit)?;
    let people: Vec<Id<Person>> = visit.form.all("who").filter_map(|who| who.parse().ok()).collect();
    let (id, listed) = (seen.file.id(), visit.form.get("do") != "off");
    match issues_of(visit.write(|op| actions::list_members(op, id, &people, listed)))? {
        Ok(()) => {
            let back = seen.address(&format!("/members{}", visit.query.with(&[("done", "")])));
            Ok(Reply::done(back, "saved"))
        }
        Err(issues) => page(visit, &seen, issues),
    }
}
