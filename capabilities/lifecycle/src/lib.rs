//! The life of an organisation as case files (hồ sơ thành lập, giải thể, giải tán, chuyển giao tổ chức đảng; ORG-11,
//! ORG-12, ORG-15, ORG-16, TRF-08, X-08).
//!
//! Tour: [`rules`] says what a case needs, who decides and what may follow what; `store` holds versions and steps;
//! `scene` is the organisation as the rules ask about it; `file` a case with everything that follows from it;
//! [`actions`] opens, lists members, takes steps and puts decisions into force through organisation and members;
//! `jobs` does so on the day; `duties` reminds; `pages` shows lists, cases and the life of a unit; `sheets` writes
//! the list.

pub mod actions;
mod duties;
mod file;
mod holds;
mod jobs;
mod pages;
pub mod rules;
mod scene;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "lifecycle",
    version: 1,
    name: "lifecycle",
    sql: include_str!("../migrations/0001_lifecycle.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Case files, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "lifecycle",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        jobs: jobs::handlers(),
        duties: duties::sources(),
        menu: pages::menu(),
        holds: vec![holds::HOLD],
        words: WORDS,
        ..Capability::default()
    }
}
