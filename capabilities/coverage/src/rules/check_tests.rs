use chibo_kernel::{Day, Id};
use chibo_organisation::kinds::{Kind, Setting};

use super::*;
use crate::rules::{PlaceKind, Standing};

const TODAY: Day = Day::from_number(20_779);

fn facts() -> NewFacts {
    let facts = Facts {
        unit: Id::from_bytes([1; 16]),
        kind: PlaceKind::Quarter,
        standing: Standing::Open,
        spot: None,
        workers: None,
        households: Some(400),
        code: "KP-01".to_owned(),
        name: "Khu phố 1".to_owned(),
    };
    NewFacts { from: TODAY, facts, stands: true }
}

fn keys(issues: &[Issue]) -> Vec<(&str, &'static str)> {
    issues.iter().map(|issue| (issue.field.as_deref().unwrap_or_default(), issue.said.key)).collect()
}

#[test]
fn facts_need_a_name_a_code_a_day_and_a_unit_that_stands() {
    assert!(check_facts(&facts(), TODAY).is_empty());
    let mut wrong = facts();
    wrong.facts.name.clear();
    wrong.facts.code = "x".repeat(41);
    wrong.facts.workers = Some(2_000_000);
    wrong.from = TODAY.plus_days(1);
    wrong.stands = false;
    let expected = [
        ("name", "coverage-name-needed"),
        ("code", "coverage-code-too-long"),
        ("workers", "coverage-count-too-large"),
        ("from", "coverage-day-to-come"),
        ("unit", "coverage-unit-not-then"),
    ];
    assert_eq!(keys(&check_facts(&wrong, TODAY)), expected);
}

#[test]
fn org_01_only_an_organisation_that_holds_members_and_stands_covers() {
    let link = |what| NewLink { from: TODAY, unit: Some(Id::from_bytes([2; 16])), joint: false, what };
    let of = |link: NewLink| check_link(&link, TODAY, TODAY).iter().map(|issue| issue.said.key).collect::<Vec<_>>();
    assert!(of(link(Some((Kind::Branch, Some(Setting::Quarter))))).is_empty());
    assert_eq!(of(link(Some((Kind::Base, Some(Setting::Ward))))), ["coverage-branch-kind"]);
    assert_eq!(of(link(None)), ["coverage-branch-not-then"]);
    assert!(of(NewLink { unit: None, ..link(None) }).is_empty(), "ending a link needs no organisation");
    let early = NewLink { from: TODAY.plus_days(-1), ..link(Some((Kind::Branch, None))) };
    assert_eq!(of(early), ["coverage-before-place"]);
}

#[test]
fn tsk_23_no_more_households_are_looked_after_than_live_there() {
    let count = |served| NewCount { on: TODAY, official: 2, served, source: "Báo cáo".to_owned() };
    let of = |count: &NewCount, all| check_count(count, TODAY, all, TODAY).len();
    assert_eq!((of(&count(Some(400)), Some(400)), of(&count(Some(401)), Some(400))), (0, 1));
    assert_eq!((of(&count(Some(401)), None), of(&count(None), Some(0))), (0, 0));
    let nameless = NewCount { source: String::new(), ..count(None) };
    assert_eq!(keys(&check_count(&nameless, TODAY, None, TODAY)), [("source", "coverage-source-needed")]);
}
