//! Official papers: who may take which, and that each is a file of its kind.

use super::*;

fn saved(city: &City, who: &Officer, url: &str) -> (String, Vec<u8>) {
    match city.ask(who, Lang::Vi, "GET", url, &[], None) {
        Ok(Reply::File { name, body, .. }) => (name, body),
        other => panic!("{url}: {other:?}"),
    }
}

fn decided(rest: &str) -> String {
    format!("/reorganisations/{}/{rest}", decision().id)
}

#[test]
fn every_paper_is_a_file_of_its_kind() {
    let city = city();
    let boss = city.officer(CITY);
    let pdf = [
        at(NEW_WARD, "/sheet.pdf"),
        at(OLD_WARD, "/sheet.pdf?day=2025-06-30"),
        decided("decision.pdf"),
        "/units/list.pdf".into(),
    ];
    for url in pdf {
        let (name, body) = saved(&city, &boss, &url);
        assert!(name.ends_with(".pdf") && body.starts_with(b"%PDF"), "{url}: {name}");
    }
    let docx =
        [at(NEW_WARD, "/sheet.docx"), decided("decision.docx"), decided("handover.docx"), "/units/list.docx".into()];
    for url in docx {
        let (name, body) = saved(&city, &boss, &url);
        assert!(name.ends_with(".docx") && body.starts_with(b"PK"), "{url}: {name}");
    }
    assert!(city.house.db.verify_audit().unwrap().broken.is_empty());
}

#[test]
fn dpd_12_papers_are_for_those_who_may_export_what_they_say() {
    let city = city();
    let ward = city.officer(NEW_WARD);
    let absent = |who: &Officer, url: &str| {
        let outcome = city.ask(who, Lang::Vi, "GET", url, &[], None);
        assert!(matches!(outcome, Err(Problem::NotFound)), "{url}: {outcome:?}");
    };
    for url in
        [at(OTHER_WARD, "/sheet.pdf"), at(CITY, "/sheet.docx"), decided("decision.pdf"), decided("decision.docx")]
    {
        absent(&ward, &url);
    }
    saved(&city, &ward, &decided("handover.docx"));
    absent(&city.officer(OTHER_WARD), &decided("handover.docx"));
    let page = city.get(&ward, &format!("/reorganisations/{}", decision().id));
    assert!(page.contains("/handover.docx") && !page.contains("/decision.docx"));
    let page = city.get(&city.officer(CITY), &format!("/reorganisations/{}", decision().id));
    assert!(page.contains("/decision.pdf") && page.contains("/decision.docx"));
    assert!(city.get(&ward, &at(NEW_WARD, "")).contains("/sheet.pdf"));
}

#[test]
fn org_16_a_unit_handed_over_without_successor_has_minutes_too() {
    let city = city();
    let boss = city.officer(CITY);
    let id = Id::from_bytes([0xE7; 16]);
    let moved = Decision { id, number: "77-QĐ/TU".to_owned(), effective_on: day(2026, 9, 2), ..decision() };
    let steps = [Step::Reparent { unit: unit_id(BRANCH), parent: unit_id(OTHER_WARD) }];
    city.clock.pass(1);
    let program = Viewer::program("test");
    let done = city.house.db.write(&program, |op| {
        let now = op.now();
        apply_decision(op, &moved, &steps, now)
    });
    done.unwrap();
    let url = format!("/reorganisations/{}", moved.id);
    assert!(city.get(&boss, &url).contains("/handover.pdf"));
    assert!(saved(&city, &boss, &format!("{url}/handover.pdf")).1.starts_with(b"%PDF"));
    assert!(saved(&city, &boss, &format!("{url}/handover.docx")).1.starts_with(b"PK"));
}
