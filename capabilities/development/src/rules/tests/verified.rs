//! The background, the papers.

use super::super::{Asked, Outcome, Paper, PaperStage, Relation, Shelf, Way, check_answer, check_request, uncovered};
use super::*;

#[test]
fn mem_14_mem_15_the_background_is_verified_with_every_answer() {
    let (today, on) = (day(2026, 11, 25), day(2026, 10, 1));
    let asked = |relation, way| Asked {
        relation,
        name: "Đỗ Văn Ba".to_owned(),
        way,
        place: "Đảng ủy xã Bình Hưng".to_owned(),
        abroad: false,
        on,
        note: "x".to_owned(),
    };
    let own = asked(Relation::Own, Way::Asked);
    assert_eq!(check_request(&own, today), []);
    assert_eq!(rules(&check_request(&asked(Relation::Own, Way::Declared), today)), ["MEM-14"]);
    assert_eq!(rules(&check_request(&Asked { place: String::new(), ..own.clone() }, today)), ["MEM-14"]);
    let open = |asked: &[Asked]| uncovered(asked, &fit()).expect("a family");
    assert_eq!(open(std::slice::from_ref(&own)), [Relation::Father, Relation::Mother]);
    assert_eq!(open(&[own.clone(), asked(Relation::Foster, Way::Asked)]), []);
    let answered = |verifier: &str| {
        let family = ["Đỗ Minh Hạnh".to_owned()];
        rules(&check_answer((on, today, today), (verifier, Outcome::Clear, ""), &family))
    };
    assert_eq!(answered("Nguyễn Văn Tám"), [""; 0]);
    assert_eq!(answered("đỗ minh hạnh"), ["MEM-15"], "a candidate does not verify");
    let terms = Terms::on(today).expect("terms");
    assert_eq!(terms.answer_by(day(2026, 9, 7), false), day(2026, 10, 19), "thirty working days");
    assert!(terms.answer_by(day(2026, 9, 7), true) > terms.answer_by(day(2026, 9, 7), false));
    let mut course = ready(day(2026, 3, 1), day(2026, 6, 1));
    course.0.retain(|taken| taken.step != Step::Verified);
    let judged = |ground: Ground| rules(&check(&course, &deed(Step::Verified, on, (0, 0)), &ground, &terms));
    let ground = ground(day(2000, 1, 1));
    assert_eq!(judged(ground), [""; 0]);
    assert_eq!(judged(Ground { unanswered: 1, ..ground }), ["MEM-15"]);
    assert_eq!(judged(Ground { uncovered: Some(1), ..ground }), ["MEM-14"]);
}

#[test]
fn mem_13_mem_32_papers_are_those_of_the_day_and_the_missing_are_named() {
    let terms = Terms::on(day(2026, 11, 25)).expect("terms");
    let set = terms.papers(PaperStage::File).expect("papers");
    let shelf = Shelf::of(&ready(day(2026, 3, 1), day(2026, 6, 1)));
    assert_eq!(shelf.share(&set), (1, 6), "the certificate follows from its step");
    assert!(!shelf.missing(&set).contains(&Paper::Certificate));
    assert_eq!(terms.papers(PaperStage::Recognition).expect("papers").needed.len(), 7);
    for day in [day(2022, 1, 1), day(2025, 8, 1), day(2026, 5, 1)] {
        assert!(Terms::on(day).expect("terms").papers(PaperStage::Decision).is_ok());
    }
}

#[test]
fn mem_14_the_family_says_who_is_verified() {
    let known = |facts: &[Fact]| Known(facts.iter().map(|fact| noted(*fact, day(2026, 1, 5))).collect());
    assert_eq!(uncovered(&[], &Known::default()), None, "nobody wrote down the family");
    assert_eq!(uncovered(&[], &known(&[Fact::Single])), None, "children are not known");
    let open = |facts: &[Fact]| uncovered(&[], &known(facts)).expect("a family");
    let own = [Relation::Own, Relation::Father, Relation::Mother];
    assert_eq!(open(&[Fact::Single, Fact::NoChildren]), own);
    assert_eq!(open(&[Fact::Alone, Fact::Children]), [&own[..], &[Relation::Child]].concat());
    let married = [Relation::Spouse, Relation::FatherInLaw, Relation::MotherInLaw];
    assert_eq!(open(&[Fact::Married, Fact::NoChildren]), [own, married].concat());
    let ground = Ground { uncovered: None, ..ground(day(2000, 1, 1)) };
    let mut course = ready(day(2026, 3, 1), day(2026, 6, 1));
    course.0.retain(|taken| taken.step != Step::Verified);
    let terms = Terms::on(day(2026, 11, 10)).expect("terms");
    let issues = check(&course, &deed(Step::Verified, day(2026, 11, 10), (0, 0)), &ground, &terms);
    assert_eq!(rules(&issues), ["MEM-14"]);
}
