//! Rules as alarms (cảnh báo): which unit breaks which founding rule as of any day, since when, and what to do
//! (ORG-01, 03, 04, 05, 06, 07, 14, 20, 21, 22).
//!
//! Tour: the rules themselves, and the consents some of them ask for, are organisation's; [`rules`] holds how long a
//! breach has held; `pages` counts, lists and asks; `sheets` writes the list.

mod pages;
pub mod rules;
mod sheets;

use chibo_web::Capability;

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Alerts, as the program sees them.
pub fn capability() -> Capability {
    Capability {
        name: "alerts",
        migrations: &[],
        statements: Vec::new(),
        routes: pages::routes(),
        jobs: Vec::new(),
        duties: Vec::new(),
        menu: pages::menu(),
        words: WORDS,
        ..Capability::default()
    }
}
