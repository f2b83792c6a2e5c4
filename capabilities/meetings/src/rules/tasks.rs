//! Which assignments the score's item 7 counts (MTG-20): those given since the meeting before, and those of earlier that were
//! still open then, whoever gave them: they follow the member (MTG-11).

use chibo_kernel::Day;

/// An assignment as it stood on the day of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Day of the meeting that gave it.
    pub on: Day,
    /// Last day.
    pub due: Day,
    /// 0 open, 1 done in time, 2 done late, 3 dropped.
    pub outcome: u8,
    /// Done on.
    pub done: Option<Day>,
}

impl Given {
    /// Whether a meeting answers for it: `before` is the day of the regular meeting before this one. What is not due yet and
    /// not done yet is nobody's fault and counts for a later meeting.
    pub fn counts(&self, before: Option<Day>, held: Day) -> bool {
        let done = self.done.filter(|day| *day <= held);
        let ripe = done.is_some() || self.due <= held;
        let came_back = before.is_none_or(|before| self.on >= before || done.is_none_or(|day| day > before));
        self.outcome != 3 && self.on < held && ripe && came_back
    }

    /// Done in time by the day of the meeting; late is not (MTG-10 tells the two apart).
    pub fn kept(&self, held: Day) -> bool {
        self.outcome == 1 && self.done.is_some_and(|day| day <= held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_number(20_000 + number)
    }

    fn given(on: i32, due: i32, outcome: u8, done: Option<i32>) -> Given {
        Given { on: day(on), due: day(due), outcome, done: done.map(day) }
    }

    fn reached(given: &[Given], before: Option<Day>, held: Day) -> (u32, u32) {
        let all: Vec<_> = given.iter().filter(|one| one.counts(before, held)).collect();
        (all.len() as u32, all.iter().filter(|one| one.kept(held)).count() as u32)
    }

    /// The meeting before was on day 30, this one is on day 60.
    fn of(one: Given) -> (u32, u32) {
        reached(&[one], Some(day(30)), day(60))
    }

    #[test]
    fn mtg_20_item_7_counts_what_the_meeting_before_gave_and_what_was_still_open_then() {
        assert_eq!(of(given(30, 50, 1, Some(45))), (1, 1), "given last time, done in time");
        assert_eq!(of(given(30, 50, 2, Some(55))), (1, 0), "late counts as late");
        assert_eq!(of(given(30, 50, 0, None)), (1, 0), "open and due");
        assert_eq!(of(given(30, 90, 0, None)), (0, 0), "not due yet");
        assert_eq!(of(given(30, 90, 1, Some(50))), (1, 1), "not due yet, done already");
        assert_eq!(of(given(0, 10, 0, None)), (1, 0), "open for long");
        assert_eq!(of(given(0, 10, 2, Some(40))), (1, 0), "open last time, done late since");
        assert_eq!(of(given(0, 10, 2, Some(20))), (0, 0), "ended before the last meeting");
        assert_eq!(of(given(30, 50, 3, None)), (0, 0), "dropped");
        assert_eq!(of(given(60, 60, 0, None)), (0, 0), "given at this very meeting");
        assert_eq!(of(given(30, 50, 1, Some(61))), (1, 0), "what was done after the meeting was open at it");
        assert_eq!(reached(&[given(0, 10, 2, Some(20))], None, day(60)), (1, 0), "the first meeting looks back at all");
    }
}
