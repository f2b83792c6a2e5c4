//! From the result to the approval and the hand-over.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, SCHOOL, World, at, day, id};

const RESULT: (&str, &str) = ("result", "2026-09-01");

#[test]
fn org_29_the_unit_reports_and_the_committee_above_approves() {
    World::each(|world| {
        world.congress();
        let (own, above) = (world.officer(BRANCH), world.officer(SCHOOL));
        let page = world.page(&own, &at(BRANCH, "/approvals"));
        // Seven working days after 1 September, 2 September being a holiday.
        assert!(page.contains("11/09/2026") && page.contains("chỉ bí thư và chủ nhiệm ủy ban kiểm tra"), "{page}");
        let step = |step, number| [RESULT, ("step", step), ("on", "10/9/2026"), ("number", number)];
        let early = world.ask(Lang::Vi, &above, "POST", &at(BRANCH, "/approvals"), &step("approved", "1-QĐ/ĐU"));
        assert!(matches!(early, Err(Problem::Conflict(_))), "not reported yet: {early:?}");
        let without = world.send(&own, &at(BRANCH, "/approvals"), &step("reported", "")).unwrap_err();
        assert!(without.contains("#number"), "{without}");
        world.send(&own, &at(BRANCH, "/approvals"), &step("reported", "3-BC/CB")).unwrap();
        let denied = world.ask(Lang::Vi, &own, "POST", &at(BRANCH, "/approvals"), &step("approved", "1-QĐ/ĐU"));
        assert!(matches!(denied, Err(Problem::Denied)), "nobody approves himself: {denied:?}");
        world.send(&above, &at(BRANCH, "/approvals"), &step("approved", "15-QĐ/ĐU")).unwrap();
        let page = world.page(&own, &at(BRANCH, ""));
        assert_eq!(page.matches("15-QĐ/ĐU").count(), 3, "beside every office of that day: {page}");
        assert!(page.contains("Đã chuẩn y") && !page.contains("Chờ chuẩn y"));
        world.send(&own, &at(BRANCH, "/approvals"), &step("handed-over", "")).unwrap();
        assert!(world.page(&own, &at(BRANCH, "")).contains("Đã bàn giao"));
        assert_eq!(world.acts("office-approved").len(), 3);
    });
}

#[test]
fn org_29_what_is_sent_back_says_why_and_is_reported_again() {
    World::each(|world| {
        world.congress();
        let above = world.officer(SCHOOL);
        let send = |step: &'static str, note: &'static str| {
            let form = [RESULT, ("step", step), ("on", "10/9/2026"), ("number", "3-BC/CB"), ("note", note)];
            world.send(&above, &at(BRANCH, "/approvals"), &form)
        };
        send("reported", "").unwrap();
        assert!(send("returned", "").unwrap_err().contains("#note"));
        send("returned", "Thiếu biên bản kiểm phiếu").unwrap();
        let page = world.page(&above, &at(BRANCH, "/approvals"));
        assert!(page.contains("Thiếu biên bản kiểm phiếu") && page.contains("Bị trả lại"), "{page}");
        send("reported", "").unwrap();
        send("approved", "").unwrap();
    });
}

#[test]
fn org_23_org_24_org_29_duties_are_found_and_go_when_the_facts_change() {
    World::each(|world| {
        world.congress();
        let found = || {
            let own = world.house.capabilities.iter().find(|own| own.name == "committees").unwrap();
            let who = world.officer(SCHOOL);
            let visit = world.visit(Lang::Vi, &who, "/today");
            let mut found = Vec::new();
            for source in &own.duties {
                (source.find)(&visit, &mut |duty| found.push((source.name, duty.rule, duty.unit, duty.due))).unwrap();
            }
            found
        };
        let before = found();
        let rules: Vec<_> = before.iter().map(|(_, rule, ..)| *rule).collect();
        assert_eq!(rules, ["ORG-24", "ORG-29", "ORG-29"], "secretary and deputy; report and hand-over");
        assert!(before.iter().all(|(.., unit, _)| *unit == id(BRANCH)));
        assert_eq!(before[1].3, day(2026, 9, 11));
        let report = [RESULT, ("step", "reported"), ("on", "10/9/2026"), ("number", "3-BC/CB")];
        world.send(&world.officer(BRANCH), &at(BRANCH, "/approvals"), &report).unwrap();
        let after = found();
        assert!(after.iter().any(|(.., unit, _)| *unit == id(SCHOOL)), "now the committee above has to approve");
    });
}
