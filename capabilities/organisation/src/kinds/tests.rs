use super::*;

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

#[test]
fn the_two_days_of_change_are_the_days_of_the_instruments() {
    assert_eq!(PILOT_BEGINS, day(2025, 7, 1));
    assert_eq!(THREE_LEVELS_BEGIN, day(2026, 7, 26));
}

#[test]
fn every_declaration_stands_at_its_number_and_its_names_leave_no_gap() {
    for (at, declared) in DECLARED.iter().enumerate() {
        assert_eq!(usize::from(declared.kind.number()), at + 1);
        assert_eq!(Kind::from_number(declared.kind.number()), Some(declared.kind));
        assert_eq!(Kind::from_code(declared.code), Some(declared.kind));
        let mut next = declared.from;
        for name in declared.names {
            assert_eq!(name.from, next, "{}", declared.code);
            next = name.to;
        }
        assert_eq!(next, declared.to, "{}", declared.code);
        for parent in declared.parents {
            assert!(declared.from <= parent.from && parent.to <= declared.to, "{}", declared.code);
        }
    }
    assert_eq!(Kind::from_number(0), None);
    assert_eq!(Kind::from_code("cb-tam"), Some(Kind::Temporary));
}

#[test]
fn settings_and_roles_have_distinct_numbers_and_codes() {
    for setting in Setting::ALL {
        assert_eq!(Setting::from_number(setting.number()), Some(*setting));
        assert_eq!(Setting::from_code(setting.code()), Some(*setting));
        assert!(setting.name_key().ends_with(setting.code()));
    }
    for role in Role::ALL {
        assert_eq!(Role::from_number(role.number()), Some(*role));
        assert_eq!(Role::from_code(role.code()), Some(*role));
    }
}

#[test]
fn org_03_base_organisations_are_the_two_kinds_split_at_thirty() {
    let base: Vec<_> = Kind::ALL.iter().filter(|kind| kind.is_base_organisation()).collect();
    assert_eq!(base, [&Kind::Base, &Kind::BaseBranch]);
    let bound = |kind: Kind| kind.declared().founding.iter().find(|t| t.rule == "ORG-03").copied().unwrap();
    assert_eq!(bound(Kind::Base).at_least, bound(Kind::BaseBranch).below);
    assert!(bound(Kind::Base).consent, "ORG-04 (1)");
}

#[test]
fn org_06_a_section_sits_only_inside_a_base_organisation() {
    let on = day(2026, 11, 22);
    let parents: Vec<_> = Kind::ALL.iter().filter(|parent| allowed_parent(Kind::Section, **parent, on)).collect();
    assert_eq!(parents, [&Kind::Base]);
}

#[test]
fn org_07_khu_pho_and_ap_hold_branches_only() {
    for setting in [Setting::Quarter, Setting::Hamlet] {
        let kinds: Vec<_> = Kind::ALL.iter().filter(|kind| allowed_setting(**kind, setting, PILOT_BEGINS)).collect();
        assert!(kinds.contains(&&Kind::Branch));
        assert!(!kinds.iter().any(|kind| kind.is_base_organisation()), "{setting:?}");
    }
    assert!(!allowed_parent(Kind::Branch, Kind::Upper, day(2025, 6, 30)));
    assert!(allowed_parent(Kind::Branch, Kind::Upper, day(2025, 7, 1)));
}

#[test]
fn org_14_wards_are_above_base_level_in_the_pilot_only() {
    for (on, kind) in [
        (day(2025, 6, 30), Kind::Base),
        (day(2025, 7, 1), Kind::Upper),
        (day(2026, 7, 25), Kind::Upper),
        (day(2026, 7, 26), Kind::Base),
    ] {
        let kinds: Vec<_> = Kind::ALL.iter().filter(|kind| allowed_setting(**kind, Setting::Ward, on)).collect();
        assert_eq!(kinds, [&kind], "{on}");
    }
    assert!(allowed_parent(Kind::UnderBase, Kind::Base, day(2026, 7, 26)));
    assert!(!allowed_parent(Kind::UnderBase, Kind::Base, day(2026, 7, 25)));
    assert!(allowed_parent(Kind::Branch, Kind::UnderBase, day(2026, 7, 26)));
}

#[test]
fn base_branches_end_and_the_branch_gets_its_single_name() {
    assert!(valid_on(Kind::BaseBranch, day(2026, 7, 25)));
    assert!(!valid_on(Kind::BaseBranch, day(2026, 7, 26)));
    assert!(!allowed_parent(Kind::BaseBranch, Kind::Upper, day(2026, 7, 26)));
    assert_eq!(Kind::Branch.name(day(2026, 7, 25)).vi, "chi bộ trực thuộc đảng ủy cơ sở");
    assert_eq!(Kind::Branch.name(day(2026, 7, 26)).vi, "chi bộ");
    assert_eq!(Kind::BaseBranch.name(day(2026, 11, 22)).vi, "chi bộ cơ sở", "history keeps its name");
    assert_eq!(Kind::UnderBase.name_key(day(2000, 1, 1)), "kind-under-base");
}

#[test]
fn districts_and_townships_end_and_special_zones_begin() {
    for setting in [Setting::District, Setting::Township] {
        assert!(setting.valid_on(day(2025, 6, 30)) && !setting.valid_on(day(2025, 7, 1)));
    }
    assert!(!Setting::SpecialZone.valid_on(day(2025, 6, 30)) && Setting::SpecialZone.valid_on(day(2025, 7, 1)));
}
