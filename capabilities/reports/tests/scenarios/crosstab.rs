//! The cross-tab: every number is the list behind it.

use chibo_census::{Bounds, Query};
use chibo_kernel::{AsOf, Id, Permission, Unit};
use chibo_members::dims::{Dimension, Filters, bounds_of, ground, members_of};
use chibo_papers::{Limits, SheetSource, Value};
use chibo_testkit::TODAY;
use chibo_web::words::Lang;
use chibo_web::{Pairs, Reply};

use crate::world::{ALL, CITY, IN_QUARTER, NEW_WARD, NO_LISTS, OLD_WARD, World, day, id};

/// The addresses and numbers of all links to lists.
fn links(page: &str) -> Vec<(String, u64)> {
    let links = page.split("<a href=\"/members?").skip(1);
    let read = |link: &str| {
        let (address, rest) = link.split_once("\">").unwrap();
        let number = rest.split_once("</a>").unwrap().0.replace('.', "");
        (address.replace("&amp;", "&"), number.parse().unwrap())
    };
    links.map(read).collect()
}

/// How many members the list at an address holds.
fn behind(world: &World, address: &str) -> u64 {
    let pairs = Pairs::parse(address);
    let unit: Id<Unit> = pairs.get("unit").parse().unwrap();
    let at = AsOf::on(chibo_kernel::Day::from_iso(pairs.get("day")).unwrap_or(TODAY));
    let view = world.house.census.view(TODAY);
    let no = view.forest().no(unit).unwrap();
    let bounds = bounds_of(&pairs);
    let tree = if bounds == Bounds::Now { view.places().tree().clone() } else { view.forest().tree(at) };
    let ground = ground(no, &tree, view.places());
    let query = members_of(no, at, ground, view.places(), vec![0..u32::MAX]);
    let query = Query { bounds, ..query };
    view.count(&Filters::read(&pairs, unit).on(query, no))
}

#[test]
fn tsk_10_every_number_is_the_length_of_the_list_behind_it() {
    let world = World::new();
    let city = world.viewer(&[(CITY, ALL)]);
    for when in ["", "&day=2025-06-30", "&day=2025-07-01", "&day=2025-06-30&bounds=now"] {
        for rows in Dimension::ALL {
            let url = format!("/crosstab?rows={}&cols=theory&f=sex:2&f=theory:1&f=theory:2{when}", rows.key());
            let links = links(&world.page(&city, &url));
            assert!(links.len() > 3, "{url}");
            for (address, number) in links {
                assert_eq!(behind(&world, &address), number, "{url}: {address}");
            }
        }
    }
}

#[test]
fn seed_09_a_past_day_is_counted_by_the_boundaries_of_then_or_of_now() {
    let world = World::new();
    let city = world.viewer(&[(CITY, ALL)]);
    let url = "/crosstab?rows=child&cols=sex&day=2025-06-30";
    let then = world.page(&city, url);
    assert!(then.contains("Quận Cũ") && !then.contains("Phường Mới"), "{then}");
    let now = world.page(&city, &format!("{url}&bounds=now"));
    assert!(now.contains("Phường Mới") && now.contains("theo ranh giới tổ chức hiện nay"), "{now}");
    for page in [&then, &now] {
        assert_eq!(links(page).last().map(|(_, number)| *number), Some(IN_QUARTER), "nobody is lost on the way");
        assert!(page.contains("bounds=now"), "the other way is one click away");
    }
    assert!(!world.page(&city, "/crosstab?rows=child&cols=sex").contains("bounds=now"), "today both are the same");
}

#[test]
fn a_role_on_an_abolished_unit_asks_about_what_took_its_place() {
    let world = World::new();
    let old = world.viewer(&[(OLD_WARD, ALL)]);
    let page = world.page(&old, "/crosstab");
    assert!(page.contains("Đảng bộ Phường Mới"), "{page}");
    let reply = world.ask_in(Lang::Vi, &old, "/crosstab.xlsx");
    assert!(matches!(reply, Ok(Reply::File { .. })), "the workbook of the same question");
}

#[test]
fn the_last_number_is_everybody() {
    let world = World::new();
    let city = world.viewer(&[(CITY, ALL)]);
    let page = world.page(&city, "/crosstab");
    assert_eq!(links(&page).last().map(|(_, number)| *number), Some(50));
    assert!(page.contains("Tổng các dòng bằng tổng chung: 50."));
    assert!(page.contains("lý luận chính trị và độ tuổi"));
    let percent = world.page_in(Lang::En, &city, "/crosstab?rows=sex&cols=standing&show=row");
    assert!(percent.contains("100.00%") && percent.contains("20.00%"), "{percent}");
}

#[test]
fn sta_04_small_cells_of_sensitive_tables_are_for_those_who_see_the_list() {
    let world = World::new();
    let url = "/crosstab?rows=ethnicity&cols=sex";
    let open = world.page(&world.viewer(&[(CITY, ALL)]), url);
    assert!(!open.contains("&lt;5") && links(&open).iter().any(|(_, number)| *number == 3));
    let closed = world.page(&world.viewer(&[(CITY, NO_LISTS)]), url);
    assert!(closed.contains("&lt;5") && closed.contains("ẩn") && !closed.contains("/members"));
    let elsewhere = world.viewer(&[(CITY, NO_LISTS), (NEW_WARD, &[Permission::ViewUnits, Permission::ViewMembers])]);
    assert!(world.page(&elsewhere, url).contains("&lt;5"));
    let filtered = world.page(&world.viewer(&[(CITY, NO_LISTS)]), "/crosstab?rows=sex&cols=standing&f=ethnicity:17");
    assert!(filtered.contains("&lt;5"));
    let plain = world.page(&world.viewer(&[(CITY, NO_LISTS)]), "/crosstab?rows=sex&cols=theory");
    assert!(!plain.contains("&lt;5"));
}

#[test]
fn before_its_first_day_a_unit_is_not_divided_by_children() {
    let world = World::new();
    let ward = world.viewer(&[(NEW_WARD, ALL)]);
    for lang in [Lang::Vi, Lang::En] {
        let page = world.page_in(lang, &ward, "/crosstab?rows=child&cols=sex&f=child:1&day=2024-12-31");
        assert!(page.contains(if lang == Lang::Vi {
            "chưa có đơn vị trực thuộc"
        } else {
            "no attached units"
        }));
        assert!(page.contains(">20<"));
    }
}

#[test]
fn an_empty_answer_says_what_to_do() {
    let world = World::new();
    let page = world.page(&world.viewer(&[(CITY, ALL)]), "/crosstab?f=standing:4");
    assert!(page.contains("Hãy bỏ bớt điều kiện") && page.contains("class=\"chip on\""));
}

#[test]
fn the_workbook_holds_the_same_numbers_and_is_recorded() {
    let world = World::new();
    let city = world.viewer(&[(CITY, ALL)]);
    let url = "/crosstab.xlsx?rows=sex&cols=standing&f=theory:1&f=theory:2&day=2026-06-30";
    let Ok(Reply::File { name, body, .. }) = world.ask_in(Lang::Vi, &city, url) else { panic!("no file") };
    assert_eq!(name, "bang-cheo-2026-06-30.xlsx");
    let mut source = SheetSource::open(body, &name, Limits::default()).unwrap();
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    source
        .for_each_row(|row| {
            for cell in row.cells {
                match &cell.value {
                    Value::Text(text) => texts.push(text.to_string()),
                    Value::Number(number) => numbers.push(*number),
                    _ => {}
                }
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    let text = texts.join("\n");
    for part in ["Đảng bộ Thành phố", "30/06/2026", "Lý luận chính trị: Chưa qua đào tạo, Sơ cấp", "Trần Thị Bích"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let whole = behind(&world, &format!("unit={}&day={}&f=theory:1&f=theory:2", id(CITY), day(2026, 6, 30).iso()));
    assert_eq!(numbers.last().copied(), Some(whole as f64));
    let entries = world.house.db.read(|tx| chibo_store::audit::of_stream(tx, id(CITY).bytes(), 9)).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["report-exported"]);
    assert!(entries[0].detail.contains("\"members\":") && entries[0].unit_id == Some(id(CITY)));
}
