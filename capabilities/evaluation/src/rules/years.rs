//! Classes over the years: so many in a row (SCR-05, CMD-04, CMD-05).

use super::kind::Class;

/// How many years up to the newest have this class without a gap. `years` may be in any order; a year without a class ends
/// the row.
pub fn in_a_row(years: &[(i64, Class)], class: Class) -> u32 {
    let mut sorted = years.to_vec();
    sorted.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    sorted.dedup_by_key(|(year, _)| *year);
    let mut count = 0;
    let mut expected = sorted.first().map(|(year, _)| *year);
    for (year, given) in sorted {
        if Some(year) != expected || given != class {
            break;
        }
        count += 1;
        expected = Some(year - 1);
    }
    count
}
