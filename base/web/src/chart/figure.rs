//! A chart in a card with its table beneath.

use std::fmt::Write;

use super::{Chart, ChartTable};
use crate::html;
use crate::words::Tongue;

/// A card: heading, drawings, a caption below them, and the table that opens.
pub struct Figure<'a> {
    /// Width class (`c5`, `c7`), empty for the whole row.
    pub width: &'static str,
    /// Heading.
    pub title: &'a str,
    /// Words under the drawing; may be empty.
    pub note: &'a str,
    /// Colour and name of each series, where there are several.
    pub legend: &'a [(&'static str, &'a str)],
}

impl Figure<'_> {
    /// The card with the table of the chart itself.
    pub fn html(&self, w: Tongue<'_>, chart: &dyn Chart) -> String {
        self.with_table(w, chart, &chart.table())
    }

    /// The card with a table that says more than the drawing.
    pub fn with_table(&self, w: Tongue<'_>, chart: &dyn Chart, table: &ChartTable) -> String {
        let whole = self.width.is_empty();
        let mut out = String::with_capacity(8 * 1024);
        let _ = write!(out, "<section class=\"card {}\"><h2>", self.width);
        html::push(&mut out, self.title);
        let _ = write!(out, "</h2><figure class=\"chart{}\">", if whole { " full" } else { "" });
        out.push_str(&if whole { chart.drawings_full() } else { chart.drawings() });
        self.caption(&mut out);
        out.push_str("</figure>");
        if table.rows.is_empty() {
            out.push_str("</section>");
            return out;
        }
        out.push_str("<details class=\"more\"><summary>");
        out.push_str(w.t("shell-show-table"));
        out.push_str("<span class=\"visually-hidden\">: ");
        html::push(&mut out, self.title);
        out.push_str("</span></summary>");
        push_table(&mut out, table);
        out.push_str("</details></section>");
        out
    }

    fn caption(&self, out: &mut String) {
        if !self.legend.is_empty() {
            out.push_str("<figcaption class=\"legend\">");
            for (class, name) in self.legend {
                let _ = write!(out, "<span><i class=\"{class}\"></i>");
                html::push(out, name);
                out.push_str("</span>");
            }
            if !self.note.is_empty() {
                out.push_str("<span>");
                html::push(out, self.note);
                out.push_str("</span>");
            }
            out.push_str("</figcaption>");
        } else if !self.note.is_empty() {
            out.push_str("<figcaption>");
            html::push(out, self.note);
            out.push_str("</figcaption>");
        }
    }
}

/// Appends the table of a chart.
pub fn push_table(out: &mut String, table: &ChartTable) {
    out.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html::push(out, &table.caption);
    out.push_str("\"><table class=\"keep\"><caption>");
    html::push(out, &table.caption);
    out.push_str("</caption><thead><tr>");
    for (at, column) in table.columns.iter().enumerate() {
        out.push_str(if at == 0 { "<th scope=\"col\">" } else { "<th scope=\"col\" class=\"num\">" });
        html::push(out, column);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let class = if cell.number { " class=\"num\"" } else { "" };
            let (tag, scope) = if at == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
            let _ = write!(out, "<{tag}{scope}{class}>");
            match &cell.href {
                Some(href) => crate::table::link(out, &cell.text, href),
                None => html::push(out, &cell.text),
            }
            let _ = write!(out, "</{tag}>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}
