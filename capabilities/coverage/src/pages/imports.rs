//! Places from a spreadsheet: upload, look, confirm; and the way back.

use std::collections::HashMap;
use std::path::PathBuf;

use askama::Template;
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_papers::{Limits, Preview, RowIssue, RowState, Severity, SheetSource, Source};
use chibo_web::form::Kind as Answer;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::forms::stands;
use super::scene::Scene;
use super::{LARGEST, MENU, issues_of};
use crate::import::{COLUMNS, Ground, Known, NamedUnit, Plan, plan};
use crate::rules::{Place, PlaceImport, Standing, begun, issue};
use crate::store::imports::{self as uploads, ImportRow};
use crate::{actions, sheets, store};

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
    state: &'a str,
    figures: Vec<(&'a str, String)>,
    issues: Vec<(String, String, bool)>,
    left_out: String,
    samples: String,
    acts: Vec<(String, &'a str, bool)>,
    token: String,
}

/// The highest unit the viewer may import under.
fn under(visit: &Visit<'_>, scene: &Scene) -> Result<Id<Unit>, Problem> {
    let tops = (0..scene.tree.len()).filter_map(|place| scene.id(place));
    let mut tops = tops.filter(|unit| visit.permit(Permission::Import, *unit).is_ok());
    tops.next().ok_or(Problem::Denied)
}

/// The import of the address, if it is the viewer's to see.
fn subject(visit: &Visit<'_>) -> Result<ImportRow, Problem> {
    let id: Id<PlaceImport> = visit.id("id")?;
    let row = visit.read(|tx| uploads::import(tx, id))?.ok_or(Problem::NotFound)?;
    visit.permit(Permission::Import, row.unit_id).map_err(|_| Problem::NotFound)?;
    Ok(row)
}

fn stored(visit: &Visit<'_>, name: &str) -> PathBuf {
    visit.house.settings.work_dir.join(name)
}

fn upload_form(visit: &Visit<'_>) -> Form {
    let w = visit.w;
    let file = Field::new("file", w.t("coverage-import-file"), Answer::File(".xlsx,.csv")).required();
    Form::new("/coverage/import", w.t("coverage-import-send"), vec![file.hint(w.t("coverage-import-file-hint"))])
}

fn list_page(visit: &Visit<'_>, form: &Form) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut rows = visit.read(|tx| uploads::imports(tx, MOST))?;
    rows.retain(|row| visit.permit(Permission::Import, row.unit_id).is_ok());
    let mut table = Table::new(
        w.t("coverage-import-before"),
        vec![
            Column::new("file", w.t("coverage-import-file")),
            Column::new("at", w.t("coverage-import-at")),
            Column::new("by", w.t("coverage-import-by")),
            Column::new("state", w.t("coverage-import-state")),
        ],
    );
    table.empty = w.t("coverage-import-none").to_owned();
    for row in &rows {
        table.rows.push(vec![
            Cell::Link(row.file_name.clone(), format!("/coverage/import/{}", row.import_id)),
            Cell::Text(w.moment(row.created_at)),
            Cell::Text(row.created_name.clone()),
            Cell::Tag(w.t(state_key(&row.state)).to_owned(), ""),
        ]);
    }
    let titles = COLUMNS.iter().map(|column| column.title()).collect::<Vec<_>>().join(" · ");
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let title = w.t("coverage-import");
    let head = Head::new(title, MENU)
        .crumbs(vec![Crumb::to(w.t("coverage-title"), "/coverage"), Crumb::here(title)])
        .action(w.t("coverage-template"), "/coverage/template.xlsx", false)
        .with_error(status == 422);
    visit.page_with(status, head, &ImportsPage { w, form: form.html(visit), titles, table: table.html(visit) })
}

fn state_key(state: &str) -> &'static str {
    match state {
        "waiting" => "coverage-import-waiting",
        "applied" => "coverage-import-applied",
        "undone" => "coverage-import-undone",
        _ => "coverage-import-dropped",
    }
}

/// `GET /coverage/import`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    under(visit, &Scene::today(visit)?)?;
    list_page(visit, &upload_form(visit))
}

/// `GET /coverage/template.xlsx`: the headings, and above them what the columns take.
pub(super) fn template(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = sheets::template(visit)?;
    Ok(Reply::File { name: "mau-nhap-dia-ban.xlsx".to_owned(), kind: XLSX, body })
}

/// `POST /coverage/import`: keeps the file and shows what it would do.
pub(super) fn upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let top = under(visit, &Scene::today(visit)?)?;
    let Some(file) = visit.files.pop() else {
        let issues = vec![issue("file", "coverage-import-no-file")];
        return list_page(visit, &upload_form(visit).refused(&visit.form, issues));
    };
    let opened = Source::path(&file.path).and_then(|source| SheetSource::open(source, &file.name, limits()));
    if let Err(problem) = opened.map(drop).map_err(Problem::from) {
        // The file goes with the upload that no page took.
        let Problem::Refused(mut issues) = problem else { return Err(problem) };
        issues.iter_mut().for_each(|issue| issue.field = Some("file".to_owned()));
        return list_page(visit, &upload_form(visit).refused(&visit.form, issues));
    }
    let import: Id<PlaceImport> = visit.house.db.fresh();
    let name = format!("places-{import}");
    std::fs::rename(&file.path, stored(visit, &name)).map_err(Problem::fault)?;
    let (account, who) = (visit.who().account, visit.who().name.clone());
    visit.write(|op| {
        op.permit(Permission::Import, top)?;
        let now = op.now();
        uploads::insert_import(op.tx(), import, top, &file.name, &name, now, account, &who).map(drop)
    })?;
    Ok(Reply::Redirect(format!("/coverage/import/{import}")))
}

fn limits() -> Limits {
    Limits { file_bytes: LARGEST as u64, ..Limits::with_rows(60_000) }
}

/// The places there are, by code.
fn known(visit: &Visit<'_>) -> Result<HashMap<String, Known>, Problem> {
    let at = AsOf::on(visit.today());
    let mut found = HashMap::new();
    for (id, history) in visit.read(store::histories)? {
        let Some(row) = begun(&history.facts, at) else { continue };
        let facts = row.facts()?;
        if facts.standing == Standing::Mistaken {
            continue;
        }
        let first = history.facts.iter().map(|row| row.valid_from).min().unwrap_or(at.day);
        let link = begun(&history.links, at).and_then(|row| Some((row.unit_id?, row.joint)));
        let official = begun(&history.counts, at).and_then(|row| row.official);
        found.insert(facts.code.clone(), Known { id, first, facts, link, official });
    }
    Ok(found)
}

/// Units of today by code and by whole name; none behind a name several have.
fn named(visit: &Visit<'_>, scene: &Scene) -> HashMap<String, Option<NamedUnit>> {
    let mut found: HashMap<String, Option<NamedUnit>> = HashMap::new();
    for place in 0..scene.tree.len() {
        let (Some(id), Some(facts), Some(what)) = (scene.id(place), scene.tree.facts(place), scene.what(place)) else {
            continue;
        };
        if !scene.sees(visit, id) {
            continue;
        }
        for text in [&facts.code, &facts.name] {
            let other = |held: &mut Option<NamedUnit>| *held = held.filter(|held| held.id == id);
            if !text.is_empty() {
                found.entry(text.clone()).and_modify(other).or_insert(Some(NamedUnit { id, what }));
            }
        }
    }
    found
}

/// What the waiting file would do today.
fn planned(visit: &Visit<'_>, row: &ImportRow) -> Result<Plan, Problem> {
    let source = Source::path(&stored(visit, &row.stored_as))?;
    let mut source = SheetSource::open(source, &row.file_name, limits())?;
    let scene = Scene::today(visit)?;
    let (places, units) = (known(visit)?, named(visit, &scene));
    let may = |unit: Id<Unit>| visit.permit(Permission::Import, unit).is_ok();
    let unit = |text: &str| units.get(text).copied().flatten();
    let stands = |unit: Id<Unit>, day: Day| stands(&scene, unit, day);
    let ground = Ground { places: &places, unit: &unit, stands: &stands, may: &may, today: visit.today() };
    plan(&mut source, &ground, &|| -> Id<Place> { visit.house.db.fresh() })
}

/// `GET /coverage/import/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    page(visit, &row, None)
}

fn page(visit: &Visit<'_>, row: &ImportRow, refused: Option<Vec<Issue>>) -> Result<Reply, Problem> {
    let w = visit.w;
    let plan = if row.state == "waiting" { Some(planned(visit, row)?) } else { None };
    let mut shown = ImportPage {
        w,
        state: w.t(state_key(&row.state)),
        figures: Vec::new(),
        issues: Vec::new(),
        left_out: String::new(),
        samples: String::new(),
        acts: Vec::new(),
        token: visit.form_token(),
    };
    let address = |act: &str| format!("/coverage/import/{}/{act}", row.import_id);
    let error = refused.is_some();
    for issue in refused.unwrap_or_default() {
        shown.issues.push((String::new(), w.said(&issue.said), true));
    }
    if let Some(plan) = &plan {
        describe(visit, &plan.preview, &mut shown);
        if plan.preview.has_work() {
            shown.acts.push((address("confirmation"), w.t("coverage-import-confirm"), true));
        }
        shown.acts.push((address("dropping"), w.t("coverage-import-drop"), false));
    } else if row.state == "applied" {
        shown.figures = written(w, row);
        shown.acts.push((address("undoing"), w.t("coverage-import-undo"), false));
    }
    let head = Head::new(row.file_name.clone(), MENU)
        .crumbs(vec![
            Crumb::to(w.t("coverage-title"), "/coverage"),
            Crumb::to(w.t("coverage-import"), "/coverage/import"),
            Crumb::here(row.file_name.clone()),
        ])
        .with_error(error);
    visit.page_with(if error { 422 } else { 200 }, head, &shown)
}

fn written<'w>(w: Tongue<'w>, row: &ImportRow) -> Vec<(&'w str, String)> {
    let counts: serde_json::Value = serde_json::from_str(&row.counts).unwrap_or_default();
    let count = |name: &str| w.n(counts.get(name).and_then(serde_json::Value::as_i64).unwrap_or(0));
    vec![(w.t("coverage-row-new"), count("new")), (w.t("coverage-row-changed"), count("changed"))]
}

const STATES: [(RowState, &str, &str); 5] = [
    (RowState::New, "coverage-row-new", "ok"),
    (RowState::Changed, "coverage-row-changed", "gold"),
    (RowState::Same, "coverage-row-same", ""),
    (RowState::Duplicate, "coverage-row-duplicate", "warn"),
    (RowState::Refused, "coverage-row-refused", "bad"),
];

fn describe<'a>(visit: &Visit<'a>, preview: &Preview, shown: &mut ImportPage<'a>) {
    let w = visit.w;
    shown.figures = STATES.iter().map(|(state, key, _)| (w.t(key), w.n(preview.count(*state)))).collect();
    shown.issues.extend(preview.issues().iter().map(|issue| line(w, issue)));
    if preview.issues_left_out() > 0 {
        shown.left_out = w.t1("coverage-import-more-issues", "count", w.n(preview.issues_left_out()));
    }
    let mut columns =
        vec![Column::number("row", w.t("coverage-import-row")), Column::new("state", w.t("coverage-import-state"))];
    columns.extend(COLUMNS.iter().map(|column| Column::new(column.key, column.title())));
    let mut table = Table::new(w.t("coverage-import-samples"), columns);
    let mut samples: Vec<_> = preview.samples().iter().collect();
    samples.sort_by_key(|sample| sample.row);
    for sample in samples {
        let named = STATES.iter().find(|(state, _, _)| *state == sample.state);
        let (key, class) = named.map_or(("coverage-row-refused", "bad"), |(_, key, class)| (*key, *class));
        let mut cells = vec![Cell::Text(sample.row.to_string()), Cell::Tag(w.t(key).to_owned(), class)];
        cells.extend(sample.cells.iter().cloned().map(Cell::Text));
        table.rows.push(cells);
    }
    shown.samples = table.html(visit);
}

/// Where, what, is it an error.
fn line(w: Tongue<'_>, issue: &RowIssue) -> (String, String, bool) {
    let title = issue.place.as_ref().map_or("", |place| &*place.title);
    let place = w.with(
        "coverage-import-place",
        &[("sheet", issue.sheet.to_string()), ("cell", issue.address()), ("title", title.to_owned())],
    );
    (place, w.said(&issue.said), issue.severity == Severity::Error)
}

/// `POST /coverage/import/{id}/confirmation`.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    if row.state != "waiting" {
        return Err(Problem::Conflict(Said::new("coverage-import-not-waiting")));
    }
    let plan = planned(visit, &row)?;
    let done = visit.write(|op| actions::import_places(op, row.import_id, &plan.rows, &row.file_name));
    match issues_of(done)? {
        Ok(()) => Ok(Reply::done(format!("/coverage/import/{}", row.import_id), "saved")),
        Err(issues) => page(visit, &row, Some(issues)),
    }
}

/// `POST /coverage/import/{id}/undoing`.
pub(super) fn undo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    match issues_of(visit.write(|op| actions::undo_import(op, row.import_id)))? {
        Ok(()) => Ok(Reply::done(format!("/coverage/import/{}", row.import_id), "saved")),
        Err(issues) => page(visit, &row, Some(issues)),
    }
}

/// `POST /coverage/import/{id}/dropping`.
pub(super) fn drop_upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = subject(visit)?;
    visit.write(|op| actions::drop_import(op, row.import_id))?;
    match std::fs::remove_file(stored(visit, &row.stored_as)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Problem::fault(error)),
        _ => Ok(Reply::done("/coverage/import", "saved")),
    }
}
