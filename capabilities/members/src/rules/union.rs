//! What two records of one person say about the same line, put together so that nothing overlaps and no day is lost.

use chibo_kernel::{Dated, Day, Moment, Period, Timeline};

/// Something held during a time, as believed now.
pub type Span<V> = (Period, V);

/// Both lines as one: what `first` says holds, and where it says nothing what `second` says.
pub fn union<V: Clone + PartialEq>(first: &[Span<V>], second: &[Span<V>]) -> Vec<Span<V>> {
    let mut line = Timeline::default();
    for (at, (valid, value)) in second.iter().chain(first).enumerate() {
        line.amend(*valid, Some(value.clone()), Moment(at as i64));
    }
    line.current().into_iter().map(|row: &Dated<V>| (row.valid, row.value.clone())).collect()
}

/// Whether the second line knows something later than the first: its last row begins later.
pub fn is_later<V>(first: &[Span<V>], second: &[Span<V>]) -> bool {
    let last = |line: &[Span<V>]| line.iter().map(|(valid, _)| valid.from()).max().unwrap_or(Day::PARTY_FOUNDED);
    !second.is_empty() && (first.is_empty() || last(second) > last(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = Vec<Span<u8>>> {
        proptest::collection::vec((0..40i32, 1..15i32, 0..3u8), 0..5).prop_map(|rows| {
            let mut line = Timeline::default();
            for (at, (from, days, value)) in rows.into_iter().enumerate() {
                let valid = Period::new(Day::from_number(from), Day::from_number(from + days)).unwrap();
                line.amend(valid, Some(value), Moment(at as i64));
            }
            line.current().into_iter().map(|row| (row.valid, row.value)).collect()
        })
    }

    fn on(line: &[Span<u8>], day: i32) -> Option<u8> {
        line.iter().find(|(valid, _)| valid.contains(Day::from_number(day))).map(|(_, value)| *value)
    }

    proptest! {
        #[test]
        fn dpd_33_a_union_loses_no_day_overlaps_nowhere_and_the_first_line_holds(first in line(), second in line()) {
            let both = union(&first, &second);
            for day in 0..60 {
                prop_assert_eq!(on(&both, day), on(&first, day).or(on(&second, day)));
            }
            for pair in both.windows(2) {
                prop_assert!(pair[0].0.to() <= pair[1].0.from());
            }
        }
    }

    #[test]
    fn whoever_knows_something_later_goes_first() {
        let since = |number: i32| (Period::since(Day::from_number(number)), 1u8);
        assert!(is_later(&[since(3)], &[since(9)]));
        assert!(!is_later(&[since(9)], &[since(9)]));
        assert!(is_later(&[], &[since(1)]));
        assert!(!is_later::<u8>(&[], &[]));
    }
}
