//! The pages as people in different places see them, in both languages.

mod papers;

use std::sync::Arc;

use chibo_census::{PersonFacts, StateRow};
use chibo_kernel::{Day, Grant, Id, Moment, Period, Permission, Permissions, Problem, Viewer};
use chibo_testkit::{Folder, HandClock, TODAY};
use chibo_web::cookies::Look;
use chibo_web::visit::Upload;
use chibo_web::words::Lang;
use chibo_web::{House, Pairs, Policy, Reply, Signed, Visit};

use crate::actions::{apply_decision, load_units};
use crate::kinds::{Kind, PILOT_BEGINS, Setting, THREE_LEVELS_BEGIN};
use crate::rules::{Decision, Step, SuccessionKind};
use crate::testing::{World, day, unit, unit_id};

const CITY: u32 = 1;
const DISTRICT: u32 = 2;
const OLD_WARD: u32 = 3;
const BRANCH: u32 = 4;
const NEW_WARD: u32 = 5;
const OTHER_WARD: u32 = 6;
const OTHER_BRANCH: u32 = 7;

struct City {
    house: House,
    clock: Arc<HandClock>,
    folder: Folder,
}

/// Somebody with every permission on one unit; what that reaches is looked up at each request.
struct Officer(u32);

fn decision() -> Decision {
    Decision {
        id: Id::from_bytes([9; 16]),
        unit: unit_id(CITY),
        number: "01-QĐ/TU".into(),
        title: "Sắp xếp tổ chức đảng từ ngày 1/7/2025".into(),
        authority: "Thành ủy".into(),
        signed_on: PILOT_BEGINS.plus_days(-9),
        effective_on: PILOT_BEGINS,
    }
}

/// A district with one ward ends on 1 July 2025; its ward goes on in a new one; another new ward stands beside it.
fn city() -> City {
    let mut built = Vec::new();
    World::each(|world| {
        let world = world.another();
        let old = day(1976, 7, 2);
        let units = [
            unit(CITY, Kind::City, Setting::Province, None, old),
            unit(DISTRICT, Kind::Upper, Setting::District, Some(CITY), old),
            unit(OLD_WARD, Kind::Base, Setting::Ward, Some(DISTRICT), old),
            unit(BRANCH, Kind::Branch, Setting::Quarter, Some(OLD_WARD), old),
        ];
        world.write(|op| load_units(op, &units, op.now())).unwrap();
        let new = |number, kind, setting, parent| {
            Step::Establish(Box::new(unit(number, kind, setting, Some(parent), PILOT_BEGINS)))
        };
        let succeed = |from, into| Step::Succeed {
            from: unit_id(from),
            into: unit_id(into),
            main: true,
            kind: SuccessionKind::Merge,
        };
        let steps = [
            new(NEW_WARD, Kind::Upper, Setting::Ward, CITY),
            new(OTHER_WARD, Kind::Upper, Setting::Ward, CITY),
            new(OTHER_BRANCH, Kind::Branch, Setting::Quarter, OTHER_WARD),
            Step::Reparent { unit: unit_id(BRANCH), parent: unit_id(NEW_WARD) },
            Step::Dissolve { unit: unit_id(OLD_WARD) },
            Step::Dissolve { unit: unit_id(DISTRICT) },
            succeed(OLD_WARD, NEW_WARD),
            succeed(DISTRICT, CITY),
        ];
        world.write(|op| apply_decision(op, &decision(), &steps, op.now())).unwrap();
        let retype = |ward| Step::Retype { unit: unit_id(ward), kind: Kind::Base, setting: Setting::Ward };
        let later = Decision { id: Id::from_bytes([10; 16]), effective_on: THREE_LEVELS_BEGIN, ..decision() };
        world.write(|op| apply_decision(op, &later, &[retype(NEW_WARD), retype(OTHER_WARD)], op.now())).unwrap();
        built.push(world);
    });
    let (house, clock, folder) = built.remove(0).house();
    let forest = house.db.read(|tx| crate::load_forest(tx, None)).unwrap();
    let people: Vec<PersonFacts> = (0..40u8).map(|no| person(&forest, no)).collect();
    let filled = house.census.replace_all(forest, TODAY, |loader| {
        people.iter().for_each(|facts| loader.push(facts));
        Ok::<_, Problem>(())
    });
    assert_eq!(filled, Ok(()));
    house.db.set_places(house.census.forest().today(TODAY));
    City { house, clock, folder }
}

fn person(forest: &chibo_census::Forest, no: u8) -> PersonFacts {
    let state = StateRow {
        unit: forest.no(unit_id(if no < 35 { BRANCH } else { OTHER_BRANCH })).unwrap(),
        valid_from: if no < 35 { day(2001, 5, 1) } else { PILOT_BEGINS },
        valid_to: Day::FOREVER,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
        standing: if no.is_multiple_of(7) { 1 } else { 2 },
        education: 1,
        degree: 1,
        theory: 1,
        occupation: 1,
    };
    let name = if no == 3 { "Lê Thị Hạnh" } else { "Nguyễn Văn An" };
    PersonFacts { states: vec![state], ..PersonFacts::named(Id::from_bytes([100 + no; 16]), name) }
}

impl City {
    fn officer(&self, unit: u32) -> Officer {
        Officer(unit)
    }

    fn ask(
        &self,
        who: &Officer,
        lang: Lang,
        method: &str,
        url: &str,
        form: &[(&str, &str)],
        file: Option<&str>,
    ) -> Result<Reply, Problem> {
        self.clock.pass(1);
        let permissions = Permissions::of(Permission::ALL);
        let grants = [Grant { unit: unit_id(who.0), permissions, valid: Period::since(Day::PARTY_FOUNDED) }];
        let places = self.house.db.places();
        let who = Viewer::resolve(Id::from_bytes([1; 16]), "Trần Bình".into(), &grants, TODAY, &*places);
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let (route, path) = route(method, place);
        if let Policy::Needs(permission) = route.policy
            && !who.may_somewhere(permission)
        {
            return Err(Problem::Denied);
        }
        let files = file.map(|text| {
            let path = self.folder.path().join("upload");
            std::fs::write(&path, text).unwrap();
            Upload { field: "file".into(), name: "đơn vị.csv".into(), path, size: text.len() as u64 }
        });
        let mut visit = Visit {
            house: &self.house,
            viewer: Arc::new(Signed { viewer: who, detour: None, until: Moment::FOREVER }),
            look: Look { lang, size: 0, contrast: false },
            w: self.house.words.tongue(lang),
            path,
            query: Pairs::parse(query),
            form: Pairs(form.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()),
            files: files.into_iter().collect(),
            url: url.to_owned(),
            place: place.to_owned(),
            partial: true,
            address: None,
            token: None,
            visit: "0123456789abcdef".to_owned(),
            now: self.house.db.now(),
            columns: chibo_web::takeout::Columns::All,
        };
        (route.handler)(&mut visit)
    }

    fn get(&self, who: &Officer, url: &str) -> String {
        self.get_in(Lang::Vi, who, url)
    }

    fn get_in(&self, lang: Lang, who: &Officer, url: &str) -> String {
        match self.ask(who, lang, "GET", url, &[], None) {
            Ok(Reply::Html { status: 200, body }) => {
                assert!(!body.contains('⟦'), "a word is missing in {url}: {body}");
                body
            }
            other => panic!("{url}: {other:?}"),
        }
    }

    fn post(&self, who: &Officer, url: &str, form: &[(&str, &str)]) -> Result<String, String> {
        match self.ask(who, Lang::Vi, "POST", url, form, None) {
            Ok(Reply::Redirect(to)) => Ok(to),
            Ok(Reply::Html { status: 422, body }) => {
                assert!(!body.contains('⟦'), "a word is missing in {url}: {body}");
                Err(body)
            }
            other => panic!("{url}: {other:?}"),
        }
    }
}

fn route(method: &str, place: &str) -> (chibo_web::Route, Pairs) {
    let fit = |pattern: &'static str| -> Option<Pairs> {
        let (asked, declared): (Vec<_>, Vec<_>) = (place.split('/').collect(), pattern.split('/').collect());
        let mut found = Pairs::default();
        for (part, name) in asked.iter().zip(&declared) {
            match name.strip_prefix('{') {
                Some(name) => found.0.push((name.trim_end_matches('}').to_owned(), (*part).to_owned())),
                None if part != name => return None,
                None => {}
            }
        }
        (asked.len() == declared.len()).then_some(found)
    };
    let routes = super::routes().into_iter().filter(|route| route.method == method);
    let mut fits: Vec<_> = routes.filter_map(|route| Some((route, fit(route.path)?))).collect();
    fits.sort_by_key(|(route, _)| route.path.matches('{').count());
    fits.into_iter().next().unwrap_or_else(|| panic!("no route {method} {place}"))
}

fn at(number: u32, rest: &str) -> String {
    format!("/units/{}{rest}", unit_id(number))
}

#[test]
fn every_page_has_its_words_in_both_languages() {
    let city = city();
    let boss = city.officer(CITY);
    let decided = format!("/reorganisations/{}", decision().id);
    let mut urls = vec!["/units".to_owned(), "/units?q=don%20vi".into(), "/units/new".into(), "/units/import".into()];
    urls.extend(["/reorganisations".to_owned(), decided.clone(), format!("{decided}?q=don%20vi%203")]);
    urls.push(format!("/units/new?parent={}", unit_id(NEW_WARD)));
    for tab in ["", "?tab=people", "?tab=children&sort=-members", "?tab=history", "?tab=count"] {
        urls.extend([NEW_WARD, OLD_WARD, CITY].map(|number| at(number, tab)));
    }
    urls.extend(["/facts", "/parent", "/dissolution", "/offices", "/children"].map(|rest| at(NEW_WARD, rest)));
    urls.push(at(NEW_WARD, &format!("/offices/ending?person={}&role=1", "ab".repeat(16))));
    for lang in [Lang::Vi, Lang::En] {
        for url in &urls {
            city.get_in(lang, &boss, url);
        }
    }
    for url in ["/units/export.xlsx".to_owned(), format!("{decided}/export.xlsx")] {
        let Ok(Reply::File { body, .. }) = city.ask(&boss, Lang::Vi, "GET", &url, &[], None) else { panic!("{url}") };
        assert!(body.starts_with(b"PK"), "{url}");
    }
}

#[test]
fn the_tree_opens_level_by_level_and_of_any_day() {
    let city = city();
    let boss = city.officer(CITY);
    let now = city.get(&boss, "/units");
    assert!(now.contains("Đơn vị 1</a>") && now.contains("Đơn vị 5</a>") && !now.contains("Đơn vị 4</a>"));
    assert!(now.contains("40<span"), "the city has forty members");
    assert!(now.contains(&format!("hx-get=\"{}\"", at(NEW_WARD, "/children"))));
    let opened = city.get(&boss, &format!("/units?open={}", unit_id(NEW_WARD)));
    assert!(opened.contains("Đơn vị 4</a>"));
    let then = city.get(&boss, "/units?day=2025-06-30");
    assert!(then.contains("Đơn vị 2</a>") && !then.contains("Đơn vị 5</a>") && then.contains("35<span"));
    let children = city.get(&boss, &at(NEW_WARD, "/children"));
    assert!(children.starts_with("<li>") && children.contains("Đơn vị 4</a>"));
    let found = city.get(&boss, "/units?q=%C4%90%C6%A1n+v%E1%BB%8B+4");
    assert!(found.contains("Đơn vị 4</a>") && found.contains("ĐV 1 › ĐV 5"));
}

#[test]
fn an_abolished_unit_says_so_and_leads_to_its_successor() {
    let city = city();
    let page = city.get(&city.officer(NEW_WARD), &at(OLD_WARD, ""));
    assert!(page.contains("01/07/2025") && page.contains(&format!("<a href=\"{}\">Đơn vị 5</a>", at(NEW_WARD, ""))));
    let then = city.get(&city.officer(NEW_WARD), &at(OLD_WARD, "?day=30/6/2025"));
    assert!(!then.contains("class=\"note gold\"") && then.contains("<dd class=\"num\">35</dd>"));
}

#[test]
fn out_of_scope_answers_like_absent_and_the_former_unit_is_in_scope() {
    let city = city();
    let ward = city.officer(NEW_WARD);
    for rest in ["", "/children", "/facts", "/parent", "/dissolution", "/offices"] {
        for number in [CITY, OTHER_WARD, OTHER_BRANCH, DISTRICT, 99] {
            let outcome = city.ask(&ward, Lang::Vi, "GET", &at(number, rest), &[], None);
            assert!(matches!(outcome, Err(Problem::NotFound)), "{number}{rest}: {outcome:?}");
        }
    }
    let tree = city.get(&ward, "/units");
    assert!(tree.contains("Đơn vị 4</a>") && !tree.contains("Đơn vị 1</a>") && !tree.contains("Đơn vị 6</a>"));
    let then = city.get(&ward, "/units?day=2025-06-30");
    assert!(then.contains("Đơn vị 3</a>") && !then.contains("Đơn vị 2</a>"));
    assert!(!city.get(&ward, "/units?q=don+vi").contains("Đơn vị 7"));
    let decided = city.get(&ward, &format!("/reorganisations/{}", decision().id));
    assert!(decided.contains("Đơn vị 3") && !decided.contains("Đơn vị 2</a>"));
    let other = city.officer(OTHER_WARD);
    for act in ["facts", "parent", "dissolution", "offices", "offices/ending"] {
        let outcome = city.ask(&other, Lang::Vi, "POST", &at(NEW_WARD, &format!("/{act}")), &[], None);
        assert!(matches!(outcome, Err(Problem::NotFound)), "{act}: {outcome:?}");
    }
}

const DAY: [(&str, &str); 3] = [("from-day", "1"), ("from-month", "9"), ("from-year", "2026")];

fn with_day<'f>(form: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    form.iter().chain(&DAY).copied().collect()
}

#[test]
fn a_branch_is_established_renamed_moved_and_dissolved_by_forms() {
    let city = city();
    let boss = city.officer(CITY);
    let parent = unit_id(NEW_WARD).to_string();
    let form = |name, setting| {
        with_day(&[("parent", &parent), ("name", name), ("kind", "CB"), ("setting", setting), ("code", "79.1")])
            .into_iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect::<Vec<_>>()
    };
    let send = |url: &str, form: &[(String, String)]| {
        let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        city.post(&boss, url, &form)
    };
    let refused = send("/units/new", &form("", "quarter")).unwrap_err();
    assert!(refused.contains("href=\"#name\"") && refused.contains("href=\"#code\"") && refused.contains("79.1"));
    let mut good = form("Chi bộ Khu phố 9", "quarter");
    good.retain(|(name, _)| name != "code");
    let to = send("/units/new", &good).unwrap();
    let place = to.split('?').next().unwrap();
    assert!(city.get(&boss, place).contains("Chi bộ Khu phố 9"));
    let facts =
        |name| with_day(&[("name", name), ("short", "Chi bộ Khu phố 9"), ("kind", "CB"), ("setting", "quarter")]);
    assert!(city.post(&boss, &format!("{place}/facts"), &facts("Chi bộ Khu phố 9")).is_err(), "nothing changed");
    city.post(&boss, &format!("{place}/facts"), &facts("Chi bộ Khu phố Chín")).unwrap();
    assert!(city.get(&boss, place).contains("Khu phố Chín"));
    let several = city.post(&boss, &format!("{place}/parent"), &with_day(&[("parent", "don vi")])).unwrap_err();
    assert!(several.contains("name=\"parent-id\""));
    city.post(&boss, &format!("{place}/parent"), &with_day(&[("parent", "Đơn vị 6")])).unwrap();
    assert!(city.get(&boss, &at(OTHER_WARD, "?tab=children")).contains("Khu phố Chín"));
    assert!(city.post(&boss, &format!("{place}/dissolution"), &DAY).is_err(), "founded on that very day");
    city.post(&boss, &format!("{place}/dissolution"), &[("from", "1/10/2026")]).unwrap();
    assert!(city.get(&boss, place).contains("class=\"note gold\""));
    let members = city.post(&boss, &at(BRANCH, "/dissolution"), &DAY).unwrap_err();
    assert!(members.contains("ORG-12") && members.contains("35"));
}

#[test]
fn an_office_is_taken_and_left_by_forms() {
    let city = city();
    let boss = city.officer(NEW_WARD);
    let form =
        |person, role| with_day(&[("person", person), ("role", role), ("how", "elected"), ("decision", "2-QĐ/ĐU")]);
    let many = city.post(&boss, &at(NEW_WARD, "/offices"), &form("an", "secretary")).unwrap_err();
    assert!(many.contains("name=\"person-id\"") && many.contains("Đơn vị 4"));
    city.post(&boss, &at(NEW_WARD, "/offices"), &form("hanh", "secretary")).unwrap();
    let people = city.get(&boss, &at(NEW_WARD, "?tab=people"));
    assert!(people.contains("Lê Thị Hạnh") && people.contains("bí thư") && people.contains("2-QĐ/ĐU"));
    assert!(!city.get(&boss, &at(NEW_WARD, "?tab=people&day=2026-08-31")).contains("Lê Thị Hạnh"));
    let person = Id::<chibo_kernel::Person>::from_bytes([103; 16]).to_string();
    let end = [("person", person.as_str()), ("role", "1"), ("on", "1/10/2026")];
    city.post(&boss, &at(NEW_WARD, "/offices/ending"), &end).unwrap();
    assert!(!city.get(&boss, &at(NEW_WARD, "?tab=people")).contains("Lê Thị Hạnh"));
    assert!(city.get(&boss, &at(NEW_WARD, "?tab=history")).contains("Lê Thị Hạnh"));
}

#[test]
fn a_spreadsheet_is_looked_at_confirmed_and_taken_back() {
    let city = city();
    let boss = city.officer(CITY);
    let coded = with_day(&[
        ("name", "Đơn vị 5"),
        ("short", "ĐV 5"),
        ("kind", "DBCS"),
        ("setting", "ward"),
        ("code", "79005000000000"),
    ]);
    city.post(&boss, &at(NEW_WARD, "/facts"), &coded).unwrap();
    let text = "Mã,Tên,Loại tổ chức,Loại hình,Mã cấp trên,Từ ngày\n\
        79.005.000.000.001,Chi bộ Khu phố 1,CB,khu phố,79.005.000.000.000,2/9/2026\n\
        79.005.000.000.002,Chi bộ Khu phố 2,CB,tỉnh,79.005.000.000.000,2/9/2026\n";
    let uploaded = city.ask(&boss, Lang::Vi, "POST", "/units/import", &[], Some(text));
    let Ok(Reply::Redirect(place)) = uploaded else { panic!("{uploaded:?}") };
    let preview = city.get(&boss, &place);
    assert!(preview.contains("ô D3 (Loại hình)") && preview.contains("/confirmation"), "{preview}");
    assert!(!city.get(&boss, "/units?q=khu+pho").contains("Chi bộ Khu phố 1"), "nothing is written yet");
    assert!(matches!(city.ask(&city.officer(OTHER_WARD), Lang::Vi, "GET", &place, &[], None), Err(Problem::NotFound)));
    city.post(&boss, &format!("{place}/confirmation"), &[]).unwrap();
    assert!(city.get(&boss, "/units?q=khu+pho").contains("Chi bộ Khu phố 1"));
    city.post(&boss, &format!("{place}/undoing"), &[]).unwrap();
    assert!(!city.get(&boss, "/units?q=khu+pho").contains("Chi bộ Khu phố 1"));
    let broken = city.ask(&boss, Lang::En, "POST", "/units/import", &[], Some("%PDF-1.4"));
    assert!(matches!(broken, Ok(Reply::Html { status: 422, .. })), "{broken:?}");
    assert!(city.house.db.verify_audit().unwrap().broken.is_empty());
}
