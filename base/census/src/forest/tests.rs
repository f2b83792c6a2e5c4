//! The forest against what the rows say, one unit at a time.

use super::*;
use chibo_kernel::Places;

fn id(n: u8) -> Id<Unit> {
    Id::from_bytes([n; 16])
}

fn day(n: i32) -> Day {
    Day::from_number(n)
}

fn span(from: i32, to: i32) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

fn unit(n: u8, valid: Period, rank: u32, name: &str) -> UnitRow {
    let (recorded, superseded) = (Moment(0), Moment::FOREVER);
    let (name, code) = (name.to_owned(), String::new());
    UnitRow {
        id: id(n),
        valid,
        recorded,
        superseded,
        short: name.clone(),
        name,
        kind: n,
        setting: 0,
        code,
        sort_rank: rank,
    }
}

fn edge(n: u8, parent: Option<u8>, valid: Period) -> EdgeRow {
    EdgeRow { id: id(n), parent: parent.map(id), valid, recorded: Moment(0), superseded: Moment::FOREVER }
}

fn names(tree: &Tree) -> Vec<&str> {
    (0..tree.len()).filter_map(|place| tree.facts(place)).map(|facts| facts.name.as_str()).collect()
}

const ALWAYS: (i32, i32) = (0, 1000);

fn small() -> Forest {
    let all = span(ALWAYS.0, ALWAYS.1);
    let units = vec![
        unit(1, all, 0, "Thành ủy"),
        unit(2, all, 1, "Phường Đức"),
        unit(3, span(0, 50), 1, "Phường Dung"),
        unit(4, all, 2, "Chi bộ 1"),
        unit(5, all, 2, "Chi bộ 2"),
    ];
    let edges = [
        edge(1, None, all),
        edge(2, Some(1), all),
        edge(3, Some(1), span(0, 50)),
        edge(4, Some(2), all),
        edge(5, Some(3), span(0, 50)),
        edge(5, Some(2), span(50, 1000)),
    ];
    let successions = [SuccessionRow { from: id(3), into: id(2), on: day(50), main: true }];
    Forest::new(units, &edges, &successions, None)
}

#[test]
fn org_18_the_tree_of_a_day_is_the_one_of_that_day() {
    let forest = small();
    let before = forest.tree(AsOf::on(day(49)));
    assert_eq!(names(&before), ["Thành ủy", "Phường Dung", "Chi bộ 2", "Phường Đức", "Chi bộ 1"]);
    assert_eq!(before.children(0).collect::<Vec<_>>(), [1, 3]);
    assert_eq!((before.end(1), before.depth(2), before.parent(2), before.parent(0)), (3, 2, Some(1), None));
    assert_eq!(before.path(2), [0, 1, 2]);
    let after = forest.tree(AsOf::on(day(50)));
    assert_eq!(names(&after), ["Thành ủy", "Phường Đức", "Chi bộ 1", "Chi bộ 2"]);
    assert_eq!(after.roots().collect::<Vec<_>>(), [0]);
    assert!(after.faults().is_empty() && before.faults().is_empty());
}

#[test]
fn days_between_two_changes_share_one_tree() {
    let forest = small();
    let at = |n| forest.tree(AsOf::on(day(n)));
    assert!(Arc::ptr_eq(&at(0), &at(49)));
    assert!(!Arc::ptr_eq(&at(49), &at(50)));
    assert!(Arc::ptr_eq(&at(50), &at(999)));
    assert!(at(1000).is_empty());
}

#[test]
fn org_18_a_correction_changes_only_what_was_known_later() {
    let all = span(0, 1000);
    let mut wrong = edge(3, Some(1), all);
    wrong.superseded = Moment(10);
    let mut right = edge(3, Some(2), all);
    right.recorded = Moment(10);
    let units = (1..=3).map(|n| unit(n, all, 0, "x")).collect();
    let forest = Forest::new(units, &[edge(1, None, all), edge(2, None, all), wrong, right], &[], None);
    let parent = |known| {
        let tree = forest.tree(AsOf { day: day(5), known });
        tree.parent(tree.place_of(forest.no(id(3)).unwrap()).unwrap()).and_then(|place| tree.unit(place))
    };
    assert_eq!(parent(Moment(9)), forest.no(id(1)));
    assert_eq!(parent(Moment(10)), forest.no(id(2)));
    assert_eq!(parent(Moment::FOREVER), forest.no(id(2)));
}

#[test]
fn an_abolished_unit_stands_where_its_successor_stands() {
    let forest = Arc::new(small());
    let places = forest.today(day(60));
    assert_eq!(places.span(id(3)), places.span(id(2)));
    assert_eq!(places.span(id(2)), Some(1..4));
    let standing: Vec<_> = places.standing_in(&(1..2)).to_vec();
    assert_eq!(standing, [forest.no(id(2)).unwrap(), forest.no(id(3)).unwrap()]);
    assert_eq!(places.span(id(9)), None);
    assert_eq!(places.standing_in(&(0..u32::MAX)).len(), 5);
}

#[test]
fn without_successor_it_stands_where_its_last_parent_stands() {
    let all = span(0, 1000);
    let units = vec![unit(1, all, 0, "a"), unit(2, span(0, 10), 0, "b"), unit(3, span(0, 10), 0, "c")];
    let edges = [edge(1, None, all), edge(2, Some(1), span(0, 10)), edge(3, Some(2), span(0, 10))];
    let forest = Forest::new(units, &edges, &[], None);
    assert_eq!(forest.today(day(20)).span(id(3)), Some(0..1));
}

#[test]
fn circles_and_orphans_are_reported_and_never_followed() {
    let all = span(0, 1000);
    let units = [1, 2, 3, 4, 6, 7].map(|n| unit(n, all, 0, "x")).to_vec();
    let edges = [
        edge(1, None, all),
        edge(2, Some(3), all),
        edge(3, Some(2), all),
        edge(4, Some(5), all),
        edge(5, Some(1), all),
        edge(6, Some(6), all),
        edge(7, Some(1), all),
        edge(7, Some(4), all),
    ];
    let circle = [(2, 3), (3, 2)].map(|(a, b)| SuccessionRow { from: id(a), into: id(b), on: day(1), main: true });
    let forest = Forest::new(units, &edges, &circle, None);
    let tree = forest.tree(AsOf::on(day(1)));
    let mut faults: Vec<_> =
        tree.faults().iter().filter_map(|f| Some((forest.id(f.unit)?.bytes()[0], f.why))).collect();
    faults.sort_by_key(|(unit, _)| *unit);
    let wanted = [
        (2, Why::Cycle),
        (3, Why::Cycle),
        (4, Why::MissingParent),
        (5, Why::NoFacts),
        (6, Why::Cycle),
        (7, Why::TwoParents),
    ];
    assert_eq!(faults, wanted);
    assert_eq!(tree.order(), [forest.no(id(1)).unwrap(), forest.no(id(7)).unwrap()]);
    assert_eq!(forest.today(day(1)).span(id(2)), None);
}

#[test]
fn a_forest_built_from_another_keeps_its_numbers() {
    let old = small();
    let all = span(0, 1000);
    let units = vec![unit(8, all, 0, "mới"), unit(4, all, 0, "Chi bộ 1"), unit(1, all, 0, "Thành ủy")];
    let new = Forest::new(units, &[edge(8, None, all)], &[], Some(&old));
    for n in 1..=5 {
        assert_eq!(new.no(id(n)), old.no(id(n)));
    }
    assert_eq!(new.no(id(8)), Some(5));
}
