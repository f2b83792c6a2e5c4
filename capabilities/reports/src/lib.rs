//! Reports (thống kê): the dashboard of a unit and the cross-tab with the list behind every number.
//!
//! Tour: [`rules`] turns counts into tables whose totals are the sums of their parts and hides small cells; `spot` says
//! which unit is asked about, as of which day, and how it answers; `pages` shows the dashboard and the cross-tab;
//! `sheets` writes the cross-tab as a workbook. Owns no tables: every figure comes from the census.

mod pages;
pub mod rules;
mod sheets;
mod spot;

use chibo_kernel::Permission;
use chibo_web::{Capability, MenuItem, Policy, Route};

/// Menu entry of the dashboard.
const OVERVIEW: &str = "reports-menu-overview";
/// Menu entry of the cross-tab.
const CROSSTAB: &str = "reports-menu-crosstab";

/// The capability.
pub fn capability() -> Capability {
    let needs = Some(Permission::ViewReports);
    let reports = Policy::Needs(Permission::ViewReports);
    Capability {
        name: "reports",
        migrations: &[],
        statements: Vec::new(),
        routes: vec![
            // Several scans of everything: beside the threads that answer quick pages.
            Route::get("/", Policy::SignedIn, pages::dashboard::show).slow(),
            Route::get("/crosstab", reports, pages::crosstab::show),
            Route::get("/crosstab.xlsx", reports, pages::crosstab::export).slow(),
        ],
        jobs: Vec::new(),
        duties: Vec::new(),
        menu: vec![
            MenuItem { group: "menu-work", key: OVERVIEW, href: "/", needs, rank: 200 },
            MenuItem { group: "menu-numbers", key: CROSSTAB, href: "/crosstab", needs, rank: 500 },
        ],
        words: (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl")),
        ..Capability::default()
    }
}
