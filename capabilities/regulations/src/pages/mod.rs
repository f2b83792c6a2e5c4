//! The pages of regulations.

mod adopt;
mod compare;
mod export;
mod fields;
mod marks;
mod model_form;
mod models;
mod overview;
mod scene;
mod survey;
mod unit;

use chibo_kernel::Permission;
use chibo_web::form::issues_of;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use scene::{Scene, kind_name, setting_name};
pub(crate) use survey::{Line, Survey};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "regulations-menu";

/// Largest form with a text taken, bytes: a Vietnamese letter is up to nine on the way.
const LARGEST: usize = 2 << 20;

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    let edit = Policy::Needs(Permission::EditUnits);
    vec![
        Route::get("/regulations", view, overview::show).slow(),
        Route::get("/regulations/export.xlsx", Policy::Needs(Permission::Export), export::list).slow(),
        Route::get("/regulations/models", view, models::show).slow(),
        Route::get("/regulations/models/new", edit, model_form::form),
        Route::post("/regulations/models/new", edit, model_form::issue).with_files(LARGEST),
        Route::get("/regulations/units/{id}", view, unit::show).slow(),
        Route::get("/regulations/units/{id}/new", edit, adopt::form),
        Route::post("/regulations/units/{id}/new", edit, adopt::adopt).with_files(LARGEST),
        Route::get("/regulations/units/{id}/reports", edit, marks::report_form),
        Route::post("/regulations/units/{id}/reports", edit, marks::report),
        Route::get("/regulations/units/{id}/announcements", edit, marks::announcement_form),
        Route::post("/regulations/units/{id}/announcements", edit, marks::announce),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewUnits);
    vec![MenuItem { group: "menu-organisations", key: "regulations-menu", href: "/regulations", needs, rank: 230 }]
}
