//! Organisations (tổ chức đảng): kinds, dated names and places, offices, reorganisation.
//!
//! Tour: [`kinds`] declares what may exist when; [`rules`] decides what may happen; `store` holds the tables;
//! `ledger` is the one writer of history; [`actions`] does things in one transaction; `import` reads spreadsheets;
//! `pages` shows and edits; `papers` writes decisions, minutes and lists; `api` tells other programs; [`load_forest`] feeds the census; [`finding`] finds units by what people type.

pub mod actions;
mod api;
pub mod finding;
mod forest;
pub mod forms;
mod holds;
mod import;
pub mod kinds;
mod ledger;
mod offices;
mod pages;
pub mod papers;
mod past;
pub mod pick;
pub mod rules;
mod store;
#[cfg(test)]
mod testing;
mod units_today;
#[cfg(test)]
mod words_tests;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

pub use forest::{landscape_of, landscape_within, lives_of, load_forest};
pub use import::{kind_named, setting_named};
pub use offices::{Held, committees_of, held_by, held_in, holders_on, offices_on};
pub use past::{Kin, Past, PastDecision, past_of};
pub use rules::{Decision, NewOffice, NewUnit, Reorganisation, Step, SuccessionKind};
pub use store::consents::{ConsentRow, consents, consents_of};
pub use units_today::UnitsToday;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "organisation",
        version: 1,
        name: "organisation",
        sql: include_str!("../migrations/0001_organisation.sql"),
    },
    Migration {
        capability: "organisation",
        version: 2,
        name: "consents",
        sql: include_str!("../migrations/0002_consents.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [store::STATEMENTS, store::consents::STATEMENTS].concat()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Organisations, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "organisation",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: [pages::routes(), api::routes()].concat(),
        jobs: Vec::new(),
        duties: Vec::new(),
        menu: pages::menu(),
        holds: vec![holds::HOLD],
        words: WORDS,
        ..Capability::default()
    }
}
