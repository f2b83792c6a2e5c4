//! Transfers of members (chuyển sinh hoạt đảng) between branches of the register, box by box (TRF-01…06, TRF-12…14).
//!
//! Tour: [`rules`] says whose signature comes next, what refuses it and by when it is due; `store` keeps transfers, their
//! boxes and steps; [`actions`] takes steps – the last box posts the member to the new branch; `pages` shows the lists and
//! one transfer to both sides; `duties` reminds whoever signs next.

pub mod actions;
mod duties;
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
        capability: "transfers",
        version: 1,
        name: "transfers",
        sql: include_str!("../migrations/0001_transfers.sql"),
    },
    Migration { capability: "transfers", version: 2, name: "kinds", sql: include_str!("../migrations/0002_kinds.sql") },
    Migration {
        capability: "transfers",
        version: 3,
        name: "holds-moved",
        sql: include_str!("../migrations/0003_holds_moved.sql"),
    },
    Migration { capability: "transfers", version: 4, name: "basis", sql: include_str!("../migrations/0004_basis.sql") },
    Migration {
        capability: "transfers",
        version: 5,
        name: "stays-moved",
        sql: include_str!("../migrations/0005_stays_moved.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [store::STATEMENTS, store::KINDS, store::CONTACTS].concat()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Transfers, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "transfers",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: vec![
            duties::SIGNATURES,
            duties::AFTERMATH,
            duties::STAYS,
            duties::TOGETHER,
            duties::NOTICES,
            duties::REMARKS,
        ],
        signals: vec![duties::OVERDUE, duties::LOST],
        persons: vec![PersonPage {
            key: "transfers-tab",
            href: "/transfers/members/{id}",
            needs: Permission::ViewMembers,
            rank: 300,
        }],
        menu: pages::menu(),
        holds: vec![holds::HOLD],
        words: WORDS,
        ..Capability::default()
    }
}
