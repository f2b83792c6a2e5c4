//! Measures the census against the barest program for the same job: `scan [members]`, 250,000 if not said.
//!
//! Only ratios taken in one run mean anything.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bare;
mod city;

use std::hint::black_box;
use std::time::Instant;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, Dim, Query, Scope};
use chibo_kernel::{AsOf, Day};

use bare::Bare;
use city::{City, Dice};

const DIMS: [Dim; 7] = [Dim::Kind, Dim::Setting, Dim::Sex, Dim::AgeBand, Dim::Ethnicity, Dim::Degree, Dim::Theory];

/// Median of the times of a job, in milliseconds.
fn ms<T>(mut job: impl FnMut() -> T) -> f64 {
    let rounds = 31;
    let mut times: Vec<f64> = (0..rounds + 2)
        .map(|_| {
            let start = Instant::now();
            black_box(job());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .skip(2)
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}

fn main() {
    let members: u32 = std::env::args().nth(1).and_then(|arg| arg.parse().ok()).unwrap_or(250_000);
    let today = Day::from_ymd(2026, 11, 22).unwrap();
    let asked = Day::from_ymd(2024, 6, 30).unwrap();

    let start = Instant::now();
    let (city, forest) = City::new(members);
    println!("units {} in {:.0} ms", forest.len(), start.elapsed().as_secs_f64() * 1000.0);
    let start = Instant::now();
    let tree = forest.tree(AsOf::on(today));
    println!("tree {} places in {:.1} ms", tree.len(), start.elapsed().as_secs_f64() * 1000.0);

    let census = Census::default();
    let start = Instant::now();
    let loaded = census.replace_all(forest, today, |loader| {
        loader.expect(members as usize, members as usize * 46 / 10 + 1000);
        city.each_person(|facts| loader.push(facts));
        Ok::<_, ()>(())
    });
    loaded.expect("the city loads");
    let seconds = start.elapsed().as_secs_f64();
    let states = census.view(today).states();
    println!("{members} members, {states} states in {seconds:.2} s, {} persons at once", census.view(today).persons());
    println!("{:.1} bytes a member", census.bytes() as f64 / f64::from(members));

    let bare = Bare::new(&city, asked);
    let (wide, small) = (count(&census, today, asked, &city), rates(&census, today, asked, &city, &bare));
    println!("asked {wide}; small subtree {small}");
    searches(&census, today, &city, &bare);
    commits(&census, today, asked, &city);
}

fn count(census: &Census, today: Day, asked: Day, city: &City) -> String {
    let view = census.view(today);
    let all = Query::at(AsOf::on(asked));
    let district = Query { scope: Scope::Unit(city.district), ..all.clone() };
    format!("city {} members, district {}", view.count(&all), view.count(&district))
}

fn rates(census: &Census, today: Day, asked: Day, city: &City, bare: &Bare) -> String {
    let view = census.view(today);
    let full = Query::at(AsOf::on(asked)).by(&DIMS);
    let subtree = |unit| Query { scope: Scope::Unit(unit), ..full.clone() };
    let (cells, total) = bare.cube();
    let cube = view.cube(&full).unwrap();
    assert_eq!((cube.len(), cube.total()), (cells, total), "both count the same");

    let limit = ms(|| bare.cube());
    let limit_margins = ms(|| bare.margin());
    println!("bare scan: city cube {limit:.2} ms ({cells} cells), margin {limit_margins:.2} ms");
    let show = |what: &str, took: f64| println!("{what}: {took:.3} ms = {:.2} × bare cube", took / limit);
    let city_time = ms(|| view.cube(&full).unwrap());
    show("7 dims, city", city_time);
    let corrected = Query { at: AsOf { known: chibo_kernel::Moment::end_of(asked), ..full.at }, ..full.clone() };
    show("7 dims, city, known then", ms(|| view.cube(&corrected).unwrap()));
    show("7 dims, city, today", ms(|| view.cube(&Query { at: AsOf::on(today), ..full.clone() }).unwrap()));
    show(
        "7 dims, city, 1990",
        ms(|| view.cube(&Query { at: AsOf::on(Day::from_ymd(1990, 1, 1).unwrap()), ..full.clone() }).unwrap()),
    );
    show("7 dims, district", ms(|| view.cube(&subtree(city.district)).unwrap()));
    let ward = ms(|| view.cube(&subtree(city.ward)).unwrap());
    println!(
        "7 dims, ward ({} members): {ward:.3} ms = {:.3} × own city",
        view.count(&subtree(city.ward)),
        ward / city_time
    );
    let members = Query { members: Some(Codes::of(&[1, 2])), ..full.clone() };
    show("7 dims, city, two standings", ms(|| view.cube(&members).unwrap()));
    let two = full.clone().by(&[Dim::AgeBand, Dim::Sex]);
    show("cross-tab age × sex, city", ms(|| view.cube(&two).unwrap().crosstab(0, 1)));
    let margin = ms(|| view.cube(&full.clone().by(&[Dim::Kind])).unwrap());
    println!("margin by kind, city: {margin:.3} ms = {:.2} × bare margin", margin / limit_margins);
    show("count, city", ms(|| view.count(&full)));
    show("headcounts of all units", ms(|| view.headcounts(&full)));
    let days: Vec<Day> = (1930..2027).filter_map(|year| Day::from_ymd(year, 12, 31)).collect();
    show("series of 97 years", ms(|| view.series(&full, &days)));
    let now = Query { at: AsOf::on(today), ..full.clone() };
    show("first 50 of the city by name, today", ms(|| view.list(&now, ListOrder::Name, None, 50)));
    show("first 50 of the city by name, then", ms(|| view.list(&full, ListOrder::Name, None, 50)));
    show("first 50 of the ward by name", ms(|| view.list(&subtree(city.ward), ListOrder::Name, None, 50)));
    let a_child = full.clone().by(&[Dim::Child(0), Dim::Sex]);
    show("by district × sex", ms(|| view.cube(&a_child).unwrap()));
    format!("{:.3} ms", ward)
}

fn searches(census: &Census, today: Day, city: &City, bare: &Bare) {
    let view = census.view(today);
    let span = |unit| view.places().tree().span(unit).unwrap();
    let scopes = [("city", span(0)), ("district", span(city.district)), ("ward", span(city.ward))];
    for typed in ["nguyen", "nguyễn", "nguyen van", "tran thi ngoc", "do duc", "n v a", "hò", "đức", "minh quan", "xyz"]
    {
        let limit = ms(|| bare.count_names(typed));
        let count = ms(|| view.found(typed, Some(&[scopes[0].1.clone()])));
        let hits = view.found(typed, None);
        assert_eq!(hits, bare.count_names(typed), "{typed}");
        let first =
            scopes.each_ref().map(|(_, span)| ms(|| view.search(typed, Some(std::slice::from_ref(span)), 50)) * 1000.0);
        println!(
            "search {typed:?}: {hits} hits; count {count:.3} ms = {:.2} × bare slice scan; first 50: \
             city {:.0} µs, district {:.0} µs, ward {:.0} µs",
            count / limit,
            first[0],
            first[1],
            first[2]
        );
    }
}

fn commits(census: &Census, today: Day, asked: Day, city: &City) {
    let full = Query::at(AsOf::on(asked)).by(&DIMS);
    let ward = Query { scope: Scope::Unit(city.ward), ..full.clone() };
    let ask = |query: &Query| ms(|| census.view(today).cube(query).unwrap());
    let (warm, warm_ward) = (ask(&full), ask(&ward));
    let mut dice = Dice(99);
    let mut changes = Vec::new();
    let mut wanted: Vec<u32> = (0..1000).map(|_| dice.below(city.members)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut no = 0;
    city.each_person(|facts| {
        if wanted.binary_search(&no).is_ok() {
            changes.push((facts.id, Some(facts.clone())));
        }
        no += 1;
    });
    let total = census.view(today).count(&full);
    let changed = changes.len();
    let one = changes[0].clone();
    let start = Instant::now();
    census.apply(changes, today);
    let took = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(census.view(today).count(&full), total);
    let (after, after_ward) = (ask(&full), ask(&ward));
    println!(
        "apply {changed} persons: {took:.2} ms; then city {:.2} ×, ward {:.2} × warm",
        after / warm,
        after_ward / warm_ward
    );
    let start = Instant::now();
    census.apply(vec![one], today);
    println!("apply one person: {:.3} ms", start.elapsed().as_secs_f64() * 1000.0);
}
