//! S13: a form that does not come from our own page does nothing, and looking at pages changes nothing.

use axum::body::Body;
use chibo_web::server::routes;

use crate::fixtures::{Object, address};
use crate::tables::{Tables, difference, tables_but};
use crate::visitor::{Visitor, ask, urlencoded};
use crate::world::World;

/// Everything but sessions: being seen is not a change.
fn state(world: &World) -> Tables {
    tables_but(&world.house.db, &["session"])
}

/// How a forged form differs from an honest one.
struct Forgery {
    name: &'static str,
    token: Token,
    kind: &'static str,
    headers: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy)]
enum Token {
    Right,
    None,
    Wrong,
    OfSomebodyElse,
    InTheAddress,
}

const FORM: &str = "application/x-www-form-urlencoded";
const OWN: &[(&str, &str)] = &[("sec-fetch-site", "same-origin"), ("origin", "https://chibo.example")];

const FORGERIES: [Forgery; 14] = [
    Forgery { name: "no token", token: Token::None, kind: FORM, headers: OWN },
    Forgery { name: "no token, no headers", token: Token::None, kind: FORM, headers: &[] },
    Forgery { name: "wrong token", token: Token::Wrong, kind: FORM, headers: OWN },
    Forgery { name: "token of another session", token: Token::OfSomebodyElse, kind: FORM, headers: OWN },
    Forgery { name: "token in the address only", token: Token::InTheAddress, kind: FORM, headers: OWN },
    Forgery { name: "foreign origin", token: Token::Right, kind: FORM, headers: &[("origin", "https://evil.example")] },
    Forgery {
        name: "origin that begins like ours",
        token: Token::Right,
        kind: FORM,
        headers: &[("origin", "https://chibo.example.evil")],
    },
    Forgery { name: "sandboxed origin", token: Token::Right, kind: FORM, headers: &[("origin", "null")] },
    Forgery { name: "cross-site", token: Token::Right, kind: FORM, headers: &[("sec-fetch-site", "cross-site")] },
    Forgery { name: "same-site", token: Token::Right, kind: FORM, headers: &[("sec-fetch-site", "same-site")] },
    Forgery {
        name: "same-origin with a foreign origin",
        token: Token::Right,
        kind: FORM,
        headers: &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
    },
    Forgery { name: "text/plain", token: Token::Right, kind: "text/plain", headers: OWN },
    Forgery { name: "JSON", token: Token::Right, kind: "application/json", headers: OWN },
    Forgery { name: "no type at all", token: Token::Right, kind: "", headers: OWN },
];

#[test]
fn s13_forged_forms_are_refused_and_change_nothing() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let other = Visitor::of(world, "reader.ward");
    let object = Object { unit: world.sites.ward, person: world.sites.person };
    let targets: Vec<_> = routes(&world.house).into_iter().filter(|route| route.method == "POST").collect();
    let urls: Vec<_> = targets.iter().map(|route| address(world, route.path, object)).collect();
    let before = state(world);
    let mut taken = Vec::new();
    for (route, url) in targets.iter().zip(&urls) {
        for forgery in &FORGERIES {
            let token = match forgery.token {
                Token::Right => boss.form_token(),
                Token::Wrong => boss.form_token().chars().rev().collect(),
                Token::OfSomebodyElse => other.form_token(),
                Token::None | Token::InTheAddress => String::new(),
            };
            let url = match forgery.token {
                Token::InTheAddress => format!("{url}?_form={}", boss.form_token()),
                _ => url.clone(),
            };
            let mut request = boss.request("POST", &url);
            if !forgery.kind.is_empty() {
                request = request.header("content-type", forgery.kind);
            }
            for (name, value) in forgery.headers {
                request = request.header(*name, *value);
            }
            let body = urlencoded(&[("_form", &token), ("lang", "en"), ("reason", "một lý do dài"), ("login", "boss")]);
            let answer = ask(world, request.body(Body::from(body)).unwrap());
            if answer.status != 422 {
                taken.push(format!("{} {}: {}", route.path, forgery.name, answer.status));
            }
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
    assert_eq!(difference(&before, &state(world)), Vec::<String>::new());
    println!("{} forged forms refused", targets.len() * FORGERIES.len());
    // The same form from our own page is taken.
    assert_eq!(boss.post("/look", &[("lang", "en")]).status, 303);
}

#[test]
fn s13_an_upload_without_a_token_leaves_no_file() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let files = || std::fs::read_dir(&world.house.settings.work_dir).unwrap().count();
    let before = files();
    for url in ["/members/import", "/units/import"] {
        let body = "--e\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nx\r\n--e--\r\n";
        let request = boss.request("POST", url).header("content-type", "multipart/form-data; boundary=e");
        assert_eq!(ask(world, request.body(Body::from(body)).unwrap()).status, 422);
        let cut = "--e\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nhalf of it";
        let request = boss.request("POST", url).header("content-type", "multipart/form-data; boundary=e");
        assert_eq!(ask(world, request.body(Body::from(cut)).unwrap()).status, 422);
    }
    assert_eq!(files(), before, "uploads nobody asked for lie about");
}

#[test]
fn s13_looking_at_pages_changes_nothing() {
    let world = &World::new();
    let object = Object { unit: world.sites.ward, person: world.sites.person };
    let looks: Vec<_> = routes(&world.house).into_iter().filter(|route| route.method == "GET").collect();
    let urls: Vec<_> = looks.iter().map(|route| address(world, route.path, object)).collect();
    let queries = ["", "?q=an&unit=x&day=2025-06-30", "?done=moved&after=1&sort=-name&show=row&tab=history"];
    let before = state(world);
    // Files that are taken out and the form that opens a sealed base of fees are recorded.
    let endings = [".xlsx", ".pdf", ".docx", ".zip", ".ics", "/print", "/category"];
    let is_file = |url: &str| endings.iter().any(|ending| url.contains(ending));
    let ask_all = |files: bool| {
        for login in ["boss", "city-board.city", "administrator.system", "reader.ward", "nobody.none"] {
            let visitor = Visitor::of(world, login);
            for url in urls.iter().filter(|url| is_file(url) == files && !url.contains("template")) {
                queries.iter().for_each(|query| drop(visitor.get(&format!("{url}{query}"))));
            }
        }
    };
    ask_all(false);
    assert_eq!(difference(&before, &state(world)), Vec::<String>::new(), "a page wrote something");
    // Taking a list out is recorded; nothing else may move.
    ask_all(true);
    let changed: Vec<_> = difference(&before, &state(world));
    let recorded = |line: &String| line.starts_with("audit:") || line.starts_with("audit_head:");
    assert!(changed.iter().all(recorded), "{changed:?}");
    assert!(!changed.is_empty(), "exports are not in the log");
}
