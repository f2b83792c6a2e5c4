//! The rules by their ids.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Person};
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn owed(at: &str, category: Category, base: i64, region: u8) -> (i64, &'static str) {
    let rates = Rates::of(month(at)).unwrap();
    let profile = Profile { category, base: Some(base), region };
    let due = rates.due(Some(&profile), None, false).unwrap();
    (due.vnd, due.rule)
}

#[test]
fn fee_01_one_per_cent_of_the_insured_salary_or_the_benefit() {
    assert_eq!(owed("11/2026", Category::Insured, 12_345_678, 1), (123_457, "FEE-01"));
    assert_eq!(owed("11/2026", Category::Benefit, 5_310_000, 1), (53_100, "FEE-01"));
}

#[test]
fn fee_02_half_a_per_cent_of_the_pension_rounded_half_up_to_one_dong() {
    assert_eq!(owed("11/2026", Category::Pensioner, 6_500_000, 1), (32_500, "FEE-02"));
    assert_eq!(owed("11/2026", Category::Pensioner, 6_500_100, 1), (32_501, "FEE-02"));
    assert_eq!(owed("11/2026", Category::Pensioner, 6_500_099, 1), (32_500, "FEE-02"));
}

#[test]
fn fee_03_the_share_of_the_minimum_wage_changes_in_2028() {
    assert_eq!(owed("02/2026", Category::Working, 0, 1), (15_930, "FEE-03"));
    assert_eq!(owed("12/2027", Category::Working, 0, 4), (11_100, "FEE-03"));
    assert_eq!(owed("01/2028", Category::Working, 0, 1), (26_550, "FEE-03"));
}

#[test]
fn fee_04_at_retirement_age_the_share_is_smaller() {
    assert_eq!(owed("02/2026", Category::Retired, 0, 1), (10_620, "FEE-04"));
    assert_eq!(owed("01/2028", Category::Retired, 0, 1), (15_930, "FEE-04"));
}

#[test]
fn fee_05_pupils_and_students_pay_five_thousand() {
    assert_eq!(owed("11/2026", Category::Student, 0, 1), (5_000, "FEE-05"));
}

#[test]
fn fee_06_exempt_from_the_month_in_which_fifty_years_are_full() {
    let admitted = Some(day("1976-11-19"));
    let at = |text: &str| Rates::of(month(text)).unwrap().due(None, admitted, false);
    assert!(at("11/2026").is_some_and(|due| due.exempt && due.vnd == 0 && due.rule == "FEE-06"));
    assert_eq!(at("10/2026"), None, "not yet, and nobody has said by what he pays");
    let poor = Profile { category: Category::Exempt, base: None, region: 1 };
    assert!(Rates::of(month("11/2026")).unwrap().due(Some(&poor), None, false).unwrap().exempt);
    // Members exempted from activity pay unless the parameter says otherwise.
    let working = Profile { category: Category::Student, base: None, region: 1 };
    assert!(!Rates::of(month("11/2026")).unwrap().due(Some(&working), None, true).unwrap().exempt);
}

#[test]
fn fee_09_before_february_2026_the_old_instrument_counts() {
    assert_eq!(owed("01/2026", Category::Insured, 10_000_000, 1), (100_000, "FEE-09"));
    assert_eq!(owed("01/2026", Category::Working, 0, 1), (2_000, "FEE-09"));
    assert_eq!(owed("01/2026", Category::Student, 0, 1), (3_000, "FEE-09"));
    let rates = Rates::of(month("01/2026")).unwrap();
    assert!(rates.doubtful.iter().any(|rule| rule.id == "FEE-09") && rates.version.starts_with("FEE-09@"));
    assert!(
        rates
            .due(Some(&Profile { category: Category::Student, base: None, region: 1 }), Some(day("1970-01-01")), false)
            .is_some_and(|due| !due.exempt)
    );
}

#[test]
fn fee_08_three_months_of_a_calendar_year_need_not_follow_each_other() {
    let limit = Limit::on(day("2026-11-22")).unwrap();
    assert_eq!(limit, Limit(3));
    let months = |all: &[&str]| all.iter().map(|text| month(text)).collect::<Vec<_>>();
    assert_eq!(since(&months(&["02/2026", "05/2026"]), limit), None);
    assert_eq!(since(&months(&["09/2026", "02/2026", "05/2026"]), limit), Some(day("2026-09-30")));
    assert_eq!(since(&months(&["11/2025", "12/2025", "01/2026", "02/2026"]), limit), None, "years are not added up");
    assert_eq!(since(&months(&["02/2026", "02/2026", "02/2026"]), limit), None);
}

#[test]
fn mem_42_back_fees_are_due_for_the_months_somebody_stood_in_no_book() {
    let gap = (day("2025-11-30"), day("2026-03-10"));
    let months: Vec<_> = missed(&[gap]).iter().map(|month| month.code()).collect();
    assert_eq!(months, ["2025-11", "2025-12", "2026-01", "2026-02"], "out on the last day of November, back in March");
    assert_eq!(missed(&[(day("2026-03-02"), day("2026-03-31"))]), [], "out and back inside one month");
    assert_eq!(missed(&[(day("2026-03-31"), day("2026-04-01"))]).len(), 1);
    assert_eq!(missed(&[]), []);
}

#[test]
fn fee_10_what_is_kept_is_never_rounded_up() {
    let third = Share { part: 3_333, whole: 10_000 };
    assert_eq!(passed(100, third), 67);
    assert_eq!(passed(100, Share { part: 1, whole: 1 }), 0);
    let (branch, rule) = default_share(Level::Branch, month("11/2026")).unwrap();
    assert_eq!((branch.part, branch.whole), (30, 100));
    assert!(rule.note.is_some(), "the new split is not known, and the page says so");
    let commune = default_share(Level::Commune, month("11/2026")).unwrap().0;
    assert_eq!(passed(1_000_000, commune), 100_000);
}

fn person(number: u8) -> Id<Person> {
    Id::from_bytes([number; 16])
}

fn expected(number: u8, due: Option<i64>) -> Expected {
    let asked = |text: &str| (month(text), 15_930, "FEE-01@2026-02-01".to_owned());
    Expected {
        person: person(number),
        name: format!("Người {number}"),
        due,
        exempt: false,
        before: false,
        back: vec![asked("09/2026")],
        ahead: vec![asked("12/2026"), asked("01/2027")],
    }
}

fn writing(close: bool) -> Writing {
    let (month, version) = (month("11/2026"), "FEE-01@2026-02-01".to_owned());
    Writing { month, today: month, close, confirmed: false, unusual: 10, version }
}

fn write(all: &[Expected], typed: &[(u8, Typed)], how: &Writing) -> Result<Vec<Line>, Vec<Issue>> {
    let typed: BTreeMap<_, _> = typed.iter().map(|(number, typed)| (person(*number), typed.clone())).collect();
    lines_of(all, &typed, how)
}

fn keys(result: Result<Vec<Line>, Vec<Issue>>) -> Vec<&'static str> {
    result.unwrap_err().iter().map(|issue| issue.said.key).collect()
}

#[test]
fn fee_07_everybody_has_paid_unless_something_is_said() {
    let all = [expected(1, Some(15_930)), expected(2, Some(5_000)), Expected { exempt: true, ..expected(3, Some(0)) }];
    let unpaid = Typed { unpaid: true, reason: Some(Reason::Ill), ..Typed::default() };
    let lines = write(&all, &[(2, unpaid)], &writing(true)).unwrap();
    let totals = Totals::of(month("11/2026"), &lines);
    assert_eq!((totals.members, totals.liable, totals.payers, totals.excused, totals.exempt), (3, 2, 1, 1, 1));
    assert_eq!((totals.due, totals.collected, totals.silent()), (20_930, 15_930, 0));
}

#[test]
fn fee_07_more_is_recorded_and_months_back_and_ahead_are_paid_at_once() {
    let more = Typed {
        amount: Some(20_000),
        way: Some(Way::Portal),
        receipt: "12".to_owned(),
        back: vec![month("09/2026")],
        ahead: 2,
        ..Typed::default()
    };
    let lines = write(&[expected(1, Some(15_930))], &[(1, more)], &writing(true)).unwrap();
    let totals = Totals::of(month("11/2026"), &lines);
    assert_eq!((totals.collected, totals.back, totals.ahead), (20_000 + 3 * 15_930, 15_930, 31_860));
    assert_eq!(totals.extra, 20_000 - 15_930);
    assert!(lines.iter().all(|line| line.way == Some(Way::Portal) && line.receipt == "12"));
}

#[test]
fn fee_07_amounts_that_cannot_be_are_refused() {
    let amount = |amount| Typed { amount: Some(amount), ..Typed::default() };
    let one = || [expected(1, Some(15_930))];
    assert_eq!(keys(write(&one(), &[(1, amount(-5))], &writing(false))), ["fees-negative"]);
    assert_eq!(keys(write(&one(), &[(1, amount(15_000))], &writing(false))), ["fees-too-little"]);
    assert_eq!(keys(write(&one(), &[(1, amount(159_301))], &writing(false))), ["fees-unusual"]);
    let sure = Writing { confirmed: true, ..writing(false) };
    assert!(write(&one(), &[(1, amount(159_301))], &sure).is_ok());
    assert!(write(&one(), &[(1, amount(159_300))], &writing(false)).is_ok(), "ten times is not more than ten times");
    let both = Typed { unpaid: true, amount: Some(20_000), ..Typed::default() };
    assert_eq!(keys(write(&one(), &[(1, both)], &writing(false))), ["fees-both"]);
}

#[test]
fn fee_11_strangers_future_months_and_unknown_categories_are_refused() {
    let one = [expected(1, Some(15_930))];
    assert_eq!(keys(write(&one, &[(9, Typed::default())], &writing(false))), ["fees-not-member"]);
    let future = Writing { month: month("12/2026"), ..writing(false) };
    assert_eq!(keys(write(&one, &[], &future)), ["fees-book-ahead"]);
    let far = Typed { ahead: 3, ..Typed::default() };
    assert_eq!(keys(write(&one, &[(1, far)], &writing(false))), ["fees-too-far"]);
    let back = Typed { back: vec![month("08/2026")], ..Typed::default() };
    assert_eq!(keys(write(&one, &[(1, back)], &writing(false))), ["fees-back-odd"]);
    let unknown = [expected(1, None)];
    assert_eq!(keys(write(&unknown, &[], &writing(true))), ["fees-unknown-member"]);
    let kept = write(&unknown, &[], &writing(false)).unwrap();
    assert_eq!(kept[0].state, State::Unknown);
}

#[test]
fn fee_10_periods_do_not_overlap_and_a_difference_is_told() {
    let sending = Sending {
        from: month("10/2026"),
        to: month("10/2026"),
        amount: 70_000,
        number: "12-PC".to_owned(),
        on: day("2026-11-05"),
        note: String::new(),
    };
    let today = day("2026-11-22");
    assert!(sending.check(&[], 70_000, today).is_empty());
    let keys = |issues: Vec<Issue>| issues.iter().map(|issue| issue.said.key).collect::<Vec<_>>();
    assert_eq!(keys(sending.check(&[], 70_001, today)), ["fees-difference-told"]);
    let quarter = [(month("08/2026"), month("10/2026"))];
    assert_eq!(keys(sending.check(&quarter, 70_000, today)), ["fees-period-taken"]);
    let ahead = Sending { to: month("12/2026"), ..sending };
    assert_eq!(keys(ahead.check(&[], 70_000, today)), ["fees-period-ahead"]);
}

#[test]
fn months_are_written_as_they_are_read() {
    let one = month("2026-11");
    assert_eq!((one.code().as_str(), one.text().as_str()), ("2026-11", "11/2026"));
    assert_eq!((one.first(), one.last()), (day("2026-11-01"), day("2026-11-30")));
    for odd in ["", "13/2026", "2026", "11/26", "00/2026", "a/b"] {
        assert_eq!(Month::parse(odd), None, "{odd}");
    }
}

proptest! {
    #[test]
    fn fee_10_kept_and_passed_are_the_whole(amount in 0i64..1_000_000_000_000, part in 0u32..=10_000) {
        let gone = passed(amount, Share { part, whole: 10_000 });
        prop_assert!((0..=amount).contains(&gone));
        let exact = i128::from(amount) * i128::from(10_000 - part);
        prop_assert!(i128::from(gone) * 10_000 >= exact && (i128::from(gone) - 1) * 10_000 < exact.max(1));
    }

    #[test]
    fn fee_11_totals_of_a_unit_are_the_sum_of_its_branches(paid in proptest::collection::vec((0i64..500_000, any::<bool>()), 1..40), cut in 0usize..40) {
        let at = month("11/2026");
        let line = |(number, (due, unpaid)): (usize, &(i64, bool))| {
            let said = Typed { unpaid: *unpaid, ..Typed::default() };
            let number = u8::try_from(number).unwrap();
            write(&[expected(number, Some(*due))], &[(number, said)], &writing(true)).unwrap().remove(0)
        };
        let lines: Vec<Line> = paid.iter().enumerate().map(line).collect();
        let (one, other) = lines.split_at(cut.min(lines.len()));
        let mut sum = Totals::of(at, one);
        sum += Totals::of(at, other);
        prop_assert_eq!(sum, Totals::of(at, &lines));
        prop_assert_eq!(sum.collected, lines.iter().map(|line| line.amount).sum::<i64>());
    }
}
