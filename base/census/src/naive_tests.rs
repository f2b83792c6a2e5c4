//! Random registers, random questions: the columns against the obvious way.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chibo_kernel::{AsOf, Day, Id, Moment, Person};
use proptest::prelude::*;

use crate::cube::{ListOrder, TooMuch};
use crate::naive::{DAYS, Dice, Naive, World, day, random_person, sort_key};
use crate::*;

fn loaded(world: &World, today: Day) -> Census {
    let census = Census::default();
    let done = census.replace_all(world.forest(), today, |loader| {
        world.people.iter().for_each(|facts| loader.push(facts));
        Ok::<_, ()>(())
    });
    assert_eq!(done, Ok(()));
    census
}

fn random_day(dice: &mut Dice) -> Day {
    day(dice.below(DAYS as u32 + 20) as i32 - 10)
}

fn random_ranges(dice: &mut Dice) -> Vec<Range<u32>> {
    let range = |dice: &mut Dice| {
        let start = dice.below(8);
        start..start + 1 + dice.below(6)
    };
    (0..1 + dice.below(2)).map(|_| range(dice)).collect()
}

fn random_dim(dice: &mut Dice, units: u32) -> Dim {
    use Dim::*;
    let child = Child(dice.below(units));
    dice.pick(&[
        Kind,
        Setting,
        Sex,
        AgeBand,
        Standing,
        Ethnicity,
        Religion,
        Education,
        Degree,
        Theory,
        Occupation,
        PartyAgeBand,
        BirthDecade,
        AdmittedYear,
        AdmittedMonth,
        child,
        child,
    ])
}

fn random_query(dice: &mut Dice, units: u32) -> Query {
    let known = if dice.chance(50) { Moment::FOREVER } else { Moment::end_of(random_day(dice)) };
    let mut query = Query::at(AsOf { day: random_day(dice), known });
    query.scope = match dice.below(3) {
        0 => Scope::Everywhere,
        1 => Scope::Unit(dice.below(units)),
        _ => Scope::Places(random_ranges(dice)),
    };
    query.bounds = if dice.chance(30) { Bounds::Now } else { Bounds::Then };
    query.allowed = dice.chance(50).then(|| random_ranges(dice));
    query.members = dice.chance(50).then(|| Codes::of(&[1, 2, dice.below(4)]));
    for _ in 0..dice.below(3) {
        let codes: Vec<u32> = (0..6).map(|_| dice.below(10)).collect();
        query.filters.push((random_dim(dice, units), Codes::of(&codes)));
    }
    query.dims = (0..dice.below(5)).map(|_| random_dim(dice, units)).collect();
    query
}

fn cells(cube: &Cube) -> BTreeMap<Vec<u32>, u64> {
    let mut cells = BTreeMap::new();
    cube.each(|codes, count| assert_eq!(cells.insert(codes.to_vec(), count), None));
    cells
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn cubes_and_counts_are_those_of_the_obvious_way(seed: u64) {
        let mut dice = Dice(seed);
        let people = 1 + dice.below(80);
        let world = World::random(&mut dice, people);
        let (today, forest) = (random_day(&mut dice), world.forest());
        let census = loaded(&world, today);
        let naive = Naive { world: &world, forest: &forest, today };
        let view = census.view(today);
        for _ in 0..6 {
            let query = random_query(&mut dice, world.unit_count);
            prop_assert_eq!(view.count(&query), naive.found(&query).len() as u64, "{:?}", query);
            prop_assert_eq!(view.headcounts(&query), naive.headcounts(&query), "{:?}", query);
            let (cube, wanted) = match view.cube(&query) {
                Ok(cube) => (cube, naive.cube(&query)),
                // Three times the months of a century are more cells than can be numbered: refused, never wrong.
                Err(TooMuch::Cells) if query.dims.len() >= 3 => continue,
                Err(other) => return Err(TestCaseError::fail(format!("{other}: {query:?}"))),
            };
            prop_assert_eq!(&cells(&cube), &wanted, "{:?}", query);
            prop_assert_eq!(cube.total(), wanted.values().sum::<u64>());
            for (codes, count) in wanted.iter().take(5) {
                prop_assert_eq!(cube.get(codes), *count);
            }
        }
    }

    #[test]
    fn tsk_10_totals_are_the_sums_of_their_parts(seed: u64) {
        let mut dice = Dice(seed);
        let world = World::random(&mut dice, 80);
        let today = random_day(&mut dice);
        let census = loaded(&world, today);
        let dims = [Dim::Kind, Dim::AgeBand, Dim::Sex].map(|dim| if dice.chance(30) { Dim::Child(0) } else { dim });
        let cube = census.view(today).cube(&Query::at(AsOf::on(random_day(&mut dice))).by(&dims)).unwrap();
        for dim in 0..3 {
            let margin = cube.margin(dim);
            prop_assert_eq!(margin.len(), cube.sizes()[dim] as usize);
            prop_assert_eq!(margin.iter().sum::<u64>(), cube.total());
        }
        let table = cube.crosstab(0, 2);
        prop_assert_eq!((0..table.rows()).map(|row| table.row_total(row)).collect::<Vec<_>>(), cube.margin(0));
        prop_assert_eq!((0..table.cols()).map(|col| table.col_total(col)).collect::<Vec<_>>(), cube.margin(2));
        prop_assert_eq!(table.total(), cube.total());
    }

    #[test]
    fn every_cell_opens_the_list_behind_it(seed: u64) {
        let mut dice = Dice(seed);
        let world = World::random(&mut dice, 60);
        let (today, forest) = (random_day(&mut dice), world.forest());
        let census = loaded(&world, today);
        let naive = Naive { world: &world, forest: &forest, today };
        let view = census.view(today);
        let mut query = random_query(&mut dice, world.unit_count);
        if dice.chance(40) {
            query.at = AsOf::on(today);
        }
        let mut wanted: Vec<Id<Person>> = naive.found(&query).iter().map(|(who, _)| who.id).collect();
        wanted.sort();
        for order in [ListOrder::Name, ListOrder::Place] {
            let all = view.list(&query, order, None, 1000);
            let mut ids: Vec<_> = all.iter().map(|no| view.id(*no).unwrap()).collect();
            ids.sort();
            prop_assert_eq!(&ids, &wanted);
            let (mut pages, page) = (Vec::new(), 1 + dice.below(7) as usize);
            loop {
                let next = view.list(&query, order, pages.last().copied(), page);
                if next.is_empty() {
                    break;
                }
                pages.extend(next);
            }
            prop_assert_eq!(&pages, &all);
            if order == ListOrder::Name {
                let key = |no: &u32| sort_key(world.people.iter().find(|who| Some(who.id) == view.id(*no)).unwrap());
                prop_assert!(all.is_sorted_by_key(key));
            }
        }
        let cube = view.cube(&query).unwrap();
        cube.each(|codes, count| {
            let cell = query.dims.iter().zip(codes).fold(query.clone(), |cell, (dim, code)| cell.only(*dim, *code));
            assert_eq!(view.list(&cell, ListOrder::Place, None, 1000).len() as u64, count);
        });
    }

    #[test]
    fn series_are_those_of_the_obvious_way(seed: u64) {
        let mut dice = Dice(seed);
        let world = World::random(&mut dice, 40);
        let (today, forest) = (random_day(&mut dice), world.forest());
        let census = loaded(&world, today);
        let naive = Naive { world: &world, forest: &forest, today };
        for _ in 0..4 {
            let mut query = random_query(&mut dice, world.unit_count);
            query.filters.clear();
            if dice.chance(50) {
                query.scope = Scope::Unit(dice.below(world.unit_count));
            } else {
                query.scope = Scope::Everywhere;
            }
            let days: Vec<Day> = (0..12).map(|_| random_day(&mut dice)).collect();
            prop_assert_eq!(census.view(today).series(&query, &days), naive.series(&query, &days), "{:?}", query);
        }
    }

    #[test]
    fn names_are_found_as_by_looking_at_every_one(seed: u64) {
        let mut dice = Dice(seed);
        let people = 1 + dice.below(60);
        let world = World::random(&mut dice, people);
        let (today, forest) = (random_day(&mut dice), world.forest());
        let census = loaded(&world, today);
        let naive = Naive { world: &world, forest: &forest, today };
        let view = census.view(today);
        for typed in TYPED {
            let allowed = dice.chance(50).then(|| random_ranges(&mut dice));
            let wanted = naive.search(typed, allowed.as_deref());
            prop_assert_eq!(view.found(typed, allowed.as_deref()), wanted.len() as u64, "{}", typed);
            let limit = dice.pick(&[1, 3, 50, 1000]);
            let found = view.search(typed, allowed.as_deref(), limit);
            prop_assert_eq!(found.len(), wanted.len().min(limit));
            // Persons of one name may come in any order.
            let best: BTreeMap<_, _> = wanted.iter().map(|(rank, key, id)| (*id, (*rank, key))).collect();
            let keys: Vec<_> = found.iter().map(|no| best[&view.id(*no).unwrap()]).collect();
            let wanted: Vec<_> = wanted.iter().map(|(rank, key, _)| (*rank, key)).take(limit).collect();
            prop_assert_eq!(keys, wanted, "{}", typed);
            prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        }
    }

    #[test]
    fn following_commits_gives_what_loading_anew_gives(seed: u64) {
        let mut dice = Dice(seed);
        let mut world = World::random(&mut dice, 50);
        let today = random_day(&mut dice);
        let census = loaded(&world, today);
        for _ in 0..dice.below(5) {
            commit(&mut dice, &mut world, &census, today);
        }
        if dice.chance(40) {
            (0..2).for_each(|_| world.move_unit(&mut dice));
            let moved = Forest::new(world.units.clone(), &world.edges, &world.successions, Some(&census.forest()));
            census.replace_forest(moved);
        }
        let anew = loaded(&world, today);
        let (view, fresh) = (census.view(today), anew.view(today));
        prop_assert_eq!(view.persons(), fresh.persons());
        let ids = |view: &View<'_>, list: Vec<u32>| {
            list.into_iter().map(|no| view.id(no).unwrap()).collect::<BTreeSet<_>>()
        };
        for _ in 0..5 {
            let mut query = random_query(&mut dice, world.unit_count);
            if dice.chance(40) {
                query.at = AsOf::on(today);
            }
            let told = |cube: Result<Cube, TooMuch>| cube.map(|cube| cells(&cube));
            prop_assert_eq!(told(view.cube(&query)), told(fresh.cube(&query)));
            prop_assert_eq!(view.count(&query), fresh.count(&query));
            prop_assert_eq!(view.headcounts(&query), fresh.headcounts(&query));
            let list = view.list(&query, ListOrder::Name, None, 1000);
            let key = |no: &u32| sort_key(world.people.iter().find(|who| Some(who.id) == view.id(*no)).unwrap());
            prop_assert!(list.is_sorted_by_key(key));
            prop_assert_eq!(ids(&view, list), ids(&fresh, fresh.list(&query, ListOrder::Name, None, 1000)));
            let days: Vec<Day> = (0..5).map(|_| random_day(&mut dice)).collect();
            prop_assert_eq!(view.series(&query, &days), fresh.series(&query, &days));
        }
        for typed in TYPED {
            let allowed = dice.chance(50).then(|| random_ranges(&mut dice));
            let (found, wanted) = (view.search(typed, allowed.as_deref(), 1000), fresh.search(typed, allowed.as_deref(), 1000));
            prop_assert_eq!(view.found(typed, allowed.as_deref()), found.len() as u64);
            prop_assert_eq!(ids(&view, found), ids(&fresh, wanted), "{}", typed);
        }
        for who in &world.people {
            let brief = |view: &View<'_>| view.no(who.id).and_then(|no| view.person(no));
            prop_assert_eq!(brief(&view), brief(&fresh));
            prop_assert_eq!(brief(&view).map(|brief| brief.name), Some(who.name.clone()));
        }
    }
}

#[test]
fn many_rows_are_counted_and_searched_batch_by_batch() {
    let mut dice = Dice(44); // a tree in which most branches stand
    let world = World::random(&mut dice, 9000);
    let (today, forest) = (day(100), world.forest());
    let census = loaded(&world, today);
    let naive = Naive { world: &world, forest: &forest, today };
    let view = census.view(today);
    let full = Query::at(AsOf::on(today)).by(&[Dim::AdmittedYear, Dim::AgeBand, Dim::Degree, Dim::Ethnicity]);
    let known =
        Query { members: Some(Codes::of(&[1])), at: AsOf { known: Moment::end_of(today), ..full.at }, ..full.clone() };
    assert!(view.count(&full) > 2500, "more than one batch");
    for query in [full, known] {
        assert_eq!(cells(&view.cube(&query).unwrap()), naive.cube(&query));
        assert_eq!(view.count(&query), naive.found(&query).len() as u64);
        assert_eq!(view.headcounts(&query), naive.headcounts(&query));
    }
    for typed in TYPED {
        let wanted = naive.search(typed, None);
        assert_eq!(view.found(typed, None), wanted.len() as u64, "{typed}");
        let found = view.search(typed, None, 50);
        let best: BTreeMap<_, _> = wanted.iter().map(|(rank, key, id)| (*id, (*rank, key))).collect();
        let keys: Vec<_> = found.iter().map(|no| best[&view.id(*no).unwrap()]).collect();
        assert_eq!(keys, wanted.iter().map(|(rank, key, _)| (*rank, key)).take(50).collect::<Vec<_>>(), "{typed}");
    }
}

#[test]
fn too_much_at_once_is_refused() {
    let census = loaded(&World::random(&mut Dice(3), 200), day(100));
    let view = census.view(day(100));
    let query = Query::at(AsOf::on(day(100)));
    assert_eq!(view.cube(&query.clone().by(&[Dim::Sex; 8])), Err(TooMuch::Dims(8)));
    assert_eq!(view.cube(&query.clone().by(&[Dim::AdmittedYear; 7])), Err(TooMuch::Cells));
    let census = Census::default();
    assert_eq!(census.view(day(0)).cube(&query.by(&[Dim::Sex; 7])).map(|cube| cube.total()), Ok(0));
}

const TYPED: [&str; 22] = [
    "",
    "n",
    "N n",
    "nguyen",
    "Nguyễn",
    "an",
    "Ân",
    "ân",
    "h",
    "hò",
    "hoa",
    "hoà",
    "Hòa thị",
    "duc",
    "đuc",
    "đức đức",
    "t t t",
    "ngoc thi",
    "H'Hen",
    "a b c d e f",
    "n ng ngo ngoc",
    "nguyen van a an",
];

/// Persons change, leave and come, in the register and in the census.
fn commit(dice: &mut Dice, world: &mut World, census: &Census, today: Day) {
    let mut changes = Vec::new();
    for _ in 0..dice.below(6) {
        let n = dice.below(70);
        let id = random_person(&mut Dice(0), n, 1).id;
        world.people.retain(|who| who.id != id);
        if dice.chance(70) {
            let mut facts = random_person(dice, n, world.unit_count);
            if dice.chance(20) {
                facts.name.push_str(" Ñáñez");
                facts.parts = None;
            }
            world.people.push(facts.clone());
            changes.push((id, Some(facts)));
        } else {
            changes.push((id, None));
        }
    }
    census.apply(changes, today);
}
