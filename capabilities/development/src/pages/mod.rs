//! The pages of development.

mod annul;
mod ask;
mod candidate;
mod checks;
mod entering;
mod export;
mod facts;
mod former;
mod found;
mod help;
mod imports;
mod introduction;
mod list;
mod monthly;
mod moving;
mod one;
mod overview;
mod papers;
mod print;
mod probation;
mod recognising;
mod shape;
mod stay;
mod targets;

use chibo_kernel::{Day, Issue, Permission, Problem};
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Pairs, Policy, Route, Visit};

pub(crate) use ask::Ask;
pub(crate) use found::{Found, Line};
pub(crate) use probation::{base_of, electorate, probationers, probationers_at};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "development-menu";

/// The day a field names; what is wrong with it is noted.
fn day_of(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => return Some(day),
        Ok(None) => issues.push(missing(name, "development-day-needed")),
        Err(Problem::Refused(more)) => issues.extend(more),
        Err(_) => issues.push(missing(name, "development-day-needed")),
    }
    None
}

/// What was typed, without one field that must be read anew.
fn without(typed: &Pairs, name: &str) -> Pairs {
    Pairs(typed.0.iter().filter(|(field, _)| field != name).cloned().collect())
}

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    vec![
        Route::get("/development", view, overview::show).slow(),
        Route::get("/development/candidates", view, list::show).slow(),
        Route::get("/development/export.xlsx", Policy::Needs(Permission::Export), export::workbook).slow(),
        Route::get("/development/candidates/new", edit, entering::new_form),
        Route::post("/development/candidates/new", edit, entering::enter),
        Route::get("/development/candidates/{id}", view, candidate::show),
        Route::post("/development/candidates/{id}", edit, candidate::act),
        Route::get("/development/candidates/{id}/help", view, help::show),
        Route::post("/development/candidates/{id}/help", edit, help::act),
        Route::get("/development/candidates/{id}/introduction", view, introduction::show),
        Route::post("/development/candidates/{id}/introduction", edit, introduction::act),
        Route::get("/development/candidates/{id}/checks", view, checks::show),
        Route::post("/development/candidates/{id}/checks", edit, checks::act),
        Route::get("/development/candidates/{id}/papers", view, papers::show),
        Route::post("/development/candidates/{id}/papers", edit, papers::act),
        Route::get("/development/candidates/{id}/facts", view, facts::show),
        Route::post("/development/candidates/{id}/facts", edit, facts::act),
        Route::get("/development/candidates/{id}/move", view, moving::show),
        Route::post("/development/candidates/{id}/move", edit, moving::act),
        Route::get("/development/monthly", view, monthly::show).slow(),
        Route::post("/development/monthly", edit, monthly::act),
        Route::get("/development/candidates/{id}/former", view, former::show),
        Route::post("/development/candidates/{id}/former", edit, former::act),
        Route::get("/development/import", Policy::Needs(Permission::Import), imports::form),
        Route::get("/development/template.xlsx", Policy::Needs(Permission::Import), imports::template),
        Route::post("/development/import", Policy::Needs(Permission::Import), imports::look)
            .with_files(imports::LARGEST),
        Route::post("/development/import/confirmation", Policy::Needs(Permission::Import), imports::confirm),
        Route::get("/development/print", Policy::Needs(Permission::Export), print::send).slow(),
        Route::get("/development/probation", view, probation::list).slow(),
        Route::get("/development/probation/{id}", view, recognising::show),
        Route::post("/development/probation/{id}", edit, recognising::act),
        Route::get("/development/probation/{id}/papers", view, papers::show_member),
        Route::post("/development/probation/{id}/papers", edit, papers::act_member),
        Route::get("/development/probation/{id}/stay", edit, stay::show),
        Route::post("/development/probation/{id}/stay", edit, stay::act),
        Route::get("/development/members/{id}/cancellation", edit, annul::show),
        Route::post("/development/members/{id}/cancellation", edit, annul::act),
        Route::get("/development/targets", edit, targets::form),
        Route::post("/development/targets", edit, targets::set),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "development-menu", href: "/development", needs, rank: 255 }]
}
