//! What is wrong with a form, said before it.

use std::fmt::Write;

use chibo_kernel::Issue;

use super::{Field, Kind};
use crate::html::push;
use crate::visit::Visit;

/// The error summary: first on the page, focused, each line a link to its field.
pub fn summary(out: &mut String, visit: &Visit<'_>, issues: &[Issue], fields: &[Field]) {
    if issues.is_empty() {
        return;
    }
    let title = visit.w.t("form-errors");
    let _ = write!(out, "<div class=\"errors\" role=\"alert\" tabindex=\"-1\" autofocus><h2>{title}</h2><ul>");
    for issue in issues {
        out.push_str("<li>");
        let target = issue.field.as_ref().and_then(|name| fields.iter().find(|f| f.name == *name));
        let text = visit.w.said(&issue.said);
        match target {
            Some(field) => {
                let part = if matches!(field.kind, Kind::Day) { "-day" } else { "" };
                let part = if matches!(field.kind, Kind::Radios(_) | Kind::Checks(_)) { "-0" } else { part };
                let _ = write!(out, "<a href=\"#{}{part}\">", field.name);
                push(out, &text);
                out.push_str("</a>");
            }
            None => push(out, &text),
        }
        if let Some(rule) = issue.rule {
            let _ = write!(out, " <span class=\"tag\">{rule}</span>");
        }
        out.push_str("</li>");
    }
    out.push_str("</ul></div>");
}
