//! Pages of members: lists, persons, imports, exports, search.

mod branch;
mod correct;
mod course;
mod enter;
mod exports;
mod fields;
mod filter;
mod headings;
mod holds;
mod import_view;
mod imports;
mod kept;
mod lines;
mod list;
mod move_to;
mod names;
mod paper;
mod person;
mod person_log;
mod refused;
mod reveal;
mod search;
mod steps;

use chibo_web::form::issues_of;
use std::ops::Range;

use chibo_kernel::{AsOf, Id, Issue, Permission, Problem, Said, Unit};
use chibo_web::{Head, Policy, Reply, Route, Visit};

/// Every address of this capability.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    let import = Policy::Needs(Permission::Import);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/search", Policy::SignedIn, search::show).slow(),
        Route::get("/members", view, list::show),
        Route::get("/members/new", edit, enter::show),
        Route::post("/members/new", edit, enter::send),
        Route::get("/members/import", import, imports::show),
        Route::post("/members/import", import, imports::upload).with_files(imports::LARGEST),
        Route::get("/members/import/template.xlsx", import, imports::template),
        Route::get("/members/imports/{id}", import, imports::one),
        Route::post("/members/imports/{id}/confirmation", import, imports::confirm),
        Route::post("/members/imports/{id}/headings", import, headings::send),
        Route::get("/members/imports/{id}/refused.xlsx", import, refused::file).slow(),
        Route::post("/members/imports/{id}/removal", import, imports::remove),
        Route::post("/members/imports/{id}/undoing", import, imports::undo),
        Route::get("/members/export", export, exports::show).slow(),
        Route::get("/members/export.xlsx", export, exports::direct).slow(),
        Route::post("/members/exports", export, exports::send),
        Route::get("/members/exports/{id}", export, exports::one),
        Route::get("/members/{id}", view, person::show),
        Route::get("/members/{id}/facts", edit, correct::show),
        Route::post("/members/{id}/facts", edit, correct::send),
        Route::get("/members/{id}/postings", edit, move_to::show),
        Route::post("/members/{id}/postings", edit, move_to::send),
        Route::get("/members/{id}/standing", edit, steps::show_standing),
        Route::post("/members/{id}/standing", edit, steps::send_standing),
        Route::get("/members/{id}/holds", edit, holds::show),
        Route::post("/members/{id}/holds", edit, holds::send),
        Route::get("/members/{id}/levels", edit, steps::show_level),
        Route::post("/members/{id}/levels", edit, steps::send_level),
        Route::post("/members/{id}/revelation", Policy::Needs(Permission::RevealSecrets), reveal::send),
    ]
}

/// Shown while the columns are being read.
fn loading(visit: &Visit<'_>, title: &str, done: u64, total: u64) -> Result<Reply, Problem> {
    let w = visit.w;
    let body = format!(
        "<section class=\"job\" hx-get=\"{0}\" hx-trigger=\"every 1s\" hx-target=\"#main\" hx-swap=\"innerHTML\">\
         <h2>{1}</h2><progress max=\"{3}\" value=\"{2}\" aria-label=\"{1}\"></progress>\
         <p class=\"small quiet\">{4} / {5}</p><p><a class=\"btn\" href=\"{0}\">{6}</a></p></section>",
        chibo_web::html::escape(&visit.url),
        w.t("members-loading"),
        done,
        total.max(1),
        w.n(done as i64),
        w.n(total as i64),
        w.t("members-reload"),
    );
    visit.page_html(200, Head::new(title, "menu-members"), &body)
}

/// The tops of the viewer's subtrees where all of these are held, and whether that is everywhere.
fn units_with(visit: &Visit<'_>, needs: &[Permission]) -> (Vec<Id<Unit>>, bool) {
    let who = visit.who();
    if who.system {
        let forest = visit.house.census.forest();
        let tree = forest.tree(AsOf::on(visit.today()));
        let roots = tree.roots().filter_map(|place| tree.unit(place)).filter_map(|no| forest.id(no));
        return (roots.collect(), true);
    }
    let places = visit.house.db.places();
    let holds = |unit: &&Id<Unit>| {
        let place = places.span(**unit).map(|span| span.start);
        place.is_some_and(|place| needs.iter().all(|need| who.may_at(*need, place)))
    };
    (who.units.iter().filter(holds).copied().collect(), false)
}

/// The places of today's tree where all of these are held.
fn ranges_with(visit: &Visit<'_>, needs: &[Permission]) -> Vec<Range<u32>> {
    let (units, everywhere) = units_with(visit, needs);
    if everywhere {
        return visit.who().ranges(Permission::ViewMembers);
    }
    let places = visit.house.db.places();
    merged(units.iter().filter_map(|unit| places.span(*unit)).collect())
}

fn merged(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, kept| {
        let meets = next.start <= kept.end;
        if meets {
            kept.end = kept.end.max(next.end);
        }
        meets
    });
    ranges
}

/// `base` with an identifier behind it. A page of a list writes a hundred of them, and formatting byte by byte would be
/// a tenth of its time.
fn address<T>(base: &str, id: &Id<T>) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(base.len() + 32);
    out.push_str(base);
    for byte in id.bytes() {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

fn issue(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_with_the_identifier() {
        let id: Id<Unit> = Id::from_bytes(std::array::from_fn(|at| (at * 17) as u8));
        assert_eq!(address("/units/", &id), format!("/units/{id}"));
    }

    #[test]
    fn ranges_that_meet_become_one() {
        assert_eq!(merged(vec![5..9, 0..3, 8..12, 3..4]), [0..4, 5..12]);
        assert!(merged(Vec::new()).is_empty());
    }
}
