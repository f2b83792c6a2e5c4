//! Tests of the calendar on the embedded data and on small made-up data.

use super::*;
use crate::rulebook::Rulebook;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn embedded() -> WorkingDays {
    Rulebook::parse(crate::rulebook::embedded()).unwrap().calendar().clone()
}

fn read(toml: &str) -> Result<WorkingDays, Vec<String>> {
    let read = WorkingDays::from_table("calendar.toml", toml::from_str(toml).unwrap());
    read.map_err(|errors| errors.iter().map(|e| e.what.clone()).collect())
}

#[test]
fn x_01_weekends_and_holidays_are_not_worked_and_swapped_saturdays_are() {
    let calendar = embedded();
    for free in [
        "2025-01-01",
        "2025-01-27",
        "2025-01-31",
        "2025-02-01",
        "2025-04-07",
        "2025-04-30",
        "2025-05-01",
        "2025-05-02",
        "2025-09-01",
        "2025-09-02",
        "2025-07-05",
        "2025-07-06",
        "2026-01-02",
        "2026-02-20",
        "2026-04-27",
        "2026-08-31",
    ] {
        assert!(!calendar.is_working(day(free)), "{free}");
    }
    for worked in ["2025-02-03", "2025-04-26", "2025-04-29", "2025-07-01", "2026-01-10", "2026-02-23", "2026-08-22"] {
        assert!(calendar.is_working(day(worked)), "{worked}");
    }
    assert_eq!(calendar.holiday(day("2026-02-17")).map(|w| w.en.as_str()), Some("Lunar New Year"));
}

#[test]
fn x_01_every_year_has_tet_of_five_days_and_eleven_holidays_in_all() {
    let calendar = embedded();
    for year in 2021..=2027 {
        let all =
            (day(&format!("{year}-01-01")).number()..=day(&format!("{year}-12-31")).number()).map(Day::from_number);
        let free: Vec<Day> = all.filter(|d| d.weekday() < 5 && !calendar.is_working(*d)).collect();
        let swapped = calendar.worked.iter().filter(|d| d.year() == year).count();
        // Eleven paid holidays, each on a weekday or made up for on one; swapped days come on top.
        assert_eq!(free.len(), 11 + swapped, "{year}: {free:?}");
        let tet = calendar.off.iter().filter(|(d, w)| d.year() == year && d.weekday() < 5 && w.en == "Lunar New Year");
        assert_eq!(tet.count(), 5, "{year}");
    }
}

#[test]
fn x_01_the_24th_of_november_is_switchable() {
    let (culture, before) = (day("2026-11-24"), day("2025-11-24"));
    let off = embedded();
    let holiday = off.fixed().iter().find(|h| h.id == "culture-day").unwrap();
    assert_eq!((holiday.mark, holiday.on), (Mark::C, false));
    assert!(off.is_working(culture));
    let on = off.clone().with_switch("culture-day", true).unwrap();
    assert!(!on.is_working(culture) && on.is_working(before));
    assert_eq!(on.add_working_days(day("2026-11-23"), 1).value, day("2026-11-25"));
    assert_eq!(off.with_switch("no-such-day", true), None);
}

#[test]
fn x_01_deadlines_are_counted_over_tet() {
    let calendar = embedded();
    let due = calendar.add_working_days(day("2025-01-24"), 1);
    assert_eq!((due.value, due.coverage, due.note()), (day("2025-02-03"), Coverage::Announced, None));
    assert_eq!(calendar.add_working_days(day("2025-02-03"), -1).value, day("2025-01-24"));
    assert_eq!(calendar.add_working_days(day("2025-01-29"), 0).value, day("2025-01-29"));
    assert_eq!(calendar.working_days_between(day("2025-01-24"), day("2025-02-03")).value, 1);
    assert_eq!(calendar.working_days_between(day("2025-02-03"), day("2025-01-24")).value, -1);
}

#[test]
fn x_01_answers_outside_the_announced_years_say_so() {
    let calendar = embedded();
    assert_eq!(calendar.add_working_days(day("2026-12-30"), 5).coverage, Coverage::Projected);
    assert_eq!(calendar.add_working_days(day("2027-12-30"), 5).coverage, Coverage::Missing);
    assert_eq!(calendar.working_days_between(day("2020-12-30"), day("2021-01-05")).coverage, Coverage::Missing);
    assert_eq!(calendar.working_days_between(day("2021-01-05"), day("2026-12-30")).coverage, Coverage::Announced);
    assert_eq!(calendar.add_working_days(day("2027-12-30"), 5).note().map(|s| s.key), Some("calendar-missing"));
    assert_eq!(calendar.add_working_days(Day::FOREVER, 5).value, Day::FOREVER);
    assert!(calendar.add_working_days(OLDEST, -500).value >= OLDEST.plus_days(-1));
}

#[test]
fn x_01_mistakes_in_the_data_are_named() {
    let rest = r#"weekly_rest = ["saturday", "sunday"]"#;
    assert!(read(rest).is_ok());
    for (toml, said) in [
        (r#"weekly_rest = ["caturday"]"#.to_owned(), "unknown weekday `caturday`"),
        (format!("{rest}\nsurprise = 1"), "unknown field `surprise`"),
        (
            format!("{rest}\nyear = [{{ year = 2025, status = \"announced\", mark = \"V\", worked = [2025-04-25] }}]"),
            "worked day 2025-04-25 is not a weekly rest day",
        ),
        (format!("{rest}\nyear = [{{ year = 2025, status = \"announced\", mark = \"M\" }}]"), "need a note"),
        (
            format!(
                "{rest}\nyear = [{{ year = 2025, status = \"announced\", mark = \"V\", \
                 off = [{{ from = 2025-02-02, to = 2025-01-25, vi = \"Tết\", en = \"Tet\" }}] }}]"
            ),
            "runs backward",
        ),
        (
            format!("{rest}\nfixed = [{{ id = \"x\", month = 2, day = 30, mark = \"V\", vi = \"x\", en = \"x\" }}]"),
            "no such date",
        ),
    ] {
        let errors = read(&toml).unwrap_err();
        assert!(errors.iter().any(|e| e.contains(said)), "{toml}: {errors:?}");
    }
    assert!(read(r#"weekly_rest = ["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]"#).is_err());
}

proptest! {
    #[test]
    fn x_01_adding_and_counting_agree(start in 18_700..20_900i32, n in -400..400i32) {
        let calendar = embedded_once();
        let from = Day::from_number(start);
        let to = calendar.add_working_days(from, n).value;
        prop_assert!(n == 0 || calendar.is_working(to));
        prop_assert_eq!(calendar.working_days_between(from, to).value, n);
    }
}

fn embedded_once() -> &'static WorkingDays {
    static CALENDAR: std::sync::OnceLock<WorkingDays> = std::sync::OnceLock::new();
    CALENDAR.get_or_init(embedded)
}
