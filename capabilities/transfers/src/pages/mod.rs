//! The pages of transfers.

mod found;
mod list;
mod new;
mod one;

use chibo_kernel::Permission;
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use found::{Found, Line, everything};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "transfers-menu";

/// Every address with its policy; the page itself checks the boxes.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    vec![
        Route::get("/transfers", view, list::show),
        Route::get("/transfers/export.xlsx", Policy::Needs(Permission::Export), list::workbook),
        Route::get("/transfers/new", edit, new::form),
        Route::post("/transfers/new", edit, new::send),
        Route::get("/transfers/{id}", view, one::show),
        Route::post("/transfers/{id}", edit, one::act),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "transfers-menu", href: "/transfers", needs, rank: 257 }]
}
