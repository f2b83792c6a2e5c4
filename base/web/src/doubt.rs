//! What is doubtful about the rules behind a page: marks M and C are never shown without their note.

use std::fmt::Write;

use chibo_kernel::rulebook::Rule;

use crate::html;
use crate::words::Tongue;

/// The rules in doubt, by id, each with its note in the reader's language; the others are left out.
pub fn notes<'r>(w: Tongue<'_>, rules: impl IntoIterator<Item = &'r Rule>) -> Vec<(&'r str, &'r str)> {
    let note = |rule: &'r Rule| Some((rule.id.as_str(), w.of(rule.note.as_ref()?)));
    rules.into_iter().filter_map(note).collect()
}

/// Notes as a card under a title; nothing when there are none.
pub fn card<T: AsRef<str>>(title: &str, notes: &[(&str, T)]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut out = format!("<section class=\"card\"><h2>{}</h2><ul class=\"plain\">", html::escape(title));
    for (rule, text) in notes {
        let (rule, text) = (html::escape(rule), html::escape(text.as_ref()));
        let _ = write!(out, "<li><span class=\"tag\">{rule}</span> {text}</li>");
    }
    out.push_str("</ul></section>");
    out
}
