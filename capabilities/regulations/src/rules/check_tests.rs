use std::collections::BTreeSet;

use chibo_kernel::Moment;

use super::*;
use crate::rules::MUST_ADOPT;

const TODAY: Day = Day::from_number(20_779);

fn id(number: u8) -> Id<ModelText> {
    Id::from_bytes([number; 16])
}

fn model(number: u8, kind: Kind, setting: Option<Setting>) -> Model {
    let series = Series { subject: Subject::Working, kind, setting };
    Model { id: id(number), series, version: 1, valid: Period::since(TODAY.plus_days(-100)), recorded: Moment(0) }
}

fn adopted() -> NewRegulation {
    NewRegulation {
        unit: Id::from_bytes([1; 16]),
        place: (Kind::Branch, Some(Setting::Quarter)),
        after: 0,
        number: "01-QC/CB".into(),
        adopted_on: TODAY,
        valid: Period::since(TODAY),
        model: None,
        body: "Điều 1\nĐiều 2".into(),
    }
}

fn keys(issues: &[Issue]) -> BTreeSet<&'static str> {
    issues.iter().map(|issue| issue.said.key).collect()
}

fn check(new: &NewRegulation) -> BTreeSet<&'static str> {
    let school = Some(Setting::School);
    let models = [model(1, Kind::Branch, None), model(2, Kind::Branch, school), model(3, Kind::Base, None)];
    keys(&check_regulation(new, &models, Some(TODAY.plus_days(-10)), TODAY))
}

#[test]
fn org_32_only_kinds_with_a_committee_adopt_a_working_regulation() {
    for kind in Kind::ALL {
        let refused = check(&NewRegulation { place: (*kind, None), ..adopted() }).contains("regulations-no-committee");
        assert_eq!(refused, !MUST_ADOPT.contains(kind), "{kind:?}");
    }
    let without = [Kind::Central, Kind::Group, Kind::Temporary, Kind::Overseas, Kind::History];
    assert!(without.iter().all(|kind| !must_adopt(*kind)));
}

#[test]
fn org_32_a_regulation_follows_a_model_of_its_own_kind_and_setting() {
    for (number, fits) in [(1, true), (2, false), (3, false), (9, false)] {
        let found = check(&NewRegulation { model: Some(id(number)), ..adopted() });
        assert_eq!(!found.contains("regulations-model-unknown"), fits, "{number}");
    }
    let school = NewRegulation { place: (Kind::Branch, Some(Setting::School)), model: Some(id(2)), ..adopted() };
    assert!(check(&school).is_empty());
}

#[test]
fn days_stand_in_order() {
    let period = |days: i32| Period::since(TODAY.plus_days(days));
    assert!(check(&adopted()).is_empty());
    let early = Day::PARTY_FOUNDED.plus_days(-1);
    for (change, key) in [
        (NewRegulation { adopted_on: TODAY.plus_days(1), valid: period(1), ..adopted() }, "regulations-day-to-come"),
        (NewRegulation { adopted_on: early, ..adopted() }, "regulations-day-too-early"),
        (NewRegulation { valid: period(-1), ..adopted() }, "regulations-from-before-signed"),
        (
            NewRegulation { adopted_on: TODAY.plus_days(-20), valid: period(-11), ..adopted() },
            "regulations-from-before-last",
        ),
        (NewRegulation { body: String::new(), ..adopted() }, "regulations-body-needed"),
        (NewRegulation { body: "a\n".repeat(MOST_LINES + 1), ..adopted() }, "regulations-body-too-long"),
        (NewRegulation { number: String::new(), ..adopted() }, "regulations-number-needed"),
    ] {
        assert_eq!(check(&change), BTreeSet::from([key]));
    }
    let same_day = NewRegulation { adopted_on: TODAY.plus_days(-20), valid: period(-10), ..adopted() };
    assert!(check(&same_day).is_empty(), "a mistake is put right from the same day");
}

#[test]
fn a_regulation_is_sent_after_it_was_adopted_and_not_in_days_to_come() {
    let own = Adopted {
        version: 1,
        adopted_on: TODAY.plus_days(-5),
        valid: Period::since(TODAY),
        model: None,
        recorded: Moment(0),
        reported: None,
        announced: None,
    };
    let check = |days: i32| keys(&check_mark(&own, TODAY.plus_days(days), TODAY));
    assert!(check(-5).is_empty() && check(0).is_empty());
    assert_eq!(check(1), BTreeSet::from(["regulations-day-to-come"]));
    assert_eq!(check(-6), BTreeSet::from(["regulations-sent-before-adopted"]));
}

#[test]
fn a_text_for_a_kind_says_who_issued_it_and_under_which_number() {
    let new = NewModel {
        series: Series { subject: Subject::Functions, kind: Kind::Base, setting: None },
        after: 0,
        number: String::new(),
        issuer: String::new(),
        issued_on: TODAY,
        valid: Period::since(TODAY),
        body: "Chức năng".into(),
    };
    let wanted = BTreeSet::from(["regulations-issuer-needed", "regulations-number-needed"]);
    assert_eq!(keys(&check_model(&new, None, TODAY)), wanted);
    let group = |subject| Series { subject, kind: Kind::Group, setting: None };
    let known = NewModel { number: "01-QĐ/TU".into(), issuer: "Thành ủy".into(), ..new };
    let functions = NewModel { series: group(Subject::Functions), ..known.clone() };
    assert!(check_model(&functions, None, TODAY).is_empty(), "a party group has duties too");
    let working = NewModel { series: group(Subject::Working), ..known };
    assert_eq!(keys(&check_model(&working, None, TODAY)), BTreeSet::from(["regulations-no-committee"]));
}
