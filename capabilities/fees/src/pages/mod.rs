//! Pages: the overview of a month, the book of a branch, a member, what is passed upward, shares, arrears.

mod arrears;
mod book;
mod book_form;
mod book_read;
mod categories;
mod category;
mod forms;
mod member;
mod money;
mod overview;
mod remittances;
mod shares;
mod statement;
mod sums;

use chibo_kernel::rulebook::Rule;
use chibo_kernel::{Permission, Problem};
pub(crate) use chibo_web::form::{again, missing};
use chibo_web::{MenuItem, Policy, Route, Visit, doubt};

use crate::rules::Month;
pub(crate) use arrears::Debt;
pub(crate) use statement::Statement;
pub(crate) use sums::BranchLine;

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "fees-menu";

/// The most a form with everybody of a branch may weigh.
const WIDE: usize = 2 * 1024 * 1024;

/// Every address with its policy; the pages check the unit or the member.
pub(crate) fn routes() -> Vec<Route> {
    let (figures, view) = (Policy::Needs(Permission::ViewReports), Policy::Needs(Permission::ViewMembers));
    let (edit, export) = (Policy::Needs(Permission::EditMembers), Policy::Needs(Permission::Export));
    vec![
        Route::get("/fees", figures, overview::show),
        Route::get("/fees/export.xlsx", export, overview::workbook),
        Route::get("/fees/statements.pdf", export, statement::bound).slow(),
        Route::get("/fees/arrears", view, arrears::show),
        Route::get("/fees/arrears/export.xlsx", export, arrears::workbook),
        Route::get("/fees/units/{id}", view, book::show),
        Route::post("/fees/units/{id}", edit, book::send).with_files(WIDE),
        Route::get("/fees/units/{id}/statement.pdf", view, statement::pdf).slow(),
        Route::get("/fees/units/{id}/statement.docx", view, statement::docx).slow(),
        Route::get("/fees/units/{id}/statement.xlsx", view, statement::workbook).slow(),
        Route::get("/fees/units/{id}/categories", edit, categories::show),
        Route::post("/fees/units/{id}/categories", edit, categories::send).with_files(WIDE),
        Route::get("/fees/units/{id}/remittances", figures, remittances::show),
        Route::post("/fees/units/{id}/remittances", edit, remittances::send),
        Route::get("/fees/units/{id}/shares", figures, shares::show),
        Route::post("/fees/units/{id}/shares", Policy::Needs(Permission::EditUnits), shares::send),
        Route::get("/fees/members/{id}", view, member::show),
        Route::get("/fees/members/{id}/category", edit, category::show),
        Route::post("/fees/members/{id}/category", edit, category::send),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewReports);
    vec![MenuItem { group: "menu-people", key: "fees-menu", href: "/fees", needs, rank: 262 }]
}

/// The asked month.
pub(crate) fn month(visit: &Visit<'_>, otherwise: Month) -> Result<Month, Problem> {
    match visit.query.some("month") {
        None => Ok(otherwise),
        Some(text) => Month::parse(text).ok_or(Problem::NotFound),
    }
}

/// An address with a month, and more.
pub(crate) fn at(place: &str, month: Month, more: &[(&str, &str)]) -> String {
    let code = month.code();
    let pairs = [&[("month", code.as_str())], more].concat();
    format!("{place}{}", chibo_web::Pairs::default().with(&pairs))
}

/// Rules in doubt, to be seen on the page.
pub(crate) fn notes(visit: &Visit<'_>, rules: &[&'static Rule]) -> String {
    let w = visit.w;
    let said = |rule: &&'static Rule| {
        let note = rule.note.as_ref()?;
        Some((rule.id.as_str(), format!("{}: {}", w.of(&rule.title), w.of(note))))
    };
    doubt::card(w.t("fees-notes"), &rules.iter().filter_map(said).collect::<Vec<_>>())
}
