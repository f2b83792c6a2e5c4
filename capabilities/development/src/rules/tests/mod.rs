//! Named after the rules they check.

use chibo_kernel::{Day, Issue};
use proptest::prelude::*;

use chibo_kernel::votes::VotingForm;

mod annuls;
mod grounds;
mod moves;
mod stays;
mod verified;

use super::{
    Body, Course, Deed, Electorate, Fact, Ground, Help, HelpAct, Introducer, IntroducerKind, Known, Noted,
    ProbationGround, Recognition, Road, Step, Taken, Terms, Vote, carried, check, check_help, check_introducers,
    check_recognition, helpers, passed,
};

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

fn vote((yes, base): (u32, u32), body: Option<Body>) -> Vote {
    Vote { yes, base, listed: base, form: Some(VotingForm::SecretBallot), body, ..Vote::default() }
}

fn done<S>(step: S, on: Day, votes: (u32, u32)) -> Deed<S> {
    let (number, note, consent) = ("12-NQ/CB".to_owned(), String::new(), String::new());
    Deed { step, after: 0, on, number, vote: vote(votes, None), consent, note }
}

fn deed(step: Step, on: Day, votes: (u32, u32)) -> Deed<Step> {
    done(step, on, votes)
}

fn noted(fact: Fact, on: Day) -> Noted {
    let months = if fact.needs_months() { 24 } else { 0 };
    Noted { fact, months, on, number: "7-CV".to_owned(), note: "Đã rõ".to_owned() }
}

/// Everything known that lets the branch vote.
fn fit() -> Known {
    let facts = [
        Fact::LowerCertificate,
        Fact::PoliticsWithin,
        Fact::Contract,
        Fact::BranchOfWork,
        Fact::Single,
        Fact::NoChildren,
        Fact::InYouth,
        Fact::YouthSaid,
        Fact::ResidenceSaid,
    ];
    Known(facts.map(|fact| noted(fact, day(2026, 1, 5))).to_vec())
}

fn ground(birth: Day) -> Ground<'static> {
    let (today, known) = (day(2026, 11, 25), Box::leak(Box::new(fit())));
    let branch = Electorate { official: 9, ..Electorate::default() };
    Ground { birth, branch, today, helped: true, unanswered: 0, uncovered: Some(0), former: None, known }
}

fn probation(ends: Day, today: Day) -> ProbationGround<'static> {
    let branch = Electorate { official: 9, ..Electorate::default() };
    ProbationGround { ends, branch, today, missing: &[] }
}

fn person(number: u8) -> chibo_kernel::Id<chibo_kernel::Person> {
    chibo_kernel::Id::from_bytes([number; 16])
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
fn mem_21_and_mem_24_clocks_run_from_the_vote_and_the_decision() {
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
    let vote = |on: Day| done(Recognition::BranchVoted, on, (8, 9));
    let ground = probation(official, day(2026, 11, 25));
    let judged = |road: &[(Recognition, bool)], deed: &Deed<Recognition>| {
        rules(&check_recognition(&way(road, official), deed, &ground, &terms))
    };
    assert_eq!(judged(&[], &vote(day(2026, 5, 18))), ["MEM-31"]);
    assert_eq!(judged(&[], &vote(official)), [""; 0]);
    let twice =
        check_recognition(&way(&[(Recognition::BranchVoted, true)], official), &vote(official), &ground, &terms);
    assert_eq!(twice.len(), 1, "the committee is next: {twice:?}");
}

fn way(steps: &[(Recognition, bool)], on: Day) -> Road {
    Road(steps.iter().map(|(step, passed)| Taken { step: *step, on, passed: *passed }).collect())
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

#[test]
fn mem_04_official_members_help_and_are_replaced() {
    let (today, from) = (day(2026, 11, 25), day(2026, 1, 5));
    let entry = |act, on, note: &str| Help { act, helper: Some(person(1)), on, note: note.to_owned() };
    let assigned = entry(HelpAct::Assigned, from, "");
    assert_eq!(rules(&check_help(&[], &assigned, false, today)), ["MEM-04"], "not official");
    assert_eq!(check_help(&[], &assigned, true, today), []);
    let before = [assigned.clone()];
    assert_eq!(rules(&check_help(&before, &assigned, true, today)), ["MEM-04"], "helps already");
    assert_eq!(check_help(&before, &entry(HelpAct::Ended, from.plus_days(-1), ""), true, today).len(), 1);
    let ended = entry(HelpAct::Ended, day(2026, 6, 1), "Chuyển công tác");
    assert_eq!(check_help(&before, &ended, true, today), []);
    assert_eq!(helpers(&[assigned, ended])[0].to, Some(day(2026, 6, 1)));
    let task = Help { act: HelpAct::Task, helper: None, on: today, note: String::new() };
    assert_eq!(rules(&check_help(&[], &task, false, today)), ["MEM-04"]);
    let course = course(&[(Step::Listed, from), (Step::Certified, from)]);
    let terms = Terms::on(today).expect("terms");
    let alone = Ground { helped: false, ..ground(day(2000, 1, 1)) };
    assert_eq!(rules(&check(&course, &deed(Step::Opened, today, (0, 0)), &alone, &terms)), ["MEM-04"]);
}

#[test]
fn mem_10_mem_11_mem_12_two_members_or_one_and_a_resolution_twelve_months_together() {
    let on = day(2026, 11, 10);
    let terms = Terms::on(on).expect("terms");
    let member = |who, since| Introducer {
        kind: IntroducerKind::Member,
        person: Some(person(who)),
        since,
        number: String::new(),
    };
    let union = |number: &str| Introducer {
        kind: IntroducerKind::Youth,
        person: None,
        since: day(2026, 11, 1),
        number: number.to_owned(),
    };
    let judged = |all: &[Introducer]| rules(&check_introducers(all, on, &|who| who != person(9), &terms));
    let long = day(2025, 11, 10);
    assert_eq!(judged(&[member(1, long), member(2, long)]), [""; 0]);
    assert_eq!(judged(&[member(1, long), union("05-NQ/ĐTN")]), [""; 0]);
    assert_eq!(judged(&[member(1, long)]), ["MEM-10"]);
    assert_eq!(judged(&[union("1"), union("2")]), ["MEM-10"], "no member");
    assert_eq!(judged(&[member(1, long), member(1, long)]), ["MEM-10"], "twice the same");
    assert_eq!(judged(&[member(1, long), member(9, long)]), ["MEM-10"], "not official");
    assert_eq!(judged(&[member(1, long), union("")]), ["MEM-11"]);
    assert_eq!(judged(&[member(1, long), member(2, day(2025, 11, 11))]), ["MEM-12"]);
}

#[test]
fn mem_20_who_decides_follows_the_version_and_needs_more_than_half() {
    let mut course = ready(day(2025, 3, 1), day(2025, 6, 1));
    course.0.push(Taken { step: Step::BranchVoted, on: day(2025, 6, 10), passed: true });
    course.0.push(Taken { step: Step::CommitteeVoted, on: day(2025, 6, 20), passed: true });
    let judged = |on: Day, body| {
        let deed = Deed { vote: vote((6, 11), body), ..deed(Step::Decided, on, (0, 0)) };
        rules(&check(&course, &deed, &ground(day(2000, 1, 1)), &Terms::on(on).expect("terms")))
    };
    let (old, pilot, now) = (day(2025, 6, 30), day(2025, 7, 1), day(2026, 7, 26));
    assert_eq!(judged(old, Some(Body::District)), [""; 0]);
    assert_eq!(judged(pilot, Some(Body::District)), ["MEM-20"]);
    assert_eq!(judged(pilot, Some(Body::Upper)), [""; 0]);
    assert_eq!(judged(pilot, Some(Body::AuthorisedBase)), [""; 0]);
    assert_eq!(judged(now, Some(Body::Upper)), ["MEM-20"]);
    assert_eq!(judged(now, Some(Body::BaseStanding)), [""; 0]);
    assert_eq!(judged(now, None), ["MEM-20"]);
    assert!(carried(true, &vote((6, 11), Some(Body::BaseStanding))));
    assert!(!carried(true, &vote((5, 10), Some(Body::BaseStanding))), "half is not more than half");
    assert!(
        !carried(true, &vote((6, 11), Some(Body::AuthorisedBase))),
        "an authorised base committee needs two thirds"
    );
    assert!(carried(true, &vote((6, 9), Some(Body::AuthorisedBase))));
    assert!(carried(true, &Vote::default()), "decisions from before votes were kept");
}

#[test]
fn x_10_every_vote_says_its_form() {
    let on = day(2026, 11, 10);
    let open = Deed { vote: Vote { form: None, ..vote((9, 9), None) }, ..deed(Step::BranchVoted, on, (0, 0)) };
    let terms = Terms::on(on).expect("terms");
    let judged = check(&ready(day(2026, 3, 1), day(2026, 6, 1)), &open, &ground(day(2000, 1, 1)), &terms);
    assert_eq!(rules(&judged), ["X-10"]);
}

#[test]
fn x_11_the_third_failed_vote_in_a_row_goes_up_regardless() {
    use Recognition::{BranchVoted, CommitteeVoted, StrikeBranch, StrikeCommittee};
    let on = day(2026, 11, 10);
    let next = |steps: &[(Recognition, bool)]| way(steps, on).next(3);
    let failed = (BranchVoted, false);
    assert_eq!(next(&[failed, failed]), [BranchVoted, StrikeBranch]);
    assert_eq!(next(&[failed, failed, failed]), [CommitteeVoted]);
    assert!(way(&[failed, failed, failed], on).regardless(BranchVoted, 3));
    let strike = (StrikeBranch, false);
    assert_eq!(next(&[strike, strike, strike]), [StrikeCommittee]);
}

#[test]
fn mem_34_striking_off_has_its_own_votes_and_a_reason() {
    use Recognition::{BranchVoted, CommitteeVoted, StrikeBranch, StrikeCommittee, StruckOff};
    let (on, official) = (day(2026, 11, 10), day(2027, 5, 19));
    let terms = Terms::on(on).expect("terms");
    let strike = done(StrikeBranch, on, (8, 9));
    let judged =
        |deed: &Deed<Recognition>| rules(&check_recognition(&Road::default(), deed, &probation(official, on), &terms));
    assert_eq!(judged(&strike), ["MEM-34"], "why");
    assert_eq!(judged(&Deed { note: "Vi phạm tư cách".to_owned(), ..strike }), [""; 0], "before the twelve months end");
    let next = |steps: &[(Recognition, bool)]| way(steps, on).next(3);
    assert_eq!(next(&[(StrikeBranch, true)]), [StrikeCommittee]);
    assert_eq!(next(&[(StrikeBranch, true), (StrikeCommittee, true)]), [StruckOff]);
    assert_eq!(next(&[(StrikeBranch, true), (StrikeCommittee, false)]), [BranchVoted, StrikeCommittee]);
    assert_eq!(next(&[(BranchVoted, true)]), [CommitteeVoted, Recognition::Extended]);
    assert_eq!(next(&[(StrikeBranch, true), (StrikeCommittee, true), (StruckOff, true)]), []);
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
            let again = matches!(step, Step::Renewed | Step::Certified);
            prop_assert!(again || !course.done(step), "{step:?} twice");
            course.0.push(Taken { step, on: day(2026, 1, 1).plus_days(at as i32), passed: true });
        }
        let admitted = course.done(Step::Admitted);
        let before = [Step::Listed, Step::Certified, Step::Opened, Step::Introduced, Step::BranchVoted, Step::Decided];
        prop_assert!(!admitted || before.iter().all(|step| course.done(*step)));
    }

    #[test]
    fn no_path_reaches_official_without_a_decision(picks in prop::collection::vec((0usize..4, any::<bool>()), 0..60)) {
        let on = day(2026, 1, 1);
        let mut road = Road::default();
        for (pick, passed) in picks {
            let next = road.next(3);
            if next.is_empty() {
                prop_assert!(road.ended().is_some());
                break;
            }
            road.0.push(Taken { step: next[pick % next.len()], on, passed });
        }
        let count = |step, wanted| road.0.iter().filter(|taken| taken.step == step && taken.passed == wanted).count();
        let settled = |step| count(step, true) > 0 || count(step, false) >= 3;
        for line in [super::Line::Recognition, super::Line::StrikingOff] {
            let [branch, committee, decided] = line.steps();
            prop_assert!(count(decided, true) <= 1);
            prop_assert!(count(decided, true) == 0 || (settled(branch) && settled(committee)));
        }
        prop_assert!(count(Recognition::Recognised, true) + count(Recognition::StruckOff, true) <= 1);
        prop_assert_eq!(road.ended() == Some(Recognition::Recognised), count(Recognition::Recognised, true) == 1);
    }
}
