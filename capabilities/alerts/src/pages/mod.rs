//! The pages of alerts.

mod ages;
mod board;
mod charts;
mod consent;
mod export;
mod list;
mod scene;
mod survey;

use chibo_kernel::Permission;
use chibo_web::form::issues_of;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use list::{mark_word, since_text};
pub(crate) use scene::{Scene, kind_name};
pub(crate) use survey::Line;

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "alerts-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    let edit = Policy::Needs(Permission::EditUnits);
    vec![
        Route::get("/alerts", view, board::show).slow(),
        Route::get("/alerts/export.xlsx", Policy::Needs(Permission::Export), export::list).slow(),
        Route::get("/alerts/consents/{id}", edit, consent::form),
        Route::post("/alerts/consents/{id}", edit, consent::record),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewUnits);
    vec![MenuItem { group: "menu-organisations", key: "alerts-menu", href: "/alerts", needs, rank: 215 }]
}
