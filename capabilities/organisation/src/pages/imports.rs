//! Units from a spreadsheet: upload, look, confirm; and the way back.

use std::path::PathBuf;

use askama::Template;
use chibo_kernel::{AsOf, Id, Permission, Problem, Said, Unit};
use chibo_papers::{Limits, Preview, RowIssue, RowState, SheetSource, Source};
use chibo_web::form::Kind as Answer;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::issues_of;
use super::scene::Scene;
use crate::actions;
use crate::forms::missing;
use crate::import::{COLUMNS, Ground, Plan, plan};
use crate::rules::UnitImport;
use crate::store::{self, ImportRow};

/// Uploads listed.
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportsPage<'a> {
    w: Tongue<'a>,
    form: String,
    titles: String,
    table: String,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage<'a> {
    w: Tongue<'a>,
    state: String,
    figures: Vec<(&'a str, String)>,
    issues: Vec<(String, String, String, bool)>,
    left_out: String,
    samples: String,
    acts: Vec<(String, &'a str, bool)>,
    token: String,
}

/// The highest unit the viewer may import under.
fn under(visit: &Visit<'_>) -> Result<Id<Unit>, Problem> {
    let scene = Scene::at(visit, AsOf::on(visit.today()));
    let tops = scene.tops(visit).into_iter().filter_map(|place| scene.id(place));
    tops.into_iter().find(|unit| visit.permit(Permission::Import, *unit).is_ok()).ok_or(Problem::Denied)
}

/// The import of the address, if it is the viewer's to see.
fn subject(visit: &Visit<'_>) -> Result<ImportRow, Problem> {
    let id: Id<UnitImport> = visit.id("id")?;
    let row = visit.read(|tx| store::import(tx, id))?.ok_or(Problem::NotFound)?;
    visit.permit(Permission::Import, row.unit_id).map_err(|_| Problem::NotFound)?;
    Ok(row)
}

fn stored(visit: &Visit<'_>, name: &str) -> PathBuf {
    visit.house.settings.work_dir.join(name)
}

fn upload_form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let file = Field::new("file", w.t("units-import-file"), Answer::File(".xlsx,.csv")).required();
    Form::new("/units/import", w.t("units-import-send"), vec![file.hint(w.t("units-import-file-hint"))])
}

fn list_page(visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut rows = visit.read(|tx| store::imports(tx, MOST))?;
    rows.retain(|row| visit.permit(Permission::Import, row.unit_id).is_ok());
    let mut table = Table::new(
        w.t("units-import-before"),
        vec![
            Column::new("file", w.t("units-import-file")),
            Column::new("at", w.t("units-import-at")),
            Column::new("by", w.t("units-import-by")),
            Column::new("state", w.t("units-import-state")),
        ],
    );
    table.empty = w.t("units-import-none").to_owned();
    for row in &rows {
        table.rows.push(vec![
            Cell::Link(row.file_name.clone(), format!("/units/import/{}", row.import_id)),
            Cell::Text(w.moment(row.created_at)),
            Cell::Text(row.created_name.clone()),
            Cell::Tag(w.t(state_key(&row.state)).to_owned(), ""),
        ]);
    }
    let titles = COLUMNS.iter().map(|column| column.titles.first().copied().unwrap_or(column.key));
    let titles = titles.collect::<Vec<_>>().join(" · ");
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let head = Head::new(w.t("units-import"), "units-menu")
        .crumbs(vec![Crumb::to(w.t("units-title"), "/units"), Crumb::here(w.t("units-import"))])
        .with_error(status == 422);
    visit.page_with(status, head, &ImportsPage { w, form: form.html(visit), titles, table: table.html(visit) })
}

fn state_key(state: &str) -> &'static str {
    match state {
        "waiting" => "units-import-waiting",
        "applied" => "units-import-applied",
        "undone" => "units-import-undone",
        _ => "units-import-dropped",
    }
}

/// `GET /units/import`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    under(visit)?;
    list_page(visit, &upload_form(visit))
}

/// `POST /units/import`: keeps the file and shows what it would do.
pub(super) fn upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let top = under(visit)?;
    let Some(file) = visit.files.pop() else {
        let issues = vec![missing("file", "units-import-no-file")];
        return list_page(visit, &upload_form(visit).refused(&visit.form, issues));
    };
    let opened = Source::path(&file.path).and_then(|source| SheetSource::open(source, &file.name, limits()));
    if let Err(problem) = opened.map(drop).map_err(Problem::from) {
        // A file that is not kept must not lie about.
        std::fs::remove_file(&file.path).map_err(Problem::fault)?;
        let Problem::Refused(mut issues) = problem else { return Err(problem) };
        issues.iter_mut().for_each(|issue| issue.field = Some("file".to_owned()));
        return list_page(visit, &upload_form(visit).refused(&visit.form, issues));
    }
    let import: Id<UnitImport> = visit.house.db.fresh();
    let name = format!("units-{import}");
    std::fs::rename(&file.path, stored(visit, &name)).map_err(Problem::fault)?;
    let (account, who) = (visit.who().account, visit.who().name.clone());
    visit.write(|op| {
        op.permit(Permission::Import, top)?;
        let now = op.now();
        store::insert_import(op.tx(), import, top, &file.name, &name, now, account, &who).map(drop)
    })?;
    Ok(Reply::Redirect(format!("/units/import/{import}")))
}

fn limits() -> Limits {
    Limits { file_bytes: super::LARGEST as u64, ..Limits::with_rows(60_000) }
}

/// What the waiting file would do today.
fn planned(visit: &Visit<'_>, row: &ImportRow) -> Result<Plan, Problem> {
    let source = Source::path(&stored(visit, &row.stored_as))?;
    let mut source = SheetSource::open(source, &row.file_name, limits())?;
    let codes = visit.read(store::believed_codes)?;
    let forest = visit.house.census.forest();
    let may = |unit: Id<Unit>| visit.permit(Permission::Import, unit).is_ok();
    let ground = Ground { forest: &forest, codes: &codes, may: &may, today: visit.today() };
    plan(&mut source, &ground, &|| visit.house.db.fresh())
}

/// `GET /units/import/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    page(visit, &row, None)
}

fn page(visit: &Visit<'_>, row: &ImportRow, refused: Option<Vec<chibo_kernel::Issue>>) -> Result<Reply, Problem> {
    let w = visit.w;
    let plan = if row.state == "waiting" { Some(planned(visit, row)?) } else { None };
    let mut shown = ImportPage {
        w,
        state: w.t(state_key(&row.state)).to_owned(),
        figures: Vec::new(),
        issues: Vec::new(),
        left_out: String::new(),
        samples: String::new(),
        acts: Vec::new(),
        token: visit.form_token(),
    };
    let address = |act: &str| format!("/units/import/{}/{act}", row.import_id);
    if let Some(plan) = &plan {
        describe(visit, &plan.preview, &mut shown);
        if plan.preview.has_work() {
            shown.acts.push((address("confirmation"), w.t("units-import-confirm"), true));
        }
        shown.acts.push((address("dropping"), w.t("units-import-drop"), false));
    } else if row.state == "applied" {
        shown.figures = written(w, row);
        shown.acts.push((address("undoing"), w.t("units-import-undo"), false));
    }
    let error = refused.is_some();
    for issue in refused.unwrap_or_default() {
        shown.issues.push((String::new(), w.said(&issue.said), issue.rule.unwrap_or_default().to_owned(), true));
    }
    let head = Head::new(row.file_name.clone(), "units-menu")
        .crumbs(vec![
            Crumb::to(w.t("units-title"), "/units"),
            Crumb::to(w.t("units-import"), "/units/import"),
            Crumb::here(row.file_name.clone()),
        ])
        .with_error(error);
    visit.page_with(if error { 422 } else { 200 }, head, &shown)
}

fn written<'w>(w: Tongue<'w>, row: &ImportRow) -> Vec<(&'w str, String)> {
    let counts: serde_json::Value = serde_json::from_str(&row.counts).unwrap_or_default();
    let count = |name: &str| w.n(counts.get(name).and_then(serde_json::Value::as_i64).unwrap_or(0));
    vec![(w.t("units-row-new"), count("new")), (w.t("units-row-changed"), count("changed"))]
}

const STATES: [(RowState, &str, &str); 5] = [
    (RowState::New, "units-row-new", "ok"),
    (RowState::Changed, "units-row-changed", "gold"),
    (RowState::Same, "units-row-same", ""),
    (RowState::Duplicate, "units-row-duplicate", "warn"),
    (RowState::Refused, "units-row-refused", "bad"),
];

fn describe<'a>(visit: &Visit<'a>, preview: &Preview, shown: &mut ImportPage<'a>) {
    let w = visit.w;
    let count = |state| w.n(i64::try_from(preview.count(state)).unwrap_or(i64::MAX));
    shown.figures = STATES.iter().map(|(state, key, _)| (w.t(key), count(*state))).collect();
    shown.issues = preview.issues().iter().map(|issue| line(w, issue)).collect();
    if preview.issues_left_out() > 0 {
        let more = w.n(i64::try_from(preview.issues_left_out()).unwrap_or(i64::MAX));
        shown.left_out = w.t1("units-import-more-issues", "count", more);
    }
    let mut columns =
        vec![Column::number("row", w.t("units-import-row")), Column::new("state", w.t("units-import-state"))];
    columns.extend(
        COLUMNS.iter().map(|column| Column::new(column.key, column.titles.first().copied().unwrap_or(column.key))),
    );
    let mut table = Table::new(w.t("units-import-samples"), columns);
    let mut samples: Vec<_> = preview.samples().iter().collect();
    samples.sort_by_key(|sample| sample.row);
    for sample in samples {
        let (_, key, class) = STATES.iter().find(|(state, _, _)| *state == sample.state).copied().unwrap_or(STATES[4]);
        let mut cells = vec![Cell::Text(sample.row.to_string()), Cell::Tag(w.t(key).to_owned(), class)];
        cells.extend(sample.cells.iter().cloned().map(Cell::Text));
        table.rows.push(cells);
    }
    shown.samples = table.html(visit);
}

/// Where, what, nothing, is it an error.
fn line(w: Tongue<'_>, issue: &RowIssue) -> (String, String, String, bool) {
    let title = issue.place.as_ref().map_or("", |place| &*place.title);
    let place = w.with(
        "units-import-place",
        &[("sheet", issue.sheet.to_string()), ("cell", issue.address()), ("title", title.to_owned())],
    );
    (place, w.said(&issue.said), String::new(), issue.severity == chibo_papers::Severity::Error)
}

/// `POST /units/import/{id}/confirmation`.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    if row.state != "waiting" {
        return Err(Problem::Conflict(Said::new("units-import-not-waiting")));
    }
    let plan = planned(visit, &row)?;
    let outcome = visit.write(|op| actions::import_units(op, row.import_id, row.unit_id, &plan.rows));
    match issues_of(outcome)? {
        Ok(()) => Ok(Reply::done(format!("/units/import/{}", row.import_id), "saved")),
        Err(issues) => page(visit, &row, Some(issues)),
    }
}

/// `POST /units/import/{id}/undoing`.
pub(super) fn undo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    let mut new = Vec::new();
    visit.read(|tx| {
        store::import_units(tx, row.import_id, |unit| {
            new.extend(unit.is_new.then_some(unit.unit_id));
            Ok(())
        })
    })?;
    let scene = Scene::counted(visit, AsOf::on(visit.today()));
    let members = new.iter().filter_map(|unit| scene.place(*unit)).map(|place| scene.members(place)).max().unwrap_or(0);
    match issues_of(visit.write(|op| actions::undo_import(op, row.import_id, members)))? {
        Ok(()) => Ok(Reply::done(format!("/units/import/{}", row.import_id), "saved")),
        Err(issues) => page(visit, &row, Some(issues)),
    }
}

/// `POST /units/import/{id}/dropping`.
pub(super) fn drop_upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    visit.write(|op| actions::drop_import(op, row.import_id))?;
    match std::fs::remove_file(stored(visit, &row.stored_as)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Problem::fault(error)),
        _ => Ok(Reply::done("/units/import", "saved")),
    }
}
