//! How long a breach has held. Pure.

mod age;

pub use age::{Age, MONTHS, Since, month_ends};
