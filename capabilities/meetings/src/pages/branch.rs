//! A branch: what this month still owes, its meetings, its months of a year and a half.

use askama::Template;
use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::form::{Kind as Answer, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::{MENU, Place, fields, start, tasks, times, topics};
use crate::actions::{self, New, OPEN};
use crate::branch::members;
use crate::duties;
use crate::rules::{Grade, Kind, Month, Terms};
use crate::store::{self, HeadRow, MonthRow, TaskRow};

/// Months shown.
const BACK: i32 = 17;
/// Meetings usually begin and end.
const USUAL: (u32, u32) = (19 * 60, 20 * 60 + 30);

pub(super) struct Seen {
    pub place: Place,
    meetings: Vec<HeadRow>,
    months: Vec<MonthRow>,
    open: Vec<TaskRow>,
    /// The number the next meeting gets.
    next: u32,
}

impl Seen {
    pub(super) fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let place = Place::load(visit)?;
        let (unit, today) = (place.unit, visit.today());
        let (now, from) = (Month::of(today), Month::of(today).plus(-BACK));
        let people: Vec<_> = members(&visit.house.census, unit, today, today).iter().map(|member| member.id).collect();
        let (meetings, months, open, next) = visit.read(|tx| {
            let mut open = store::tasks_of_many(tx, &people)?;
            open.retain(|task| task.outcome == 0);
            open.sort_by_key(|task| task.due);
            let meetings = store::heads_of(tx, unit, from.0, now.plus(2).0)?;
            Ok((meetings, store::months_of(tx, unit, from.0, now.0)?, open, actions::next_no(tx, unit)?))
        })?;
        Ok(Self { place, meetings, months, open, next })
    }
}

#[derive(Template)]
#[template(path = "branch.html")]
struct BranchPage<'a> {
    w: Tongue<'a>,
    owes: Vec<(&'a str, String)>,
    /// Only one month is shown: which, and the way to all.
    only: Option<(String, String)>,
    open: Option<(String, String)>,
    chart: String,
    months: String,
    meetings: String,
    tasks: String,
    new: String,
    none: String,
    observe: String,
    watchers: String,
    wrong: bool,
}

/// `GET /meetings/units/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    page(visit, &seen, Vec::new())
}

pub(super) fn page(visit: &Visit<'_>, seen: &Seen, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let now = Month::of(visit.today());
    let wrong = !issues.is_empty();
    let mine = |rest: &str| if wrong && visit.place.ends_with(rest) { issues.clone() } else { Vec::new() };
    let first = seen.meetings.iter().rev().find(|row| row.state == OPEN);
    let open = first.map(|row| {
        let kind = Kind::from_number(row.kind).unwrap_or(Kind::Regular);
        let text = w.t2("meetings-title-one", ("kind", w.t(kind.word())), ("month", Month(row.month).text()));
        (text, seen.place.address(&format!("/{}", row.meeting_no)))
    });
    let owes = duties::debts_of(visit, &seen.place.units, seen.place.unit)?;
    let owes = owes.into_iter().map(|(rule, word, months)| (rule, w.t1(word, "month", duties::months_text(&months))));
    let owes = owes.collect();
    let keep = seen.place.may_keep;
    let here = seen.place.unit.to_string();
    let asked = visit.query.some("month").and_then(Month::from_code);
    let only = asked.map(|month| (w.t1("meetings-only-month", "month", month.text()), seen.place.address("")));
    let content = BranchPage {
        w,
        owes,
        only,
        open,
        chart: super::charts::of_branch(visit, &seen.months, now, BACK),
        months: months(visit, seen, now)?,
        meetings: meetings(visit, seen),
        tasks: tasks::table(visit, &seen.open, w.t("meetings-open-tasks")),
        new: if keep { new_form(visit, seen, mine(&here))? } else { String::new() },
        none: if keep { none_form(visit, seen, mine("/none")).html(visit) } else { String::new() },
        observe: match visit.permit(Permission::EditUnits, seen.place.unit) {
            Ok(()) => observe_form(visit, seen, mine("/observation")).html(visit),
            Err(_) => String::new(),
        },
        watchers: [
            super::watchers::of_branch(visit, &seen.place, mine("/watchers"))?,
            super::pilot::section(visit, &seen.place, mine("/pilot"))?,
            super::plan::section(visit, &seen.place, mine("/plan"))?,
            super::plan::group_section(visit, &seen.place, mine("/groups"))?,
        ]
        .concat(),
        wrong,
    };
    let name = seen.place.name();
    let crumbs = vec![Crumb::to(w.t("meetings-title"), "/meetings"), Crumb::here(name.as_str())];
    let head = Head::new(w.t1("meetings-of-branch", "name", &name), MENU).crumbs(crumbs).with_error(wrong);
    visit.page_with(if wrong { 422 } else { 200 }, head, &content)
}

fn new_form(visit: &Visit<'_>, seen: &Seen, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let terms = Terms::on(visit.today())?;
    let last = seen.meetings.first();
    let times = last.and_then(|row| row.begins.zip(row.ends)).unwrap_or(USUAL);
    let place = last.map_or("", |row| row.place.as_str());
    let start = start::of(visit, &seen.place, &terms, last.map(|row| row.meeting_no))?;
    let length = w.t2("meetings-length-hint", ("regular", terms.minutes.0), ("thematic", terms.minutes.1));
    let fields = vec![
        Field::hidden("after", seen.next.to_string()),
        Field::new("kind", w.t("meetings-kind"), Answer::Select(fields::kinds(visit))).required(),
        Field::new("on", w.t("meetings-on"), Answer::Day).value(visit.today().to_string()).required(),
        Field::text("from", w.t("meetings-from")).value(times::text(times.0)).hint(length).required(),
        Field::text("to", w.t("meetings-to")).value(times::text(times.1)).required(),
        Field::text("place", w.t("meetings-place")).value(place),
        Field::new("items", w.t("meetings-items"), Answer::Area).value(start.agenda).hint(w.t("meetings-items-hint")),
    ];
    let form = Form::new(seen.place.address(""), w.t("meetings-open-do"), fields);
    let form = if issues.is_empty() { form } else { form.refused_anew(&visit.form, issues) };
    Ok(format!("{}{}", start.around, form.html(visit)))
}

fn month_field(visit: &Visit<'_>, name: &str) -> Field {
    let now = Month::of(visit.today());
    let months = (0..=BACK).map(|back| now.plus(-back)).map(|month| (month.code(), month.text())).collect();
    Field::new(name, visit.w.t("meetings-month"), Answer::Select(months)).required()
}

fn none_form(visit: &Visit<'_>, seen: &Seen, issues: Vec<Issue>) -> Form {
    let w = visit.w;
    let reason = Field::new("none-reason", w.t("meetings-none-why"), Answer::Area).required();
    let form =
        Form::new(seen.place.address("/none"), w.t("meetings-none-do"), vec![month_field(visit, "none-month"), reason]);
    if issues.is_empty() { form } else { form.refused(&visit.form, issues) }
}

fn observe_form(visit: &Visit<'_>, seen: &Seen, issues: Vec<Issue>) -> Form {
    let w = visit.w;
    let points = Field::text("points", w.t("meetings-observed-points")).hint(w.t("meetings-observed-hint")).required();
    let fields = vec![month_field(visit, "observed-month"), points];
    let form = Form::new(seen.place.address("/observation"), w.t("meetings-observed-do"), fields);
    if issues.is_empty() { form } else { form.refused(&visit.form, issues) }
}

/// The months as a table, the newest first.
fn months(visit: &Visit<'_>, seen: &Seen, now: Month) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("month", w.t("meetings-month")),
        Column::new("state", w.t("meetings-state")),
        Column::number("attendance", w.t("meetings-attendance")),
        Column::number("spoke", w.t("meetings-spoke-share")),
        Column::new("score", w.t("meetings-score")),
        Column::number("observed", w.t("meetings-observed")),
    ];
    let mut table = Table::new(w.t("meetings-months"), columns);
    table.empty = w.t("meetings-no-months").to_owned();
    let asked = visit.query.some("month").and_then(Month::from_code);
    let shown = |row: &&MonthRow| row.month <= now.0 && asked.is_none_or(|month| month.0 == row.month);
    for row in seen.months.iter().rev().filter(shown) {
        let (word, class) = match row.met {
            1 => ("meetings-open", "gold"),
            2 if row.late == 1 => ("meetings-met-late", "warn"),
            2 => ("meetings-met", "ok"),
            3 => ("meetings-none", ""),
            _ => ("meetings-silent", "bad"),
        };
        let share = |part: u32, whole: u32| {
            if row.met == 2 && whole > 0 { w.percent(u64::from(part), u64::from(whole)) } else { String::new() }
        };
        let grade = Grade::from_number(row.grade).filter(|_| row.met == 2);
        let score = grade.map_or_else(
            || Cell::Text(row.reason.clone()),
            |grade| {
                let said = w.t2("meetings-score-tag", ("points", row.score), ("grade", w.t(grade.word())));
                Cell::Tag(said, grade.class())
            },
        );
        table.rows.push(vec![
            Cell::Text(Month(row.month).text()),
            Cell::Tag(w.t(word).to_owned(), class),
            Cell::Text(share(row.present, row.due)),
            Cell::Text(share(row.spoke, row.present)),
            score,
            Cell::Text(if row.seen_score > 0 { w.n(row.seen_score) } else { String::new() }),
        ]);
    }
    Ok(table.html(visit))
}

fn meetings(visit: &Visit<'_>, seen: &Seen) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("meeting", w.t("meetings-meeting")),
        Column::new("on", w.t("meetings-on")),
        Column::new("state", w.t("meetings-state")),
    ];
    let mut table = Table::new(w.t("meetings-all"), columns);
    table.empty = w.t("meetings-no-meetings").to_owned();
    let asked = visit.query.some("month").and_then(Month::from_code);
    for row in seen.meetings.iter().filter(|row| asked.is_none_or(|month| month.0 == row.month)) {
        let kind = Kind::from_number(row.kind).unwrap_or(Kind::Regular);
        let text = w.t2("meetings-title-one", ("kind", w.t(kind.word())), ("month", Month(row.month).text()));
        let (word, class) = if row.state == OPEN { ("meetings-open", "gold") } else { ("meetings-closed", "ok") };
        table.rows.push(vec![
            Cell::Link(text, seen.place.address(&format!("/{}", row.meeting_no))),
            Cell::Text(row.on_day.map_or_else(String::new, |day| w.day(day))),
            Cell::Tag(w.t(word).to_owned(), class),
        ]);
    }
    table.html(visit)
}

/// `POST /meetings/units/{id}`.
pub(super) fn open(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let mut issues = Vec::new();
    let on = visit.form.day("on", visit.today()).ok().flatten();
    if on.is_none() {
        issues.push(missing("on", "meetings-bad-day"));
    }
    let mut time = |field: &str| {
        times::minutes(visit.form.get(field)).unwrap_or_else(|| {
            issues.push(missing(field, "meetings-no-time"));
            0
        })
    };
    let times = (time("from"), time("to"));
    let kind = visit.form.get("kind").parse().ok().and_then(Kind::from_number);
    if kind.is_none() {
        issues.push(missing("kind", "meetings-no-kind"));
    }
    issues.extend(fields::check_agenda(&visit.form));
    let (Some(on), Some(kind), true) = (on, kind, issues.is_empty()) else { return page(visit, &seen, issues) };
    let known = topics::of(visit, &seen.place, &Terms::on(on)?);
    let items = fields::agenda(visit.form.get("items"), &[], &known).into_iter();
    let items = items.map(|item| (item.part, item.topic, item.title)).collect();
    let place = clean(visit.form.get("place")).into_owned();
    let next = visit.form.get("after").parse().ok();
    let new = New { unit: seen.place.unit, kind, on, times, place, next, items };
    match issues_of(visit.write(|op| actions::open(op, &new)))? {
        Ok(no) => Ok(Reply::done(seen.place.address(&format!("/{no}")), "saved")),
        Err(issues) => page(visit, &seen, issues),
    }
}

/// `POST …/none`.
pub(super) fn none(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let Some(month) = Month::from_code(visit.form.get("none-month")) else {
        return page(visit, &seen, vec![missing("none-month", "meetings-no-month")]);
    };
    let long = fields::check_lines(&visit.form, &["none-reason"]);
    if !long.is_empty() {
        return page(visit, &seen, long);
    }
    let reason = clean(visit.form.get("none-reason")).into_owned();
    let unit = seen.place.unit;
    match issues_of(visit.write(|op| actions::say_none(op, unit, month, &reason)))? {
        Ok(()) => Ok(Reply::done(seen.place.address(""), "saved")),
        Err(issues) => page(visit, &seen, issues),
    }
}

/// `POST …/observation`.
pub(super) fn observe(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let month = Month::from_code(visit.form.get("observed-month"));
    let points = visit.form.get("points").trim().parse::<u32>().ok();
    let (Some(month), Some(points)) = (month, points) else {
        return page(visit, &seen, vec![missing("points", "meetings-points-range")]);
    };
    let unit = seen.place.unit;
    match issues_of(visit.write(|op| actions::observe(op, unit, month, points)))? {
        Ok(()) => Ok(Reply::done(seen.place.address(""), "saved")),
        Err(issues) => page(visit, &seen, issues),
    }
}
