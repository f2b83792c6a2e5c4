//! Lines from a spreadsheet: upload, look, confirm. One file waits for each plan.

use std::path::PathBuf;

use askama::Template;
use chibo_kernel::{Issue, Problem, Said};
use chibo_organisation::rules::Facts;
use chibo_papers::{Limits, Preview, RowState, SheetSource, Source};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::forms::{sent_version, shown, version};
use super::{Bench, MENU, again, missing};
use crate::actions;
use crate::import::{COLUMNS, Ground, Read, read};
use crate::rules::{Operation, State, compile};

/// Most rows of a file.
const ROWS: u32 = 40_000;

#[derive(Template)]
#[template(path = "upload.html")]
struct UploadPage<'a> {
    w: Tongue<'a>,
    form: String,
    titles: String,
    figures: Vec<(&'a str, String)>,
    issues: Vec<(String, String)>,
    left_out: String,
    samples: String,
    confirm: String,
    drop: String,
}

fn limits() -> Limits {
    Limits { file_bytes: super::LARGEST as u64, ..Limits::with_rows(ROWS.into()) }
}

/// Where the waiting file of a plan lies: its kind is kept in its name.
fn waiting(visit: &Visit<'_>, bench: &Bench) -> Option<(PathBuf, String)> {
    let folder = &visit.house.settings.work_dir;
    ["xlsx", "csv"].into_iter().find_map(|kind| {
        let name = format!("plan-{}.{kind}", bench.plan.plan_id);
        let path = folder.join(&name);
        path.exists().then_some((path, name))
    })
}

fn remove(visit: &Visit<'_>, bench: &Bench) -> Result<(), Problem> {
    while let Some((path, _)) = waiting(visit, bench) {
        std::fs::remove_file(path).map_err(Problem::fault)?;
    }
    Ok(())
}

/// What the waiting file says.
fn planned(visit: &Visit<'_>, bench: &Bench) -> Result<Option<Read>, Problem> {
    let Some((path, name)) = waiting(visit, bench) else { return Ok(None) };
    let mut source = SheetSource::open(Source::path(&path)?, &name, limits())?;
    let codes = bench.codes(visit);
    let facts = |unit| -> Option<Facts> { bench.before.get(unit).map(|standing| standing.facts.clone()) };
    let ground = Ground { codes: &codes, facts: &facts, today: visit.today() };
    read(&mut source, &ground, &|| visit.house.db.fresh()).map(Some)
}

/// `GET /restructuring/{id}/upload`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    page(visit, &bench, None)
}

fn page(visit: &Visit<'_>, bench: &Bench, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let file = Field::new("file", w.t("plans-file"), Kind::File(".xlsx,.csv")).hint(w.t("plans-file-hint")).required();
    let form = Form::new(bench.address("/upload"), w.t("plans-look"), vec![file]);
    let titles: Vec<_> = COLUMNS.iter().filter_map(|column| column.titles.first().copied()).collect();
    let mut content = UploadPage {
        w,
        form: String::new(),
        titles: titles.join(" · "),
        figures: Vec::new(),
        issues: Vec::new(),
        left_out: String::new(),
        samples: String::new(),
        confirm: String::new(),
        drop: String::new(),
    };
    let open = bench.state == State::Draft;
    let (status, form) = shown(visit, form, refused);
    if open {
        content.form = form.html(visit);
    }
    if let Some(read) = planned(visit, bench)?.filter(|_| open) {
        describe(visit, bench, &read, &mut content);
    }
    let head = Head::new(w.t("plans-upload"), MENU)
        .crumbs(vec![
            Crumb::to(w.t("plans-title"), "/restructuring"),
            Crumb::to(bench.plan.title.as_str(), bench.address("")),
            Crumb::here(w.t("plans-upload")),
        ])
        .with_error(status != 200);
    visit.page_with(status, head, &content)
}

fn describe<'a>(visit: &Visit<'a>, bench: &Bench, read: &Read, page: &mut UploadPage<'a>) {
    let w = visit.w;
    let preview: &Preview = &read.preview;
    let count = |number: u64| w.n(i64::try_from(number).unwrap_or(i64::MAX));
    page.figures = vec![
        (w.t("plans-rows-fit"), count(preview.count(RowState::New))),
        (w.t("plans-rows-refused"), count(preview.count(RowState::Refused))),
    ];
    page.issues = preview
        .issues()
        .iter()
        .map(|issue| {
            let title = issue.place.as_ref().map_or("", |place| &*place.title);
            (format!("{} {} ({title})", issue.sheet, issue.address()), w.said(&issue.said))
        })
        .collect();
    if preview.issues_left_out() > 0 {
        page.left_out = w.t1("plans-more-refused", "count", count(preview.issues_left_out()));
    }
    let all: Vec<Operation> =
        bench.lines.iter().cloned().chain(read.lines.iter().map(|(_, line)| line.clone())).collect();
    let row_of = |at: usize| at.checked_sub(bench.lines.len()).and_then(|at| read.lines.get(at)).map(|(row, _)| *row);
    for refused in compile(&bench.before, &all).1.iter().take(200) {
        let place = match refused.line.map(|at| (at, row_of(at))) {
            Some((_, Some(row))) => w.t1("plans-row-no", "row", row),
            Some((at, None)) => w.t1("plans-line-no", "line", at + 1),
            None => String::new(),
        };
        let rule = refused.issue.rule.map_or_else(String::new, |rule| format!(" ({rule})"));
        page.issues.push((place, format!("{}{rule}", w.said(&refused.issue.said))));
    }
    page.samples = samples(visit, preview);
    if !read.lines.is_empty() {
        let count = w.n(read.lines.len() as i64);
        let form = Form::new(
            bench.address("/upload/confirmation"),
            w.t1("plans-confirm", "count", count),
            vec![version(bench)],
        );
        page.confirm = form.html(visit);
    }
    page.drop = Form::new(bench.address("/upload/dropping"), w.t("plans-drop-file"), Vec::new()).html(visit);
}

fn samples(visit: &Visit<'_>, preview: &Preview) -> String {
    let w = visit.w;
    let mut columns = vec![Column::number("row", w.t("plans-row"))];
    columns.extend(
        COLUMNS.iter().map(|column| Column::new(column.key, column.titles.first().copied().unwrap_or(column.key))),
    );
    let mut table = Table::new(w.t("plans-samples"), columns);
    let mut rows: Vec<_> = preview.samples().iter().collect();
    rows.sort_by_key(|sample| sample.row);
    for sample in rows {
        let mut cells = vec![Cell::Text(sample.row.to_string())];
        cells.extend(sample.cells.iter().cloned().map(Cell::Text));
        table.rows.push(cells);
    }
    table.html(visit)
}

/// `POST /restructuring/{id}/upload`: keeps the file and shows what it says.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let Some(file) = visit.files.pop() else {
        return page(visit, &bench, Some((422, vec![missing("file", "plans-no-file")])));
    };
    let opened = Source::path(&file.path).and_then(|source| SheetSource::open(source, &file.name, limits()));
    if let Err(problem) = opened.map(drop).map_err(Problem::from) {
        // A file that is not kept must not lie about.
        std::fs::remove_file(&file.path).map_err(Problem::fault)?;
        let Problem::Refused(mut issues) = problem else { return Err(problem) };
        issues.iter_mut().for_each(|issue| issue.field = Some("file".to_owned()));
        return page(visit, &bench, Some((422, issues)));
    }
    remove(visit, &bench)?;
    let kind = if file.name.to_ascii_lowercase().ends_with(".csv") { "csv" } else { "xlsx" };
    let name = format!("plan-{}.{kind}", bench.plan.plan_id);
    std::fs::rename(&file.path, visit.house.settings.work_dir.join(name)).map_err(Problem::fault)?;
    Ok(Reply::Redirect(bench.address("/upload")))
}

/// `POST /restructuring/{id}/upload/confirmation`.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let read = planned(visit, &bench)?.ok_or_else(|| Problem::Conflict(Said::new("plans-no-file-waits")))?;
    let lines: Vec<Operation> = read.lines.into_iter().map(|(_, line)| line).collect();
    let (plan, version) = (bench.plan.plan_id, sent_version(visit));
    match visit.write(|op| actions::add(op, plan, version, &lines)) {
        Ok(()) => {
            remove(visit, &bench)?;
            Ok(Reply::done(bench.address(""), "saved"))
        }
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Bench::load(visit)?, Some(refused))
        }
    }
}

/// `POST /restructuring/{id}/upload/dropping`.
pub(super) fn drop_file(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    remove(visit, &bench)?;
    Ok(Reply::done(bench.address(""), "saved"))
}
