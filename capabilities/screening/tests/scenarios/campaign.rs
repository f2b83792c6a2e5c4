//! A campaign from its opening to the report: plans, everybody without flags, help, what is due.

use chibo_kernel::Problem;
use chibo_web::duties_of;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, World, day, id};

/// Sentences of what somebody has to do.
fn due(world: &World, unit: u8) -> Vec<String> {
    let viewer = world.secretary(unit);
    let visit = world.visit(Lang::Vi, &viewer, "/today");
    duties_of(&visit).unwrap().iter().map(|(_, duty)| visit.w.said(&duty.said)).collect()
}

#[test]
fn scr_01_one_campaign_a_year_within_its_days() {
    World::each(|world| {
        let unit = id(CITY).to_string();
        let form = |lists| {
            [
                ("unit", unit.as_str()),
                ("year", "2026"),
                ("opens", "05/01/2026"),
                ("plan", "31/01/2026"),
                ("lists", lists),
                ("number", "03-KH/TU"),
            ]
        };
        let late = world.send(&world.board(), "/screening/campaigns/new", &form("30/04/2026")).unwrap_err();
        assert!(late.contains("SCR-01") && late.contains("03-KH/TU"), "{late}");
        world.campaign();
        let twice = world.send(&world.board(), "/screening/campaigns/new", &form("31/03/2026")).unwrap_err();
        assert!(twice.contains("đã có đợt rà soát"), "{twice}");
    });
}

#[test]
fn scr_01_the_branch_plans_and_clears_everybody_without_flags() {
    World::each(|world| {
        let at = world.campaign();
        world.owes(world.members[0], day(2026, 6, 1), 3);
        world.look();
        let secretary = world.secretary(BRANCH);
        let page = world.page(&secretary, &at);
        assert!(page.contains("Còn 9 đảng viên không có dấu hiệu"), "{page}");
        let plan = [("plan", "01-KH/CB"), ("planned", "20/01/2026")];
        world.send(&secretary, &format!("{at}/plans"), &plan).unwrap();
        assert!(world.page(&secretary, &at).contains("Đã báo cáo kế hoạch số 01-KH/CB"));
        let wrong = [("minutes", "biên bản"), ("met", "20/02/2026")];
        let wrong = world.send(&secretary, &format!("{at}/clearances"), &wrong).unwrap_err();
        assert!(wrong.contains("biên bản") && wrong.contains("Hãy ghi số"), "{wrong}");
        let minutes = [("minutes", "02-BB/CB"), ("met", "20/02/2026")];
        world.send(&secretary, &format!("{at}/clearances"), &minutes).unwrap();
        let page = world.page(&world.ward(), &at);
        assert!(page.contains("Đủ tư cách") && !page.contains("Còn 9 đảng viên"), "{page}");
        let fit = world.page(&world.ward(), &format!("{at}/members?figure=cleared"));
        assert!(fit.contains("Trần Văn Bình") && fit.contains("Lê Thị Mai") && !fit.contains("Trần Văn An"), "{fit}");
        let waiting = world.page(&world.ward(), &format!("{at}/members?figure=waiting"));
        assert!(waiting.contains("Trần Văn An") && !waiting.contains("Trần Văn Bình"), "{waiting}");
        assert!(
            due(world, BRANCH).contains(&"Đánh giá 1 đảng viên có dấu hiệu".to_owned()),
            "{:?}",
            due(world, BRANCH)
        );
        assert_eq!(world.acts("screen-step").len(), 9);
        for file in ["members.pdf?figure=cleared", "members.pdf?figure=waiting"] {
            assert!(world.file(&world.ward(), &format!("{at}/{file}")).starts_with(b"%PDF"), "{file}");
        }
        assert!(fit.contains("/screening/papers.pdf") && fit.contains("type=\"checkbox\""), "{fit}");
        for file in ["export.xlsx", "members.xlsx?figure=cleared", "members.docx?figure=cleared"] {
            assert!(world.file(&world.ward(), &format!("{at}/{file}")).starts_with(b"PK"), "{file}");
        }
        assert!(world.page_in(Lang::En, &world.ward(), &at).contains("Lists complete by"));
    });
}

#[test]
fn scr_06_help_has_a_helper_is_looked_at_every_month_and_ends_with_a_new_class() {
    World::each(|world| {
        world.campaign();
        let an = world.members[0];
        world.owes(an, day(2026, 6, 1), 3);
        world.look();
        let (secretary, at) = (world.secretary(BRANCH), format!("{}/steps", world.at(an)));
        let helper = world.members[1].to_string();
        let outsider = world.other.to_string();
        let form = |helper| {
            [
                ("after", "0"),
                ("step", "helped"),
                ("on", "20/11/2026"),
                ("number", "05-BB/CB"),
                ("helper", helper),
                ("until", "20/05/2027"),
                ("task", "fee"),
                ("task", "meetings"),
            ]
        };
        let refused = world.send(&secretary, &at, &form(&outsider)).unwrap_err();
        assert!(refused.contains("SCR-08") && refused.contains("cùng chi bộ"), "{refused}");
        world.send(&secretary, &at, &form(&helper)).unwrap();
        let page = world.page(&secretary, &world.at(an));
        assert!(page.contains("Đang giáo dục, giúp đỡ") && page.contains("Trần Văn Bình"), "{page}");
        assert!(page.contains("Đóng đủ đảng phí") && page.contains("20/05/2027"), "{page}");
        assert!(due(world, BRANCH).iter().any(|said| said.contains("Kiểm tra hằng tháng")));
        let removal = [
            ("after", "1"),
            ("step", "proposed"),
            ("on", "21/11/2026"),
            ("number", "06-BB/CB"),
            ("form", "struck-off"),
        ];
        let early = world.send(&secretary, &at, &removal).unwrap_err();
        assert!(early.contains("SCR-06") && early.contains("20/05/2027"), "{early}");
        world.clock.set(day(2027, 5, 10));
        assert!(due(world, BRANCH).iter().any(|said| said.contains("Đánh giá lại")), "{:?}", due(world, BRANCH));
        let cleared = [("after", "1"), ("step", "cleared"), ("on", "10/05/2027"), ("number", "07-BB/CB")];
        world.send(&secretary, &at, &cleared).unwrap();
        assert!(!due(world, BRANCH).iter().any(|said| said.contains("giúp đỡ")));
        let again = world.ask(Lang::Vi, &secretary, "POST", &at, &cleared);
        assert!(matches!(again, Ok(chibo_web::Reply::Html { status: 409, .. })), "somebody was faster: {again:?}");
    });
}

#[test]
fn scr_12_the_difference_between_two_reports_is_the_list_of_changes() {
    World::each(|world| {
        let at = world.campaign();
        world.owes(world.members[0], day(2026, 6, 1), 3);
        world.look();
        let (secretary, ward) = (world.secretary(BRANCH), world.ward());
        world.send(&secretary, &format!("{at}/clearances"), &[("minutes", "02-BB/CB"), ("met", "20/02/2026")]).unwrap();
        let first = world.send(&ward, &format!("{at}/reports"), &[]).unwrap();
        let page = world.page(&ward, first.split('?').next().unwrap());
        assert!(page.contains("Báo cáo đầu tiên") && page.contains("Trần Văn Bình"), "{page}");
        world.clock.pass(3_600_000);
        let cleared = [("after", "0"), ("step", "cleared"), ("on", "20/11/2026"), ("number", "07-BB/CB")];
        world.send(&secretary, &format!("{}/steps", world.at(world.members[0])), &cleared).unwrap();
        world.clock.pass(3_600_000);
        let second = world.send(&ward, &format!("{at}/reports"), &[]).unwrap();
        let second = second.split('?').next().unwrap();
        let page = world.page(&ward, second);
        assert!(page.contains("Trần Văn An") && !page.contains("Trần Văn Bình"), "only who changed: {page}");
        assert!(page.contains("+1"), "{page}");
        assert!(world.file(&ward, &format!("{second}/export.xlsx")).starts_with(b"PK"));
        assert!(world.file(&ward, &format!("{second}/paper.docx")).starts_with(b"PK"));
        assert!(world.file(&ward, &format!("{second}/paper.pdf")).starts_with(b"%PDF"));
        let hidden = world.ask(Lang::Vi, &secretary, "GET", second, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound | Problem::Denied)), "the ward's report: {hidden:?}");
    });
}

#[test]
fn scr_12_whoever_runs_the_campaign_reports_every_quarter() {
    World::each(|world| {
        let at = world.campaign();
        let due = |unit: u8| {
            let viewer = world.secretary(unit);
            let visit = world.visit(Lang::Vi, &viewer, "/today");
            let mine = duties_of(&visit).unwrap();
            mine.iter().filter(|(_, duty)| duty.rule == "SCR-12").map(|(_, duty)| duty.due).collect::<Vec<_>>()
        };
        assert_eq!(due(crate::world::WARD), [day(2026, 4, 5)], "three months after the opening");
        assert_eq!(due(BRANCH), [], "not the branch");
        world.send(&world.ward(), &format!("{at}/reports"), &[]).unwrap();
        assert_eq!(due(crate::world::WARD), [world.clock.today().plus_months(3)]);
    });
}

#[test]
fn scr_01_in_january_base_organisations_are_told_to_open_a_campaign() {
    World::each(|world| {
        world.clock.set(day(2027, 1, 8));
        let said = due(world, CITY);
        assert_eq!(said.iter().filter(|said| said.contains("Mở đợt rà soát năm 2027")).count(), 2, "{said:?}");
    });
}
