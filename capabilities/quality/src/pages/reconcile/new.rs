//! The comparisons so far, and the form that begins one.

use std::io::Read;
use std::ops::ControlFlow;

use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_members::sheets::read;
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_papers::{Step, Table as Sheet};
use chibo_store::seal;
use chibo_web::form::{Kind, again, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Upload, Visit};

use super::super::MENU;
use super::sees;
use crate::actions::reconcile;
use crate::reconcile::COLUMNS;
use crate::store::reconciliations::{self as store, Reconciliation};

/// `GET /quality/reconciliations`.
pub(in crate::pages) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, 200, form(visit, None))
}

/// The highest unit the viewer may import into.
fn top(visit: &Visit<'_>, units: &UnitsToday) -> Option<Id<Unit>> {
    let may = |unit: &Id<Unit>| visit.permit(Permission::Import, *unit).is_ok();
    (0..units.tree.len()).filter_map(|place| units.id(place)).find(may)
}

fn form(visit: &Visit<'_>, picked: Option<&Picked<Unit>>) -> Form {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let unit = top(visit, &units).map_or_else(String::new, |unit| units.name(unit));
    let file = Field::new("file", w.t("quality-reconcile-file"), Kind::File(".xlsx,.csv,.tsv,.txt"));
    let mut fields = vec![
        file.hint(w.t("quality-reconcile-file-hint")).required(),
        Field::text("unit", w.t("quality-unit")).hint(w.t("quality-reconcile-unit-hint")).value(unit).required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    Form::new("/quality/reconciliations", w.t("quality-reconcile-send"), fields)
        .cancel(w.t("quality-cancel"), "/quality")
}

fn page(visit: &Visit<'_>, status: u16, form: Form) -> Result<Reply, Problem> {
    let w = visit.w;
    let wrong = !form.issues.is_empty();
    let mut body = format!("<p>{}</p>", w.t("quality-reconcile-about"));
    body.push_str(&form.html(visit));
    let units = UnitsToday::of(visit);
    let columns = vec![
        Column::new("file", w.t("quality-reconcile-file")),
        Column::new("unit", w.t("quality-unit")),
        Column::new("when", w.t("quality-merge-when")),
        Column::new("who", w.t("quality-merge-by")),
        Column::new("state", w.t("quality-campaign-state")),
        Column::new("expires", w.t("quality-reconcile-expires")),
    ];
    let mut table = Table::new(w.t("quality-reconcile"), columns);
    table.empty = w.t("quality-reconcile-none").to_owned();
    for row in visit.read(store::all)?.into_iter().filter(|row| sees(visit, row)) {
        let (key, class) = match row.state.as_str() {
            "done" => ("quality-reconcile-done", "ok"),
            "failed" => ("quality-reconcile-failed", "bad"),
            _ => ("quality-reconcile-waiting", "gold"),
        };
        table.rows.push(vec![
            Cell::Link(row.file_name.clone(), format!("/quality/reconciliations/{}", row.reconciliation_id)),
            Cell::Text(units.name(row.unit_id)),
            Cell::Text(w.moment(row.created_at)),
            Cell::Text(row.created_name.clone()),
            Cell::Tag(w.t(key).to_owned(), class),
            Cell::Text(w.day(row.expires_on)),
        ]);
    }
    body.push_str(&table.html(visit));
    let title = w.t("quality-reconcile");
    let crumbs = vec![Crumb::to(w.t("quality-title"), "/quality"), Crumb::here(title)];
    visit.page_html(status, Head::new(title, MENU).crumbs(crumbs).with_error(wrong), &body)
}

/// `POST /quality/reconciliations`: takes a file and orders the comparison.
pub(in crate::pages) fn upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let files = std::mem::take(&mut visit.files);
    let picked = pick::unit(visit, "unit");
    let units = UnitsToday::of(visit);
    let mut issues: Vec<Issue> = Vec::new();
    let unit = match &picked {
        // Without an answer the highest unit is meant.
        Picked::Nothing if visit.form.some("unit").is_none() => top(visit, &units),
        picked => picked.one("unit", "quality-unit-unknown").map_err(|issue| issues.push(issue)).ok(),
    };
    if let Some(unit) = unit {
        visit.permit(Permission::Import, unit)?;
    }
    if files.is_empty() {
        issues.push(missing("file", "quality-reconcile-no-file"));
    }
    if let (Some(unit), Some(file), true) = (unit, files.first(), issues.is_empty()) {
        match take(visit, file, unit) {
            Ok(id) => return Ok(Reply::Redirect(format!("/quality/reconciliations/{id}"))),
            Err(problem) => issues = again(problem)?.1,
        }
    }
    page(visit, 422, form(visit, Some(&picked)).refused(&visit.form, issues))
}

fn take(visit: &Visit<'_>, file: &Upload, unit: Id<Unit>) -> Result<Id<Reconciliation>, Problem> {
    glance(visit, file)?;
    let id: Id<Reconciliation> = visit.house.db.fresh();
    let kept = visit.house.settings.work_dir.join(format!("reconciliation-{id}"));
    let digest = digest(&file.path)?;
    std::fs::rename(&file.path, &kept).map_err(Problem::fault)?;
    let (name, path) =
        (file.name.chars().filter(|c| !c.is_control()).take(200).collect::<String>(), kept.to_string_lossy());
    let noted = visit.write(|op| reconcile::begin(op, id, unit, (&name, &path, &digest)));
    if noted.is_err() {
        drop(std::fs::remove_file(&kept));
    }
    noted.map(|()| id)
}

/// Looks whether the file can be read and has a heading, before anything is kept.
fn glance(visit: &Visit<'_>, file: &Upload) -> Result<(), Problem> {
    let mut source = read::open(&file.path, &file.name)?;
    let mut sheet = Sheet::new(COLUMNS, visit.today());
    let mut any = false;
    let walked = source.for_each_row(|row| match sheet.read(row) {
        Step::Row(_) => {
            any = true;
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    });
    walked.map_err(read::problem)?;
    if any {
        return Ok(());
    }
    let issue = |issue: chibo_papers::RowIssue| Issue { field: Some("file".to_owned()), rule: None, said: issue.said };
    let mut issues: Vec<_> = sheet.finish().into_iter().map(issue).collect();
    if issues.is_empty() {
        issues.push(missing("file", "quality-reconcile-no-rows"));
    }
    Err(Problem::Refused(issues))
}

fn digest(path: &std::path::Path) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(Problem::fault)?;
    // The digest names the file in the log; its first part is enough to tell two files apart.
    file.take(8 << 20).read_to_end(&mut bytes).map_err(Problem::fault)?;
    Ok(seal::digest(&bytes))
}
