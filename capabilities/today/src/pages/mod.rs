//! The pages of today.

mod export;
mod found;
mod list;
mod overview;

use chibo_kernel::Permission;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use found::{Found, Line};
pub(crate) use list::degree_word;

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "today-menu";

/// Every address with its policy; what is listed depends on the viewer's rights.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/today", Policy::SignedIn, overview::show).slow(),
        Route::get("/today/export.xlsx", Policy::Needs(Permission::Export), export::workbook).slow(),
        Route::get("/today/calendar.ics", Policy::SignedIn, export::calendar).slow(),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    vec![MenuItem { group: "menu-work", key: "today-menu", href: "/today", needs: None, rank: 190 }]
}
