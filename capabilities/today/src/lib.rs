//! Today (việc hôm nay): what is due now, overdue and soon, of every sort, for the units somebody answers for.
//!
//! Tour: capabilities find their own duties (`Capability::duties`); [`rules`] counts and sifts them; `pages` shows
//! them by day, sort and unit, each one click from the act; `sheets` writes the list, `calendar` a file other
//! calendars read. Owns no tables: a duty goes when the facts change.

mod calendar;
mod pages;
pub mod rules;
mod sheets;

use chibo_web::Capability;

/// The words: Vietnamese, English.
pub const WORDS: (&str, &str) = (include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"));

/// Today, as the program sees it.
pub fn capability() -> Capability {
    Capability {
        name: "today",
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
