//! Coverage of places (địa bàn) by Party organisations, plans to fill them, pilot models (TSK-23, ORG-01).
//!
//! Tour: [`rules`] says how a place stands, when a plan is met, how a pilot moves on; `store` holds the tables;
//! [`actions`] enters, covers, counts, plans, reviews; `import` reads spreadsheets; `pages` shows the overview with its
//! map, the lists, a place, the pilots and their forms; `sheets` writes workbooks; `duties` finds what presses.

pub mod actions;
mod duties;
mod import;
mod pages;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "coverage",
    version: 1,
    name: "coverage",
    sql: include_str!("../migrations/0001_coverage.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [store::STATEMENTS, store::imports::STATEMENTS, store::pilots::STATEMENTS].concat()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Coverage and pilots, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "coverage",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: Vec::new(),
        duties: duties::sources(),
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
