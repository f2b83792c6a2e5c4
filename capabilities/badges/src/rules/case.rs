//! One badge of one member: its steps and what may be done next.

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_members::PartyAge;

use super::{Award, Discipline, Ground, Terms, reaches};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The branch proposed it.
    Proposed,
    /// The proposal was taken back.
    Withdrawn,
    /// The city standing committee decided it (BDG-07).
    Decided,
    /// It was handed over.
    Awarded,
    /// It was taken back from somebody removed from the Party (BDG-07).
    TakenBack,
}

impl Step {
    /// All.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Withdrawn, Self::Decided, Self::Awarded, Self::TakenBack];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Withdrawn => "withdrawn",
            Self::Decided => "decided",
            Self::Awarded => "awarded",
            Self::TakenBack => "taken-back",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Whether this may follow what was done before.
    pub const fn may_follow(self, before: Option<Self>) -> bool {
        matches!(
            (before, self),
            (None | Some(Self::Withdrawn), Self::Proposed)
                | (Some(Self::Proposed), Self::Withdrawn | Self::Decided)
                | (Some(Self::Decided), Self::Awarded | Self::TakenBack)
                | (Some(Self::Awarded), Self::TakenBack)
        )
    }

    /// What is owed after this step, of somebody who has left the Party or not (BDG-07): the decision, the hand-over; from
    /// whoever was removed the proposal is withdrawn, what was decided or handed over taken back. None when nothing is.
    pub const fn owed(self, left: bool) -> Option<Self> {
        match (self, left) {
            (Self::Proposed, true) => Some(Self::Withdrawn),
            (Self::Proposed, false) => Some(Self::Decided),
            (Self::Decided, false) => Some(Self::Awarded),
            (Self::Decided | Self::Awarded, true) => Some(Self::TakenBack),
            (Self::Awarded | Self::Withdrawn | Self::TakenBack, _) => None,
        }
    }

    /// Whether it brings somebody nearer to a badge: not for whoever has left the Party.
    pub const fn honours(self) -> bool {
        matches!(self, Self::Proposed | Self::Decided | Self::Awarded)
    }
}

/// A measure that was decided on a day, and whether the branch confirms that the member has corrected himself (BDG-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disciplined {
    /// Which.
    pub measure: Discipline,
    /// When it was decided.
    pub on: Day,
    /// The branch confirms correction.
    pub corrected: bool,
}

/// A proposal as it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Which badge.
    pub years: u16,
    /// For which award day.
    pub award_on: Day,
    /// Why.
    pub ground: Ground,
    /// Under discipline.
    pub disciplined: Option<Disciplined>,
}

/// The rulebook's terms on a day.
///
/// # Errors
/// A refusal before the first rulebook.
pub fn terms_on(day: Day) -> Result<Terms<'static>, Problem> {
    Terms::on(Rulebook::built_in()?, day)?.ok_or_else(|| Problem::refuse(Said::new("badges-unruled")))
}

/// What speaks against a proposal, by the terms of its award day.
pub fn check_proposal(terms: &Terms<'_>, age: Option<&PartyAge>, proposal: &Proposal) -> Vec<Issue> {
    let Some(award) = terms.award(proposal.award_on) else {
        return vec![issue("award", "BDG-02", Said::new("badges-no-award-day").with("day", proposal.award_on))];
    };
    if !terms.years.contains(&proposal.years) {
        return vec![issue("years", "BDG-01", Said::new("badges-no-such-years").with("years", proposal.years))];
    }
    let Some(age) = age else {
        return vec![issue("years", "BDG-05", Said::new("badges-no-admission"))];
    };
    let mut issues = Vec::new();
    let (reached, latest) = (reaches(age, proposal.years), terms.latest(&award, proposal.years, proposal.ground));
    let Some(reached) = reached else { return vec![issue("years", "MEM-40", Said::new("badges-out-of-party"))] };
    if reached > latest {
        let rule = if proposal.ground == Ground::Reached { "BDG-02" } else { "BDG-03" };
        let said = Said::new("badges-too-early").with("years", proposal.years).with("reached", reached);
        issues.push(issue("years", rule, said.with("latest", latest)));
    }
    issues.extend(waiting(terms, &award, proposal.disciplined));
    issues
}

fn issue(field: &str, rule: &'static str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some(rule), said }
}

fn waiting(terms: &Terms<'_>, award: &Award, disciplined: Option<Disciplined>) -> Vec<Issue> {
    let Some(found) = disciplined else { return Vec::new() };
    let mut issues = Vec::new();
    let until = terms.waits_until(found.measure, found.on);
    if until > award.on {
        issues.push(issue(
            "measure",
            "BDG-04",
            Said::new("badges-must-wait").with("until", until).with("award", award.on),
        ));
    }
    if !found.corrected {
        issues.push(issue("corrected", "BDG-04", Said::new("badges-not-corrected")));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    fn proposal() -> Proposal {
        Proposal { years: 30, award_on: day(2027, 2, 3), ground: Ground::Reached, disciplined: None }
    }

    fn rules_against(admitted: Day, proposal: &Proposal) -> Vec<&'static str> {
        let terms = terms_on(proposal.award_on).unwrap();
        check_proposal(&terms, Some(&PartyAge::new(admitted, [])), proposal)
            .iter()
            .filter_map(|issue| issue.rule)
            .collect()
    }

    #[test]
    fn bdg_03_nobody_is_proposed_before_the_years_without_a_ground() {
        let admitted = day(1997, 6, 1);
        assert_eq!(rules_against(admitted, &proposal()), ["BDG-02"]);
        assert!(rules_against(admitted, &Proposal { ground: Ground::Illness, ..proposal() }).is_empty());
        assert_eq!(rules_against(day(1998, 3, 1), &Proposal { ground: Ground::Illness, ..proposal() }), ["BDG-03"]);
        // Late is no obstacle: whoever was forgotten is proposed at the next award day.
        assert!(rules_against(day(1990, 1, 1), &proposal()).is_empty());
    }

    #[test]
    fn mem_40_years_out_of_the_party_do_not_earn_a_badge() {
        let terms = terms_on(day(2027, 2, 3)).unwrap();
        let against = |gaps: &[(Day, Day)]| {
            let age = PartyAge::new(day(1997, 1, 1), gaps.iter().copied());
            check_proposal(&terms, Some(&age), &proposal()).iter().filter_map(|issue| issue.rule).collect::<Vec<_>>()
        };
        assert!(against(&[]).is_empty());
        assert_eq!(against(&[(day(2010, 1, 1), day(2011, 1, 1))]), ["BDG-02"]);
        assert_eq!(against(&[(day(2010, 1, 1), Day::FOREVER)]), ["MEM-40"]);
    }

    #[test]
    fn bdg_04_discipline_delays_and_the_branch_confirms() {
        let waits = |on, corrected| Proposal {
            disciplined: Some(Disciplined { measure: Discipline::Warning, on, corrected }),
            ..proposal()
        };
        assert_eq!(rules_against(day(1997, 1, 1), &waits(day(2026, 6, 1), true)), ["BDG-04"]);
        assert!(rules_against(day(1997, 1, 1), &waits(day(2026, 5, 3), true)).is_empty());
        assert_eq!(rules_against(day(1997, 1, 1), &waits(day(2026, 5, 3), false)), ["BDG-04"]);
    }

    #[test]
    fn bdg_02_only_award_days_have_awards() {
        let other = Proposal { award_on: day(2027, 2, 4), ..proposal() };
        assert_eq!(rules_against(day(1990, 1, 1), &other), ["BDG-02"]);
    }

    #[test]
    fn bdg_07_every_step_owes_one_that_may_follow_until_the_badge_is_in_the_right_hand() {
        for step in Step::ALL {
            for left in [false, true] {
                let owed = step.owed(left);
                assert!(owed.is_none_or(|owed| owed.may_follow(Some(step))), "{step:?}");
                assert!(owed.is_none_or(|owed| owed.honours() != left), "{step:?}");
            }
        }
        assert_eq!((Step::Awarded.owed(false), Step::Awarded.owed(true)), (None, Some(Step::TakenBack)));
        assert_eq!((Step::Decided.owed(false), Step::Decided.owed(true)), (Some(Step::Awarded), Some(Step::TakenBack)));
        assert_eq!(
            (Step::Proposed.owed(false), Step::Proposed.owed(true)),
            (Some(Step::Decided), Some(Step::Withdrawn))
        );
    }

    proptest! {
        #[test]
        fn bdg_07_nothing_is_handed_over_without_a_decision(tries in proptest::collection::vec(0usize..5, 0..40)) {
            let mut taken: Vec<Step> = Vec::new();
            for number in tries {
                let step = Step::ALL[number];
                if step.may_follow(taken.last().copied()) {
                    taken.push(step);
                }
            }
            for (at, step) in taken.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| taken[at]);
                prop_assert!(*step != Step::Awarded || before == Some(Step::Decided));
                prop_assert!(*step != Step::Decided || before == Some(Step::Proposed));
            }
            prop_assert!(taken.iter().filter(|step| **step == Step::Awarded).count() <= 1);
        }
    }
}
