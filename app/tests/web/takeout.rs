//! Any list goes out with chosen columns, made in the background as whoever asked for it, and recorded by the list itself.

use std::io::Cursor;

use chibo_store::jobs::{self, Handler};

use crate::visitor::{Answer, Visitor};
use crate::world::World;

const LIST: &str = "/take-out?of=%2Fdossiers%2Fexport.xlsx";

fn work(world: &World) {
    let handlers: Vec<Handler> = world.house.capabilities.iter().flat_map(|c| c.jobs.iter().copied()).collect();
    while jobs::run_next(&world.house.db, &handlers).unwrap() {}
}

/// How often something was taken out, by the audit log.
fn taken(world: &World) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit WHERE action LIKE '%export%' OR action LIKE '%taken%'";
    world.raw().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Cells of the widest row of the first sheet.
fn width(answer: &Answer) -> usize {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(answer.body.clone())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(range.height() > 100, "{} rows", range.height());
    // The block above the table is two cells wide at most; the rows below it are those of the list.
    range
        .rows()
        .skip(10)
        .map(|row| row.iter().filter(|cell| !matches!(cell, calamine::Data::Empty)).count())
        .max()
        .unwrap()
}

#[test]
fn dpd_12_a_list_goes_out_with_the_columns_chosen_and_is_recorded_once() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let before = taken(world);
    let page = boss.get(LIST);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().matches("name=\"columns\"").count() > 5, "the headings are offered");
    assert_eq!(taken(world), before, "asking for the headings takes nothing out");

    let none = boss.post(LIST, &[]);
    assert_eq!(none.status, 422, "a column at least");
    let sent = boss.post(LIST, &[("columns", "0"), ("columns", "2"), ("columns", "2"), ("columns", "900")]);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let job = sent.header("location").to_owned();
    assert!(boss.get(&job).text().contains("hx-get"), "it waits");
    work(world);
    assert_eq!(taken(world), before + 1);
    let file = boss.get(&format!("{job}?take=file"));
    assert_eq!((file.status, width(&file)), (200, 2));
    assert!(boss.get(&format!("{job}?take=file")).header("content-type").starts_with("text/html"), "taken once");
    assert_eq!(Visitor::of(world, "unit-officer.city").get(&job).status, 404, "somebody else's is absent");
}

#[test]
fn what_is_no_list_or_out_of_reach_is_not_offered() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    for of in ["/members", "/members/export.xlsx", "/development/template.xlsx", "/nowhere/export.xlsx", ""] {
        let of = of.replace('/', "%2F");
        assert_eq!(boss.get(&format!("/take-out?of={of}")).status, 404, "{of}");
    }
    let far = format!("%2Fdossiers%2Fexport.xlsx%3Funit%3D{}", world.sites.sibling);
    let officer = Visitor::of(world, "unit-officer.ward");
    let answer = officer.get(&format!("/take-out?of={far}"));
    assert!([403, 404].contains(&answer.status), "{}", answer.status);
    assert_eq!(Visitor::of(world, "administrator.ward").get(LIST).status, 403);
}
