//! The pages of committees.

mod appointment;
mod approval;
mod ask;
mod concurrent;
mod election;
mod export;
mod fields;
mod ground;
mod history;
mod leaving;
mod list;
mod survey;
mod term_form;
mod unit;

use chibo_kernel::Permission;
use chibo_web::form::issues_of;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use concurrent::{Several, Together};
pub(crate) use ground::{above, kind_name};
pub(crate) use survey::{Line, Survey, all_terms, open_requests, vacancies};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "committees-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    let edit = Policy::Needs(Permission::EditUnits);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/committees", view, list::show).slow(),
        Route::get("/committees/export.xlsx", export, export::list).slow(),
        Route::get("/committees/concurrent", view, concurrent::show).slow(),
        Route::get("/committees/concurrent.xlsx", export, export::concurrent).slow(),
        Route::get("/committees/units/{id}", view, unit::show).slow(),
        Route::get("/committees/units/{id}/terms", edit, term_form::form),
        Route::post("/committees/units/{id}/terms", edit, term_form::write),
        Route::get("/committees/units/{id}/elections", edit, election::form),
        Route::post("/committees/units/{id}/elections", edit, election::elect),
        Route::get("/committees/units/{id}/appointments", edit, appointment::form),
        Route::post("/committees/units/{id}/appointments", edit, appointment::fill),
        Route::get("/committees/units/{id}/leavings", edit, leaving::form),
        Route::post("/committees/units/{id}/leavings", edit, leaving::leave),
        Route::post("/committees/units/{id}/withdrawals", edit, leaving::withdraw),
        Route::get("/committees/units/{id}/approvals", view, approval::form),
        Route::post("/committees/units/{id}/approvals", edit, approval::take),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewUnits);
    vec![MenuItem { group: "menu-organisations", key: "committees-menu", href: "/committees", needs, rank: 225 }]
}
