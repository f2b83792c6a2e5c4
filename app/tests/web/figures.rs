//! Numbers agree with each other and with the lists behind them, as of any day.

use chibo_web::Lang;

use crate::html::links_with_text;
use crate::visitor::Visitor;
use crate::world::World;

/// Links to lists of members whose text is a whole number: address and number.
fn counted(page: &str) -> Vec<(String, u64)> {
    let lists = links_with_text(page).into_iter().filter(|(href, _)| href.starts_with("/members?"));
    let number = |text: &str| text.trim().replace(['.', ','], "").parse::<u64>().ok();
    lists.filter_map(|(href, text)| number(&text).map(|number| (href, number))).collect()
}

/// How many members the list at an address says it holds.
fn list_total(visitor: &Visitor<'_>, url: &str) -> u64 {
    let page = visitor.get(url);
    assert_eq!(page.status, 200, "{url}");
    let text = page.text();
    let w = visitor.world.house.words.tongue(Lang::Vi);
    let (before, after) = {
        let pattern = w.t1("members-total", "count", "@");
        let (before, after) = pattern.split_once('@').unwrap();
        (before.to_owned(), after.to_owned())
    };
    let found = text.split(&after).filter_map(|piece| {
        let digits: String = piece.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let number: String = digits.chars().rev().filter(char::is_ascii_digit).collect();
        let head = piece.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        (head.ends_with(&before) && !number.is_empty()).then(|| number.parse().unwrap())
    });
    found.into_iter().next().unwrap_or_else(|| panic!("{url} does not say how many"))
}

const DAYS: [&str; 6] = [
    "",
    "&day=2026-07-25",
    "&day=2025-07-01",
    "&day=2025-06-30",
    "&day=2010-01-01",
    "&day=2025-06-30&known=2025-06-20",
];

#[test]
fn totals_of_dashboard_crosstab_and_list_are_one_number() {
    let world = World::shared();
    let boss = Visitor::of(world, "city-board.city");
    let sites = &world.sites;
    let mut compared = 0;
    for unit in [sites.city, sites.ward, sites.branch, sites.sibling] {
        for when in DAYS {
            let dashboard = boss.get(&format!("/?unit={unit}{when}"));
            assert_eq!(dashboard.status, 200);
            let dashboard = counted(&dashboard.text());
            for sides in
                ["rows=sex&cols=standing", "rows=age&cols=theory", "rows=ethnicity&cols=degree", "rows=child&cols=kind"]
            {
                let crosstab = counted(&boss.get(&format!("/crosstab?unit={unit}&{sides}{when}")).text());
                // A unit that did not stand itself on the day answers with its forerunners, and has no list of its own.
                let (Some((all, total)), Some((figure, members))) = (crosstab.last(), dashboard.first()) else {
                    continue;
                };
                assert_eq!(total, members, "{unit}{when} {sides}: {all} and {figure}");
                assert_eq!(list_total(&boss, all), *total, "{all}");
                compared += 1;
            }
        }
    }
    println!("{compared} totals compared");
    assert!(compared >= 40, "{compared}");
}

#[test]
fn tsk_10_every_number_is_the_length_of_the_list_behind_it() {
    let world = World::shared();
    let mut followed = 0;
    for (login, unit) in [("city-board.city", world.sites.city), ("unit-officer.ward", world.sites.ward)] {
        let visitor = Visitor::of(world, login);
        for when in DAYS {
            let pages = [
                format!("/?unit={unit}{when}"),
                format!("/crosstab?unit={unit}&rows=age&cols=sex{when}"),
                format!("/crosstab?unit={unit}&rows=setting&cols=theory&f=sex:2{when}"),
            ];
            for page in pages {
                let links = counted(&visitor.get(&page).text());
                // Every seventh: the others are made by the same hand.
                for (href, number) in links.iter().step_by(7) {
                    assert_eq!(list_total(&visitor, href), *number, "{page}: {href}");
                    followed += 1;
                }
            }
        }
    }
    println!("{followed} numbers followed to their lists");
    assert!(followed > 60, "{followed}");
}

#[test]
fn the_day_of_the_reorganisation_loses_nobody() {
    let world = World::shared();
    let boss = Visitor::of(world, "city-board.city");
    let unit = world.sites.city;
    let total = |day: &str| list_total(&boss, &format!("/members?day={day}"));
    // Three provinces became one city: nobody came or went that night.
    assert_eq!(total("2025-06-30"), total("2025-07-01"));
    assert_eq!(list_total(&boss, &format!("/members?unit={unit}")), 1_000.min(total("2026-11-22")));
}

#[test]
fn a_commit_is_seen_at_the_next_request() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let url = format!("/members?unit={}", world.sites.branch);
    let before = list_total(&boss, &url);
    let upload =
        boss.upload("/members/import", "moi.csv", crate::fixtures::one_member(world, "Phạm Thị Mới").as_bytes());
    assert_eq!(upload.status, 303, "{}", upload.text());
    let import = upload.header("location").to_owned();
    assert_eq!(list_total(&boss, &url), before, "looking at a file writes nothing");
    assert_eq!(boss.post(&format!("{import}/confirmation"), &[]).status, 303);
    assert_eq!(list_total(&boss, &url), before + 1);
    assert!(boss.get("/search?q=pham+thi+moi").text().contains("Phạm Thị Mới"));
    assert_eq!(boss.post(&format!("{import}/undoing"), &[]).status, 303);
    assert_eq!(list_total(&boss, &url), before);
    assert!(!boss.get("/search?q=pham+thi+moi").text().contains("Phạm Thị Mới</a>"));
    assert_eq!(boss.post(&format!("{import}/undoing"), &[]).status, 422, "only once");
}
