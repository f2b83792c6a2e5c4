//! The pages of the desk.

mod ask;
mod campaign;
mod export;
mod found;
mod list;
mod merge;
mod overview;
mod reconcile;
mod trend;

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
    let import = Policy::Needs(Permission::Import);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/quality", view, overview::show).slow(),
        Route::get("/quality/list", view, list::show).slow(),
        Route::get("/quality/export.xlsx", export, export::workbook).slow(),
        Route::post("/quality/runs", edit, overview::order),
        Route::get("/quality/campaigns/new", edit, campaign::form),
        Route::post("/quality/campaigns/new", edit, campaign::begin),
        Route::get("/quality/campaigns/{id}", view, trend::campaign).slow(),
        Route::get("/quality/trend", view, trend::show).slow(),
        Route::get("/quality/doubles", edit, merge::doubles).slow(),
        Route::get("/quality/merge", edit, merge::show),
        Route::post("/quality/merge", edit, merge::send),
        Route::post("/quality/apart", edit, merge::apart),
        Route::get("/quality/merges", view, merge::list).slow(),
        Route::get("/quality/merges/{id}", view, merge::one),
        Route::post("/quality/merges/{id}/undoing", edit, merge::undo),
        Route::get("/quality/reconciliations", import, reconcile::show),
        Route::post("/quality/reconciliations", import, reconcile::upload).with_files(reconcile::LARGEST),
        Route::get("/quality/reconciliations/{id}", import, reconcile::one).slow(),
        Route::get("/quality/reconciliations/{id}/export.xlsx", export, reconcile::workbook).slow(),
        Route::post("/quality/reconciliations/{id}/takings", import, reconcile::take),
        Route::post("/quality/reconciliations/{id}/removal", import, reconcile::remove),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "quality-menu", href: "/quality", needs, rank: 270 }]
}
