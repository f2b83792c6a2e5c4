//! Tests of thresholds and verdicts, by rule id.

use std::cmp::Ordering;

use super::*;
use crate::id::Id;
use crate::votes::{MemberKind, Occasion, Reason, RollEntry, WORDS, denominator_of_members};
use proptest::prelude::*;

fn roll(present: usize, absent: usize) -> Vec<RollEntry> {
    (0..present + absent)
        .map(|number| RollEntry {
            person: Id::from_bytes([number as u8; 16]),
            kind: MemberKind::Official,
            present: number < present,
            reasons: vec![],
        })
        .collect()
}

fn vote(matter: Matter, stage: Stage, present: usize, absent: usize, yes: u32) -> Result<Verdict, VoteError> {
    let base = denominator_of_members(&roll(present, absent), Occasion::Meeting);
    decide(matter, stage, VotingForm::SecretBallot, base, Ballots { yes, ..Ballots::default() })
}

#[test]
fn x_06_half_is_not_enough_and_those_absent_count() {
    assert!(!vote(Matter::Ordinary, Stage::Deciding, 5, 5, 5).unwrap().passed());
    assert!(vote(Matter::Ordinary, Stage::Deciding, 6, 4, 6).unwrap().passed());
    assert_eq!(Threshold::MoreThanHalf.needed(10), 6);
    assert_eq!(Threshold::MoreThanHalf.needed(11), 6);
}

#[test]
fn x_07_two_thirds_propose_and_more_than_half_decides() {
    for matter in [Matter::Admission, Matter::Recognition, Matter::StrikingOff, Matter::Expulsion] {
        assert!(vote(matter, Stage::Proposing, 9, 0, 6).unwrap().passed(), "{matter:?}");
        assert!(!vote(matter, Stage::Proposing, 9, 0, 5).unwrap().passed(), "{matter:?}");
        assert!(vote(matter, Stage::Deciding, 9, 0, 5).unwrap().passed(), "{matter:?}");
        assert_eq!(matter.rule(), "X-07");
    }
}

#[test]
fn x_12_two_thirds_is_tested_exactly() {
    // 67 % of 100 rounds well, 66.67 % of 3 does not: 2 of 3 must pass, 66 of 100 must not.
    assert!(Threshold::TwoThirds.met(2, 3));
    assert!(!Threshold::TwoThirds.met(66, 100));
    assert!(Threshold::TwoThirds.met(67, 100));
    assert!(Threshold::TwoThirds.met(u32::MAX, u32::MAX));
    assert!(!Threshold::TwoThirds.met(0, 0) && !Threshold::MoreThanHalf.met(0, 0));
    assert_eq!((Threshold::TwoThirds.needed(0), Threshold::MoreThanHalf.needed(0)), (1, 1));
}

#[test]
fn x_12_an_empty_denominator_decides_nothing() {
    assert_eq!(vote(Matter::Ordinary, Stage::Deciding, 0, 0, 0), Err(VoteError::NobodyMayVote));
}

#[test]
fn x_03_more_ballots_than_voters_are_refused() {
    let refused = vote(Matter::Ordinary, Stage::Deciding, 3, 2, 4);
    assert_eq!(refused, Err(VoteError::MoreBallotsThanVoters { cast: 4, voters: 3 }));
}

#[test]
fn x_10_the_verdict_keeps_the_form_and_a_failure_is_reported_upward() {
    let failed = vote(Matter::Admission, Stage::Proposing, 9, 0, 5).unwrap();
    assert_eq!(failed.form(), VotingForm::SecretBallot);
    assert_eq!(failed.explain().last().map(|s| (s.rule, s.said.key)), Some(("X-10", "vote-report-upward")));
    let ordinary = vote(Matter::Ordinary, Stage::Deciding, 9, 0, 1).unwrap();
    assert!(ordinary.explain().iter().all(|s| s.rule != "X-10"));
}

#[test]
fn the_verdict_explains_itself_with_rule_ids() {
    let mut people = roll(8, 0);
    people[0].kind = MemberKind::Probationary;
    people[1].reasons = vec![Reason::Suspended];
    let base = denominator_of_members(&people, Occasion::Meeting);
    let ballots = Ballots { yes: 4, no: 2, ..Ballots::default() };
    let verdict = decide(Matter::Recognition, Stage::Proposing, VotingForm::RaisedCard, base, ballots).unwrap();
    let lines: Vec<_> = verdict.explain().iter().map(|s| (s.rule, s.said.key)).collect();
    assert_eq!(
        lines,
        [
            ("X-03", "vote-listed"),
            ("X-09", "vote-minus-probationary"),
            ("X-03", "vote-minus-suspended"),
            ("X-03", "vote-denominator"),
            ("X-07", "vote-needs-two-thirds"),
            ("X-12", "vote-passed"),
        ]
    );
    assert!(lines.iter().all(|(_, key)| WORDS.contains(key)));
    assert_eq!((verdict.share().part, verdict.share().whole), (4, 6));
}

/// Compares a/b with c/d by whole parts and remainders, never multiplying across.
fn compare(a: u64, b: u64, c: u64, d: u64) -> Ordering {
    (a / b).cmp(&(c / d)).then_with(|| match (a % b, c % d) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        (left, right) => compare(d, right, b, left),
    })
}

proptest! {
    #[test]
    fn x_12_thresholds_agree_with_naive_rational_arithmetic(whole in 1..200_000u32, yes in 0..200_000u32) {
        let (y, w) = (u64::from(yes), u64::from(whole));
        prop_assert_eq!(Threshold::TwoThirds.met(yes, whole), compare(y, w, 2, 3) != Ordering::Less);
        prop_assert_eq!(Threshold::MoreThanHalf.met(yes, whole), compare(y, w, 1, 2) == Ordering::Greater);
    }

    #[test]
    fn x_12_the_votes_needed_are_the_fewest_that_pass(whole in 1..=u32::MAX) {
        for threshold in [Threshold::MoreThanHalf, Threshold::TwoThirds] {
            let needed = threshold.needed(whole);
            prop_assert!(threshold.met(needed, whole) && !threshold.met(needed - 1, whole));
            prop_assert!(needed <= whole);
        }
    }
}
