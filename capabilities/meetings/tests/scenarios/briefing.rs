//! A quarterly briefing, from its agenda to its tasks.

use chibo_kernel::Problem;
use chibo_web::Lang;

use crate::month::{opened, send, written};
use crate::world::{BOARD, BRANCH, COLLEGE, NEITHER, OTHER_BRANCH, SCHOOL, World, id};

#[test]
fn mtg_12_a_briefing_builds_its_agenda_takes_attendance_gives_tasks_and_is_closed_once() {
    World::each(|world| {
        let above = world.viewer(id(SCHOOL), BOARD);
        let meeting = opened(world);
        let member = world.people[1].to_string();
        let task = [("version", "1"), ("member", member.as_str()), ("what", "Thăm hộ"), ("due", "20/11/2026")];
        world.send(&world.secretary(BRANCH), &format!("{meeting}/tasks"), &task).unwrap();
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        world.send(&world.secretary(BRANCH), &format!("{meeting}/closing"), &[("version", "2")]).unwrap();

        let list = format!("/meetings/briefings?unit={}", id(SCHOOL));
        assert!(world.page(&above, &list).contains("Chưa có buổi giao ban nào"));
        let to = format!("/meetings/briefings/{}", id(SCHOOL));
        let new = [("quarter", "2026-10"), ("on", "21/11/2026")];
        world.send(&above, &to, &new).unwrap();
        assert!(world.send(&above, &to, &new).unwrap_err().contains("đã có buổi giao ban"));
        let one = format!("{to}/1");
        let page = world.page(&above, &one);
        for wanted in ["2 chi bộ thiếu buổi thường kỳ", "1 việc giao cho đảng viên đã quá hạn", "Nhiệm vụ quý tới"]
        {
            assert!(page.contains(wanted), "{wanted}: {page}");
        }
        assert!(!page.contains("Chi bộ Khoa Điện"), "another committee's branch");

        let absent = id(NEITHER).to_string();
        let form = |version, minutes, close| {
            [
                ("version", version),
                ("on", "21/11/2026"),
                ("agenda", "Xếp loại"),
                ("absent", absent.as_str()),
                ("minutes", minutes),
                ("close", close),
            ]
        };
        assert!(world.send(&above, &one, &form("1", "", "yes")).unwrap_err().contains("trước khi chốt"));
        let work = |branch: u8, due: &'static str| {
            let branch = id(branch).to_string();
            world.ask(
                Lang::Vi,
                &above,
                "POST",
                &format!("{one}/tasks"),
                &[("branch", branch.as_str()), ("what", "Sinh hoạt bù"), ("due", due)],
            )
        };
        assert_eq!(work(OTHER_BRANCH, "30/11/2026").unwrap_err(), Problem::NotFound);
        assert!(matches!(work(NEITHER, "01/11/2026"), Ok(chibo_web::Reply::Html { status: 422, .. })));
        work(NEITHER, "30/11/2026").unwrap();
        work(NEITHER, "30/11/2026").unwrap();
        assert!(world.page(&above, &one).contains("Sinh hoạt bù"));
        let owed = || {
            let source = chibo_meetings::capability().duties.into_iter().find(|source| source.name == "briefing-tasks");
            let (visit, mut found) = (world.visit(Lang::Vi, &above, "/today"), Vec::new());
            (source.unwrap().find)(&visit, &mut |duty| found.push((duty.rule, duty.unit, duty.href))).unwrap();
            found
        };
        assert_eq!(owed(), [("MTG-12", id(NEITHER), format!("/meetings/units/{}", id(NEITHER)))]);
        world.send(&above, &format!("{one}/tasks/1"), &[]).unwrap();
        assert_eq!(owed(), []);
        let page = world.page(&above, &one);
        assert!(page.contains("Xong ngày") && !page.contains(&format!("{one}/tasks/2")), "sent twice it counts once");

        world.send(&above, &one, &form("1", "Thống nhất khắc phục", "yes")).unwrap();
        let page = world.page(&above, &one);
        assert!(page.contains("Thống nhất khắc phục") && !page.contains("name=\"minutes\""), "{page}");
        let again = world.ask(Lang::Vi, &above, "POST", &one, &form("2", "Khác", ""));
        assert!(matches!(again, Err(Problem::Conflict(_))), "{again:?}");
        assert!(world.file(&above, &format!("{one}/paper.pdf")).starts_with(b"%PDF"));
        assert!(world.file(&above, &format!("{one}/paper.docx")).starts_with(b"PK"));
        let college = world.viewer(id(COLLEGE), BOARD);
        assert_eq!(world.ask(Lang::Vi, &college, "GET", &one, &[]).unwrap_err(), Problem::NotFound);
        let branch = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &to, &new);
        assert!(branch.is_err(), "{branch:?}");
    });
}
