//! Who may decide, by statute and setting.

use chibo_kernel::Day;
use chibo_members::codes::Standing;
use chibo_members::rules::deciding::{Body, Setting};

use super::rules_tests::{count, course, deed, facts, opening, rules};
use super::*;

#[test]
fn exi_11_exi_02_the_wrong_level_is_refused_with_its_rule() {
    let day = |text: &str| Terms::on(Day::from_iso(text).expect("a day")).expect("terms");
    let (now, pilot) = (day("2026-08-01"), day("2025-09-01"));
    let way = course(
        Kind::StrikingOff,
        Ground::Fee,
        &[(Step::Reviewed, None), (Step::BranchVoted, Some(count(9, 6))), (Step::CommitteeVoted, Some(count(9, 6)))],
    );
    let judged = |terms: &Terms, setting: Setting, body: Body| {
        let known = Facts { setting, ..facts(Standing::Official) };
        let decided = Deed { decider: Some(body), ..deed(Step::Decided, Some(count(9, 6))) };
        let found = check(&way, &opening(Kind::StrikingOff, Some(Ground::Fee)), &decided, &known, terms);
        rules(&found).into_iter().map(|(field, rule)| format!("{field} {rule}")).collect::<Vec<_>>().join(", ")
    };
    let (ward, city) = (Setting::default(), Setting { under_city: true, ..Setting::default() });
    assert_eq!(judged(&now, ward, Body::BaseStanding), "");
    assert_eq!(judged(&now, ward, Body::Upper), "decider EXI-11", "208");
    assert_eq!(judged(&pilot, ward, Body::Upper), "");
    assert_eq!(judged(&pilot, ward, Body::BaseStanding), "decider EXI-11");
    assert_eq!(judged(&pilot, city, Body::City), "", "directly under the city");
    assert_eq!(judged(&pilot, city, Body::Upper), "decider EXI-11");
    assert_eq!(decider(Kind::Other, city, &pilot), Some(Body::BaseCommittee));
    assert_eq!(decider_rule(Kind::Other), "EXI-02");
    assert_eq!(decider(Kind::Health, city, &pilot), None, "EXI-01: the branch decides");
}

#[test]
fn mem_42_rights_are_restored_by_who_removes_or_above() {
    let terms = Terms::on(Day::from_iso("2026-08-01").expect("a day")).expect("terms");
    let new = Opening { number: "7-KL".to_owned(), ..opening(Kind::Restoration, None) };
    let way = Course::new(Kind::Restoration, None, true);
    let judged = |body: Body| {
        let decided = Deed { decider: Some(body), ..deed(Step::Decided, None) };
        rules(&check(&way, &new, &decided, &facts(Standing::Left), &terms)).len()
    };
    assert_eq!([Body::BaseStanding, Body::Upper, Body::City].map(judged), [0, 0, 0]);
    assert_eq!(judged(Body::BaseCommittee), 1);
}
