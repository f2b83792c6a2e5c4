//! A form about the rows of a table: each has its box.

use crate::html::push;
use crate::table::Cell;
use crate::visit::Visit;

/// The box that chooses a row of the table a form is about, before `more` (HTML of the page); it stays chosen when the
/// form is shown again.
pub fn boxed(visit: &Visit<'_>, (name, value): (&str, &str), label: &str, more: &str) -> Cell {
    let mut cell = String::from("<span class=\"boxed\"><label><input type=\"checkbox\" name=\"");
    let chosen = visit.form.all(name).any(|other| other == value);
    push(&mut cell, name);
    cell.push_str("\" value=\"");
    push(&mut cell, value);
    cell.push_str(if chosen { "\" checked>" } else { "\">" });
    cell.push_str(if more.is_empty() { "<span>" } else { "<span class=\"visually-hidden\">" });
    push(&mut cell, label);
    cell.push_str("</span></label>");
    cell.push_str(more);
    cell.push_str("</span>");
    Cell::Html(cell)
}
