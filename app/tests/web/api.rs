//! The interface for other programs through the whole program: rights of the pages, problems as documents.

use crate::visitor::{Answer, Visitor};
use crate::world::World;

const DOCUMENT: &str = "application/problem+json";

fn value(answer: &Answer) -> serde_json::Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

fn problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (status, DOCUMENT), "{}", answer.text());
    let document = value(answer);
    assert_eq!((&document["status"], &document["code"]), (&status.into(), &code.into()));
    assert_eq!(document["trace"], answer.header("x-trace"));
    assert!(document["title"].as_str().is_some_and(|title| !title.is_empty() && !title.contains('⟦')), "{document}");
    assert!(document["detail"].as_str().is_some_and(|detail| !detail.contains('⟦')), "{document}");
}

#[test]
fn problems_under_api_are_documents_and_elsewhere_pages() {
    let world = World::shared();
    let (stranger, reader) = (Visitor::stranger(world), Visitor::of(world, "reader.ward"));
    problem(&stranger.get("/api/v1/tree"), 401, "sign-in");
    problem(&stranger.get("/api/v1/nothing"), 404, "not-found");
    problem(&reader.get("/api/v1/tree?day=x"), 422, "refused");
    problem(&reader.get(&format!("/api/v1/units/{}", world.sites.sibling)), 404, "not-found");
    problem(&Visitor::of(world, "nobody.none").get("/api/v1/tree"), 403, "denied");
    let refused = value(&reader.get("/api/v1/tree?day=x"));
    assert_eq!(refused["issues"][0]["field"], "day");
    assert!(refused["issues"][0]["text"].as_str().is_some_and(|text| text.contains("“x”")), "{refused}");
    assert!(stranger.get("/apiary").header("content-type").starts_with("text/html"));
    assert!(stranger.get("/units").header("location").starts_with("/sign-in"));
}

#[test]
fn the_tree_is_that_of_the_pages() {
    let world = World::shared();
    let reader = Visitor::of(world, "reader.ward");
    let tree = reader.get("/api/v1/tree");
    assert_eq!((tree.status, tree.header("content-type")), (200, "application/json"));
    let tree = value(&tree);
    let units = tree["units"].as_array().unwrap();
    assert_eq!(units[0]["id"], world.sites.ward.to_string().as_str());
    assert!(units.iter().all(|unit| unit["id"] != world.sites.sibling.to_string().as_str()));
    for unit in units.iter().take(20) {
        let id = unit["id"].as_str().unwrap();
        assert_eq!(reader.get(&format!("/units/{id}")).status, 200, "{unit}");
    }
    let old = value(&reader.get("/api/v1/tree?day=2025-06-30"));
    let former = world.sites.former.to_string();
    let through = old["units"].as_array().unwrap().iter().any(|unit| unit["id"] == former.as_str());
    assert!(through, "what was abolished is seen through its successor");
    let changes = value(&reader.get("/api/v1/unit-changes?after=0&limit=1000"));
    assert!(changes["next"].as_i64().is_some() && changes["changes"].is_array());
}

#[test]
fn whoever_asks_too_often_gets_a_document_with_the_time_to_wait() {
    let world = &World::limited(10);
    let eager = Visitor::of(world, "reader.ward");
    let answers: Vec<Answer> = (0..12).map(|_| eager.get("/api/v1/openapi.json")).collect();
    let last = answers.last().unwrap();
    problem(last, 429, "busy");
    assert!(last.header("retry-after").parse::<u32>().is_ok());
}
