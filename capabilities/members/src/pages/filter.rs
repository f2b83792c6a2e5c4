//! Which members a list is about: read from the address, kept in the address.

use std::fmt::Write;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use chibo_census::{Bounds, Query, TodayPlaces, UnitNo};
use chibo_kernel::{AsOf, Day, Id, Permission, Unit};
use chibo_web::html::{encode, push};
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Pairs, Visit};

use super::names::Units;
use crate::dims::{self, Dimension, Filters, Ground, Names};

/// What the address asks for.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// Subtree.
    pub unit: Option<Id<Unit>>,
    /// The unit is outside the viewer's scope: it is then like one that does not exist, name and all.
    hidden: bool,
    /// Name, with or without marks.
    pub typed: String,
    /// Conditions on what the columns hold.
    pub filters: Filters,
    /// Day and knowledge.
    pub at: AsOf,
    /// Whether units are those of that day or today's.
    pub bounds: Bounds,
}

/// No unit of its own: conditions on children then mean nothing.
const NO_UNIT: Id<Unit> = Id::from_bytes([0; 16]);

impl Filter {
    /// From the address of a list or an export.
    pub(crate) fn read(visit: &Visit<'_>, pairs: &Pairs) -> Self {
        let at = visit.as_of();
        let unit = pairs.some("unit").and_then(|id| id.parse().ok());
        let hidden = unit.is_some_and(|unit| visit.permit(Permission::ViewUnits, unit).is_err());
        let filters = Filters::read(pairs, unit.unwrap_or(NO_UNIT));
        let filters = if unit.is_some() { filters } else { filters.without(Dimension::Child) };
        let (typed, bounds) = (chibo_kernel::text::clean(pairs.get("q")).into_owned(), dims::bounds_of(pairs));
        Self { unit, hidden, typed, filters, at, bounds }
    }

    /// The number of the unit, when there is one in sight.
    fn no(&self, units: &Units) -> Option<UnitNo> {
        self.unit.filter(|_| !self.hidden).and_then(|unit| units.forest.no(unit))
    }

    /// The name of the unit, when there is one in sight.
    pub(crate) fn unit_name(&self, units: &Units) -> Option<String> {
        self.no(units).and_then(|no| units.name_of(no)).map(|name| name.into_owned())
    }

    /// As a question; `allowed` are the places the viewer may look at. A condition on standing replaces the default,
    /// which is: all that count as members. A unit made by a merger has the members of its forerunners before.
    pub(crate) fn query(&self, units: &Units, places: &TodayPlaces, allowed: Vec<Range<u32>>) -> Query {
        let no = self.unit.map(|_| self.no(units));
        let mut query = match no {
            None => {
                let everywhere = allowed.contains(&(0..u32::MAX));
                let query = Query { members: Some(dims::member_standings()), ..Query::at(self.at) };
                Query { allowed: (!everywhere).then_some(allowed), ..query }
            }
            Some(None) => Query { allowed: Some(Vec::new()), ..Query::at(self.at) },
            Some(Some(no)) => {
                let tree = if self.bounds == Bounds::Now { places.tree() } else { &units.tree };
                let ground = dims::ground(no, tree, places);
                let allowed = if ground == Ground::Absent { Vec::new() } else { allowed };
                dims::members_of(no, self.at, ground, places, allowed)
            }
        };
        query.bounds = self.bounds;
        if self.filters.has(Dimension::Standing) {
            query.members = None;
        }
        self.filters.on(query, no.flatten().unwrap_or(u32::MAX))
    }

    /// The address part that says all of this: `unit=…&q=…&f=…&day=…`. Also the key of caches, and what the audit log
    /// keeps of an export.
    pub(crate) fn text(&self) -> String {
        let mut out = String::with_capacity(96);
        if let Some(unit) = self.unit {
            let _ = write!(out, "unit={unit}");
        }
        if !self.typed.is_empty() {
            let _ = write!(out, "&q={}", encode(&self.typed));
        }
        out.push_str(&self.filters.address(self.unit.unwrap_or(NO_UNIT)));
        let _ = write!(out, "&day={}", self.at.day.number());
        if self.at.known != chibo_kernel::Moment::FOREVER {
            let _ = write!(out, "&known={}", self.at.known.0);
        }
        if self.bounds == Bounds::Now {
            out.push_str("&bounds=now");
        }
        out
    }

    /// The conditions in words, for papers.
    pub(crate) fn words(&self, w: Tongue<'_>, units: &Units) -> String {
        let no = self.no(units).unwrap_or(u32::MAX);
        let mut text = self.filters.text(&Names::new(w, &units.tree, no, self.at.day));
        if !self.typed.is_empty() {
            text =
                if text.is_empty() { format!("“{}”", self.typed) } else { format!("“{}”; {text}", self.typed) };
        }
        text
    }

    /// The conditions as chips, each a link to the list without it, and `total` behind them.
    pub(crate) fn chips(&self, visit: &Visit<'_>, units: &Units, total: &str) -> String {
        let w = visit.w;
        let mut out = String::from("<div class=\"filters\">");
        if let Some(unit) = self.unit {
            let name = self.unit_name(units).unwrap_or_else(|| unit.to_string());
            chip(&mut out, visit, w, &name, |name, value| name == "unit" || name == "f" && value.starts_with("child"));
        }
        if !self.typed.is_empty() {
            chip(&mut out, visit, w, &format!("“{}”", self.typed), |name, _| name == "q");
        }
        if !self.filters.is_empty() {
            let no = self.no(units).unwrap_or(u32::MAX);
            let names = Names::new(w, &units.tree, no, self.at.day);
            for (dimension, code) in self.filters.each() {
                let label = format!("{}: {}", dimension.name(w), dimension.code_name(code, &names));
                let (own, dotted) = (format!("{}:{code}", dimension.key()), format!("{}.", dimension.key()));
                let end = format!(":{code}");
                chip(&mut out, visit, w, &label, |name, value| {
                    name == "f" && (value == own || value.starts_with(&dotted) && value.ends_with(&end))
                });
            }
        }
        out.push_str("<span class=\"quiet small\">");
        push(&mut out, total);
        out.push_str("</span></div>");
        out
    }
}

fn chip(out: &mut String, visit: &Visit<'_>, w: Tongue<'_>, label: &str, drops: impl Fn(&str, &str) -> bool) {
    let _ = write!(out, "<a class=\"chip on\" href=\"{}", visit.place);
    let mut mark = "?";
    for (name, value) in
        visit.query.0.iter().filter(|(name, value)| !value.is_empty() && name != "after" && name != "done")
    {
        if !drops(name, value) {
            out.push_str(mark);
            push(out, &encode(name));
            out.push('=');
            push(out, &encode(value));
            mark = "&amp;";
        }
    }
    out.push_str("\">");
    push(out, label);
    out.push_str("<span class=\"visually-hidden\">, ");
    out.push_str(w.t("members-filter-drop"));
    out.push_str("</span></a>");
}

/// Hidden fields that carry the present address along, but for some names.
pub(crate) fn carried(out: &mut String, visit: &Visit<'_>, but: &[&str]) {
    for (name, value) in visit.query.0.iter().filter(|(name, value)| !value.is_empty() && !but.contains(&name.as_str()))
    {
        out.push_str("<input type=\"hidden\" name=\"");
        push(out, name);
        out.push_str("\" value=\"");
        push(out, value);
        out.push_str("\">");
    }
}

/// The form that adds conditions: a plain GET form that carries the present ones along.
pub(crate) fn form(visit: &Visit<'_>, filter: &Filter, units: &Units) -> String {
    let w = visit.w;
    let mut out = String::with_capacity(16_000);
    let _ = write!(
        out,
        "<details class=\"more\"><summary>{}</summary><form class=\"form\" method=\"get\" action=\"/members\">",
        w.t("members-filter-add")
    );
    carried(&mut out, visit, &["q", "after", "done"]);
    let _ = write!(
        out,
        "<div class=\"field\"><label for=\"filter-q\">{}</label><input id=\"filter-q\" name=\"q\" type=\"text\" value=\"",
        w.t("members-filter-name")
    );
    push(&mut out, &filter.typed);
    out.push_str("\"></div>");
    out.push_str(&selects(w, units, filter.at.day));
    let _ = write!(
        out,
        "<div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">{}</button></div></form></details>",
        w.t("members-filter-show")
    );
    out
}

type Kept = Mutex<Option<(Day, Arc<str>)>>;
/// The choices are the same for everybody on a day; writing a list of 56 peoples for every page would cost more than
/// finding its members.
static SELECTS: [Kept; 2] = [Mutex::new(None), Mutex::new(None)];

fn selects(w: Tongue<'_>, units: &Units, on: Day) -> Arc<str> {
    let kept = &SELECTS[usize::from(w.lang == Lang::En)];
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((day, html)) = &*kept
        && *day == on
    {
        return html.clone();
    }
    let names = Names::new(w, &units.tree, u32::MAX, on);
    let mut out = String::new();
    for dimension in Dimension::ALL.iter().filter(|dimension| **dimension != Dimension::Child) {
        let key = dimension.key();
        let _ = write!(
            out,
            "<div class=\"field\"><label for=\"filter-{key}\">{}</label><select id=\"filter-{key}\" name=\"f\"><option value=\"\">{}</option>",
            dimension.name(w),
            w.t("members-filter-any")
        );
        for code in dimension.codes(&names) {
            let _ = write!(out, "<option value=\"{key}:{code}\">");
            push(&mut out, &dimension.code_name(code, &names));
            out.push_str("</option>");
        }
        out.push_str("</select></div>");
    }
    let html: Arc<str> = Arc::from(out);
    *kept = Some((on, html.clone()));
    html
}
