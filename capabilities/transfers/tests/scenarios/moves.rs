//! A paper from box to box; both sides see it, the last box posts the member.

use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_members::actions::{held, lift_hold, raise_hold};
use chibo_members::rules::hold::Ground;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, COLLEGE, NEITHER, OTHER_BRANCH, SCHOOL, World, id};

const NEW: &str = "/transfers/new";

fn request(world: &World, cause: &str, reason: &str) -> Result<String, String> {
    let from = id(BRANCH).to_string();
    let form = [
        ("from", from.as_str()),
        ("person", "Trần Văn An"),
        ("to", "Chi bộ Khoa Điện"),
        ("cause", cause),
        ("reason", reason),
    ];
    let at = world.send(&world.secretary(BRANCH), NEW, &form)?;
    Ok(at.split('?').next().unwrap().to_owned())
}

/// The same with everything carried along.
fn ready(world: &World) -> String {
    let at = request(world, "01/11/2026", "").unwrap();
    world.carry(&at, BRANCH);
    at
}

fn act(world: &World, at: &str, unit: u8, (after, step): (usize, &str), note: &str) -> Result<String, String> {
    let after = after.to_string();
    let form = [("after", after.as_str()), ("step", step), ("on", "20/11/2026"), ("number", "15-GGT"), ("note", note)];
    world.send(&world.secretary(unit), at, &form)
}

fn home(world: &World) -> Id<Unit> {
    let (an, today) = (world.an, world.house.db.today());
    world.house.db.read(|tx| chibo_members::actions::home_of(tx, an, today)).unwrap()
}

#[test]
fn trf_02_the_last_box_posts_the_member_to_the_new_branch() {
    World::each(|world| {
        let at = ready(world);
        // Not the receiver's turn.
        let early = [("after", "0"), ("step", "signed"), ("on", "20/11/2026"), ("number", "1")];
        let early = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "POST", &at, &early);
        assert!(matches!(early, Err(Problem::NotFound)), "{early:?}");
        for (after, unit) in [BRANCH, SCHOOL, CITY].into_iter().enumerate() {
            act(world, &at, unit, (after, "signed"), "").unwrap();
        }
        let transit = world.page(&world.secretary(OTHER_BRANCH), "/transfers");
        assert!(transit.contains("Trần Văn An") && transit.contains("Đang trên đường"), "{transit}");
        assert_eq!(home(world), id(BRANCH));
        act(world, &at, COLLEGE, (3, "signed"), "").unwrap();
        act(world, &at, OTHER_BRANCH, (4, "signed"), "").unwrap();
        assert_eq!(home(world), id(OTHER_BRANCH));
        let done = world.page(&world.secretary(BRANCH), &at);
        assert!(done.contains("Đã tiếp nhận"), "both sides still see it: {done}");
        assert_eq!(world.acts("transfer-step").len(), 5);
        assert_eq!(world.acts("member-posted").len(), 1);
    });
}

#[test]
fn trf_01_a_late_start_is_explained() {
    World::each(|world| {
        let refused = request(world, "01/06/2026", "").unwrap_err();
        assert!(refused.contains("Đã quá hạn làm thủ tục") && refused.contains("Trần Văn An"), "{refused}");
        request(world, "01/06/2026", "Ốm dài ngày").unwrap();
        let twice = request(world, "01/11/2026", "").unwrap_err();
        assert!(twice.contains("đang có một lần chuyển chưa xong"), "{twice}");
    });
}

#[test]
fn trf_05_a_hold_stops_the_sending_side_and_says_nothing_of_its_ground() {
    World::each(|world| {
        let at = request(world, "01/11/2026", "").unwrap();
        let (an, board) = (world.an, world.board());
        world.house.db.write(&board, |op| raise_hold(op, an, "case", (Ground::Complaint, "đơn 12"))).unwrap();
        let refused = act(world, &at, BRANCH, (0, "signed"), "").unwrap_err();
        assert!(refused.contains("Hiện chưa chuyển được") && !refused.contains("đơn"), "{refused}");
        let elsewhere = world.house.db.write(&world.secretary(OTHER_BRANCH), |op| lift_hold(op, an, "case", ""));
        assert!(matches!(elsewhere, Err(Problem::NotFound)), "{elsewhere:?}");
        world.house.db.write(&board, |op| lift_hold(op, an, "case", "")).unwrap();
        assert!(!world.house.db.read(|tx| held(tx, an)).unwrap());
        act(world, &at, BRANCH, (0, "signed"), "").unwrap();
    });
}

#[test]
fn trf_06_the_new_side_returns_with_a_reason_and_the_member_stays() {
    World::each(|world| {
        let at = request(world, "01/11/2026", "").unwrap();
        for (after, unit) in [BRANCH, SCHOOL, CITY].into_iter().enumerate() {
            act(world, &at, unit, (after, "signed"), "").unwrap();
        }
        let bare = act(world, &at, COLLEGE, (3, "refused"), "").unwrap_err();
        assert!(bare.contains("Chưa có lý do"), "{bare}");
        act(world, &at, COLLEGE, (3, "refused"), "Thiếu mục lục hồ sơ").unwrap();
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Nơi đến trả lại") && page.contains("Thiếu mục lục hồ sơ"), "{page}");
        assert_eq!(home(world), id(BRANCH));
        request(world, "01/11/2026", "").unwrap();
    });
}

#[test]
fn trf_06_nothing_is_taken_before_the_sender_confirmed_the_index() {
    World::each(|world| {
        let at = request(world, "01/11/2026", "").unwrap();
        for (after, unit) in [BRANCH, SCHOOL, CITY].into_iter().enumerate() {
            act(world, &at, unit, (after, "signed"), "").unwrap();
        }
        let refused = act(world, &at, COLLEGE, (3, "signed"), "").unwrap_err();
        assert!(refused.contains("TRF-06") && refused.contains("chưa được nơi đi xác nhận"), "{refused}");
        let foreign = [("seen", "0"), ("item", "index")];
        let foreign = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "POST", &format!("{at}/carried"), &foreign);
        assert!(matches!(foreign, Err(Problem::NotFound)), "only the sender confirms: {foreign:?}");
        let bad = [("seen", "0"), ("item", "index"), ("fee", "13/2026")];
        let bad = world.send(&world.secretary(BRANCH), &format!("{at}/carried"), &bad).unwrap_err();
        assert!(bad.contains("Tháng không hợp lệ") && bad.contains("13/2026"), "{bad}");
        world.carry(&at, BRANCH);
        let page = world.page(&world.secretary(COLLEGE), &at);
        assert!(page.contains("Đảng phí đã đóng đến tháng 11/2026"), "{page}");
        act(world, &at, COLLEGE, (3, "signed"), "").unwrap();
        assert_eq!(world.acts("transfer-carried").len(), 1);
    });
}

#[test]
fn trf_11_base_committees_check_the_notices_of_every_quarter() {
    World::each(|world| {
        let at = ready(world);
        act(world, &at, BRANCH, (0, "signed"), "").unwrap();
        world.clock.set(crate::world::day(2027, 1, 5));
        let capability = world.house.capabilities.iter().find(|one| one.name == "transfers").unwrap();
        let source = capability.duties.iter().find(|one| one.name == "notice-checks").unwrap();
        let duties = || {
            let board = world.board();
            let visit = world.visit(Lang::Vi, &board, "/today");
            let mut found = Vec::new();
            (source.find)(&visit, &mut |duty| found.push((duty.unit, duty.rule, duty.due))).unwrap();
            found
        };
        let by = crate::world::day(2027, 1, 31);
        assert_eq!(duties(), [(id(COLLEGE), "TRF-11", by), (id(SCHOOL), "TRF-11", by)]);
        let page = world.page(&world.secretary(SCHOOL), "/transfers/checks");
        assert!(page.contains("Đảng bộ Đại học") && !page.contains("Đảng bộ Cao đẳng"), "{page}");
        let nobody = world.send(&world.secretary(SCHOOL), "/transfers/checks", &[("note", "Khớp")]).unwrap_err();
        assert!(nobody.contains("Chưa chọn tổ chức nào") && nobody.contains("Khớp"), "{nobody}");
        let school = id(SCHOOL).to_string();
        let form = [("unit", school.as_str()), ("note", "Khớp")];
        world.send(&world.secretary(SCHOOL), "/transfers/checks", &form).unwrap();
        assert_eq!(duties(), [(id(COLLEGE), "TRF-11", by)]);
        assert_eq!(world.acts("transfer-notices-checked").len(), 1);
    });
}

#[test]
fn trf_04_papers_are_printed_one_by_one_and_in_bulk() {
    World::each(|world| {
        let at = ready(world);
        let secretary = world.secretary(BRANCH);
        let paper = |name: &str| format!("{at}/paper.{name}");
        assert!(world.file(&secretary, &paper("pdf?paper=introduction")).starts_with(b"%PDF"));
        assert!(world.file(&secretary, &paper("docx?paper=introduction")).starts_with(b"PK"));
        let early = world.ask(Lang::Vi, &secretary, "GET", &paper("pdf?paper=notice"), &[]);
        assert!(matches!(early, Err(Problem::Refused(_))), "not introduced yet: {early:?}");
        let stranger = world.ask(Lang::Vi, &world.secretary(NEITHER), "GET", &paper("pdf?paper=introduction"), &[]);
        assert!(matches!(stranger, Err(Problem::NotFound)), "{stranger:?}");
        for (after, unit) in [BRANCH, SCHOOL, CITY, COLLEGE, OTHER_BRANCH].into_iter().enumerate() {
            act(world, &at, unit, (after, "signed"), "").unwrap();
        }
        let one = at.rsplit('/').next().unwrap();
        for paper in ["introduction", "notice", "receipt"] {
            let query = format!("paper={paper}&id={one}&id={one}");
            assert!(world.file(&secretary, &format!("/transfers/papers.pdf?{query}")).starts_with(b"%PDF"));
            assert!(world.file(&secretary, &format!("/transfers/papers.docx?{query}")).starts_with(b"PK"));
        }
        let nobody = world.ask(Lang::Vi, &secretary, "GET", "/transfers/papers.pdf?paper=notice", &[]);
        assert!(matches!(nobody, Err(Problem::Refused(_))), "{nobody:?}");
        assert_eq!(world.acts("transfer-paper-printed").len(), 8);
    });
}

#[test]
fn charts_count_what_is_under_way() {
    World::each(|world| {
        let at = ready(world);
        let page = world.page(&world.secretary(BRANCH), "/transfers/figures");
        assert!(page.contains("/transfers?state=requested"), "{page}");
        let list = world.page(&world.secretary(BRANCH), "/transfers");
        assert!(list.contains("formaction=\"/transfers/papers.docx\"") && list.contains(&at), "{list}");
        assert!(world.page_in(Lang::En, &world.board(), "/transfers/figures").contains("Temporary stays, by month"));
    });
}

#[test]
fn two_signatures_at_once_are_a_conflict() {
    World::each(|world| {
        let at = request(world, "01/11/2026", "").unwrap();
        act(world, &at, BRANCH, (0, "signed"), "").unwrap();
        let again = [("after", "0"), ("step", "signed"), ("on", "20/11/2026"), ("number", "1")];
        match world.ask(Lang::Vi, &world.secretary(SCHOOL), "POST", &at, &again) {
            Ok(Reply::Html { status: 409, body, .. }) => assert!(body.contains("Có người vừa ký"), "{body}"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn only_those_whose_box_it_is_see_a_transfer() {
    World::each(|world| {
        let at = request(world, "01/11/2026", "").unwrap();
        let stranger = world.secretary(NEITHER);
        let hidden = world.ask(Lang::Vi, &stranger, "GET", &at, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        assert!(world.page_in(Lang::En, &world.board(), &at).contains("Boxes of the paper"));
        assert!(world.file(&world.board(), "/transfers/export.xlsx").starts_with(b"PK"));
    });
}

#[test]
fn trf_12_the_receiving_committee_strikes_off_and_the_sender_takes_note() {
    World::each(|world| {
        let at = ready(world);
        for (after, unit) in [BRANCH, SCHOOL, CITY].into_iter().enumerate() {
            act(world, &at, unit, (after, "signed"), "").unwrap();
        }
        let early = act(world, &at, COLLEGE, (3, "struck-off"), "Không liên lạc được").unwrap_err();
        assert!(early.contains("TRF-12") && early.contains("Chưa quá ba tháng"), "{early}");
        world.clock.set(Day::from_ymd(2027, 3, 15).unwrap());
        let later = |unit, after: &str, step: &str, note: &str| {
            let form = [("after", after), ("step", step), ("on", "15/03/2027"), ("number", "12-QĐ/ĐU"), ("note", note)];
            world.send(&world.secretary(unit), &at, &form)
        };
        let signed = later(COLLEGE, "3", "signed", "Đến muộn").unwrap_err();
        assert!(signed.contains("nối lại sinh hoạt trước"), "{signed}");
        let sender = world.ask(
            Lang::Vi,
            &world.secretary(BRANCH),
            "POST",
            &at,
            &[("after", "3"), ("step", "struck-off"), ("on", "15/03/2027"), ("number", "1"), ("note", "x")],
        );
        assert!(matches!(sender, Err(Problem::NotFound)), "only the receiving side: {sender:?}");
        later(COLLEGE, "3", "struck-off", "Không liên lạc được ba lần").unwrap();
        assert_eq!(world.posted(world.an), None);
        let (an, today) = (world.an, world.house.db.today());
        let standing = world.house.db.read(|tx| chibo_members::actions::standing_of(tx, an, today)).unwrap();
        assert_eq!(standing, Some(chibo_members::codes::Standing::Left));
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Đã xóa tên") && page.contains("Thông báo xóa tên gửi nơi đi"), "{page}");
        later(BRANCH, "4", "noted", "").unwrap();
        assert_eq!(world.acts("transfer-step").len(), 5);
    });
}

#[test]
fn scr_04_trf_13_a_valid_reason_restores_the_connection_and_late_papers_are_considered() {
    World::each(|world| {
        let at = ready(world);
        for (after, unit) in [BRANCH, SCHOOL, CITY].into_iter().enumerate() {
            act(world, &at, unit, (after, "signed"), "").unwrap();
        }
        world.clock.set(Day::from_ymd(2027, 3, 15).unwrap());
        let later = |unit, after: &str, step: &str, note: &str| {
            let form = [("after", after), ("step", step), ("on", "15/03/2027"), ("number", "7-CV/ĐU"), ("note", note)];
            world.send(&world.secretary(unit), &at, &form)
        };
        let bare = later(COLLEGE, "3", "restored", "").unwrap_err();
        assert!(bare.contains("SCR-04"), "{bare}");
        later(COLLEGE, "3", "restored", "Nằm viện, tư cách được xác nhận").unwrap();
        later(COLLEGE, "4", "signed", "").unwrap();
        later(OTHER_BRANCH, "5", "signed", "").unwrap();
        assert_eq!(world.posted(world.an), Some(id(OTHER_BRANCH)));
        let page = world.page(&world.secretary(OTHER_BRANCH), &at);
        assert!(page.contains("Đã xem xét việc nộp giấy muộn"), "{page}");
        later(OTHER_BRANCH, "6", "considered", "Lý do chính đáng, không xem xét kỷ luật").unwrap();
        let twice = [("after", "7"), ("step", "considered"), ("on", "15/03/2027"), ("number", ""), ("note", "x")];
        let twice = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "POST", &at, &twice);
        assert!(matches!(twice, Err(Problem::Refused(_))), "{twice:?}");
    });
}

#[test]
fn trf_09_a_long_contract_asks_for_an_official_transfer() {
    World::each(|world| {
        let from = id(BRANCH).to_string();
        let ask = |contract: &str| {
            let form = [
                ("from", from.as_str()),
                ("person", "Trần Văn An"),
                ("to", "Chi bộ Khoa Điện"),
                ("purpose", "work"),
                ("begins", "01/12/2026"),
                ("until", "01/06/2027"),
                ("contract", contract),
                ("cause", "01/11/2026"),
                ("reason", ""),
            ];
            world.send(&world.secretary(BRANCH), "/transfers/new?kind=temporary", &form)
        };
        let refused = ask("indefinite").unwrap_err();
        assert!(refused.contains("TRF-09") && refused.contains("chuyển chính thức"), "{refused}");
        let at = ask("short").unwrap();
        let page = world.page(&world.secretary(BRANCH), at.split('?').next().unwrap());
        assert!(page.contains("Dưới 12 tháng"), "{page}");
    });
}
