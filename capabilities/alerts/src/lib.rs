//! Rules as alarms (cảnh báo): which unit breaks which founding rule as of any day, since when, and what to do
//! (ORG-01, 03, 04, 05, 06, 07, 14, 20, 21, 22).
//!
//! Tour: the rules themselves are `chibo_organisation::rules::alarms`; `book` is the rulebook; [`rules`] holds consents
//! (ORG-04) and how long a breach has held; `store` keeps consents; [`actions`] writes one down; `pages` counts, lists
//! and asks; `sheets` writes the list.

pub mod actions;
mod book;
mod pages;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "alerts",
    version: 1,
    name: "alerts",
    sql: include_str!("../migrations/0001_alerts.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Alerts, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "alerts",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: Vec::new(),
        menu: pages::menu(),
        words: WORDS,
    }
}
