//! The time somebody stood as having left and, since his rights were restored, never was out (MEM-42). Pure.

use chibo_kernel::{Day, Moment};

use crate::codes::Standing;

/// A standing ever believed: from a day on, until a day, believed until.
pub type Believed = (Day, Day, Moment, Standing);

/// Periods, each from its first day to the first day after; in order, apart from each other.
pub type Gaps = Vec<(Day, Day)>;

/// The periods in which somebody stood as having left, as was believed while they ran, and stands as a member as believed
/// now. Whoever is still out, or came back by a new admission, has none.
pub fn restored(lines: &[Believed]) -> Gaps {
    let now = |line: &&Believed| line.2 == Moment::FOREVER && line.3.counts_as_member();
    let mut found: Gaps = Vec::new();
    for (from, to, until, _) in lines.iter().filter(|line| line.2 != Moment::FOREVER && line.3 == Standing::Left) {
        // What was believed to last for ever lasted until somebody said otherwise.
        let to = (*to).min(until.day());
        let meets = |line: &Believed| (line.0.max(*from), line.1.min(to));
        found.extend(lines.iter().filter(now).map(meets).filter(|(from, to)| from < to));
    }
    found.sort_unstable();
    let mut apart: Gaps = Vec::with_capacity(found.len());
    for (from, to) in found {
        match apart.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => apart.push((from, to)),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn line(from: &str, to: Option<&str>, until: Option<&str>, standing: Standing) -> Believed {
        let until = until.map_or(Moment::FOREVER, |until| Moment::start_of(day(until)));
        (day(from), to.map_or(Day::FOREVER, day), until, standing)
    }

    #[test]
    fn mem_42_the_gap_of_a_restored_member_is_what_was_believed_of_him() {
        let before = line("2011-01-15", None, Some("2026-03-10"), Standing::Official);
        let shortened = line("2011-01-15", Some("2026-03-10"), Some("2026-09-20"), Standing::Official);
        let out = line("2026-03-10", None, Some("2026-09-20"), Standing::Left);
        let again = line("2011-01-15", None, None, Standing::Official);
        let gap = [(day("2026-03-10"), day("2026-09-20"))];
        assert_eq!(restored(&[before, shortened, out, again]), gap);
        // Said anew in between, by a merge: still one gap.
        let half = line("2026-03-10", None, Some("2026-05-01"), Standing::Left);
        assert_eq!(restored(&[half, out, again]), gap);
    }

    #[test]
    fn mem_42_whoever_is_out_or_was_admitted_again_has_no_gap_to_pay_for() {
        let official = line("2011-01-15", Some("2020-03-10"), None, Standing::Official);
        let out = line("2020-03-10", None, None, Standing::Left);
        assert_eq!(restored(&[official, out]), []);
        // Admitted again: out from then till the ceremony, as is believed still.
        let once = line("2020-03-10", None, Some("2026-09-20"), Standing::Left);
        let gone = line("2020-03-10", Some("2026-09-20"), None, Standing::Left);
        let anew = line("2026-09-20", None, None, Standing::Probationary);
        assert_eq!(restored(&[official, once, gone, anew]), []);
    }
}
