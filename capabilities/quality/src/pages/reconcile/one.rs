//! One comparison: how far it is, what came out, taking values over.

use std::fmt::Write;

use chibo_kernel::{Id, Issue, Moment, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_store::jobs;
use chibo_web::form::{again, boxed};
use chibo_web::html;
use chibo_web::table::Column;
use chibo_web::{Cell, Form, Head, Reply, Table, Visit};

use super::{KINDS, head, lines, load};
use crate::actions::reconcile;
use crate::reconcile::{Outcome, RECONCILE};
use crate::rules::differ::TAKEABLE;
use crate::store::reconciliations::{self as store, LineRow, ReconciliationRow};

/// Results on one page.
const ROWS: usize = 100;

/// What the address asks for.
pub(super) struct Asked {
    pub kind: &'static str,
    pub field: String,
    pub unit: Option<Id<Unit>>,
}

impl Asked {
    pub(super) fn read(visit: &Visit<'_>) -> Self {
        let kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == visit.query.get("kind"));
        let field = visit.query.get("field").to_owned();
        Self { kind: kind.unwrap_or("field"), field, unit: visit.query.get("unit").parse().ok() }
    }

    fn query(&self) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let pairs = [("kind", self.kind), ("field", self.field.as_str()), ("unit", unit.as_str())];
        chibo_web::Pairs::default().with(&pairs)
    }

    /// The results asked for, handed over one by one.
    pub(super) fn each(
        &self,
        visit: &Visit<'_>,
        units: &UnitsToday,
        row: &ReconciliationRow,
        mut take: impl FnMut(LineRow) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let range = units.range(self.unit);
        let fits = |line: &LineRow| {
            let unit = self.unit.is_none()
                || line.unit_id.and_then(|unit| units.place(unit)).is_some_and(|at| range.contains(&at));
            unit && (self.field.is_empty() || line.field == self.field)
        };
        visit.read(|tx| {
            store::lines(tx, row.reconciliation_id, self.kind, |line| if fits(&line) { take(line) } else { Ok(()) })
        })
    }
}

/// `GET /quality/reconciliations/{id}?kind=&field=&unit=`.
pub(in crate::pages) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = load(visit)?;
    page(visit, &row, 200, Vec::new())
}

fn page(visit: &Visit<'_>, row: &ReconciliationRow, status: u16, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let outcome: Outcome = serde_json::from_str(&row.facts).map_err(Problem::fault)?;
    let wrong = !issues.is_empty();
    let mut body = String::new();
    if row.state == "waiting" {
        progress(&mut body, visit, row)?;
        return visit.page_html(status, head(visit, &row.file_name), &body);
    }
    let units = UnitsToday::of(visit);
    notes(&mut body, visit, row, &outcome);
    if row.state == "done" {
        let asked = Asked::read(visit);
        figures(&mut body, visit, row, &outcome);
        body.push_str(&results(visit, &units, row, &asked, issues)?);
        body.push_str(&by_unit(visit, &units, row, &outcome).html(visit));
    }
    let remove = Form::new(format!("{}/removal", here(row)), w.t("quality-reconcile-remove"), Vec::new());
    let _ = write!(
        body,
        "<p class=\"small quiet\">{}</p>",
        html::escape(&w.t1("quality-reconcile-kept", "day", w.day(row.expires_on)))
    );
    body.push_str(&remove.html(visit));
    visit.page_html(status, action(visit, row, head(visit, &row.file_name)).with_error(wrong), &body)
}

fn here(row: &ReconciliationRow) -> String {
    format!("/quality/reconciliations/{}", row.reconciliation_id)
}

fn action(visit: &Visit<'_>, row: &ReconciliationRow, head: Head) -> Head {
    if row.state == "done" && visit.permit(Permission::Export, row.unit_id).is_ok() {
        let query = visit.query.with(&[("after", ""), ("done", "")]);
        return head.action(visit.w.t("quality-export"), format!("{}/export.xlsx{query}", here(row)), false);
    }
    head
}

fn progress(out: &mut String, visit: &Visit<'_>, row: &ReconciliationRow) -> Result<(), Problem> {
    let w = visit.w;
    let id = row.reconciliation_id.to_string();
    let newest = visit.read(|tx| jobs::newest(tx, 1_000))?;
    let job = newest.into_iter().find(|job| job.kind == RECONCILE && job.payload.contains(&id));
    let done = job.as_ref().map_or(0, |job| job.done);
    let title = w.t("quality-reconcile-running");
    let _ = write!(
        out,
        "<section class=\"job\" hx-get=\"{0}\" hx-trigger=\"every 2s\" hx-target=\"#main\" hx-swap=\"innerHTML\"><h2>{title}</h2>\
         <progress aria-label=\"{title}\"></progress><p class=\"small quiet\">{1}</p><p><a class=\"btn\" href=\"{0}\">{2}</a></p>",
        here(row),
        w.t1("quality-reconcile-rows", "rows", w.n(done)),
        w.t("quality-reload")
    );
    if let Some(job) = job.filter(|job| matches!(job.state.as_str(), "waiting" | "running")) {
        let cancel = Form::new(format!("/jobs/{}/cancellation", job.job_id), w.t("jobs-cancel"), Vec::new());
        out.push_str(&cancel.html(visit));
    } else {
        let _ = write!(out, "<div class=\"note bad\">{}</div>", w.t("quality-reconcile-stopped"));
        out.push_str(
            &Form::new(format!("{}/removal", here(row)), w.t("quality-reconcile-remove"), Vec::new()).html(visit),
        );
    }
    out.push_str("</section>");
    Ok(())
}

fn notes(out: &mut String, visit: &Visit<'_>, row: &ReconciliationRow, outcome: &Outcome) {
    let w = visit.w;
    if row.state == "failed" {
        let _ = write!(out, "<div class=\"note bad\">{}</div>", w.t("quality-reconcile-failed-about"));
    }
    if let Some(encoding) = &outcome.encoding {
        let _ = write!(out, "<p>{}</p>", html::escape(&w.t1("quality-reconcile-encoding", "name", encoding)));
    }
    if outcome.said.is_empty() {
        return;
    }
    let _ = write!(out, "<details class=\"more\"><summary>{}</summary><ul>", w.t("quality-reconcile-headings"));
    for (key, args) in &outcome.said {
        // Argument names are those of the words of spreadsheets.
        const NAMES: [&str; 8] = ["title", "titles", "first", "rows", "most", "text", "name", "count"];
        let known = |name: &String| NAMES.iter().find(|known| *known == name).copied();
        let args: Vec<_> = args.iter().filter_map(|(name, value)| Some((known(name)?, value.clone()))).collect();
        let said = if args.is_empty() { w.or(key, "").to_owned() } else { w.with(key, &args) };
        let _ = write!(out, "<li>{}</li>", html::escape(&said));
    }
    out.push_str("</ul></details>");
}

fn figures(out: &mut String, visit: &Visit<'_>, row: &ReconciliationRow, outcome: &Outcome) {
    let w = visit.w;
    let _ = write!(
        out,
        "<dl class=\"figures\"><div><dt>{}</dt><dd>{}</dd></div><div><dt>{}</dt><dd>{}</dd></div>",
        w.t("quality-reconcile-read"),
        w.n(outcome.rows),
        w.t("quality-same"),
        w.n(outcome.same)
    );
    let counts = [outcome.differ, outcome.here, outcome.there, outcome.doubtful, outcome.unread];
    for ((kind, key), count) in KINDS.iter().zip(counts) {
        let href = format!("{}?kind={kind}", here(row));
        let _ = write!(out, "<div><dt>{}</dt><dd><a href=\"{href}\">{}</a></dd></div>", w.t(key), w.n(count));
    }
    out.push_str("</dl>");
}

fn chips(visit: &Visit<'_>, row: &ReconciliationRow, asked: &Asked, outcome: &Outcome) -> String {
    let w = visit.w;
    let at = |kind: &'static str, field: &str| {
        format!("{}{}", here(row), Asked { kind, field: field.to_owned(), unit: asked.unit }.query())
    };
    let kinds = KINDS.iter().map(|(kind, key)| (w.t(key).to_owned(), at(kind, ""), asked.kind == *kind));
    let mut out = html::chips(w.t("quality-reconcile-kind"), kinds);
    if asked.kind == "field" {
        let fields = outcome.by_field.iter().map(|(field, count)| {
            let text = format!("{} ({})", lines::field(visit, field), w.n(*count));
            (text, at("field", field), asked.field == *field)
        });
        out.push_str(&html::chips(w.t("quality-merge-fact"), fields));
    }
    out
}

fn results(
    visit: &Visit<'_>,
    units: &UnitsToday,
    row: &ReconciliationRow,
    asked: &Asked,
    issues: Vec<Issue>,
) -> Result<String, Problem> {
    let w = visit.w;
    let outcome: Outcome = serde_json::from_str(&row.facts).map_err(Problem::fault)?;
    let page = visit.rows(usize::MAX, ROWS);
    let (mut shown, mut all) = (Vec::new(), 0);
    asked.each(visit, units, row, |line| {
        if page.contains(&all) {
            shown.push(line);
        }
        all += 1;
        Ok(())
    })?;
    let page = page.start.min(all)..page.end.min(all);
    let title = KINDS.iter().find(|(kind, _)| *kind == asked.kind).map_or("quality-differs", |(_, key)| key);
    let mut columns = vec![Column::new("name", w.t("quality-member")), Column::new("unit", w.t("quality-unit"))];
    if asked.kind == "field" {
        columns.push(Column::new("field", w.t("quality-merge-fact")));
        columns.push(Column::sentences("here", w.t("quality-here")));
        columns.push(Column::sentences("there", w.t("quality-there")));
    } else {
        columns.push(Column::sentences("what", w.t("quality-reconcile-what")));
    }
    columns.push(Column::number("row", w.t("quality-reconcile-row")));
    let mut table = Table::new(w.t(title), columns);
    table.empty = w.t("quality-reconcile-nothing").to_owned();
    let mut takeable = false;
    for line in &shown {
        let takes =
            asked.kind == "field" && line.taken_at == Moment::FOREVER && TAKEABLE.contains(&line.field.as_str());
        takeable |= takes;
        table.rows.push(cells(visit, units, line, takes));
    }
    table.page(visit, &page, all, "quality-rows");
    let mut out = chips(visit, row, asked, &outcome);
    if takeable || !issues.is_empty() {
        let action = format!("{}/takings{}", here(row), asked.query());
        let mut form = Form::new(action, w.t("quality-take-send"), Vec::new());
        if !issues.is_empty() {
            form = form.refused(&visit.form, issues);
        }
        let _ = write!(out, "<p>{}</p>", w.t("quality-take-about"));
        out.push_str(&form.about(table.html(visit)).html(visit));
    } else {
        out.push_str(&table.html(visit));
    }
    Ok(out)
}

fn cells(visit: &Visit<'_>, units: &UnitsToday, line: &LineRow, takes: bool) -> Vec<Cell> {
    let w = visit.w;
    let name = lines::name(visit, line);
    let first = match line.person_id {
        Some(person) if takes => {
            let link = format!("<a href=\"/members/{person}\">{}</a>", html::escape(&name));
            let label = format!("{}: {}", name, lines::field(visit, &line.field));
            boxed(visit, ("line", &line.line_no.to_string()), &label, &link)
        }
        Some(person) => Cell::Link(name, format!("/members/{person}")),
        None => Cell::Text(name),
    };
    let unit = line.unit_id.map_or_else(String::new, |unit| units.name(unit));
    let mut cells = vec![first, Cell::Text(unit)];
    let value = |stored: &str| lines::value(visit, units, &line.field, stored);
    if line.kind == "field" {
        cells.push(Cell::Text(lines::field(visit, &line.field)));
        cells.push(Cell::Text(value(&line.here)));
        let there = value(&line.there);
        cells.push(if line.taken_at == Moment::FOREVER {
            Cell::Text(there)
        } else {
            Cell::Html(format!("{} <span class=\"tag ok\">{}</span>", html::escape(&there), w.t("quality-taken")))
        });
    } else {
        cells.push(match line.kind.as_str() {
            "doubt" => Cell::Html(doubt(visit, line)),
            "there" => Cell::Text(value(&line.there)),
            "unread" => Cell::Text(w.t("quality-doubt-unread").to_owned()),
            _ => Cell::Text(String::new()),
        });
    }
    cells.push(Cell::Text(if line.sheet_row == 0 { String::new() } else { w.n(line.sheet_row) }));
    cells
}

/// Why, and who it may be.
fn doubt(visit: &Visit<'_>, line: &LineRow) -> String {
    let view = visit.house.census.view(visit.today());
    let mut out = html::escape(visit.w.t(lines::why(line)));
    for person in line.here.split(' ').filter_map(|text| text.parse().ok()) {
        let name = view.no(person).map(|no| view.name(no)).unwrap_or_default();
        let _ = write!(out, " <a href=\"/members/{person}\">{}</a>", html::escape(&name));
    }
    out
}

fn by_unit(visit: &Visit<'_>, units: &UnitsToday, row: &ReconciliationRow, outcome: &Outcome) -> Table {
    let w = visit.w;
    let number = |key: &'static str, title: &str| Column::number(key, w.t(title));
    let columns = vec![
        Column::new("unit", w.t("quality-unit")),
        number("same", "quality-same"),
        number("differ", "quality-differs"),
        number("here", "quality-only-here"),
        number("doubt", "quality-doubtful"),
        number("there", "quality-only-there"),
    ];
    let mut table = Table::new(w.t("quality-reconcile-by-unit"), columns);
    for part in units.parts(visit, Some(row.unit_id)) {
        let range = part..units.tree.end(part);
        let mut sums = [0u64; 5];
        for (unit, counts) in &outcome.by_unit {
            let place = unit.parse::<Id<Unit>>().ok().and_then(|unit| units.place(unit));
            if place.is_some_and(|place| range.contains(&place)) {
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        if sums.iter().all(|sum| *sum == 0) {
            continue;
        }
        let unit = units.id(part);
        let href = format!("{}?unit={}", here(row), unit.map_or_else(String::new, |unit| unit.to_string()));
        let mut cells = vec![Cell::Link(unit.map_or_else(String::new, |unit| units.name(unit)), href)];
        cells.extend(sums.iter().map(|sum| Cell::Text(w.n(*sum))));
        table.rows.push(cells);
    }
    table.empty = w.t("quality-reconcile-no-parts").to_owned();
    table
}

/// `POST /quality/reconciliations/{id}/takings`.
pub(in crate::pages) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = load(visit)?;
    let lines: Vec<i64> = visit.form.all("line").filter_map(|text| text.parse().ok()).collect();
    match visit.write(|op| reconcile::take(op, row.reconciliation_id, &lines)) {
        Ok(_) => Ok(Reply::done(format!("{}{}", here(&row), Asked::read(visit).query()), "quality-taken")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &row, status, issues)
        }
    }
}

/// `POST /quality/reconciliations/{id}/removal`.
pub(in crate::pages) fn remove(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let row = load(visit)?;
    let file = visit.write(|op| reconcile::remove(op, row.reconciliation_id))?;
    if !file.as_os_str().is_empty() {
        drop(std::fs::remove_file(file));
    }
    Ok(Reply::done("/quality/reconciliations", "quality-reconciliation-removed"))
}
