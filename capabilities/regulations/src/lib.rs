//! Functions of units by kind and their working regulations (chức năng, nhiệm vụ; quy chế làm việc; ORG-32).
//!
//! Tour: [`rules`] says which kinds must adopt a regulation, which text is in force on a day and how a unit stands,
//! and compares two texts line by line; `store` holds the tables; [`actions`] issues models, adopts regulations and
//! says that they were sent; `pages` shows who has not adopted one, the texts side by side, and the forms; `sheets`
//! writes the list.

pub mod actions;
mod pages;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "regulations",
    version: 1,
    name: "regulations",
    sql: include_str!("../migrations/0001_regulations.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Regulations, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "regulations",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: Vec::new(),
        duties: Vec::new(),
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
