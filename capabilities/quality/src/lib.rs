//! The data-quality desk (rà soát, làm sạch dữ liệu đảng viên): checks over all members, findings with unit, degree and
//! first day seen, trend from month to month, cleaning campaigns; two records of one person made one; the register compared
//! with a file of the national database.
//!
//! Tour: [`rules`] holds the checks, pure; `jobs` runs them over the register and notes what is new and what is mended;
//! `reconcile` walks a file beside the register; `store` keeps findings, runs, campaigns, results; `pages` shows and lists; `duties` reminds while a campaign runs.

pub mod actions;
mod duties;
mod holds;
mod jobs;
mod pages;
pub mod reconcile;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

pub use jobs::CHECK;

/// Kind of the job that compares with a file.
pub const RECONCILE: &str = reconcile::RECONCILE;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        capability: "quality",
        version: 1,
        name: "quality",
        sql: include_str!("../migrations/0001_quality.sql"),
    },
    Migration {
        capability: "quality",
        version: 2,
        name: "reconciliation",
        sql: include_str!("../migrations/0002_reconciliation.sql"),
    },
    Migration {
        capability: "quality",
        version: 3,
        name: "merge-rows",
        sql: include_str!("../migrations/0003_merge_rows.sql"),
    },
];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [store::STATEMENTS, store::merge_rows::STATEMENTS, store::reconciliations::STATEMENTS].concat()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// The desk, as the program sees it.
pub fn capability() -> Capability {
    Capability {
        name: "quality",
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
