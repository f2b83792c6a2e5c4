//! Membership cards (thẻ đảng viên), numbers of dossiers (số lý lịch), books of dossiers (CRD-01…04, DOS-05…08, EXI-15).
//!
//! Tour: [`rules`] says which step of a card may follow, who takes it and what refuses it, and which number is next;
//! `store` keeps steps and states, `shelf` the states of all cards in memory; [`actions`] takes steps with one member or
//! many, gives numbers, lends dossiers; `pages` shows overview, lists, a member, numbers and books; `papers` and
//! `sheets` print; `duties` reminds everybody of what is his.

pub mod actions;
mod duties;
mod holds;
mod issue;
mod pages;
mod papers;
pub mod rules;
mod seats;
mod sheets;
mod shelf;
mod store;

use chibo_kernel::Permission;
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration { capability: "cards", version: 1, name: "cards", sql: include_str!("../migrations/0001_cards.sql") },
    Migration { capability: "cards", version: 2, name: "lost", sql: include_str!("../migrations/0002_lost.sql") },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::statements()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Cards, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "cards",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: duties::SOURCES.to_vec(),
        persons: vec![PersonPage {
            key: "cards-tab",
            href: "/cards/members/{id}",
            needs: Permission::ViewMembers,
            rank: 610,
        }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
