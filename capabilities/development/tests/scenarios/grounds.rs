//! Moves, late ceremonies, longer times, monthly lists, new members' papers.

use chibo_development::actions::{Loaded, LoadedStep, NewCandidate, load};
use chibo_development::rules::{Source, Step};
use chibo_kernel::{Problem, Viewer};
use chibo_web::duty::duties_of;
use chibo_web::words::Lang;

use crate::course::{enter, fact, prepare, recognition_papers, step};
use crate::world::{BRANCH, OTHER_BRANCH, SCHOOL, World, day, id};

/// How many duties of a source a secretary of a unit has, with their rules.
pub fn duties(world: &World, unit: u8, source: &str) -> Vec<&'static str> {
    let who = world.secretary(unit);
    let visit = world.visit(Lang::Vi, &who, "/");
    let found = duties_of(&visit).unwrap();
    found.iter().filter(|(of, _)| of.name == source).map(|(_, duty)| duty.rule).collect()
}

/// Up to the decision: nine steps.
fn decide(world: &World, at: &str) {
    prepare(world, at);
    step(world, at, 6, "branch-voted", "03/08/2026", &[("yes", "3")]).unwrap();
    step(world, at, 7, "committee-voted", "10/08/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
    step(world, at, 8, "decided", "17/08/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
}

#[test]
fn mem_24_mem_25_a_late_ceremony_needs_consent_and_new_members_declare() {
    World::each(|world| {
        let at = enter(world);
        decide(world, &at);
        let late = step(world, &at, 9, "admitted", "19/10/2026", &[]).unwrap_err();
        assert!(late.contains("Muộn hơn phải có văn bản đồng ý"), "{late}");
        let bare = fact(world, &at, "late-ceremony", "01/10/2026", &[]).unwrap_err();
        assert!(bare.contains("Mục này cần số văn bản"), "{bare}");
        fact(world, &at, "late-ceremony", "01/10/2026", &[("number", "88-CV/ĐU")]).unwrap();
        assert!(world.page(&world.board(), &format!("{at}/facts")).contains("88-CV/ĐU"));
        assert!(duties(world, BRANCH, "declaration").is_empty());
        step(world, &at, 9, "admitted", "19/10/2026", &[]).unwrap();
        assert_eq!(duties(world, BRANCH, "declaration"), ["MEM-25"]);
        let papers = [("paper", "1-hsdv"), ("paper", "2-hsdv"), ("there", "yes"), ("on", "20/11/2026")];
        world.send(&world.secretary(BRANCH), &format!("{at}/papers"), &papers[1..]).unwrap();
        assert_eq!(duties(world, BRANCH, "declaration"), ["MEM-25"], "the life history is missing");
        world.send(&world.secretary(BRANCH), &format!("{at}/papers"), &papers).unwrap();
        assert!(duties(world, BRANCH, "declaration").is_empty());
    });
}

#[test]
fn mem_17_who_was_heard_in_the_demonstration_has_what_the_vote_asks_for() {
    World::each(|world| {
        let on = day(2026, 6, 1);
        let taken = |step| LoadedStep {
            step,
            on,
            number: "1-NQ/CB".to_owned(),
            votes: (0, 0),
            body: None,
            note: String::new(),
            introducers: Vec::new(),
        };
        let candidate = |name: &str| NewCandidate {
            unit: id(BRANCH),
            name: name.to_owned(),
            birth: day(2000, 1, 5),
            sex: 1,
            source: Source::Youth,
            workplace: String::new(),
        };
        let all = [Step::Listed, Step::Certified, Step::Opened, Step::Introduced, Step::Verified, Step::Heard];
        let of = |name: &str, steps: &[Step]| Loaded {
            candidate: candidate(name),
            steps: steps.iter().copied().map(taken).collect(),
            help: Vec::new(),
            asked: Vec::new(),
        };
        let loaded = [of("Mai Văn Hợp", &all), of("Mai Văn Lộc", &all[..2])];
        world.house.db.write(&Viewer::program("test"), |op| load(op, &loaded)).unwrap();
        let list = world.page(&world.board(), "/development/candidates");
        let at = |name: &str| {
            let before = list.split(name).next().unwrap();
            let href = before.rsplit("/development/candidates/").next().unwrap();
            format!("/development/candidates/{}", href.split('"').next().unwrap())
        };
        assert!(!world.page(&world.board(), &at("Mai Văn Hợp")).contains("Còn phải ghi"));
        assert!(world.page(&world.board(), &at("Mai Văn Lộc")).contains("Còn phải ghi"));
        step(world, &at("Mai Văn Hợp"), 6, "branch-voted", "03/08/2026", &[("yes", "3")]).unwrap();
    });
}

#[test]
fn x_03_the_roll_is_that_of_the_day_of_the_vote() {
    World::each(|world| {
        let at = format!("/development/probation/{}", world.giang);
        let votes = [("yes", "3"), ("no", "1"), ("note", "Vi phạm tư cách")];
        // One of four left the Party in May 2020.
        let later = step(world, &at, 0, "strike-branch-voted", "01/05/2020", &votes).unwrap_err();
        assert!(later.contains("nhiều hơn tổng số 3"), "{later}");
        step(world, &at, 0, "strike-branch-voted", "30/04/2020", &votes).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("3/4 tán thành") && page.contains("danh sách 4"), "{page}");
    });
}

#[test]
fn mem_22_somebody_who_moves_is_admitted_at_the_new_place() {
    World::each(|world| {
        let at = enter(world);
        decide(world, &at);
        let other = "Chi bộ Khoa Điện";
        let form = [("after", "9"), ("to", other), ("on", "24/08/2026"), ("number", "05-GT/CB")];
        let here = [form[0], ("to", "Chi bộ Khoa Toán"), form[2], form[3]];
        let same = world.send(&world.secretary(BRANCH), &format!("{at}/move"), &here).unwrap_err();
        assert!(same.contains("đang ở chi bộ này"), "{same}");
        world.send(&world.secretary(BRANCH), &format!("{at}/move"), &form).unwrap();
        assert!(duties(world, BRANCH, "candidates").contains(&"MEM-22"));
        let page = world.page(&world.secretary(BRANCH), &format!("{at}/move"));
        assert!(page.contains("Chi bộ Khoa Điện") && page.contains("Còn giá trị"), "{page}");
        world.page_in(Lang::En, &world.secretary(BRANCH), &format!("{at}/move"));
        let early = step(world, &at, 10, "admitted", "31/08/2026", &[]).unwrap_err();
        assert!(early.contains("Bước này chưa làm được"), "{early}");
        step(world, &at, 10, "forwarded", "31/08/2026", &[]).unwrap();
        let gone = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &at, &[]);
        assert!(matches!(gone, Err(Problem::NotFound)), "the file went with him: {gone:?}");
        assert_eq!(world.acts("candidate-forwarded").len(), 1);
        let new = world.secretary(OTHER_BRANCH);
        let form = [("after", "11"), ("step", "admitted"), ("on", "07/09/2026"), ("number", "3")];
        world.send(&new, &at, &form).unwrap();
        assert!(world.page(&new, &at).contains("Mở hồ sơ đảng viên"));
        let unmoved = enter(world);
        let form = [("after", "0"), ("to", other), ("on", "24/08/2026"), ("number", "05-GT/CB")];
        let early = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &format!("{unmoved}/move"), &form);
        assert!(matches!(early, Err(Problem::Refused(_))), "nobody who is not on the list: {early:?}");
    });
}

#[test]
fn mem_21_mem_33_longer_times_are_recorded_with_the_reason() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        step(world, &at, 6, "branch-voted", "03/08/2026", &[("yes", "3")]).unwrap();
        let bare = step(world, &at, 7, "extended", "17/08/2026", &[]).unwrap_err();
        assert!(bare.contains("Bước này cần ghi chú"), "{bare}");
        step(world, &at, 7, "extended", "17/08/2026", &[("note", "Phải xác minh ở nước ngoài")]).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("Gia hạn thời gian quyết định") && page.contains("MEM-21"), "{page}");
        let probation = format!("/development/probation/{}", world.giang);
        recognition_papers(world, &probation);
        step(world, &probation, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap();
        assert_eq!(duties(world, BRANCH, "recognition"), ["MEM-33"]);
        step(world, &probation, 1, "extended", "16/11/2026", &[("note", "Phải xác minh thêm")]).unwrap();
        step(world, &probation, 2, "committee-voted", "17/11/2026", &[("yes", "11"), ("listed", "15")]).unwrap();
        step(world, &probation, 3, "recognised", "20/11/2026", &[("yes", "1"), ("listed", "11")]).unwrap();
        step(world, &probation, 4, "notified", "20/11/2026", &[("note", "Chưa đủ điều kiện")]).unwrap();
        let page = world.page(&world.board(), &probation);
        assert!(page.contains("Thông báo không công nhận chính thức") && page.contains("Đang dự bị"), "{page}");
    });
}

#[test]
fn mem_02_mem_06_mem_17_mem_23_the_vote_waits_for_what_is_not_known() {
    World::each(|world| {
        let at = enter(world);
        step(world, &at, 0, "listed", "05/01/2026", &[]).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("Còn phải ghi: trình độ học vấn") && page.contains("đoàn thể đang tham gia"), "{page}");
        let at = enter(world);
        prepare(world, &at);
        assert!(!world.page(&world.board(), &at).contains("Còn phải ghi"));
        fact(world, &at, "school-primary", "05/01/2026", &[]).unwrap();
        fact(world, &at, "situation-contract", "05/01/2026", &[("months", "6")]).unwrap();
        let refused = step(world, &at, 6, "branch-voted", "03/08/2026", &[("yes", "3")]).unwrap_err();
        for said in ["Trình độ học vấn chưa đạt", "được xét ở nơi cư trú"] {
            assert!(refused.contains(said), "{said}: {refused}");
        }
        let bare = fact(world, &at, "politics-exceeds", "05/01/2026", &[]).unwrap_err();
        assert!(bare.contains("Mục này cần số văn bản"), "{bare}");
        let bare = fact(world, &at, "said-union", "05/01/2026", &[]).unwrap_err();
        assert!(bare.contains("Mục này cần nội dung"), "{bare}");
        let none = fact(world, &at, "", "05/01/2026", &[]).unwrap_err();
        assert!(none.contains("Chưa chọn điều cần ghi"), "{none}");
    });
}

#[test]
fn mem_03_one_resolution_lists_several_and_the_base_reviews_every_month() {
    World::each(|world| {
        let (one, two) = (enter(world), enter(world));
        let who = |at: &str| at.rsplit('/').next().unwrap().to_owned();
        let (first, second) = (who(&one), who(&two));
        let page = format!("/development/monthly?unit={}", id(BRANCH));
        assert!(world.page(&world.secretary(BRANCH), &page).contains("Đỗ Minh Hạnh"));
        assert!(duties(world, SCHOOL, "list-review").is_empty(), "nobody is on a list yet");
        let form = [
            ("for", "list"),
            ("who", first.as_str()),
            ("who", second.as_str()),
            ("act", "enter"),
            ("on", "05/11/2026"),
            ("number", "11-NQ/CB"),
        ];
        let nobody = world.send(&world.secretary(BRANCH), &page, &form[3..]).unwrap_err();
        assert!(nobody.contains("Chưa chọn ai"), "{nobody}");
        world.send(&world.secretary(BRANCH), &page, &form).unwrap();
        for at in [&one, &two] {
            assert!(world.page(&world.board(), at).contains("11-NQ/CB"));
        }
        let leave = [("for", "list"), form[1], ("act", "leave"), ("on", "06/11/2026"), ("number", "12-NQ/CB")];
        let why = world.send(&world.secretary(BRANCH), &page, &leave).unwrap_err();
        assert!(why.contains("Bước này cần ghi chú") && why.contains("Chưa ghi được cho Đỗ Minh Hạnh"), "{why}");
        let leave = [&leave[..], &[("note", "Chuyển đi xa")]].concat();
        world.send(&world.secretary(BRANCH), &page, &leave).unwrap();
        assert!(world.page(&world.board(), &one).contains("Dừng lại"));
        assert_eq!(world.acts("candidate-list-resolved").len(), 2);
        assert_eq!(duties(world, SCHOOL, "list-review"), ["MEM-03"]);
        let base = format!("/development/monthly?unit={}", id(SCHOOL));
        let review = [("for", "review"), ("reviewed", "20/11/2026"), ("conclusion", "")];
        assert!(world.send(&world.secretary(SCHOOL), &base, &review).unwrap_err().contains("cần số văn bản"));
        let review = [("for", "review"), ("reviewed", "20/11/2026"), ("conclusion", "30-KL/ĐU")];
        world.send(&world.secretary(SCHOOL), &base, &review).unwrap();
        assert!(world.page(&world.secretary(SCHOOL), &base).contains("30-KL/ĐU"));
        assert!(duties(world, SCHOOL, "list-review").is_empty());
        let nowhere = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", "/development/monthly", &form);
        assert!(matches!(nowhere, Err(Problem::Refused(_))), "{nowhere:?}");
        let other = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "POST", &page, &form);
        assert!(matches!(other, Err(Problem::NotFound)), "{other:?}");
    });
}
