use chibo_kernel::Day;
use chibo_kernel::rulebook::{Rulebook, embedded};

use super::*;
use crate::kinds::{PILOT_BEGINS, Role, THREE_LEVELS_BEGIN};

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn book() -> Rulebook {
    Rulebook::parse(embedded()).unwrap()
}

/// Before the pilot, in it, and today.
const OLD: &str = "2024-01-01";
const PILOT: &str = "2025-08-01";
const NOW: &str = "2026-11-22";

const NONE: [(&str, &str); 0] = [];

fn seats(secretaries: u32, deputies: u32, standing: u32, members: u32) -> Seats {
    Seats { secretaries, deputies, standing, members }
}

/// A unit with nothing wrong about it but its size.
fn case(kind: Kind, setting: Setting, parent: Kind, members: u32) -> Case {
    let strength = Strength { official: members, all: members };
    let seats = seats(1, 1, 0, 3);
    let (setting, parent, parent_setting) = (Some(setting), Some(parent), None);
    Case { kind, setting, parent, parent_setting, strength, groups: false, seats, consent: false }
}

fn branch(members: u32) -> Case {
    case(Kind::Branch, Setting::School, Kind::Base, members)
}

/// What is not kept on a day: rule and reason.
fn found(on: &str, case: Case) -> Vec<(&'static str, &'static str)> {
    let book = book();
    let limits = Limits::on(&book, day(on)).unwrap();
    breaches(&limits, &case).iter().map(|breach| (breach.rule, breach.reason.key)).collect()
}

/// Whether a rule is broken.
fn broken(rule: &str, on: &str, case: Case) -> bool {
    found(on, case).iter().any(|(other, _)| *other == rule)
}

#[test]
fn org_01_three_official_members_abroad_with_those_on_probation() {
    for on in [OLD, PILOT, NOW] {
        assert_eq!(found(on, branch(2)), [("ORG-01", "units-breach-few-official")], "{on}");
        assert_eq!(found(on, branch(3)), NONE, "{on}");
    }
    let few = Strength { official: 2, all: 3 };
    assert!(broken("ORG-01", NOW, Case { strength: few, ..branch(3) }));
    let abroad = case(Kind::Overseas, Setting::Abroad, Kind::City, 3);
    assert!(!broken("ORG-01", NOW, Case { strength: few, ..abroad }));
    assert!(broken("ORG-01", NOW, Case { strength: Strength { official: 2, all: 2 }, ..abroad }));
    assert!(!broken("ORG-01", NOW, case(Kind::Group, Setting::School, Kind::Branch, 0)));
    let city = Case { parent: None, ..case(Kind::City, Setting::Province, Kind::Central, 0) };
    assert!(found(NOW, city).is_empty());
}

#[test]
fn org_03_a_base_branch_of_thirty_becomes_a_base_organisation() {
    let base_branch = |members| case(Kind::BaseBranch, Setting::School, Kind::City, members);
    assert_eq!(found(PILOT, base_branch(29)), NONE);
    assert_eq!(found(PILOT, base_branch(30)), [("ORG-03", "units-breach-base-branch")]);
    let probationary = Strength { official: 28, all: 30 };
    assert!(broken("ORG-03", PILOT, Case { strength: probationary, ..base_branch(30) }));
    // Since 208-QĐ/TW there are none: that is what has to be told.
    assert_eq!(found(NOW, base_branch(30)), [("ORG-14", "units-breach-kind-not-then")]);
}

#[test]
fn org_04_a_small_base_organisation_needs_consent() {
    let base = |members| case(Kind::Base, Setting::School, Kind::City, members);
    assert_eq!(found(NOW, base(29)), [("ORG-04", "units-breach-base-consent")]);
    assert_eq!(found(NOW, base(30)), NONE);
    assert_eq!(found(NOW, Case { consent: true, ..base(29) }), NONE);
}

#[test]
fn org_04_a_branch_of_more_than_thirty_needs_consent() {
    let large = |members| Case { groups: true, ..branch(members) };
    assert_eq!(found(NOW, large(30)), NONE);
    assert_eq!(found(NOW, large(31)), [("ORG-04", "units-breach-branch-consent")]);
    assert_eq!(found(NOW, Case { consent: true, ..large(31) }), NONE);
}

#[test]
fn org_04_a_section_always_needs_consent() {
    let section = case(Kind::Section, Setting::School, Kind::Base, 100);
    assert_eq!(found(NOW, section), [("ORG-04", "units-breach-section-consent")]);
    assert_eq!(found(NOW, Case { consent: true, ..section }), NONE);
}

#[test]
fn org_05_a_branch_of_thirty_is_divided_into_groups() {
    assert_eq!(found(NOW, branch(29)), NONE);
    assert_eq!(found(NOW, branch(30)), [("ORG-05", "units-breach-groups")]);
    assert_eq!(found(NOW, Case { groups: true, ..branch(30) }), NONE);
}

#[test]
fn org_06_a_section_has_a_committee_of_seven_at_most() {
    let section = Case { consent: true, ..case(Kind::Section, Setting::School, Kind::Base, 100) };
    assert_eq!(found(NOW, Case { seats: seats(1, 1, 0, 5), ..section }), NONE);
    let found = found(NOW, Case { seats: seats(1, 1, 0, 6), ..section });
    assert_eq!(found, [("ORG-06", "units-breach-section-committee")]);
}

#[test]
fn org_07_a_quarter_has_only_a_branch_directly_under_the_ward() {
    let base = case(Kind::Base, Setting::Quarter, Kind::City, 40);
    assert_eq!(found(NOW, base), [("ORG-07", "units-breach-quarter-kind")]);
    assert!(!broken("ORG-07", OLD, base), "the rule came with 294-QĐ/TW");
    let quarter = |parent| case(Kind::Branch, Setting::Quarter, parent, 20);
    assert_eq!(found(NOW, quarter(Kind::Base)), NONE);
    assert_eq!(found(PILOT, quarter(Kind::Upper)), NONE);
    assert_eq!(found(NOW, quarter(Kind::Section)), [("ORG-07", "units-breach-quarter-parent")]);
    assert!(!broken("ORG-07", OLD, quarter(Kind::Section)));
    let under = |setting| Case { parent_setting: Some(setting), ..quarter(Kind::Base) };
    assert_eq!(found(NOW, under(Setting::Ward)), NONE);
    assert_eq!(found(NOW, under(Setting::School)), [("ORG-07", "units-breach-quarter-parent")]);
    assert_eq!(found(NOW, case(Kind::Branch, Setting::School, Kind::Section, 20)), NONE);
}

#[test]
fn org_14_kind_parent_and_setting_are_those_of_the_day() {
    let base_branch = case(Kind::BaseBranch, Setting::Office, Kind::City, 20);
    let before = THREE_LEVELS_BEGIN.plus_days(-1).iso();
    assert_eq!(found(&before, base_branch), NONE);
    assert!(broken("ORG-14", &THREE_LEVELS_BEGIN.iso(), base_branch));
    let group = case(Kind::Group, Setting::Office, Kind::BaseBranch, 0);
    assert_eq!(found(NOW, group), NONE, "what is wrong is the branch, not its groups");
    let ward = |kind| case(kind, Setting::Ward, Kind::City, 400);
    assert_eq!(found(&before, ward(Kind::Upper)), NONE);
    assert_eq!(found(&THREE_LEVELS_BEGIN.iso(), ward(Kind::Upper)), [("ORG-14", "units-breach-setting")]);
    assert_eq!(found(NOW, ward(Kind::Base)), NONE);
    let quarter = case(Kind::Branch, Setting::Quarter, Kind::Upper, 20);
    let last = PILOT_BEGINS.plus_days(-1).iso();
    assert_eq!(found(&last, quarter), [("ORG-14", "units-breach-parent")]);
    assert_eq!(found(&PILOT_BEGINS.iso(), quarter), NONE);
}

#[test]
fn org_20_nine_official_members_elect_a_committee() {
    let alone = seats(1, 1, 0, 0);
    assert_eq!(found(NOW, Case { seats: alone, ..branch(8) }), NONE);
    assert_eq!(found(NOW, Case { seats: alone, ..branch(9) }), [("ORG-20", "units-breach-no-committee")]);
    assert_eq!(found(NOW, branch(9)), NONE);
    let probationary = Strength { official: 8, all: 20 };
    assert_eq!(found(NOW, Case { seats: alone, strength: probationary, ..branch(20) }), NONE);
}

#[test]
fn org_20_a_branch_has_a_secretary_and_one_deputy_at_most() {
    assert_eq!(found(NOW, Case { seats: seats(0, 1, 0, 0), ..branch(8) }), [("ORG-20", "units-breach-no-secretary")]);
    assert_eq!(found(NOW, Case { seats: seats(1, 0, 0, 0), ..branch(8) }), NONE);
    assert_eq!(found(NOW, Case { seats: seats(1, 2, 0, 0), ..branch(8) }), [("ORG-20", "units-breach-deputies")]);
    assert_eq!(found(NOW, Case { seats: seats(1, 0, 0, 3), ..branch(8) }), NONE);
    assert_eq!(found(NOW, Case { seats: seats(1, 0, 0, 3), ..branch(9) }), [("ORG-20", "units-breach-no-deputy")]);
}

#[test]
fn org_21_a_branch_committee_has_seven_at_most() {
    assert_eq!(found(NOW, Case { seats: seats(1, 1, 0, 5), ..branch(20) }), NONE);
    let found = found(NOW, Case { seats: seats(1, 1, 0, 6), ..branch(20) });
    assert_eq!(found, [("ORG-21", "units-breach-branch-committee")]);
}

#[test]
fn org_21_the_standing_committee_is_at_most_a_third_exactly() {
    let upper = case(Kind::Upper, Setting::Office, Kind::City, 400);
    for standing in 2..=9u32 {
        let with = |committee: u32| Case { seats: seats(1, 0, standing - 1, committee - standing), ..upper };
        assert_eq!(found(NOW, with(3 * standing)), NONE, "{standing}");
        assert_eq!(found(NOW, with(3 * standing - 1)), [("ORG-21", "units-breach-standing")], "{standing}");
    }
    // Without standing members the secretary and the deputies are no standing committee.
    assert_eq!(found(NOW, Case { seats: seats(1, 2, 0, 2), ..upper }), NONE);
}

#[test]
fn org_22_a_base_committee_of_nine_elects_a_standing_committee() {
    let base = |seats| Case { seats, ..case(Kind::Base, Setting::School, Kind::City, 100) };
    assert_eq!(found(NOW, base(seats(1, 1, 0, 6))), NONE);
    assert_eq!(found(NOW, base(seats(1, 1, 0, 7))), [("ORG-22", "units-breach-no-standing")]);
    assert_eq!(found(NOW, base(seats(1, 1, 1, 6))), NONE);
}

#[test]
fn every_breach_names_its_paragraph_and_how_surely_it_is_known() {
    let book = book();
    for on in [OLD, PILOT, NOW] {
        let limits = Limits::on(&book, day(on)).unwrap();
        let worst = Case { strength: Strength { official: 2, all: 40 }, seats: seats(0, 2, 0, 9), ..branch(2) };
        let found = breaches(&limits, &worst);
        let rules: Vec<_> = found.iter().map(|breach| breach.rule).collect();
        assert_eq!(rules, ["ORG-01", "ORG-04", "ORG-05", "ORG-20", "ORG-20", "ORG-21"], "{on}");
        assert!(found.iter().all(|breach| !breach.instrument.is_empty() && RULES.contains(&breach.rule)));
    }
    let limits = Limits::on(&book, day(NOW)).unwrap();
    assert!(breaches(&limits, &branch(2)).iter().all(|breach| !breach.source.is_empty()));
}

#[test]
fn before_the_first_rulebook_nothing_is_asked() {
    assert!(found("2021-07-29", branch(1)).is_empty());
}

#[test]
fn the_inspection_committee_is_not_the_committee() {
    let mut seats = Seats::default();
    Role::ALL.iter().for_each(|role| seats.add(*role, 1));
    assert_eq!(seats, self::seats(1, 2, 1, 2));
    assert_eq!((seats.committee(), seats.standing_committee()), (6, 4));
}
