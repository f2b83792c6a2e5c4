//! Party fees (đảng phí): what each member owes, the branch's book of each month, what is passed upward, arrears
//! (FEE-01…FEE-11, EXI-10, SCR-02).
//!
//! Tour: [`rules`] counts what is owed in a month by the rulebook in force then, turns a form into lines and totals, and
//! divides what was collected; `store` keeps categories, books with their lines, months unpaid, remittances and shares;
//! [`actions`] writes them; `pages` shows the overview, a book, a member; `papers` and `sheets` print; `duties` and
//! `signals` tell others what is due.

pub mod actions;
mod duties;
mod holds;
mod pages;
mod papers;
pub mod rules;
mod sheets;
mod signals;
mod store;

use chibo_kernel::Permission;
use chibo_store::reseal::{Sealed, seal_owner};
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] =
    &[Migration { capability: "fees", version: 1, name: "fees", sql: include_str!("../migrations/0001_fees.sql") }];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Fees, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "fees",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: vec![duties::BOOKS, duties::ARREARS, duties::REMITTANCES],
        signals: vec![signals::ARREARS],
        persons: vec![PersonPage {
            key: "fees-tab",
            href: "/fees/members/{id}",
            needs: Permission::ViewMembers,
            rank: 550,
        }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        sealed: vec![Sealed {
            table: "fee_category",
            column: "base",
            key: &["person_id", "seq"],
            about: |key| seal_owner(&key[..1]),
        }],
        ..Capability::default()
    }
}
