//! What stands beside minutes and months: addresses, and the sections of a meeting's page they bring.

use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::{Policy, Route, Visit};

use super::desk::Desk;
use super::{draws, files, library, notice, offline, report, spread, workbook};
use crate::actions::LARGEST;

/// Pages of the level above, each with the word of its button.
pub(super) const ABOVE: [(&str, &str); 7] = [
    ("meetings-report-title", "/meetings/report"),
    ("meetings-draws", "/meetings/draws"),
    ("meetings-spread", "/meetings/spread"),
    ("meetings-models", "/meetings/models"),
    ("meetings-guidance", "/meetings/guidance"),
    ("meetings-studies", "/meetings/studies"),
    ("meetings-briefings", "/meetings/briefings"),
];

/// What a form with a file may hold besides the file.
const AROUND: usize = 64 * 1024;

/// Endings of the addresses whose forms stand in these sections.
pub(super) const FORMS: [&str; 4] = ["/postings", "/files", "/studied", "/studied/withdrawal"];

/// The addresses.
pub(super) fn routes() -> Vec<Route> {
    let (see, keep) = (Policy::Needs(Permission::ViewMembers), Policy::Needs(Permission::EditMembers));
    let (above, decide) = (Policy::Needs(Permission::ViewReports), Policy::Needs(Permission::EditUnits));
    let export = Policy::Needs(Permission::Export);
    vec![
        Route::get("/m/{code}", see, notice::follow).slow(),
        Route::post("/meetings/units/{id}/{no}/postings", keep, notice::post),
        Route::post("/meetings/units/{id}/{no}/files", keep, files::upload).with_files(LARGEST + AROUND),
        Route::get("/meetings/units/{id}/{no}/files/{file}", see, files::download).slow(),
        Route::post("/meetings/units/{id}/{no}/files/{file}/removal", keep, files::remove),
        Route::get("/meetings/units/{id}/{no}/minutes.xlsx", see, workbook::download).slow(),
        Route::get("/meetings/units/{id}/{no}/workbook", keep, workbook::show).slow(),
        Route::post("/meetings/units/{id}/{no}/workbook", keep, workbook::take).with_files(workbook::LARGEST + AROUND),
        Route::post("/meetings/units/{id}/{no}/workbook/confirmation", keep, workbook::confirm),
        Route::post("/meetings/units/{id}/{no}/workbook/dropping", keep, workbook::drop_file),
        Route::get("/offline/minutes", keep, offline::page),
        Route::get("/offline/worker.js", keep, offline::worker),
        Route::get("/offline/manifest.json", keep, offline::manifest),
        Route::post("/meetings/units/{id}/offline", decide, offline::allow),
        Route::get("/meetings/units/{id}/{no}/offline.json", keep, offline::data).slow(),
        Route::post("/meetings/units/{id}/{no}/offline", keep, offline::hand_over),
        Route::get("/meetings/report", above, report::show).slow(),
        Route::get("/meetings/report.docx", export, report::docx).slow(),
        Route::get("/meetings/report.pdf", export, report::pdf).slow(),
        Route::get("/meetings/report.xlsx", export, report::xlsx).slow(),
        Route::get("/meetings/draws", above, draws::list).slow(),
        Route::post("/meetings/draws/{id}", decide, draws::draw),
        Route::get("/meetings/draws/{id}/{draw}", above, draws::one).slow(),
        Route::get("/meetings/draws/{id}/{draw}/{branch}", above, draws::sheet).slow(),
        Route::post("/meetings/draws/{id}/{draw}/{branch}", decide, draws::score),
        Route::get("/meetings/spread", above, spread::show).slow(),
    ]
}

/// The sections of a meeting's page; `mine` are the issues of the form an address ending belongs to.
pub(super) fn sections(visit: &Visit<'_>, desk: &Desk, mine: impl Fn(&str) -> Vec<Issue>) -> Result<String, Problem> {
    let mut out = notice::section(visit, desk, mine("/postings"))?;
    out.push_str(&files::section(visit, desk, mine("/files"))?);
    out.push_str(&workbook::section(visit, desk));
    let studied = [mine("/studied"), mine("/studied/withdrawal")].concat();
    out.push_str(&library::sections(visit, desk, studied)?);
    out.push_str(&offline::section(visit, desk)?);
    Ok(out)
}
