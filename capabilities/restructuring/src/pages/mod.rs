//! The workbench.

mod bench;
mod consequences;
mod export;
mod forms;
mod line;
mod list;
mod members;
mod one;
mod paper;
mod steps;
mod upload;

use chibo_kernel::Permission;
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use bench::Bench;

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "plans-menu";

/// Largest spreadsheet taken, bytes.
const LARGEST: usize = 32 << 20;

/// Every address with its policy; the page itself checks the units.
pub(crate) fn routes() -> Vec<Route> {
    let plan = Policy::Needs(Permission::Reorganise);
    vec![
        Route::get("/restructuring", plan, list::show),
        Route::get("/restructuring/new", plan, list::new_form),
        Route::post("/restructuring/new", plan, list::begin),
        Route::get("/restructuring/{id}", plan, one::show).slow(),
        Route::get("/restructuring/{id}/export.xlsx", plan, export::workbook).slow(),
        Route::get("/restructuring/{id}/decision.docx", plan, paper::docx).slow(),
        Route::get("/restructuring/{id}/decision.pdf", plan, paper::pdf).slow(),
        Route::get("/restructuring/{id}/facts", plan, list::facts_form),
        Route::post("/restructuring/{id}/facts", plan, list::amend),
        Route::get("/restructuring/{id}/lines", plan, line::form),
        Route::post("/restructuring/{id}/lines", plan, line::add),
        Route::post("/restructuring/{id}/lines/removal", plan, steps::take_out),
        Route::get("/restructuring/{id}/members", plan, members::show).slow(),
        Route::post("/restructuring/{id}/members", plan, members::assign),
        Route::get("/restructuring/{id}/upload", plan, upload::show).slow(),
        Route::post("/restructuring/{id}/upload", plan, upload::take).with_files(LARGEST),
        Route::post("/restructuring/{id}/upload/confirmation", plan, upload::confirm),
        Route::post("/restructuring/{id}/upload/dropping", plan, upload::drop_file),
        Route::post("/restructuring/{id}/signature", plan, steps::sign),
        Route::post("/restructuring/{id}/step", plan, steps::step),
        Route::post("/restructuring/{id}/counter", plan, steps::counter),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::Reorganise);
    vec![MenuItem { group: "menu-organisations", key: "plans-menu", href: "/restructuring", needs, rank: 222 }]
}
