//! Assignments of a meeting, and what became of one.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Said};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::desk::{Desk, page, version};
use super::{MENU, Place, fields};
use crate::actions::{self, NewTask, Outcome};
use crate::rules::Task;
use crate::store::{self, TaskRow};

/// Word and colour of what became of an assignment.
pub(super) fn state(row: &TaskRow, today: chibo_kernel::Day) -> (&'static str, &'static str) {
    match row.outcome {
        1 => ("meetings-task-done", "ok"),
        2 => ("meetings-task-late", "warn"),
        3 => ("meetings-task-dropped", ""),
        _ if row.due < today => ("meetings-task-overdue", "bad"),
        _ => ("meetings-task-open", "gold"),
    }
}

/// A list of assignments.
pub(super) fn table(visit: &Visit<'_>, rows: &[TaskRow], title: &str) -> String {
    let w = visit.w;
    let columns = vec![
        Column::sentences("what", w.t("meetings-task-what")),
        Column::new("member", w.t("meetings-member")),
        Column::new("due", w.t("meetings-task-due")),
        Column::new("state", w.t("meetings-task-state")),
    ];
    let mut table = Table::new(title, columns);
    table.empty = w.t("meetings-no-tasks").to_owned();
    let view = visit.house.census.view(visit.today());
    let name = |id: Id<Person>| view.name_of(id).unwrap_or_default();
    for row in rows {
        let (word, class) = state(row, visit.today());
        let href = format!("/meetings/units/{}/tasks/{}", row.unit_id, row.task_id);
        table.rows.push(vec![
            Cell::LinkWith(row.what.clone(), href, row.product.clone()),
            Cell::Text(name(row.member_id)),
            Cell::Text(w.day(row.due)),
            Cell::Tag(w.t(word).to_owned(), class),
        ]);
    }
    table.html(visit)
}

/// The assignments of a meeting with the form that gives one more.
pub(super) fn html(visit: &Visit<'_>, desk: &Desk, issues: Vec<Issue>) -> String {
    let w = visit.w;
    let mut out = table(visit, &desk.tasks, w.t("meetings-tasks"));
    if !desk.is_open() {
        return out;
    }
    let choices = desk.members.iter().map(|member| (member.id.to_string(), member.name.clone())).collect();
    let fields = vec![
        Field::hidden("version", desk.row.version.to_string()),
        Field::hidden("after", desk.tasks.len().to_string()),
        Field::new("member", w.t("meetings-task-whose"), Kind::Select(choices)).required(),
        Field::text("what", w.t("meetings-task-what")).required(),
        Field::text("product", w.t("meetings-task-product")),
        Field::new("due", w.t("meetings-task-due"), Kind::Day).required(),
    ];
    let mut form = Form::new(desk.address("/tasks"), w.t("meetings-task-give"), fields);
    let open = !issues.is_empty();
    if open {
        form = form.refused_anew(&visit.form, issues);
    }
    let state = if open { " open" } else { "" };
    let summary = w.t("meetings-task-give");
    out.push_str(&format!("<details class=\"more\"{state}><summary>{summary}</summary>{}</details>", form.html(visit)));
    out
}

/// `POST …/tasks`.
pub(super) fn assign(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let key = (desk.place.unit, desk.row.meeting_no, version(visit)?);
    let mut issues = Vec::new();
    let due = visit.form.day("due", visit.today()).ok().flatten();
    if due.is_none() {
        issues.push(missing("due", "meetings-no-due"));
    }
    let member = visit.form.get("member").parse::<Id<Person>>().ok();
    if member.is_none() {
        issues.push(missing("member", "meetings-no-member"));
    }
    issues.extend(fields::check_lines(&visit.form, &["what", "product"]));
    let (Some(due), Some(member), true) = (due, member, issues.is_empty()) else { return page(visit, &desk, issues) };
    let line = |name: &str| clean(visit.form.get(name)).into_owned();
    let seen = visit.form.get("after").parse().ok();
    let new = NewTask { person: member, what: line("what"), product: line("product"), due, seen };
    match visit.write(|op| actions::assign(op, key, &new)) {
        Ok(_) => Ok(Reply::done(desk.address(""), "saved")),
        Err(Problem::Refused(issues)) => page(visit, &desk, issues),
        Err(other) => Err(other),
    }
}

fn load(visit: &Visit<'_>) -> Result<(Place, TaskRow, bool), Problem> {
    let unit = visit.id("id")?;
    let task: Id<Task> = visit.id("task")?;
    let today = visit.today();
    let (row, home) = visit.read(|tx| {
        let row = store::task(tx, unit, task)?.ok_or(Problem::NotFound)?;
        let home = chibo_members::actions::home_of(tx, row.member_id, today)?;
        Ok((row, home))
    })?;
    // The branch that gave it sees it, and the one the member belongs to now.
    let may = |permission| [unit, home].iter().any(|unit| visit.permit(permission, *unit).is_ok());
    if !may(Permission::ViewMembers) {
        return Err(Problem::NotFound);
    }
    let units = chibo_organisation::UnitsToday::of(visit);
    Ok((Place { unit, units, may_keep: may(Permission::EditMembers) }, row, may(Permission::EditMembers)))
}

fn one(visit: &Visit<'_>, (place, row, may): &(Place, TaskRow, bool), issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !issues.is_empty();
    let mut body = format!("<section class=\"card\">{}", table(visit, std::slice::from_ref(row), w.t("meetings-task")));
    if row.outcome == 0 && *may {
        let outcomes = [("done", "meetings-task-is-done"), ("dropped", "meetings-task-is-dropped")];
        let outcomes = outcomes.map(|(code, word)| (code.to_owned(), w.t(word).to_owned()));
        let fields = vec![
            Field::new("outcome", w.t("meetings-task-state"), Kind::Radios(outcomes.into())).value("done").required(),
            Field::new("done", w.t("meetings-task-done-on"), Kind::Day).value(visit.today().to_string()),
            Field::text("note", w.t("meetings-task-note")),
        ];
        let address = place.address(&format!("/tasks/{}", row.task_id));
        let mut form = Form::new(address, w.t("meetings-save"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        body.push_str(&form.html(visit));
    } else if !row.note.is_empty() {
        body.push_str("<p>");
        chibo_web::html::push(&mut body, &row.note);
        body.push_str("</p>");
    }
    body.push_str("</section>");
    let meeting = place.address(&format!("/{}", row.meeting_no));
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(place.name(), place.address("")),
        Crumb::to(w.t("meetings-meeting"), meeting),
        Crumb::here(w.t("meetings-task")),
    ];
    let head = Head::new(w.t("meetings-task"), MENU).crumbs(crumbs).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// `GET …/tasks/{task}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = load(visit)?;
    one(visit, &found, Vec::new())
}

/// `POST …/tasks/{task}`.
pub(super) fn end(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = load(visit)?;
    let (place, row, _) = &found;
    let long = fields::check_lines(&visit.form, &["note"]);
    if !long.is_empty() {
        return one(visit, &found, long);
    }
    let note = clean(visit.form.get("note")).into_owned();
    let outcome = match visit.form.get("outcome") {
        "dropped" => Ok(Outcome::Dropped),
        _ => match visit.form.day("done", visit.today())? {
            Some(day) => Ok(Outcome::Done(day)),
            None => Err(Problem::field("done", Said::new("meetings-no-due"))),
        },
    };
    let key = (place.unit, row.task_id);
    let done = outcome.and_then(|outcome| visit.write(|op| actions::end(op, key, outcome, &note)));
    match issues_of(done)? {
        Ok(()) => Ok(Reply::done(place.address(&format!("/tasks/{}", row.task_id)), "saved")),
        Err(issues) => one(visit, &found, issues),
    }
}
