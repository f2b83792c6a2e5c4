//! The pages: parse the question, ask the census once, let it go, draw.

pub(crate) mod crosstab;
pub(crate) mod dashboard;
mod waiting;

pub(crate) use waiting::{absent, loading};
