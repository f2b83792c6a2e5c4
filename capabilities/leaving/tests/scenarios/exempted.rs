//! Exempted, reminded, renewed, back.

use chibo_members::codes::Standing;
use chibo_web::words::Lang;

use crate::world::{BRANCH, NEITHER, SCHOOL, World, day};

#[test]
fn exi_01_exi_03_at_eighty_the_branch_attests_decides_and_informs() {
    World::each(|world| {
        let at = world.open(BRANCH, world.old, "exempt-health", &[("ground", "age"), ("on", "01/11/2026")]).unwrap();
        world.act(&at, BRANCH, (0, "confirmed", "02/11/2026"), &[]).unwrap();
        let short = world.vote(&at, BRANCH, (1, "decided", "05/11/2026"), (90, 8)).unwrap_err();
        assert!(short.contains("chỉ có 9 đảng viên chính thức") && short.contains("X-03"), "{short}");
        world.vote(&at, BRANCH, (1, "decided", "05/11/2026"), (9, 8)).unwrap();
        assert_eq!(world.last(world.old), Standing::Exempted);
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Đã quyết định, còn việc") && page.contains("Đạt: 8/9"), "{page}");
        // EXI-03: what he keeps and what does not apply to him, each with its rule.
        for said in ["Được mời dự đại hội", "Huy hiệu Đảng", "xếp loại", "kỷ luật"] {
            assert!(page.contains(said) && page.matches("EXI-03").count() >= 4, "{said}: {page}");
        }
        world.act(&at, BRANCH, (2, "informed", "06/11/2026"), &[]).unwrap();
        let list = world.page(&world.board(), "/leaving/exempted");
        assert!(list.contains("Lê Thị Già") && list.contains("Không thời hạn"), "{list}");
        assert_eq!(world.acts("departure-step").len(), 3);
        assert_eq!(world.acts("member-standing-set").len(), 1);
    });
}

#[test]
fn exi_01_the_young_need_a_medical_paper() {
    World::each(|world| {
        let form = [("ground", "weak-health"), ("on", "01/11/2026")];
        let at = world.open(BRANCH, world.an, "exempt-health", &form).unwrap();
        let bare = world.act(&at, BRANCH, (0, "confirmed", "02/11/2026"), &[("note", "Ốm")]).unwrap_err();
        assert!(bare.contains("từ 80 tuổi") && bare.contains("Ốm"), "what was typed is kept: {bare}");
        world.act(&at, BRANCH, (0, "confirmed", "02/11/2026"), &[("number", "15/BV")]).unwrap();
        let twice = world.open(BRANCH, world.an, "request", &[("ground", "own"), ("on", "01/11/2026")]).unwrap_err();
        assert!(twice.contains("hồ sơ chưa quyết định"), "{twice}");
    });
}

/// Exempted by the committee from 1 June 2026 through a day.
fn abroad(world: &World, ends: &str) -> String {
    let form = [("ground", "abroad"), ("on", "20/05/2026"), ("ends", ends)];
    let at = world.open(BRANCH, world.an, "exempt-other", &form).unwrap();
    world.vote(&at, BRANCH, (0, "branch-voted", "25/05/2026"), (9, 5)).unwrap();
    // The branch itself does not decide.
    let form = [
        ("after", "1"),
        ("step", "decided"),
        ("on", "01/06/2026"),
        ("number", "7-QĐ"),
        ("voting", "raised-card"),
        ("listed", "9"),
        ("yes", "9"),
        ("decider", "base-committee"),
    ];
    assert_eq!(world.status(&world.secretary(BRANCH), "POST", &at, &form), 404);
    let votes = [
        ("number", "7-QĐ"),
        ("voting", "raised-card"),
        ("listed", "15"),
        ("yes", "8"),
        ("ends", ends),
        ("decider", "base-committee"),
    ];
    let above = [&votes[..5], &[("decider", "base-standing-committee")]].concat();
    let wrong = world.act(&at, SCHOOL, (1, "decided", "01/06/2026"), &above).unwrap_err();
    assert!(wrong.contains("Sai cấp quyết định") && wrong.contains("EXI-02"), "{wrong}");
    world.act(&at, SCHOOL, (1, "decided", "01/06/2026"), &votes).unwrap();
    at
}

#[test]
fn exi_02_and_exi_04_an_exemption_ends_is_reminded_and_becomes_a_signal() {
    World::each(|world| {
        let at = abroad(world, "10/12/2026");
        assert_eq!(world.last(world.an), Standing::Exempted);
        let duties = |world: &World| {
            let (who, mut found) = (world.board(), Vec::new());
            let visit = world.visit(Lang::Vi, &who, "/");
            (chibo_leaving::capability().duties[0].find)(&visit, &mut |duty| found.push((duty.rule, duty.said.key)))
                .unwrap();
            found
        };
        let signals = |world: &World| {
            let (mut found, today) = (Vec::new(), world.clock.today());
            let find = chibo_leaving::capability().signals[0].find;
            world.house.db.read(|tx| find(tx, today, &mut |signal| found.push((signal.rule, signal.since)))).unwrap();
            found
        };
        assert_eq!(duties(world), [("EXI-04", "leaving-duty-ends")]);
        assert_eq!(signals(world), []);
        world.clock.set(day(2026, 12, 20));
        assert_eq!(duties(world), [("EXI-04", "leaving-duty-ended")]);
        assert_eq!(signals(world), [("SCR-03", day(2026, 12, 11))]);
        assert!(world.page(&world.board(), "/leaving/exempted?state=late").contains("Trần Văn An"));
        // Back: no longer in the list, the case stays.
        let back = world.open(BRANCH, world.an, "return", &[("ground", "term-ended"), ("on", "18/12/2026")]).unwrap();
        world.act(&back, BRANCH, (0, "decided", "19/12/2026"), &[]).unwrap();
        assert_eq!(world.last(world.an), Standing::Official);
        assert_eq!(signals(world), []);
        assert!(!world.page(&world.board(), "/leaving/exempted").contains("Trần Văn An"));
        assert!(world.page(&world.secretary(BRANCH), &at).contains("đến hết 10/12/2026"));
    });
}

#[test]
fn exi_02_renewed_by_the_same_procedure() {
    World::each(|world| {
        abroad(world, "31/10/2026");
        let long = [("ground", "abroad"), ("on", "01/11/2026"), ("ends", "01/11/2027")];
        let refused = world.open(BRANCH, world.an, "exempt-other", &long).unwrap_err();
        assert!(refused.contains("dưới 12 tháng") && refused.contains("EXI-02"), "{refused}");
        let form = [("ground", "abroad"), ("on", "01/11/2026"), ("ends", "01/06/2027")];
        let at = world.open(BRANCH, world.an, "exempt-other", &form).unwrap();
        world.vote(&at, BRANCH, (0, "branch-voted", "05/11/2026"), (9, 5)).unwrap();
        let votes = [
            ("number", "9-QĐ"),
            ("voting", "raised-card"),
            ("listed", "15"),
            ("yes", "9"),
            ("ends", "01/06/2027"),
            ("decider", "base-committee"),
        ];
        world.act(&at, SCHOOL, (1, "decided", "10/11/2026"), &votes).unwrap();
        let list = world.page(&world.board(), "/leaving/exempted");
        assert_eq!(list.matches(">Trần Văn An</a>").count(), 1, "only the renewal holds: {list}");
        assert!(list.contains("01/06/2027"), "{list}");
    });
}

#[test]
fn only_those_who_see_the_member_see_the_case() {
    World::each(|world| {
        let at = abroad(world, "10/12/2026");
        let stranger = world.secretary(NEITHER);
        let member = format!("/leaving/members/{}", world.an);
        assert_eq!(world.status(&stranger, "GET", &at, &[]), 404);
        assert_eq!(world.status(&stranger, "GET", &member, &[]), 404);
        assert!(!world.page(&stranger, "/leaving/exempted").contains("Trần Văn An"));
        let page = world.page(&world.secretary(BRANCH), &member);
        assert!(page.contains("Ra nước ngoài đơn lẻ") && page.contains("miễn sinh hoạt"), "{page}");
        for page in ["/leaving", "/leaving/cases", "/leaving/book", "/leaving/new", &at, &member] {
            world.page_in(Lang::En, &world.board(), page);
        }
        for kind in ["exempt-health", "exempt-other", "return", "striking-off", "request", "death", "expulsion"] {
            world.page_in(Lang::En, &world.board(), &format!("/leaving/new?kind={kind}"));
        }
        for file in ["/leaving/cases.xlsx", "/leaving/exempted.xlsx", "/leaving/book.xlsx"] {
            assert!(world.file(&world.board(), file).starts_with(b"PK"));
        }
        assert!(world.file(&world.board(), &format!("{at}/paper.pdf")).starts_with(b"%PDF"));
        assert!(world.file(&world.board(), &format!("{at}/paper.docx")).starts_with(b"PK"));
        assert_eq!(world.acts("departure-paper-taken").len(), 2);
    });
}
