//! From the monthly list to the ceremony, and from probation to recognition.

use chibo_kernel::{Problem, Viewer};
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER_BRANCH, SCHOOL, World, id};

pub fn enter(world: &World) -> String {
    let branch = id(BRANCH).to_string();
    let form = [
        ("name", "Đỗ Minh Hạnh"),
        ("birth", "02/09/2001"),
        ("sex", "2"),
        ("unit", branch.as_str()),
        ("source", "youth"),
        ("workplace", "Khoa Toán"),
    ];
    world
        .send(&world.secretary(BRANCH), "/development/candidates/new", &form)
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned()
}

pub fn step(
    world: &World,
    at: &str,
    after: usize,
    step: &str,
    on: &str,
    more: &[(&str, &str)],
) -> Result<String, String> {
    let after = after.to_string();
    let mut form = vec![("after", after.as_str()), ("step", step), ("on", on), ("number", "12-NQ/CB")];
    form.extend_from_slice(&[("form", "secret-ballot"), ("body", "base-standing-committee")]);
    form.extend_from_slice(more);
    world.send(&world.secretary(BRANCH), at, &form)
}

/// Somebody is assigned to help.
pub fn help(world: &World, at: &str) {
    let form = [("act", "assigned"), ("helper", "Ngô Mai Chi"), ("on", "06/01/2026"), ("note", "")];
    world.send(&world.secretary(BRANCH), &format!("{at}/help"), &form).unwrap();
}

/// Two official members introduce.
pub fn introduce(world: &World, at: &str, after: usize) -> Result<String, String> {
    let after = after.to_string();
    let form = [
        ("after", after.as_str()),
        ("on", "02/06/2026"),
        ("first", "Trần Văn An"),
        ("first-since", "01/01/2024"),
        ("kind", "member"),
        ("second", "Lê Thị Bình"),
        ("second-since", "01/06/2025"),
    ];
    world.send(&world.secretary(BRANCH), &format!("{at}/introduction"), &form)
}

/// A request for verification is sent.
pub fn ask(world: &World, at: &str, relation: &str, name: &str, way: &str) -> Result<String, String> {
    let form = [
        ("relation", relation),
        ("name", name),
        ("way", way),
        ("place", "Đảng ủy xã Bình Hưng"),
        ("sent", "02/06/2026"),
        ("note", "Công văn 12"),
    ];
    world.send(&world.secretary(BRANCH), &format!("{at}/checks"), &form)
}

/// The answer to a request.
pub fn answer(world: &World, at: &str, seq: &str, verifier: &str) -> Result<String, String> {
    let form = [("seq", seq), ("answered", "03/06/2026"), ("verifier", verifier), ("outcome", "clear")];
    world.send(&world.secretary(BRANCH), &format!("{at}/checks"), &form)
}

/// Something known is written down.
pub fn fact(world: &World, at: &str, fact: &str, on: &str, more: &[(&str, &str)]) -> Result<String, String> {
    let mut form = vec![("fact", fact), ("on", on)];
    form.extend_from_slice(more);
    world.send(&world.secretary(BRANCH), &format!("{at}/facts"), &form)
}

/// What lets the branch vote: schooling, political standard, work, family, opinions.
pub fn facts(world: &World, at: &str) {
    for code in ["school-lower-certificate", "politics-within", "branch-of-work", "family-single", "children-none"] {
        fact(world, at, code, "05/01/2026", &[]).unwrap();
    }
    fact(world, at, "situation-contract", "05/01/2026", &[("months", "36")]).unwrap();
    fact(world, at, "in-youth", "05/01/2026", &[]).unwrap();
    for code in ["said-youth", "said-residence"] {
        fact(world, at, code, "02/06/2026", &[("note", "Nhận xét tốt")]).unwrap();
    }
}

/// The papers without which nobody is recognised.
pub fn recognition_papers(world: &World, at: &str) {
    let mut form: Vec<_> =
        ["new-member-certificate", "10-knd", "11-knd", "12-knd"].map(|code| ("paper", code)).to_vec();
    form.extend([("there", "yes"), ("on", "10/11/2026")]);
    world.send(&world.secretary(BRANCH), &format!("{at}/papers"), &form).unwrap();
}

/// Everything before the branch's vote: six steps.
pub fn prepare(world: &World, at: &str) {
    facts(world, at);
    step(world, at, 0, "listed", "05/01/2026", &[]).unwrap();
    step(world, at, 1, "certified", "01/03/2026", &[]).unwrap();
    help(world, at);
    step(world, at, 2, "opened", "01/06/2026", &[]).unwrap();
    introduce(world, at, 3).unwrap();
    ask(world, at, "self", "", "asked").unwrap();
    ask(world, at, "father", "Đỗ Văn Ba", "declared").unwrap();
    ask(world, at, "mother", "Lê Thị Tư", "declared").unwrap();
    answer(world, at, "1", "Nguyễn Văn Tám").unwrap();
    step(world, at, 4, "verified", "03/06/2026", &[]).unwrap();
    step(world, at, 5, "heard", "04/06/2026", &[("note", "Các nơi đều nhận xét tốt")]).unwrap();
}

#[test]
fn mem_03_mem_30_the_ceremony_makes_a_member_on_probation() {
    World::each(|world| {
        let at = enter(world);
        let early = step(world, &at, 0, "decided", "05/01/2026", &[("yes", "6"), ("listed", "11")]).unwrap_err();
        assert!(early.contains("Bước này chưa làm được"), "{early}");
        prepare(world, &at);
        let failed = [("yes", "1"), ("no", "2")];
        step(world, &at, 6, "branch-voted", "01/09/2026", &failed).unwrap();
        assert!(world.page(&world.board(), &at).contains("không đạt hai phần ba"));
        let carried = [("yes", "2"), ("no", "1")];
        step(world, &at, 7, "branch-voted", "08/09/2026", &carried).unwrap();
        step(world, &at, 8, "committee-voted", "20/09/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
        let twice = [
            ("after", "8"),
            ("step", "committee-voted"),
            ("on", "20/09/2026"),
            ("number", "9"),
            carried[0],
            ("listed", "3"),
        ];
        match world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &at, &twice) {
            Ok(Reply::Html { status: 409, body, .. }) => {
                assert!(body.contains("Có người vừa ghi một bước khác"), "{body}")
            }
            other => panic!("{other:?}"),
        }
        let wrong = [("yes", "6"), ("listed", "11"), ("body", "upper-standing-committee")];
        let form: Vec<_> = [("after", "9"), ("step", "decided"), ("on", "05/10/2026"), ("number", "9")]
            .into_iter()
            .chain([("form", "raised-card")])
            .chain(wrong)
            .collect();
        let wrong = world.send(&world.secretary(BRANCH), &at, &form).unwrap_err();
        assert!(wrong.contains("không có thẩm quyền"), "{wrong}");
        step(world, &at, 9, "decided", "05/10/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        step(world, &at, 10, "admitted", "19/10/2026", &[]).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("Mở hồ sơ đảng viên") && page.contains("2/3 tán thành, đạt"), "{page}");
        assert!(page.contains("6/11 tán thành, đạt; Ban thường vụ đảng ủy cơ sở; Bỏ phiếu kín"), "{page}");
        let overview = world.page(&world.board(), &format!("/development?unit={}", id(SCHOOL)));
        assert!(overview.contains("Số người ở từng bước"), "{overview}");
        let acts = world.acts("candidate-step");
        assert_eq!(acts.len(), 11, "{acts:?}");
    });
}

#[test]
fn x_03_members_on_probation_do_not_vote() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("chi bộ có 3 đảng viên chính thức"), "the roll is the register's: {page}");
        let refused = step(world, &at, 6, "branch-voted", "01/09/2026", &[("yes", "4")]).unwrap_err();
        assert!(refused.contains("nhiều hơn tổng số 3"), "{refused}");
        let forged = [("yes", "4"), ("listed", "9")];
        assert!(step(world, &at, 6, "branch-voted", "01/09/2026", &forged).unwrap_err().contains("tổng số 3"));
        let away = [("yes", "2"), ("away", "1")];
        step(world, &at, 6, "branch-voted", "01/09/2026", &away).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("2/2 tán thành, đạt") && page.contains("danh sách 3, vắng không tính 1"), "{page}");
        let without = step(world, &at, 7, "committee-voted", "01/09/2026", &[]).unwrap_err();
        assert!(without.contains("Biểu quyết thì phải có số"), "{without}");
    });
}

#[test]
fn mem_31_mem_32_recognised_late_the_member_is_official_from_the_computed_day() {
    World::each(|world| {
        let at = format!("/development/probation/{}", world.giang);
        let list = world.page(&world.board(), "/development/probation");
        assert!(list.contains("Võ Thị Giang") && list.contains("10/11/2026"), "{list}");
        let early = step(world, &at, 0, "branch-voted", "09/11/2026", &[("yes", "3")]).unwrap_err();
        assert!(early.contains("Thời gian dự bị chưa hết"), "{early}");
        let bare = step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap_err();
        assert!(bare.contains("Chưa có giấy chứng nhận lớp đảng viên mới"), "{bare}");
        assert!(bare.contains("10-KNĐ, 11-KNĐ, 12-KNĐ"), "{bare}");
        recognition_papers(world, &at);
        step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap();
        step(world, &at, 1, "committee-voted", "16/11/2026", &[("yes", "11"), ("listed", "15")]).unwrap();
        step(world, &at, 2, "recognised", "20/11/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("Không còn dự bị"), "{page}");
        let since = page.split("Đảng viên chính thức từ").nth(1).unwrap();
        assert!(since.split("</dd>").next().unwrap().contains("10/11/2026"), "{page}");
        let never = format!("/development/probation/{}", world.an);
        let vote = [
            ("after", "0"),
            ("step", "branch-voted"),
            ("on", "20/11/2026"),
            ("number", "7"),
            ("yes", "3"),
            ("form", "raised-card"),
        ];
        let vote = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &never, &vote);
        assert!(matches!(vote, Err(Problem::Refused(_))), "an official member: {vote:?}");
        let again = [
            ("after", "3"),
            ("step", "recognised"),
            ("on", "20/11/2026"),
            ("number", "7"),
            ("yes", "6"),
            ("listed", "11"),
            ("form", "raised-card"),
            ("body", "base-standing-committee"),
        ];
        let again = world.send(&world.secretary(BRANCH), &at, &again).unwrap_err();
        assert!(again.contains("không ở trạng thái dự bị"), "{again}");
        let told = [("after", "3"), ("step", "announced"), ("on", "22/11/2026")];
        world.send(&world.secretary(BRANCH), &at, &told).unwrap();
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Công bố quyết định công nhận") && !page.contains("Bước tiếp theo"), "{page}");
    });
}

#[test]
fn nobody_else_sees_a_candidate() {
    World::each(|world| {
        let at = enter(world);
        let other = world.secretary(OTHER_BRANCH);
        for url in [at.as_str(), &format!("/development/probation/{}", world.giang)] {
            let hidden = world.ask(Lang::Vi, &other, "GET", url, &[]);
            assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        }
        assert!(!world.page(&other, "/development/candidates").contains("Đỗ Minh Hạnh"));
        assert!(world.page(&world.board(), "/development/candidates?q=minh+hanh").contains("Đỗ Minh Hạnh"));
        let book = world.file(&world.board(), "/development/export.xlsx");
        assert!(book.starts_with(b"PK"));
    });
}

#[test]
fn nobody_counts_admissions_out_of_sight() {
    World::each(|world| {
        let figure = |who: &Viewer| {
            let page = world.page(who, "/development");
            page.split("Kết nạp trong năm").nth(1).unwrap().split("</div>").next().unwrap().to_owned()
        };
        assert!(figure(&world.board()).contains("<dd>1</dd>"), "{}", figure(&world.board()));
        assert!(figure(&world.secretary(OTHER_BRANCH)).contains("<dd>0</dd>"));
    });
}

#[test]
fn targets_are_set_and_shown_with_what_was_reached() {
    World::each(|world| {
        let unit = id(SCHOOL).to_string();
        let refused =
            world.send(&world.board(), "/development/targets", &[("unit", &unit), ("year", "26"), ("wanted", "3")]);
        assert!(refused.unwrap_err().contains("Năm không hợp lệ"));
        for wanted in ["3", "4"] {
            let form = [("unit", unit.as_str()), ("year", "2026"), ("wanted", wanted)];
            world.send(&world.board(), "/development/targets", &form).unwrap();
        }
        let page = world.page(&world.board(), "/development");
        assert!(page.contains("Chưa đạt") && page.contains(">4<") && !page.contains(">3<"), "{page}");
    });
}
