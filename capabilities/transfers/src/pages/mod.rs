//! The pages of transfers.

mod bulk;
mod carried_part;
mod checks;
mod figures;
mod found;
mod list;
mod member;
mod new;
mod one;
mod print;
mod residence;
mod stay_part;
mod stays;

use chibo_kernel::Permission;
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route, Visit, html};

pub(crate) use checks::notices_of;
pub(crate) use found::{Found, Line, Which, stored};
pub(crate) use residence::Resident;
pub(crate) use stays::AHEAD;

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "transfers-menu";

/// Every address with its policy; the page itself checks the boxes.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/transfers", view, list::show),
        Route::get("/transfers/export.xlsx", export, list::workbook),
        Route::get("/transfers/new", edit, new::form),
        Route::post("/transfers/new", edit, new::send),
        Route::get("/transfers/bulk", edit, bulk::form),
        Route::post("/transfers/bulk", edit, bulk::send),
        Route::get("/transfers/stays", view, stays::show),
        Route::get("/transfers/stays.xlsx", export, stays::workbook),
        Route::get("/transfers/residence", view, residence::show),
        Route::post("/transfers/residence", edit, residence::send),
        Route::get("/transfers/residence.xlsx", export, residence::workbook),
        Route::get("/transfers/figures", view, figures::show),
        Route::get("/transfers/papers.pdf", edit, print::bound).slow(),
        Route::get("/transfers/papers.docx", edit, print::bound_docx).slow(),
        Route::get("/transfers/checks", view, checks::show),
        Route::post("/transfers/checks", edit, checks::send),
        Route::get("/transfers/members/{id}", view, member::show),
        Route::post("/transfers/members/{id}/contact", edit, member::introduce),
        Route::post("/transfers/members/{id}/contact-end", edit, member::end),
        Route::post("/transfers/members/{id}/remark", edit, member::remark),
        Route::get("/transfers/{id}", view, one::show),
        Route::post("/transfers/{id}", edit, one::act),
        Route::get("/transfers/{id}/paper.pdf", edit, print::pdf).slow(),
        Route::get("/transfers/{id}/paper.docx", edit, print::docx).slow(),
        Route::post("/transfers/{id}/stay", edit, stay_part::act),
        Route::post("/transfers/{id}/carried", edit, carried_part::act),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "transfers-menu", href: "/transfers", needs, rank: 257 }]
}

/// The lists of this capability as a row of links.
fn sections(visit: &Visit<'_>) -> String {
    let w = visit.w;
    let all = [
        ("/transfers", "transfers-section-papers"),
        ("/transfers/stays", "transfers-stays"),
        ("/transfers/residence", "transfers-residence"),
        ("/transfers/checks", "transfers-checks"),
        ("/transfers/figures", "transfers-figures"),
    ];
    let links = all.map(|(href, key)| (w.t(key).to_owned(), href.to_owned(), visit.place == href));
    html::chips(w.t("transfers-sections"), links)
}
