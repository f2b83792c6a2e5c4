//! The leniency meter (SEED: "nể nang"): how classes and points of a group lie, how far self-review, voters and appraiser are
//! from the decision, and how far the grade is from the facts. All of it whole numbers that add up over parts. A sign to look,
//! never a verdict: nothing here changes a class.

use super::kind::Class;

/// From so many decided on classes that are all alike are worth a look. No regulation names a number; the page says so.
pub const ALIKE_FROM: u64 = 5;

/// What one decided subject tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Decided.
    pub class: Class,
    /// In the self-review.
    pub own: Option<Class>,
    /// In the secret vote.
    pub voted: Option<Class>,
    /// In the appraisal.
    pub appraised: Option<Class>,
    /// Points in hundredths.
    pub points: Option<u32>,
    /// Late tasks or main targets missed.
    pub weak: bool,
    /// Decided above what the rules give.
    pub overridden: bool,
    /// A complaint changed the class.
    pub upheld: bool,
}

/// How the class of somebody else compares with the decided one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Both are known.
    pub pairs: u64,
    /// It was higher than what was decided.
    pub higher: u64,
    /// It was lower.
    pub lower: u64,
}

impl Gap {
    fn add(&mut self, other: Option<Class>, decided: Class) {
        let Some(other) = other else { return };
        self.pairs += 1;
        self.higher += u64::from(other > decided);
        self.lower += u64::from(other < decided);
    }

    const fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.higher += other.higher;
        self.lower += other.lower;
    }
}

/// The meter of a group, a unit or a setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meter {
    /// Decided, by class, the lowest first.
    pub classes: [u64; 4],
    /// Self-review against decision.
    pub own: Gap,
    /// Voters against decision.
    pub voted: Gap,
    /// Appraiser against decision.
    pub appraised: Gap,
    /// Appraised excellent, decided lower: where the cap bites (EVAL-24).
    pub lowered: u64,
    /// Good or excellent with late tasks or main targets missed.
    pub weak: u64,
    /// Above what the rules give.
    pub overridden: u64,
    /// Changed after a complaint (EVAL-32).
    pub upheld: u64,
    scored: u64,
    sum: u128,
    squares: u128,
}

impl Meter {
    /// With one more subject.
    pub fn add(&mut self, seen: &Seen) {
        if let Some(many) = self.classes.get_mut(seen.class as usize) {
            *many += 1;
        }
        self.own.add(seen.own, seen.class);
        self.voted.add(seen.voted, seen.class);
        self.appraised.add(seen.appraised, seen.class);
        self.lowered += u64::from(seen.appraised == Some(Class::Excellent) && seen.class < Class::Excellent);
        self.weak += u64::from(seen.weak && seen.class >= Class::Good);
        self.overridden += u64::from(seen.overridden);
        self.upheld += u64::from(seen.upheld);
        if let Some(points) = seen.points.map(u128::from) {
            self.scored += 1;
            self.sum += points;
            self.squares += points * points;
        }
    }

    /// With another part.
    pub fn merge(&mut self, other: &Self) {
        for (mine, more) in self.classes.iter_mut().zip(other.classes) {
            *mine += more;
        }
        self.own.merge(&other.own);
        self.voted.merge(&other.voted);
        self.appraised.merge(&other.appraised);
        self.lowered += other.lowered;
        self.weak += other.weak;
        self.overridden += other.overridden;
        self.upheld += other.upheld;
        self.scored += other.scored;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Decided subjects.
    pub fn count(&self) -> u64 {
        self.classes.iter().sum()
    }

    /// Decided as a class.
    pub fn of(&self, class: Class) -> u64 {
        self.classes.get(class as usize).copied().unwrap_or(0)
    }

    /// Good or excellent.
    pub fn top(&self) -> u64 {
        self.of(Class::Good) + self.of(Class::Excellent)
    }

    /// The average of points in hundredths, rounded half up; nothing without points.
    pub fn average(&self) -> Option<u32> {
        let count = u128::from(self.scored);
        if count == 0 { None } else { u32::try_from((2 * self.sum + count) / (2 * count)).ok() }
    }

    /// The standard deviation of points in hundredths, rounded down; nothing without points.
    pub fn deviation(&self) -> Option<u32> {
        let count = u128::from(self.scored);
        if count == 0 {
            return None;
        }
        u32::try_from((count * self.squares - self.sum * self.sum).isqrt() / count).ok()
    }

    /// The class all have, from enough subjects on.
    pub fn alike(&self) -> Option<Class> {
        let all = self.count();
        if all < ALIKE_FROM { None } else { Class::ALL.iter().copied().find(|class| self.of(*class) == all) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Seen = Seen {
        class: Class::Good,
        own: Some(Class::Good),
        voted: Some(Class::Good),
        appraised: Some(Class::Good),
        points: Some(8_500),
        weak: false,
        overridden: false,
        upheld: false,
    };

    fn of(seen: &[Seen]) -> Meter {
        let mut meter = Meter::default();
        seen.iter().for_each(|one| meter.add(one));
        meter
    }

    #[test]
    fn eval_03_a_unit_where_all_get_the_same_is_a_sign_from_five_on() {
        assert_eq!(of(&[PLAIN; 5]).alike(), Some(Class::Good));
        assert_eq!(of(&[PLAIN; 4]).alike(), None, "too few to say anything");
        let mut mixed = [PLAIN; 6];
        mixed[5].class = Class::Fulfilled;
        assert_eq!(of(&mixed).alike(), None);
        assert_eq!((of(&mixed).count(), of(&mixed).top()), (6, 5));
    }

    #[test]
    fn eval_10_average_and_dispersion_of_points_are_exact() {
        let with = |points| Seen { points, ..PLAIN };
        let meter = of(&[with(Some(9_000)), with(Some(9_400)), with(Some(9_800)), with(None)]);
        assert_eq!((meter.average(), meter.deviation()), (Some(9_400), Some(326)));
        assert_eq!((of(&[with(None)]).average(), of(&[]).deviation()), (None, None));
        assert_eq!(of(&[PLAIN; 9]).deviation(), Some(0));
    }

    #[test]
    fn eval_30_each_step_is_compared_with_the_decision_and_an_unknown_one_is_not_counted() {
        let high = Seen { own: Some(Class::Excellent), voted: None, appraised: Some(Class::Fulfilled), ..PLAIN };
        let meter = of(&[high, PLAIN]);
        assert_eq!(meter.own, Gap { pairs: 2, higher: 1, lower: 0 });
        assert_eq!(meter.voted, Gap { pairs: 1, higher: 0, lower: 0 });
        assert_eq!(meter.appraised, Gap { pairs: 2, higher: 0, lower: 1 });
    }

    #[test]
    fn eval_24_who_was_appraised_excellent_and_decided_lower_is_where_the_cap_bites() {
        let bitten = Seen { appraised: Some(Class::Excellent), ..PLAIN };
        let kept = Seen { class: Class::Excellent, ..bitten };
        assert_eq!(of(&[bitten, kept, PLAIN]).lowered, 1);
    }

    #[test]
    fn eval_21_late_tasks_count_against_a_good_class_only() {
        let good = Seen { weak: true, ..PLAIN };
        let fulfilled = Seen { class: Class::Fulfilled, ..good };
        assert_eq!(of(&[good, fulfilled, PLAIN]).weak, 1);
    }

    proptest! {
        #[test]
        fn eval_24_meters_of_parts_add_up_to_that_of_the_whole(
            points in prop::collection::vec(prop::option::of(0u32..=10_000), 0..60), cut in 0usize..60, shift in 0usize..4,
        ) {
            let class = |at: usize| Class::ALL[at % 4];
            let seen: Vec<Seen> = points.iter().enumerate().map(|(at, points)| Seen {
                class: class(at), own: Some(class(at + shift)), appraised: Some(class(at * 3)), points: *points,
                weak: at % 3 == 0, upheld: at % 7 == 0, ..PLAIN
            }).collect();
            let cut = cut.min(seen.len());
            let mut sum = of(&seen[..cut]);
            sum.merge(&of(&seen[cut..]));
            prop_assert_eq!(sum, of(&seen));
        }
    }
}
