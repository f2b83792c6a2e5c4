//! Outstanding people from a spreadsheet: upload, look, confirm.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use chibo_kernel::text::fold;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_papers::{Limits, RowState, Severity, SheetSource, Source};
use chibo_web::form::{Kind, issues_of};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit, html};

use super::{Found, MENU, missing};
use crate::import::{COLUMNS, Ground, MOST, Plan, carried, plan, uncarried};
use crate::rules::Step;
use crate::{actions, sheets};

/// Largest file, bytes.
pub(super) const LARGEST: usize = 2 * 1024 * 1024;

fn head(visit: &Visit<'_>, error: bool) -> Head {
    let w = visit.w;
    let title = w.t("development-import");
    let crumbs = vec![
        Crumb::to(w.t("development-title"), "/development"),
        Crumb::to(w.t("development-list"), "/development/candidates"),
        Crumb::here(title),
    ];
    Head::new(title, MENU)
        .crumbs(crumbs)
        .action(w.t("development-import-template"), "/development/template.xlsx", false)
        .with_error(error)
}

fn page(visit: &Visit<'_>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let file = Field::new("file", w.t("development-import-file"), Kind::File(".xlsx,.csv")).required();
    let hint = w.t1("development-import-hint", "most", MOST);
    let mut form = Form::new("/development/import", w.t("development-import-send"), vec![file.hint(hint)]);
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let titles = COLUMNS.iter().map(|column| column.title()).collect::<Vec<_>>().join(" · ");
    let said = html::escape(&w.t1("development-import-columns", "columns", titles));
    let body = format!("<p>{said}</p><section class=\"card\">{}</section>", form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head(visit, error), &body)
}

/// `GET /development/import`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, Vec::new())
}

/// `GET /development/template.xlsx`.
pub(super) fn template(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    Ok(Reply::File { name: "mau-quan-chung-uu-tu.xlsx".to_owned(), kind: XLSX, body: sheets::template(visit)? })
}

/// Branches of today by code and by whole name, as far as one may write there; none behind a name several have.
fn named(visit: &Visit<'_>, units: &UnitsToday) -> HashMap<String, Option<Id<Unit>>> {
    let mut found: HashMap<String, Option<Id<Unit>>> = HashMap::new();
    for place in 0..units.tree.len() {
        let (Some(id), Some(facts)) = (units.id(place), units.tree.facts(place)) else { continue };
        let may = |permission| visit.who().system || visit.who().may_at(permission, place);
        if !may(Permission::Import) || !may(Permission::EditMembers) {
            continue;
        }
        for text in [&facts.code, &facts.name].into_iter().filter(|text| !text.is_empty()) {
            let other = |held: &mut Option<Id<Unit>>| *held = held.filter(|held| *held == id);
            found.entry(text.clone()).and_modify(other).or_insert(Some(id));
        }
    }
    found
}

fn planned(visit: &Visit<'_>, source: &mut SheetSource) -> Result<Plan, Problem> {
    let found = Found::take(visit)?;
    let named = named(visit, &found.units);
    let open = found
        .lines
        .iter()
        .filter(|line| !matches!(line.course.stage(), Some(Step::Admitted | Step::Stopped | Step::Annulled)));
    let known: HashSet<_> = open.map(|line| (line.row.unit_id, fold(&line.row.full_name), line.row.birth)).collect();
    let unit = |text: &str| named.get(text).copied().flatten();
    plan(source, &Ground { unit: &unit, known: &known, today: visit.today() })
}

/// `POST /development/import`: shows what the file would do.
pub(super) fn look(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let Some(file) = visit.files.pop() else {
        return page(visit, vec![missing("file", "development-import-no-file")]);
    };
    let limits = Limits { file_bytes: LARGEST as u64, ..Limits::with_rows(5_000) };
    let opened = Source::path(&file.path).and_then(|source| SheetSource::open(source, &file.name, limits));
    let mut source = match opened.map_err(Problem::from) {
        Ok(source) => source,
        Err(Problem::Refused(mut issues)) => {
            issues.iter_mut().for_each(|issue| issue.field = Some("file".to_owned()));
            return page(visit, issues);
        }
        Err(other) => return Err(other),
    };
    let plan = planned(visit, &mut source)?;
    visit.page_html(200, head(visit, false), &told(visit, &plan))
}

const STATES: [(RowState, &str, &str); 4] = [
    (RowState::New, "development-row-new", "ok"),
    (RowState::Same, "development-row-known", ""),
    (RowState::Duplicate, "development-row-twice", "warn"),
    (RowState::Refused, "development-row-wrong", "bad"),
];

fn told(visit: &Visit<'_>, plan: &Plan) -> String {
    let w = visit.w;
    let preview = &plan.preview;
    let mut out = String::from("<dl class=\"figures\">");
    for (state, key, _) in STATES {
        let _ = write!(out, "<div><dt>{}</dt><dd>{}</dd></div>", w.t(key), w.n(preview.count(state)));
    }
    out.push_str("</dl>");
    if !preview.issues().is_empty() {
        let columns = vec![
            Column::new("cell", w.t("development-import-cell")),
            Column::sentences("what", w.t("development-import-wrong")),
        ];
        let mut table = Table::new(w.t("development-import-issues"), columns);
        for issue in preview.issues() {
            let title = issue.place.as_ref().map_or("", |place| &*place.title);
            let class = if issue.severity == Severity::Error { "bad" } else { "warn" };
            let place = format!("{} {}", issue.address(), title);
            table.rows.push(vec![Cell::Tag(place, class), Cell::Text(w.said(&issue.said))]);
        }
        out.push_str(&table.html(visit));
    }
    let mut columns =
        vec![Column::number("row", w.t("development-import-row")), Column::new("state", w.t("development-state"))];
    columns.extend(COLUMNS.iter().map(|column| Column::new(column.key, column.title())));
    let mut table = Table::new(w.t("development-import-samples"), columns);
    let mut samples: Vec<_> = preview.samples().iter().collect();
    samples.sort_by_key(|sample| sample.row);
    for sample in samples {
        let named = STATES.iter().find(|(state, ..)| *state == sample.state);
        let (key, class) = named.map_or(("development-row-wrong", "bad"), |(_, key, class)| (*key, *class));
        let mut cells = vec![Cell::Text(sample.row.to_string()), Cell::Tag(w.t(key).to_owned(), class)];
        cells.extend(sample.cells.iter().cloned().map(Cell::Text));
        table.rows.push(cells);
    }
    out.push_str(&table.html(visit));
    if !plan.rows.is_empty() {
        let rows = plan.rows.iter().map(|row| Field::hidden("row", carried(row))).collect();
        let send = w.t1("development-import-confirm", "count", w.n(plan.rows.len()));
        let form = Form::new("/development/import/confirmation", send, rows);
        out.push_str(&form.cancel(w.t("development-cancel"), "/development/import").html(visit));
    }
    out
}

/// `POST /development/import/confirmation`: enters everybody of the look in one act.
pub(super) fn confirm(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let rows: Option<Vec<_>> = visit.form.all("row").map(uncarried).collect();
    let rows = rows.filter(|rows| !rows.is_empty() && rows.len() <= MOST);
    let Some(rows) = rows else { return page(visit, vec![missing("file", "development-import-nothing")]) };
    match issues_of(visit.write(|op| actions::enter_all(op, &rows)))? {
        Ok(()) => Ok(Reply::done("/development/candidates", "saved")),
        Err(mut issues) => {
            issues.iter_mut().for_each(|issue| issue.field = Some("file".to_owned()));
            page(visit, issues)
        }
    }
}
