//! Papers in print, as they come out of the pages.

use std::io::Read;

use chibo_kernel::{Id, Person, Problem};
use chibo_web::words::Lang;

use crate::annuls::{admitted, cancel};
use crate::course::{enter, prepare, step};
use crate::world::{BASE_BRANCH, BOARD, BRANCH, OTHER_BRANCH, SCHOOL, SECTION_BRANCH, World, id};

/// The text of a DOCX, with its marks.
fn text(docx: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn who(at: &str) -> &str {
    at.rsplit('/').next().unwrap()
}

fn printed(world: &World, kind: &str, who: &str) -> String {
    let at = format!("/development/print?kind={kind}&who={who}");
    assert!(world.file(&world.board(), &format!("{at}&as=pdf")).starts_with(b"%PDF"), "{kind}");
    text(world.file(&world.board(), &format!("{at}&as=docx")))
}

/// Somebody in another branch.
fn elsewhere(world: &World, branch: u8) -> String {
    let secretary = world.secretary(branch);
    let branch = id(branch).to_string();
    let form = [
        ("name", "Cao Thị Xuân"),
        ("birth", "02/09/2001"),
        ("sex", "2"),
        ("unit", branch.as_str()),
        ("source", "youth"),
        ("workplace", "Khoa Điện"),
    ];
    let at = world.send(&secretary, "/development/candidates/new", &form).unwrap();
    at.split('?').next().unwrap().to_owned()
}

#[test]
fn mem_12_mem_13_mem_14_mem_18_papers_of_a_candidate_tell_what_is_known_of_him() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        let who = who(&at);
        let page = world.page(&world.board(), &at);
        for kind in ["application", "history", "introduction", "union", "opinions", "branch"] {
            assert!(page.contains(&format!("kind={kind}&#38;who={who}")), "{kind} is due: {page}");
        }
        assert!(!page.contains("kind=vetting") && !page.contains("kind=decision"), "not due yet: {page}");
        let application = printed(world, "application", who);
        assert!(application.contains("Mẫu 1…-KNĐ") && application.contains("Đỗ Minh Hạnh"), "{application}");
        let history = printed(world, "history", who);
        assert!(history.contains("Mẫu 2-KNĐ") && history.contains("Đỗ Văn Ba"), "{history}");
        assert!(history.contains("Nguyễn Văn Tám") && history.contains("Số căn cước: …"), "{history}");
        let letters = printed(world, "introduction", who);
        assert_eq!(letters.matches("Mẫu 3-KNĐ").count(), 2, "{letters}");
        assert!(letters.contains("từ ngày 01/01/2024") && letters.contains("Lê Thị Bình"), "{letters}");
        assert!(printed(world, "union", who).contains("Mẫu 4…-KNĐ"));
        assert!(printed(world, "opinions", who).contains("Mẫu 5-KNĐ"));
        assert!(printed(world, "branch", who).contains("Mẫu 6-KNĐ"));
        assert_eq!(world.acts("candidate-papers-printed").len(), 12, "each taking out is recorded");
        assert!(world.acts("secret-revealed").is_empty(), "no paper opens a sealed field");
    });
}

#[test]
fn mem_18_mem_19_mem_20_papers_follow_the_steps() {
    World::each(|world| {
        let at = enter(world);
        prepare(world, &at);
        step(world, &at, 6, "branch-voted", "08/09/2026", &[("yes", "3")]).unwrap();
        let who = who(&at);
        let page = world.page(&world.board(), &at);
        assert!(
            page.contains("kind=vetting") && page.contains("kind=base") && !page.contains("kind=decision"),
            "{page}"
        );
        let vetting = printed(world, "vetting", who);
        assert!(vetting.contains("Mẫu 7-KNĐ") && vetting.contains("12-NQ/CB"), "{vetting}");
        let base = printed(world, "base", who);
        assert!(base.contains("Mẫu 8…-KNĐ") && base.contains("ĐẢNG BỘ ĐẠI HỌC"), "{base}");
        step(world, &at, 7, "committee-voted", "20/09/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
        let decision = printed(world, "decision", who);
        assert!(decision.contains("Mẫu 9A-KNĐ") && decision.contains("T/M BAN THƯỜNG VỤ"), "{decision}");
        assert!(decision.contains("ngày 20/09/2026"), "{decision}");
    });
}

#[test]
fn dpd_40_many_are_printed_in_one_file_and_nobody_out_of_reach() {
    World::each(|world| {
        let (mine, other) = (enter(world), elsewhere(world, OTHER_BRANCH));
        prepare(world, &mine);
        let both = format!("/development/print?kind=application&as=docx&who={}&who={}", who(&mine), who(&other));
        let all = text(world.file(&world.board(), &both));
        assert_eq!(all.matches("Mẫu 1…-KNĐ").count(), 2, "{all}");
        assert!(all.contains("Đỗ Minh Hạnh") && all.contains("Cao Thị Xuân"), "{all}");
        let school = world.viewer(id(SCHOOL), BOARD);
        let within = text(world.file(&school, &both));
        assert_eq!(within.matches("Mẫu 1…-KNĐ").count(), 1, "{within}");
        assert!(within.contains("Đỗ Minh Hạnh") && !within.contains("Cao Thị Xuân"), "{within}");
        let alone = format!("/development/print?kind=application&as=docx&who={}", who(&other));
        let out = world.ask(Lang::Vi, &school, "GET", &alone, &[]);
        assert!(matches!(out, Err(Problem::Refused(_))), "{out:?}");
        let secretary = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &both, &[]);
        assert!(matches!(secretary, Err(Problem::Denied)), "no right to take papers out: {secretary:?}");
    });
}

#[test]
fn mem_31_mem_32_mem_34_papers_of_probation_tell_what_is_known_of_the_member() {
    World::each(|world| {
        let giang = world.giang.to_string();
        let page = world.page(&world.board(), &format!("/development/probation/{giang}"));
        assert!(page.contains("kind=self-review") && page.contains("kind=helper"), "{page}");
        assert!(!page.contains("kind=later-decision") && !page.contains("kind=striking-off"), "{page}");
        let forms = [
            ("self-review", "Mẫu 10-KNĐ"),
            ("helper", "Mẫu 11-KNĐ"),
            ("later-opinions", "Mẫu 12-KNĐ"),
            ("recognition", "Mẫu 13-KNĐ"),
            ("later-vetting", "Mẫu 14-KNĐ"),
            ("later-base", "Mẫu 15…-KNĐ"),
            ("later-decision", "Mẫu 16-KNĐ"),
            ("striking-off", "Mẫu 9…-XTĐV"),
        ];
        for (kind, mark) in forms {
            let told = printed(world, kind, &giang);
            assert!(told.contains(mark) && told.contains("Võ Thị Giang"), "{kind}: {told}");
        }
        assert!(printed(world, "later-decision", &giang).contains("10/11/2026"));
        let official = format!("/development/print?kind=self-review&as=pdf&who={}", world.an);
        let none = world.ask(Lang::Vi, &world.board(), "GET", &official, &[]);
        assert!(matches!(none, Err(Problem::Refused(_))), "never on probation here: {none:?}");
    });
}

#[test]
fn mem_41_the_decision_that_cancels_is_printed_and_what_is_done_again_is_dotted() {
    World::each(|world| {
        let at = enter(world);
        let person: Id<Person> = admitted(world, &at);
        let none = format!("/development/print?kind=cancelling&as=pdf&who={person}");
        let refused = world.ask(Lang::Vi, &world.board(), "GET", &none, &[]);
        assert!(matches!(refused, Err(Problem::Refused(_))), "nothing is cancelled yet: {refused:?}");
        cancel(world, person, &[("what", "admission"), ("flaw", "procedure"), ("redo", "committee")]).unwrap();
        let page = world.page(&world.board(), &format!("/development/members/{person}/cancellation"));
        assert!(page.contains("kind=cancelling"), "{page}");
        let told = printed(world, "cancelling", &person.to_string());
        assert!(told.contains("Mẫu 9…-HKN") && told.contains("ngày 05/10/2026"), "{told}");
        assert!(told.contains("Bỏ phiếu sai thể thức") && told.contains("từ nghị quyết của đảng ủy cơ sở"), "{told}");
        let again = printed(world, "base", who(&at));
        assert!(
            !again.contains("20/09/2026") && again.contains("ngày 08/09/2026"),
            "only the branch's vote stands: {again}"
        );
    });
}

#[test]
fn mem_18_mem_19_the_bodies_are_those_above_the_branch() {
    World::each(|world| {
        let at = elsewhere(world, SECTION_BRANCH);
        let vetting = printed(world, "vetting", who(&at));
        assert!(vetting.contains("ĐẢNG BỘ BỘ PHẬN KHỐI TỰ NHIÊN"), "the section vets: {vetting}");
        assert!(vetting.contains("Đảng bộ Đại học (để báo cáo)"), "the base receives it: {vetting}");
        let base = printed(world, "base", who(&at));
        assert!(base.contains("ĐẢNG BỘ ĐẠI HỌC") && !base.contains("KHỐI TỰ NHIÊN"), "the base resolves: {base}");
        let alone = elsewhere(world, BASE_BRANCH);
        let resolution = printed(world, "branch", who(&alone));
        assert!(resolution.contains("Mẫu 8C-KNĐ") && resolution.contains("ĐẢNG BỘ THÀNH PHỐ"), "{resolution}");
        let decision = printed(world, "decision", who(&alone));
        assert!(!decision.contains("và nghị quyết số"), "no base committee stands between: {decision}");
    });
}
