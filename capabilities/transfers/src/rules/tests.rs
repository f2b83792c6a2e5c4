//! Named after the rules they check.

use chibo_kernel::{Day, Id, Issue, Unit};
use proptest::prelude::*;

use super::{Course, Deed, Ground, Side, State, Step, Terms, boxes, check, check_request};

const TODAY: Day = Day::from_number(20_779);

fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn ids(numbers: &[u8]) -> Vec<Id<Unit>> {
    numbers.iter().copied().map(id).collect()
}

fn ground(held: bool) -> Ground {
    Ground { held, today: TODAY }
}

fn rules(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().filter_map(|issue| issue.rule).collect()
}

/// Branch, base, city, base, branch.
fn course(steps: &[(Step, Day)]) -> Course {
    let boxes = boxes(&ids(&[1, 2, 3]), &ids(&[1, 4, 5]));
    Course { cause: TODAY.plus_days(-30), boxes, steps: steps.to_vec() }
}

fn deed(step: Step, on: Day, note: &str) -> Deed {
    Deed { step, after: 0, on, number: "15-GGT".to_owned(), note: note.to_owned() }
}

#[test]
fn trf_02_boxes_go_up_to_the_committee_above_both_and_down() {
    let units = |from: &[u8], to: &[u8]| {
        boxes(&ids(from), &ids(to)).iter().map(|seal| (seal.unit, seal.side)).collect::<Vec<_>>()
    };
    // Branch, section, base, upper committee; the city; upper committee, base, section, branch.
    let outside = units(&[1, 2, 3, 4, 5], &[1, 6, 7, 8, 9]);
    assert_eq!(outside.len(), 9, "the city's one box stands for boxes 5 and 6");
    assert_eq!(outside[0], (id(5), Side::Sender));
    assert_eq!(outside[4], (id(1), Side::Above));
    assert_eq!(outside[8], (id(9), Side::Receiver));
    // Inside one upper organisation: seven boxes.
    let inside = units(&[1, 2, 3, 4, 5], &[1, 2, 6, 7, 8]);
    assert_eq!(inside.len(), 7);
    assert_eq!(inside[3], (id(2), Side::Above));
    assert_eq!(units(&[1, 2, 3], &[1, 2, 3]), []);
    assert_eq!(units(&[1, 2], &[3, 4]), [], "nothing above both");
}

#[test]
fn trf_01_a_late_request_says_why() {
    let terms = Terms::on(TODAY).expect("terms");
    assert_eq!(check_request((TODAY.plus_days(-60), ""), ground(false), &terms), []);
    let late = TODAY.plus_days(-120);
    assert_eq!(rules(&check_request((late, ""), ground(false), &terms)), ["TRF-01"]);
    assert_eq!(check_request((late, "Ốm dài ngày"), ground(false), &terms), []);
}

#[test]
fn trf_05_nobody_moves_while_an_inspection_or_complaint_is_open() {
    let terms = Terms::on(TODAY).expect("terms");
    assert_eq!(rules(&check_request((TODAY, ""), ground(true), &terms)), ["TRF-05"]);
    let sign = deed(Step::Signed, TODAY, "");
    assert_eq!(rules(&check(&course(&[]), &sign, ground(true), &terms)), ["TRF-05"]);
    let introduced = course(&[(Step::Signed, TODAY); 3]);
    assert_eq!(check(&introduced, &sign, ground(true), &terms), [], "the receiving side goes on");
}

#[test]
fn trf_06_a_refusal_says_why() {
    let terms = Terms::on(TODAY).expect("terms");
    let introduced = course(&[(Step::Signed, TODAY); 3]);
    assert_eq!(rules(&check(&introduced, &deed(Step::Refused, TODAY, ""), ground(false), &terms)), ["TRF-06"]);
    assert_eq!(check(&introduced, &deed(Step::Refused, TODAY, "Thiếu mục lục"), ground(false), &terms), []);
    let early = check(&course(&[]), &deed(Step::Refused, TODAY, "x"), ground(false), &terms);
    assert_eq!(early.len(), 1, "nothing to refuse yet");
}

#[test]
fn trf_03_13_and_12_late_papers_are_explained() {
    let terms = Terms::on(TODAY).expect("terms");
    let at = |ago: i32| {
        let introduced = course(&[(Step::Signed, TODAY.plus_days(-ago)); 3]);
        rules(&check(&introduced, &deed(Step::Signed, TODAY, ""), ground(false), &terms))
    };
    assert_eq!(at(30), [""; 0]);
    assert_eq!(at(60), ["TRF-13"]);
    assert_eq!(at(100), ["TRF-12"]);
    let introduced = course(&[(Step::Signed, TODAY.plus_days(-100)); 3]);
    assert_eq!(terms.clock(&introduced, TODAY).map(|clock| clock.rule), Some("TRF-12"));
    assert_eq!(check(&introduced, &deed(Step::Signed, TODAY, "Nằm viện"), ground(false), &terms), []);
}

#[test]
fn trf_14_states_follow_the_boxes() {
    let states: Vec<_> = (0..=5).map(|signed| course(&vec![(Step::Signed, TODAY); signed]).state()).collect();
    use State::{Accepted, InTransit, Presented, Requested};
    assert_eq!(states, [Requested, Requested, Requested, InTransit, Presented, Accepted]);
    assert_eq!(course(&[(Step::Signed, TODAY), (Step::Withdrawn, TODAY)]).state(), State::Withdrawn);
}

#[test]
fn days_before_the_oldest_instrument_are_judged_by_it() {
    let long_ago = Day::from_ymd(1999, 3, 1).expect("a day");
    let oldest = Terms::on(Day::from_ymd(2021, 7, 30).expect("a day")).expect("terms");
    assert_eq!(Terms::on(long_ago).expect("terms").version, oldest.version);
}

proptest! {
    #[test]
    fn trf_14_nobody_arrives_without_every_box(picks in prop::collection::vec(0usize..3, 0..20)) {
        let mut course = course(&[]);
        for pick in picks {
            let offered = course.offered();
            if offered.is_empty() {
                break;
            }
            course.steps.push((offered[pick % offered.len()], TODAY));
        }
        let done = course.state() == State::Accepted;
        prop_assert_eq!(done, course.signed() == course.boxes.len());
        prop_assert_eq!(course.next().is_some(), course.state().open());
    }
}
