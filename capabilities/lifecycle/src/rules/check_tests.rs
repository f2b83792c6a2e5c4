use super::*;
use crate::rules::{Ground, Route, terms_on};
use chibo_organisation::kinds::Setting;
use chibo_organisation::rules::Facts;

const TODAY: Day = Day::from_number(20_779);

fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn plan(kind: CaseKind) -> Plan {
    Plan {
        kind,
        unit: id(9),
        parent: id(1),
        target: None,
        facts: Facts {
            name: "Chi bộ Khoa Toán".to_owned(),
            short: "Khoa Toán".to_owned(),
            kind: if kind == CaseKind::Temporary { Kind::Temporary } else { Kind::Branch },
            setting: Setting::School,
            code: String::new(),
        },
        ground: Some(Ground::TaskDone),
        purpose: "Lớp bồi dưỡng".to_owned(),
        typed: Strength::default(),
        ends_on: if kind == CaseKind::Temporary { TODAY.plus_days(100) } else { Day::FOREVER },
    }
}

fn levels() -> Levels {
    let (keeper, higher, decider) = (id(1), id(1), Some(id(2)));
    let route = Route::Inside;
    Levels { keeper, higher, proposer: Some(id(1)), decider, acceptor: None, taker: None, route }
}

fn deed(step: Step) -> Deed {
    Deed {
        step,
        on: TODAY,
        effective_on: Some(TODAY.plus_days(5)),
        number: "12-QĐ/ĐU".to_owned(),
        authority: String::new(),
        decider: Some(id(2)),
        votes_for: 0,
        votes_base: 0,
        note: String::new(),
    }
}

fn keys(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().map(|issue| issue.said.key).collect()
}

/// What is wrong with a step of a case of this kind with so many official members.
fn wrong(kind: CaseKind, official: u32, deed: &Deed) -> Vec<&'static str> {
    let (plan, levels) = (plan(kind), levels());
    let asked = Asked {
        plan: &plan,
        phase: Phase::Ready,
        levels: &levels,
        decider: "Đảng ủy".to_owned(),
        strength: Strength { official, all: official },
        children: 0,
        effective_on: Day::FOREVER,
        today: TODAY,
    };
    keys(&check_deed(deed, &asked, &terms_on(TODAY).unwrap()))
}

#[test]
fn org_01_two_official_members_make_no_organisation() {
    assert_eq!(wrong(CaseKind::Founding, 2, &deed(Step::Decided)), ["lifecycle-too-few"]);
    assert!(wrong(CaseKind::Founding, 3, &deed(Step::Decided)).is_empty());
}

#[test]
fn trf_08_three_official_members_arrive_together() {
    let issues = {
        let terms = terms_on(TODAY).unwrap();
        too_few(&terms, Kind::Temporary, Strength { official: 2, all: 9 })
    };
    assert_eq!(issues.unwrap().rule, Some("TRF-08"));
    let mut endless = plan(CaseKind::Temporary);
    endless.ends_on = Day::FOREVER;
    assert_eq!(keys(&check_plan(&endless, Some(Kind::Base), None, TODAY)), ["lifecycle-ends-needed"]);
    endless.ends_on = TODAY;
    assert_eq!(keys(&check_plan(&endless, Some(Kind::Base), None, TODAY)), ["lifecycle-ends-needed"]);
}

#[test]
fn org_02_and_org_11_another_committee_does_not_decide() {
    let elsewhere = Deed { decider: Some(id(3)), ..deed(Step::Decided) };
    assert_eq!(wrong(CaseKind::Founding, 3, &elsewhere), ["lifecycle-wrong-level"]);
    assert_eq!(wrong(CaseKind::Dissolution, 0, &elsewhere), ["lifecycle-wrong-level"]);
    assert_eq!(level_rule(CaseKind::Dissolution), "ORG-11");
}

#[test]
fn org_11_only_two_grounds_and_org_12_nobody_is_left_behind() {
    let mut groundless = plan(CaseKind::Dissolution);
    groundless.ground = None;
    assert_eq!(keys(&check_plan(&groundless, None, None, TODAY)), ["lifecycle-ground-needed"]);
    let left = wrong(CaseKind::Dissolution, 5, &deed(Step::Decided));
    assert_eq!(left, ["lifecycle-members-without-target"]);
    let mut target = plan(CaseKind::Dissolution);
    target.target = Some(id(4));
    assert_eq!(keys(&check_plan(&target, None, Some(Kind::Base), TODAY)), ["lifecycle-target-no-branch"]);
    assert!(check_plan(&target, None, Some(Kind::Branch), TODAY).is_empty());
}

#[test]
fn org_04_consent_by_kind_and_size() {
    let terms = terms_on(TODAY).unwrap();
    let of = |kind, all| consent_needed(&terms, kind, Strength { official: all, all });
    assert_eq!([of(Kind::Base, 29), of(Kind::Base, 30)], [true, false]);
    assert_eq!([of(Kind::Branch, 30), of(Kind::Branch, 31)], [false, true]);
    assert!(of(Kind::Section, 500) && !of(Kind::Temporary, 500));
}

#[test]
fn x_08_and_x_12_thresholds_are_met_exactly() {
    let vote = |step, votes_for, votes_base| Deed { votes_for, votes_base, ..deed(step) }.passed();
    assert!(vote(Step::ProposingVote, 10, 15) && !vote(Step::ProposingVote, 9, 14));
    assert!(!vote(Step::DecidingVote, 7, 14) && vote(Step::DecidingVote, 8, 15));
    let more = Deed { votes_for: 16, votes_base: 15, ..deed(Step::ProposingVote) };
    assert_eq!(wrong(CaseKind::Disbandment, 0, &more), ["lifecycle-votes-wrong"]);
}

#[test]
fn org_16_a_unit_goes_only_where_its_kind_may_sit() {
    let mut away = plan(CaseKind::Transfer);
    assert_eq!(keys(&check_plan(&away, None, None, TODAY)), ["lifecycle-target-needed"]);
    away.target = Some(away.parent);
    assert_eq!(keys(&check_plan(&away, None, Some(Kind::Base), TODAY)), ["lifecycle-target-same"]);
    away.target = Some(id(5));
    assert_eq!(keys(&check_plan(&away, None, Some(Kind::Branch), TODAY)), ["lifecycle-target-kind"]);
    assert!(check_plan(&away, None, Some(Kind::Base), TODAY).is_empty());
}

#[test]
fn a_step_has_its_day_number_and_reason() {
    let to_come = Deed { on: TODAY.plus_days(1), ..deed(Step::Reported) };
    assert_eq!(wrong(CaseKind::Founding, 3, &to_come), ["lifecycle-day-to-come"]);
    let bare = Deed { number: String::new(), ..deed(Step::Proposal) };
    assert_eq!(wrong(CaseKind::Founding, 3, &bare), ["lifecycle-number-needed"]);
    assert_eq!(wrong(CaseKind::Founding, 3, &deed(Step::Withdrawn)), ["lifecycle-reason-needed"]);
    let early = Deed { effective_on: Some(TODAY.plus_days(-1)), ..deed(Step::Decided) };
    assert_eq!(wrong(CaseKind::Founding, 3, &early), ["lifecycle-effective-before-signed"]);
    let none = Deed { effective_on: None, ..deed(Step::Decided) };
    assert_eq!(wrong(CaseKind::Founding, 3, &none), ["lifecycle-effective-needed"]);
}
