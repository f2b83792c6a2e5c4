//! The pages of badges.

mod ask;
mod export;
mod list;
mod member;
mod print;
mod roll;
mod steps;

use chibo_kernel::Permission;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use ask::{Ask, Stand};
pub(crate) use list::ground_word;
pub(crate) use roll::{Line, Roll, known};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "badges-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/badges", view, list::show).slow(),
        Route::get("/badges/export.xlsx", export, export::workbook).slow(),
        Route::get("/badges/list.pdf", export, export::pdf).slow(),
        Route::get("/badges/list.docx", export, export::docx).slow(),
        Route::get("/badges/papers", export, print::show).slow(),
        Route::post("/badges/papers", export, print::send),
        Route::post("/badges/steps", edit, steps::take),
        Route::get("/badges/members/{id}", view, member::show),
        Route::post("/badges/members/{id}", edit, member::act),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "badges-menu", href: "/badges", needs, rank: 260 }]
}
