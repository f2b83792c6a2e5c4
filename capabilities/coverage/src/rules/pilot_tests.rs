use proptest::prelude::*;

use super::*;

const TODAY: Day = Day::from_number(20_779);

fn step(step: Step) -> NewStep {
    let (number, body) = ("01-BC/TU".to_owned(), "Đạt yêu cầu".to_owned());
    NewStep { after: 0, step, on: TODAY, number, body, results: vec![5] }
}

fn keys(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().map(|issue| issue.said.key).collect()
}

proptest! {
    /// Any sequence of steps: those that can be taken lead from draft to a conclusion and never back.
    #[test]
    fn a_pilot_moves_on_only_and_stays_concluded(marks in proptest::collection::vec(0usize..6, 0..20)) {
        let rank = |state: PilotState| match state {
            PilotState::Draft => 0,
            PilotState::Running => 1,
            PilotState::Reviewed => 2,
            PilotState::Judged => 3,
            PilotState::Concluded(_) => 4,
        };
        let mut state = PilotState::Draft;
        let mut taken = Vec::new();
        for mark in marks {
            let step = Step::ALL[mark];
            if let Some(next) = state.next(step) {
                prop_assert!(rank(next) > rank(state));
                prop_assert!(!matches!(state, PilotState::Concluded(_)));
                taken.push(step);
                state = next;
            }
        }
        prop_assert_eq!(PilotState::after(taken.iter().copied()), Some(state));
        if matches!(state, PilotState::Concluded(Outcome::RollOut | Outcome::Adjust)) {
            prop_assert!(taken.contains(&Step::MidTerm) && taken.contains(&Step::Final));
        }
    }
}

#[test]
fn a_trial_may_be_stopped_early_but_is_rolled_out_only_after_the_final_review() {
    use Outcome::{Adjust, RollOut, Stop};
    let after = |steps: &[Step]| PilotState::after(steps.iter().copied());
    assert_eq!(after(&[Step::Start, Step::Conclude(Stop)]), Some(PilotState::Concluded(Stop)));
    assert_eq!(after(&[Step::Start, Step::MidTerm, Step::Conclude(RollOut)]), None);
    assert_eq!(after(&[Step::Conclude(Stop)]), None, "a draft is not stopped: it was never on trial");
    let whole = [Step::Start, Step::MidTerm, Step::Final, Step::Conclude(Adjust)];
    assert_eq!(after(&whole), Some(PilotState::Concluded(Adjust)));
}

#[test]
fn reviews_come_due_by_their_days_and_nothing_when_concluded() {
    let (midterm, last) = (TODAY, TODAY.plus_days(100));
    let due = |state: PilotState| state.due(midterm, last).map(|(step, day)| (step.code(), day));
    assert_eq!(due(PilotState::Draft), None);
    assert_eq!(due(PilotState::Running), Some(("mid-term", midterm)));
    assert_eq!(due(PilotState::Reviewed), Some(("final", last)));
    assert_eq!(due(PilotState::Judged), Some(("roll-out", last)));
    assert_eq!(due(PilotState::Concluded(Outcome::Stop)), None);
}

#[test]
fn a_review_measures_every_criterion_and_lies_after_the_step_before() {
    assert!(check_step(&step(Step::MidTerm), PilotState::Running, Some(TODAY), 1, TODAY).is_empty());
    let of = |new: &NewStep, state| keys(&check_step(new, state, Some(TODAY), 2, TODAY));
    assert_eq!(of(&step(Step::MidTerm), PilotState::Running), ["coverage-results-needed"]);
    assert_eq!(of(&step(Step::Conclude(Outcome::Stop)), PilotState::Draft), ["coverage-step-not-now"]);
    let early = NewStep { on: TODAY.plus_days(-1), ..step(Step::Start) };
    assert_eq!(of(&early, PilotState::Draft), ["coverage-step-before-last"]);
    let bare = NewStep { number: String::new(), body: String::new(), ..step(Step::Start) };
    assert_eq!(of(&bare, PilotState::Draft), ["coverage-number-needed"]);
}

#[test]
fn a_draft_has_a_scope_criteria_and_days_in_order() {
    let draft = NewPilot {
        unit: Id::from_bytes([1; 16]),
        title: "Chi bộ chung cư".to_owned(),
        aim: "Mỗi chung cư có tổ chức đảng".to_owned(),
        starts_on: TODAY,
        midterm_due: TODAY.plus_days(180),
        final_due: TODAY.plus_days(360),
        units: vec![Id::from_bytes([2; 16])],
        criteria: vec![("Chi bộ được lập".to_owned(), 4)],
    };
    assert!(check_pilot(&draft).is_empty());
    let wrong = NewPilot { midterm_due: TODAY, final_due: TODAY, units: vec![], criteria: vec![], ..draft };
    let expected = [
        "coverage-pilot-midterm-early",
        "coverage-pilot-final-early",
        "coverage-pilot-units-needed",
        "coverage-pilot-criterion-needed",
    ];
    assert_eq!(keys(&check_pilot(&wrong)), expected);
}

#[test]
fn only_a_model_that_is_rolled_out_is_taken_up() {
    let state = PilotState::Concluded(Outcome::RollOut);
    assert!(check_uptake(state, Some(TODAY), TODAY.plus_days(30)).is_empty());
    assert_eq!(keys(&check_uptake(state, Some(TODAY), TODAY.plus_days(-1))), ["coverage-step-before-last"]);
    assert_eq!(keys(&check_uptake(PilotState::Judged, None, TODAY)), ["coverage-uptake-not-now"]);
}

#[test]
fn codes_round_trip() {
    assert!(Step::ALL.into_iter().all(|step| Step::from_code(step.code()) == Some(step)));
    assert!(PilotState::ALL.into_iter().all(|state| PilotState::from_code(state.code()) == Some(state)));
}
