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
