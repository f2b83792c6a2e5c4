//! A chart in a card with its table beneath.

use std::fmt::Write;

use chibo_web::chart::{Bar, Bars, Caption, Chart, ChartTable};
use chibo_web::html;
use chibo_web::table::link;
use chibo_web::words::Tongue;

/// Bars with their table; every number leads to its list.
pub(super) fn bars(w: Tongue<'_>, title: &str, columns: [&str; 2], bars: Vec<Bar>) -> String {
    let number = |value: f64| w.n(value as i64);
    let caption = Caption::new(title, "", w.t("alerts-nothing"));
    let chart = Bars { caption, columns: columns.map(str::to_owned), bars, format: &number };
    let mut out = String::with_capacity(8 * 1024);
    out.push_str("<section class=\"card c7\"><h2>");
    html::push(&mut out, title);
    let _ = write!(out, "</h2><figure class=\"chart\">{}</figure>", chart.drawings());
    if !chart.bars.is_empty() {
        let _ = write!(out, "<details class=\"more\"><summary>{}</summary>", w.t("alerts-show-table"));
        table(&mut out, &chart.table());
        out.push_str("</details>");
    }
    out.push_str("</section>");
    out
}

fn table(out: &mut String, table: &ChartTable) {
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
                Some(href) => link(out, &cell.text, href),
                None => html::push(out, &cell.text),
            }
            let _ = write!(out, "</{tag}>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}
