//! Struck off, complained, restored; allowed to leave; dead; expelled.

use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Clock, Day, Moment};
use chibo_members::codes::Standing;
use chibo_members::dims::member_standings;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, SCHOOL, World, day};

const FEE: [(&str, &str); 4] = [("ground", "fee"), ("on", "01/08/2026"), ("evidence", "fee-book"), ("amount", "4")];

/// Struck off on 1 October 2026, handed over on 9 October.
fn struck_off(world: &World) -> String {
    let at = world.open(BRANCH, world.an, "striking-off", &FEE).unwrap();
    for (after, on) in ["02/08/2026", "12/08/2026", "22/08/2026"].into_iter().enumerate() {
        world.act(&at, BRANCH, (after, "demanded", on), &[]).unwrap();
    }
    world.vote(&at, BRANCH, (3, "branch-voted", "05/09/2026"), (9, 6)).unwrap();
    world.vote(&at, SCHOOL, (4, "committee-voted", "15/09/2026"), (15, 10)).unwrap();
    let above = [
        ("number", "12-QĐ"),
        ("voting", "secret-ballot"),
        ("listed", "7"),
        ("yes", "4"),
        ("decider", "upper-standing-committee"),
    ];
    let wrong = world.act(&at, SCHOOL, (5, "decided", "01/10/2026"), &above).unwrap_err();
    assert!(wrong.contains("Sai cấp quyết định") && wrong.contains("EXI-11"), "{wrong}");
    world.vote(&at, SCHOOL, (5, "decided", "01/10/2026"), (7, 4)).unwrap();
    world.act(&at, SCHOOL, (6, "delivered", "09/10/2026"), &[]).unwrap();
    at
}

#[test]
fn exi_11_a_striking_off_goes_through_demands_and_three_votes() {
    World::each(|world| {
        let bare = world.open(BRANCH, world.an, "striking-off", &FEE[..2]).unwrap_err();
        assert!(bare.contains("Thiếu giấy tờ") && bare.contains("EXI-10"), "{bare}");
        let at = struck_off(world);
        assert_eq!(world.last(world.an), Standing::Left);
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Thu thẻ đảng viên") && page.contains("Được khiếu nại đến hết ngày"), "{page}");
        assert!(page.contains("kết nạp lại sớm nhất từ ngày 01/10/2029"), "{page}");
        for (after, (step, unit)) in
            [("card-returned", BRANCH), ("badge-returned", BRANCH), ("dossier-sent", SCHOOL)].into_iter().enumerate()
        {
            world.act(&at, unit, (after + 7, step, "12/10/2026"), &[]).unwrap();
        }
        assert!(world.page(&world.secretary(BRANCH), &at).contains("Đã xong"));
        let book = world.page(&world.board(), "/leaving/book?year=2026");
        assert!(book.contains("Trần Văn An") && book.contains("01/10/2026"), "{book}");
        assert!(!world.page(&world.board(), "/leaving/book?year=2025").contains("Trần Văn An"));
    });
}

#[test]
fn x_07_without_two_thirds_nobody_above_decides() {
    World::each(|world| {
        let at = world.open(BRANCH, world.an, "striking-off", &FEE).unwrap();
        let refusal = [("note", "Không chấp hành")];
        world.act(&at, BRANCH, (0, "review-refused", "02/08/2026"), &refusal).unwrap();
        world.vote(&at, BRANCH, (1, "branch-voted", "05/09/2026"), (9, 5)).unwrap();
        let early = world.vote(&at, SCHOOL, (2, "decided", "15/09/2026"), (15, 15)).unwrap_err();
        assert!(early.contains("chưa làm được"), "{early}");
        world.vote(&at, BRANCH, (2, "branch-voted", "06/09/2026"), (9, 5)).unwrap();
        world.vote(&at, BRANCH, (3, "branch-voted", "07/09/2026"), (9, 5)).unwrap();
        // after the third failure it goes up regardless; the committee still needs its own two thirds.
        world.vote(&at, SCHOOL, (4, "committee-voted", "15/09/2026"), (15, 10)).unwrap();
        world.vote(&at, SCHOOL, (5, "decided", "01/10/2026"), (8, 4)).unwrap();
        assert!(world.page(&world.secretary(BRANCH), &at).contains("Không thông qua"));
        assert_eq!(world.last(world.an), Standing::Official, "half is not more than half");
    });
}

#[test]
fn exi_12_and_mem_42_and_trf_05_a_complaint_that_is_right_restores_without_a_gap() {
    World::each(|world| {
        struck_off(world);
        let then = world.clock.now();
        world.clock.pass(86_400_000);
        let late = world.open(SCHOOL, world.an, "complaint", &[("on", "24/11/2026")]).unwrap_err();
        assert!(late.contains("Quá hạn khiếu nại") && late.contains("EXI-12"), "{late}");
        let proxy =
            world.open(SCHOOL, world.an, "complaint", &[("on", "20/10/2026"), ("hindered", "yes")]).unwrap_err();
        assert!(proxy.contains("tự khiếu nại"), "{proxy}");
        let at = world.open(SCHOOL, world.an, "complaint", &[("on", "20/10/2026")]).unwrap();
        let held = || world.house.db.read(|tx| chibo_members::actions::held(tx, world.an)).unwrap();
        assert!(held(), "TRF-05: nobody is transferred while his complaint is being resolved");
        let wrong = [("number", "3-KL"), ("note", "Chi bộ tính sai số tháng")];
        world.act(&at, SCHOOL, (0, "overturned", "10/11/2026"), &wrong).unwrap();
        assert!(!held(), "TRF-05: resolved");
        let cases = world.page(&world.board(), "/leaving/cases?kind=restoration");
        let restoration = cases.split("/leaving/cases/").skip(1).find(|part| part.contains("Trần Văn An")).unwrap();
        let restoration = format!("/leaving/cases/{}", &restoration[..32]);
        let bare = world.act(&restoration, SCHOOL, (0, "decided", "12/11/2026"), &[("number", "8-QĐ")]).unwrap_err();
        assert!(bare.contains("Chưa chọn cấp quyết định") && bare.contains("MEM-42"), "{bare}");
        let low = [("number", "8-QĐ"), ("decider", "base-committee")];
        let low = world.act(&restoration, SCHOOL, (0, "decided", "12/11/2026"), &low).unwrap_err();
        assert!(low.contains("Sai cấp quyết định") && low.contains("MEM-42"), "{low}");
        let right = [("number", "8-QĐ"), ("decider", "base-standing-committee")];
        world.act(&restoration, SCHOOL, (0, "decided", "12/11/2026"), &right).unwrap();
        let spans = world.standings(world.an);
        assert_eq!(spans.last().unwrap().2, Standing::Official);
        assert!(spans.iter().all(|(.., standing)| *standing != Standing::Left), "continuous: {spans:?}");
        let book = world.page(&world.board(), "/leaving/book?year=2026");
        assert!(book.contains("Đã khôi phục quyền"), "{book}");
        // Party age goes on as if nothing had been; what is believed no more still says from when he was out: back fees.
        let age = world.house.db.read(|tx| chibo_members::party_age_of(tx, world.an)).unwrap().unwrap();
        assert_eq!(age.gaps(), []);
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        let members = |known: Moment| {
            let view = world.house.census.view(world.clock.today());
            let scope = Scope::Unit(view.forest().no(crate::world::id(BRANCH)).unwrap());
            let at = AsOf { day: day(2026, 10, 15), known };
            view.count(&Query { scope, members: Some(member_standings()), ..Query::at(at) })
        };
        assert_eq!(
            (members(then), members(Moment::FOREVER)),
            (8, 9),
            "out as was believed then, never out as known now"
        );
        let home = world.house.db.read(|tx| chibo_members::actions::home_of(tx, world.an, world.clock.today()));
        assert_eq!(home, Ok(crate::world::id(BRANCH)));
    });
}

#[test]
fn exi_12_upheld_goes_on_to_the_committee_above_then_the_secretariat() {
    World::each(|world| {
        struck_off(world);
        let keep = [("number", "3-KL")];
        let at = world.open(SCHOOL, world.an, "complaint", &[("on", "20/10/2026")]).unwrap();
        world.act(&at, SCHOOL, (0, "upheld", "01/11/2026"), &keep).unwrap();
        let at = world.open(crate::world::CITY, world.an, "complaint", &[("on", "05/11/2026")]).unwrap();
        world.act(&at, crate::world::CITY, (0, "upheld", "10/11/2026"), &keep).unwrap();
        let at = world.open(crate::world::CITY, world.an, "complaint", &[("on", "12/11/2026")]).unwrap();
        assert!(world.page(&world.board(), &at).contains("Ban Bí thư"));
        world.act(&at, crate::world::CITY, (0, "upheld", "15/11/2026"), &keep).unwrap();
        let again = world.open(crate::world::CITY, world.an, "complaint", &[("on", "18/11/2026")]).unwrap_err();
        assert!(again.contains("Cấp cao nhất đã giải quyết"), "{again}");
    });
}

#[test]
fn exi_13_leaving_at_ones_own_wish_with_a_certificate() {
    World::each(|world| {
        let breach = [("ground", "own"), ("on", "01/11/2026"), ("hindered", "yes")];
        let refused = world.open(BRANCH, world.an, "request", &breach).unwrap_err();
        assert!(refused.contains("xem xét kỷ luật trước"), "{refused}");
        let at = world.open(BRANCH, world.an, "request", &breach[..2]).unwrap();
        assert_eq!(world.status(&world.board(), "GET", &format!("{at}/certificate.pdf"), &[]), 404);
        world.vote(&at, BRANCH, (0, "branch-voted", "05/11/2026"), (9, 5)).unwrap();
        world.vote(&at, SCHOOL, (1, "decided", "10/11/2026"), (7, 4)).unwrap();
        assert_eq!(world.last(world.an), Standing::Left);
        assert!(world.file(&world.board(), &format!("{at}/certificate.pdf")).starts_with(b"%PDF"));
        assert!(world.file(&world.board(), &format!("{at}/certificate.docx")).starts_with(b"PK"));
        assert!(world.page(&world.secretary(BRANCH), &at).contains("Không được kết nạp lại"));
    });
}

#[test]
fn exi_14_a_death_is_a_fact_and_stops_what_was_under_way() {
    World::each(|world| {
        let open = world.open(BRANCH, world.old, "exempt-health", &[("ground", "age"), ("on", "01/11/2026")]).unwrap();
        let at = world.open(BRANCH, world.old, "death", &[("on", "10/11/2026")]).unwrap();
        assert_eq!(world.last(world.old), Standing::Deceased);
        assert!(world.page(&world.secretary(BRANCH), &open).contains("Đã dừng"));
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("EXI-14") && page.contains("Chuyển hồ sơ lên cấp ủy cấp trên"), "{page}");
        assert!(page.contains("trong 30 ngày làm việc"), "as the rulebook says: {page}");
        assert!(world.file(&world.board(), &format!("{at}/paper.pdf")).starts_with(b"%PDF"));
        world.act(&at, BRANCH, (1, "notice-sent", "12/11/2026"), &[]).unwrap();
        world.act(&at, SCHOOL, (2, "dossier-sent", "13/11/2026"), &[]).unwrap();
        assert!(world.page(&world.secretary(BRANCH), &at).contains("Đã xong"));
        // Whoever is dead is in no branch any more, but the record stays at home.
        let ended = world.house.db.read(|tx| chibo_members::actions::home_of(tx, world.old, world.clock.today()));
        assert_eq!(ended, Ok(crate::world::id(BRANCH)));
        let twice = world.open(BRANCH, world.old, "death", &[("on", "11/11/2026")]).unwrap_err();
        assert!(twice.contains("không còn là đảng viên"), "{twice}");
    });
}

#[test]
fn exi_15_an_expulsion_is_entered_by_the_committee_from_its_decision() {
    World::each(|world| {
        let form = [("on", "15/10/2026"), ("number", "4-QĐ/UBKT"), ("body", "Ủy ban Kiểm tra Thành ủy")];
        let who = world.an.to_string();
        let own = [&[("kind", "expulsion"), ("who", who.as_str())], &form[..]].concat();
        assert_eq!(world.status(&world.secretary(BRANCH), "POST", "/leaving/new", &own), 404, "not the branch");
        let bare = world.open(SCHOOL, world.an, "expulsion", &form[..1]).unwrap_err();
        assert!(bare.contains("số nghị quyết hoặc quyết định") && bare.contains("cấp ra quyết định"), "{bare}");
        world.open(SCHOOL, world.an, "expulsion", &form).unwrap();
        let spans = world.standings(world.an);
        assert_eq!(spans.last(), Some(&(day(2026, 10, 15), Day::FOREVER, Standing::Left)));
    });
}

#[test]
fn exi_11_exi_15_papers_of_many_cases_are_one_file() {
    World::each(|world| {
        let struck = struck_off(world);
        let form = [("on", "15/10/2026"), ("number", "4-QĐ/UBKT"), ("body", "Ủy ban Kiểm tra Thành ủy")];
        let expelled = world.open(SCHOOL, world.old, "expulsion", &form).unwrap();
        let id = |at: &str| at.rsplit('/').next().unwrap().to_owned();
        let (one, other) = (id(&struck), id(&expelled));
        let list = world.page(&world.board(), "/leaving/book?year=2026");
        assert!(list.contains(&format!("value=\"{one}\"")) && list.contains("/leaving/papers.docx"), "{list}");
        assert!(!world.page(&world.secretary(BRANCH), "/leaving/book?year=2026").contains("/leaving/papers.docx"));
        let asked = format!("?id={one}&id={other}");
        assert!(world.file(&world.board(), &format!("/leaving/papers.pdf{asked}")).starts_with(b"%PDF"));
        assert!(world.file(&world.board(), &format!("/leaving/papers.docx{asked}")).starts_with(b"PK"));
        assert_eq!(world.acts("departure-paper-taken").len(), 4, "each member's stream says so");
        let nobody = world.ask(Lang::Vi, &world.board(), "GET", "/leaving/papers.pdf", &[]);
        assert!(matches!(nobody, Err(chibo_kernel::Problem::Refused(_))), "{nobody:?}");
        let stranger = world.viewer(crate::world::id(crate::world::COLLEGE), crate::world::BOARD);
        let hidden = world.ask(Lang::Vi, &stranger, "GET", &format!("/leaving/papers.pdf{asked}"), &[]);
        assert!(matches!(hidden, Err(chibo_kernel::Problem::NotFound)), "{hidden:?}");
        for at in [struck, expelled] {
            assert!(world.file(&world.board(), &format!("{at}/paper.pdf")).starts_with(b"%PDF"));
        }
    });
}

#[test]
fn two_steps_at_once_are_a_conflict() {
    World::each(|world| {
        let at = world.open(BRANCH, world.an, "striking-off", &FEE).unwrap();
        world.act(&at, BRANCH, (0, "demanded", "02/08/2026"), &[]).unwrap();
        let again = [("after", "0"), ("step", "demanded"), ("on", "02/08/2026"), ("note", "lần hai")];
        match world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &at, &again) {
            Ok(Reply::Html { status: 409, body }) => {
                assert!(body.contains("Có người vừa ghi") && body.contains("lần hai"), "{body}");
            }
            other => panic!("{other:?}"),
        }
    });
}
