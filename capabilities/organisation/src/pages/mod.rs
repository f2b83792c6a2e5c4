//! The pages of organisations.

mod bundle;
mod chart;
mod children;
mod decision;
mod decisions;
mod edit;
mod export;
mod facts;
mod handover;
mod history;
mod imports;
mod offices;
mod papers;
mod people;
pub(crate) mod scene;
#[cfg(test)]
mod tests;
mod tree;
mod unit;

use chibo_kernel::Permission;
use chibo_web::form::issues_of;
use chibo_web::{MenuItem, Policy, Route};

/// Largest spreadsheet of units taken, bytes.
const LARGEST: usize = 64 << 20;

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let view = Policy::Needs(Permission::ViewUnits);
    let edit = Policy::Needs(Permission::EditUnits);
    let import = Policy::Needs(Permission::Import);
    let out = Policy::Needs(Permission::Export);
    vec![
        Route::get("/units", view, tree::show).slow(),
        Route::get("/units/export.xlsx", out, export::units).slow(),
        Route::get("/units/list.pdf", out, papers::list_pdf).slow(),
        Route::get("/units/list.docx", out, papers::list_docx).slow(),
        Route::get("/units/new", edit, edit::new_form),
        Route::post("/units/new", edit, edit::establish),
        Route::get("/units/import", import, imports::list),
        Route::post("/units/import", import, imports::upload).with_files(LARGEST),
        Route::get("/units/import/{id}", import, imports::show).slow(),
        Route::post("/units/import/{id}/confirmation", import, imports::confirm),
        Route::post("/units/import/{id}/undoing", import, imports::undo),
        Route::post("/units/import/{id}/dropping", import, imports::drop_upload),
        Route::get("/units/{id}", view, unit::show).slow(),
        Route::get("/units/{id}/children", view, tree::children),
        Route::get("/units/{id}/sheet.pdf", out, papers::sheet_pdf).slow(),
        Route::get("/units/{id}/sheet.docx", out, papers::sheet_docx).slow(),
        Route::get("/units/{id}/facts", edit, edit::facts_form),
        Route::post("/units/{id}/facts", edit, edit::amend),
        Route::get("/units/{id}/parent", edit, edit::parent_form),
        Route::post("/units/{id}/parent", edit, edit::reparent),
        Route::get("/units/{id}/dissolution", edit, edit::dissolution_form),
        Route::post("/units/{id}/dissolution", edit, edit::dissolve),
        Route::get("/units/{id}/offices", edit, offices::form),
        Route::post("/units/{id}/offices", edit, offices::appoint),
        Route::get("/units/{id}/offices/ending", edit, offices::ending_form),
        Route::post("/units/{id}/offices/ending", edit, offices::end),
        Route::get("/reorganisations", view, decisions::list),
        Route::get("/reorganisations/{id}", view, decision::show).slow(),
        Route::get("/reorganisations/{id}/export.xlsx", out, decision::export).slow(),
        Route::get("/reorganisations/{id}/decision.pdf", out, papers::decision_pdf).slow(),
        Route::get("/reorganisations/{id}/decision.docx", out, papers::decision_docx).slow(),
        Route::get("/reorganisations/{id}/handover.docx", out, handover::docx).slow(),
        Route::get("/reorganisations/{id}/handover.pdf", out, handover::pdf).slow(),
        Route::get("/reorganisations/{id}/papers.zip", out, bundle::zip).slow(),
        Route::get("/reorganisations/{id}/papers.pdf", out, bundle::pdf).slow(),
    ]
}

/// The entries of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewUnits);
    vec![
        MenuItem { group: "menu-organisations", key: "units-menu", href: "/units", needs, rank: 210 },
        MenuItem {
            group: "menu-organisations",
            key: "reorganisations-menu",
            href: "/reorganisations",
            needs,
            rank: 220,
        },
    ]
}
