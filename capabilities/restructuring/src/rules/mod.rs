//! What a plan says, whether it can be carried out, what follows from it and how it is undone. Pure.

mod compile;
mod counter;
mod impact;
mod operation;
mod state;
#[cfg(test)]
mod tests;

use chibo_kernel::rulebook::{Rule, Rulebook};
use chibo_kernel::{Day, Problem};

pub use compile::{Compiled, Refused, compile};
pub use counter::counter;
pub use impact::{Flow, Ground, Impact, Listed, impact};
pub use operation::{Extent, Founding, Operation};
pub use state::State;

/// A plan to restructure organisations (phương án sắp xếp tổ chức đảng).
#[derive(Debug)]
pub enum Plan {}

/// The first day a plan may still take effect on, seen from today (ORG-18): earlier figures are reported and closed.
///
/// # Errors
/// A fault when the rulebook lacks the number.
pub fn first_open_day(today: Day) -> Result<(Day, &'static Rule), Problem> {
    let rule = Rulebook::built_in()?.on(today).require("ORG-18")?;
    let months = i32::try_from(rule.int("closed_after_months")?).map_err(Problem::fault)?;
    Ok((today.plus_months(-months), rule))
}
