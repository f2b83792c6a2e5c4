//! The list of duties, a page at a time.

use chibo_kernel::Day;
use chibo_web::table::Column;
use chibo_web::{Cell, Pressing, Table, Visit, html};

use super::found::{Found, Line};

/// Duties on one page.
const ROWS: usize = 50;

/// Key of the word for a degree.
pub(crate) const fn degree_word(pressing: Pressing) -> &'static str {
    match pressing {
        Pressing::Overdue => "today-overdue",
        Pressing::Now => "today-now",
        Pressing::Soon => "today-soon",
        Pressing::Later => "today-later",
    }
}

/// The page of the list the address asks for.
pub(super) fn html(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> String {
    let w = visit.w;
    let page = visit.rows(lines.len(), ROWS);
    let mut table = Table::new(
        w.t("today-list"),
        vec![
            Column::sentences("act", w.t("today-act")),
            Column::new("due", w.t("today-due")),
            Column::new("unit", w.t("today-unit")),
            Column::new("sort", w.t("today-sort")),
            Column::new("rule", w.t("today-rule")),
        ],
    );
    table.empty = w.t("today-nothing").to_owned();
    table.rows = lines.get(page.clone()).unwrap_or_default().iter().map(|line| row(visit, found, line)).collect();
    table.page(visit, &page, lines.len(), "today-rows");
    table.html(visit)
}

fn row(visit: &Visit<'_>, found: &Found, (source, duty): &Line) -> Vec<Cell> {
    let w = visit.w;
    vec![
        Cell::Link(w.said(&duty.said), duty.href.clone()),
        due(visit, duty.due),
        Cell::LinkWith(
            found.units.name(duty.unit),
            format!("/units/{}", duty.unit),
            found.units.above(visit, duty.unit),
        ),
        Cell::Text(w.t(source.title).to_owned()),
        Cell::Tag(duty.rule.to_owned(), ""),
    ]
}

/// The last day with how pressing it is, in words and not by colour alone.
fn due(visit: &Visit<'_>, due: Day) -> Cell {
    let w = visit.w;
    let degree = Pressing::of(due, visit.today());
    if due == Day::FOREVER {
        return Cell::Text(w.t("today-no-day").to_owned());
    }
    let class = match degree {
        Pressing::Overdue => "tag bad",
        Pressing::Now => "tag warn",
        Pressing::Soon | Pressing::Later => return Cell::Text(w.day(due)),
    };
    let mut out = format!("<div class=\"two\">{}<div><span class=\"{class}\">", w.day(due));
    html::push(&mut out, &away(visit, due));
    out.push_str("</span></div></div>");
    Cell::Html(out)
}

/// How many days over or left.
fn away(visit: &Visit<'_>, due: Day) -> String {
    let days = i64::from(due.number()) - i64::from(visit.today().number());
    match days {
        0 => visit.w.t("today-today").to_owned(),
        left if left > 0 => visit.w.t1("today-left", "days", left),
        over => visit.w.t1("today-over", "days", over.saturating_neg()),
    }
}
