//! Pure foundations of Chi Bộ: no input or output, no clock, no randomness, no async.
//!
//! Days and periods, bitemporal timelines, identifiers, votes with exact thresholds, working days,
//! rulebooks with validity intervals, Vietnamese text, permissions, and the one error type.

pub mod access;
pub mod calendar;
mod coded;
pub mod day;
pub mod id;
pub mod month;
pub mod period;
pub mod problem;
pub mod rulebook;
pub mod text;
pub mod timeline;
pub mod votes;

pub use access::{Grant, Permission, Permissions, Places, Viewer};
pub use day::{AsOf, Clock, Day, Moment};
pub use id::{Account, Id, Job, Person, Unit};
pub use month::Month;
pub use period::Period;
pub use problem::{Issue, Problem, Said};
pub use timeline::{Dated, Timeline};
