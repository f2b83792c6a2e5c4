//! Exemption from work and meetings, and leaving the Party (EXI-01…EXI-15, MEM-27, MEM-42).
//!
//! Tour: [`rules`] says what a case needs next, who does it and what refuses it; `store` keeps cases, their steps and where
//! they stand; `file` reads a case with its committees; [`actions`] opens cases and takes steps – a decision changes the
//! member's standing in the same write; `pages` shows lists, the book of those who left, one case, one member; `papers`
//! prints; `duties` reminds whoever acts next and reports exemptions that ended (SCR-03).

pub mod actions;
mod duties;
mod file;
mod holds;
mod pages;
mod papers;
pub mod rules;
mod sheets;
mod store;

use chibo_kernel::Permission;
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "leaving",
        version: 1,
        name: "leaving",
        sql: include_str!("../migrations/0001_leaving.sql"),
    },
    Migration {
        capability: "leaving",
        version: 2,
        name: "leaving decider",
        sql: include_str!("../migrations/0002_leaving_decider.sql"),
    },
    Migration {
        capability: "leaving",
        version: 3,
        name: "leaving removal",
        sql: include_str!("../migrations/0003_leaving_removal.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Leaving, as the program sees it.
pub fn capability() -> Capability {
    let needs = Permission::ViewMembers;
    Capability {
        name: "leaving",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: vec![duties::SOURCE],
        signals: vec![duties::SIGNALS],
        persons: vec![PersonPage { key: "leaving-tab", href: "/leaving/members/{id}", needs, rank: 650 }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
