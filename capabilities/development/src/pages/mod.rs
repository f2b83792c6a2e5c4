//! The pages of development.

mod ask;
mod candidate;
mod export;
mod found;
mod list;
mod overview;
mod probation;
mod targets;

use chibo_kernel::Permission;
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use ask::Ask;
pub(crate) use found::{Found, Line};
pub(crate) use probation::{official_members, probationers, probationers_at};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "development-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    vec![
        Route::get("/development", view, overview::show).slow(),
        Route::get("/development/candidates", view, list::show).slow(),
        Route::get("/development/export.xlsx", Policy::Needs(Permission::Export), export::workbook).slow(),
        Route::get("/development/candidates/new", edit, candidate::new_form),
        Route::post("/development/candidates/new", edit, candidate::enter),
        Route::get("/development/candidates/{id}", view, candidate::show),
        Route::post("/development/candidates/{id}", edit, candidate::act),
        Route::get("/development/probation", view, probation::list).slow(),
        Route::get("/development/probation/{id}", view, probation::show),
        Route::post("/development/probation/{id}", edit, probation::act),
        Route::get("/development/targets", edit, targets::form),
        Route::post("/development/targets", edit, targets::set),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "development-menu", href: "/development", needs, rank: 255 }]
}
