//! Committees and terms (cấp ủy và nhiệm kỳ): numbers fixed by a congress, election, appointment, addition, approval,
//! automatic end, vacancies (ORG-17, ORG-20…29).
//!
//! Tour: [`rules`] reads the rulebook's numbers and checks terms, counts, acts, steps and ends; `store` holds the
//! tables; [`actions`] writes terms, fills offices through `organisation`, approves, ends; [`jobs`] ends offices on the
//! day of a notice; `pages` shows a unit's committee and the lists of the city; `sheets` writes them; `duties` reminds.

pub mod actions;
mod duties;
mod holds;
pub mod jobs;
mod pages;
pub mod rules;
mod sheets;
mod store;

use chibo_store::{Migration, Statement};
use chibo_web::Capability;

pub use actions::load_current_terms;

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "committees",
    version: 1,
    name: "committees",
    sql: include_str!("../migrations/0001_committees.sql"),
}];

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    store::STATEMENTS.to_vec()
}

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Committees, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "committees",
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
