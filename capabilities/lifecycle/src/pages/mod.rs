//! The pages of case files.

mod ask;
mod export;
mod list;
mod members;
mod one;
mod paper;
mod plan;
mod seen;
mod steps;
mod unit;

use chibo_kernel::{Day, Permission};
use chibo_web::form::issues_of;
use chibo_web::form::missing;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use ask::{deadline, named};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "lifecycle-menu";

/// Every address with its policy; the page itself checks the units.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    let edit = Policy::Needs(Permission::EditUnits);
    let post = Policy::Needs(Permission::EditMembers);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/lifecycle", view, list::show).slow(),
        Route::get("/lifecycle/export.xlsx", export, export::list).slow(),
        Route::get("/lifecycle/new", edit, plan::new_form),
        Route::post("/lifecycle/new", edit, plan::open),
        Route::get("/lifecycle/cases/{id}", view, one::show).slow(),
        Route::get("/lifecycle/cases/{id}/decision.docx", export, paper::decision_docx).slow(),
        Route::get("/lifecycle/cases/{id}/decision.pdf", export, paper::decision_pdf).slow(),
        Route::get("/lifecycle/cases/{id}/handover.docx", export, paper::handover_docx).slow(),
        Route::get("/lifecycle/cases/{id}/handover.pdf", export, paper::handover_pdf).slow(),
        Route::get("/lifecycle/cases/{id}/plan", edit, plan::amend_form).slow(),
        Route::post("/lifecycle/cases/{id}/plan", edit, plan::amend),
        Route::get("/lifecycle/cases/{id}/steps", edit, steps::form).slow(),
        Route::post("/lifecycle/cases/{id}/steps", edit, steps::take),
        Route::post("/lifecycle/cases/{id}/entry-into-force", edit, steps::enter_into_force),
        Route::get("/lifecycle/cases/{id}/members", post, members::show).slow(),
        Route::post("/lifecycle/cases/{id}/members", post, members::put),
        Route::get("/lifecycle/units/{id}", view, unit::show).slow(),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewUnits);
    vec![MenuItem { group: "menu-organisations", key: "lifecycle-menu", href: "/lifecycle", needs, rank: 224 }]
}

/// A day as forms show it; empty for none.
fn typed(day: Day) -> String {
    if day == Day::FOREVER { String::new() } else { day.to_string() }
}
