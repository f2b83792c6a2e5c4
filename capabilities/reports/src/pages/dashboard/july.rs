//! What the reorganisation of 1 July 2025 changed inside a unit, side by side.

use std::fmt::Write;

use chibo_census::Tree;
use chibo_kernel::AsOf;
use chibo_members::dims::{Dimension, Names};
use chibo_organisation::kinds::{Kind, PILOT_BEGINS};
use chibo_web::html;
use chibo_web::words::Tongue;

use super::facts::UnitCounts;
use crate::spot::Spot;

/// Organisations and members on 30 June and on 1 July 2025, in the scope the unit has today.
pub(super) struct July {
    /// Organisations.
    pub units: [UnitCounts; 2],
    /// Members.
    pub members: (u64, u64),
}

/// Compares the two days; `None` when nothing changed here, or the asked day is before.
pub(super) fn compare(spot: &Spot, members: (u64, u64)) -> Option<July> {
    let span = spot.stands_today().filter(|_| spot.at.day >= PILOT_BEGINS)?;
    let tree = |day| spot.forest.tree(AsOf { day, ..spot.at });
    let trees = [tree(PILOT_BEGINS.plus_days(-1)), tree(PILOT_BEGINS)];
    let mut units = [UnitCounts::default(), UnitCounts::default()];
    let mut changed = false;
    for unit in spot.places.standing_in(&span) {
        let places = [trees[0].place_of(*unit), trees[1].place_of(*unit)];
        for ((counts, tree), place) in units.iter_mut().zip(&trees).zip(places) {
            if let Some(place) = place {
                counts.add(tree, place);
            }
        }
        changed |= is_changed(&trees[0], places[0], &trees[1], places[1]);
    }
    changed.then_some(July { units, members })
}

fn is_changed(old: &Tree, before: Option<u32>, new: &Tree, after: Option<u32>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return before.is_some() || after.is_some() };
    let parent = |tree: &Tree, place: u32| tree.parent(place).and_then(|parent| tree.unit(parent));
    old.kind(before) != new.kind(after)
        || old.setting(before) != new.setting(after)
        || parent(old, before) != parent(new, after)
}

/// The label of the marked day in the growth chart.
pub(super) fn mark(w: Tongue<'_>, july: &July) -> String {
    let [before, after] = [july.units[0].local, july.units[1].local];
    if before > 0 && after > 0 && before != after {
        w.t2("reports-july-mark-units", ("before", w.n(before)), ("after", w.n(after)))
    } else {
        w.t("reports-july-mark").to_owned()
    }
}

/// The card with the table.
pub(super) fn html(w: Tongue<'_>, spot: &Spot, july: &July) -> String {
    let mut out = String::from("<section class=\"card\"><h2>");
    out.push_str(w.t("reports-july-title"));
    if spot.kind() == Some(Kind::City) {
        let _ = write!(out, " <a href=\"/reorganisations\">{}</a>", w.t("reports-july-more"));
    }
    let title = w.t("reports-july-title");
    let _ = write!(
        out,
        "</h2><div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table class=\"keep\">\
         <caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"num\">{}</th>\
         <th scope=\"col\" class=\"num\">{}</th><th scope=\"col\" class=\"num\">{}</th></tr></thead><tbody>",
        w.t("reports-july-caption"),
        w.t("reports-july-what"),
        w.day(PILOT_BEGINS.plus_days(-1)),
        w.day(PILOT_BEGINS),
        w.t("reports-july-change"),
    );
    let names = Names::new(w, &spot.tree, spot.no, PILOT_BEGINS);
    for kind in Kind::ALL {
        let name = Dimension::Kind.code_name(u32::from(kind.number()), &names);
        row(&mut out, w, &name, july.units.each_ref().map(|units| u64::from(units.of(*kind))), None);
    }
    let local = july.units.each_ref().map(|units| u64::from(units.local));
    row(&mut out, w, w.t("reports-july-local"), local, None);
    let members = [july.members.0, july.members.1];
    let tables =
        [PILOT_BEGINS.plus_days(-1), PILOT_BEGINS].map(|day| format!("/?unit={}&day={}", spot.unit, day.iso()));
    row(&mut out, w, w.t("reports-members"), members, Some(tables));
    out.push_str("</tbody></table></div>");
    let _ = write!(out, "<p class=\"small quiet\">{}</p></section>", w.t("reports-july-note"));
    out
}

fn row(out: &mut String, w: Tongue<'_>, name: &str, counts: [u64; 2], hrefs: Option<[String; 2]>) {
    if counts == [0, 0] {
        return;
    }
    out.push_str("<tr><th scope=\"row\">");
    html::push(out, name);
    out.push_str("</th>");
    for (at, count) in counts.iter().enumerate() {
        out.push_str("<td class=\"num\">");
        match &hrefs {
            Some(hrefs) => chibo_web::table::link(out, &w.n(*count), &hrefs[at]),
            None => out.push_str(&w.n(*count)),
        }
        out.push_str("</td>");
    }
    let change = counts[1] as i64 - counts[0] as i64;
    let sign = if change > 0 { "+" } else { "" };
    let change = if change == 0 { "–".to_owned() } else { format!("{sign}{}", w.n(change)) };
    let _ = write!(out, "<td class=\"num\">{change}</td></tr>");
}
