//! Official papers: who may take which, and that each is a file of its kind.

use super::*;
use crate::testing::keys;

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
    for url in [at(OTHER_WARD, "/sheet.pdf"), at(CITY, "/sheet.docx")] {
        absent(&ward, &url);
    }
    for file in ["decision.pdf", "decision.docx", "papers.zip", "papers.pdf"] {
        absent(&ward, &decided(file));
    }
    saved(&city, &ward, &decided("handover.docx"));
    let later: Id<crate::rules::Reorganisation> = Id::from_bytes([10; 16]);
    absent(&city.officer(OTHER_BRANCH), &format!("/reorganisations/{later}/handover.docx"));
    let page = city.get(&ward, &format!("/reorganisations/{}", decision().id));
    assert!(page.contains("/handover.docx") && !page.contains("/decision.docx") && !page.contains("/papers."));
    let page = city.get(&city.officer(CITY), &format!("/reorganisations/{}", decision().id));
    assert!(page.contains("/decision.pdf") && page.contains("/decision.docx"));
    assert!(city.get(&ward, &at(NEW_WARD, "")).contains("/sheet.pdf"));
}

/// Puts a decision into force on a day; gives its address.
fn decide(city: &City, on: Day, steps: &[Step]) -> String {
    let (_, month, _) = on.ymd();
    let id = Id::from_bytes([0xE0 + month; 16]);
    let decided = Decision { id, number: "77-QĐ/TU".to_owned(), effective_on: on, ..decision() };
    city.clock.pass(1);
    let program = Viewer::program("test");
    let done = city.house.db.write(&program, |op| {
        let now = op.now();
        apply_decision(op, &decided, steps, now)
    });
    done.unwrap();
    format!("/reorganisations/{id}")
}

/// Names of the documents in a ZIP, in order.
fn documents(zip: &[u8]) -> Vec<String> {
    let entries = (0..zip.len()).filter(|at| zip[*at..].starts_with(b"PK\x01\x02"));
    let name = |at: usize| {
        let long = usize::from(u16::from_le_bytes([zip[at + 28], zip[at + 29]]));
        String::from_utf8(zip[at + 46..at + 46 + long].to_vec()).unwrap()
    };
    entries.map(name).filter(|name| name.ends_with(".docx")).collect()
}

#[test]
fn org_16_a_unit_handed_over_without_successor_has_minutes_too() {
    let city = city();
    let boss = city.officer(CITY);
    let url = decide(&city, day(2026, 9, 2), &[Step::Reparent { unit: unit_id(BRANCH), parent: unit_id(OTHER_WARD) }]);
    assert!(city.get(&boss, &url).contains("/handover.pdf"));
    assert!(saved(&city, &boss, &format!("{url}/handover.pdf")).1.starts_with(b"%PDF"));
    assert!(saved(&city, &boss, &format!("{url}/handover.docx")).1.starts_with(b"PK"));
}

#[test]
fn org_12_a_unit_dissolved_without_successor_is_handed_to_the_one_above() {
    let city = city();
    let begins = unit(8, Kind::Branch, Setting::Quarter, Some(OTHER_WARD), day(2026, 9, 2));
    decide(&city, day(2026, 9, 2), &[Step::Establish(Box::new(begins))]);
    let url = decide(&city, day(2026, 10, 1), &[Step::Dissolve { unit: unit_id(8) }]);
    for officer in [CITY, OTHER_WARD] {
        let officer = city.officer(officer);
        assert!(city.get(&officer, &url).contains("/handover.docx"));
        assert!(saved(&city, &officer, &format!("{url}/handover.pdf")).1.starts_with(b"%PDF"));
    }
    let (_, zip) = saved(&city, &city.officer(CITY), &format!("{url}/papers.zip"));
    assert_eq!(documents(&zip), ["001-quyet-dinh.docx", "002-ban-giao-don-vi-8-don-vi-6.docx"]);
    let outcome = city.ask(&city.officer(NEW_WARD), Lang::Vi, "GET", &format!("{url}/handover.pdf"), &[], None);
    assert!(matches!(outcome, Err(Problem::NotFound)), "{outcome:?}");
}

#[test]
fn org_15_who_decides_may_have_the_form_of_minutes_for_every_decision() {
    let city = city();
    let boss = city.officer(CITY);
    let (name, short) = ("Đơn vị Bảy".to_owned(), "ĐV Bảy".to_owned());
    let url = decide(&city, day(2026, 9, 2), &[Step::Rename { unit: unit_id(OTHER_BRANCH), name, short, code: None }]);
    let page = city.get(&boss, &url);
    assert!(page.contains("/handover.docx") && !page.contains("/papers.zip"), "nothing to bind together");
    for file in ["handover.docx", "handover.pdf"] {
        saved(&city, &boss, &format!("{url}/{file}"));
        let outcome = city.ask(&city.officer(OTHER_WARD), Lang::Vi, "GET", &format!("{url}/{file}"), &[], None);
        assert!(matches!(outcome, Err(Problem::NotFound)), "{file}: {outcome:?}");
    }
    assert!(!city.get(&city.officer(OTHER_WARD), &url).contains("/handover.docx"));
}

#[test]
fn all_papers_of_a_decision_come_in_one_zip_and_one_pdf() {
    let city = city();
    let boss = city.officer(CITY);
    let page = city.get(&boss, &format!("/reorganisations/{}", decision().id));
    assert!(page.contains("/papers.zip") && page.contains("/papers.pdf"));
    let (name, zip) = saved(&city, &boss, &decided("papers.zip"));
    assert_eq!(name, "van-ban-2025-07-01.zip");
    let names = [
        "001-quyet-dinh.docx",
        "002-ban-giao-don-vi-2-don-vi-1.docx",
        "003-ban-giao-don-vi-3-don-vi-5.docx",
        "004-ban-giao-don-vi-4-don-vi-3-don-vi-5.docx",
        "005-ban-giao-don-vi-1-don-vi-6.docx",
        "006-ban-giao-don-vi-6-don-vi-7.docx",
    ];
    assert_eq!(documents(&zip), names);
    let (_, pdf) = saved(&city, &boss, &decided("papers.pdf"));
    let parts = pdf.windows(7).filter(|window| *window == b"/S/Part").count();
    assert!(pdf.starts_with(b"%PDF") && parts == names.len());
    city.clock.pass(10_000);
    assert!(saved(&city, &boss, &decided("papers.zip")).1 == zip, "the same content gives the same bytes");
    assert!(saved(&city, &boss, &decided("papers.pdf")).1 == pdf, "the same content gives the same bytes");
    assert!(city.house.db.verify_audit().unwrap().broken.is_empty());
}

#[test]
fn more_than_five_hundred_minutes_are_refused_with_what_to_do() {
    let city = city();
    let boss = city.officer(CITY);
    let branch = |no| unit(no, Kind::Branch, Setting::Quarter, Some(OTHER_WARD), day(2026, 9, 2));
    let steps: Vec<Step> = (1_000..1_501).map(|no| Step::Establish(Box::new(branch(no)))).collect();
    let url = decide(&city, day(2026, 9, 2), &steps);
    for file in ["papers.zip", "papers.pdf"] {
        let outcome = city.ask(&boss, Lang::Vi, "GET", &format!("{url}/{file}"), &[], None);
        assert!(keys(outcome).contains("reorganisations-papers-too-many"), "{file}");
    }
    saved(&city, &boss, &format!("{url}/handover.docx"));
}
