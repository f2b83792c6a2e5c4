//! Pages of meetings: the secretary's month, one meeting, the view from above.

mod above;
mod beside;
mod branch;
mod briefing_agenda;
mod briefings;
mod charts;
mod close;
mod closings;
mod conflict;
mod desk;
mod draws;
mod fields;
mod files;
mod guidance;
mod heat;
mod library;
mod marks;
mod member;
mod models;
mod notice;
mod offline;
mod paper;
mod pilot;
mod plan;
mod report;
mod roll;
mod sheet;
mod spread;
mod start;
mod studies;
mod tasks;
mod times;
mod topics;
mod votes;
mod watchers;
mod workbook;

pub(crate) use above::{BranchLine, View, state};

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::{MenuItem, Policy, Route, Visit};

/// The entry in the menu these pages belong to.
const MENU: &str = "meetings-menu";

/// The addresses of this capability.
pub(crate) fn routes() -> Vec<Route> {
    let (see, keep) = (Policy::Needs(Permission::ViewMembers), Policy::Needs(Permission::EditMembers));
    let watch = Policy::Needs(Permission::EditUnits);
    let export = Policy::Needs(Permission::Export);
    let own = vec![
        Route::get("/meetings", Policy::Needs(Permission::ViewReports), above::show).slow(),
        Route::get("/meetings/watchers", Policy::Needs(Permission::ViewReports), watchers::show).slow(),
        Route::get("/meetings/export.xlsx", export, above::workbook).slow(),
        Route::get("/meetings/members/{id}", see, member::show).slow(),
        Route::get("/meetings/watchers/export.xlsx", export, watchers::workbook).slow(),
        Route::get("/meetings/units/{id}", see, branch::show).slow(),
        Route::post("/meetings/units/{id}", keep, branch::open),
        Route::post("/meetings/units/{id}/none", keep, branch::none),
        Route::post("/meetings/units/{id}/watchers", watch, watchers::assign),
        Route::post("/meetings/units/{id}/{no}/visits", see, watchers::visited),
        Route::post("/meetings/units/{id}/pilot", watch, pilot::decide),
        Route::post("/meetings/units/{id}/plan", keep, plan::plan),
        Route::post("/meetings/units/{id}/groups", keep, plan::group),
        Route::post("/meetings/units/{id}/observation", watch, branch::observe),
        Route::get("/meetings/units/{id}/{no}", see, desk::show).slow(),
        Route::post("/meetings/units/{id}/{no}", keep, desk::send),
        Route::get("/meetings/units/{id}/{no}/paper.docx", see, paper::docx).slow(),
        Route::get("/meetings/units/{id}/{no}/paper.pdf", see, paper::pdf).slow(),
        Route::post("/meetings/units/{id}/{no}/draft", keep, desk::keep),
        Route::post("/meetings/units/{id}/{no}/closing", keep, close::send),
        Route::post("/meetings/units/{id}/{no}/correction", keep, close::reopen),
        Route::post("/meetings/units/{id}/{no}/posting", keep, close::post),
        Route::get("/meetings/units/{id}/{no}/closings/{n}", see, closings::show).slow(),
        Route::post("/meetings/units/{id}/{no}/removal", keep, close::drop_open),
        Route::post("/meetings/units/{id}/{no}/tasks", keep, tasks::assign),
        Route::post("/meetings/units/{id}/{no}/votes", keep, votes::take),
        Route::get("/meetings/units/{id}/tasks/{task}", see, tasks::show).slow(),
        Route::post("/meetings/units/{id}/tasks/{task}", keep, tasks::end),
    ];
    [own, beside::routes(), library::routes(), briefings::routes()].concat()
}

/// The entries of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::ViewReports);
    vec![MenuItem { group: "menu-work", key: MENU, href: "/meetings", needs, rank: 300 }]
}

/// The branch a page is about.
struct Place {
    unit: Id<Unit>,
    units: UnitsToday,
    may_keep: bool,
}

impl Place {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::ViewMembers, unit)?;
        let may_keep = visit.permit(Permission::EditMembers, unit).is_ok();
        Ok(Self { unit, units: UnitsToday::of(visit), may_keep })
    }

    fn name(&self) -> String {
        self.units.name(self.unit)
    }

    fn address(&self, rest: &str) -> String {
        format!("/meetings/units/{}{rest}", self.unit)
    }
}
