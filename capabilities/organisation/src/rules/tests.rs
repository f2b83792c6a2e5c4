use chibo_kernel::{Day, Id, Period, Person, Unit};

use super::*;
use crate::kinds::{PILOT_BEGINS, THREE_LEVELS_BEGIN};
use crate::rules::Facts;

fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn facts(name: &str, kind: Kind, setting: Setting, code: &str) -> Facts {
    Facts { name: name.into(), short: name.into(), kind, setting, code: code.into() }
}

/// 1 city; 2 ward (upper, in the pilot); 3 branch of a quarter under it; 4 another ward.
fn pilot() -> Landscape {
    let standing = |facts, parent| Standing { facts, parent };
    let ward = |name: &str| facts(name, Kind::Upper, Setting::Ward, "");
    Landscape::new(
        PILOT_BEGINS,
        [
            (id(1), standing(facts("Thành phố", Kind::City, Setting::Province, ""), None)),
            (id(2), standing(ward("Phường Một"), Some(id(1)))),
            (id(3), standing(facts("Khu phố 1", Kind::Branch, Setting::Quarter, "79.001.000.000.001"), Some(id(2)))),
            (id(4), standing(ward("Phường Hai"), Some(id(1)))),
        ]
        .into_iter(),
    )
}

fn new(number: u8, kind: Kind, setting: Setting, parent: u8) -> NewUnit {
    NewUnit::new(
        id(number),
        Some(id(parent)),
        Facts {
            name: format!("Đơn vị {number}"), short: format!("ĐV {number}"), kind, setting, code: String::new()
        },
        PILOT_BEGINS,
    )
}

fn keys(issues: &[chibo_kernel::Issue]) -> Vec<&'static str> {
    issues.iter().map(|issue| issue.said.key).collect()
}

fn establish(new: NewUnit) -> Step {
    Step::Establish(Box::new(new))
}

#[test]
fn org_02_a_unit_sits_only_where_its_kind_may_and_under_something_that_stands() {
    let ok = establish(new(9, Kind::Branch, Setting::Quarter, 2));
    assert!(check_steps(&pilot(), &[ok]).is_empty());
    let under_city = check_steps(&pilot(), &[establish(new(9, Kind::Branch, Setting::School, 1))]);
    assert_eq!(keys(&under_city), ["units-parent-kind"]);
    assert_eq!(under_city[0].rule, Some("ORG-07"));
    let under_nothing = check_steps(&pilot(), &[establish(new(9, Kind::Branch, Setting::School, 77))]);
    assert_eq!(keys(&under_nothing), ["units-parent-missing"]);
    let twice = check_steps(&pilot(), &[establish(new(3, Kind::Branch, Setting::Quarter, 2))]);
    assert!(keys(&twice).contains(&"units-already-there"));
}

#[test]
fn org_06_a_section_under_a_ward_of_the_pilot_is_refused_by_its_rule() {
    let issues = check_steps(&pilot(), &[establish(new(9, Kind::Section, Setting::Office, 2))]);
    assert_eq!(issues[0].rule, Some("ORG-06"));
}

#[test]
fn org_07_a_base_organisation_in_a_quarter_is_refused() {
    let issues = check_steps(&pilot(), &[establish(new(9, Kind::Base, Setting::Quarter, 2))]);
    assert_eq!(keys(&issues), ["units-setting-kind"]);
    assert_eq!(issues[0].rule, Some("ORG-07"));
}

#[test]
fn org_11_units_end_only_when_nothing_sits_under_them_at_the_end_of_the_day() {
    let end = Step::Dissolve { unit: id(2) };
    let issues = check_steps(&pilot(), std::slice::from_ref(&end));
    assert_eq!(keys(&issues)[0], "units-children-remain");
    assert_eq!(issues[0].rule, Some("ORG-11"));
    let moved = Step::Reparent { unit: id(3), parent: id(4) };
    let gone = Step::Succeed { from: id(2), into: id(4), main: true, kind: SuccessionKind::Merge };
    // The order of the steps does not matter: the end of the day does.
    assert!(check_steps(&pilot(), &[end.clone(), gone.clone(), moved.clone()]).is_empty());
    assert!(check_steps(&pilot(), &[moved, end, gone]).is_empty());
}

#[test]
fn org_14_a_ward_becomes_a_base_organisation_only_with_the_three_levels() {
    let retype = [Step::Retype { unit: id(2), kind: Kind::Base, setting: Setting::Ward }];
    assert!(!check_steps(&pilot(), &retype).is_empty());
    let mut later = pilot();
    later.on = THREE_LEVELS_BEGIN;
    assert!(check_steps(&later, &retype).is_empty());
}

#[test]
fn a_unit_whose_kind_changes_must_still_fit_its_children() {
    let mut later = pilot();
    later.on = THREE_LEVELS_BEGIN;
    let retype = [Step::Retype { unit: id(2), kind: Kind::Overseas, setting: Setting::Abroad }];
    assert!(keys(&check_steps(&later, &retype)).contains(&"units-parent-kind"));
}

#[test]
fn successors_stand_and_one_of_them_is_the_main_one() {
    let moved = Step::Reparent { unit: id(3), parent: id(4) };
    let end = Step::Dissolve { unit: id(2) };
    let go = |into, main| Step::Succeed { from: id(2), into, main, kind: SuccessionKind::Split };
    let judged = |more: &[Step]| {
        let steps: Vec<_> = [moved.clone(), end.clone()].iter().chain(more).cloned().collect();
        keys(&check_steps(&pilot(), &steps))
    };
    assert_eq!(judged(&[go(id(88), true)]), ["units-successor-missing"]);
    assert_eq!(judged(&[go(id(4), false)]), ["units-succession-main"]);
    assert_eq!(judged(&[go(id(4), true), go(id(1), true)]), ["units-succession-main"]);
    assert!(judged(&[go(id(4), true), go(id(1), false)]).is_empty());
    let living = [Step::Succeed { from: id(2), into: id(4), main: true, kind: SuccessionKind::Merge }];
    assert_eq!(keys(&check_steps(&pilot(), &living)), ["units-succession-living"]);
}

#[test]
fn a_unit_never_sits_under_itself() {
    let standing = |parent| Standing { facts: facts("Ban", Kind::Central, Setting::Other, ""), parent };
    let circle = Landscape::new(
        PILOT_BEGINS,
        [(id(1), standing(Some(id(2)))), (id(2), standing(Some(id(3)))), (id(3), standing(Some(id(2))))].into_iter(),
    );
    assert!(circle.circles(id(2)) && circle.circles(id(1)));
    let issues = check_steps(&circle, &[Step::Reparent { unit: id(3), parent: id(2) }]);
    assert!(keys(&issues).contains(&"units-circle"));
    assert!(!pilot().circles(id(3)));
}

#[test]
fn codes_have_the_national_form_and_one_holder_a_day() {
    let mut other = new(9, Kind::Branch, Setting::Quarter, 2);
    other.code = "79.001.000.000.001".into();
    let issues = check_steps(&pilot(), &[establish(other.clone())]);
    assert_eq!(keys(&issues), ["units-code-doubled"]);
    let renumber = Step::Rename {
        unit: id(3),
        name: "Khu phố 1".into(),
        short: "KP 1".into(),
        code: Some("79.001.000.000.002".into()),
    };
    assert!(check_steps(&pilot(), &[establish(other), renumber]).is_empty(), "free at the end of the day");
    assert_eq!(check_code(" 79001000000001 "), Ok("79.001.000.000.001".into()));
    assert_eq!(check_code(""), Ok(String::new()));
    for (bad, key) in
        [("79.1", "units-code-length"), ("79x", "units-code-character"), ("7.9001000000001", "units-code-dots")]
    {
        assert_eq!(check_code(bad).unwrap_err().said.key, key);
    }
}

#[test]
fn every_reason_is_given_at_once() {
    let bad = facts("  ", Kind::UnderBase, Setting::District, "1");
    let found = check_facts(&bad, None, PILOT_BEGINS);
    assert_eq!(
        keys(&found),
        ["units-name-empty", "units-kind-not-then", "units-setting-not-then", "units-code-length"]
    );
}

#[test]
fn an_office_for_one_person_is_not_given_twice() {
    let person = |number| Id::<Person>::from_bytes([number; 16]);
    let from = PILOT_BEGINS;
    let office = |role| NewOffice {
        unit: id(2),
        person: person(1),
        role,
        from,
        to: Day::FOREVER,
        how: How::Elected,
        decision: String::new(),
    };
    let held = [(person(2), Period::since(Day::from_ymd(2020, 1, 1).unwrap()))];
    assert_eq!(keys(&check_office(&office(Role::Secretary), &held)), ["units-office-taken"]);
    assert!(check_office(&office(Role::Deputy), &held).is_empty());
    let mine = [(person(1), Period::since(from))];
    assert_eq!(keys(&check_office(&office(Role::Deputy), &mine)), ["units-office-held"]);
    let before = [(person(2), Period::new(Day::PARTY_FOUNDED, from).unwrap())];
    assert!(check_office(&office(Role::Secretary), &before).is_empty());
}

#[test]
fn a_change_stops_where_a_later_one_begins() {
    let first = facts("A", Kind::Branch, Setting::Quarter, "");
    let mut change = FactChange { name: Some("B".into()), setting: Some(Setting::Hamlet), ..FactChange::default() };
    change.still(&first, &first);
    assert_eq!(change.on(&first).name, "B");
    change.still(&first, &facts("C", Kind::Branch, Setting::Quarter, ""));
    assert_eq!(change, FactChange { setting: Some(Setting::Hamlet), ..FactChange::default() });
    assert!(!change.is_empty());
}
