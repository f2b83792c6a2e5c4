//! The rulebook the program is built with: it parses, is honest about what it knows, and holds the numbers
//! of the domain digest.

use super::*;
use crate::votes::{Matter, Stage, Threshold};

fn book() -> Rulebook {
    Rulebook::parse(embedded())
        .unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| e.to_string()).collect::<Vec<_>>().join("\n")))
}

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

const ERAS: [&str; 4] = ["2024-01-01", "2025-08-01", "2026-05-01", "2026-11-22"];

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    assert_eq!(names, embedded().iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn every_rule_has_a_mark_and_the_uncertain_ones_a_note_in_both_languages() {
    let book = book();
    assert!(book.rules().count() > 150);
    for rule in book.rules() {
        assert!([Mark::V, Mark::V2, Mark::M, Mark::C].contains(&rule.mark));
        assert!(rule.title.is_complete() && !rule.params.is_empty(), "{}", rule.version());
        assert!(!note_missing(rule.mark, rule.note.as_ref()), "{}", rule.version());
        assert!(book.instrument(&rule.instrument).is_some(), "{}", rule.version());
        assert_eq!(book.version(&rule.version()), Some(rule));
    }
    for instrument in book.instruments() {
        assert!(!note_missing(instrument.mark, instrument.note.as_ref()), "{}", instrument.id);
    }
}

#[test]
fn every_text_is_composed_vietnamese() {
    use unicode_normalization::is_nfc;
    for (name, text) in embedded() {
        assert!(is_nfc(text), "{name}");
    }
}

#[test]
fn reg_90_the_register_holds_every_instrument_of_the_digest() {
    let book = book();
    let ids = (1..=22).chain(30..=37).chain(40..=44).chain(50..=58).chain(60..=63);
    for id in ids.map(|number| format!("REG-{number:02}")).chain(["REG-55a".into(), "REG-55b".into()]) {
        assert!(book.instrument(&id).is_some(), "{id}");
    }
    assert_eq!(book.instruments().count(), 50);
    let statute = book.instrument("REG-06").unwrap();
    assert_eq!(statute.texts[0].effective_from, Some(day("2025-07-01")));
    assert_eq!(statute.texts[0].dated, Some(day("2025-05-26")));
    assert_eq!(statute.replaced_by, ["REG-10"]);
}

#[test]
fn the_statute_changes_three_times_in_fourteen_months_without_a_gap() {
    let book = book();
    let eras: Vec<_> = book.eras().iter().map(|era| (era.id.as_str(), era.valid.from().iso())).collect();
    let expected = [("24", "2021-07-30"), ("294", "2025-07-01"), ("20", "2026-04-08"), ("208", "2026-07-26")];
    assert_eq!(eras, expected.map(|(id, from)| (id, from.to_owned())));
    assert!(book.eras().windows(2).all(|pair| pair[0].valid.to() == pair[1].valid.from()));
    assert_eq!(book.on(day("2026-07-25")).era().map(|era| era.id.as_str()), Some("20"));
    assert!(book.on(day("2021-07-29")).era().is_none());
}

#[test]
fn org_03_and_org_14_follow_the_model_of_the_day() {
    let book = book();
    for date in ERAS {
        let rules = book.on(day(date));
        assert_eq!(rules.rule("ORG-01").unwrap().int("min_official_members"), Ok(3));
        assert_eq!(rules.rule("ORG-03").unwrap().int("base_committee_min_members"), Ok(30));
    }
    let wards = ERAS.map(|date| book.on(day(date)).rule("ORG-14").unwrap().text("ward_type").unwrap());
    assert_eq!(wards, ["DBCS", "DB_TT", "DB_TT", "DBCS"]);
    let base_branch = |date| book.on(day(date)).rule("ORG-03").unwrap().flag("has_base_branch");
    assert_eq!((base_branch("2026-07-25"), base_branch("2026-07-26")), (Ok(true), Ok(false)));
}

#[test]
fn org_23_the_branch_term_is_five_years_on_trial_since_july_2025() {
    let book = book();
    let term = |date| book.on(day(date)).rule("ORG-23").unwrap().term("branch_term").unwrap();
    assert_eq!(term("2025-06-30"), Term::Months(30));
    assert_eq!(term("2025-07-01"), Term::Months(60));
}

#[test]
fn mem_24_the_ceremony_clock_starts_at_the_issue_since_208() {
    let book = book();
    let clock = |date| book.on(day(date)).rule("MEM-24").unwrap().text("clock_starts").unwrap();
    assert_eq!((clock("2026-07-25"), clock("2026-07-26")), ("receipt", "issue"));
    let rule = book.on(day("2025-08-01")).rule("MEM-24").unwrap();
    let due = rule.term("within").unwrap().after(day("2025-08-01"), book.calendar());
    assert_eq!(due.value, day("2025-09-16"));
}

#[test]
fn bdg_01_thirty_five_and_ninety_five_years_are_new_in_208() {
    let book = book();
    let years = |date| book.on(day(date)).rule("BDG-01").unwrap().ints("years").unwrap();
    assert!(!years("2026-07-25").contains(&35) && !years("2026-07-25").contains(&95));
    assert!(years("2026-07-26").contains(&35) && years("2026-07-26").contains(&95));
    let days = book.on(day("2026-11-22")).rule("BDG-02").unwrap().days_of_year("award_days").unwrap();
    let days: Vec<_> = days.iter().map(|d| d.of(2026).unwrap().iso()).collect();
    assert_eq!(days, ["2026-02-03", "2026-05-19", "2026-09-02", "2026-11-07"]);
}

#[test]
fn fee_03_the_rate_rises_in_2028() {
    let book = book();
    let rate = |date| book.on(day(date)).rule("FEE-03").unwrap().ratio("of_regional_minimum_wage").unwrap();
    assert_eq!(rate("2027-12-31").floor_of(1_000_000), 3_000);
    assert_eq!(rate("2028-01-01").floor_of(1_000_000), 5_000);
    assert!(book.on(day("2026-01-31")).rule("FEE-03").is_none());
    assert!(book.on(day("2026-01-31")).rule("FEE-09").is_some() && book.on(day("2026-02-01")).rule("FEE-09").is_none());
}

#[test]
fn x_06_x_07_x_08_the_data_says_what_the_code_enforces() {
    let book = book();
    let agree = |threshold: Threshold, ratio: Ratio| {
        (0..=60u32).flat_map(|whole| (0..=whole).map(move |yes| (yes, whole))).filter(|(_, whole)| *whole > 0).all(
            |(yes, whole)| {
                let (y, w) = (u64::from(yes), u64::from(whole));
                let by_data =
                    if threshold == Threshold::TwoThirds { ratio.reached_by(y, w) } else { ratio.exceeded_by(y, w) };
                threshold.met(yes, whole) == by_data
            },
        )
    };
    for date in ERAS {
        let rule = |id| book.on(day(date)).rule(id).unwrap();
        assert!(agree(Matter::Ordinary.threshold(Stage::Deciding), rule("X-06").ratio("more_than").unwrap()));
        for (id, matter) in [("X-07", Matter::Admission), ("X-08", Matter::Dissolution)] {
            assert!(agree(matter.threshold(Stage::Proposing), rule(id).ratio("proposing_at_least").unwrap()));
            assert!(agree(matter.threshold(Stage::Deciding), rule(id).ratio("deciding_more_than").unwrap()));
        }
        assert_eq!(rule("X-11").int("failed_votes"), Ok(3));
        assert_eq!(rule("X-10").texts("forms"), Ok(vec!["secret-ballot", "raised-card"]));
    }
}

#[test]
fn exi_16_and_dos_03_name_days() {
    let book = book();
    let rules = book.on(day("2026-11-22"));
    assert_eq!(rules.rule("EXI-16").unwrap().day("never_since"), Ok(day("2016-08-18")));
    assert_eq!(rules.rule("DOS-03").unwrap().day("missing_tolerated_before"), Ok(day("1997-06-02")));
}
