//! Choosing a branch: search by name or code, then a link.

use std::fmt::Write;

use chibo_kernel::{AsOf, Id, Permission, Problem, Unit};
use chibo_web::html::{encode, push};
use chibo_web::{Head, Reply, Visit};

use super::names::{Units, holds_members};

/// Branches offered.
const SHOWN: usize = 50;

/// The units of today.
pub(super) fn today(visit: &Visit<'_>) -> Units {
    Units::new(visit.house.census.forest(), AsOf::on(visit.today()))
}

/// The branch asked for, if it stands today and members may belong to it.
pub(super) fn chosen(visit: &Visit<'_>, units: &Units) -> Option<Id<Unit>> {
    let typed = visit.form.some("unit").or_else(|| visit.query.some("unit"))?;
    let unit = typed.parse().ok().filter(|unit| is_branch(units, *unit));
    let ranges = visit.who().ranges(Permission::EditMembers);
    unit.or_else(|| {
        let (found, more) = units.branches(typed, &ranges, 2);
        found.first().filter(|_| found.len() == 1 && !more).map(|found| found.id)
    })
}

fn is_branch(units: &Units, unit: Id<Unit>) -> bool {
    let place = units.forest.no(unit).and_then(|no| units.tree.place_of(no));
    place.is_some_and(|place| holds_members(units.tree.kind(place)))
}

/// The only branch the viewer may write to, when there is just one.
pub(super) fn only(visit: &Visit<'_>, units: &Units) -> Option<Id<Unit>> {
    let (found, more) = units.branches("", &visit.who().ranges(Permission::EditMembers), 1);
    found.first().filter(|_| !more).map(|found| found.id)
}

/// A page to choose one on; the links lead to this address with `unit=`.
pub(super) fn pick(visit: &Visit<'_>, units: &Units, head: Head) -> Result<Reply, Problem> {
    let w = visit.w;
    let typed = visit.query.get("branch");
    let mut body = String::with_capacity(4_096);
    let _ = write!(
        body,
        "<form class=\"form\" method=\"get\" action=\"{}\"><div class=\"field\"><label for=\"branch\">{}</label>\
         <p class=\"hint\" id=\"branch-hint\">{}</p><input id=\"branch\" name=\"branch\" type=\"text\" aria-describedby=\"branch-hint\" value=\"",
        visit.place,
        w.t("members-branch-search"),
        w.t("members-branch-hint")
    );
    push(&mut body, typed);
    let _ = write!(
        body,
        "\"></div><div class=\"form-actions\"><button class=\"btn primary\" type=\"submit\">{}</button></div></form>",
        w.t("members-search")
    );
    let (found, more) = units.branches(typed, &visit.who().ranges(Permission::EditMembers), SHOWN);
    if found.is_empty() {
        let _ = write!(body, "<p class=\"empty\">{}</p>", w.t("members-branch-none"));
    }
    body.push_str("<ul class=\"due\">");
    for branch in &found {
        let _ = write!(body, "<li><a href=\"{}?unit={}\">", visit.place, encode(&branch.id.to_string()));
        push(&mut body, branch.name);
        body.push_str("</a><span class=\"small quiet\">");
        let parts = [branch.above, branch.code];
        push(&mut body, &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
        body.push_str("</span></li>");
    }
    body.push_str("</ul>");
    if more {
        let _ = write!(body, "<p class=\"quiet small\">{}</p>", w.t("members-branch-more"));
    }
    visit.page_html(200, head, &body)
}
