//! The pages of screening. Whoever may not edit members of a branch sees none of its flags.

mod act;
mod board;
mod branch;
mod campaign;
mod flags;
mod found;
mod list;
mod member;
mod member_parts;
mod moved;
mod new;
mod overview;
mod pack;
mod report;

use chibo_kernel::{Id, Permission, Problem, Unit};
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route, Visit, doubt};

pub(crate) use board::{Board, People};
pub(crate) use campaign::{Part, SHOWN};
pub(crate) use found::{Found, Line, sentence};
pub(crate) use list::{rules_text, state_text};
pub(crate) use report::Told;

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "screening-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let edit = Policy::Needs(Permission::EditMembers);
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/screening", edit, overview::show).slow(),
        Route::post("/screening/runs", edit, overview::order),
        Route::get("/screening/flags", edit, flags::show).slow(),
        Route::get("/screening/flags.xlsx", export, flags::workbook).slow(),
        Route::get("/screening/campaigns/new", edit, new::form),
        Route::post("/screening/campaigns/new", edit, new::send),
        Route::get("/screening/campaigns/{id}", edit, campaign::show).slow(),
        Route::get("/screening/campaigns/{id}/export.xlsx", export, campaign::workbook).slow(),
        Route::get("/screening/campaigns/{id}/members", edit, list::show).slow(),
        Route::get("/screening/campaigns/{id}/members.xlsx", export, list::workbook).slow(),
        Route::post("/screening/campaigns/{id}/plans", edit, branch::plan),
        Route::post("/screening/campaigns/{id}/clearances", edit, branch::clear),
        Route::post("/screening/campaigns/{id}/reports", edit, report::make),
        Route::get("/screening/reports/{id}", edit, report::show).slow(),
        Route::get("/screening/reports/{id}/paper.pdf", export, report::pdf).slow(),
        Route::get("/screening/reports/{id}/paper.docx", export, report::docx).slow(),
        Route::get("/screening/reports/{id}/export.xlsx", export, report::workbook).slow(),
        Route::get("/screening/campaigns/{id}/members.pdf", export, list::pdf).slow(),
        Route::get("/screening/campaigns/{id}/members.docx", export, list::docx).slow(),
        Route::get("/screening/papers.pdf", export, pack::bound_as_pdf).slow(),
        Route::get("/screening/papers.docx", export, pack::bound_as_docx).slow(),
        Route::get("/screening/members/{id}", edit, member::show),
        Route::post("/screening/members/{id}/steps", edit, act::step),
        Route::post("/screening/members/{id}/grounds", edit, act::ground),
        Route::post("/screening/members/{id}/evidence", edit, act::evidence),
        Route::get("/screening/members/{id}/pack.docx", export, pack::docx),
        Route::get("/screening/members/{id}/pack.pdf", export, pack::pdf),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::EditMembers);
    vec![MenuItem { group: "menu-people", key: "screening-menu", href: "/screening", needs, rank: 262 }]
}

/// The unit asked for; one out of sight is not found.
pub(crate) fn asked_unit(visit: &Visit<'_>) -> Result<Option<Id<Unit>>, Problem> {
    let unit = match visit.query.some("unit") {
        Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
        None => None,
    };
    unit.map_or(Ok(()), |unit| visit.permit(Permission::EditMembers, unit))?;
    Ok(unit)
}

/// Notes of rules in doubt as a card.
pub(crate) fn notes_card(visit: &Visit<'_>) -> Result<String, Problem> {
    let doubtful = crate::rules::Terms::on(visit.today())?.doubtful;
    Ok(doubt::card(visit.w.t("screening-notes"), &doubt::notes(visit.w, doubtful)))
}

/// Exports leave a trace on the unit they are of.
pub(crate) fn exported(visit: &Visit<'_>, top: Id<Unit>, rows: usize, what: &'static str) -> Result<(), Problem> {
    let detail = serde_json::json!({ "rows": rows, "what": what }).to_string();
    visit.write(|op| {
        op.permit(Permission::Export, top)?;
        let (stream, detail) = (*top.bytes(), detail.clone());
        op.record(chibo_store::Entry { stream, action: "screen-exported", unit: Some(top), subject: None, detail });
        Ok(())
    })
}
