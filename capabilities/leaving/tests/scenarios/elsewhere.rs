//! Complaints against removals that no case of here decided: at a screening, on a transfer, during probation.

use chibo_members::codes::Standing;

use crate::book::removed_elsewhere;
use crate::world::{BRANCH, CITY, SCHOOL, World, day};

const KEEP: [(&str, &str); 1] = [("number", "3-KL")];

/// Everything a complaint against a decision kept elsewhere is asked.
fn complaint(on: &str) -> Vec<(&str, &str)> {
    vec![("on", on), ("since", "09/10/2026"), ("number", "7-QĐ/ĐU"), ("decided", "01/10/2026")]
}

#[test]
fn exi_12_a_removal_decided_elsewhere_is_complained_about_by_number_and_day() {
    World::each(|world| {
        let early = world.open(SCHOOL, world.an, "complaint", &complaint("20/10/2026")).unwrap_err();
        assert!(early.contains("EXI-12"), "a member has nothing to complain about: {early}");
        removed_elsewhere(world, world.an, Standing::Left, day(2026, 10, 1));
        let bare = world.open(SCHOOL, world.an, "complaint", &complaint("20/10/2026")[..2]).unwrap_err();
        assert!(bare.contains("Hãy ghi số của quyết định") && bare.contains("Hãy ghi ngày của quyết định"), "{bare}");
        let late = world.open(SCHOOL, world.an, "complaint", &complaint("24/11/2026")).unwrap_err();
        assert!(late.contains("Quá hạn khiếu nại") && late.contains("7-QĐ/ĐU"), "what was typed is kept: {late}");
        let at = world.open(SCHOOL, world.an, "complaint", &complaint("20/10/2026")).unwrap();
        let page = world.page(&world.board(), &at);
        assert!(page.contains("7-QĐ/ĐU") && page.contains("01/10/2026") && page.contains("09/10/2026"), "{page}");
        let twice = world.open(SCHOOL, world.an, "complaint", &complaint("21/10/2026")).unwrap_err();
        assert!(twice.contains("Đang có khiếu nại"), "{twice}");
        // Upheld, it goes on to the committee above; judged wrong there, it opens the restoration.
        world.act(&at, SCHOOL, (0, "upheld", "01/11/2026"), &KEEP).unwrap();
        let at = world.open(CITY, world.an, "complaint", &complaint("05/11/2026")).unwrap();
        let wrong = [("number", "4-KL"), ("note", "Thẻ đã nộp đúng hạn")];
        world.act(&at, CITY, (0, "overturned", "10/11/2026"), &wrong).unwrap();
        let cases = world.page(&world.board(), "/leaving/cases?kind=restoration");
        let id = cases.split("/leaving/cases/").skip(1).find(|part| part.contains("Trần Văn An")).unwrap();
        let right = [("number", "8-QĐ"), ("decider", "base-standing-committee")];
        world.act(&format!("/leaving/cases/{}", &id[..32]), SCHOOL, (0, "decided", "12/11/2026"), &right).unwrap();
        assert_eq!(world.last(world.an), Standing::Official);
        assert!(
            world.standings(world.an).iter().all(|(.., standing)| *standing != Standing::Left),
            "MEM-42: continuous"
        );
    });
}

#[test]
fn exi_12_exi_13_whoever_asked_to_leave_was_not_struck_off() {
    World::each(|world| {
        let at = world.open(BRANCH, world.an, "request", &[("ground", "own"), ("on", "01/10/2026")]).unwrap();
        world.vote(&at, BRANCH, (0, "branch-voted", "05/10/2026"), (9, 5)).unwrap();
        world.vote(&at, SCHOOL, (1, "decided", "08/10/2026"), (7, 4)).unwrap();
        let refused = world.open(SCHOOL, world.an, "complaint", &complaint("20/10/2026")).unwrap_err();
        assert!(refused.contains("Không có hồ sơ xóa tên của người này"), "{refused}");
    });
}
