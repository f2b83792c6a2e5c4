//! Restructuring (sắp xếp, sáp nhập, chia tách tổ chức đảng): plans of any number of lines, looked at before they are
//! signed by a second person, in force on their day, undone only by a counter-plan (ORG-10…18, SEED-09).
//!
//! Tour: [`rules`] turns lines into the steps of a decision, reckons what follows and how it is undone; `store` holds
//! plans; [`actions`] drafts, signs, carries out; `jobs` does so at midnight; `import` reads lines from a spreadsheet;
//! `pages` is the workbench; `duties` reminds of plans that wait.

pub mod actions;
mod duties;
mod holds;
mod import;
mod jobs;
mod pages;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

pub use jobs::ENFORCE;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "restructuring",
    version: 1,
    name: "restructuring",
    sql: include_str!("../migrations/0001_restructuring.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Restructuring, as the program sees it.
pub fn capability() -> Capability {
    Capability {
        name: "restructuring",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: jobs::handlers(),
        duties: vec![duties::SOURCE],
        menu: pages::menu(),
        holds: vec![holds::HOLD],
        words: WORDS,
        ..Capability::default()
    }
}
