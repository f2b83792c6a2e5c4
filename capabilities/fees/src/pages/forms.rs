//! Small controls inside the rows of a table.

use std::fmt::Write;

use chibo_web::form::option;
use chibo_web::html::push;

/// A labelled line of text.
pub(super) fn text(out: &mut String, (name, label): (&str, &str), value: &str, numeric: bool) {
    let _ = write!(out, "<div class=\"field\"><label for=\"{name}\">");
    push(out, label);
    let mode = if numeric { " inputmode=\"numeric\" class=\"w10\"" } else { "" };
    let _ = write!(out, "</label><input type=\"text\" id=\"{name}\" name=\"{name}\"{mode} value=\"");
    push(out, value);
    out.push_str("\"></div>");
}

/// A labelled choice of one.
pub(super) fn select(out: &mut String, (name, label): (&str, &str), choices: &[(String, String)], value: &str) {
    let _ = write!(out, "<div class=\"field\"><label for=\"{name}\">");
    push(out, label);
    let _ = write!(out, "</label><select id=\"{name}\" name=\"{name}\">");
    for (code, text) in choices {
        option(out, code, text, code == value);
    }
    out.push_str("</select></div>");
}

/// A box to tick.
pub(super) fn tick(out: &mut String, (name, value): (&str, &str), label: &str, hidden: &str, on: bool) {
    let _ = write!(out, "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"");
    out.push_str(if on { " checked> " } else { "> " });
    push(out, label);
    out.push_str("<span class=\"visually-hidden\">: ");
    push(out, hidden);
    out.push_str("</span></label> ");
}
