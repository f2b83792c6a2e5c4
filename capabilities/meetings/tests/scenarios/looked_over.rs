//! The level above: monthly report, draws by lot, spread of self-scores.

use chibo_kernel::Problem;
use chibo_web::{Lang, Reply};

use crate::month::{opened, send, written};
use crate::world::{BOARD, BRANCH, CITY, COLLEGE, SCHOOL, SECRETARY, World, id};

/// The first branch has closed its meeting of November; gives its address.
fn closed(world: &World) -> String {
    let meeting = opened(world);
    send(world, &meeting, &written(world, "1", &[])).unwrap();
    world.send(&world.secretary(BRANCH), &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
    meeting
}

#[test]
fn mtg_12_the_monthly_report_counts_names_and_compares_with_last_year() {
    World::each(|world| {
        closed(world);
        let above = world.viewer(id(SCHOOL), BOARD);
        let of = |rest: &str| format!("/meetings/report{rest}?unit={}&month=2026-11", id(SCHOOL));
        let page = world.page(&above, &of(""));
        assert!(page.contains("Chi bộ Khoa Toán") && page.contains("Chi bộ Khoa Hóa"), "{page}");
        assert!(!page.contains("Chi bộ Khoa Điện"), "another committee's branch");
        assert!(page.contains("11/2025"), "the year before stands beside");
        let silent = page.split("Chưa báo (1)").last().expect("one branch is silent");
        assert!(silent.contains("Chi bộ Khoa Hóa"), "{silent}");
        assert!(world.file(&above, &of(".pdf")).starts_with(b"%PDF"));
        assert!(world.file(&above, &of(".docx")).starts_with(b"PK"));
        assert!(world.file(&above, &of(".xlsx")).starts_with(b"PK"));
        assert_eq!(world.acts("meeting-report"), ["meeting-report-taken"; 3]);
        // Without a unit it is the viewer's own committee.
        assert!(world.page(&above, "/meetings/report?month=2026-11").contains("Đảng bộ Đại học"));
        let other = world.ask(Lang::Vi, &above, "GET", &format!("/meetings/report?unit={}", id(CITY)), &[]);
        assert_eq!(other.unwrap_err(), Problem::NotFound);
        let denied = world.ask(Lang::Vi, &world.viewer(id(SCHOOL), SECRETARY), "GET", &of(".pdf"), &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
    });
}

#[test]
fn mtg_12_closed_meetings_are_drawn_by_lot_and_scored_beside_the_branch() {
    World::each(|world| {
        let above = world.viewer(id(SCHOOL), BOARD);
        let draws = format!("/meetings/draws/{}", id(SCHOOL));
        let list = format!("/meetings/draws?unit={}", id(SCHOOL));
        assert!(world.page(&above, &list).contains("Chưa bốc thăm lần nào"));
        let form = |wanted| [("month", "2026-11"), ("wanted", wanted)];
        let nothing = world.send(&above, &draws, &form("2")).unwrap_err();
        assert!(nothing.contains("chưa có chi bộ nào chốt"), "{nothing}");
        closed(world);
        assert!(world.send(&above, &draws, &form("51")).unwrap_err().contains("từ 1 đến 50"));
        assert!(world.send(&above, &draws, &form("ba")).unwrap_err().contains("số nguyên"));
        let to = world.send(&above, &draws, &form("2")).unwrap();
        assert!(to.starts_with(&format!("{draws}/1")), "{to}");
        let page = world.page(&above, &format!("{draws}/1"));
        assert!(page.contains("Chi bộ Khoa Toán") && page.contains("Chưa chấm"), "{page}");
        assert!(!page.contains("Chi bộ Khoa Hóa"), "only what was closed is drawn");

        let sheet = format!("{draws}/1/{}", id(BRANCH));
        let page = world.page(&above, &sheet);
        assert!(page.contains("7. Thực hiện nghị quyết tháng trước"), "{page}");
        let wrong = world.send(&above, &sheet, &[("c1", "6"), ("c2", "5")]).unwrap_err();
        assert!(wrong.contains("số nguyên từ 0 đến 5") && wrong.contains("từ 0 đến 30"), "{wrong}");
        let boxes =
            [("c1", "5"), ("c2", "4"), ("c3", "6"), ("c4", "20"), ("c5", "5"), ("c6", "3"), ("c7", "24"), ("c8", "3")];
        let mut full = boxes.to_vec();
        full.push(("remark", "Ít người phát biểu"));
        world.send(&above, &sheet, &full).unwrap();
        let page = world.page(&above, &format!("{draws}/1"));
        assert!(page.contains("Ít người phát biểu") && page.contains(">70<"), "{page}");
        // It is also the second score of the month, as one typed by hand would be.
        assert!(world.page(&world.secretary(BRANCH), &format!("/meetings/units/{}", id(BRANCH))).contains(">70<"));
        assert!(world.page(&above, &list).contains("Trần Bình"));
        assert_eq!(world.acts("meeting-drawn"), ["meeting-drawn-scored", "meeting-drawn"]);
    });
}

#[test]
fn mtg_12_only_the_committee_above_draws_and_scores() {
    World::each(|world| {
        closed(world);
        let draws = format!("/meetings/draws/{}", id(SCHOOL));
        let form = [("month", "2026-11"), ("wanted", "1")];
        world.send(&world.viewer(id(SCHOOL), BOARD), &draws, &form).unwrap();
        let branch = world.secretary(BRANCH);
        assert!(world.ask(Lang::Vi, &branch, "POST", &draws, &form).is_err());
        let college = world.viewer(id(COLLEGE), BOARD);
        for (method, url) in [("POST", draws.clone()), ("GET", format!("{draws}/1"))] {
            assert_eq!(world.ask(Lang::Vi, &college, method, &url, &form).unwrap_err(), Problem::NotFound);
        }
        let looks = world.viewer(id(SCHOOL), SECRETARY);
        let sheet = format!("{draws}/1/{}", id(BRANCH));
        assert!(!world.page(&looks, &sheet).contains("name=\"c1\""), "whoever only looks has no boxes");
        assert!(world.ask(Lang::Vi, &looks, "POST", &sheet, &[("c1", "5")]).is_err());
        let none = world.ask(Lang::Vi, &world.viewer(id(SCHOOL), BOARD), "GET", &format!("{draws}/2"), &[]);
        assert_eq!(none.unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_31_the_spread_of_self_scores_stands_part_by_part_and_leads_down() {
    World::each(|world| {
        let city = world.board();
        assert!(world.page(&city, "/meetings/spread?month=2026-11").contains("Chưa có số liệu"));
        closed(world);
        let page = world.page(&city, "/meetings/spread?month=2026-11");
        assert!(page.contains(&format!("/meetings/spread?unit={}", id(SCHOOL))), "{page}");
        assert!(!page.contains("Đảng bộ Cao đẳng"), "a part without scores has no line");
        let below = world.page(&city, &format!("/meetings/spread?unit={}&month=2026-11", id(SCHOOL)));
        assert!(below.contains(&format!("/meetings/units/{}", id(BRANCH))) && below.contains("0,0"), "{below}");
        assert!(below.contains("dấu hiệu để kiểm tra"), "the note of the rule: {below}");
        assert!(!below.contains("Bằng điểm nhau"), "one meeting says nothing");
        let out = world.ask(
            Lang::Vi,
            &world.viewer(id(SCHOOL), BOARD),
            "GET",
            &format!("/meetings/spread?unit={}", id(CITY)),
            &[],
        );
        assert!(!matches!(out, Ok(Reply::Html { .. })), "{out:?}");
    });
}
