//! The pages of exemption and leaving.

mod ask;
mod book;
mod book_page;
mod deed;
mod found;
mod lists;
mod member;
mod new;
mod one;
mod overview;
mod paper;
mod told;

use chibo_kernel::Permission;
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use ask::{Ask, BOOK, List};
pub(crate) use book::{Book, Entry};
pub(crate) use found::{Found, Line};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "leaving-menu";

/// Every address with its policy; the page itself checks where the member is at home.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/leaving", view, overview::show).slow(),
        Route::get("/leaving/cases", view, lists::cases).slow(),
        Route::get("/leaving/exempted", view, lists::exempted).slow(),
        Route::get("/leaving/book", view, book_page::show).slow(),
        Route::get("/leaving/cases.xlsx", export, lists::cases_sheet).slow(),
        Route::get("/leaving/exempted.xlsx", export, lists::exempted_sheet).slow(),
        Route::get("/leaving/book.xlsx", export, book_page::sheet).slow(),
        Route::get("/leaving/new", edit, new::form),
        Route::post("/leaving/new", edit, new::send),
        Route::get("/leaving/cases/{id}", view, one::show),
        Route::post("/leaving/cases/{id}", edit, one::act),
        Route::get("/leaving/cases/{id}/paper.docx", export, paper::paper_docx).slow(),
        Route::get("/leaving/cases/{id}/paper.pdf", export, paper::paper_pdf).slow(),
        Route::get("/leaving/cases/{id}/certificate.docx", export, paper::certificate_docx).slow(),
        Route::get("/leaving/cases/{id}/certificate.pdf", export, paper::certificate_pdf).slow(),
        Route::get("/leaving/papers.pdf", export, paper::bound_as_pdf).slow(),
        Route::get("/leaving/papers.docx", export, paper::bound_as_docx).slow(),
        Route::get("/leaving/members/{id}", view, member::show),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "leaving-menu", href: "/leaving", needs, rank: 258 }]
}
