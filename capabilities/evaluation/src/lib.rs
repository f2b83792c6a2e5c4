//! Review, evaluation and classification (kiểm điểm, đánh giá, xếp loại) of members, leaders and organisations by the regime of
//! each year (EVAL-01…EVAL-44, CMD-04, CMD-05).
//!
//! Tour: [`rules`] holds levels, points, bands, forced classes, ceilings, the cap and the steps; `store` keeps campaigns,
//! subjects, steps with vote totals, correction plans; [`actions`] opens, takes steps, decides whole groups under the cap,
//! closes; `pages` shows campaigns down to one subject and five years of anybody; `signals` tells screening of two failed
//! years.

pub mod actions;
mod duties;
mod holds;
mod pages;
pub mod rules;
mod signals;
mod store;

use chibo_kernel::Permission;
use chibo_store::{Migration, Statement};
use chibo_web::{Capability, PersonPage};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "evaluation",
    version: 1,
    name: "evaluation",
    sql: include_str!("../migrations/0001_evaluation.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::statements()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Evaluation, as the program sees it.
pub fn capability() -> Capability {
    Capability {
        name: "evaluation",
        migrations: MIGRATIONS,
        statements: statements(),
        routes: pages::routes(),
        duties: duties::sources(),
        signals: vec![signals::FAILED],
        persons: vec![PersonPage {
            key: "evaluation-tab",
            href: "/evaluation/members/{id}",
            needs: Permission::EditMembers,
            rank: 590,
        }],
        holds: vec![holds::HOLD],
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
