//! Lines of an append-only history: what holds on a day is the line that had begun last, as known then (ORG-18).

use chibo_kernel::{AsOf, Day, Moment};

/// Something that holds from a day on, until another line begins.
pub trait Line {
    /// First day.
    fn from(&self) -> Day;
    /// When it was written down.
    fn recorded(&self) -> Moment;
}

impl<L: Line> Line for &L {
    fn from(&self) -> Day {
        (**self).from()
    }

    fn recorded(&self) -> Moment {
        (**self).recorded()
    }
}

/// The line that had begun last by the day, of those written down by then; of two with one first day the later
/// written. So a mistake is put right by another line with the same first day, and nothing is lost.
pub fn begun<L: Line>(lines: impl IntoIterator<Item = L>, at: AsOf) -> Option<L> {
    let known = lines.into_iter().filter(|line| line.from() <= at.day && line.recorded() <= at.known);
    known.max_by_key(|line| (line.from(), line.recorded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Note(i32, i64, u8);

    impl Line for Note {
        fn from(&self) -> Day {
            Day::from_number(self.0)
        }
        fn recorded(&self) -> Moment {
            Moment(self.1)
        }
    }

    proptest! {
        /// Against a walk in the order of writing: a line takes over when it begins no earlier than the one held.
        #[test]
        fn org_18_a_line_holds_until_the_next_begins_and_old_knowledge_stays(
            firsts in proptest::collection::vec(0..20i32, 1..10), day in 0..25i32, known in 0..12i64,
        ) {
            let lines: Vec<Note> = firsts.iter().zip(1i64..).map(|(from, at)| Note(*from, at, at as u8)).collect();
            let at = AsOf { day: Day::from_number(day), known: Moment(known) };
            let mut expected: Option<Note> = None;
            for line in lines.iter().filter(|line| line.1 <= known && line.0 <= day) {
                if expected.is_none_or(|held| line.0 >= held.0) {
                    expected = Some(*line);
                }
            }
            prop_assert_eq!(begun(&lines, at).copied(), expected);
        }
    }

    #[test]
    fn nothing_holds_before_the_first_line() {
        let lines = [Note(5, 1, 1)];
        assert_eq!(begun(&lines, AsOf::on(Day::from_number(4))), None);
        assert_eq!(begun(&lines, AsOf::on(Day::from_number(5))), Some(&lines[0]));
    }
}
