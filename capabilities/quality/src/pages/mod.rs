//! The pages of the desk.

mod ask;
mod campaign;
mod export;
mod found;
mod list;
mod overview;

use chibo_kernel::Permission;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use ask::Ask;
pub(crate) use found::{Found, Line};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "quality-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    vec![
        Route::get("/quality", view, overview::show).slow(),
        Route::get("/quality/list", view, list::show).slow(),
        Route::get("/quality/export.xlsx", Policy::Needs(Permission::Export), export::workbook).slow(),
        Route::post("/quality/runs", edit, overview::order),
        Route::get("/quality/campaigns/new", edit, campaign::form),
        Route::post("/quality/campaigns/new", edit, campaign::begin),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "quality-menu", href: "/quality", needs, rank: 270 }]
}
