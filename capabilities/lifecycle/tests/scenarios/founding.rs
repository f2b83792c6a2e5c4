//! From the proposal to the working branch, permanent and temporary.

use chibo_kernel::{Problem, Viewer};
use chibo_organisation::past_of;
use chibo_web::words::Lang;

use crate::world::{CITY, COLLEGE, LETTERS, MATHS, READER, SCHOOL, World, day, id};

const NEW: &str = "Chi bộ Khoa Tin";

fn open(world: &World) -> String {
    let parent = id(SCHOOL).to_string();
    let form = [("case", "founding"), ("unit", parent.as_str()), ("name", NEW), ("kind", "CB"), ("setting", "school")];
    world.open(SCHOOL, &form)
}

/// Puts so many members of mathematics on the list.
fn list(world: &World, case: &str, count: usize) {
    let people: Vec<String> = world.maths.iter().take(count).map(ToString::to_string).collect();
    let mut form = vec![("do", "on")];
    form.extend(people.iter().map(|person| ("who", person.as_str())));
    world.send(&world.officer(SCHOOL), &format!("{case}/members"), &form).unwrap();
}

const PAPERS: &[&str] = &["unit-decision", "member-list", "request", "proposal"];

#[test]
fn org_15_a_branch_is_founded_on_its_day_with_the_members_of_its_list() {
    World::each(|world| {
        let case = open(world);
        assert!(matches!(world.refused(SCHOOL, &case, "decided"), Problem::Conflict(_)), "papers are missing");
        list(world, &case, 3);
        world.papers(SCHOOL, &case, PAPERS);
        assert!(world.seen(SCHOOL, &case).contains("Đủ hồ sơ, chờ quyết định"));
        world.decide(SCHOOL, &case, SCHOOL, "1/12/2026").unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Đã quyết định, chờ hiệu lực"));
        assert_eq!((world.work(), world.unit_named(NEW)), (0, None), "its day has not come");

        // The program did not run on the day itself.
        world.wait_until(day(2026, 12, 5));
        assert_eq!(world.work(), 1);
        let unit = world.unit_named(NEW).unwrap();
        let past = world.house.db.read(|tx| past_of(tx, unit)).unwrap();
        assert_eq!(past.facts.first().unwrap().valid.from(), day(2026, 12, 1));
        assert!(world.maths.iter().take(3).all(|person| world.home(*person) == unit));
        assert_eq!(world.home(world.maths[3]), id(MATHS));

        let reported = [("number", "30-BC/ĐU")];
        world.step(SCHOOL, &case, "reported", &reported).unwrap();
        world.step(SCHOOL, &case, "no-seal", &[]).unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Có hiệu lực, còn thủ tục"));
        world.step(SCHOOL, &case, "minutes", &[("number", "01-TCĐ")]).unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Hoàn tất"));
        assert!(world.due("lifecycle").is_empty());
        let life = world.seen(SCHOOL, &format!("/lifecycle/units/{unit}"));
        assert!(life.contains("Thành lập") && life.contains("12-QĐ/ĐU") && life.contains("01/12/2026"), "{life}");
        assert!(world.acts("life-").contains(&"life-came-into-force".to_owned()));
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn org_01_two_official_members_are_refused_until_a_third_is_listed() {
    World::each(|world| {
        let case = open(world);
        list(world, &case, 2);
        world.papers(SCHOOL, &case, PAPERS);
        assert!(world.seen(SCHOOL, &case).contains("ORG-01"));
        let refused = world.decide(SCHOOL, &case, SCHOOL, "22/11/2026").unwrap_err();
        assert!(refused.contains("ORG-01") && refused.contains("cần ít nhất 3"), "{refused}");
        list(world, &case, 3);
        world.decide(SCHOOL, &case, SCHOOL, "22/11/2026").unwrap();
        assert!(world.unit_named(NEW).is_some(), "its day is today: it is in force at once");
    });
}

#[test]
fn org_02_another_level_does_not_decide() {
    World::each(|world| {
        let case = open(world);
        list(world, &case, 3);
        world.papers(SCHOOL, &case, PAPERS);
        let refused = world.decide(CITY, &case, CITY, "22/11/2026").unwrap_err();
        assert!(refused.contains("ORG-02") && refused.contains("Thẩm quyền thuộc Đảng bộ Đại học"), "{refused}");
        world.decide(CITY, &case, SCHOOL, "22/11/2026").unwrap();
    });
}

#[test]
fn org_04_a_section_is_not_founded_without_consent() {
    World::each(|world| {
        let parent = id(SCHOOL).to_string();
        let form = [
            ("case", "founding"),
            ("unit", parent.as_str()),
            ("name", "Đảng bộ bộ phận Cơ sở 2"),
            ("kind", "DBBP"),
            ("setting", "school"),
            ("official", "40"),
        ];
        let case = world.open(SCHOOL, &form);
        world.papers(SCHOOL, &case, PAPERS);
        assert!(matches!(world.refused(SCHOOL, &case, "decided"), Problem::Conflict(_)), "consent is missing");
        let consent = [("number", "5-CV/TU"), ("authority", "Ban Thường vụ Thành ủy")];
        world.step(SCHOOL, &case, "consent", &consent).unwrap();
        world.decide(SCHOOL, &case, SCHOOL, "22/11/2026").unwrap();
        let page = world.seen(SCHOOL, &case);
        assert!(!page.contains("Đề nghị khắc dấu"), "a section has no seal (ORG-06)");
    });
}

#[test]
fn what_organisation_refuses_on_the_day_leaves_the_decision_and_can_be_tried_again() {
    World::each(|world| {
        let case = open(world);
        list(world, &case, 3);
        world.papers(SCHOOL, &case, PAPERS);
        world.decide(SCHOOL, &case, SCHOOL, "1/12/2026").unwrap();
        // Somebody of the list goes elsewhere before the day.
        let person = world.maths[0];
        let move_to = |unit: u8| {
            let viewer = Viewer::program("test");
            let today = world.clock.today();
            world.house.db.write(&viewer, |op| chibo_members::actions::post(op, person, id(unit), today)).unwrap();
        };
        move_to(LETTERS);
        world.wait_until(day(2026, 12, 1));
        assert_eq!((world.work(), world.unit_named(NEW)), (1, None));
        let due = world.due("lifecycle");
        assert_eq!(due.iter().map(|duty| (duty.unit, duty.due)).collect::<Vec<_>>(), [(id(SCHOOL), day(2026, 12, 1))]);
        let again = format!("{case}/entry-into-force");
        assert!(world.send(&world.officer(SCHOOL), &again, &[]).unwrap_err().contains("ORG-15"));
        move_to(MATHS);
        world.send(&world.officer(SCHOOL), &again, &[]).unwrap();
        assert!(world.unit_named(NEW).is_some());
    });
}

#[test]
fn a_case_is_changed_until_it_is_decided_and_withdrawn_until_it_is_in_force() {
    World::each(|world| {
        let case = open(world);
        let plan = format!("{case}/plan");
        assert!(world.seen(SCHOOL, &plan).contains(NEW));
        let form =
            [("case", "founding"), ("name", "Chi bộ Khoa Sinh"), ("kind", "CB"), ("setting", "school"), ("after", "1")];
        world.send(&world.officer(SCHOOL), &plan, &form).unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Chi bộ Khoa Sinh"));
        let again = world.ask(Lang::Vi, &world.officer(SCHOOL), "POST", &plan, &form);
        assert!(matches!(again, Err(Problem::Conflict(_))), "{again:?}");
        assert!(world.step(SCHOOL, &case, "withdrawn", &[]).unwrap_err().contains("Hãy nêu lý do"));
        world.step(SCHOOL, &case, "withdrawn", &[("note", "Chưa đủ đảng viên")]).unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Đã rút"));
        assert!(matches!(world.refused(SCHOOL, &case, "proposal"), Problem::Conflict(_)));
    });
}

#[test]
fn trf_08_a_temporary_branch_works_until_its_end_and_moves_nobody() {
    World::each(|world| {
        let parent = id(SCHOOL).to_string();
        let name = "Chi bộ tạm thời Lớp Cao cấp";
        let form = [
            ("case", "temporary"),
            ("unit", parent.as_str()),
            ("name", name),
            ("setting", "school"),
            ("ends", "1/3/2027"),
            ("purpose", "Lớp bồi dưỡng tập trung"),
        ];
        let case = world.open(SCHOOL, &form);
        list(world, &case, 2);
        world.papers(SCHOOL, &case, &["member-list", "request"]);
        assert!(world.decide(SCHOOL, &case, SCHOOL, "22/11/2026").unwrap_err().contains("TRF-08"));
        list(world, &case, 3);
        world.decide(SCHOOL, &case, SCHOOL, "22/11/2026").unwrap();
        assert!(world.unit_named(name).is_some());
        assert_eq!(world.home(world.maths[0]), id(MATHS));
        let due = world.due("lifecycle");
        assert_eq!(due.iter().map(|duty| (duty.rule, duty.due)).collect::<Vec<_>>(), [("TRF-08", day(2027, 3, 1))]);
        world.wait_until(day(2027, 3, 1));
        world.step(SCHOOL, &case, "ended", &[]).unwrap();
        assert_eq!(world.unit_named(name), None);
        world.step(SCHOOL, &case, "reported", &[("number", "31-BC/ĐU")]).unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Hoàn tất"));
    });
}

#[test]
fn org_05_a_branch_of_thirty_without_groups_is_due() {
    World::each(|world| {
        assert!(world.due("party-groups").is_empty());
        world.fill(MATHS, 26);
        let due = world.due("party-groups");
        assert_eq!(due.iter().map(|duty| duty.unit).collect::<Vec<_>>(), [id(MATHS)]);
        let branch = id(MATHS).to_string();
        let form = [
            ("case", "founding"),
            ("unit", branch.as_str()),
            ("name", "Tổ đảng số 1"),
            ("kind", "TD"),
            ("setting", "school"),
        ];
        assert!(world.seen(SCHOOL, &due[0].href).contains("Chi bộ Khoa Toán"));
        let case = world.open(SCHOOL, &form);
        world.papers(SCHOOL, &case, &["proposal"]);
        world.decide(SCHOOL, &case, MATHS, "22/11/2026").unwrap();
        assert!(world.unit_named("Tổ đảng số 1").is_some());
        assert!(world.due("party-groups").is_empty());
    });
}

#[test]
fn cases_out_of_sight_are_absent() {
    World::each(|world| {
        let case = open(world);
        let other = world.officer(COLLEGE);
        assert!(world.is_absent(&other, &case) && world.is_absent(&other, &format!("{case}/steps")));
        assert!(!world.page(&other, "/lifecycle").contains(NEW));
        let reader = world.viewer(id(SCHOOL), READER);
        assert!(world.page(&reader, &case).contains(NEW));
        let denied = world.ask(Lang::Vi, &reader, "GET", &format!("{case}/steps"), &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
        let parent = id(SCHOOL).to_string();
        let form =
            [("case", "founding"), ("unit", parent.as_str()), ("name", NEW), ("kind", "CB"), ("setting", "school")];
        let hidden = world.send(&other, "/lifecycle/new", &form).unwrap_err();
        assert!(hidden.contains("Không tìm thấy tổ chức này"), "{hidden}");
    });
}
