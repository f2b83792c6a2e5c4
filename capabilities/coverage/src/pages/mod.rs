//! The pages of coverage and pilots.

mod ask;
mod charts;
mod export;
mod fields;
mod forms;
mod imports;
mod list;
mod overview;
mod pick;
mod pilots;
mod place;
mod plan_forms;
mod plans;
mod scene;
mod survey;
mod years;

use chibo_kernel::Permission;
use chibo_web::form::issues_of;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use list::plan_text;
pub(crate) use pilots::review_days;
pub(crate) use plans::Plans;
pub(crate) use scene::Scene;
pub(crate) use survey::Line;

/// Menu entry of places; also the place pages name as current.
pub(crate) const MENU: &str = "coverage-menu";
/// Menu entry of pilots.
pub(crate) const PILOTS: &str = "coverage-pilots-menu";

/// Largest spreadsheet taken, bytes.
const LARGEST: usize = 16 << 20;

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    let edit = Policy::Needs(Permission::EditUnits);
    let import = Policy::Needs(Permission::Import);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/coverage", view, overview::show).slow(),
        Route::get("/coverage/places", view, list::show).slow(),
        Route::get("/coverage/export.xlsx", export, export::places).slow(),
        Route::get("/coverage/template.xlsx", import, imports::template).slow(),
        Route::get("/coverage/import", import, imports::list).slow(),
        Route::post("/coverage/import", import, imports::upload).with_files(LARGEST),
        Route::get("/coverage/import/{id}", import, imports::show).slow(),
        Route::post("/coverage/import/{id}/confirmation", import, imports::confirm),
        Route::post("/coverage/import/{id}/undoing", import, imports::undo),
        Route::post("/coverage/import/{id}/dropping", import, imports::drop_upload),
        Route::get("/coverage/places/new", edit, forms::new_form),
        Route::post("/coverage/places/new", edit, forms::enter),
        Route::get("/coverage/places/{id}", view, place::show).slow(),
        Route::get("/coverage/places/{id}/facts", edit, forms::facts_form),
        Route::post("/coverage/places/{id}/facts", edit, forms::change),
        Route::get("/coverage/places/{id}/branch", edit, forms::branch_form),
        Route::post("/coverage/places/{id}/branch", edit, forms::cover),
        Route::get("/coverage/places/{id}/members", edit, forms::count_form),
        Route::post("/coverage/places/{id}/members", edit, forms::count),
        Route::get("/coverage/places/{id}/plan", edit, plan_forms::plan_form),
        Route::post("/coverage/places/{id}/plan", edit, plan_forms::plan),
        Route::get("/coverage/places/{id}/progress", edit, plan_forms::progress_form),
        Route::post("/coverage/places/{id}/progress", edit, plan_forms::report),
        Route::get("/pilots", view, pilots::list).slow(),
        Route::get("/pilots/export.xlsx", export, export::pilots).slow(),
        Route::get("/pilots/new", edit, pilots::new_form),
        Route::post("/pilots/new", edit, pilots::draft),
        Route::get("/pilots/{id}", view, pilots::show).slow(),
        Route::get("/pilots/{id}/export.xlsx", export, export::uptakes).slow(),
        Route::get("/pilots/{id}/draft", edit, pilots::draft_form),
        Route::post("/pilots/{id}/draft", edit, pilots::redraft),
        Route::get("/pilots/{id}/steps", edit, pilots::step_form),
        Route::post("/pilots/{id}/steps", edit, pilots::step),
        Route::get("/pilots/{id}/uptake", edit, pilots::uptake_form),
        Route::post("/pilots/{id}/uptake", edit, pilots::take_up),
    ]
}

/// The entries of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewUnits);
    vec![
        MenuItem { group: "menu-organisations", key: "coverage-menu", href: "/coverage", needs, rank: 216 },
        MenuItem { group: "menu-organisations", key: "coverage-pilots-menu", href: "/pilots", needs, rank: 217 },
    ]
}
