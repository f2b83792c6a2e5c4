//! Which members a list is about: read from the address, kept in the address.

use std::fmt::Write;
use std::ops::Range;

use chibo_census::{Codes, Dim, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Permission, Unit};
use chibo_web::html::{encode, push};
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Pairs, Visit};

use super::names::Units;
use crate::codes::Standing;
use crate::dims;

/// What the address asks for.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// Subtree.
    pub unit: Option<Id<Unit>>,
    /// Name, with or without marks.
    pub typed: String,
    /// Dimensions with the codes wanted: codes of one dimension are alternatives.
    pub chosen: Vec<(Dim, u32)>,
    /// Day and knowledge.
    pub at: AsOf,
}

impl Filter {
    /// From the address of a list or an export.
    pub(crate) fn read(pairs: &Pairs, at: AsOf, units: &Units) -> Self {
        let mut chosen: Vec<(Dim, u32)> = Vec::new();
        for text in pairs.all("f") {
            if let Some(one) = dims::read_filter(text, &units.forest)
                && !chosen.contains(&one)
            {
                chosen.push(one);
            }
        }
        let typed = chibo_kernel::text::clean(pairs.get("q")).into_owned();
        Self { unit: pairs.some("unit").and_then(|id| id.parse().ok()), typed, chosen, at }
    }

    /// As a question; `allowed` are the places the viewer may look at. A filter on standing replaces the default, which
    /// is: all that count as members.
    pub(crate) fn query(&self, units: &Units, allowed: Vec<Range<u32>>) -> Query {
        let mut query = Query::at(self.at);
        query.allowed = (!allowed.contains(&(0..u32::MAX))).then_some(allowed);
        if let Some(unit) = self.unit {
            query.scope = units.forest.no(unit).map_or_else(|| Scope::Places(Vec::new()), Scope::Unit);
        }
        for (dim, code) in &self.chosen {
            match query.filters.iter_mut().find(|(known, _)| known == dim) {
                Some((_, codes)) => codes.insert(*code),
                None => query.filters.push((*dim, Codes::of(&[*code]))),
            }
        }
        if !self.chosen.iter().any(|(dim, _)| *dim == Dim::Standing) {
            query.members = Some(members());
        }
        query
    }

    /// The address part that says all of this, without `?`; for keys of caches and audit entries.
    pub(crate) fn text(&self) -> String {
        let mut out = String::with_capacity(64);
        if let Some(unit) = self.unit {
            let _ = write!(out, "unit={unit}");
        }
        if !self.typed.is_empty() {
            let _ = write!(out, "&q={}", encode(&self.typed));
        }
        for (dim, code) in &self.chosen {
            let _ = write!(out, "&f={}:{code}", dims::key(*dim));
        }
        let _ = write!(out, "&day={}&known={}", self.at.day.number(), self.at.known.0);
        out
    }

    /// The chosen filters as chips, each a link to the list without it.
    pub(crate) fn chips(&self, visit: &Visit<'_>, units: &Units, total: &str) -> String {
        let w = visit.w;
        let mut out = String::from("<div class=\"filters\">");
        if let Some(unit) = self.unit {
            chip(&mut out, visit, w, &units.name(unit), "unit", None);
        }
        if !self.typed.is_empty() {
            chip(&mut out, visit, w, &format!("“{}”", self.typed), "q", None);
        }
        for text in visit.query.all("f") {
            if let Some((dim, code)) = dims::read_filter(text, &units.forest) {
                let label = format!("{}: {}", w.t(dims::title(dim)), dims::name(dim, code, w.lang, self.at.day, units));
                chip(&mut out, visit, w, &label, "f", Some(text));
            }
        }
        out.push_str("<span class=\"quiet small\">");
        push(&mut out, total);
        out.push_str("</span></div>");
        out
    }
}

/// The standings that count as members (row D of form 1-TCTW).
pub(crate) fn members() -> Codes {
    let counted = Standing::ALL.iter().filter(|standing| standing.counts_as_member());
    let mut codes = Codes::default();
    counted.for_each(|standing| codes.insert(u32::from(standing.number())));
    codes
}

fn chip(out: &mut String, visit: &Visit<'_>, w: Tongue<'_>, label: &str, name: &str, value: Option<&str>) {
    let _ = write!(out, "<a class=\"chip on\" href=\"{}", visit.place);
    let mut mark = '?';
    for (n, v) in visit.query.0.iter().filter(|(n, v)| !v.is_empty() && n != "after" && n != "done") {
        if n != name || value.is_some_and(|value| value != v) {
            out.push(if mark == '?' { '?' } else { ';' });
            if mark == '&' {
                out.pop();
                out.push_str("&amp;");
            }
            push(out, &encode(n));
            out.push('=');
            push(out, &encode(v));
            mark = '&';
        }
    }
    out.push_str("\">");
    push(out, label);
    out.push_str("<span class=\"visually-hidden\">, ");
    out.push_str(w.t("members-filter-drop"));
    out.push_str("</span></a>");
}

/// The form that adds filters: a plain GET form that carries the present ones along.
pub(crate) fn form(visit: &Visit<'_>, filter: &Filter, on: Day) -> String {
    let w = visit.w;
    let mut out = String::with_capacity(12_000);
    let _ = write!(
        out,
        "<details class=\"more\"><summary>{}</summary><form class=\"form\" method=\"get\" action=\"/members\">",
        w.t("members-filter-add")
    );
    for (name, value) in &visit.query.0 {
        if !value.is_empty() && !matches!(name.as_str(), "q" | "after" | "done") {
            out.push_str("<input type=\"hidden\" name=\"");
            push(&mut out, name);
            out.push_str("\" value=\"");
            push(&mut out, value);
            out.push_str("\">");
        }
    }
    let _ = write!(out, "<div class=\"field\"><label for=\"filter-q\">{}</label><input id=\"filter-q\" name=\"q\" type=\"text\" value=\"",
        w.t("members-filter-name"));
    push(&mut out, &filter.typed);
    out.push_str("\"></div>");
    selects(&mut out, w, on);
    let _ = write!(out, "<div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">{}</button></div></form></details>",
        w.t("members-filter-show"));
    out
}

/// What members can be filtered by in the form, most used first.
const OFFERED: &[Dim] = &[
    Dim::Standing,
    Dim::Sex,
    Dim::AgeBand,
    Dim::PartyAgeBand,
    Dim::Degree,
    Dim::Theory,
    Dim::Education,
    Dim::Occupation,
    Dim::Ethnicity,
    Dim::Religion,
    Dim::Kind,
    Dim::Setting,
];

fn selects(out: &mut String, w: Tongue<'_>, on: Day) {
    for dim in OFFERED {
        let key = dims::key(*dim);
        let title = w.t(dims::title(*dim));
        let _ = write!(out, "<div class=\"field\"><label for=\"filter-{key}\">{title}</label><select id=\"filter-{key}\" name=\"f\">\
            <option value=\"\">{}</option>", w.t("members-filter-any"));
        for (code, name) in dims::offered(*dim, w.lang, on) {
            let _ = write!(out, "<option value=\"{key}:{code}\">");
            push(out, name);
            out.push_str("</option>");
        }
        out.push_str("</select></div>");
    }
}

/// Whether the reader reads English.
pub(crate) fn english(w: Tongue<'_>) -> bool {
    w.lang == Lang::En
}
