//! Levels, caps, votes, years: the numbers of the digest, and a second naive implementation beside the cap and the bands.

use chibo_kernel::Day;
use chibo_kernel::rulebook::Ratio;
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn now() -> Terms {
    Terms::on(day("2026-11-01")).unwrap()
}

fn case(sort: Sort, points: u32, facts: &[(Fact, u32)]) -> Case {
    let facts = Facts(facts.iter().copied().collect());
    Case { sort, post: Post::None, quarter: false, points: Some(points * 100), facts }
}

const ALL_DONE: [(Fact, u32); 3] = [(Fact::Tasks, 10), (Fact::Done, 10), (Fact::Above, 3)];

fn with(more: &[(Fact, u32)]) -> Vec<(Fact, u32)> {
    let mut facts: Vec<_> =
        ALL_DONE.into_iter().filter(|(fact, _)| !more.iter().any(|(other, _)| other == fact)).collect();
    facts.extend(more);
    facts
}

fn class(terms: &Terms, case: &Case) -> Class {
    judge(terms, case).class
}

#[test]
fn eval_01_quarters_exist_since_2026_and_terms_since_366() {
    let kinds = |text: &str| Terms::on(day(text)).unwrap().kinds;
    assert_eq!(kinds("2019-12-01"), [CampaignKind::Year]);
    assert_eq!(kinds("2024-12-01"), [CampaignKind::Year]);
    assert!(kinds("2025-12-01").contains(&CampaignKind::Term) && !kinds("2025-12-01").contains(&CampaignKind::Quarter));
    assert!(kinds("2026-03-31").contains(&CampaignKind::Quarter));
}

#[test]
fn eval_03_there_are_four_levels_in_order() {
    assert!(Class::Failed < Class::Fulfilled && Class::Fulfilled < Class::Good && Class::Good < Class::Excellent);
    assert_eq!(Class::ALL.len(), 4);
    assert_eq!(Class::Failed.below(), Class::Failed);
}

#[test]
fn eval_10_thirty_general_and_seventy_task_points_make_a_hundred() {
    let terms = now();
    let sum =
        |general: bool| terms.criteria.iter().filter(|one| one.general == general).map(|one| one.most).sum::<u32>();
    assert_eq!((sum(true), sum(false)), (3_000, 7_000));
    assert!(!Terms::on(day("2024-12-01")).unwrap().scored && Terms::on(day("2024-12-01")).unwrap().criteria.is_empty());
}

#[test]
fn eval_12_points_follow_progress_quality_and_difficulty_and_the_bonus_is_capped() {
    let formula = now().formula.unwrap();
    let task = DoneTask { standard: 1_000, late: 0, quality: 100, difficulty: 100, above: false };
    assert_eq!(formula.points(task), 1_000);
    assert_eq!(formula.points(DoneTask { late: 3, ..task }), 940);
    assert_eq!(formula.points(DoneTask { late: 5, ..task }), 880);
    assert_eq!(formula.points(DoneTask { late: 6, ..task }), 700);
    assert_eq!(formula.points(DoneTask { quality: 50, ..task }), 650);
    assert_eq!(formula.points(DoneTask { difficulty: 120, ..task }), 1_200);
    assert_eq!(formula.total(&[DoneTask { above: true, ..task }]), 1_050);
    let many = vec![DoneTask { standard: 7_000, above: true, ..task }; 3];
    assert_eq!(formula.total(&many), 21_000 + 700);
}

#[test]
fn eval_20_excellent_needs_ninety_points_and_its_conditions() {
    let terms = now();
    assert_eq!(class(&terms, &case(Sort::Member, 90, &ALL_DONE)), Class::Excellent);
    assert_eq!(class(&terms, &case(Sort::Member, 89, &ALL_DONE)), Class::Good);
    assert_eq!(class(&terms, &case(Sort::Member, 95, &with(&[(Fact::Above, 2)]))), Class::Good);
    let fault = with(&[(Fact::Faults, 2), (Fact::Fixed, 1)]);
    let verdict = judge(&terms, &case(Sort::Member, 95, &fault));
    assert_eq!(verdict.class, Class::Good);
    assert!(verdict.lines.iter().any(|line| line.rule == "EVAL-20" && line.said.key == "evaluation-why-not-fixed"));
    let led = with(&[(Fact::Units, 10), (Fact::UnitsDisciplined, 1), (Fact::SelfDetected, 1)]);
    assert_eq!(class(&terms, &case(Sort::Collective, 95, &led)), Class::Good);
}

#[test]
fn eval_21_good_needs_all_tasks_on_time() {
    let terms = now();
    assert_eq!(class(&terms, &case(Sort::Member, 70, &ALL_DONE)), Class::Good);
    assert_eq!(class(&terms, &case(Sort::Member, 85, &with(&[(Fact::Late, 1)]))), Class::Fulfilled);
}

#[test]
fn eval_22_fulfilled_allows_a_fifth_late() {
    let terms = now();
    assert_eq!(class(&terms, &case(Sort::Member, 60, &with(&[(Fact::Late, 2)]))), Class::Fulfilled);
    assert_eq!(class(&terms, &case(Sort::Member, 60, &with(&[(Fact::Late, 3)]))), Class::Failed);
}

#[test]
fn eval_23_below_fifty_points_is_not_fulfilled() {
    assert_eq!(class(&now(), &case(Sort::Member, 49, &ALL_DONE)), Class::Failed);
    assert_eq!(class(&now(), &case(Sort::Member, 50, &ALL_DONE)), Class::Fulfilled);
}

#[test]
fn eval_25_each_cause_forces_the_lowest_level() {
    let terms = now();
    for fact in [Fact::Disciplined, Fact::Concluded, Fact::Breached] {
        let verdict = judge(&terms, &case(Sort::Member, 95, &with(&[(fact, 1)])));
        assert_eq!(verdict.class, Class::Failed, "{fact:?}");
        assert!(verdict.lines.iter().any(|line| line.rule == "EVAL-25"));
    }
    let below = with(&[(Fact::Units, 10), (Fact::UnitsDisciplined, 1)]);
    assert_eq!(class(&terms, &case(Sort::Leader, 95, &below)), Class::Failed);
    assert_eq!(class(&terms, &case(Sort::Member, 95, &below)), Class::Excellent);
    let many = |units| with(&[(Fact::Units, 10), (Fact::UnitsDisciplined, units), (Fact::SelfDetected, 1)]);
    assert_eq!(class(&terms, &case(Sort::Collective, 95, &many(3))), Class::Failed);
    assert_eq!(class(&terms, &case(Sort::Collective, 95, &many(2))), Class::Good);
    let old = Terms::on(day("2024-12-01")).unwrap();
    let half =
        |more: &[(Fact, u32)]| with(&[&[(Fact::Done, 4), (Fact::Above, 0), (Fact::MainMissed, 1)], more].concat());
    let told = |facts: &[(Fact, u32)]| {
        judge(&old, &case(Sort::Leader, 95, facts)).lines.iter().any(|line| line.rule == "EVAL-25")
    };
    assert!(told(&half(&[])) && !told(&half(&[(Fact::Objective, 1)])));
}

#[test]
fn eval_26_ceilings_hold_for_heads_and_deputies_of_failed_units() {
    let terms = now();
    let failed = with(&[(Fact::UnitFailed, 1)]);
    let of = |post| class(&terms, &Case { post, ..case(Sort::Leader, 95, &failed) });
    assert_eq!((of(Post::Head), of(Post::Deputy), of(Post::None)), (Class::Fulfilled, Class::Good, Class::Excellent));
}

#[test]
fn eval_42_eval_43_a_quarter_needs_all_tasks_and_its_head_answers_for_the_unit() {
    let terms = now();
    let quarter =
        |post, facts: &[(Fact, u32)]| class(&terms, &Case { post, quarter: true, ..case(Sort::Leader, 95, facts) });
    let weak = with(&[(Fact::UnitPercent, 69)]);
    assert_eq!((quarter(Post::Head, &weak), quarter(Post::Deputy, &weak)), (Class::Failed, Class::Good));
    assert_eq!(quarter(Post::Head, &with(&[(Fact::UnitPercent, 70)])), Class::Excellent);
    let undone = judge(&terms, &Case { quarter: true, ..case(Sort::Member, 95, &with(&[(Fact::Done, 9)])) });
    assert!(undone.lines.iter().any(|line| line.rule == "EVAL-42"));
    let excused = with(&[(Fact::Done, 9), (Fact::Objective, 1)]);
    let excused = judge(&terms, &Case { quarter: true, ..case(Sort::Member, 95, &excused) });
    assert!(!excused.lines.iter().any(|line| line.rule == "EVAL-42"));
}

#[test]
fn eval_44_one_failed_quarter_closes_excellent_and_two_in_a_row_ask_for_replacement() {
    let terms = now();
    let one = judge(&terms, &case(Sort::Leader, 95, &with(&[(Fact::FailedQuarters, 1), (Fact::QuartersInARow, 1)])));
    assert_eq!((one.class, one.replacement), (Class::Good, false));
    let two = judge(&terms, &case(Sort::Leader, 95, &with(&[(Fact::FailedQuarters, 2), (Fact::QuartersInARow, 2)])));
    assert!(two.replacement);
    assert!(Terms::on(day("2025-12-01")).unwrap().quarters.is_none());
}

#[test]
fn eval_24_three_of_seventeen_and_two_where_the_best_are_not_in_the_base() {
    let cap = now().cap;
    assert_eq!((cap.places(17), cap.exceptional_places(17), cap.places(4)), (3, 4, 0));
    assert_eq!(Cap { base_includes_best: false, ..cap }.places(17), 2);
    let at = |excellent| cap.standing(Group { good_and_above: 17, excellent });
    assert_eq!(
        (at(2), at(3), at(4), at(5)),
        (Standing::Within(1), Standing::Within(0), Standing::Exceptional, Standing::Over)
    );
}

#[test]
fn eval_30_steps_lead_from_draft_to_final_and_nothing_follows() {
    let mut state = State::Draft;
    let mut seen = vec![state];
    while let Some(step) = offered(state).first() {
        state = step.to();
        seen.push(state);
    }
    assert_eq!(seen, State::ALL);
    assert!(Step::Decision.above() && !Step::Vote.above());
}

#[test]
fn eval_31_more_than_half_of_those_with_the_right_to_vote() {
    let tally = Tally { voters: 10, ballots: 9, votes: [1, 2, 2, 4], invalid: 0 };
    assert_eq!(tally.check(), Ok(()));
    assert_eq!(tally.carried(), Some(Class::Good));
    let half = Tally { votes: [1, 0, 3, 5], ..tally };
    assert_eq!(half.carried(), Some(Class::Good), "five of ten is not more than half");
    assert_eq!(Tally { votes: [0, 0, 3, 6], ..tally }.carried(), Some(Class::Excellent));
    assert_eq!(Tally { ballots: 5, votes: [0, 0, 0, 5], ..tally }.carried(), None);
    assert_eq!(Tally { ballots: 11, ..tally }.check(), Err(TallyError::TooMany));
    assert_eq!(Tally { invalid: 1, ..tally }.check(), Err(TallyError::Sum(10)));
    assert_eq!(Tally::default().check(), Err(TallyError::Nobody));
}

#[test]
fn scr_05_cmd_04_cmd_05_years_in_a_row_end_at_a_gap_or_another_class() {
    let years = |list: &[i64]| list.iter().map(|year| (*year, Class::Excellent)).collect::<Vec<_>>();
    assert_eq!(in_a_row(&years(&[2022, 2026, 2024, 2025, 2023]), Class::Excellent), 5);
    assert_eq!(in_a_row(&years(&[2026, 2024, 2023]), Class::Excellent), 1);
    assert_eq!(in_a_row(&[(2026, Class::Good), (2025, Class::Failed), (2024, Class::Failed)], Class::Failed), 0);
    assert_eq!(in_a_row(&[], Class::Failed), 0);
}

#[test]
fn eval_02_six_months_are_counted_to_the_end_of_the_campaign() {
    let terms = now();
    assert!(terms.long_enough(day("2026-06-30"), day("2026-12-31")));
    assert!(!terms.long_enough(day("2026-07-02"), day("2026-12-31")));
}

/// How many may be excellent, found by trying one more and one more.
fn naive_places(part: u64, whole: u64, includes: bool, group: u64) -> u64 {
    let mut most = 0;
    for excellent in 0..=group {
        let base = if includes { group } else { group - excellent };
        if excellent * whole <= part * base {
            most = excellent;
        }
    }
    most
}

/// The class of points and tasks, written down a second time, as a table of what each level asks.
fn naive_class(points: u32, tasks: u32, done: u32, late: u32, above: u32) -> Class {
    let share = |part: u32, percent: u32| u64::from(part) * 100 >= u64::from(tasks) * u64::from(percent);
    let on_time = done - late == tasks;
    if points >= 9_000 && on_time && share(above, 30) {
        return Class::Excellent;
    }
    if points >= 7_000 && on_time {
        return Class::Good;
    }
    let few_late = u64::from(late) * 100 <= u64::from(tasks) * 20;
    if points >= 5_000 && done == tasks && few_late {
        return Class::Fulfilled;
    }
    Class::Failed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn eval_24_the_cap_agrees_with_trying_every_number(
        part in 1u32..=60, more in 0u32..=20, group in 0u64..=120, excellent in 0u64..=120, includes: bool,
    ) {
        let ratio = |part| Ratio::new(part, 100).unwrap();
        let cap = Cap { share: ratio(part), exceptional: ratio(part + more), base_includes_best: includes };
        let (part, wide) = (u64::from(part), u64::from(part + more));
        let places = naive_places(part, 100, includes, group);
        prop_assert_eq!(cap.places(group), places);
        let expected = if excellent <= places {
            Standing::Within(places - excellent)
        } else if excellent <= naive_places(wide, 100, includes, group) {
            Standing::Exceptional
        } else {
            Standing::Over
        };
        prop_assert_eq!(cap.standing(Group { good_and_above: group, excellent }), expected);
    }

    #[test]
    fn eval_20_eval_22_bands_agree_with_a_second_reading(
        points in 0u32..=10_000, tasks in 0u32..=30, done in 0u32..=30, late in 0u32..=30, above in 0u32..=30,
    ) {
        thread_local! { static TERMS: Terms = now(); }
        let (done, late) = (done.min(tasks), late.min(done.min(tasks)));
        let above = above.min(done);
        let facts = Facts([(Fact::Tasks, tasks), (Fact::Done, done), (Fact::Late, late), (Fact::Above, above)].into());
        let case = Case { sort: Sort::Member, post: Post::None, quarter: false, points: Some(points), facts };
        let got = TERMS.with(|terms| judge(terms, &case).class);
        prop_assert_eq!(got, naive_class(points, tasks, done, late, above));
    }
}
