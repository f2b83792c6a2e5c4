//! Candidates one by one.

use chibo_kernel::{Permission, Problem};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::found::stage_word;
use super::overview::FUNNEL;
use super::{Ask, Found, Line, MENU, print};
use crate::rules::Step;

/// Candidates on one page.
const ROWS: usize = 100;

/// `GET /development/candidates?unit=&stage=&late=&q=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let lines = found.fitting(&ask, visit.today());
    let title = match ask.unit {
        Some(unit) => w.t1("development-list-of", "unit", found.units.name(unit)),
        None => w.t("development-list").to_owned(),
    };
    let above = Crumb::to(w.t("development-title"), ask.whole().address("/development"));
    let mut head = Head::new(title.clone(), MENU).crumbs(vec![above, Crumb::here(title)]);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("development-export"), ask.address("/development/export.xlsx"), false);
    }
    if visit.who().may_somewhere(Permission::Import) {
        head = head.action(w.t("development-import"), "/development/import", false);
    }
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("development-new"), ask.whole().address("/development/candidates/new"), true);
    }
    let body = format!("{}{}{}", find(visit, &ask), chips(visit, &ask), table(visit, &found, &lines));
    visit.page_html(200, head, &body)
}

/// Looking for a name within what is asked.
fn find(visit: &Visit<'_>, ask: &Ask) -> String {
    let w = visit.w;
    let mut out =
        String::from("<form class=\"filters\" method=\"get\" action=\"/development/candidates\" role=\"search\">");
    for name in ["unit", "stage", "late"] {
        if let Some(value) = visit.query.some(name) {
            out.push_str("<input type=\"hidden\" name=\"");
            out.push_str(name);
            out.push_str("\" value=\"");
            html::push(&mut out, value);
            out.push_str("\">");
        }
    }
    out.push_str("<div class=\"field\"><label for=\"q\">");
    html::push(&mut out, w.t("development-find"));
    out.push_str("</label><input type=\"search\" id=\"q\" name=\"q\" autocomplete=\"off\" value=\"");
    html::push(&mut out, if ask.name.is_empty() { "" } else { visit.query.get("q") });
    out.push_str("\"></div><button class=\"btn\" type=\"submit\">");
    html::push(&mut out, w.t("development-find-send"));
    out.push_str("</button></form>");
    out
}

fn chips(visit: &Visit<'_>, ask: &Ask) -> String {
    let w = visit.w;
    let chip = |text: &str, here: Ask, current| (text.to_owned(), here.address("/development/candidates"), current);
    let mut chips = vec![
        chip(w.t("development-under-way"), ask.whole(), ask.stage.is_none() && !ask.late),
        chip(w.t("development-late"), Ask { late: true, ..ask.whole() }, ask.late),
    ];
    let stages = FUNNEL.into_iter().chain([Some(Step::Stopped), Some(Step::Annulled)]);
    chips.extend(stages.map(|stage| {
        let here = Ask { stage: Some(stage), ..ask.whole() };
        chip(w.t(stage_word(stage)), here, ask.stage == Some(stage))
    }));
    html::chips(w.t("development-stage"), chips)
}

fn table(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> String {
    let w = visit.w;
    let today = visit.today();
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("name", w.t("development-name")),
        Column::new("unit", w.t("development-branch")),
        Column::new("stage", w.t("development-stage")),
        Column::new("since", w.t("development-since")),
        Column::new("due", w.t("development-due")),
    ];
    let printing = visit.who().may_somewhere(Permission::Export) && !lines.is_empty();
    let mut columns = columns;
    if printing {
        columns.push(Column::new("pick", w.t("development-print-column")));
    }
    let mut table = Table::new(w.t("development-list"), columns);
    table.empty = w.t("development-nobody").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let href = format!("/development/candidates/{}", line.row.candidate_id);
        let above = found.units.above(visit, line.row.unit_id);
        let stage = line.course.stage();
        let since = stage.and_then(|stage| line.course.day(stage));
        let due = match line.due {
            None => Cell::Text(String::new()),
            Some((step, day, rule)) => {
                let said = w.with(
                    "development-due-by",
                    &[("step", w.t(step.word()).to_owned()), ("day", w.day(day)), ("rule", rule.to_owned())],
                );
                if day < today { Cell::Tag(said, "bad") } else { Cell::Text(said) }
            }
        };
        let mut cells = vec![
            Cell::Link(line.row.full_name.clone(), href),
            Cell::LinkWith(found.units.name(line.row.unit_id), format!("/units/{}", line.row.unit_id), above),
            Cell::Text(w.t(stage_word(stage)).to_owned()),
            Cell::Text(since.map_or_else(|| w.day(line.row.recorded_at.day()), |day| w.day(day))),
            due,
        ];
        if printing {
            cells.push(Cell::Html(print::pick(visit, &line.row.candidate_id.to_string(), &line.row.full_name)));
        }
        table.rows.push(cells);
    }
    table.page(visit, &page, lines.len(), "development-rows");
    let html = table.html(visit);
    if printing { print::about(visit, &print::OF_CANDIDATES, &html) } else { html }
}
