//! Tests of the three denominators, by rule id, and against a model that counts the other way round.

use super::*;
use proptest::prelude::*;

const REASONS: [Reason; 6] = [
    Reason::TemporarilyElsewhere,
    Reason::Exempted,
    Reason::Suspended,
    Reason::Prosecuted,
    Reason::Detained,
    Reason::ExcusedFromCongress,
];

fn person(number: u8) -> Id<Person> {
    Id::from_bytes([number; 16])
}

fn official(number: u8, present: bool, reasons: &[Reason]) -> RollEntry {
    RollEntry { person: person(number), kind: MemberKind::Official, present, reasons: reasons.to_vec() }
}

fn minus(made: &Denominator, why: Exclusion) -> Vec<Id<Person>> {
    made.subtracted().iter().filter(|s| s.why == why).flat_map(|s| s.who.clone()).collect()
}

#[test]
fn x_03_absent_members_without_a_reason_stay_in_the_denominator() {
    let roll = [official(1, true, &[]), official(2, false, &[]), official(3, false, &[])];
    let made = denominator_of_members(&roll, Occasion::Meeting);
    assert_eq!((made.count(), made.voters(), made.listed(), made.rule()), (3, 1, 3, "X-03"));
    assert!(made.subtracted().is_empty());
}

#[test]
fn x_03_temporary_and_exempted_members_count_only_when_present() {
    use Reason::{Exempted, TemporarilyElsewhere};
    let roll = [
        official(1, true, &[TemporarilyElsewhere]),
        official(2, false, &[TemporarilyElsewhere]),
        official(3, true, &[Exempted]),
        official(4, false, &[Exempted]),
    ];
    let made = denominator_of_members(&roll, Occasion::Meeting);
    assert_eq!((made.count(), made.voters()), (2, 2));
    assert_eq!(minus(&made, Exclusion::ElsewhereAbsent), [person(2)]);
    assert_eq!(minus(&made, Exclusion::ExemptedAbsent), [person(4)]);
}

#[test]
fn x_03_suspended_prosecuted_and_detained_never_count_even_when_present() {
    let roll = [
        official(1, true, &[Reason::Suspended]),
        official(2, true, &[Reason::Prosecuted]),
        official(3, false, &[Reason::Detained]),
        official(4, true, &[]),
    ];
    let made = denominator_of_members(&roll, Occasion::Meeting);
    assert_eq!((made.count(), made.voters()), (1, 1));
    assert_eq!(minus(&made, Exclusion::Detained), [person(3)]);
    assert!(made.subtracted().iter().all(|s| s.rule == "X-03"));
}

#[test]
fn x_03_an_accepted_absence_counts_out_at_a_congress_only() {
    let roll = [official(1, true, &[]), official(2, false, &[Reason::ExcusedFromCongress])];
    assert_eq!(denominator_of_members(&roll, Occasion::Congress).count(), 1);
    assert_eq!(denominator_of_members(&roll, Occasion::Meeting).count(), 2);
    let came_after_all = [official(1, true, &[Reason::ExcusedFromCongress])];
    assert_eq!(denominator_of_members(&came_after_all, Occasion::Congress).count(), 1);
}

#[test]
fn x_03_two_reasons_take_a_member_out_once() {
    let roll = [official(1, false, &[Reason::Exempted, Reason::TemporarilyElsewhere, Reason::Suspended])];
    let made = denominator_of_members(&roll, Occasion::Meeting);
    assert_eq!((made.listed(), made.count()), (1, 0));
    assert_eq!(made.subtracted().len(), 1);
    assert_eq!(made.subtracted()[0].why, Exclusion::Suspended);
}

#[test]
fn x_04_delegates_absent_throughout_count_when_an_alternate_sits() {
    let seat =
        |number, attendance| DelegateEntry { person: person(number), valid: true, convening_member: false, attendance };
    let roll = [
        seat(1, Attendance::Present),
        seat(2, Attendance::AwayAtTheVote),
        seat(3, Attendance::AbsentThroughout),
        seat(4, Attendance::ReplacedByAlternate),
        DelegateEntry { convening_member: true, ..seat(5, Attendance::AbsentThroughout) },
        DelegateEntry { convening_member: true, ..seat(6, Attendance::ReplacedByAlternate) },
        DelegateEntry { valid: false, ..seat(7, Attendance::Present) },
        DelegateEntry { convening_member: true, ..seat(8, Attendance::AwayAtTheVote) },
    ];
    let made = denominator_of_delegates(&roll);
    assert_eq!((made.rule(), made.listed(), made.count(), made.voters()), ("X-04", 8, 4, 2));
    assert_eq!(minus(&made, Exclusion::DelegateWithoutAlternate), [person(3)]);
    assert_eq!(minus(&made, Exclusion::ConveningMemberAbsent), [person(5), person(6)]);
    assert_eq!(minus(&made, Exclusion::DelegateNotValid), [person(7)]);
}

#[test]
fn x_05_only_temporary_absence_and_being_barred_leave_a_committee() {
    let roll = [
        official(1, true, &[]),
        official(2, false, &[]),
        official(3, false, &[Reason::Exempted]),
        official(4, false, &[Reason::ExcusedFromCongress]),
        official(5, false, &[Reason::TemporarilyElsewhere]),
        official(6, true, &[Reason::TemporarilyElsewhere]),
        official(7, true, &[Reason::Suspended]),
    ];
    let made = denominator_of_committee(&roll);
    assert_eq!((made.rule(), made.count(), made.voters()), ("X-05", 5, 2));
    assert_eq!(minus(&made, Exclusion::ElsewhereAbsent), [person(5)]);
}

#[test]
fn x_09_probationary_members_are_never_in_a_denominator() {
    let probationary = RollEntry { kind: MemberKind::Probationary, ..official(1, true, &[]) };
    let roll = [probationary, official(2, true, &[])];
    for made in [
        denominator_of_members(&roll, Occasion::Meeting),
        denominator_of_members(&roll, Occasion::Congress),
        denominator_of_committee(&roll),
    ] {
        assert_eq!((made.count(), made.voters()), (1, 1));
        assert_eq!((made.subtracted()[0].rule, made.subtracted()[0].who.as_slice()), ("X-09", &[person(1)][..]));
    }
}

fn arb_entry() -> impl Strategy<Value = RollEntry> {
    (any::<u8>(), any::<bool>(), 0..8u8, proptest::sample::subsequence(REASONS.to_vec(), 0..=3)).prop_map(
        |(number, present, kind, reasons)| {
            let kind = if kind == 0 { MemberKind::Probationary } else { MemberKind::Official };
            RollEntry { person: person(number), kind, present, reasons }
        },
    )
}

proptest! {
    /// The model asks who stays in; the code asks who goes out.
    #[test]
    fn x_03_x_05_denominators_agree_with_asking_who_stays_in(roll in proptest::collection::vec(arb_entry(), 0..40)) {
        let may_vote = |e: &&RollEntry| e.kind == MemberKind::Official
            && e.reasons.iter().all(|r| !matches!(r, Reason::Suspended | Reason::Prosecuted | Reason::Detained));
        let stays = |absences: &[Reason]| roll.iter().filter(may_vote)
            .filter(|e| e.present || e.reasons.iter().all(|r| !absences.contains(r))).count() as u32;
        use Reason::{Exempted, ExcusedFromCongress, TemporarilyElsewhere};
        let meeting = denominator_of_members(&roll, Occasion::Meeting);
        let congress = denominator_of_members(&roll, Occasion::Congress);
        let committee = denominator_of_committee(&roll);
        prop_assert_eq!(meeting.count(), stays(&[Exempted, TemporarilyElsewhere]));
        prop_assert_eq!(congress.count(), stays(&[Exempted, TemporarilyElsewhere, ExcusedFromCongress]));
        prop_assert_eq!(committee.count(), stays(&[TemporarilyElsewhere]));
        let voters = roll.iter().filter(may_vote).filter(|e| e.present).count() as u32;
        for made in [meeting, congress, committee] {
            let out: usize = made.subtracted().iter().map(|s| s.who.len()).sum();
            prop_assert_eq!(made.count() as usize + out, roll.len());
            prop_assert_eq!(made.voters(), voters);
        }
    }
}
