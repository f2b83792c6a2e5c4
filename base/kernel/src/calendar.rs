//! Working days as data and spans counted by month.
//!
//! Weekly rest days, fixed holidays, Tết and swap days come from `rulebooks/calendar.toml`, year by year
//! as they were announced. An answer that leaves the announced years says so.

mod data;
mod spans;
mod working;

pub use spans::{age_in_years, full_months_between, months_between};
pub use working::{Counted, Coverage, Fixed, WorkingDays, Year};
