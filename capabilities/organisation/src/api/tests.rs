//! The interface as another program sees it, on every engine, and its description against what it answers.

use std::collections::BTreeSet;
use std::sync::Arc;

use chibo_census::{PersonFacts, StateRow};
use chibo_kernel::{Day, Grant, Id, Moment, Period, Permission, Permissions, Problem, Viewer};
use chibo_testkit::{Folder, HandClock, TODAY};
use chibo_web::cookies::Look;
use chibo_web::words::{Lang, Words};
use chibo_web::{House, Pairs, Policy, Reply, Signed, Visit};
use serde_json::Value;

use super::{openapi, routes};
use crate::actions::{amend_facts, load_units};
use crate::kinds::{Kind, Setting};
use crate::rules::FactChange;
use crate::testing::{World, day, unit, unit_id};

const CITY: u32 = 1;
const WARD: u32 = 2;
const BRANCH: u32 = 3;
const OTHER_WARD: u32 = 4;
const OTHER_BRANCH: u32 = 5;

struct City {
    house: House,
    clock: Arc<HandClock>,
    _folder: Folder,
}

fn person(forest: &chibo_census::Forest, no: u8) -> PersonFacts {
    let state = StateRow {
        unit: forest.no(unit_id(if no < 10 { BRANCH } else { OTHER_BRANCH })).unwrap(),
        valid_from: day(2005, 5, 1),
        valid_to: Day::FOREVER,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
        standing: if no.is_multiple_of(5) { 1 } else { 2 },
        education: 1,
        degree: 1,
        theory: 1,
        occupation: 1,
    };
    PersonFacts { states: vec![state], ..PersonFacts::named(Id::from_bytes([100 + no; 16]), "Nguyễn Văn An") }
}

/// A city with two base organisations, a branch in each, ten members here and four there; every fifth on probation.
fn each(mut scenario: impl FnMut(&City)) {
    World::each(|world| {
        let world = world.another();
        let old = day(2000, 1, 1);
        let units = [
            unit(CITY, Kind::City, Setting::Province, None, old),
            unit(WARD, Kind::Base, Setting::School, Some(CITY), old),
            unit(BRANCH, Kind::Branch, Setting::School, Some(WARD), old),
            unit(OTHER_WARD, Kind::Base, Setting::Office, Some(CITY), old),
            unit(OTHER_BRANCH, Kind::Branch, Setting::Office, Some(OTHER_WARD), old),
        ];
        world.write(|op| load_units(op, &units, op.now())).unwrap();
        let (house, clock, folder) = world.house();
        let forest = house.db.read(|tx| crate::load_forest(tx, None)).unwrap();
        let people: Vec<PersonFacts> = (0..14u8).map(|no| person(&forest, no)).collect();
        let filled = house.census.replace_all(forest, TODAY, |loader| {
            people.iter().for_each(|facts| loader.push(facts));
            Ok::<_, Problem>(())
        });
        assert_eq!(filled, Ok(()));
        house.db.set_places(house.census.forest().today(TODAY));
        scenario(&City { house, clock, _folder: folder });
    });
}

impl City {
    fn ask(&self, unit: u32, url: &str) -> Result<Value, Problem> {
        let valid = Period::since(Day::PARTY_FOUNDED);
        let grants = [Grant { unit: unit_id(unit), permissions: Permissions::of(&[Permission::ViewUnits]), valid }];
        let places = self.house.db.places();
        let who = Viewer::resolve(Id::from_bytes([1; 16]), "Trần Bình".into(), &grants, TODAY, &*places);
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let one = place.strip_prefix("/api/v1/units/");
        let path = one.map_or(place, |_| "/api/v1/units/{id}");
        let route = routes().into_iter().find(|route| route.path == path).unwrap();
        let mut visit = Visit {
            house: &self.house,
            viewer: Arc::new(Signed { viewer: who, detour: None, until: Moment::FOREVER }),
            look: Look { lang: Lang::Vi, size: 0, contrast: false },
            w: self.house.words.tongue(Lang::Vi),
            path: Pairs(one.map(|id| ("id".to_owned(), id.to_owned())).into_iter().collect()),
            query: Pairs::parse(query),
            form: Pairs::default(),
            files: Vec::new(),
            url: url.to_owned(),
            place: place.to_owned(),
            partial: false,
            address: None,
            token: None,
            visit: "0123456789abcdef".to_owned(),
            now: self.house.db.now(),
            columns: chibo_web::takeout::Columns::All,
        };
        match (route.handler)(&mut visit)? {
            Reply::Json(text) => Ok(serde_json::from_str(&text).unwrap()),
            other => panic!("{url}: {other:?}"),
        }
    }

    fn get(&self, unit: u32, url: &str) -> Value {
        self.ask(unit, url).unwrap_or_else(|problem| panic!("{url}: {problem}"))
    }

    fn rename(&self, number: u32, name: &str) {
        self.clock.pass(1);
        let change = FactChange { name: Some(name.to_owned()), ..FactChange::default() };
        let work = |op: &mut chibo_store::Op<'_, '_>| amend_facts(op, unit_id(number), day(2026, 1, 1), &change);
        self.house.db.write(&Viewer::program("test"), work).unwrap();
    }
}

fn id(number: u32) -> String {
    unit_id(number).to_string()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn touched(answer: &Value) -> Vec<String> {
    let units = answer["changes"].as_array().unwrap().iter().filter_map(|change| change["unit"].as_str());
    units.map(str::to_owned).collect()
}

#[test]
fn the_tree_of_a_day_holds_what_the_viewer_may_see_with_its_members() {
    each(|city| {
        let tree = city.get(CITY, "/api/v1/tree");
        assert_eq!(ids(&tree["units"]).len(), 5);
        let first = &tree["units"][0];
        assert_eq!((&first["id"], &first["parent"]), (&Value::from(id(CITY)), &Value::Null));
        assert_eq!((&first["members"], &first["official"]), (&Value::from(14), &Value::from(11)));
        assert_eq!((&first["kind"], &first["setting"]), (&Value::from("CITY"), &Value::from("province")));
        let ward = city.get(WARD, "/api/v1/tree");
        assert_eq!(ids(&ward["units"]), [id(WARD), id(BRANCH)]);
        assert_eq!(ward["units"][0]["parent"], Value::Null, "what is above is out of sight");
        assert_eq!(ward["units"][1]["parent"], Value::from(id(WARD)));
        assert_eq!(ids(&city.get(CITY, "/api/v1/tree?depth=1")["units"]).len(), 3);
        let below = city.get(CITY, &format!("/api/v1/tree?unit={}&depth=0", id(OTHER_WARD)));
        assert_eq!(ids(&below["units"]), [id(OTHER_WARD)]);
        assert!(ids(&city.get(CITY, "/api/v1/tree?day=1999-12-31")["units"]).is_empty());
        let before = city.get(CITY, "/api/v1/tree?day=2004-12-31");
        assert_eq!((ids(&before["units"]).len(), &before["units"][0]["members"]), (5, &Value::from(0)));
    });
}

#[test]
fn a_unit_out_of_scope_answers_like_one_that_does_not_exist() {
    each(|city| {
        for number in [CITY, OTHER_WARD, OTHER_BRANCH, 99] {
            for url in [format!("/api/v1/units/{}", id(number)), format!("/api/v1/tree?unit={}", id(number))] {
                assert_eq!(city.ask(WARD, &url), Err(Problem::NotFound), "{url}");
            }
        }
        assert_eq!(city.ask(WARD, "/api/v1/units/x"), Err(Problem::NotFound));
        city.rename(WARD, "Đảng bộ Trường Mới");
        let ward = city.get(CITY, &format!("/api/v1/units/{}", id(WARD)));
        assert_eq!((&ward["name"], &ward["stands"]), (&Value::from("Đảng bộ Trường Mới"), &Value::from(true)));
        assert_eq!(ward["children"], Value::from(vec![id(BRANCH)]));
        let names: Vec<_> = ward["history"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
        assert_eq!(names, ["Đơn vị 2", "Đảng bộ Trường Mới"]);
        let then = city.get(CITY, &format!("/api/v1/units/{}?day=2025-12-31", id(WARD)));
        assert_eq!((&then["name"], &then["valid_to"]), (&Value::from("Đơn vị 2"), &Value::from("2026-01-01")));
        let not_yet = city.get(CITY, &format!("/api/v1/units/{}?day=1999-12-31", id(WARD)));
        assert_eq!((&not_yet["stands"], &not_yet["members"]), (&Value::from(false), &Value::from(0)));
    });
}

#[test]
fn changes_are_told_once_to_whom_they_concern_and_the_number_leads_on() {
    each(|city| {
        let start = city.get(CITY, "/api/v1/tree")["next"].as_i64().unwrap();
        city.rename(BRANCH, "Chi bộ Một");
        city.rename(OTHER_BRANCH, "Chi bộ Hai");
        city.rename(BRANCH, "Chi bộ Ba");
        let all = city.get(CITY, &format!("/api/v1/unit-changes?after={start}"));
        assert_eq!(touched(&all), [id(OTHER_BRANCH), id(BRANCH)], "in the order of the last change");
        assert_eq!((&all["more"], &all["missed"]), (&Value::from(false), &Value::from(false)));
        let next = all["next"].as_i64().unwrap();
        assert!(next >= start + 3);
        let ward = city.get(WARD, &format!("/api/v1/unit-changes?after={start}"));
        assert_eq!((touched(&ward), &ward["next"]), (vec![id(BRANCH)], &all["next"]));
        let one = city.get(WARD, &format!("/api/v1/unit-changes?after={}&limit=1", start + 1));
        assert_eq!(&one["more"], &Value::from(true));
        let beyond = city.get(CITY, &format!("/api/v1/unit-changes?after={}", next + 9));
        assert_eq!((&beyond["missed"], &beyond["next"]), (&Value::from(true), &all["next"]));
        let fresh = |answer: &Value, after: i64| {
            answer["changes"].as_array().unwrap().iter().filter(|c| c["seq"].as_i64() > Some(after)).count()
        };
        assert_eq!(fresh(&city.get(CITY, &format!("/api/v1/unit-changes?after={next}")), next), 0);
        let from_start = city.get(CITY, "/api/v1/unit-changes");
        assert!(from_start["changes"].as_array().unwrap().iter().any(|change| change["unit"].is_null()));
    });
}

#[test]
fn what_cannot_be_read_is_refused() {
    each(|city| {
        for (url, key) in [
            ("/api/v1/tree?day=2025", "units-api-bad-day"),
            ("/api/v1/tree?day=2025-02-30", "units-api-bad-day"),
            ("/api/v1/tree?day=2027-01-01", "units-api-day-to-come"),
            ("/api/v1/tree?depth=-1", "units-api-bad-number"),
            ("/api/v1/unit-changes?after=x", "units-api-bad-number"),
            ("/api/v1/unit-changes?limit=1001", "units-api-bad-number"),
        ] {
            assert_eq!(crate::testing::keys(city.ask(CITY, url)), BTreeSet::from([key]), "{url}");
        }
    });
}

/// Every mistake of a value by a schema of the document; only what our schemas use.
fn misfits(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#'));
        return found.map_or_else(|| vec![format!("{at}: no {name}")], |found| misfits(document, found, value, at));
    }
    if let Some(codes) = schema["enum"].as_array() {
        return if codes.contains(value) { Vec::new() } else { vec![format!("{at}: {value}")] };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&kind.into()));
    let mut found = if fits { Vec::new() } else { vec![format!("{at}: {kind}, not {}", schema["type"])] };
    for (no, one) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(document, &schema["items"], one, &format!("{at}/{no}")));
    }
    if let (Some(fields), Some(declared)) = (value.as_object(), schema["properties"].as_object()) {
        let names: BTreeSet<_> = fields.keys().chain(declared.keys()).collect();
        for name in names {
            match (fields.get(name), declared.get(name)) {
                (Some(field), Some(schema)) => {
                    found.extend(misfits(document, schema, field, &format!("{at}/{name}")));
                }
                _ => found.push(format!("{at}/{name}: on one side only")),
            }
        }
    }
    found
}

#[test]
fn every_route_is_described_and_every_described_path_is_routed() {
    let words = Words::build(&[crate::WORDS]).unwrap();
    for lang in [Lang::Vi, Lang::En] {
        let document = openapi::document(words.tongue(lang), "chibo_session");
        let described: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
        let routed: BTreeSet<String> = routes().iter().map(|route| route.path.to_owned()).collect();
        assert_eq!(described, routed);
        for (path, methods) in document["paths"].as_object().unwrap() {
            assert_eq!(methods.as_object().unwrap().keys().collect::<Vec<_>>(), ["get"]);
            let parameters = methods["get"]["parameters"].as_array().unwrap();
            let in_path = parameters.iter().filter(|one| one["in"] == "path").map(|one| one["name"].as_str().unwrap());
            let names: Vec<_> = in_path.collect();
            assert!(names.iter().all(|name| path.contains(&format!("{{{name}}}"))), "{path}");
            assert_eq!(names.len(), path.matches('{').count(), "{path}");
        }
        let text = document.to_string();
        assert!(!text.contains('⟦'), "a word is missing");
        for name in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document.pointer(name).is_some(), "{name}");
        }
    }
    assert!(routes().iter().all(|route| route.method == "GET" && route.policy != Policy::Open));
}

#[test]
fn every_answer_is_as_described() {
    each(|city| {
        city.rename(BRANCH, "Chi bộ Một");
        let document = city.get(CITY, "/api/v1/openapi.json");
        for (path, url) in [
            ("/api/v1/tree", "/api/v1/tree".to_owned()),
            ("/api/v1/units/{id}", format!("/api/v1/units/{}", id(BRANCH))),
            ("/api/v1/units/{id}", format!("/api/v1/units/{}?day=1999-12-31", id(BRANCH))),
            ("/api/v1/unit-changes", "/api/v1/unit-changes".to_owned()),
        ] {
            let answer = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            assert_eq!(misfits(&document, answer, &city.get(CITY, &url), ""), Vec::<String>::new(), "{url}");
        }
    });
}
