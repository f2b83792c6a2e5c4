//! Named after the rules they check.

use chibo_kernel::{Day, Issue};
use proptest::prelude::*;

use super::{Course, Deed, Ground, Recognition, Step, Taken, Terms, check, check_recognition, passed};

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).expect("a day")
}

fn course(steps: &[(Step, Day)]) -> Course {
    Course(steps.iter().map(|(step, on)| Taken { step: *step, on: *on, passed: true }).collect())
}

/// Everything before the branch's vote, the certificate and the file of given days.
fn ready(certified: Day, opened: Day) -> Course {
    let first = certified.plus_days(-30);
    course(&[
        (Step::Listed, first),
        (Step::Certified, certified),
        (Step::Opened, opened),
        (Step::Introduced, opened),
        (Step::Verified, opened),
        (Step::Heard, opened),
    ])
}

fn deed(step: Step, on: Day, votes: (u32, u32)) -> Deed<Step> {
    Deed { step, after: 0, on, number: "12-NQ/CB".to_owned(), votes, note: String::new() }
}

fn ground(birth: Day) -> Ground {
    Ground { birth, official: 9, today: day(2026, 11, 25) }
}

fn rules(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().filter_map(|issue| issue.rule).collect()
}

#[test]
fn mem_01_age_counts_on_the_day_the_branch_votes() {
    let (certified, opened, on) = (day(2026, 3, 1), day(2026, 6, 1), day(2026, 11, 10));
    let (course, terms) = (ready(certified, opened), Terms::on(on).expect("terms"));
    let judged = |birth: Day| rules(&check(&course, &deed(Step::BranchVoted, on, (9, 9)), &ground(birth), &terms));
    assert_eq!(judged(day(2008, 11, 10)), [""; 0], "eighteen today");
    assert_eq!(judged(day(2008, 11, 11)), ["MEM-01"], "eighteen tomorrow");
    assert_eq!(judged(day(1966, 11, 10)), [""; 0], "sixty today");
    assert_eq!(judged(day(1966, 10, 10)), ["MEM-01"], "sixty and a month");
}

#[test]
fn mem_05_a_certificate_counts_sixty_months() {
    let (on, opened) = (day(2026, 11, 10), day(2026, 6, 1));
    let terms = Terms::on(on).expect("terms");
    let judged = |certified: Day| {
        let vote = deed(Step::BranchVoted, on, (9, 9));
        rules(&check(&ready(certified, opened), &vote, &ground(day(2000, 1, 1)), &terms))
    };
    assert_eq!(judged(day(2021, 11, 10)), [""; 0]);
    assert_eq!(judged(day(2021, 11, 9)), ["MEM-05"]);
}

#[test]
fn mem_16_a_file_older_than_twelve_months_is_redone_first() {
    let on = day(2026, 11, 10);
    let terms = Terms::on(on).expect("terms");
    let vote = deed(Step::BranchVoted, on, (9, 9));
    let mut old = ready(day(2025, 1, 2), day(2025, 11, 9));
    assert_eq!(rules(&check(&old, &vote, &ground(day(2000, 1, 1)), &terms)), ["MEM-16"]);
    old.0.push(Taken { step: Step::Renewed, on: day(2026, 11, 1), passed: true });
    assert_eq!(check(&old, &vote, &ground(day(2000, 1, 1)), &terms), []);
}

#[test]
fn mem_10_somebody_introduces() {
    let on = day(2026, 11, 10);
    let course = course(&[(Step::Listed, day(2026, 1, 5)), (Step::Certified, day(2026, 3, 1)), (Step::Opened, on)]);
    let terms = Terms::on(on).expect("terms");
    let issues = check(&course, &deed(Step::Introduced, on, (0, 0)), &ground(day(2000, 1, 1)), &terms);
    assert_eq!(rules(&issues), ["MEM-10"]);
}

#[test]
fn x_12_two_thirds_are_exact_and_x_03_only_official_members_count() {
    assert!(passed((6, 9)) && !passed((5, 9)) && passed((7, 10)) && !passed((6, 10)) && !passed((0, 0)));
    let on = day(2026, 11, 10);
    let (course, terms) = (ready(day(2026, 3, 1), day(2026, 6, 1)), Terms::on(on).expect("terms"));
    let judged = |votes| rules(&check(&course, &deed(Step::BranchVoted, on, votes), &ground(day(2000, 1, 1)), &terms));
    assert_eq!(judged((9, 9)), [""; 0]);
    assert_eq!(judged((9, 10)), ["X-03"], "more than the branch has");
    assert_eq!(judged((0, 0)), ["X-03"]);
    assert_eq!(judged((9, 8)), ["X-12"]);
}

#[test]
fn mem_21_and_24_clocks_run_from_the_vote_and_the_decision() {
    let terms = Terms::on(day(2026, 11, 25)).expect("terms");
    let mut course = ready(day(2026, 3, 1), day(2026, 6, 1));
    course.0.push(Taken { step: Step::BranchVoted, on: day(2026, 9, 7), passed: true });
    let (step, due, rule) = terms.due(&course).expect("a clock");
    assert_eq!((step, rule), (Step::Decided, "MEM-21"));
    // Forty-five working days: nine weeks.
    assert_eq!(due, day(2026, 11, 9));
    course.0.push(Taken { step: Step::CommitteeVoted, on: day(2026, 10, 1), passed: true });
    course.0.push(Taken { step: Step::Decided, on: day(2026, 10, 5), passed: true });
    assert_eq!(terms.due(&course), Some((Step::Admitted, day(2026, 11, 16), "MEM-24")));
}

#[test]
fn mem_31_the_official_day_is_computed_and_nobody_is_recognised_before_it() {
    let terms = Terms::on(day(2026, 11, 25)).expect("terms");
    let official = terms.official_on(day(2025, 5, 19));
    assert_eq!(official, day(2026, 5, 19));
    let vote = |on: Day| Deed {
        step: Recognition::BranchVoted,
        after: 0,
        on,
        number: "5-NQ/CB".to_owned(),
        votes: (8, 9),
        note: String::new(),
    };
    let ground = (official, 9, day(2026, 11, 25));
    assert_eq!(rules(&check_recognition(&[], &vote(day(2026, 5, 18)), ground)), ["MEM-31"]);
    assert_eq!(check_recognition(&[], &vote(official), ground), []);
    let twice = check_recognition(&[(Recognition::BranchVoted, official)], &vote(official), ground);
    assert_eq!(twice.len(), 1, "the committee is next: {twice:?}");
}

#[test]
fn a_failed_vote_is_history_and_can_be_taken_again() {
    let mut course = ready(day(2026, 3, 1), day(2026, 6, 1));
    course.0.push(Taken { step: Step::BranchVoted, on: day(2026, 9, 7), passed: false });
    assert_eq!(course.stage(), Some(Step::Opened));
    assert!(course.next().contains(&Step::BranchVoted));
}

#[test]
fn days_before_the_oldest_instrument_are_judged_by_it() {
    let long_ago = Day::from_ymd(1999, 3, 1).expect("a day");
    let oldest = Terms::on(Day::from_ymd(2021, 7, 30).expect("a day")).expect("terms");
    assert_eq!(Terms::on(long_ago).expect("terms").version, oldest.version);
}

proptest! {
    #[test]
    fn every_way_ends_and_no_main_step_is_taken_twice(picks in prop::collection::vec(0usize..8, 0..40)) {
        let mut course = Course::default();
        for (at, pick) in picks.iter().enumerate() {
            let next = course.next();
            if next.is_empty() {
                prop_assert!(matches!(course.stage(), Some(Step::Admitted | Step::Stopped)));
                break;
            }
            let step = next[pick % next.len()];
            prop_assert!(step == Step::Renewed || !course.done(step), "{step:?} twice");
            course.0.push(Taken { step, on: day(2026, 1, 1).plus_days(at as i32), passed: true });
        }
        let admitted = course.done(Step::Admitted);
        let before = [Step::Listed, Step::Certified, Step::Opened, Step::Introduced, Step::BranchVoted, Step::Decided];
        prop_assert!(!admitted || before.iter().all(|step| course.done(*step)));
    }
}
