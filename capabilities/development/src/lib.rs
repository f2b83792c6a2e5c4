//! Development of members (phát triển đảng viên): from the outstanding person to the ceremony, and from probation to
//! recognition; targets and results (MEM-01…35).
//!
//! Tour: [`rules`] says which step comes next, what refuses it and by when it is due; `store` keeps candidates, steps,
//! targets; [`actions`] takes steps – the ceremony makes a member, recognition makes him official on the computed day;
//! `pages` shows the funnel, the lists, one candidate, one probation; `duties` reminds of clocks.

pub mod actions;
mod duties;
mod holds;
mod import;
mod pages;
mod papers;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "development",
        version: 1,
        name: "development",
        sql: include_str!("../migrations/0001_development.sql"),
    },
    Migration {
        capability: "development",
        version: 2,
        name: "the-way-in",
        sql: include_str!("../migrations/0002_the_way_in.sql"),
    },
    Migration {
        capability: "development",
        version: 3,
        name: "grounds",
        sql: include_str!("../migrations/0003_grounds.sql"),
    },
    Migration {
        capability: "development",
        version: 4,
        name: "annulments",
        sql: include_str!("../migrations/0004_annulments.sql"),
    },
    Migration {
        capability: "development",
        version: 5,
        name: "remarks",
        sql: include_str!("../migrations/0005_remarks.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [
        store::STATEMENTS,
        store::file::STATEMENTS,
        store::ground::STATEMENTS,
        store::annul::STATEMENTS,
        store::stay::STATEMENTS,
    ]
    .concat()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Development, as the program sees it.
pub fn capability() -> Capability {
    Capability {
        name: "development",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: Vec::new(),
        duties: vec![
            duties::CANDIDATES,
            duties::PROBATION,
            duties::VERIFICATION,
            duties::RECOGNITION,
            duties::DECLARATION,
            duties::REVIEW,
            duties::STAY,
        ],
        menu: pages::menu(),
        holds: vec![holds::HOLD],
        words: WORDS,
        ..Capability::default()
    }
}
