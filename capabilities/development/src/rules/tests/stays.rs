//! Recognition during a temporary stay.

use chibo_kernel::Id;

use super::*;
use crate::rules::{Opinion, Recognition, Remark, Stay, check_remark, check_stay};

fn stay() -> Stay {
    Stay { unit: Some(Id::from_bytes([5; 16])), since: day(2026, 6, 1) }
}

fn remark() -> Remark {
    let (number, note) = ("2-NX/CB".to_owned(), "Hoàn thành tốt nhiệm vụ".to_owned());
    Remark { on: day(2026, 11, 11), opinion: Some(Opinion::For), number, note }
}

fn keys(stay: Option<Stay>, new: &Remark) -> Vec<&'static str> {
    check_remark(stay, new, day(2026, 11, 26)).iter().map(|issue| issue.said.key).collect()
}

#[test]
fn mem_35_the_home_branch_votes_with_the_remark_of_the_temporary_branch() {
    let (vote, on) = (Recognition::BranchVoted, day(2026, 11, 12));
    let refused = |stay, remarks: &[Day], step| check_stay(stay, remarks, step, on).map(|issue| issue.rule);
    assert_eq!(refused(Some(stay()), &[], vote), Some(Some("MEM-35")));
    assert_eq!(refused(Some(stay()), &[day(2026, 11, 13)], vote), Some(Some("MEM-35")), "not after the vote");
    assert_eq!(refused(Some(stay()), &[day(2026, 5, 31)], vote), Some(Some("MEM-35")), "not from before he came");
    assert_eq!(refused(Some(stay()), &[day(2026, 6, 1)], vote), None);
    assert_eq!(refused(Some(stay()), &[on], vote), None);
    assert_eq!(refused(None, &[], vote), None, "who stays nowhere waits for nobody");
    let outside = Stay { unit: None, ..stay() };
    assert_eq!(refused(Some(outside), &[], vote), Some(Some("MEM-35")), "a branch outside the city too");
    for step in [Recognition::CommitteeVoted, Recognition::Recognised, Recognition::StrikeBranch] {
        assert_eq!(refused(Some(stay()), &[], step), None, "{step:?}");
    }
}

#[test]
fn mem_35_a_remark_says_for_or_against_and_why_during_the_stay() {
    assert!(keys(Some(stay()), &remark()).is_empty());
    assert_eq!(keys(None, &remark()), ["development-remark-no-stay"]);
    let bare = Remark { opinion: None, number: String::new(), note: String::new(), ..remark() };
    let needed = ["development-remark-opinion-needed", "development-remark-needed"];
    assert_eq!(keys(Some(stay()), &bare), needed, "its paper may have no number");
    let early = Remark { on: day(2026, 5, 31), ..remark() };
    assert_eq!(keys(Some(stay()), &early), ["development-remark-before-stay"]);
    let late = Remark { on: day(2026, 11, 27), ..remark() };
    assert_eq!(keys(Some(stay()), &late), ["development-day-to-come"]);
    let long = Remark { number: "x".repeat(61), note: "y".repeat(2_001), ..remark() };
    assert_eq!(keys(Some(stay()), &long), ["development-number-long", "development-note-long"]);
    let fits = Remark { number: "x".repeat(60), note: "y".repeat(2_000), ..remark() };
    assert!(keys(Some(stay()), &fits).is_empty());
}
