//! Tables: one way to show rows everywhere. Headers sort by link, columns can be chosen, pages follow a key.

use std::fmt::Write;
use std::ops::Range;

use crate::html::push;
use crate::visit::Visit;

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in the address (`sort=`, `cols=`).
    pub key: &'static str,
    /// Heading.
    pub title: String,
    /// Numbers stand right.
    pub numeric: bool,
    /// Can be sorted by.
    pub sortable: bool,
    /// Holds sentences: never narrower than they can be read.
    pub wide: bool,
}

impl Column {
    /// A column of text.
    pub fn new(key: &'static str, title: impl Into<String>) -> Self {
        Self { key, title: title.into(), numeric: false, sortable: false, wide: false }
    }
    /// A column of numbers.
    pub fn number(key: &'static str, title: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::new(key, title) }
    }
    /// A column of sentences.
    pub fn sentences(key: &'static str, title: impl Into<String>) -> Self {
        Self { wide: true, ..Self::new(key, title) }
    }
    /// Sortable.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Text that leads somewhere.
    Link(String, String),
    /// Text that leads somewhere, with a quiet second line.
    LinkWith(String, String, String),
    /// A word with a colour class (`ok`, `warn`, `bad`, `gold`, or none).
    Tag(String, &'static str),
    /// HTML made by the page itself.
    Html(String),
}

/// A table with its address-driven controls.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the rows are; read out first.
    pub caption: String,
    /// Columns that can be shown; the first is the row's name and always shown.
    pub columns: Vec<Column>,
    /// Rows, one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// A last row of totals.
    pub total: Option<Vec<Cell>>,
    /// Key of the next page, if there is one.
    pub next: Option<String>,
    /// "Rows 1–50 of 1,842", in the reader's language.
    pub position: String,
    /// Offer a choice of columns.
    pub choosable: bool,
    /// What to say when there are no rows.
    pub empty: String,
}

impl Table {
    /// A table.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { caption: caption.into(), columns, ..Self::default() }
    }

    /// Says which of how many rows these are and offers the next page; `words` takes `from`, `to`, `all`. For lists that
    /// stand whole in memory; `rows` comes from [`Visit::rows`].
    pub fn page(&mut self, visit: &Visit<'_>, rows: &Range<usize>, all: usize, words: &str) {
        let w = visit.w;
        self.next = (rows.end < all).then(|| rows.end.to_string());
        if !rows.is_empty() {
            let (from, to, all) = (w.n(rows.start + 1), w.n(rows.end), w.n(all));
            self.position = w.with(words, &[("from", from), ("to", to), ("all", all)]);
        }
    }

    /// Which columns the address asks for.
    fn shown(&self, visit: &Visit<'_>) -> Vec<bool> {
        let chosen: Vec<_> = visit.query.all("cols").collect();
        let all = !self.choosable || chosen.is_empty();
        self.columns.iter().enumerate().map(|(i, c)| i == 0 || all || chosen.contains(&c.key)).collect()
    }

    /// The table as HTML.
    pub fn html(&self, visit: &Visit<'_>) -> String {
        let mut out = String::with_capacity(256 + self.rows.len() * self.columns.len() * 64);
        if self.rows.is_empty() && !self.empty.is_empty() {
            out.push_str("<p class=\"empty\">");
            push(&mut out, &self.empty);
            out.push_str("</p>");
            return out;
        }
        let shown = self.shown(visit);
        if self.choosable {
            self.chooser(&mut out, visit, &shown);
        }
        out.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
        push(&mut out, &self.caption);
        out.push_str("\"><table><caption>");
        push(&mut out, &self.caption);
        out.push_str("</caption><thead><tr>");
        for (column, _) in self.columns.iter().zip(&shown).filter(|(_, s)| **s) {
            heading(&mut out, visit, column);
        }
        out.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            self.row(&mut out, row, &shown);
        }
        out.push_str("</tbody>");
        if let Some(total) = &self.total {
            out.push_str("<tfoot>");
            self.row(&mut out, total, &shown);
            out.push_str("</tfoot>");
        }
        out.push_str("</table></div>");
        self.pager(&mut out, visit);
        out
    }

    fn row(&self, out: &mut String, row: &[Cell], shown: &[bool]) {
        out.push_str("<tr>");
        for (index, ((cell, column), _)) in row.iter().zip(&self.columns).zip(shown).filter(|(_, s)| **s).enumerate() {
            let (tag, scope) = if index == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
            let class = match column {
                Column { numeric: true, .. } => " class=\"num\"",
                Column { wide: true, .. } => " class=\"wide\"",
                _ => "",
            };
            let _ = write!(out, "<{tag}{scope}{class} data-label=\"");
            push(out, &column.title);
            out.push_str("\">");
            cell_html(out, cell);
            let _ = write!(out, "</{tag}>");
        }
        out.push_str("</tr>");
    }

    fn pager(&self, out: &mut String, visit: &Visit<'_>) {
        if self.position.is_empty() && self.next.is_none() {
            return;
        }
        out.push_str("<nav class=\"pager\" aria-label=\"");
        out.push_str(visit.w.t("table-pages"));
        out.push_str("\"><span class=\"quiet small\">");
        push(out, &self.position);
        out.push_str("</span><span>");
        if visit.query.some("after").is_some() {
            let _ = write!(out, "<a class=\"btn\" href=\"{}", visit.place);
            push(out, &visit.query.with(&[("after", "")]));
            let _ = write!(out, "\">{}</a> ", visit.w.t("table-first"));
        }
        if let Some(next) = &self.next {
            let _ = write!(out, "<a class=\"btn\" rel=\"next\" href=\"{}", visit.place);
            push(out, &visit.query.with(&[("after", next)]));
            let _ = write!(out, "\">{}</a>", visit.w.t("table-next"));
        }
        out.push_str("</span></nav>");
    }

    fn chooser(&self, out: &mut String, visit: &Visit<'_>, shown: &[bool]) {
        let w = visit.w;
        let _ = write!(
            out,
            "<details class=\"chooser\"><summary>{}</summary><form method=\"get\" action=\"{}\">",
            w.t("table-columns"),
            visit.place
        );
        for (name, value) in visit.query.0.iter().filter(|(n, _)| n != "cols" && n != "after") {
            out.push_str("<input type=\"hidden\" name=\"");
            push(out, name);
            out.push_str("\" value=\"");
            push(out, value);
            out.push_str("\">");
        }
        out.push_str("<div class=\"checks\">");
        for (column, shown) in self.columns.iter().zip(shown).skip(1) {
            let checked = if *shown { " checked" } else { "" };
            let _ = write!(
                out,
                "<div><input type=\"checkbox\" name=\"cols\" value=\"{0}\" id=\"col-{0}\"{checked}>\
                <label for=\"col-{0}\">",
                column.key
            );
            push(out, &column.title);
            out.push_str("</label></div>");
        }
        let _ =
            write!(out, "</div><button class=\"btn\" type=\"submit\">{}</button></form></details>", w.t("table-show"));
    }
}

fn heading(out: &mut String, visit: &Visit<'_>, column: &Column) {
    let sort = visit.query.get("sort");
    let (up, down) = (sort == column.key, sort.strip_prefix('-') == Some(column.key));
    out.push_str("<th scope=\"col\"");
    if column.numeric {
        out.push_str(" class=\"num\"");
    }
    if up || down {
        let _ = write!(out, " aria-sort=\"{}\"", if up { "ascending" } else { "descending" });
    }
    out.push('>');
    if column.sortable {
        let next = if up { format!("-{}", column.key) } else { column.key.to_owned() };
        let _ = write!(out, "<a href=\"{}", visit.place);
        push(out, &visit.query.with(&[("sort", &next), ("after", "")]));
        out.push_str("\">");
        push(out, &column.title);
        out.push_str(if up {
            " <span aria-hidden=\"true\">▲</span>"
        } else if down {
            " <span aria-hidden=\"true\">▼</span>"
        } else {
            ""
        });
        out.push_str("</a>");
    } else {
        push(out, &column.title);
    }
    out.push_str("</th>");
}

fn cell_html(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Text(text) => push(out, text),
        Cell::Link(text, href) => link(out, text, href),
        Cell::LinkWith(text, href, quiet) => {
            out.push_str("<div class=\"two\">");
            link(out, text, href);
            out.push_str("<div class=\"small quiet\">");
            push(out, quiet);
            out.push_str("</div></div>");
        }
        Cell::Tag(text, class) => {
            let _ = write!(out, "<span class=\"tag {class}\">");
            push(out, text);
            out.push_str("</span>");
        }
        Cell::Html(html) => out.push_str(html),
    }
}

/// Appends a link.
pub fn link(out: &mut String, text: &str, href: &str) {
    out.push_str("<a href=\"");
    push(out, href);
    out.push_str("\">");
    push(out, text);
    out.push_str("</a>");
}
