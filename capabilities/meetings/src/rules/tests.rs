//! Named after the rules they check.

use std::collections::BTreeSet;

use chibo_kernel::{Day, Id};
use proptest::prelude::*;

use super::*;

const TODAY: Day = Day::from_number(20_779);

fn terms() -> Terms {
    Terms::on(TODAY).expect("terms")
}

fn roll(present: u32, excused: u32, unexcused: u32, spoke: u32) -> Vec<RollLine> {
    let states = [(present, Presence::Present), (excused, Presence::Excused), (unexcused, Presence::Unexcused)];
    let each = states.into_iter().flat_map(|(count, presence)| (0..count).map(move |_| presence));
    each.enumerate()
        .map(|(at, presence)| RollLine { person: Id::from_bytes([at as u8; 16]), presence, spoke: (at as u32) < spoke })
        .collect()
}

/// A meeting without a fault.
fn facts(terms: &Terms) -> Facts {
    Facts {
        kind: Kind::Regular,
        on: TODAY,
        lasted: 95,
        counts: Counts::of(&roll(20, 1, 0, 12)),
        excused_in_a_row: 1,
        noticed: true,
        documents: Some(TODAY.plus_days(-1)),
        prepared: true,
        items: (4, 0),
        ideology: 20,
        minuted: true,
        concluded: Some(TODAY.plus_days(2)),
        tasks: (10, 9),
        ticks: terms.ticks.iter().map(|tick| tick.item.clone()).collect(),
    }
}

fn of(change: impl Fn(&mut Facts)) -> u32 {
    let terms = terms();
    let mut facts = facts(&terms);
    change(&mut facts);
    score(&facts, &terms).total
}

#[test]
fn mtg_20_the_form_has_a_hundred_points_and_a_meeting_without_a_fault_gets_them() {
    let terms = terms();
    let full = score(&facts(&terms), &terms);
    assert_eq!(full.lines.iter().map(|line| line.most).sum::<u32>(), 100);
    assert_eq!(full.total, 100, "{:#?}", full.lines);
    let by_criterion = |n: u8| full.lines.iter().filter(|line| line.criterion == n).map(|line| line.most).sum::<u32>();
    assert_eq!((1..=8).map(by_criterion).collect::<Vec<_>>(), [5, 5, 10, 30, 10, 5, 30, 5]);
    assert!(full.lines.iter().all(|line| line.why.is_none()));
}

#[test]
fn mtg_20_every_lost_point_says_why() {
    let terms = terms();
    let mut poor = facts(&terms);
    poor.lasted = 40;
    poor.ticks = BTreeSet::new();
    poor.noticed = false;
    let found = score(&poor, &terms);
    assert!(found.total < 100);
    assert!(found.lines.iter().all(|line| (line.got < line.most) == line.why.is_some()), "{:#?}", found.lines);
}

#[test]
fn mtg_03_the_length_goes_down_in_steps() {
    let lost = |lasted: u32| 100 - of(|facts| facts.lasted = lasted);
    assert_eq!([90, 89, 75, 74, 60, 59, 45, 44].map(lost), [0, 1, 1, 2, 2, 3, 3, 4]);
    let thematic = |lasted: u32| {
        100 - of(|facts| {
            (facts.kind, facts.items, facts.lasted) = (Kind::Combined, (3, 1), lasted);
        })
    };
    assert_eq!([120, 119].map(thematic), [0, 1], "with a thematic part two hours");
}

#[test]
fn mtg_06_attendance_is_tested_exactly_and_absence_without_reason_costs() {
    let lost = |present, excused, unexcused| {
        100 - of(|facts| facts.counts = Counts::of(&roll(present, excused, unexcused, present)))
    };
    assert_eq!(lost(9, 1, 0), 0, "nine of ten are ninety per cent");
    assert_eq!(lost(89, 11, 0), 1);
    assert_eq!(lost(74, 26, 0), 2);
    assert_eq!(lost(64, 36, 0), 3);
    assert_eq!(lost(99, 0, 1), 3, "one without a reason");
    assert_eq!(100 - of(|facts| facts.excused_in_a_row = 4), 1);
    use Presence::{Excused, Present};
    assert_eq!(excused_in_a_row([Excused, Excused, Present, Excused, Excused, Excused, Excused]), 4);
}

#[test]
fn mtg_06_exempted_members_count_nowhere() {
    let mut lines = roll(9, 1, 0, 0);
    lines.push(RollLine { person: Id::from_bytes([99; 16]), presence: Presence::Exempt, spoke: true });
    let counts = Counts::of(&lines);
    assert_eq!((counts.listed, counts.due(), counts.exempt, counts.spoke), (11, 10, 1, 0));
}

#[test]
fn mtg_04_documents_a_day_ahead_and_conclusions_within_two_days() {
    assert_eq!(of(|facts| facts.documents = Some(TODAY)), 98);
    assert_eq!(of(|facts| facts.documents = None), 98);
    assert_eq!(of(|facts| facts.concluded = Some(TODAY.plus_days(3))), 99);
}

#[test]
fn mtg_09_a_quarter_to_half_an_hour_for_members_thinking() {
    assert_eq!([14, 15, 30, 31].map(|minutes| of(|facts| facts.ideology = minutes)), [99, 100, 100, 99]);
}

#[test]
fn mtg_20_speakers_must_exceed_half_and_tasks_reach_their_step() {
    let spoke = |spoke| 100 - of(|facts| facts.counts = Counts::of(&roll(20, 0, 0, spoke)));
    assert_eq!([11, 10, 8, 6, 5].map(spoke), [0, 1, 1, 2, 3], "half is not more than half");
    let tasks = |done| 100 - of(|facts| facts.tasks = (10, done));
    assert_eq!([9, 8, 7, 6, 5, 4].map(tasks), [0, 3, 6, 10, 15, 20]);
    assert_eq!(of(|facts| facts.tasks = (0, 0)), 100, "nothing was to be done");
}

#[test]
fn mtg_21_a_month_without_a_thematic_part_loses_nothing() {
    let mut terms = terms();
    assert_eq!(score(&facts(&terms), &terms).total, 100);
    terms.thematic_full = false;
    let rescaled = score(&facts(&terms), &terms);
    assert_eq!(rescaled.lines.iter().map(|line| line.most).sum::<u32>(), 95);
    assert_eq!(rescaled.total, 100);
    let mut held = facts(&terms);
    (held.kind, held.items, held.lasted) = (Kind::Combined, (3, 0), 120);
    assert_eq!(score(&held, &terms).total, 95, "a thematic part with nothing in it");
}

#[test]
fn mtg_22_grades_follow_the_bands() {
    let terms = terms();
    let grade = |score| Grade::of(score, &terms);
    assert_eq!(
        [100, 90, 89, 70, 69, 50, 49, 0].map(grade),
        [Grade::Good, Grade::Good, Grade::Fair, Grade::Fair, Grade::Average, Grade::Average, Grade::Weak, Grade::Weak]
    );
}

#[test]
fn mtg_01_and_02_a_month_owes_its_meeting_and_a_quarter_its_theme() {
    let met = MonthFacts { met: true, ..MonthFacts::default() };
    let thematic = MonthFacts { thematic: true, ..met };
    let march = Month::from_code("2026-03").expect("a month");
    let rules = |month, quarter: &[MonthFacts]| {
        owed(month, quarter, &terms()).iter().map(|(rule, _)| *rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(march, &[met, met, met]), ["MTG-02"]);
    assert_eq!(rules(march, &[thematic, met, met]), [""; 0]);
    assert_eq!(rules(march, &[thematic, met, MonthFacts::default()]), ["MTG-01"]);
    assert_eq!(rules(march.plus(1), &[met]), [""; 0], "the quarter has only begun");
    let excused = MonthFacts { excused: true, ..MonthFacts::default() };
    assert_eq!(rules(march.plus(1), &[excused]), [""; 0], "a month without a meeting has its reason");
}

#[test]
fn mtg_01_the_rulebook_says_how_often_and_until_when_a_month_is_not_late() {
    let mut terms = terms();
    let (met, none) = (MonthFacts { met: true, ..MonthFacts::default() }, MonthFacts::default());
    let june = Month::from_code("2026-06").expect("a month");
    terms.every = (2, 6);
    assert_eq!(owed(june, &[met, none], &terms), [("MTG-02", "meetings-owes-thematic")], "every two months is enough");
    assert_eq!(owed(june.plus(1), &[none], &terms), [], "the period has only begun");
    assert_eq!(terms.close_by(june).iso(), "2026-07-02", "as long as its conclusion may be posted (MTG-04)");
}

#[test]
fn mtg_01_debts_stay_until_they_are_paid_and_none_is_older_than_the_branch() {
    let (now, terms) = (Month::from_code("2026-11").expect("a month"), terms());
    let first = now.plus(-5);
    let of = |known: &dyn Fn(Month) -> Option<MonthFacts>| debts(first, now, &terms, known);
    let met = MonthFacts { met: true, thematic: true, ..MonthFacts::default() };
    assert_eq!(of(&|_| Some(met)), []);
    let nothing = of(&|_| Some(MonthFacts::default()));
    let told: Vec<_> = nothing.iter().map(|(rule, _, months)| (*rule, months.len())).collect();
    assert_eq!(told, [("MTG-01", 6), ("MTG-02", 2)], "a branch nobody wrote about owes too");
    let young = of(&|month| (month >= now.plus(-1)).then(MonthFacts::default));
    assert_eq!(young.iter().map(|(_, _, months)| months.clone()).collect::<Vec<_>>(), [[now.plus(-1), now]]);
    let hole = of(&|month| Some(if month == now.plus(-3) { MonthFacts::default() } else { met }));
    assert_eq!(hole, [("MTG-01", "meetings-owes-regular", vec![now.plus(-3)])], "an old debt stays");
}

#[test]
fn mtg_02_a_thematic_meeting_never_stands_for_the_regular_one() {
    assert!(!Kind::Thematic.is_regular() && Kind::Thematic.is_thematic());
    assert!(Kind::Combined.is_regular() && Kind::Combined.is_thematic());
    let only = MonthFacts { thematic: true, ..MonthFacts::default() };
    let march = Month::from_code("2026-03").expect("a month");
    assert_eq!(owed(march, &[only], &terms()), [("MTG-01", "meetings-owes-regular")]);
}

#[test]
fn mtg_05_a_meeting_nobody_was_told_of_loses_the_point_for_notice() {
    assert_eq!(of(|facts| facts.noticed = false), 99);
}

#[test]
fn mtg_06_below_the_target_is_tested_exactly() {
    let target = terms().attendance;
    let below = |present, excused| Counts::of(&roll(present, excused, 0, 0)).below(target);
    assert!(!below(9, 1) && below(89, 11) && !below(0, 0));
}

#[test]
fn mtg_07_the_branch_committee_meets_before_and_a_draft_is_ready() {
    assert_eq!(of(|facts| facts.prepared = false), 98);
    assert_eq!(of(|facts| facts.ticks.retain(|tick| tick != "draft")), 98);
}

#[test]
fn mtg_08_every_setting_has_its_topics_and_the_unnamed_have_those_of_offices() {
    let terms = terms();
    assert_eq!(terms.topics_of("hamlet"), ["people", "economy", "democracy", "land", "source"]);
    assert_eq!(terms.topics_of("army"), ["tradition", "readiness", "living"]);
    assert_eq!(terms.topics_of("abroad"), terms.topics_of("other"));
    assert!(Terms::on(Day::from_number(18_000)).is_ok(), "an older version has them too");
}

#[test]
fn mtg_10_whoever_is_elsewhere_or_barred_is_listed_and_not_due() {
    let mut lines = roll(4, 0, 0, 0);
    for (at, presence) in [(90, Presence::Elsewhere), (91, Presence::Barred), (92, Presence::Exempt)] {
        lines.push(RollLine { person: Id::from_bytes([at; 16]), presence, spoke: false });
    }
    let counts = Counts::of(&lines);
    assert_eq!((counts.listed, counts.due(), counts.elsewhere, counts.barred, counts.exempt), (7, 4, 1, 1, 1));
}

#[test]
fn mtg_13_an_online_meeting_is_refused_outside_a_pilot() {
    let mut terms = terms();
    for place in ["Trực tuyến", "qua Zoom", "Google Meet", "họp online", "trên Microsoft Teams"] {
        let issue = check_place(place, &terms).expect(place);
        assert_eq!((issue.rule, issue.said.key), (Some("MTG-13"), "meetings-online"));
    }
    assert_eq!(check_place("Nhà văn hóa khu phố 3", &terms), None);
    assert_eq!(check_place("", &terms), None);
    terms.online = true;
    assert_eq!(check_place("Trực tuyến", &terms), None, "a pilot under guidance of the Secretariat");
}

#[test]
fn mtg_22_weak_months_are_calendar_months_in_a_row_and_recent() {
    let now = Month::from_code("2026-11").expect("a month");
    let row = |weak: &[i32], met: &[i32]| {
        weak_in_a_row(now, |month| {
            let back = now.0 - month.0;
            let grade = if weak.contains(&back) { Some(Grade::Weak) } else { None };
            grade.or_else(|| met.contains(&back).then_some(Grade::Good))
        })
    };
    assert_eq!(row(&[1, 2], &[]), 2, "the running month has no meeting yet");
    assert_eq!(row(&[0, 1, 2], &[3]), 3);
    assert_eq!(row(&[1, 3], &[]), 1, "a month without a meeting stands between");
    assert_eq!(row(&[1, 2], &[0]), 0, "this month is better");
    assert_eq!(row(&[8, 9, 10], &[]), 0, "long ago");
}

#[test]
fn mtg_22_the_year_is_the_average_of_the_months_that_met() {
    let of = |score| MonthFacts { met: true, score: Some(score), ..MonthFacts::default() };
    let year = Year::of([of(90), of(81), MonthFacts { excused: true, ..MonthFacts::default() }]);
    assert_eq!(year, Year { met: 2, thematic: 0, average: Some(86) });
    assert_eq!(Year::of([]).average, None);
}

#[test]
fn mtg_04_a_conclusion_posted_later_changes_its_own_line_only() {
    let terms = terms();
    let mut unposted = facts(&terms);
    unposted.concluded = None;
    let before = score(&unposted, &terms);
    assert_eq!(before.total, 99);
    let in_time = before.clone().posted(&terms, TODAY, TODAY.plus_days(2));
    assert_eq!(in_time.total, 100);
    let late = before.clone().posted(&terms, TODAY, TODAY.plus_days(3));
    assert_eq!(late.total, 99);
    let changed = before.lines.iter().zip(&in_time.lines).filter(|(old, new)| old != new).count();
    assert_eq!(changed, 1);
}

fn draft() -> Draft {
    Draft {
        kind: Kind::Regular,
        month: Month::of(TODAY),
        on: Some(TODAY),
        from: Some(19 * 60),
        to: Some(20 * 60 + 30),
        roll: roll(3, 0, 0, 1),
        conclusion: "Thống nhất".to_owned(),
        chaired: true,
        regular_already: false,
        items: 2,
    }
}

#[test]
fn mtg_08_what_stands_in_the_way_of_closing_is_said_at_once() {
    assert_eq!(check_close(&draft(), TODAY), []);
    let keys = |change: &dyn Fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        check_close(&draft, TODAY).iter().map(|issue| issue.said.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(&|d| d.on = Some(TODAY.plus_days(1))), ["meetings-in-future"]);
    assert_eq!(keys(&|d| d.on = Some(TODAY.plus_days(-40))), ["meetings-other-month"]);
    assert_eq!(keys(&|d| d.to = d.from), ["meetings-end-before-start"]);
    assert_eq!(keys(&|d| d.regular_already = true), ["meetings-regular-twice"]);
    assert_eq!(keys(&|d| d.roll = roll(0, 3, 0, 0)), ["meetings-nobody-present"]);
    let empty = keys(&|d| {
        (d.on, d.from, d.chaired, d.items) = (None, None, false, 0);
        d.conclusion.clear();
    });
    assert_eq!(empty.len(), 5, "{empty:?}");
}

#[test]
fn months_are_written_and_read() {
    let month = Month::from_code("2026-12").expect("a month");
    assert_eq!((month.code(), month.text(), month.quarter()), ("2026-12".into(), "12/2026".into(), 4));
    assert_eq!((month.plus(1).code(), month.quarter_start().code()), ("2027-01".into(), "2026-10".into()));
    assert_eq!(month.last().iso(), "2026-12-31");
    assert_eq!(Month::from_code("2026-13"), None);
}

proptest! {
    #[test]
    fn mtg_20_a_score_is_never_above_a_hundred_and_more_facts_never_cost(
        lasted in 0u32..300, present in 0u32..60, excused in 0u32..60, unexcused in 0u32..5,
        spoke in 0u32..60, all in 0u32..20, done in 0u32..20, thinking in 0u32..90,
    ) {
        let terms = terms();
        let mut facts = facts(&terms);
        facts.lasted = lasted;
        facts.counts = Counts::of(&roll(present, excused, unexcused, spoke));
        facts.tasks = (all, done.min(all));
        facts.ideology = thinking;
        let before = score(&facts, &terms);
        prop_assert!(before.total <= 100);
        prop_assert!(before.lines.iter().all(|line| line.got <= line.most));
        facts.lasted += 10;
        facts.tasks = (all, all);
        prop_assert!(score(&facts, &terms).total >= before.total);
    }
}
