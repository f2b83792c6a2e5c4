//! Pickers: rows, columns, unit, conditions; a plain GET form that works without scripts.

use std::fmt::Write;

use chibo_members::dims::{Dimension, Names, short};
use chibo_web::form::option;
use chibo_web::words::Tongue;
use chibo_web::{Visit, html};

use super::{Question, Show};
use crate::spot::Spot;

/// More children than this are chosen on the dashboard or by search, not from a list.
const CHILDREN_MOST: usize = 250;

/// The conditions in force, each a link to the table without it.
pub(super) fn chips(spot: &Spot, question: &Question, names: &Names<'_>, w: Tongue<'_>) -> String {
    let mut out = String::new();
    for (dimension, code) in question.filters.each() {
        let rest = Question { filters: question.filters.less(dimension, code), ..question.clone() };
        out.push_str("<a class=\"chip on\" href=\"");
        html::push(&mut out, &rest.address("/crosstab", spot));
        out.push_str("\">");
        html::push(&mut out, &format!("{}: {}", dimension.name(w), dimension.code_name(code, names)));
        let _ = write!(out, "<span class=\"visually-hidden\">, {}</span></a>", w.t("reports-filter-drop"));
    }
    out
}

/// The ways numbers can be shown: text, address, whether it is the present one.
pub(super) fn shows<'a>(spot: &Spot, question: &Question, w: Tongue<'a>) -> Vec<(&'a str, String, bool)> {
    let way = |(show, _, key): (Show, &str, &str)| {
        let address = Question { show, ..question.clone() }.address("/crosstab", spot);
        (w.t(key), address, question.show == show)
    };
    Show::ALL.map(way).to_vec()
}

/// The same table by the boundaries of the day and by today's; conditions on children mean other units there.
pub(super) fn bounds<'a>(spot: &Spot, question: &Question, w: Tongue<'a>) -> Vec<(&'a str, String, bool)> {
    let question = Question { filters: question.filters.without(Dimension::Child), ..question.clone() };
    let way = |(key, asked, chosen): (&'static str, String, bool)| {
        (w.t(key), question.address_as("/crosstab", &asked, spot), chosen)
    };
    spot.both_bounds().into_iter().map(way).collect()
}

/// The form.
pub(super) fn html(visit: &Visit<'_>, spot: &Spot, question: &Question, names: &Names<'_>) -> String {
    let w = visit.w;
    let mut out = String::with_capacity(16 * 1024);
    out.push_str("<form class=\"form\" method=\"get\" action=\"/crosstab\"><div class=\"grid\">");
    for (name, key, chosen) in [("rows", "reports-rows", question.rows), ("cols", "reports-cols", question.cols)] {
        begin(&mut out, name, w.t(key));
        for dimension in offered(spot) {
            option(&mut out, dimension.key(), dimension.name(w), dimension == chosen);
        }
        out.push_str("</select></div>");
    }
    begin(&mut out, "f", w.t("reports-filter-add"));
    option(&mut out, "", w.t("reports-filter-none"), true);
    for dimension in offered(spot).filter(|dimension| *dimension != Dimension::Child) {
        out.push_str("<optgroup label=\"");
        html::push(&mut out, dimension.name(w));
        out.push_str("\">");
        for code in dimension.codes(names) {
            let value = format!("{}:{code}", dimension.key());
            option(&mut out, &value, &dimension.code_name(code, names), false);
        }
        out.push_str("</optgroup>");
    }
    out.push_str("</select></div>");
    begin(&mut out, "unit", w.t("reports-unit"));
    units(&mut out, spot, names);
    out.push_str("</select></div></div>");
    hidden(&mut out, visit, spot, question);
    let _ = write!(
        out,
        "<div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">{}</button></div></form>",
        w.t("reports-show")
    );
    out
}

/// Dimensions the unit can be counted by on the day.
fn offered(spot: &Spot) -> impl Iterator<Item = Dimension> + '_ {
    Dimension::ALL.iter().copied().filter(|dimension| *dimension != Dimension::Child || spot.is_itself())
}

fn begin(out: &mut String, name: &str, label: &str) {
    let _ = write!(out, "<div class=\"field c6\"><label for=\"pick-{name}\">");
    html::push(out, label);
    let _ = write!(out, "</label><select id=\"pick-{name}\" name=\"{name}\">");
}

/// The units above, the unit itself, its children: as far as the viewer may look.
fn units(out: &mut String, spot: &Spot, names: &Names<'_>) {
    let id = |place: u32| spot.tree.unit(place).and_then(|unit| spot.forest.id(unit));
    let mut line = |place: u32, mark: &str, chosen: bool| {
        if let (Some(facts), Some(id)) = (spot.tree.facts(place), id(place)) {
            option(out, &id.to_string(), &format!("{mark}{}", short(facts)), chosen);
        }
    };
    let Some(here) = spot.place() else {
        return option(out, &spot.unit.to_string(), &spot.name, true);
    };
    for place in spot.tree.path(here).into_iter().filter(|place| *place != here && spot.may_see(*place)) {
        line(place, "", false);
    }
    line(here, "", true);
    for place in names.children().iter().filter(|place| spot.may_see(**place)).take(CHILDREN_MOST) {
        line(*place, "— ", false);
    }
}

/// What else the address says is carried along.
fn hidden(out: &mut String, visit: &Visit<'_>, spot: &Spot, question: &Question) {
    let mut field = |name: &str, value: &str| {
        let _ = write!(out, "<input type=\"hidden\" name=\"{name}\" value=\"");
        html::push(out, value);
        out.push_str("\">");
    };
    for condition in question.filters.address(spot.unit).split("&f=").skip(1) {
        field("f", condition);
    }
    for name in ["day", "known", "show", "bounds"] {
        if let Some(value) = visit.query.some(name) {
            field(name, value);
        }
    }
}
