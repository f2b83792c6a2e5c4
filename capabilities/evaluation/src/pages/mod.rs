//! The pages of evaluation. Whoever may not edit members of a unit sees nothing of its points, votes and classes.

mod campaign;
mod group;
mod leniency;
mod list;
mod new;
mod ranking;
mod read;
mod subject;
mod subject_parts;
mod subjects;
mod years;

use chibo_kernel::{Id, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_web::words::Tongue;
use chibo_web::{MenuItem, Policy, Route, Visit, doubt, html};

use crate::rules::{Campaign, CampaignKind, Class, Terms};
use crate::store::{self, CampaignRow};

/// Menu entry; also the place pages name as current.
pub(crate) const MENU: &str = "evaluation-menu";

/// Every address with its policy; the page itself checks the unit.
pub(crate) fn routes() -> Vec<Route> {
    let edit = Policy::Needs(Permission::EditMembers);
    vec![
        Route::get("/evaluation", edit, list::show).slow(),
        Route::get("/evaluation/campaigns/new", edit, new::form),
        Route::post("/evaluation/campaigns/new", edit, new::send),
        Route::get("/evaluation/campaigns/{id}", edit, campaign::show).slow(),
        Route::post("/evaluation/campaigns/{id}/closure", edit, campaign::close),
        Route::get("/evaluation/campaigns/{id}/subjects", edit, subjects::show).slow(),
        Route::get("/evaluation/campaigns/{id}/ranking.xlsx", Policy::Needs(Permission::Export), ranking::workbook)
            .slow(),
        Route::get("/evaluation/campaigns/{id}/leniency", edit, leniency::show).slow(),
        Route::get("/evaluation/campaigns/{id}/groups/{unit}/{sort}", edit, group::show).slow(),
        Route::post("/evaluation/campaigns/{id}/groups/{unit}/{sort}", edit, group::send),
        Route::get("/evaluation/subjects/{id}", edit, subject::show).slow(),
        Route::post("/evaluation/subjects/{id}/steps", edit, subject::step),
        Route::post("/evaluation/subjects/{id}/what-if", edit, subject::what_if),
        Route::post("/evaluation/subjects/{id}/fixes", edit, subject::fix),
        Route::post("/evaluation/subjects/{id}/corrections", edit, subject::fixed),
        Route::get("/evaluation/members/{id}", edit, years::member),
        Route::get("/evaluation/units/{id}", edit, years::unit),
    ]
}

/// The entry of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    let needs = Some(Permission::EditMembers);
    vec![MenuItem { group: "menu-people", key: MENU, href: "/evaluation", needs, rank: 261 }]
}

/// "Year 2026", "Quarter 2, 2026" …
fn title(w: Tongue<'_>, kind: &str, year: i64, quarter: i64) -> String {
    match CampaignKind::from_code(kind) {
        Some(CampaignKind::Quarter) => w.t2("evaluation-title-quarter", ("quarter", quarter), ("year", year)),
        Some(kind) => w.t2("evaluation-title-other", ("kind", w.t(kind.word())), ("year", year)),
        None => String::new(),
    }
}

fn class_word<'a>(w: Tongue<'a>, code: &str) -> &'a str {
    Class::from_code(code).map_or("", |class| w.t(class.word()))
}

/// Points in hundredths as shown; empty without.
fn points_text(points: i64) -> String {
    u32::try_from(points).map(crate::rules::text).unwrap_or_default()
}

/// The campaign of the address, when some of it is in sight.
fn campaign_of(visit: &Visit<'_>, units: &UnitsToday) -> Result<CampaignRow, Problem> {
    let id: Id<Campaign> = visit.id("id")?;
    let row = visit.read(|tx| store::campaign(tx, id))?.ok_or(Problem::NotFound)?;
    if in_sight(visit, units, &row) { Ok(row) } else { Err(Problem::NotFound) }
}

/// Whether the viewer works anywhere in a campaign.
fn in_sight(visit: &Visit<'_>, units: &UnitsToday, row: &CampaignRow) -> bool {
    let whole = units.range(Some(row.unit_id));
    let ranges = visit.who().ranges(Permission::EditMembers);
    ranges.iter().any(|range| range.start < whole.end && whole.start < range.end)
}

/// Notes of rules in doubt.
fn notes(visit: &Visit<'_>, terms: &Terms) -> String {
    doubt::card(visit.w.t("evaluation-notes"), &doubt::notes(visit.w, terms.doubtful.iter().copied()))
}

/// Facts of a page as a card.
fn facts_card(facts: &[(&str, String)]) -> String {
    let row = |(name, value): &(&str, String)| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>", html::escape(name), html::escape(value))
    };
    let rows: String = facts.iter().map(row).collect();
    format!("<section class=\"card\"><dl class=\"facts\">{rows}</dl></section>")
}

/// A card with a heading.
fn card(title: &str, body: &str) -> String {
    format!("<section class=\"card\"><h2>{}</h2>{body}</section>", html::escape(title))
}
