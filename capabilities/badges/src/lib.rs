//! Party badges (Huy hiệu Đảng): who is due on which award day, and the way from proposal to hand-over (BDG-01…07).
//!
//! Tour: [`rules`] reads the rulebook's years and award days and says who is due and what may be done; `store` holds
//! the steps; [`actions`] proposes, decides, hands over; `pages` shows the roll of an award day and the badges of a
//! member; `papers` and `sheets` print and write the roll; `duties` reminds branches before files are due
//! and the city of what is to be decided, handed over, taken back.

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
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "badges",
    version: 1,
    name: "badges",
    sql: include_str!("../migrations/0001_badges.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Badges, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "badges",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: Vec::new(),
        duties: vec![duties::SOURCE, duties::STEPS, duties::REMOVED],
        persons: vec![PersonPage {
            key: "badges-tab",
            href: "/badges/members/{id}",
            needs: Permission::ViewMembers,
            rank: 600,
        }],
        sheet: vec![papers::ON_SHEET],
        menu: pages::menu(),
        holds: vec![holds::HOLD],
        words: WORDS,
        ..Capability::default()
    }
}
