//! Named after the rules they check.

use chibo_kernel::votes::{Ballots, VotingForm};
use chibo_kernel::{Day, Id, Issue};
use chibo_members::rules::deciding::{Body as DecidingBody, Setting};
use proptest::prelude::*;

use super::{
    Authority, Body, Change, Counts, Course, Deed, FIGURES, FLAG_RULES, Figure, Form, Ground, Item, Roll, Scene, State,
    Step, Taken, Task, Terms, Trace, check, competent, explain, is_number, missing_items,
};

const TODAY: Day = Day::from_number(20_779);

fn roll(listed: u32, yes: u32) -> Roll {
    let ballots = Ballots { yes, no: listed - yes, ..Ballots::default() };
    Roll { form: VotingForm::SecretBallot, listed, barred: 0, away: 0, present: listed, ballots }
}

fn taken(step: Step, on: Day) -> Taken {
    let verdict = step.body().map(|body| roll(9, 9).verdict(body).expect("a verdict"));
    let form = (step == Step::Proposed).then_some(Form::StruckOff);
    let rules = if step.assesses() { vec!["SCR-02".to_owned()] } else { Vec::new() };
    let until = if step == Step::Helped { on.plus_months(12) } else { Day::FOREVER };
    Taken { step, on, until, form, rules, verdict }
}

fn voted(step: Step, yes: u32) -> Taken {
    let verdict = step.body().map(|body| roll(9, yes).verdict(body).expect("a verdict"));
    Taken { verdict, ..taken(step, TODAY) }
}

fn course(steps: &[Step]) -> Course {
    Course { steps: steps.iter().map(|step| taken(*step, TODAY.plus_days(-30))).collect(), failures: 3 }
}

fn deed(step: Step) -> Deed {
    Deed {
        step,
        after: 0,
        on: TODAY,
        number: "15-BB/CB".to_owned(),
        form: Some(Form::StruckOff),
        helper: Some(Id::from_bytes([7; 16])),
        until: Some(TODAY.plus_months(6)),
        tasks: vec![Task::Fee],
        roll: Some(roll(9, 6)),
    }
}

fn flag(rule: &str, ago: i32) -> (String, Day) {
    (rule.to_owned(), TODAY.plus_days(-ago))
}

fn scene<'s>(flags: &'s [(String, Day)], items: &'s [Item]) -> Scene<'s> {
    Scene { today: TODAY, flags, items, helper_fits: true, official: 9, trace: Trace::None }
}

fn terms() -> Terms {
    Terms::on(TODAY).expect("terms")
}

fn rules(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().filter_map(|issue| issue.rule).collect()
}

#[test]
fn scr_01_plans_in_january_and_lists_in_the_first_quarter() {
    let (plan, lists) = terms().days_of(2026).expect("days");
    assert_eq!((plan.iso(), lists.iso()), ("2026-01-31".to_owned(), "2026-03-31".to_owned()));
    assert_eq!(terms().next_check(plan).iso(), "2026-02-28");
}

#[test]
fn scr_08_no_ground_is_about_thought_or_words_and_every_one_has_its_rule() {
    for ground in Ground::ALL {
        assert!(["SCR-04", "SCR-05", "SCR-06", "SCR-07"].contains(&ground.rule()), "{ground:?}");
        assert!(FLAG_RULES.contains(&ground.rule()));
    }
    assert!(!FLAG_RULES.contains(&"SCR-08"), "signs for warning are no flags");
}

#[test]
fn scr_04_to_07_the_number_of_a_document_holds_no_words() {
    for number in ["15-BB/CB", "05-QĐ/ĐU", "12/2026", "3"] {
        assert!(is_number(number), "{number}");
    }
    let words = "có tư tưởng không tốt 1";
    for number in ["", "abc", words, "15 BB", "15-BB/CB: nói xấu", &"1".repeat(31)] {
        assert!(!is_number(number), "{number}");
    }
}

#[test]
fn scr_06_help_lasts_at_most_twelve_months_in_all() {
    let flags = [flag("SCR-02", 40)];
    let judged = |course: &Course, until: Day| {
        let deed = Deed { until: Some(until), ..deed(Step::Helped) };
        rules(&check(course, &deed, &scene(&flags, &[]), &terms()))
    };
    let open = course(&[]);
    assert_eq!(judged(&open, TODAY.plus_months(12)), [""; 0]);
    assert_eq!(judged(&open, TODAY.plus_months(12).plus_days(1)), ["SCR-08"]);
    assert_eq!(judged(&open, TODAY), ["SCR-08"]);
    let helped = course(&[Step::Helped]);
    assert_eq!(judged(&helped, TODAY.plus_days(-30).plus_months(12)), [""; 0], "longer, within the twelve months");
    assert_eq!(judged(&helped, TODAY.plus_months(12)), ["SCR-08"]);
}

#[test]
fn scr_08_help_has_a_helper_of_the_branch_and_tasks() {
    let flags = [flag("SCR-02", 40)];
    let judged = |deed: &Deed, helper_fits| {
        rules(&check(&course(&[]), deed, &Scene { helper_fits, ..scene(&flags, &[]) }, &terms()))
    };
    assert_eq!(judged(&deed(Step::Helped), false), ["SCR-08"]);
    assert_eq!(judged(&Deed { helper: None, ..deed(Step::Helped) }, true), ["SCR-08"]);
    assert_eq!(judged(&Deed { tasks: Vec::new(), ..deed(Step::Helped) }, true), ["SCR-08"]);
}

#[test]
fn scr_06_removal_waits_for_the_end_of_help_unless_something_new_happened() {
    let helped = course(&[Step::Helped]);
    let judged = |flags: &[(String, Day)]| rules(&check(&helped, &deed(Step::Proposed), &scene(flags, &[]), &terms()));
    assert_eq!(judged(&[flag("SCR-02", 40)]), ["SCR-06"]);
    assert_eq!(judged(&[flag("SCR-02", 40), flag("SCR-04", 10)]), [""; 0]);
}

#[test]
fn scr_09_no_removal_is_proposed_without_a_ground() {
    let open = course(&[]);
    assert_eq!(rules(&check(&open, &deed(Step::Proposed), &scene(&[], &[]), &terms())), ["SCR-09"]);
    assert_eq!(check(&open, &deed(Step::Proposed), &scene(&[flag("SCR-02", 5)], &[]), &terms()), []);
}

#[test]
fn scr_07_only_group_six_cancels_an_admission() {
    let cancel = Deed { form: Some(Form::Cancelled), ..deed(Step::Proposed) };
    let judged = |rule: &str| rules(&check(&course(&[]), &cancel, &scene(&[flag(rule, 5)], &[]), &terms()));
    assert_eq!(judged("SCR-02"), ["SCR-07"]);
    assert_eq!(judged("SCR-07"), [""; 0]);
}

#[test]
fn exi_11_the_branch_votes_after_a_self_review_or_three_demands() {
    let judged = |steps: &[Step]| {
        rules(&check(&course(steps), &deed(Step::BranchVoted), &scene(&[flag("SCR-02", 5)], &[]), &terms()))
    };
    use Step::{Declined, Demanded, Proposed, Reviewed};
    assert_eq!(judged(&[Proposed]), ["EXI-11"]);
    assert_eq!(judged(&[Proposed, Demanded, Demanded]), ["EXI-11"]);
    assert_eq!(judged(&[Proposed, Demanded, Demanded, Demanded]), [""; 0]);
    assert_eq!(judged(&[Proposed, Reviewed]), [""; 0]);
    assert_eq!(judged(&[Proposed, Declined]), [""; 0], "refusal: at once");
}

#[test]
fn scr_10_nobody_is_demanded_three_times_from_who_cannot_be_reached() {
    let steps = course(&[Step::Proposed, Step::Unreachable]);
    assert_eq!(check(&steps, &deed(Step::BranchVoted), &scene(&[flag("SCR-04", 5)], &[]), &terms()), []);
}

#[test]
fn x_07_two_thirds_two_thirds_and_more_than_half() {
    let mut case = course(&[Step::Proposed, Step::Reviewed]);
    case.steps.push(voted(Step::BranchVoted, 5));
    assert_eq!(case.state(), State::Proposed, "five of nine are no two thirds");
    case.steps.push(voted(Step::BranchVoted, 6));
    assert_eq!(case.state(), State::AtCommittee);
    case.steps.push(voted(Step::CommitteeVoted, 6));
    assert_eq!(case.state(), State::AtDecider);
    let refused = Course { steps: [case.steps.clone(), vec![voted(Step::Decided, 4)]].concat(), failures: 3 };
    assert_eq!(refused.state(), State::Refused);
    case.steps.push(voted(Step::Decided, 5));
    assert_eq!(case.state(), State::Removed);
}

#[test]
fn x_11_after_three_failed_votes_the_case_goes_up_regardless() {
    let mut case = course(&[Step::Proposed, Step::Reviewed]);
    for _ in 0..3 {
        assert_eq!(case.state(), State::Proposed);
        case.steps.push(voted(Step::BranchVoted, 2));
    }
    assert_eq!(case.state(), State::AtCommittee);
}

#[test]
fn x_03_the_roll_of_the_branch_is_that_of_the_register() {
    let case = course(&[Step::Proposed, Step::Reviewed]);
    let judged = |roll: Option<Roll>| {
        let deed = Deed { roll, ..deed(Step::BranchVoted) };
        rules(&check(&case, &deed, &scene(&[flag("SCR-02", 5)], &[]), &terms()))
    };
    assert_eq!(judged(Some(roll(9, 6))), [""; 0]);
    assert_eq!(judged(Some(roll(8, 6))), ["X-03"]);
    assert_eq!(judged(None), ["X-03"]);
    assert_eq!(judged(Some(Roll { present: 10, ..roll(9, 6) })), ["X-03"]);
    assert_eq!(judged(Some(Roll { present: 5, ..roll(9, 6) })), ["X-03"], "more ballots than voters");
}

#[test]
fn x_03_and_x_05_suspended_members_and_those_away_are_no_denominator() {
    let base = Roll { barred: 1, away: 2, present: 6, ballots: Ballots { yes: 4, ..Ballots::default() }, ..roll(9, 4) };
    for body in [Body::Branch, Body::Committee] {
        let verdict = base.verdict(body).expect("a verdict");
        assert_eq!(verdict.denominator().count(), 6);
        assert!(verdict.passed(), "four of six are two thirds");
    }
}

#[test]
fn scr_09_the_decision_waits_for_the_evidence() {
    let steps = [Step::Proposed, Step::Reviewed, Step::BranchVoted, Step::CommitteeVoted];
    let judged = |items: &[Item]| {
        rules(&check(&course(&steps), &deed(Step::Decided), &scene(&[flag("SCR-02", 5)], items), &terms()))
    };
    assert_eq!(judged(&[]), ["SCR-09"]);
    assert_eq!(judged(&[Item::CardMinutes]), ["SCR-09"]);
    assert_eq!(judged(&[Item::FeeBook]), [""; 0]);
    let rules = ["SCR-02".to_owned()];
    assert_eq!(missing_items(&rules, Some(Form::Cancelled), &[Item::FeeBook]).len(), 1, "MEM-41 needs the conclusion");
    for rule in FLAG_RULES {
        assert_eq!(missing_items(&[rule.to_owned()], None, &[]).len(), 1, "{rule} is proved by something");
    }
}

#[test]
fn scr_11_a_member_complains_within_thirty_working_days() {
    let received = Day::from_ymd(2026, 9, 7).expect("a day");
    let by = terms().complain_by(received);
    assert_eq!(by.iso(), "2026-10-19", "six weeks");
    let mut case = course(&[Step::Proposed, Step::Reviewed, Step::BranchVoted, Step::CommitteeVoted, Step::Decided]);
    case.steps.iter_mut().for_each(|taken| taken.on = received);
    case.steps.push(taken(Step::Informed, received));
    let judged = |on: Day| rules(&check(&case, &Deed { on, ..deed(Step::Complained) }, &scene(&[], &[]), &terms()));
    assert_eq!(judged(by), [""; 0]);
    assert_eq!(judged(by.plus_days(1)), ["SCR-11"]);
    assert!(terms().handle_by(by) > by.plus_days(120), "EXI-12: ninety working days");
}

#[test]
fn mem_27_re_admission_after_thirty_six_months_or_never() {
    let removed = Day::from_ymd(2026, 5, 20).expect("a day");
    let from = terms().readmission_from(removed, &["SCR-02".to_owned()]);
    assert_eq!(from.map(Day::iso), Some("2029-05-20".to_owned()));
    assert_eq!(terms().readmission_from(removed, &["SCR-04".to_owned()]), None);
}

#[test]
fn mem_20_the_base_standing_committee_decides_since_208() {
    let on = |text: &str| Terms::on(Day::from_iso(text).expect("a day")).expect("terms").base_decides;
    assert!(!on("2026-02-01") && on("2026-08-01"));
}

#[test]
fn mem_20_the_wrong_level_is_refused_and_mem_42_a_breach_since_restores_nobody() {
    let on = |text: &str| Terms::on(Day::from_iso(text).expect("a day")).expect("terms");
    let by = |body| Authority { body: Some(body), breach: false };
    let judged = |step, body, setting, day: &str| rules(&competent(step, by(body), setting, &on(day)));
    let (ward, city) = (Setting::default(), Setting { under_city: true, ..Setting::default() });
    assert_eq!(judged(Step::Decided, DecidingBody::BaseStanding, ward, "2026-08-01"), [""; 0]);
    assert_eq!(judged(Step::Decided, DecidingBody::Upper, ward, "2026-08-01"), ["MEM-20"]);
    assert_eq!(judged(Step::Decided, DecidingBody::City, city, "2026-02-01"), [""; 0]);
    assert_eq!(judged(Step::Decided, DecidingBody::Upper, city, "2026-02-01"), ["MEM-20"]);
    assert_eq!(judged(Step::Restored, DecidingBody::City, ward, "2026-08-01"), [""; 0], "a complaint goes up");
    assert_eq!(judged(Step::Restored, DecidingBody::BaseCommittee, ward, "2026-08-01"), ["MEM-20"]);
    assert_eq!(judged(Step::BranchVoted, DecidingBody::City, ward, "2026-08-01"), [""; 0], "a proposal");
    let breach = Authority { body: Some(DecidingBody::BaseStanding), breach: true };
    assert_eq!(rules(&competent(Step::Restored, breach, ward, &on("2026-08-01"))), ["MEM-42"]);
    assert_eq!(rules(&competent(Step::Decided, breach, ward, &on("2026-08-01"))), [""; 0]);
}

#[test]
fn scr_04_an_outcome_is_written_down_once_the_facts_are_so() {
    assert_eq!(Trace::of(false, false, true), Trace::None);
    assert_eq!(Trace::of(true, true, true), Trace::Missing);
    assert_eq!(Trace::of(true, false, true), Trace::Back);
    assert_eq!(Trace::of(true, true, false), Trace::Left);
    let outcome = |steps: &[Step], trace| course(steps).outcome(trace);
    assert_eq!(outcome(&[], Trace::Missing), None, "nothing happened yet");
    assert_eq!(outcome(&[], Trace::Back), Some(Step::Reconnected));
    assert_eq!(outcome(&[Step::Cleared], Trace::Back), None, "fit already");
    assert_eq!(outcome(&[Step::Proposed], Trace::Left), Some(Step::StruckElsewhere));
    let struck = course(&[Step::StruckElsewhere]);
    assert_eq!((struck.state(), struck.form()), (State::Removed, Some(Form::StruckOff)));
    assert_eq!(struck.offered(3), [], "the receiving committee hears the complaint");
    assert_eq!(course(&[Step::Helped, Step::Reconnected]).state(), State::Cleared);
    let judged = |step, trace| {
        let scene = Scene { trace, ..scene(&[], &[]) };
        check(&course(&[]), &deed(step), &scene, &terms()).len()
    };
    assert_eq!(judged(Step::StruckElsewhere, Trace::Left), 0);
    assert_eq!(judged(Step::StruckElsewhere, Trace::Missing), 1);
    assert_eq!(judged(Step::Reconnected, Trace::Left), 1);
    assert_eq!(judged(Step::Reconnected, Trace::Back), 0);
}

/// Any course of offered steps, with votes that pass or fail.
fn walk(picks: &[(usize, u32)]) -> Course {
    let mut case = course(&[]);
    for (at, (pick, yes)) in picks.iter().enumerate() {
        let offered = case.offered(3);
        let Some(step) = offered.get(pick % offered.len().max(1)) else { break };
        let on = TODAY.plus_days(at as i32);
        case.steps.push(Taken { on, ..voted(*step, *yes) });
    }
    case
}

proptest! {
    #[test]
    fn x_07_no_path_to_removal_without_votes_and_decision(picks in prop::collection::vec((0usize..5, 0u32..=9), 0..60)) {
        let case = walk(&picks);
        if case.state() != State::Removed {
            return Ok(());
        }
        let from = case.steps.iter().rposition(|taken| taken.step == Step::Proposed);
        prop_assert!(from.is_some(), "never proposed");
        let case = &case.steps[from.unwrap_or(0)..];
        let votes = |step: Step| case.iter().filter(move |taken| taken.step == step);
        let passed = |step: Step| votes(step).any(|taken| taken.verdict.as_ref().is_some_and(|verdict| verdict.passed()));
        for step in [Step::BranchVoted, Step::CommitteeVoted] {
            prop_assert!(passed(step) || votes(step).count() >= 3, "{:?} neither passed nor failed three times", step);
        }
        prop_assert!(passed(Step::Decided));
        let heard = case.iter().any(|taken| matches!(taken.step, Step::Reviewed | Step::Declined | Step::Unreachable));
        prop_assert!(heard || votes(Step::Demanded).count() >= 3);
    }

    #[test]
    fn scr_01_a_flag_alone_is_no_state(rules in prop::collection::vec(0usize..6, 0..10)) {
        // Whatever is flagged: without a step of the branch nothing is anything but open, and no decision can be taken.
        let flags: Vec<_> = rules.iter().map(|at| flag(FLAG_RULES[*at], 5)).collect();
        let open = course(&[]);
        prop_assert_eq!(open.state(), State::Open);
        for step in [Step::BranchVoted, Step::CommitteeVoted, Step::Decided, Step::Informed, Step::Restored] {
            prop_assert!(!check(&open, &deed(step), &scene(&flags, Item::ALL), &terms()).is_empty());
        }
    }

    #[test]
    fn scr_12_the_report_before_and_the_changes_give_the_report(
        walks in prop::collection::vec((prop::collection::vec((0usize..5, 0u32..=9), 0..12), 0usize..12), 0..8)
    ) {
        let stand = |case: &Course| {
            let rules = case.assessment().map(|taken| taken.rules.clone()).unwrap_or_default();
            (case.state(), case.form(), rules)
        };
        let (mut then, mut now, mut changes) = (Counts::default(), Counts::default(), Vec::new());
        for (picks, cut) in &walks {
            let whole = walk(picks);
            let part = Course { steps: whole.steps.iter().take(*cut).cloned().collect(), failures: 3 };
            let (from, to) = (stand(&part), stand(&whole));
            then.add(from.0, from.1, &from.2, 1);
            now.add(to.0, to.1, &to.2, 1);
            changes.push(Change { from, to });
        }
        let mut sum = then;
        sum.join(&explain(&changes));
        prop_assert_eq!(sum, now);
    }
}

#[test]
fn scr_12_everybody_screened_is_in_exactly_one_outcome() {
    let outcomes =
        [Figure::Cleared, Figure::Helping, Figure::Proposed, Figure::StruckOff, Figure::Cancelled, Figure::Returned];
    for state in State::ALL {
        for form in [None, Some(Form::StruckOff), Some(Form::Cancelled)] {
            let counted = outcomes.iter().filter(|figure| figure.counts(*state, form, &[])).count();
            assert_eq!(counted, usize::from(state.assessed()), "{state:?} {form:?}");
        }
    }
    assert!(FIGURES.iter().all(|figure| Figure::from_code(figure.code()) == Some(*figure)));
}
