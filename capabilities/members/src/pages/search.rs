//! The search box on every page: members by name, organisations by name or code, in the viewer's scope.

use std::fmt::Write;

use chibo_kernel::{AsOf, Permission, Problem};
use chibo_organisation::finding::find_units;
use chibo_web::html::{encode, push};
use chibo_web::{Head, Reply, Visit};

use super::names::{Units, kind_name};
use crate::codes;
use crate::sheets;

/// Members and organisations shown.
const SHOWN: usize = 20;

/// The answer to `?q=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let typed = chibo_kernel::text::clean(visit.query.get("q")).into_owned();
    let mut found = String::with_capacity(8_192);
    let mut count = 0;
    if typed.is_empty() {
        let _ = write!(found, "<p class=\"empty\">{}</p>", w.t("members-search-nothing-typed"));
    } else {
        count = members(&mut found, visit, &typed)? + units(&mut found, visit, &typed);
        if count == 0 {
            let _ = write!(found, "<p class=\"empty\">{}</p>", w.t("members-search-none"));
        }
    }
    let mut body = String::with_capacity(found.len() + 1_024);
    field(&mut body, visit, &typed);
    body.push_str("<div class=\"stack\" id=\"found\" data-say=\"");
    if !typed.is_empty() {
        push(&mut body, &w.t1("members-search-found", "count", w.n(count as i64)));
    }
    body.push_str("\">");
    body.push_str(&found);
    body.push_str("</div>");
    visit.page_html(200, Head::new(w.t("members-search"), ""), &body)
}

fn field(out: &mut String, visit: &Visit<'_>, typed: &str) {
    let w = visit.w;
    let _ = write!(
        out,
        "<form class=\"form\" method=\"get\" action=\"/search\" role=\"search\" aria-label=\"{0}\" data-live hx-get=\"/search\" \
         hx-target=\"#found\" hx-select=\"#found\" hx-swap=\"outerHTML\" hx-trigger=\"live, submit\" hx-sync=\"this:replace\" \
         hx-push-url=\"true\">\
         <div class=\"field\"><label for=\"q\">{0}</label><p class=\"hint\" id=\"q-hint\">{1}</p>\
         <input id=\"q\" name=\"q\" type=\"search\" aria-describedby=\"q-hint\" value=\"",
        w.t("members-search-label"),
        w.t("members-search-hint")
    );
    push(out, typed);
    let _ = write!(
        out,
        "\"></div><div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">{}</button></div></form>",
        w.t("members-search")
    );
}

/// Appends the members found; gives their number.
fn members(out: &mut String, visit: &Visit<'_>, typed: &str) -> Result<u64, Problem> {
    if !visit.who().may_somewhere(Permission::ViewMembers) {
        return Ok(0);
    }
    let w = visit.w;
    let ranges = visit.who().ranges(Permission::ViewMembers);
    let view = visit.house.census.view(visit.today());
    let count = view.found(typed, Some(&ranges));
    if count == 0 {
        return Ok(0);
    }
    let units = Units::new(view.forest().clone(), AsOf::on(visit.today()));
    let _ = write!(
        out,
        "<section class=\"card\"><h2>{} <span class=\"tag\">{}</span></h2><ul class=\"due\">",
        w.t("members-title"),
        w.n(count as i64)
    );
    for no in view.search(typed, Some(&ranges), SHOWN) {
        let Some(brief) = view.person(no) else { continue };
        let _ = write!(out, "<li><a href=\"/members/{}\">", brief.id);
        push(out, &brief.name);
        out.push_str("</a><span class=\"small quiet\">");
        let born = brief.born.map_or_else(String::new, |born| sheets::birth_text(born, 2));
        let unit = brief.today.map(|(unit, _)| unit).or(brief.home).and_then(|unit| units.name_of(unit));
        let parts = [born, unit.unwrap_or_default().into_owned()];
        push(out, &parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · "));
        out.push_str("</span>");
        let gone = brief.today.is_none_or(|(_, codes)| {
            codes::Standing::from_number(codes.standing).is_some_and(|standing| !standing.counts_as_member())
        });
        if gone {
            let _ = write!(out, "<span class=\"tag\">{}</span>", w.t("members-not-now"));
        }
        out.push_str("</li>");
    }
    out.push_str("</ul>");
    if count > SHOWN as u64 {
        let _ = write!(
            out,
            "<p><a class=\"btn\" href=\"/members?q={}\">{}</a></p>",
            encode(typed),
            w.t("members-search-all")
        );
    }
    out.push_str("</section>");
    Ok(count)
}

/// Appends the organisations found, best first; gives their number.
fn units(out: &mut String, visit: &Visit<'_>, typed: &str) -> u64 {
    let (w, on) = (visit.w, visit.today());
    if !visit.who().may_somewhere(Permission::ViewUnits) {
        return 0;
    }
    let forest = visit.house.census.forest();
    let (tree, places) = (forest.tree(AsOf::on(on)), forest.today(on));
    let hits = find_units((&forest, &tree, &places), visit.who(), typed, usize::MAX);
    if hits.is_empty() {
        return 0;
    }
    let _ = write!(
        out,
        "<section class=\"card\"><h2>{} <span class=\"tag\">{}</span></h2><ul class=\"due\">",
        w.t("members-search-units"),
        w.n(hits.len() as i64)
    );
    for hit in hits.iter().take(SHOWN) {
        let Some(facts) = tree.facts(hit.place) else { continue };
        let _ = write!(out, "<li><a href=\"/units/{}\">", hit.unit);
        push(out, &facts.name);
        out.push_str("</a><span class=\"small quiet\">");
        let above = tree.parent(hit.place).and_then(|place| tree.facts(place)).map_or("", |facts| facts.name.as_str());
        let parts = [kind_name(facts.kind, on, w.lang == chibo_web::Lang::En), above, facts.code.as_str()];
        push(out, &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
        out.push_str("</span></li>");
    }
    out.push_str("</ul></section>");
    hits.len() as u64
}
