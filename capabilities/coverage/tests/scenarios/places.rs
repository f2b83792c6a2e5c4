//! From a place without an organisation to one with its own, and the plan in between.

use chibo_kernel::{Day, Problem};
use chibo_web::words::Lang;

use crate::world::{NORTH, SOUTH, World, id};

#[test]
fn org_01_a_place_stands_by_its_members_and_its_organisation() {
    World::each(|world| {
        let place = world.place("Chung cư Hòa Bình", "CC-01", "apartments");
        let page = world.page(&world.board(), &place);
        assert!(page.contains("chưa có đảng viên"), "{page}");
        let members = format!("{place}/members");
        for (count, said) in [("2", "có đảng viên, chưa đủ"), ("3", "đủ đảng viên, chưa lập")] {
            let form = [("official", count), ("source", "khảo sát 11/2026"), ("on", "20/11/2026")];
            world.send(&world.board(), &members, &form).unwrap();
            assert!(world.page(&world.board(), &place).contains(said), "{said}");
        }
        let cover = [("way", "own"), ("branch", "79.001.001.000.000"), ("from", "21/11/2026"), ("after", "0")];
        world.send(&world.board(), &format!("{place}/branch"), &cover).unwrap();
        let page = world.page(&world.board(), &place);
        assert!(page.contains("có tổ chức riêng") && page.contains("Chi bộ khu phố 1"), "{page}");
        // As of the day before it was not so.
        assert!(world.page(&world.board(), &format!("{place}?day=2026-11-20")).contains("đủ đảng viên, chưa lập"));
    });
}

#[test]
fn tsk_23_the_overview_counts_places_and_every_number_opens_its_list() {
    World::each(|world| {
        let first = world.place("Chung cư Hòa Bình", "CC-01", "apartments");
        world.place("Trường Mầm non Hoa", "TH-01", "school");
        let cover = [("way", "joint"), ("branch", "79.001.001.000.000"), ("from", "21/11/2026"), ("after", "0")];
        world.send(&world.board(), &format!("{first}/branch"), &cover).unwrap();
        let page = world.page(&world.board(), "/coverage");
        assert!(page.contains("1 trong 2") && page.contains("50"), "{page}");
        assert!(page.contains("<svg") && page.contains("Bản đồ địa bàn"));
        let list = world.page(&world.board(), "/coverage/places?state=joint");
        assert!(list.contains("Chung cư Hòa Bình") && !list.contains("Trường Mầm non Hoa"), "{list}");
        assert!(world.page(&world.board(), "/coverage/places?q=mam+non").contains("Trường Mầm non Hoa"));
        assert!(world.page_in(Lang::En, &world.board(), "/coverage").contains("Map of places"));
        assert!(world.file(&world.board(), "/coverage/export.xlsx").starts_with(b"PK"));
        assert!(world.file(&world.board(), "/coverage/template.xlsx").starts_with(b"PK"));
    });
}

/// The last days of everything due.
fn due(world: &World) -> Vec<Day> {
    let visit = world.visit(Lang::Vi, &world.board(), "/today");
    let mut found = Vec::new();
    for source in chibo_coverage::capability().duties {
        (source.find)(&visit, &mut |duty| found.push(duty.due)).unwrap();
    }
    found
}

#[test]
fn tsk_23_an_unmet_plan_of_last_year_is_overdue_until_the_place_is_planned_anew() {
    World::each(|world| {
        let place = world.place("Chung cư Hòa Bình", "CC-01", "apartments");
        let plan = |year: &str, after: &str| {
            let unit = "79.001.000.000.000";
            let form = [("year", year), ("unit", unit), ("target", "admit"), ("wanted", "2"), ("after", after)];
            world.send(&world.board(), &format!("{place}/plan"), &form).unwrap();
        };
        plan("2025", "0");
        assert_eq!(due(world), [Day::from_ymd(2025, 12, 31).unwrap()]);
        plan("2026", "1");
        assert_eq!(due(world), [Day::from_ymd(2026, 12, 31).unwrap()]);
    });
}

#[test]
fn tsk_23_what_is_doubtful_about_the_figures_is_said() {
    World::each(|world| {
        assert!(world.page(&world.board(), "/coverage").contains("chưa đối chiếu được văn bản"));
        assert!(world.page_in(Lang::En, &world.board(), "/coverage").contains("no instrument could be compared"));
    });
}

#[test]
fn tsk_23_a_plan_is_met_by_reports() {
    World::each(|world| {
        let place = world.place("Chung cư Hòa Bình", "CC-01", "apartments");
        let plan =
            [("year", "2026"), ("unit", "79.001.000.000.000"), ("target", "admit"), ("wanted", "2"), ("after", "0")];
        world.send(&world.board(), &format!("{place}/plan"), &plan).unwrap();
        let page = world.page(&world.board(), &place);
        assert!(page.contains("Kết nạp 0/2") && page.contains("chưa đạt"), "{page}");
        assert_eq!(due(world).len(), 1);
        let report = [("year", "2026"), ("admitted", "2"), ("on", "20/11/2026")];
        world.send(&world.board(), &format!("{place}/progress?year=2026"), &report).unwrap();
        assert!(world.page(&world.board(), &place).contains("Kết nạp 2/2"));
        assert!(due(world).is_empty());
    });
}

#[test]
fn bad_forms_say_what_is_wrong() {
    World::each(|world| {
        let refused = world.send(&world.board(), "/coverage/places/new", &[("lon", "x")]).unwrap_err();
        for said in [
            "Hãy nhập tên",
            "Hãy nhập mã địa bàn",
            "Chưa tìm thấy tổ chức đảng này",
            "Hãy nhập cả vĩ độ và kinh độ",
            "không phải tọa độ",
        ] {
            assert!(refused.contains(said), "{said}: {refused}");
        }
        let place = world.place("Chung cư Hòa Bình", "CC-01", "apartments");
        let again = [
            ("name", "Khác"),
            ("kind", "school"),
            ("code", "CC-01"),
            ("unit", "79.001.000.000.000"),
            ("from", "01/01/2026"),
        ];
        let refused = world.send(&world.board(), "/coverage/places/new", &again).unwrap_err();
        assert!(refused.contains("đã có địa bàn khác dùng"), "{refused}");
        let wrong = [("way", "own"), ("branch", "79.000.000.000.000"), ("from", "21/11/2026"), ("after", "0")];
        assert!(world.send(&world.board(), &format!("{place}/branch"), &wrong).is_err());
        let served = [("official", "1"), ("served", "401"), ("source", "x"), ("on", "20/11/2026")];
        let refused = world.send(&world.board(), &format!("{place}/members"), &served).unwrap_err();
        assert!(refused.contains("không thể nhiều hơn 400 hộ"), "{refused}");
    });
}

#[test]
fn places_out_of_reach_are_absent() {
    World::each(|world| {
        let place = world.place("Chung cư Hòa Bình", "CC-01", "apartments");
        assert!(world.page(&world.northerner(), &place).contains("Chung cư Hòa Bình"));
        let southerner = world.person(5, id(SOUTH), crate::world::BOARD);
        let hidden = world.ask(Lang::Vi, &southerner, "GET", &place, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        assert!(!world.page(&southerner, "/coverage/places").contains("Chung cư Hòa Bình"));
        let elsewhere = world.ask(Lang::Vi, &southerner, "GET", &format!("/coverage?unit={}", id(NORTH)), &[]);
        assert!(matches!(elsewhere, Err(Problem::NotFound)), "{elsewhere:?}");
    });
}
