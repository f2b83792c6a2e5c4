use chibo_members::PartyAge;

use super::*;

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn terms(on: Day) -> Terms<'static> {
    Terms::on(Rulebook::built_in().unwrap(), on).unwrap().unwrap()
}

#[test]
fn bdg_01_and_bdg_01b_the_years_change_on_26_july_2026() {
    let before = terms(day(2026, 7, 25)).years;
    let after = terms(day(2026, 7, 26)).years;
    assert!(!before.contains(&35) && !before.contains(&95) && before.len() == 12);
    assert_eq!(after, [30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95]);
}

#[test]
fn bdg_02_each_award_day_has_its_window_and_the_windows_meet() {
    let terms = terms(day(2026, 11, 26));
    let awards = terms.awards_of(2027);
    let seen: Vec<_> = awards.iter().map(|award| (award.on, award.from, award.to)).collect();
    assert_eq!(
        seen,
        [
            (day(2027, 2, 3), day(2026, 12, 1), day(2027, 3, 1)),
            (day(2027, 5, 19), day(2027, 3, 1), day(2027, 6, 1)),
            (day(2027, 9, 2), day(2027, 6, 1), day(2027, 10, 1)),
            (day(2027, 11, 7), day(2027, 10, 1), day(2027, 12, 1)),
        ]
    );
    assert_eq!(terms.next(day(2026, 11, 26)).unwrap().on, day(2027, 2, 3));
    assert_eq!(terms.next(day(2027, 2, 3)).unwrap().on, day(2027, 2, 3));
}

#[test]
fn bdg_02_files_are_due_thirty_working_days_ahead() {
    let award = terms(day(2026, 11, 26)).award(day(2027, 5, 19)).unwrap();
    let calendar = Rulebook::built_in().unwrap().calendar();
    assert_eq!(calendar.working_days_between(award.files_by, award.on).value, 30);
}

#[test]
fn bdg_05_everybody_who_reaches_the_years_is_due_once() {
    let terms = terms(day(2026, 11, 26));
    let awards: Vec<_> = [2026, 2027].into_iter().flat_map(|year| terms.awards_of(year)).collect();
    // Thirty years are reached on the same day of the month.
    for month in 1..=12 {
        let age = PartyAge::new(day(1997, month, 15), []);
        let due: Vec<_> = awards.iter().filter(|award| terms.due(&age, award) == Some(30)).collect();
        let expected = if month == 12 { 0 } else { 1 };
        assert_eq!(due.len(), expected, "month {month}");
    }
    assert_eq!(terms.due(&PartyAge::new(day(1992, 2, 10), []), &terms.award(day(2027, 2, 3)).unwrap()), Some(35));
}

#[test]
fn bdg_03_early_by_twelve_and_from_seventy_years_by_twenty_four_months() {
    let terms = terms(day(2026, 11, 26));
    let award = terms.award(day(2027, 2, 3)).unwrap();
    assert_eq!(terms.latest(&award, 65, Ground::Illness), day(2028, 2, 3));
    assert_eq!(terms.latest(&award, 70, Ground::Illness), day(2029, 2, 3));
    assert_eq!(terms.latest(&award, 70, Ground::Posthumous), day(2028, 2, 3));
    assert_eq!(terms.latest(&award, 70, Ground::Reached), day(2027, 2, 28));
}

#[test]
fn bdg_04_waiting_goes_by_the_measure() {
    let terms = terms(day(2026, 11, 26));
    let from = day(2026, 8, 31);
    let until = Discipline::ALL.map(|measure| terms.waits_until(measure, from));
    assert_eq!(until, [day(2027, 2, 28), day(2027, 5, 31), day(2027, 8, 31)]);
}

#[test]
fn bdg_06_numbers_have_the_letter_and_digits_of_their_series() {
    let terms = terms(day(2026, 11, 26));
    let series = terms.series(45).unwrap();
    assert_eq!(series.serial(12).unwrap(), "E0000012");
    assert_eq!(series.running("E0000012"), Some(12));
    assert_eq!((series.running("0000012"), series.running("E12"), series.running("E00000x2")), (None, None, None));
    assert_eq!(terms.series(90).unwrap().serial(100), None);
}

#[test]
fn bdg_06_badges_of_an_unknown_series_have_no_number() {
    let terms = terms(day(2026, 11, 26));
    for years in [35, 95] {
        let series = terms.series(years).unwrap();
        assert!(!series.known());
        assert_eq!((series.serial(7), series.running("7"), series.running("")), (None, None, None), "{years}");
    }
    assert!(terms.notes.iter().any(|rule| rule.id == "BDG-06"), "the page says so");
    let known = terms.years.iter().filter(|years| terms.series(**years).is_some_and(Series::known)).count();
    assert_eq!(known, 12);
}
