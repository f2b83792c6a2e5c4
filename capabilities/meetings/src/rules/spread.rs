//! How far the self-scores of a part lie apart (MTG-31). Scores that are all alike are a sign, not a verdict.

use chibo_kernel::rulebook::{Ratio, Rule, Rulebook};
use chibo_kernel::{Day, Problem};

/// Full marks.
const FULL: u8 = 100;

/// Self-scores, counted so that parts add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Scored meetings.
    pub count: u32,
    /// With full marks.
    pub full: u32,
    /// Lowest and highest; nothing while there is none.
    pub range: Option<(u8, u8)>,
    sum: u64,
    squares: u64,
}

/// What is conspicuous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nearly all have full marks.
    Full,
    /// All have the same marks.
    Same,
}

impl Sign {
    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "meetings-spread-full",
            Self::Same => "meetings-spread-same",
        }
    }
}

/// From when on scores are conspicuous.
pub struct SpreadTerms {
    /// From so many scored meetings.
    pub least: u32,
    /// This share of full marks.
    pub full: Ratio,
    /// The rule, for its note.
    pub doubtful: Vec<&'static Rule>,
}

/// The first day the parameters are for; older scores are judged by them too.
const FIRST: Day = Day::from_number(20_389);

impl SpreadTerms {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(day: Day) -> Result<Self, Problem> {
        let rules = Rulebook::built_in()?.on(day.max(FIRST));
        let rule = rules.require("MTG-31")?;
        let least = u32::try_from(rule.int("least")?).map_err(Problem::fault)?;
        Ok(Self { least, full: rule.ratio("full")?, doubtful: rules.doubtful(&["MTG-31"]) })
    }
}

impl Spread {
    /// With one more score.
    pub fn add(&mut self, points: u8) {
        self.count += 1;
        self.full += u32::from(points >= FULL);
        self.sum += u64::from(points);
        self.squares += u64::from(points) * u64::from(points);
        self.range = Some(self.range.map_or((points, points), |(low, high)| (low.min(points), high.max(points))));
    }

    /// The average in tenths of a point, rounded half up.
    pub const fn average_tenths(&self) -> Option<u64> {
        let count = self.count as u64;
        if count == 0 { None } else { Some((self.sum * 20 + count) / (2 * count)) }
    }

    /// The standard deviation in tenths of a point, rounded down.
    pub const fn deviation_tenths(&self) -> Option<u64> {
        let count = self.count as u64;
        if count == 0 {
            return None;
        }
        Some((100 * (count * self.squares - self.sum * self.sum)).isqrt() / count)
    }

    /// What is conspicuous, tested exactly; nothing for too few scores.
    pub fn sign(&self, terms: &SpreadTerms) -> Option<Sign> {
        let (low, high) = self.range.filter(|_| self.count >= terms.least.max(2))?;
        if u64::from(self.full) * u64::from(terms.full.whole()) >= u64::from(self.count) * u64::from(terms.full.part())
        {
            return Some(Sign::Full);
        }
        (low == high).then_some(Sign::Same)
    }
}

#[cfg(test)]
mod tests {
    use chibo_kernel::Day;

    use super::*;

    fn of(points: &[u8]) -> Spread {
        let mut spread = Spread::default();
        points.iter().for_each(|points| spread.add(*points));
        spread
    }

    fn terms() -> SpreadTerms {
        SpreadTerms::on(Day::from_ymd(2026, 1, 1).unwrap()).unwrap()
    }

    #[test]
    fn mtg_31_the_average_and_the_deviation_are_exact() {
        let spread = of(&[90, 94, 98]);
        assert_eq!((spread.average_tenths(), spread.deviation_tenths()), (Some(940), Some(32)));
        assert_eq!(spread.range, Some((90, 98)));
        assert_eq!(of(&[]).deviation_tenths(), None);
        assert_eq!(of(&[77, 77]).deviation_tenths(), Some(0));
        assert_eq!(of(&[91, 92]).average_tenths(), Some(915));
    }

    #[test]
    fn mtg_31_uniform_marks_are_a_sign_from_enough_meetings_on() {
        let terms = terms();
        let least = usize::try_from(terms.least).unwrap();
        assert_eq!(of(&vec![100; least]).sign(&terms), Some(Sign::Full));
        assert_eq!(of(&vec![100; least - 1]).sign(&terms), None, "too few to say anything");
        assert_eq!(of(&vec![95; least]).sign(&terms), Some(Sign::Same));
        let mut nine = vec![100; 9];
        nine.push(80);
        assert_eq!(of(&nine).sign(&terms), Some(Sign::Full), "nine of ten");
        nine.push(80);
        assert_eq!(of(&nine).sign(&terms), None);
    }

    #[test]
    fn mtg_31_old_scores_are_judged_by_the_same_numbers() {
        assert_eq!(SpreadTerms::on(Day::PARTY_FOUNDED).unwrap().least, terms().least);
    }
}
