//! Quarterly briefings of a committee with the secretaries of its branches (giao ban quý, MTG-12).

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Unit};
use chibo_papers::document::{Block, Closing, DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Policy, Reply, Route, Table, Visit};

use super::briefing_agenda::{agenda, named};
use super::fields;
use super::library::{Committee, card, paragraphs};
use crate::actions::{self, Briefing, OPEN};
use crate::rules::Month;
use crate::store::{self, BriefingRow, BriefingTaskRow};

/// A committee with more branches briefs its parts, not its branches.
const MOST_BRANCHES: usize = 400;
/// Characters of agenda and minutes.
const MOST: usize = 20_000;
const LIST: (&str, &str) = ("meetings-briefings", "/meetings/briefings");

/// The addresses.
pub(super) fn routes() -> Vec<Route> {
    let (above, decide) = (Policy::Needs(Permission::ViewReports), Policy::Needs(Permission::EditUnits));
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/meetings/briefings", above, list).slow(),
        Route::post("/meetings/briefings/{id}", decide, open),
        Route::get("/meetings/briefings/{id}/{briefing}", above, one).slow(),
        Route::post("/meetings/briefings/{id}/{briefing}", decide, write),
        Route::post("/meetings/briefings/{id}/{briefing}/tasks", decide, assign),
        Route::post("/meetings/briefings/{id}/{briefing}/tasks/{task}", decide, end),
        Route::get("/meetings/briefings/{id}/{briefing}/paper.docx", export, docx).slow(),
        Route::get("/meetings/briefings/{id}/{briefing}/paper.pdf", export, pdf).slow(),
    ]
}

/// A quarter as read, `Quý 4/2026`.
fn quarter_text(visit: &Visit<'_>, quarter: i32) -> String {
    let month = Month(quarter);
    visit.w.t2("meetings-briefing-quarter", ("no", month.quarter()), ("year", month.year().to_string()))
}

pub(super) fn branches(visit: &Visit<'_>, committee: &Committee) -> Vec<Id<Unit>> {
    let units = &committee.view.units;
    let places = committee.view.branches(visit, units.range(Some(committee.unit)));
    places.filter_map(|place| units.id(place)).collect()
}

/// `GET /meetings/briefings?unit=`.
fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    page(visit, &committee, Vec::new())
}

fn state(row: &BriefingRow) -> (&'static str, &'static str) {
    if row.state == OPEN { ("meetings-open", "gold") } else { ("meetings-closed", "ok") }
}

fn page(visit: &Visit<'_>, committee: &Committee, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let rows = visit.read(|tx| store::briefings(tx, committee.unit))?;
    let columns = vec![
        Column::new("quarter", w.t("meetings-briefing")),
        Column::new("on", w.t("meetings-on")),
        Column::new("state", w.t("meetings-state")),
    ];
    let mut table = Table::new(w.t("meetings-briefings"), columns);
    table.empty = w.t("meetings-no-briefings").to_owned();
    for row in &rows {
        let (word, class) = state(row);
        let href = format!("/meetings/briefings/{}/{}", committee.unit, row.briefing_no);
        table.rows.push(vec![
            Cell::Link(quarter_text(visit, row.quarter), href),
            Cell::Text(w.day(row.on_day)),
            Cell::Tag(w.t(word).to_owned(), class),
        ]);
    }
    let about = w.t("meetings-briefings-about");
    let mut body = format!("<p>{about}</p><section class=\"card\">{}</section>", table.html(visit));
    let wrong = !issues.is_empty();
    if committee.may(visit) {
        let this = Month::of(visit.today()).quarter_start();
        let quarters = (0..4).map(|back| this.plus(-3 * back));
        let quarters = quarters.map(|month| (month.code(), quarter_text(visit, month.0))).collect();
        let fields = vec![
            Field::new("quarter", w.t("meetings-briefing"), Kind::Select(quarters)).required(),
            Field::new("on", w.t("meetings-on"), Kind::Day).value(visit.today().to_string()).required(),
        ];
        let mut form =
            Form::new(format!("/meetings/briefings/{}", committee.unit), w.t("meetings-briefing-do"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        body.push_str(&card(w.t("meetings-briefing-do"), &form.html(visit)));
    }
    let title = w.t1("meetings-briefings-of", "name", committee.name());
    committee.page(visit, &title, None, &body, wrong)
}

/// `POST /meetings/briefings/{id}`.
fn open(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    let this = Month::of(visit.today());
    let quarter = Month::from_code(visit.form.get("quarter")).filter(|month| *month <= this);
    let on = visit.form.day("on", visit.today()).ok().flatten();
    let mut issues = Vec::new();
    if quarter.is_none() {
        issues.push(missing("quarter", "meetings-briefing-no-quarter"));
    }
    if on.is_none() {
        issues.push(missing("on", "meetings-bad-day"));
    }
    if branches(visit, &committee).len() > MOST_BRANCHES {
        issues.push(missing("quarter", "meetings-briefing-too-many"));
    }
    let (Some(quarter), Some(on), true) = (quarter, on, issues.is_empty()) else {
        return page(visit, &committee, issues);
    };
    let quarter = quarter.quarter_start();
    let agenda = agenda(visit, &committee, quarter)?;
    match issues_of(visit.write(|op| actions::open_briefing(op, committee.unit, quarter, (on, &agenda))))? {
        Ok(no) => Ok(Reply::done(format!("/meetings/briefings/{}/{no}", committee.unit), "saved")),
        Err(issues) => page(visit, &committee, issues),
    }
}

/// A briefing with its tasks and the branches under its committee.
struct Found {
    committee: Committee,
    row: BriefingRow,
    tasks: Vec<BriefingTaskRow>,
    branches: Vec<Id<Unit>>,
}

impl Found {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let committee = Committee::load(visit)?;
        let no: u32 = visit.path.get("briefing").parse().map_err(|_| Problem::NotFound)?;
        let (rows, mut tasks) =
            visit.read(|tx| Ok((store::briefings(tx, committee.unit)?, store::briefing_tasks(tx, committee.unit)?)))?;
        let row = rows.into_iter().find(|row| row.briefing_no == no).ok_or(Problem::NotFound)?;
        tasks.retain(|task| task.briefing_no == no);
        let branches = branches(visit, &committee);
        Ok(Self { committee, row, tasks, branches })
    }

    fn address(&self, rest: &str) -> String {
        format!("/meetings/briefings/{}/{}{rest}", self.committee.unit, self.row.briefing_no)
    }

    fn absent(&self) -> Vec<Id<Unit>> {
        self.row.absent.split_whitespace().filter_map(|text| text.parse().ok()).collect()
    }

    fn name(&self, unit: Id<Unit>) -> String {
        self.committee.view.units.name(unit)
    }
}

/// `GET /meetings/briefings/{id}/{briefing}`.
fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = Found::load(visit)?;
    one_page(visit, &found, Vec::new())
}

fn options(found: &Found) -> Vec<(String, String)> {
    found.branches.iter().map(|unit| (unit.to_string(), found.name(*unit))).collect()
}

fn one_page(visit: &Visit<'_>, found: &Found, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let (w, row) = (visit.w, &found.row);
    let wrong = !issues.is_empty();
    let giving = visit.place.ends_with("/tasks");
    let may = found.committee.may(visit);
    let of = |mine: bool| if wrong && mine { issues.clone() } else { Vec::new() };
    let mut body = if may && row.state == OPEN {
        card(w.t("meetings-briefing-write"), &write_form(visit, found, of(!giving)).html(visit))
    } else {
        let absent = named(&found.committee, &found.absent());
        let absent = if absent.is_empty() { w.t("meetings-briefing-all-came").to_owned() } else { absent };
        let came = card(w.t("meetings-briefing-absent"), &paragraphs(&absent));
        let texts = card(w.t("meetings-items"), &paragraphs(&row.agenda));
        format!("{texts}{came}{}", card(w.t("meetings-briefing-minutes"), &paragraphs(&row.minutes)))
    };
    body.push_str(&card(w.t("meetings-briefing-tasks"), &tasks(visit, found, may)));
    if may {
        let fields = vec![
            Field::new("branch", w.t("meetings-branch"), Kind::Select(options(found))).required(),
            Field::text("what", w.t("meetings-briefing-what")).required(),
            Field::new("due", w.t("meetings-briefing-due"), Kind::Day).required(),
        ];
        let mut form = Form::new(found.address("/tasks"), w.t("meetings-briefing-give"), fields);
        if wrong && giving {
            form = form.refused(&visit.form, of(true));
        }
        body.push_str(&card(w.t("meetings-briefing-give"), &form.html(visit)));
    }
    if visit.permit(Permission::Export, found.committee.unit).is_ok() {
        let link = |ending: &str, text: &str| format!("<a href=\"{}\">{text}</a>", found.address(ending));
        body.push_str(&format!("<p>{} · {}</p>", link("/paper.docx", "Word"), link("/paper.pdf", "PDF")));
    }
    found.committee.page(visit, &quarter_text(visit, row.quarter), Some(LIST), &body, wrong)
}

fn write_form(visit: &Visit<'_>, found: &Found, issues: Vec<Issue>) -> Form {
    let (w, row) = (visit.w, &found.row);
    let close = vec![("yes".to_owned(), w.t("meetings-briefing-close").to_owned())];
    let fields = vec![
        Field::hidden("version", row.version.to_string()),
        Field::new("on", w.t("meetings-on"), Kind::Day).value(row.on_day.to_string()).required(),
        Field::new("agenda", w.t("meetings-items"), Kind::Area).value(row.agenda.as_str()),
        Field::new("absent", w.t("meetings-briefing-absent"), Kind::Checks(options(found)))
            .value(row.absent.replace(' ', ","))
            .hint(w.t("meetings-briefing-absent-hint")),
        Field::new("minutes", w.t("meetings-briefing-minutes"), Kind::Area).value(row.minutes.as_str()),
        Field::new("close", w.t("meetings-briefing-end"), Kind::Checks(close)),
    ];
    let form = Form::new(found.address(""), w.t("meetings-save"), fields);
    if issues.is_empty() { form } else { form.refused(&visit.form, issues) }
}

fn tasks(visit: &Visit<'_>, found: &Found, may: bool) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("what", w.t("meetings-briefing-what")),
        Column::new("branch", w.t("meetings-branch")),
        Column::new("due", w.t("meetings-briefing-due")),
        Column::new("state", w.t("meetings-state")),
    ];
    let mut table = Table::new(w.t("meetings-briefing-tasks"), columns);
    table.empty = w.t("meetings-briefing-no-tasks").to_owned();
    for task in &found.tasks {
        let done = task.done_on < Day::FOREVER;
        let state = if done {
            Cell::Text(w.t1("meetings-briefing-done-on", "day", w.day(task.done_on)))
        } else if may {
            let address = found.address(&format!("/tasks/{}", task.task_no));
            Cell::Html(Form::new(address, w.t("meetings-briefing-done"), Vec::new()).html(visit))
        } else {
            Cell::Text(w.t("meetings-briefing-runs").to_owned())
        };
        table.rows.push(vec![
            Cell::Text(task.what.clone()),
            Cell::Text(found.name(task.branch_id)),
            Cell::Text(w.day(task.due)),
            state,
        ]);
    }
    table.html(visit)
}

/// `POST /meetings/briefings/{id}/{briefing}`.
fn write(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = Found::load(visit)?;
    let texts = ["agenda", "minutes"];
    let long = texts.iter().filter_map(|name| fields::check_length(name, visit.form.get(name), MOST));
    let mut issues: Vec<Issue> = long.collect();
    let on = visit.form.day("on", visit.today()).ok().flatten();
    if on.is_none() {
        issues.push(missing("on", "meetings-bad-day"));
    }
    let (Some(on), true) = (on, issues.is_empty()) else { return one_page(visit, &found, issues) };
    let absent = visit.form.all("absent").filter_map(|text| text.parse().ok());
    let absent = absent.filter(|unit| found.branches.contains(unit)).collect();
    let [agenda, minutes] = texts.map(|name| visit.form.get(name).trim().to_owned());
    let (content, close) = (Briefing { on, agenda, minutes, absent }, visit.form.get("close") == "yes");
    let key = (found.committee.unit, found.row.briefing_no, super::desk::version(visit)?);
    match issues_of(visit.write(|op| actions::write_briefing(op, key, &content, close)))? {
        Ok(()) => Ok(Reply::done(found.address(""), "saved")),
        Err(issues) => one_page(visit, &found, issues),
    }
}

/// `POST …/tasks`.
fn assign(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = Found::load(visit)?;
    let mut issues = fields::check_lines(&visit.form, &["what"]);
    let due = visit.form.day("due", visit.today()).ok().flatten();
    if due.is_none() {
        issues.push(missing("due", "meetings-bad-day"));
    }
    let branch = visit.form.get("branch").parse::<Id<Unit>>().ok();
    if branch.is_none() {
        issues.push(missing("branch", "meetings-briefing-no-branch"));
    }
    let (Some(due), Some(branch), true) = (due, branch, issues.is_empty()) else {
        return one_page(visit, &found, issues);
    };
    let (key, what) = ((found.committee.unit, found.row.briefing_no), clean(visit.form.get("what")).into_owned());
    match issues_of(visit.write(|op| actions::brief_task(op, key, (branch, &found.branches), (&what, due))))? {
        Ok(_) => Ok(Reply::done(found.address(""), "saved")),
        Err(issues) => one_page(visit, &found, issues),
    }
}

/// `POST …/tasks/{task}`: it is done.
fn end(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = Found::load(visit)?;
    let task: u32 = visit.path.get("task").parse().map_err(|_| Problem::NotFound)?;
    visit.write(|op| actions::end_brief_task(op, found.committee.unit, found.row.briefing_no, task))?;
    Ok(Reply::done(found.address(""), "saved"))
}

fn document(visit: &Visit<'_>, found: &Found) -> Document {
    let (unit, row) = (found.committee.unit, &found.row);
    let issuer = Issuer { superior: found.committee.view.units.above(visit, unit), name: found.name(unit) };
    let mut blocks = Vec::new();
    let mut part = |title: &str, lines: Vec<String>| {
        blocks.push(Block::Title(title.to_owned()));
        blocks.push(if lines.is_empty() { Block::text("Không có.") } else { Block::bullets(lines) });
    };
    let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    part("I. NỘI DUNG", lines(&row.agenda));
    part("II. CHI BỘ VẮNG MẶT", found.absent().into_iter().map(|unit| found.name(unit)).collect());
    part("III. DIỄN BIẾN, KẾT LUẬN", lines(&row.minutes));
    let task = |task: &BriefingTaskRow| format!("{}: {}, hạn {}", found.name(task.branch_id), task.what, task.due);
    part("IV. VIỆC GIAO", found.tasks.iter().map(task).collect());
    let closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    let subject = format!("giao ban quý {}/{}", Month(row.quarter).quarter(), Month(row.quarter).year());
    Document { blocks, closing, ..issuer.begins(Some(""), Some(row.on_day), "Biên bản", subject) }
}

fn file(visit: &Visit<'_>, pdf: bool) -> Result<Reply, Problem> {
    let found = Found::load(visit)?;
    visit.permit(Permission::Export, found.committee.unit)?;
    let document = document(visit, &found);
    let detail = serde_json::json!({ "briefing": found.row.briefing_no });
    visit.taken_out(found.committee.unit, "meeting-briefing-printed", &detail)?;
    let name = |ending: &str| format!("giao-ban-{}.{ending}", Month(found.row.quarter).code());
    Ok(if pdf {
        Reply::File { name: name("pdf"), kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? }
    } else {
        Reply::File { name: name("docx"), kind: DOCX, body: to_docx(&document)? }
    })
}

/// `GET …/paper.docx`.
fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    file(visit, false)
}

/// `GET …/paper.pdf`.
fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    file(visit, true)
}
