//! The pages of cards, numbers and dossiers.

mod ask;
mod books;
mod check;
mod count;
mod export;
mod gone;
mod lend;
mod list;
mod lost;
mod member;
mod number;
mod overview;
mod print;
mod roll;
mod steps;
mod twelve;

use chibo_kernel::rulebook::Rule;
use chibo_kernel::{Issue, Permission};
use chibo_web::{MenuItem, Policy, Route, Visit, doubt};

pub(crate) use ask::{Ask, Line, Show, still_without};
pub(crate) use books::keeps;
pub(crate) use count::query;
pub(crate) use gone::gone;
pub(crate) use lost::address as lost_address;
pub(crate) use number::Lot;
pub(crate) use roll::{COLUMNS as ROLL_COLUMNS, RollRow};
pub(crate) use twelve::{BookLine, COLUMNS as BOOK_COLUMNS};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "cards-menu";
/// Menu entry of the books of dossiers.
pub(crate) const FILES: &str = "cards-files-menu";

/// What a refused form shows again: status and issues; none when nothing was refused.
pub(crate) type Refused = Option<(u16, Vec<Issue>)>;

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/cards", view, overview::show).slow(),
        Route::get("/cards/list", view, list::show).slow(),
        Route::post("/cards/steps", edit, steps::take),
        Route::get("/cards/papers", export, print::show).slow(),
        Route::post("/cards/papers", export, print::send),
        Route::get("/cards/export.xlsx", export, export::workbook).slow(),
        Route::get("/cards/check", edit, check::show).slow(),
        Route::post("/cards/check", edit, check::send),
        Route::get("/cards/members/{id}", view, member::show),
        Route::post("/cards/members/{id}", edit, member::act),
        Route::get("/cards/members/{id}/lost", view, lost::show),
        Route::post("/cards/members/{id}/lost", edit, lost::act),
        Route::get("/cards/roll", view, roll::show).slow(),
        Route::get("/cards/roll.xlsx", export, roll::workbook).slow(),
        Route::get("/cards/roll.pdf", export, roll::pdf).slow(),
        Route::get("/cards/roll.docx", export, roll::docx).slow(),
        Route::get("/cards/numbers", view, number::show).slow(),
        Route::get("/cards/numbers/export.xlsx", export, export::numbers).slow(),
        Route::post("/cards/numbers/blocks", edit, number::allot),
        Route::post("/cards/numbers/reports", edit, number::report),
        Route::get("/cards/books", view, twelve::all),
        Route::get("/cards/books/{book}", view, twelve::show).slow(),
        Route::get("/cards/books/{book}/list.xlsx", export, twelve::workbook).slow(),
        Route::get("/cards/books/{book}/list.pdf", export, twelve::pdf).slow(),
        Route::get("/cards/books/{book}/list.docx", export, twelve::docx).slow(),
        Route::get("/cards/dossiers", view, books::show).slow(),
        Route::post("/cards/dossiers/loans", edit, lend::lend),
        Route::post("/cards/dossiers/returns", edit, lend::back),
        Route::post("/cards/dossiers/checks", edit, lend::check),
        Route::post("/cards/dossiers/handovers", edit, lend::hand_over),
        Route::get("/cards/dossiers/export.xlsx", export, export::loans),
    ]
}

/// The entries of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![
        MenuItem { group: "menu-people", key: "cards-menu", href: "/cards", needs, rank: 262 },
        MenuItem { group: "menu-people", key: "cards-files-menu", href: "/cards/dossiers", needs, rank: 264 },
    ]
}

/// Rules in doubt with what is doubtful, as a card; nothing when none is.
pub(crate) fn notes(visit: &Visit<'_>, doubtful: &[&'static Rule], ids: &[&str]) -> String {
    let rules = doubtful.iter().copied().filter(|rule| ids.contains(&rule.id.as_str()));
    doubt::card(visit.w.t("cards-notes"), &doubt::notes(visit.w, rules))
}
