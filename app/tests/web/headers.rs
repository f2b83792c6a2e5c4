//! S12: the same guard on every answer, whatever it is.

use axum::body::Body;
use chibo_web::server::routes;

use crate::fixtures::{Object, absent, address};
use crate::visitor::{Answer, Visitor, ask};
use crate::world::World;

/// What is wrong with the headers of an answer.
pub fn faults(answer: &Answer, what: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |name: &str, fits: &dyn Fn(&str) -> bool| {
        let value = answer.header(name);
        if !fits(value) {
            faults.push(format!("{what} ({}): {name}: {value:?}", answer.status));
        }
    };
    must("content-security-policy", &|csp| {
        ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"]
            .iter()
            .all(|part| csp.contains(part))
            && !csp.contains("unsafe")
            && !csp.contains('*')
            && !csp.contains("http")
    });
    must("x-content-type-options", &|value| value == "nosniff");
    must("x-frame-options", &|value| value == "DENY");
    must("referrer-policy", &|value| value == "same-origin" || value == "no-referrer");
    must("cross-origin-opener-policy", &|value| value == "same-origin");
    must("cross-origin-resource-policy", &|value| value == "same-origin");
    must("permissions-policy", &|value| value.contains("camera=()") && value.contains("geolocation=()"));
    must("strict-transport-security", &|value| value.contains("max-age=63072000"));
    let asset = what.contains("/assets/") && answer.status == 200;
    must("cache-control", &|value| if asset { value.contains("immutable") } else { value == "no-store" });
    must("server", &str::is_empty);
    must("x-powered-by", &str::is_empty);
    let kind = answer.header("content-type");
    if !answer.body.is_empty() && (kind.is_empty() || kind == "text/html") {
        faults.push(format!("{what}: content type {kind:?}"));
    }
    for cookie in answer.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        let safe =
            ["__Host-", "; Path=/", "; HttpOnly", "; SameSite=", "; Secure"].iter().all(|part| cookie.contains(part));
        if !safe || cookie.contains("Domain=") {
            faults.push(format!("{what}: cookie {cookie}"));
        }
    }
    faults
}

#[test]
fn s12_every_answer_carries_the_guard() {
    let world = &World::new();
    let sites = &world.sites;
    let object = Object { unit: sites.ward, person: sites.person };
    let boss = Visitor::of(world, "boss");
    let reader = Visitor::of(world, "reader.sibling");
    let stranger = Visitor::stranger(world);
    let mut faulty = Vec::new();
    let mut seen = std::collections::BTreeMap::new();
    let mut look = |answer: &Answer, what: String| {
        *seen.entry(answer.status).or_insert(0) += 1;
        faulty.extend(faults(answer, &what));
    };
    for route in routes(&world.house) {
        for (visitor, name) in [(&boss, "boss"), (&reader, "reader"), (&stranger, "nobody")] {
            for url in [address(world, route.path, object), absent(route.path)] {
                let what = format!("{} {url} as {name}", route.method);
                match route.method {
                    "GET" => look(&visitor.get(&url), what),
                    _ if route.path == "/sign-out" => {}
                    _ => look(&visitor.post(&url, &[]), what),
                }
            }
        }
        let forged = boss.request("POST", &absent(route.path)).body(Body::from("a=1")).unwrap();
        look(&ask(world, forged), format!("forged {}", route.path));
        for method in ["DELETE", "PUT", "OPTIONS", "TRACE", "PATCH", "HEAD", "BREW"] {
            let request = boss.request(method, &absent(route.path)).body(Body::empty()).unwrap();
            look(&ask(world, request), format!("{method} {}", route.path));
        }
    }
    for url in [
        "/nowhere",
        "/assets/nothing.js",
        "/units/%ff",
        "/units/%00",
        "//evil",
        "/members/../keys.json",
        "/units/a/b/c",
    ] {
        look(&boss.get(url), url.to_owned());
        look(&stranger.get(url), format!("{url} as nobody"));
    }
    for asset in chibo_web::ASSETS {
        look(&stranger.get(asset.path), asset.path.to_owned());
        let zipped = stranger.request("GET", asset.path).header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        look(&ask(world, zipped), format!("{} zipped", asset.path));
    }
    println!("answers by status: {seen:?}");
    let kinds: Vec<u16> = seen.keys().copied().collect();
    assert!([200, 303, 403, 404, 422].iter().all(|status| kinds.contains(status)), "{kinds:?}");
    assert!(faulty.is_empty(), "{} faults:\n{}", faulty.len(), faulty[..faulty.len().min(40)].join("\n"));
}

#[test]
fn s12_signing_out_clears_what_the_browser_kept() {
    let world = &World::new();
    let reader = Visitor::of(world, "reader.ward");
    let answer = reader.post("/sign-out", &[]);
    assert_eq!(answer.status, 303);
    assert!(answer.header("clear-site-data").contains("\"cache\""));
    assert_eq!(answer.cookie("__Host-chibo_session").as_deref(), Some(""));
    assert_eq!(
        reader.get("/account").header("location").split('?').next(),
        Some("/sign-in"),
        "the session ended on the server"
    );
}

#[test]
fn s14_a_session_is_made_by_the_form_and_changes_at_every_sign_in() {
    let world = &World::new();
    for role in chibo_accounts::Role::ALL {
        let login = format!("{}.ward", role.code());
        let visitor =
            Visitor::sign_in(world, &login, crate::world::GOOD).unwrap_or_else(|a| panic!("{login}: {}", a.text()));
        assert_eq!(visitor.get("/account").status, 200);
    }
    let first = Visitor::sign_in(world, "reader.ward", crate::world::GOOD).ok().unwrap();
    let second = Visitor::sign_in(world, "reader.ward", crate::world::GOOD).ok().unwrap();
    assert_ne!(first.session, second.session);
    assert!(first.session.as_ref().unwrap().len() >= 32, "at least 128 bits");
    let refused = Visitor::sign_in(world, "reader.ward", "sai").err().unwrap();
    assert_eq!((refused.status, refused.cookie("__Host-chibo_session")), (422, None));
    // A token somebody planted before the sign-in opens nothing afterwards.
    let planted = Visitor { session: Some("ab".repeat(32)), ..Visitor::stranger(world) };
    let answer = planted.post("/sign-in", &[("login", "reader.ward"), ("password", crate::world::GOOD)]);
    assert_eq!(answer.status, 422, "the form was bound to the planted token");
    assert_eq!(planted.get("/account").status, 303);
}
