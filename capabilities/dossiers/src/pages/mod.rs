//! The pages of dossiers.

mod export;
mod items;
mod more;
mod one;
mod overview;
mod papers;
mod parts;
mod reveal;
mod round;
mod scans;
mod sheet;
mod sheets;

use chibo_kernel::Permission;
use chibo_web::{MenuItem, Policy, Route};

pub(crate) use overview::Found;
pub(crate) use parts::{open_fields, period, shown};
pub(crate) use round::address as round_address;

use crate::rules::scan::{LARGEST_PHOTO, LARGEST_SCAN};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "dossiers-menu";
/// What a form adds to a file.
const AROUND: usize = 64 * 1024;

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewMembers);
    let edit = Policy::Needs(Permission::EditMembers);
    let reveal = Policy::Needs(Permission::RevealSecrets);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/dossiers", view, overview::show).slow(),
        Route::get("/dossiers/export.xlsx", export, export::workbook).slow(),
        Route::get("/dossiers/sheets", export, sheets::show).slow(),
        Route::post("/dossiers/sheets", export, sheets::send),
        Route::get("/dossiers/supplements", view, round::show).slow(),
        Route::post("/dossiers/supplements", edit, round::send),
        Route::get("/dossiers/members/{id}", view, one::show),
        Route::get("/dossiers/members/{id}/items", edit, items::show),
        Route::post("/dossiers/members/{id}/items", edit, items::send),
        Route::get("/dossiers/members/{id}/revelation", reveal, reveal::show),
        Route::post("/dossiers/members/{id}/revelation", reveal, reveal::send),
        Route::get("/dossiers/members/{id}/papers", edit, papers::show),
        Route::post("/dossiers/members/{id}/papers", edit, papers::send),
        Route::get("/dossiers/members/{id}/scans", reveal, scans::download).slow(),
        Route::post("/dossiers/members/{id}/scans", edit, scans::upload).with_files(LARGEST_SCAN + AROUND),
        Route::get("/dossiers/members/{id}/photo", view, scans::photo),
        Route::post("/dossiers/members/{id}/photo", edit, scans::upload_photo).with_files(LARGEST_PHOTO + AROUND),
        Route::post("/dossiers/members/{id}/index", edit, papers::confirm),
        Route::get("/dossiers/members/{id}/index.pdf", export, sheet::index_pdf).slow(),
        Route::get("/dossiers/members/{id}/index.docx", export, sheet::index_docx).slow(),
        Route::get("/dossiers/members/{id}/sheet", export, sheet::show),
        Route::post("/dossiers/members/{id}/sheet", export, sheet::send),
        Route::post("/dossiers/members/{id}/name", edit, more::rename),
        Route::post("/dossiers/members/{id}/supplements", edit, more::supplement),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewMembers);
    vec![MenuItem { group: "menu-people", key: "dossiers-menu", href: "/dossiers", needs, rank: 252 }]
}
