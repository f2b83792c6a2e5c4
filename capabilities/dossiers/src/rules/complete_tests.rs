use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn today() -> Day {
    day("2026-11-22")
}

fn about(admitted: &str, confirmed: bool) -> About {
    About { admitted: Some(day(admitted)), official: true, confirmed }
}

#[test]
fn dos_03_missing_documents_are_tolerated_only_before_2_june_1997_with_a_confirmed_index() {
    let terms = Terms::on(today()).unwrap();
    let judged = |admitted: &str, confirmed: bool| {
        let about = about(admitted, confirmed);
        judge(&terms, &about, &lines(&terms, &about, &[], today()))
    };
    let old = judged("1997-06-01", true);
    assert!(old.tolerated > 10);
    // Only the self-reviews of the last years are still asked for.
    assert_eq!((old.all, old.lacking.len()), (Tally { needed: 3, there: 0 }, 3));
    for (admitted, confirmed) in [("1997-06-01", false), ("1997-06-02", true), ("2010-01-01", true)] {
        let found = judged(admitted, confirmed);
        assert_eq!(found.tolerated, 0, "{admitted} {confirmed}");
        assert_eq!(found.lacking.len() as u32, found.all.needed, "{admitted} {confirmed}");
    }
}

#[test]
fn dos_10_the_self_reviews_of_the_last_three_years_are_wanted_but_none_from_before_the_admission() {
    let terms = Terms::on(today()).unwrap();
    let years = |admitted: &str| {
        let about = about(admitted, false);
        let found = lines(&terms, &about, &[], today());
        let review = terms.kinds.iter().position(|kind| kind.need == Need::Yearly).unwrap();
        found.iter().filter(|line| line.kind == review).map(|line| line.slot).collect::<Vec<_>>()
    };
    assert_eq!(years("2000-01-01"), [2025, 2024, 2023]);
    assert_eq!(years("2025-06-01"), [2025]);
    assert!(years("2026-02-03").is_empty());
}

#[test]
fn dos_03_recognition_papers_are_wanted_of_official_members_only() {
    let terms = Terms::on(today()).unwrap();
    let stage_c = |official| {
        let about = About { admitted: Some(day("2026-02-03")), official, confirmed: false };
        judge(&terms, &about, &lines(&terms, &about, &[], today())).stages[2].needed
    };
    assert_eq!(stage_c(false), 0);
    assert!(stage_c(true) >= 6);
}

#[test]
fn what_does_not_apply_is_not_counted_and_what_is_said_to_be_missing_is() {
    let terms = Terms::on(today()).unwrap();
    let about = about("2010-01-01", false);
    let all = |known: &[(&str, i32, State)]| judge(&terms, &about, &lines(&terms, &about, known, today())).all.needed;
    let before = all(&[]);
    assert_eq!(all(&[("don", 0, State::NotNeeded)]), before - 1);
    assert_eq!(all(&[("qd-ky-luat", 1, State::Missing)]), before + 1);
}

proptest! {
    #[test]
    fn dos_03_tallies_by_stage_and_by_priority_add_up(
        said in proptest::collection::vec((0..39usize, 0..3usize), 0..30), admitted in 9_000..20_000i32, confirmed: bool
    ) {
        let terms = Terms::on(today()).unwrap();
        let about = About { admitted: Some(Day::from_number(admitted)), official: true, confirmed };
        let mut known: Vec<(&str, i32, State)> = Vec::new();
        for (kind, state) in said {
            let kind = &terms.kinds[kind % terms.kinds.len()];
            let slot = if kind.need == Need::Yearly { 2025 } else { 0 };
            if !known.iter().any(|(code, other, _)| *code == kind.code && *other == slot) {
                known.push((&kind.code, slot, State::ALL[state]));
            }
        }
        let verdict = judge(&terms, &about, &lines(&terms, &about, &known, today()));
        let sum = |tallies: &[Tally]| tallies.iter().fold((0, 0), |(n, t), one| (n + one.needed, t + one.there));
        prop_assert_eq!(sum(&verdict.stages), (verdict.all.needed, verdict.all.there));
        prop_assert_eq!(sum(&verdict.priorities), (verdict.all.needed, verdict.all.there));
        prop_assert_eq!(verdict.lacking.len() as u32, verdict.all.needed - verdict.all.there);
    }
}
