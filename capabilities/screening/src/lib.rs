//! Screening of members (rà soát, sàng lọc đảng viên): flags from facts, a campaign every year, help for at most twelve
//! months, proposals of removal with their votes and decisions (SCR-01…SCR-12, EXI-10…EXI-12).
//!
//! Tour: [`rules`] holds the closed list of grounds, the steps and states, the votes, the clocks, the figures of a report;
//! `jobs` asks the other capabilities for their signals every night; `store` keeps flags, campaigns, steps;
//! [`actions`] raises, assesses, votes, decides; `pages` shows campaigns down to one member; `duties` reminds.

pub mod actions;
mod duties;
mod holds;
mod jobs;
mod pages;
mod papers;
pub mod rules;
mod sheets;
mod store;

use chibo_kernel::Permission;
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

pub use jobs::LOOK;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "screening",
        version: 1,
        name: "screening",
        sql: include_str!("../migrations/0001_screening.sql"),
    },
    Migration {
        capability: "screening",
        version: 2,
        name: "screening decider",
        sql: include_str!("../migrations/0002_screening_decider.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::statements()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Screening, as the program sees it.
pub fn capability() -> Capability {
    Capability {
        name: "screening",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: jobs::handlers(),
        duties: duties::sources(),
        persons: vec![PersonPage {
            key: "screening-tab",
            href: "/screening/members/{id}",
            needs: Permission::EditMembers,
            rank: 600,
        }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
