//! The monthly list of a branch: several people in or out by one resolution, and the base committee's review (MEM-03).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Pairs, Reply, Table, Visit};

use super::found::stage_word;
use super::probation::base_of;
use super::{Ask, Found, Line, MENU, again, day_of, missing};
use crate::actions::{self, List};
use crate::rules::{Candidate, Step};
use crate::store::ground;

/// What the page was asked about; a refusal stands in the form that was sent.
struct Sent {
    review: bool,
    status: u16,
    issues: Vec<Issue>,
}

/// `GET /development/monthly?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, Ask::read(visit)?.unit, None)
}

fn address(page: &str, unit: Id<Unit>) -> String {
    format!("{page}{}", Pairs::default().with(&[("unit", &unit.to_string())]))
}

fn page(visit: &Visit<'_>, unit: Option<Id<Unit>>, sent: Option<Sent>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let title = w.t("development-monthly");
    let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(title)];
    let status = sent.as_ref().map_or(200, |sent| sent.status);
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    let mut body = format!("<p>{}</p>", w.t("development-monthly-about"));
    let found = Found::take(visit)?;
    let range = units.range(unit);
    let open = |line: &&Line| {
        range.contains(&line.place) && matches!(line.course.stage(), None | Some(Step::Listed | Step::Certified))
    };
    let lines: Vec<&Line> = found.lines.iter().filter(open).collect();
    body.push_str(&table(visit, &found, &lines));
    body.push_str(&reviews(visit, &units, unit)?);
    if let Some(unit) = unit.filter(|unit| visit.permit(Permission::EditMembers, *unit).is_ok()) {
        let of = |review: bool, form: Form| match &sent {
            Some(sent) if sent.review == review => form.refused(&visit.form, sent.issues.clone()),
            _ => form,
        };
        let mine: Vec<&Line> = lines.iter().copied().filter(|line| line.row.unit_id == unit).collect();
        let mut card = |key: &'static str, form: Form| {
            body.push_str(&format!("<section class=\"card\"><h2>{}</h2>{}</section>", w.t(key), form.html(visit)));
        };
        if !mine.is_empty() {
            card("development-monthly-resolve", of(false, list_form(visit, unit, &mine)));
        }
        if base_of(&units, unit) == Some(unit) {
            card("development-monthly-review", of(true, review_form(visit, unit)));
        }
    } else if let Some(sent) = sent {
        return Err(Problem::Refused(sent.issues));
    }
    visit.page_html(status, head, &body)
}

fn table(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("name", w.t("development-name")),
        Column::new("unit", w.t("development-branch")),
        Column::new("stage", w.t("development-stage")),
        Column::new("since", w.t("development-since")),
    ];
    let mut table = Table::new(w.t("development-monthly"), columns);
    table.empty = w.t("development-monthly-nobody").to_owned();
    for line in lines {
        let since = line.course.stage().and_then(|stage| line.course.day(stage));
        let unit = line.row.unit_id;
        table.rows.push(vec![
            Cell::Link(line.row.full_name.clone(), format!("/development/candidates/{}", line.row.candidate_id)),
            Cell::Link(found.units.name(unit), address("/development/monthly", unit)),
            Cell::Text(w.t(stage_word(line.course.stage())).to_owned()),
            Cell::Text(since.map_or_else(String::new, |day| w.day(day))),
        ]);
    }
    table.html(visit)
}

/// Reviews of this month within what is asked.
fn reviews(visit: &Visit<'_>, units: &UnitsToday, unit: Option<Id<Unit>>) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("unit", w.t("development-unit")),
        Column::new("on", w.t("development-on")),
        Column::new("number", w.t("development-number")),
        Column::sentences("note", w.t("development-note")),
    ];
    let mut table = Table::new(w.t("development-monthly-reviews"), columns);
    table.empty = w.t("development-monthly-no-reviews").to_owned();
    let base = unit.and_then(|unit| base_of(units, unit));
    let range = units.range(unit);
    for row in visit.read(|tx| ground::reviews(tx, actions::month_of(visit.today())))? {
        let Some(place) = units.place(row.unit_id).filter(|place| units.sees(visit, *place)) else { continue };
        if range.contains(&place) || base == Some(row.unit_id) {
            table.rows.push(vec![
                Cell::Text(units.name(row.unit_id)),
                Cell::Text(w.day(row.on_day)),
                Cell::Text(row.number),
                Cell::Text([row.note, row.recorded_by].join(" · ")),
            ]);
        }
    }
    Ok(table.html(visit))
}

fn list_form(visit: &Visit<'_>, unit: Id<Unit>, lines: &[&Line]) -> Form {
    let w = visit.w;
    let who = lines.iter().map(|line| {
        let stage = w.t(stage_word(line.course.stage()));
        (line.row.candidate_id.to_string(), format!("{} ({stage})", line.row.full_name))
    });
    let acts = [("enter", "development-monthly-enter"), ("leave", "development-monthly-leave")];
    let acts = acts.map(|(code, key)| (code.to_owned(), w.t(key).to_owned())).to_vec();
    let fields = vec![
        Field::hidden("for", "list"),
        Field::new("who", w.t("development-monthly-who"), Kind::Checks(who.collect())).required(),
        Field::new("act", w.t("development-monthly-act"), Kind::Radios(acts)).value("enter").required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("development-monthly-number")).required(),
        Field::new("note", w.t("development-note"), Kind::Area).hint(w.t("development-monthly-note-hint")),
    ];
    Form::new(address("/development/monthly", unit), w.t("development-monthly-send"), fields)
}

fn review_form(visit: &Visit<'_>, unit: Id<Unit>) -> Form {
    let w = visit.w;
    // Names of its own: a base branch has both forms on one page.
    let fields = vec![
        Field::hidden("for", "review"),
        Field::new("reviewed", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("conclusion", w.t("development-monthly-review-number")).required(),
        Field::new("remark", w.t("development-note"), Kind::Area),
    ];
    Form::new(address("/development/monthly", unit), w.t("development-new-send"), fields)
}

/// `POST /development/monthly?unit=`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let Some(unit) = Ask::read(visit)?.unit else {
        return Err(Problem::Refused(vec![missing("unit", "development-branch-unknown")]));
    };
    let review = visit.form.get("for") == "review";
    let mut issues = Vec::new();
    let [day, number, note] = if review { ["reviewed", "conclusion", "remark"] } else { ["on", "number", "note"] };
    let on = day_of(visit, day, &mut issues);
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let (number, note) = (text(number), text(note));
    let who: Vec<Id<Candidate>> = visit.form.all("who").filter_map(|text| text.parse().ok()).collect();
    let enter = match visit.form.get("act") {
        "enter" => Some(true),
        "leave" => Some(false),
        _ => None,
    };
    if !review && who.is_empty() {
        issues.push(missing("who", "development-monthly-who-needed"));
    }
    if !review && enter.is_none() {
        issues.push(missing("act", "development-monthly-act-needed"));
    }
    let Some(on) = on.filter(|_| issues.is_empty()) else {
        return page(visit, Some(unit), Some(Sent { review, status: 422, issues }));
    };
    let done = visit.write(|op| match review {
        true => actions::review(op, unit, on, (&number, &note)),
        false => {
            let list = List { enter: enter == Some(true), on, number: number.clone(), note: note.clone() };
            actions::on_list(op, unit, &who, &list)
        }
    });
    match done {
        Ok(()) => Ok(Reply::done(address("/development/monthly", unit), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, Some(unit), Some(Sent { review, status, issues }))
        }
    }
}
