//! An organisation goes from one committee to another; lists, exports, both languages.

use chibo_web::words::Lang;

use crate::world::{CITY, COLLEGE, MATHS, PHYSICS, READER, SCHOOL, World, id};

/// A case that hands mathematics over to the college, proposed.
fn proposed(world: &World) -> String {
    let (unit, target) = (id(MATHS).to_string(), id(COLLEGE).to_string());
    let case = world.open(CITY, &[("case", "transfer"), ("unit", unit.as_str()), ("target", target.as_str())]);
    world.papers(CITY, &case, &["proposal"]);
    case
}

#[test]
fn org_16_both_decide_and_sign_and_both_see_it_in_transit() {
    World::each(|world| {
        let case = proposed(world);
        world.decide(CITY, &case, CITY, "22/11/2026").unwrap();
        for side in [SCHOOL, COLLEGE] {
            assert!(world.seen(side, &case).contains("Đang chuyển giao"));
            assert!(world.seen(side, "/lifecycle?phase=in-transit").contains("Chi bộ Khoa Toán"));
        }
        assert!(world.is_absent(&world.viewer(id(PHYSICS), READER), &case));
        let due = world.due("lifecycle");
        assert_eq!(due.iter().map(|duty| duty.unit).collect::<Vec<_>>(), [id(COLLEGE)]);
        let decider = id(COLLEGE).to_string();
        let form = [("number", "9-QĐ/ĐU"), ("decider", decider.as_str()), ("effective", "22/11/2026")];
        world.step(COLLEGE, &case, "accepted", &form).unwrap();
        world.step(COLLEGE, &case, "taken-over", &[]).unwrap();
        assert_eq!(world.parent_of(MATHS), Some(id(SCHOOL)), "the giver has not signed");
        world.step(SCHOOL, &case, "handed-over", &[]).unwrap();
        assert_eq!(world.parent_of(MATHS), Some(id(COLLEGE)));
        assert!(world.seen(SCHOOL, &case).contains("Có hiệu lực, còn thủ tục"), "the giver still sees the case");
        let life = world.seen(COLLEGE, &format!("/lifecycle/units/{}", id(MATHS)));
        assert!(life.contains("Chuyển giao: Đảng bộ Cao đẳng"), "{life}");
    });
}

#[test]
fn org_16_the_decision_and_the_minutes_are_printed() {
    World::each(|world| {
        let case = proposed(world);
        let city = world.officer(CITY);
        assert!(world.file(&city, &format!("{case}/decision.docx")).starts_with(b"PK"), "as a draft");
        let early = world.ask(Lang::Vi, &city, "GET", &format!("{case}/handover.pdf"), &[]);
        assert!(early.is_err(), "nothing is handed over before it is decided");
        world.decide(CITY, &case, CITY, "22/11/2026").unwrap();
        for paper in ["decision.pdf", "handover.pdf"] {
            assert!(world.file(&city, &format!("{case}/{paper}")).starts_with(b"%PDF"), "{paper}");
        }
        assert!(world.file(&city, &format!("{case}/handover.docx")).starts_with(b"PK"));
        let reader = world.viewer(id(CITY), READER);
        assert!(world.ask(Lang::Vi, &reader, "GET", &format!("{case}/decision.pdf"), &[]).is_err());
    });
}

#[test]
fn org_02_a_unit_is_not_handed_over_to_one_its_kind_may_not_sit_under() {
    World::each(|world| {
        let (unit, target) = (id(MATHS).to_string(), id(PHYSICS).to_string());
        let form = [("case", "transfer"), ("unit", unit.as_str()), ("target", target.as_str())];
        let refused = world.send(&world.officer(CITY), "/lifecycle/new", &form).unwrap_err();
        assert!(refused.contains("ORG-02"), "{refused}");
    });
}

#[test]
fn the_list_counts_what_it_lists_and_goes_out_as_a_workbook() {
    World::each(|world| {
        proposed(world);
        let city = world.officer(CITY);
        let list = world.page(&city, "/lifecycle");
        assert!(list.contains("Chi bộ Khoa Toán"));
        let one = "href=\"/lifecycle?phase=ready\">1</a>";
        assert!(list.contains(one), "{list}");
        assert!(!world.page(&city, "/lifecycle?phase=done").contains("Chi bộ Khoa Toán"));
        assert!(!world.page(&city, &format!("/lifecycle?unit={}", id(PHYSICS))).contains("Chi bộ Khoa Toán"));
        assert!(world.page(&city, &format!("/lifecycle?unit={}", id(SCHOOL))).contains("Chi bộ Khoa Toán"));
        assert!(world.file(&city, "/lifecycle/export.xlsx?phase=ready").starts_with(b"PK"));
        assert_eq!(world.acts("life-list-exported").len(), 1);
    });
}

#[test]
fn every_page_has_its_words_in_both_languages() {
    World::each(|world| {
        let city = world.officer(CITY);
        let transfer = proposed(world);
        let parent = id(SCHOOL).to_string();
        let form = [
            ("case", "founding"),
            ("unit", parent.as_str()),
            ("name", "Chi bộ Khoa Tin"),
            ("kind", "CB"),
            ("setting", "school"),
        ];
        let founding = world.open(CITY, &form);
        let mut urls: Vec<String> = ["founding", "temporary", "transfer", "dissolution", "disbandment"]
            .map(|kind| format!("/lifecycle/new?case={kind}"))
            .to_vec();
        urls.push(format!("/lifecycle/new?case=founding&of=TD&unit={}", id(MATHS)));
        urls.extend(["/lifecycle", "/lifecycle?kind=transfer&late=yes"].map(str::to_owned));
        let steps = ["", "/plan", "/steps", "/steps?step=withdrawn"];
        urls.extend(steps.map(|rest| format!("{transfer}{rest}")));
        urls.extend(["/members", "/members?q=khoa"].map(|rest| format!("{founding}{rest}")));
        urls.push(format!("{founding}/members?unit={}", id(MATHS)));
        urls.push(format!("/lifecycle/units/{}", id(MATHS)));
        for lang in [Lang::Vi, Lang::En] {
            for url in &urls {
                world.page_in(lang, &city, url);
            }
        }
        let search = world.page(&city, &format!("{founding}/members?q=khoa"));
        assert!(search.contains("Chi bộ Khoa Lý"), "{search}");
        let branch = world.page(&city, &format!("{founding}/members?unit={}", id(MATHS)));
        assert!(branch.contains("Trần Văn An"), "{branch}");
    });
}
