//! Plans against a small city, and every plan undone by its counter-plan.

use std::collections::{BTreeSet, HashMap};

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Id, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::alarms::Limits;
use chibo_organisation::rules::{Facts, Landscape, Standing, Strength, check_steps, outcome};
use proptest::prelude::*;

use super::*;

const CITY: u8 = 1;
const WARDS: std::ops::RangeInclusive<u8> = 10..=14;

fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn on() -> Day {
    Day::from_ymd(2025, 9, 1).unwrap()
}

fn facts(name: &str, kind: Kind) -> Facts {
    let setting = match kind {
        Kind::City => Setting::Province,
        Kind::Upper => Setting::Ward,
        _ => Setting::Quarter,
    };
    Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code: String::new() }
}

/// A city, five wards, four branches in each: 10 has 100…103 and so on.
fn city() -> Landscape {
    let mut units = vec![(id(CITY), Standing { facts: facts("Thành phố", Kind::City), parent: None })];
    for ward in WARDS {
        let name = format!("Phường {ward}");
        units.push((id(ward), Standing { facts: facts(&name, Kind::Upper), parent: Some(id(CITY)) }));
        for branch in branches(ward) {
            let name = format!("Chi bộ {branch}");
            units.push((id(branch), Standing { facts: facts(&name, Kind::Branch), parent: Some(id(ward)) }));
        }
    }
    Landscape::new(on(), units.into_iter())
}

fn branches(ward: u8) -> impl Iterator<Item = u8> {
    (0..4).map(move |at| 100 + (ward - 10) * 4 + at)
}

fn join(from: u8, into: u8, extent: Extent) -> Operation {
    Operation::Join { from: id(from), into: id(into), extent }
}

fn found(number: u8, kind: Kind, parent: u8) -> Operation {
    let facts = facts(&format!("Mới {number}"), kind);
    Operation::Establish(Box::new(Founding { id: id(number), facts, parent: id(parent) }))
}

fn keys(lines: &[Operation]) -> Vec<&'static str> {
    compile(&city(), lines).1.iter().map(|refused| refused.issue.said.key).collect()
}

#[test]
fn a_ward_that_ends_takes_its_branches_along() {
    let (compiled, refused) = compile(&city(), &[join(10, 11, Extent::Whole)]);
    assert_eq!(refused, []);
    assert_eq!(compiled.ends, [(id(10), Some(id(11)))].into());
    assert_eq!(compiled.carried, branches(10).map(id).collect());
    let after = outcome(&city(), &compiled.steps);
    assert!(after.get(id(10)).is_none());
    assert!(branches(10).all(|branch| after.get(id(branch)).unwrap().parent == Some(id(11))));
}

#[test]
fn a_divided_ward_sends_named_branches_where_the_plan_says_and_the_rest_to_the_heir() {
    let moved = Operation::Move { unit: id(100), parent: id(12) };
    let lines = [join(10, 11, Extent::Rest), join(10, 12, Extent::Part), moved];
    let (compiled, refused) = compile(&city(), &lines);
    assert_eq!(refused, []);
    let after = outcome(&city(), &compiled.steps);
    assert_eq!(after.get(id(100)).unwrap().parent, Some(id(12)));
    assert_eq!(after.get(id(101)).unwrap().parent, Some(id(11)));
}

#[test]
fn org_18_a_target_that_ends_the_same_day_is_refused() {
    assert_eq!(keys(&[join(10, 11, Extent::Whole), join(11, 12, Extent::Whole)]), ["plans-target-ends"]);
    let moved = Operation::Move { unit: id(100), parent: id(11) };
    assert_eq!(keys(&[moved, join(11, 12, Extent::Whole)]), ["plans-target-ends"]);
}

#[test]
fn org_11_a_ward_is_not_dissolved_over_the_heads_of_its_branches() {
    let (_, refused) = compile(&city(), &[Operation::Dissolve { unit: id(10) }]);
    assert_eq!((refused[0].line, refused[0].issue.rule), (Some(0), Some("ORG-11")));
    assert_eq!(refused[0].issue.said.key, "plans-orphans");
}

#[test]
fn org_12_parts_need_a_rest_and_a_whole_stands_alone() {
    assert_eq!(keys(&[join(10, 11, Extent::Part)])[0], "plans-no-rest");
    assert_eq!(keys(&[join(10, 11, Extent::Whole), join(10, 12, Extent::Rest)]), ["plans-whole-and-more"]);
    assert_eq!(keys(&[join(10, 11, Extent::Rest), join(10, 12, Extent::Rest)]), ["plans-two-rests", "plans-two-rests"]);
}

#[test]
fn org_02_a_circle_is_refused_with_its_line() {
    let lines = [
        Operation::Retype { unit: id(13), kind: Kind::Base, setting: Setting::Office },
        Operation::Move { unit: id(10), parent: id(100) },
    ];
    let (_, refused) = compile(&city(), &lines);
    let circle = refused.iter().find(|refused| refused.issue.said.key == "plans-circle").unwrap();
    assert_eq!((circle.line, circle.issue.rule), (Some(1), Some("ORG-02")));
}

#[test]
fn unknown_and_doubled_lines_are_refused() {
    assert_eq!(keys(&[join(99, 11, Extent::Whole)]), ["plans-not-there"]);
    assert_eq!(keys(&[join(10, 99, Extent::Whole)]), ["plans-target-missing"]);
    let rename = || Operation::Rename { unit: id(10), name: "A".into(), short: "A".into(), code: None };
    assert_eq!(keys(&[rename(), rename()]), ["plans-twice"]);
    assert_eq!(keys(&[rename(), join(10, 11, Extent::Whole)]), ["plans-changes-what-ends"]);
    assert_eq!(
        keys(&[Operation::Dissolve { unit: id(100) }, join(100, 101, Extent::Whole)]),
        ["plans-dissolves-what-joins"]
    );
    assert_eq!(keys(&[join(10, 10, Extent::Whole)])[0], "plans-target-ends");
}

#[test]
fn what_the_rules_of_kinds_refuse_names_its_line() {
    let (_, refused) = compile(&city(), &[found(50, Kind::Branch, CITY), join(10, 11, Extent::Whole)]);
    assert_eq!((refused[0].line, refused[0].issue.rule), (Some(0), Some("ORG-07")));
}

#[test]
fn lines_survive_storage() {
    let all = [
        found(50, Kind::Upper, CITY),
        Operation::Restore { unit: id(9), facts: Box::new(facts("Cũ", Kind::Branch)), parent: Some(id(10)) },
        Operation::Restore { unit: id(9), facts: Box::new(facts("Gốc", Kind::City)), parent: None },
        Operation::Rename { unit: id(10), name: "Mới".into(), short: "M".into(), code: Some(String::new()) },
        Operation::Rename { unit: id(10), name: "Mới".into(), short: "M".into(), code: None },
        Operation::Retype { unit: id(10), kind: Kind::Base, setting: Setting::School },
        Operation::Move { unit: id(10), parent: id(11) },
        join(10, 11, Extent::Part),
        Operation::Dissolve { unit: id(10) },
    ];
    for line in all {
        assert_eq!(Operation::read(line.code(), line.unit(), line.other(), &line.detail()).unwrap(), line);
    }
    assert!(Operation::read("join", id(1), None, "{}").is_err());
}

fn heads(official: u32, all: u32) -> Strength {
    Strength { official, all }
}

fn reckoned(lines: &[Operation], direct: &[(u8, Strength)], listed: &[Listed]) -> Impact {
    let before = city();
    let (compiled, refused) = compile(&before, lines);
    assert_eq!(refused, []);
    let limits = Limits::on(Rulebook::built_in().unwrap(), on()).unwrap();
    impact(&Ground {
        before: &before,
        compiled: &compiled,
        direct: &direct.iter().map(|(unit, heads)| (id(*unit), *heads)).collect::<HashMap<_, _>>(),
        listed,
        seats: &HashMap::new(),
        consent: &|_, _| false,
        limits: &limits,
    })
}

#[test]
fn merged_branches_bring_their_members_and_a_branch_over_thirty_needs_consent() {
    let found = reckoned(&[join(100, 101, Extent::Whole)], &[(100, heads(15, 16)), (101, heads(20, 20))], &[]);
    assert_eq!((found.moved(), found.undecided(), found.heads), (16, 0, (36, 36)));
    assert!(found.alarms.iter().any(|(unit, breach)| *unit == id(101) && breach.rule == "ORG-04"));
}

#[test]
fn members_by_name_leave_before_the_rest_and_what_cannot_take_members_leaves_them_undecided() {
    let listed = [Listed { from: id(100), into: id(102), heads: heads(4, 5) }];
    let found = reckoned(&[join(100, 101, Extent::Whole)], &[(100, heads(15, 16))], &listed);
    let flows: Vec<_> = found.flows.iter().map(|flow| (flow.into, flow.heads.all, flow.listed)).collect();
    assert_eq!(flows, [(Some(id(101)), 11, false), (Some(id(102)), 5, true)]);
    let dissolved = reckoned(&[Operation::Dissolve { unit: id(100) }], &[(100, heads(3, 3))], &[]);
    assert_eq!((dissolved.undecided(), dissolved.heads), (3, (3, 0)));
    // A branch that stays gives members away by name only.
    let split = reckoned(
        &[found_branch()],
        &[(100, heads(15, 16))],
        &[Listed { from: id(100), into: id(60), heads: heads(5, 5) }],
    );
    assert_eq!((split.moved(), split.heads), (5, (16, 16)));
}

fn found_branch() -> Operation {
    found(60, Kind::Branch, 10)
}

/// Random lines without those that clash with the ones before them; units that are founded come first.
fn sound() -> impl Strategy<Value = Vec<Operation>> {
    lines().prop_map(|mut lines| {
        lines.sort_by_key(|line| !line.brings());
        let mut kept: Vec<Operation> = Vec::new();
        for line in lines {
            kept.push(line);
            if !compile(&city(), &kept).1.is_empty() {
                kept.pop();
            }
        }
        kept
    })
}

fn lines() -> impl Strategy<Value = Vec<Operation>> {
    let ward = WARDS;
    let branch = 100u8..120;
    let line = prop_oneof![
        (ward.clone(), ward.clone()).prop_map(|(from, into)| join(from, into, Extent::Whole)),
        (ward.clone(), 30u8..33).prop_map(|(from, into)| join(from, into, Extent::Whole)),
        (branch.clone(), branch.clone()).prop_map(|(from, into)| join(from, into, Extent::Whole)),
        (branch.clone(), ward.clone())
            .prop_map(|(unit, parent)| Operation::Move { unit: id(unit), parent: id(parent) }),
        (branch.clone(), 30u8..33).prop_map(|(unit, parent)| Operation::Move { unit: id(unit), parent: id(parent) }),
        (30u8..33).prop_map(|ward| found(ward, Kind::Upper, CITY)),
        (40u8..43, ward).prop_map(|(branch, ward)| found(branch, Kind::Branch, ward)),
        (branch.clone(), "[a-e]{1,3}").prop_map(|(unit, name)| Operation::Rename {
            unit: id(unit),
            short: name.clone(),
            name,
            code: None
        }),
        branch.prop_map(|unit| Operation::Dissolve { unit: id(unit) }),
    ];
    prop::collection::vec(line, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_plan_followed_by_its_counter_plan_gives_the_same_tree(lines in sound()) {
        let before = city();
        let (compiled, refused) = compile(&before, &lines);
        prop_assert_eq!(&refused, &vec![]);
        let after = outcome(&before, &compiled.steps);
        let touched: BTreeSet<_> = compiled.steps.iter().map(chibo_organisation::Step::unit).collect();
        let joined: Vec<_> = lines.iter().filter_map(|line| match line {
            Operation::Join { from, into, .. } => Some((*from, *into)),
            _ => None,
        }).collect();
        let back = counter((&before, &after, &after), &touched, &joined);
        let (undone, refused) = compile(&after, &back);
        prop_assert_eq!(refused, vec![]);
        let again = outcome(&after, &undone.steps);
        let all = |landscape: &Landscape| landscape.units().map(|(unit, standing)| (unit, standing.clone())).collect::<Vec<_>>();
        prop_assert_eq!(all(&again), all(&before));
    }

    #[test]
    fn what_is_not_refused_keeps_the_rules_and_loses_no_branch(lines in sound()) {
        let before = city();
        let (compiled, refused) = compile(&before, &lines);
        prop_assert_eq!(&refused, &vec![]);
        prop_assert_eq!(check_steps(&before, &compiled.steps), vec![]);
        let after = outcome(&before, &compiled.steps);
        for (unit, _) in before.units() {
            prop_assert!(after.get(unit).is_some() || compiled.ends.contains_key(&unit));
        }
        for (unit, standing) in after.units() {
            prop_assert!(standing.parent.is_none_or(|parent| after.get(parent).is_some()), "{unit} hangs in the air");
        }
    }
}
