//! The table itself: numbers, percent, totals, and the address of the list behind each.

use std::fmt::Write;

use chibo_members::dims::{Dimension, Names, condition};
use chibo_web::html;
use chibo_web::words::Tongue;

use super::{Answer, Show};
use crate::rules::Face;
use crate::spot::Spot;

/// Beyond this many cells only totals are links: the page would weigh more than it tells.
const LINKS_MOST: usize = 3000;

/// What writing a number needs, made once for the whole table.
struct Pen<'a> {
    w: Tongue<'a>,
    answer: &'a Answer,
    /// Addresses of lists, escaped: for cells, row totals, column totals, everybody.
    lists: [String; 4],
    /// Conditions of each row and column, escaped.
    rows: Vec<String>,
    cols: Vec<String>,
    cells_linked: bool,
}

/// The table with its totals.
pub(super) fn html(w: Tongue<'_>, spot: &Spot, answer: &Answer, names: &Names<'_>) -> String {
    let (question, grid) = (&answer.question, &answer.grid);
    let (rows, cols) = (question.rows, question.cols);
    let pen = Pen::new(w, spot, answer);
    let mut out = String::with_capacity(4096 + grid.len() * 160);
    let caption = w.t2("reports-crosstab-caption", ("rows", lower(rows.name(w))), ("cols", lower(cols.name(w))));
    let caption = html::escape(&caption);
    let _ = write!(
        out,
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table class=\"keep\" id=\"crosstab\">\
         <caption>{caption}</caption><thead><tr><th scope=\"col\">{}</th>",
        html::escape(rows.name(w)),
    );
    for code in &grid.cols {
        heading(&mut out, "col", " class=\"num\"", &cols.code_name(*code, names));
    }
    heading(&mut out, "col", " class=\"num\"", w.t("reports-total"));
    out.push_str("</tr></thead><tbody>");
    for (at, code) in grid.rows.iter().enumerate() {
        out.push_str("<tr>");
        heading(&mut out, "row", "", &rows.code_name(*code, names));
        pen.line(&mut out, at);
    }
    out.push_str("</tbody><tfoot><tr>");
    heading(&mut out, "row", "", w.t("reports-total"));
    pen.line(&mut out, grid.rows.len());
    out.push_str("</tfoot></table></div>");
    out
}

fn heading(out: &mut String, scope: &str, class: &str, text: &str) {
    let _ = write!(out, "<th scope=\"{scope}\"{class}>");
    html::push(out, text);
    out.push_str("</th>");
}

/// A name as it stands inside a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

impl<'a> Pen<'a> {
    fn new(w: Tongue<'a>, spot: &Spot, answer: &'a Answer) -> Self {
        let (question, grid) = (&answer.question, &answer.grid);
        let unit = spot.unit;
        // A condition of the table's own sides is replaced by the code of the row or column.
        let without = |sides: &[Dimension]| {
            let filters = sides.iter().fold(question.filters.clone(), |filters, side| filters.without(*side));
            html::escape(&format!("/members?{}{}", spot.asked(), filters.address(unit)))
        };
        let conditions = |by: Dimension, codes: &[u32]| -> Vec<String> {
            codes.iter().map(|code| html::escape(&condition(by, *code, unit))).collect()
        };
        Self {
            w,
            answer,
            lists: [
                without(&[question.rows, question.cols]),
                without(&[question.rows]),
                without(&[question.cols]),
                without(&[]),
            ],
            rows: conditions(question.rows, &grid.rows),
            cols: conditions(question.cols, &grid.cols),
            cells_linked: grid.len() <= LINKS_MOST,
        }
    }

    /// The numbers of a row, its total, and the end of the row; one beyond the last row are the totals.
    fn line(&self, out: &mut String, row: usize) {
        for col in 0..=self.answer.grid.cols.len() {
            self.cell(out, row, col);
        }
        out.push_str("</tr>");
    }

    fn cell(&self, out: &mut String, row: usize, col: usize) {
        let count = self.answer.grid.with_totals(row, col);
        match self.answer.faces.at(row, col) {
            Face::Few => out.push_str("<td class=\"num quiet\">&lt;5</td>"),
            Face::Hidden => {
                let _ = write!(out, "<td class=\"num quiet\">{}</td>", self.w.t("reports-hidden"));
            }
            Face::Open if count == 0 => out.push_str("<td class=\"num quiet\" data-v=\"0\">–</td>"),
            Face::Open => {
                let _ = write!(out, "<td class=\"num\" data-v=\"{count}\">");
                let linked = self.link(out, row, col);
                out.push_str(&self.number(row, col, count));
                out.push_str(if linked { "</a></td>" } else { "</td>" });
            }
        }
    }

    fn number(&self, row: usize, col: usize, count: u64) -> String {
        let grid = &self.answer.grid;
        let (row, col) = match self.answer.question.show {
            Show::Count => return self.w.n(count),
            Show::OfRow => (row, grid.cols.len()),
            Show::OfCol => (grid.rows.len(), col),
        };
        // A percentage of a hidden whole would give the whole away.
        if self.answer.faces.at(row, col) != Face::Open {
            return self.w.t("reports-hidden").to_owned();
        }
        self.w.percent(count, grid.with_totals(row, col))
    }

    /// Begins the link to the list behind a number; `false` when there is none.
    fn link(&self, out: &mut String, row: usize, col: usize) -> bool {
        let (by_row, by_col) = (self.rows.get(row), self.cols.get(col));
        let list = match (by_row, by_col) {
            (Some(_), Some(_)) => 0,
            (Some(_), None) => 1,
            (None, Some(_)) => 2,
            (None, None) => 3,
        };
        if !self.answer.linked || (list == 0 && !self.cells_linked) {
            return false;
        }
        out.push_str("<a href=\"");
        out.push_str(&self.lists[list]);
        by_row.into_iter().chain(by_col).for_each(|condition| out.push_str(condition));
        out.push_str("\">");
        true
    }
}
