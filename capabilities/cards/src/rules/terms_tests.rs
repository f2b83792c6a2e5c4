//! What the rulebook says.

use super::*;
use chibo_kernel::Day;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

#[test]
fn crd_02_the_identification_number_is_the_number_from_2_september_2025() {
    assert!(!Terms::on(day("2025-09-01")).unwrap().by_identity);
    let terms = Terms::on(day("2025-09-02")).unwrap();
    assert_eq!((terms.by_identity, terms.new_from), (true, day("2025-09-02")));
}

#[test]
fn crd_01_and_crd_04_the_clocks_of_cards() {
    let terms = Terms::on(day("2026-11-22")).unwrap();
    assert_eq!(terms.handed_by(day("2026-11-10")), day("2026-12-10"));
    assert_eq!(terms.check_in(2026), (day("2026-10-01"), day("2026-12-31")));
}

#[test]
fn dos_05_06_and_08_the_clocks_of_dossiers() {
    let terms = Terms::on(day("2026-11-22")).unwrap();
    assert_eq!(terms.next_files(day("2026-01-15")), day("2026-07-15"));
    assert_eq!(terms.loan_until(day("2026-11-16")), day("2026-11-23"));
    assert_eq!(terms.report_in(2026), (day("2026-11-01"), day("2026-11-30")));
    assert!(terms.doubtful.iter().any(|rule| rule.id == "DOS-08"));
    assert!(Terms::on(Day::PARTY_FOUNDED).is_ok());
}
