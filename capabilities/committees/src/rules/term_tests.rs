use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn new(kind: Kind) -> NewTerm {
    let on = day("2026-09-01");
    let fixed = match kind {
        Kind::Branch => Fixed { committee: 5, deputies: 1, ..Fixed::default() },
        Kind::Section => Fixed { committee: 5, deputies: 1, ..Fixed::default() },
        _ => Fixed { committee: 15, standing: 5, deputies: 2, inspection: 5 },
    };
    NewTerm {
        unit: Id::from_bytes([1; 16]),
        kind,
        after: 0,
        corrects: 0,
        ordinal: 12,
        origin: Origin::Regular,
        congress_on: on,
        from: on,
        to: None,
        fixed,
        official: Some(20),
        close: true,
        note: String::new(),
    }
}

fn term(ordinal: u32, from: &str) -> Term {
    let from = day(from);
    Term { ordinal, version: 1, congress_on: from, from, to: from.plus_months(60), fixed: Fixed::default() }
}

/// Field, rule and key of everything that is wrong.
fn found(new: &NewTerm, before: &[Term]) -> Vec<(String, &'static str)> {
    let numbers = Numbers::on(new.congress_on).unwrap();
    let issues = check_term(&numbers, new, before, day("2026-11-22"));
    let read = |issue: Issue| (issue.field.unwrap_or_default(), issue.rule.unwrap_or_default());
    issues.into_iter().map(read).collect()
}

#[test]
fn org_23_a_branch_term_lasts_two_and_a_half_years_and_since_july_2025_five() {
    let end = |kind, on: &str| planned_end(&Numbers::on(day(on)).unwrap(), kind, day(on)).iso();
    assert_eq!(end(Kind::Branch, "2025-06-30"), "2027-12-30");
    assert_eq!(end(Kind::Branch, "2025-07-01"), "2030-07-01");
    assert_eq!(end(Kind::BaseBranch, "2025-06-30"), "2030-06-30");
    assert_eq!(end(Kind::Base, "2019-05-05"), "2024-05-05", "before the first rulebook by its first version");
}

#[test]
fn org_17_ordinals_go_on_and_new_organisations_count_from_one() {
    assert!(found(&new(Kind::Base), &[]).is_empty());
    assert!(found(&new(Kind::Base), &[term(11, "2021-09-01")]).is_empty());
    let wrong = |new: NewTerm, before: &[Term], field: &str| {
        assert_eq!(found(&new, before), [(field.to_owned(), "ORG-17")]);
    };
    wrong(new(Kind::Base), &[term(9, "2021-09-01")], "ordinal");
    wrong(NewTerm { origin: Origin::New, ..new(Kind::Base) }, &[], "ordinal");
    wrong(NewTerm { ordinal: 1, origin: Origin::Reformed, ..new(Kind::Base) }, &[], "ordinal");
    wrong(NewTerm { origin: Origin::New, ..new(Kind::Base) }, &[term(11, "2021-09-01")], "origin");
    assert!(found(&NewTerm { ordinal: 1, origin: Origin::New, ..new(Kind::Base) }, &[]).is_empty());
}

#[test]
fn org_17_only_a_first_term_may_be_shorter_and_none_longer() {
    let until = |to: &str, origin| NewTerm { to: Some(day(to)), origin, ..new(Kind::Base) };
    assert!(found(&until("2031-09-01", Origin::Regular), &[]).is_empty());
    assert_eq!(found(&until("2030-09-01", Origin::Regular), &[]), [("to".to_owned(), "ORG-17")]);
    assert!(found(&until("2030-09-01", Origin::Reformed), &[]).is_empty());
    assert_eq!(found(&until("2031-09-02", Origin::Reformed), &[]), [("to".to_owned(), "ORG-23")]);
    assert_eq!(found(&until("2026-09-01", Origin::Reformed), &[]), [("to".to_owned(), "")]);
}

#[test]
fn org_20_nine_official_members_decide_whether_a_branch_has_a_committee() {
    let branch = |official, committee, deputies| {
        let fixed = Fixed { committee, deputies, ..Fixed::default() };
        found(&NewTerm { official: Some(official), fixed, ..new(Kind::Branch) }, &[])
    };
    assert!(branch(9, 3, 1).is_empty() && branch(8, 0, 1).is_empty() && branch(3, 0, 0).is_empty());
    assert_eq!(branch(9, 0, 1), [("committee".to_owned(), "ORG-20")]);
    assert_eq!(branch(8, 3, 1), [("committee".to_owned(), "ORG-20")]);
    assert_eq!(branch(20, 5, 2), [("deputies".to_owned(), "ORG-20")]);
    let unknown = NewTerm { official: None, fixed: Fixed::default(), ..new(Kind::Branch) };
    assert!(found(&unknown, &[]).is_empty(), "while members are loading nothing is refused for their number");
}

#[test]
fn org_21_seven_a_third_and_org_06_seven() {
    let sized = |kind, committee, standing| {
        let fixed = Fixed { committee, standing, deputies: 1, inspection: 0 };
        found(&NewTerm { fixed, ..new(kind) }, &[])
    };
    assert!(sized(Kind::Branch, 7, 0).is_empty());
    assert_eq!(sized(Kind::Branch, 8, 0), [("committee".to_owned(), "ORG-21")]);
    assert_eq!(sized(Kind::Section, 8, 0), [("committee".to_owned(), "ORG-06")]);
    assert!(sized(Kind::Upper, 15, 5).is_empty());
    assert_eq!(sized(Kind::Upper, 14, 5), [("standing".to_owned(), "ORG-21")]);
}

#[test]
fn org_22_a_base_committee_of_nine_has_a_standing_committee_and_a_smaller_one_none() {
    let base = |committee, standing| {
        let fixed = Fixed { committee, standing, deputies: 1, inspection: 0 };
        found(&NewTerm { fixed, ..new(Kind::Base) }, &[])
    };
    assert!(base(9, 3).is_empty() && base(8, 0).is_empty());
    assert_eq!(base(9, 0), [("standing".to_owned(), "ORG-22")]);
    assert_eq!(base(8, 2), [("standing".to_owned(), "ORG-22")]);
    let fixed = Fixed { committee: 6, standing: 2, deputies: 1, inspection: 0 };
    assert_eq!(found(&NewTerm { fixed, ..new(Kind::Branch) }, &[]), [("standing".to_owned(), "ORG-22")]);
}

#[test]
fn groups_and_temporary_branches_have_no_terms() {
    assert_eq!(found(&new(Kind::Group), &[]), [(String::new(), "ORG-20")]);
}

proptest! {
    /// Whatever terms are tried one after the other, those that pass follow each other without a gap in the count.
    #[test]
    fn org_17_the_count_never_skips_and_days_go_forward(
        tries in proptest::collection::vec((1..30u32, 0..6_000i32, 0..3usize), 1..30)
    ) {
        let first = day("2008-01-01");
        let mut all: Vec<Term> = Vec::new();
        for (ordinal, after, origin) in tries {
            let from = first.plus_days(after);
            let tried = NewTerm { ordinal, origin: Origin::ALL[origin], congress_on: from, from, ..new(Kind::Upper) };
            if found(&tried, &all).is_empty() {
                let to = planned_end(&Numbers::on(from).unwrap(), Kind::Upper, from);
                all.push(Term { ordinal, version: 1, congress_on: from, from, to, fixed: tried.fixed });
            }
        }
        for pair in all.windows(2) {
            prop_assert_eq!(pair[0].ordinal + 1, pair[1].ordinal);
            prop_assert!(pair[0].from < pair[1].from);
        }
        if let Some(last) = all.last() {
            prop_assert_eq!(current(&all, Day::FOREVER), Some(last));
        }
    }
}
