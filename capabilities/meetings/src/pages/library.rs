//! What the pages of models, guidance and resolutions to be studied have in common; their sections beside a meeting.

use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Setting;
use chibo_web::{Crumb, Head, Policy, Reply, Route, Visit, html};

use super::above::View;
use super::desk::Desk;
use super::report::committee;
use super::{MENU, guidance, marks, models, studies};

/// The addresses.
pub(super) fn routes() -> Vec<Route> {
    let (above, decide) = (Policy::Needs(Permission::ViewReports), Policy::Needs(Permission::EditUnits));
    let (keep, export) = (Policy::Needs(Permission::EditMembers), Policy::Needs(Permission::Export));
    vec![
        Route::get("/meetings/models", above, models::list).slow(),
        Route::post("/meetings/models/{id}", decide, models::publish),
        Route::get("/meetings/models/{id}/{model}", above, models::one).slow(),
        Route::post("/meetings/models/{id}/{model}", decide, models::again),
        Route::post("/meetings/models/{id}/{model}/withdrawal", decide, models::withdraw),
        Route::get("/meetings/guidance", above, guidance::list).slow(),
        Route::post("/meetings/guidance/{id}", decide, guidance::write),
        Route::get("/meetings/studies", above, studies::list).slow(),
        Route::post("/meetings/studies/{id}", decide, studies::register),
        Route::get("/meetings/studies/{id}/{study}", above, studies::one).slow(),
        Route::get("/meetings/studies/{id}/{study}/export.xlsx", export, studies::workbook).slow(),
        Route::post("/meetings/studies/{id}/{study}/withdrawal", decide, studies::withdraw),
        Route::post("/meetings/units/{id}/{no}/studied", keep, marks::studied),
        Route::post("/meetings/units/{id}/{no}/studied/withdrawal", keep, marks::undo),
    ]
}

/// A committee with everything below it.
pub(super) struct Committee {
    /// The organisation with its months.
    pub view: View,
    /// Which.
    pub unit: Id<Unit>,
}

impl Committee {
    /// The one the address names; without a name the viewer's own.
    pub(super) fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let view = View::load(visit)?;
        let unit = match visit.path.get("id") {
            "" => committee(visit, &view.units, view.unit)?,
            _ => {
                let unit = visit.id("id")?;
                visit.permit(Permission::ViewReports, unit)?;
                unit
            }
        };
        Ok(Self { view, unit })
    }

    pub(super) fn may(&self, visit: &Visit<'_>) -> bool {
        visit.permit(Permission::EditUnits, self.unit).is_ok()
    }

    pub(super) fn name(&self) -> String {
        self.view.units.name(self.unit)
    }

    /// The page: `list` is the word and the address of the list a deeper page belongs to.
    pub(super) fn page(
        &self,
        visit: &Visit<'_>,
        title: &str,
        list: Option<(&'static str, &str)>,
        body: &str,
        wrong: bool,
    ) -> Result<Reply, Problem> {
        let w = visit.w;
        let mut crumbs = vec![
            Crumb::to(w.t("meetings-title"), "/meetings"),
            Crumb::to(self.name(), format!("/meetings?unit={}", self.unit)),
        ];
        crumbs.extend(list.map(|(word, place)| Crumb::to(w.t(word), format!("{place}?unit={}", self.unit))));
        crumbs.push(Crumb::here(title));
        let head = Head::new(title, MENU).crumbs(crumbs).with_error(wrong);
        visit.page_html(if wrong { 422 } else { 200 }, head, body)
    }
}

/// The committees a unit stands under, the nearest first.
pub(super) fn above(units: &UnitsToday, unit: Id<Unit>) -> Vec<Id<Unit>> {
    let mut found = Vec::new();
    let mut place = units.place(unit);
    while let Some(up) = place.and_then(|at| units.tree.parent(at)) {
        found.extend(units.id(up));
        place = Some(up);
    }
    found
}

/// The setting a branch works in.
pub(super) fn setting_of(units: &UnitsToday, unit: Id<Unit>) -> Option<Setting> {
    units.place(unit).and_then(|at| Setting::from_number(units.tree.setting(at)))
}

/// Settings to choose from.
pub(super) fn settings(visit: &Visit<'_>) -> Vec<(String, String)> {
    let option = |setting: &Setting| ((*setting as u8).to_string(), visit.w.t(setting.name_key()).to_owned());
    Setting::ALL.iter().map(option).collect()
}

/// The name of a stored setting.
pub(super) fn setting_name(visit: &Visit<'_>, number: u8) -> String {
    Setting::from_number(number).map_or_else(String::new, |setting| visit.w.t(setting.name_key()).to_owned())
}

/// A text of several lines as paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("<p>{}</p>", html::escape(line))).collect()
}

/// A card with a heading.
pub(super) fn card(title: &str, body: &str) -> String {
    format!("<section class=\"card\"><h2>{}</h2>{body}</section>", html::escape(title))
}

/// Guidance for the branch's setting, resolutions to be studied, and the way to publish the meeting as a model.
pub(super) fn sections(visit: &Visit<'_>, desk: &Desk, studied: Vec<Issue>) -> Result<String, Problem> {
    let mut out = guidance::section(visit, desk)?;
    out.push_str(&marks::section(visit, desk, studied)?);
    out.push_str(&models::section(visit, desk));
    Ok(out)
}
