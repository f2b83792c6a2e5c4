//! Cancelled decisions.

use super::*;
use crate::rules::{AnnulGround, Annulment, Decision, Flaw, Redo, check_annulment};

const TODAY: (i32, u8, u8) = (2026, 11, 26);

fn annulment(what: Decision, flaw: Flaw, redo: Option<Redo>) -> Annulment {
    let (year, month, of) = TODAY;
    let (number, reason) = ("3-QĐ/ĐU".to_owned(), "Không đủ hai phần ba".to_owned());
    Annulment { what, flaw, redo, number, on: day(year, month, of), reason }
}

fn ground() -> AnnulGround {
    let (year, month, of) = TODAY;
    let (today, last) = (day(year, month, of), Some(day(2026, 10, 19)));
    AnnulGround { member: true, admitted_here: true, recognised_here: true, last, today }
}

fn rules_of(new: &Annulment, ground: AnnulGround) -> Vec<&'static str> {
    check_annulment(new, ground).iter().map(|issue| issue.said.key).collect()
}

#[test]
fn mem_41_a_missing_standard_cancels_the_admission_and_nothing_is_done_again() {
    let new = annulment(Decision::Admission, Flaw::Standard, Some(Redo::Branch));
    assert_eq!(check_annulment(&new, ground()), []);
    assert_eq!(new.redone(), None);
    let elsewhere = AnnulGround { admitted_here: false, recognised_here: false, last: None, ..ground() };
    assert_eq!(check_annulment(&new, elsewhere), [], "whoever was admitted on paper too");
    let recognition = annulment(Decision::Recognition, Flaw::Standard, None);
    assert_eq!(rules_of(&recognition, ground()), ["development-annul-standard-admission"]);
}

#[test]
fn mem_41_the_wrong_body_decides_again_and_a_wrong_procedure_names_its_first_faulty_step() {
    let authority = annulment(Decision::Admission, Flaw::Authority, None);
    assert_eq!((check_annulment(&authority, ground()), authority.redone()), (Vec::new(), Some(Redo::Decision)));
    let procedure = |redo| annulment(Decision::Admission, Flaw::Procedure, redo);
    assert_eq!(rules_of(&procedure(None), ground()), ["development-annul-redo-needed"]);
    assert_eq!(check_annulment(&procedure(Some(Redo::Branch)), ground()), []);
    let elsewhere = AnnulGround { admitted_here: false, ..ground() };
    assert_eq!(rules_of(&authority, elsewhere), ["development-annul-no-file"]);
}

#[test]
fn mem_41_a_cancellation_has_a_number_a_reason_and_a_day_after_the_decision() {
    let good = annulment(Decision::Recognition, Flaw::Authority, None);
    let bare = Annulment { number: String::new(), reason: String::new(), ..good.clone() };
    assert_eq!(rules_of(&bare, ground()), ["development-number-needed", "development-annul-reason-needed"]);
    let early = Annulment { on: day(2026, 10, 1), ..good.clone() };
    assert_eq!(rules_of(&early, ground()), ["development-day-before-last"]);
    let late = Annulment { on: day(2026, 12, 1), ..good.clone() };
    assert_eq!(rules_of(&late, ground()), ["development-day-to-come"]);
    let outside = AnnulGround { member: false, ..ground() };
    assert_eq!(rules_of(&good, outside), ["development-annul-no-member"]);
}

#[test]
fn mem_41_only_what_was_faulty_is_open_again() {
    let on = day(2026, 9, 1);
    let mut through = ready(on, on);
    let more = [Step::BranchVoted, Step::CommitteeVoted, Step::Decided, Step::Received, Step::Admitted];
    through.0.extend(more.map(|step| Taken { step, on, passed: true }));
    assert_eq!(through.stage(), Some(Step::Admitted));
    let after = |step| {
        let mut course = through.clone();
        course.0.push(Taken { step, on, passed: true });
        course
    };
    assert_eq!(after(Step::RedoDecision).stage(), Some(Step::CommitteeVoted));
    assert_eq!(after(Step::RedoCommittee).stage(), Some(Step::BranchVoted));
    let branch = after(Step::RedoBranch);
    assert_eq!(branch.stage(), Some(Step::Opened));
    assert!(branch.next().contains(&Step::BranchVoted) && !branch.next().contains(&Step::Introduced));
    let annulled = after(Step::Annulled);
    assert_eq!((annulled.stage(), annulled.next()), (Some(Step::Annulled), Vec::new()));
    let mut again = after(Step::RedoDecision);
    let later = on.plus_days(20);
    again.0.push(Taken { step: Step::Decided, on: later, passed: true });
    assert_eq!(again.day(Step::Decided), Some(later), "the date is fixed anew");
    assert!(!again.done(Step::Admitted));
}

#[test]
fn mem_41_a_recognition_is_decided_again_from_the_faulty_vote_on() {
    let on = day(2026, 11, 10);
    let taken = |step| Taken { step, on, passed: true };
    let steps =
        [Recognition::BranchVoted, Recognition::CommitteeVoted, Recognition::Recognised, Recognition::Announced];
    let road = |redo: Option<Recognition>| Road(steps.into_iter().chain(redo).map(taken).collect());
    assert_eq!(road(None).ended(), Some(Recognition::Recognised));
    let decision = road(Some(Recognition::RedoDecision));
    assert_eq!((decision.ended(), decision.branch_recognised()), (None, Some(on)));
    assert_eq!(decision.next(3).first(), Some(&Recognition::Recognised));
    let branch = road(Some(Recognition::RedoBranch));
    assert_eq!((branch.ended(), branch.branch_recognised()), (None, None));
    assert!(branch.next(3).contains(&Recognition::BranchVoted));
    let mut again = decision;
    again.0.push(taken(Recognition::Recognised));
    assert_eq!(again.next(3), [Recognition::Announced]);
}
