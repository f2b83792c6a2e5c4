//! S5 and S22: whatever arrives, the answer is an answer: never a fault, never a dead server.

use axum::body::Body;
use chibo_web::server::routes;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::fixtures::{Object, address};
use crate::visitor::{Visitor, ask};
use crate::world::World;

/// Names that some page reads.
const NAMES: [&str; 30] = [
    "unit", "q", "f", "sort", "after", "day", "known", "rows", "cols", "show", "tab", "open", "parent", "branch", "to",
    "done", "take", "reason", "role", "from", "field", "kind", "setting", "code", "page", "columns", "col", "c",
    "_form", "",
];

fn values(world: &World) -> BoxedStrategy<String> {
    let known: Vec<String> = [
        world.sites.ward.to_string(),
        world.sites.person.to_string(),
        "2025-06-30".into(),
        "31/02/2025".into(),
        "9999-12-31".into(),
        "-1".into(),
        "0".into(),
        "18446744073709551616".into(),
        "9223372036854775807".into(),
        "-9223372036854775808".into(),
        "sex:2".into(),
        "child.x:1".into(),
        "age:4095".into(),
        "standing:99999999999".into(),
        "-name".into(),
        "name".into(),
        "child".into(),
        "sex".into(),
        "kind".into(),
        "history".into(),
        "people".into(),
        "\0".into(),
        "%".into(),
        "'".into(),
        "\" OR 1=1 --".into(),
        "../../keys.json".into(),
        "nguyen van".into(),
        "Đ".into(),
        "e\u{301}".into(),
        "\u{202e}".into(),
        "a".repeat(5_000),
        "ớ".repeat(2_000),
        "1.000".into(),
        "29/2/1900".into(),
        "1e308".into(),
        "0-0-0".into(),
    ]
    .to_vec();
    prop_oneof![3 => proptest::sample::select(known), 2 => "\\PC{0,40}", 1 => any::<String>(), 1 => "[0-9/.:-]{0,12}"]
        .boxed()
}

fn requests(world: &World) -> BoxedStrategy<(String, Vec<(String, String)>)> {
    let object = Object { unit: world.sites.ward, person: world.sites.person };
    let looks: Vec<_> = routes(&world.house)
        .into_iter()
        .filter(|route| route.method == "GET" && ![".xlsx", ".pdf", ".docx"].iter().any(|e| route.path.ends_with(e)))
        .map(|route| address(world, route.path, object))
        .collect();
    let name = prop_oneof![9 => proptest::sample::select(NAMES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    (proptest::sample::select(looks), proptest::collection::vec((name, values(world)), 0..6)).boxed()
}

#[test]
fn s5_no_question_whatever_is_a_fault() {
    let world = World::shared();
    let most = std::env::var("CHIBO_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(1_500);
    let seed = std::env::var("CHIBO_SEED").ok().and_then(|n| n.parse::<u64>().ok()).unwrap_or(2);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases: most, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let visitors = ["boss", "unit-officer.ward", "reader.former"].map(|login| Visitor::of(world, login));
    let statuses = std::sync::Mutex::new(std::collections::BTreeMap::new());
    let outcome = runner.run(&(0..visitors.len(), requests(world)), |(who, (path, query))| {
        let pairs: Vec<_> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let url = format!("{path}?{}", crate::visitor::urlencoded(&pairs));
        if url.len() > 60_000 {
            return Ok(());
        }
        let answer = visitors[who].get(&url);
        *statuses.lock().unwrap().entry(answer.status).or_insert(0u32) += 1;
        prop_assert!(answer.status < 500, "{}: {}", url, answer.status);
        Ok(())
    });
    println!("seed {seed}: {most} questions, answers by status {:?}", statuses.lock().unwrap());
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn s22_many_parameters_bad_bytes_and_deep_nesting_are_only_questions() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let token = boss.form_token();
    let many = "a=1&".repeat(15_000);
    let nested = format!("f{}=1", "[a]".repeat(10_000));
    let queries = [
        many.as_str(),
        nested.as_str(),
        "%",
        "%%%",
        "%zz",
        "%ff%fe",
        "%00",
        "q=%00&unit=%00",
        "q=%c0%af",
        "=&=&==",
        "&&&&",
        "q=a&q=b&q=c",
        "+++",
    ];
    for path in ["/members", "/search", "/crosstab", "/", "/units", "/accounts", "/audit", "/reorganisations"] {
        for query in queries {
            let status = boss.get(&format!("{path}?{query}")).status;
            assert!(status < 500, "{path}?{}: {status}", &query[..query.len().min(40)]);
        }
    }
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("10⁵ parameters", format!("_form={token}&{}", "a&".repeat(100_000)).into_bytes()),
        ("one long value", format!("_form={token}&login={}", "a".repeat(250_000)).into_bytes()),
        ("too large", format!("_form={token}&login={}", "a".repeat(300_000)).into_bytes()),
        ("bad UTF-8", [format!("_form={token}&login=").as_bytes(), &[0xff, 0xfe, 0xc0]].concat()),
        ("bad UTF-8, encoded", format!("_form={token}&login=%ff%fe%c0&name=%ed%a0%80").into_bytes()),
        ("NUL", format!("_form={token}&login=a%00b&name=%00&q=%00&unit=%00&from=%00&password=%00").into_bytes()),
        ("keys twice", format!("_form={token}&_form=x&login=a&login=b").into_bytes()),
        ("nothing", Vec::new()),
    ];
    let mut sent = 0;
    for route in routes(&world.house).into_iter().filter(|route| route.method == "POST" && route.path != "/sign-out") {
        let object = Object { unit: world.sites.ward, person: world.sites.person };
        for (name, body) in &bodies {
            let url = address(world, route.path, object);
            let request = boss.request("POST", &url).header("content-type", "application/x-www-form-urlencoded");
            let answer = ask(world, request.body(Body::from(body.clone())).unwrap());
            assert!(answer.status < 500, "{} {name}: {}", route.path, answer.status);
            sent += 1;
        }
    }
    println!("{sent} strange forms, no fault");
}

#[test]
fn s22_bad_bytes_are_no_fault_on_any_engine() {
    // PostgreSQL takes no NUL in a text; SQLite does. What people send must not depend on it.
    for engine in chibo_testkit::engines() {
        let world = &World::bare(engine);
        let stranger = Visitor::stranger(world);
        for login in ["\0", "boss\0", "\u{fffd}", "\u{1f600}", "a\u{300}", "ﬀ"] {
            let answer = stranger.post("/sign-in", &[("login", login), ("password", "x\0")]);
            assert_eq!(answer.status, 422, "{engine}: {login:?}");
        }
        let boss =
            Visitor::sign_in(world, "boss", crate::world::GOOD).unwrap_or_else(|answer| panic!("{}", answer.text()));
        let mut asked = 0;
        let values = ["\0", "a\0b", "\u{fffd}", "\u{1f600}", "%00"];
        for route in routes(&world.house).into_iter().filter(|route| route.path != "/sign-out") {
            for value in values {
                let pairs: Vec<_> = NAMES.iter().filter(|name| **name != "_form").map(|name| (*name, value)).collect();
                let more = [
                    "name", "short", "login", "password", "new", "again", "current", "number", "birth", "identity",
                    "version",
                ];
                let pairs = [pairs, more.map(|name| (name, value)).to_vec()].concat();
                for part in [crate::fixtures::ABSENT, "%00", "a%00b"] {
                    let url = route.path.replace("{id}", part).replace("{grant}", part);
                    let answer = match route.method {
                        "GET" => boss.get(&format!("{url}?{}", crate::visitor::urlencoded(&pairs))),
                        _ => boss.post(&url, &pairs),
                    };
                    assert!(answer.status < 500, "{engine}: {} {url} {value:?}: {}", route.method, answer.status);
                    asked += 1;
                }
            }
        }
        for (name, text) in [("a.csv", "Họ và tên,Ngày sinh,Chi bộ\na\0b,1/1/1980,x\0\n"), ("\u{1f600}%00.csv", "a\n")]
        {
            for url in ["/members/import", "/units/import"] {
                assert!(boss.upload(url, name, text.as_bytes()).status < 500, "{engine}: {url} {name}");
            }
        }
        println!("{engine}: {asked} questions with bad bytes, no fault");
    }
}

#[test]
fn s22_multipart_that_lies_is_refused_and_leaves_nothing() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let files = || std::fs::read_dir(&world.house.settings.work_dir).unwrap().count();
    let before = files();
    let part = |name: &str, file: &str, body: &str| {
        format!("--e\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{body}\r\n")
    };
    let token = part("_form", "", &boss.form_token());
    let many: String = (0..3_000).map(|n| part(&format!("n{n}"), "", "1")).collect();
    let bodies = [
        ("no end", format!("{token}{}", part("file", "; filename=\"a.csv\"", "x"))),
        ("too many fields", format!("{token}{many}--e--\r\n")),
        ("empty", "--e--\r\n".to_owned()),
        ("nothing", String::new()),
        ("not multipart", "a=1".to_owned()),
        ("a path as the name", format!("{token}{}--e--\r\n", part("file", "; filename=\"../../../etc/x.csv\"", "x"))),
        ("a program", format!("{token}{}--e--\r\n", part("file", "; filename=\"a.xlsx\"", "\u{7f}ELF"))),
        ("HTML", format!("{token}{}--e--\r\n", part("file", "; filename=\"a.csv\"", "<html><script>zzx</script>"))),
    ];
    for (name, body) in bodies {
        for url in ["/members/import", "/units/import"] {
            let request = boss.request("POST", url).header("content-type", "multipart/form-data; boundary=e");
            let answer = ask(world, request.body(Body::from(body.clone())).unwrap());
            assert!(answer.status == 422 || answer.status == 303, "{url} {name}: {}", answer.status);
            if answer.status == 303 {
                let import = answer.header("location").to_owned();
                let drop = if url.starts_with("/units") { "dropping" } else { "removal" };
                assert_eq!(boss.post(&format!("{import}/{drop}"), &[]).status, 303, "{import}");
            }
        }
    }
    assert_eq!(files(), before, "files nobody will ask for lie about");
}

#[test]
fn whoever_asks_too_often_is_told_to_wait_and_nobody_else_is() {
    let world = &World::limited(30);
    let (eager, calm) = (Visitor::of(world, "reader.ward"), Visitor::of(world, "reader.city"));
    let statuses: Vec<u16> = (0..40).map(|_| eager.get("/account").status).collect();
    assert_eq!((statuses.iter().filter(|s| **s == 200).count(), statuses[39]), (30, 429));
    let busy = eager.get("/account");
    let seconds: u32 = busy.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert!(crate::headers::faults(&busy, "busy").is_empty());
    assert_eq!(calm.get("/account").status, 200);
    world.clock.pass(i64::from(seconds) * 1_000);
    assert_eq!(eager.get("/account").status, 200, "whoever waits is answered");
}
