//! Months unpaid without reason (FEE-08, EXI-10, SCR-02).

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Problem};

use super::Month;

/// The first day of the oldest instrument in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// So many months of a calendar year raise the alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(pub usize);

impl Limit {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook lacks the number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let months = Rulebook::built_in()?.on(day.max(OLDEST)).require("FEE-08")?.int("unpaid_months_in_year")?;
        Ok(Self(usize::try_from(months.max(1)).unwrap_or(1)))
    }
}

/// The day the alert came about for months unpaid without reason: the last day of the third one in a calendar year. The
/// months need not follow each other; those of different years are not added up.
pub fn since(months: &[Month], limit: Limit) -> Option<Day> {
    let mut sorted = months.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let full = |month: &&Month| sorted.iter().filter(|other| other.year() == month.year() && other <= month).count();
    sorted.iter().find(|month| full(month) >= limit.0).map(|month| month.last())
}

/// The months in which somebody stood in no book because he was taken to have left, by the periods of a restored member
/// (MEM-42): whoever is out on the last day of a month is not in its book.
pub fn missed(gaps: &[(Day, Day)]) -> Vec<Month> {
    let months = gaps.iter().flat_map(|(from, to)| {
        let last = Month::of(*to);
        (Month::of(*from).0..=last.0).map(Month).filter(move |month| (*from..*to).contains(&month.last()))
    });
    months.collect()
}
