//! S2 and S20: sealed facts are on no page, and what belongs to another ward is nowhere.

use std::io::{Read, Write};
use std::sync::Mutex;

use chibo_dossiers::rules::items::{Draft, Values};
use chibo_dossiers::rules::parts::{Kind, PARTS};
use chibo_kernel::{Day, Id, Person};
use chibo_members::actions::enter;
use chibo_members::rules::{NewMember, Secrets};

use crate::crawl::crawl;
use crate::visitor::{Answer, Visitor};
use crate::world::World;

const IDENTITY: &str = "079085424242";
const PHONE: &str = "0987424242";
const EMAIL: &str = "chim.hoang.yen.42@chibo.example";
const RESIDENCE: &str = "42 hẻm Chim Hoàng Yến Lặng Lẽ";
const HEALTH: &str = "Hen Chim Hoàng Yến Kín";
const POLICY_FAMILY: &str = "Gia đình Chim Hoàng Yến Kín";
/// A name nobody else has.
const NAME: &str = "Ưng Hoàng Yến Lạ";

fn enter_canary(world: &World, unit: Id<chibo_kernel::Unit>, name: &str, identity: &str) -> Id<Person> {
    let day = |y, m, d| Day::from_ymd(y, m, d);
    let secrets = Secrets {
        identity: identity.to_owned(),
        phone: PHONE.to_owned(),
        residence: RESIDENCE.to_owned(),
        email: EMAIL.to_owned(),
        health: HEALTH.to_owned(),
        policy_family: POLICY_FAMILY.to_owned(),
    };
    let member = NewMember {
        name: name.to_owned(),
        birth: day(1985, 2, 3),
        sex: 2,
        ethnicity: 1,
        admitted: day(2010, 5, 19),
        official: day(2011, 5, 19),
        secrets,
        postings: vec![(unit, day(2010, 5, 19).unwrap())],
        standings: vec![(1, day(2010, 5, 19).unwrap()), (2, day(2011, 5, 19).unwrap())],
        ..NewMember::default()
    };
    world.write(|op| enter(op, &member))
}

/// A token in every secret field of the member's dossier that takes text.
fn enter_dossier(world: &World, person: Id<Person>) -> Vec<String> {
    let mut tokens = Vec::new();
    for part in PARTS.iter().filter(|part| part.fields.iter().any(|field| field.secret)) {
        let mut values = [Values::new(), Values::new()];
        for field in part.fields {
            let value = match field.kind {
                Kind::Choice(choices) => choices[0].0.to_owned(),
                Kind::Year => "1934".to_owned(),
                Kind::Money => "987654321".to_owned(),
                Kind::Day => "2001-02-03".to_owned(),
                Kind::Line | Kind::Lines => format!("Yến kín {} {}", part.code, field.code),
            };
            if field.secret && matches!(field.kind, Kind::Line | Kind::Lines | Kind::Money) {
                tokens.push(value.clone());
            }
            values[usize::from(field.secret)].insert(field.code.to_owned(), value);
        }
        let [shown, secret] = values;
        let draft = Draft { shown, secret, from: Day::from_ymd(2001, 2, 3).unwrap(), to: Day::FOREVER };
        world.write(|op| chibo_dossiers::actions::add(op, person, part, &draft));
    }
    assert!(tokens.len() > 20, "{}", tokens.len());
    tokens
}

/// A workbook's parts unpacked, or the body itself.
fn unpacked(answer: &Answer) -> String {
    let mut text = answer.text();
    if answer.body.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&answer.body)).unwrap();
        for at in 0..zip.len() {
            let mut bytes = Vec::new();
            zip.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    let heads: Vec<_> =
        answer.headers.iter().map(|(n, v)| format!("{n}: {}", String::from_utf8_lossy(v.as_bytes()))).collect();
    text + &heads.join("\n")
}

fn found<'c>(text: &str, canaries: &[&'c str]) -> Vec<&'c str> {
    canaries.iter().copied().filter(|canary| text.contains(canary)).collect()
}

/// Everything the program has said to its log since somebody listened, at every level.
static SAID: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Ear;

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        SAID.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Listens to the log from now on; tests beside this one are heard too, which does no harm.
fn listen() {
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(|| Ear);
    let _ = subscriber.try_init();
}

#[test]
fn s2_sealed_facts_are_in_no_log_and_in_no_backup() {
    listen();
    let world = &World::new();
    let id = enter_canary(world, world.sites.branch, NAME, IDENTITY);
    let dossier = enter_dossier(world, id);
    let mut canaries = vec![IDENTITY, PHONE, EMAIL, RESIDENCE, HEALTH, POLICY_FAMILY];
    canaries.extend(dossier.iter().map(String::as_str));
    let boss = Visitor::of(world, "boss");
    let form = [("field", "phone"), ("reason", "đối chiếu hồ sơ gốc")];
    assert!(boss.post(&format!("/members/{id}/revelation"), &form).text().contains(PHONE), "opened once");
    // A refused form carries what was typed; an address that asks for it is not found.
    boss.post(&format!("/members/{id}/facts"), &[("name", ""), ("identity", IDENTITY), ("phone", PHONE)]);
    boss.get(&format!("/members?q={IDENTITY}"));
    tracing::info!("the end of this test");
    let said = String::from_utf8_lossy(&SAID.lock().unwrap()).into_owned();
    assert!(said.contains("the end of this test"), "we listen in the right place");
    assert_eq!(found(&said, &canaries), Vec::<&str>::new());

    let mut backup = Vec::new();
    chibo_store::backup::export(&world.house.db, &chibo::compose::migrations(), &mut backup, &mut |_, _| Ok(()))
        .unwrap();
    let backup = String::from_utf8_lossy(&backup).into_owned();
    assert!(backup.contains(NAME), "names are in a backup, so we look in the right place");
    assert_eq!(found(&backup, &canaries), Vec::<&str>::new());
}

#[test]
fn s2_sealed_facts_are_on_no_page_and_in_no_file_that_is_looked_at() {
    let world = &World::new();
    let id = enter_canary(world, world.sites.branch, NAME, IDENTITY);
    let dossier = enter_dossier(world, id);
    let mut canaries = vec![IDENTITY, PHONE, EMAIL, RESIDENCE, HEALTH, POLICY_FAMILY, &IDENTITY[3..]];
    canaries.extend(dossier.iter().map(String::as_str));
    let boss = Visitor::of(world, "boss");
    let more = [
        format!("/members/{id}"),
        format!("/members/{id}/facts"),
        format!("/members/{id}?tab=log"),
        format!("/dossiers/members/{id}"),
        format!("/dossiers/members/{id}?show=papers"),
        format!("/dossiers/members/{id}?show=more"),
        format!("/dossiers/members/{id}/index.docx"),
        "/dossiers/export.xlsx".to_owned(),
        "/jobs".to_owned(),
        format!("/members/export.xlsx?unit={}", world.sites.branch),
        format!("/members/export?unit={}", world.sites.branch),
        "/audit".to_owned(),
        "/metrics".to_owned(),
        "/search?q=hoang+yen".to_owned(),
    ];
    for url in &more {
        let answer = boss.get(url);
        assert_eq!(answer.status, 200, "{url}");
        assert_eq!(found(&unpacked(&answer), &canaries), Vec::<&str>::new(), "{url}");
    }
    let list = more.iter().find(|url| url.starts_with("/members/export.xlsx")).unwrap();
    assert!(unpacked(&boss.get(list)).contains(NAME), "the export would show it if anything did");
    crawl(&boss, 400, &mut |url, _, answer| {
        assert_eq!(found(&unpacked(answer), &canaries), Vec::<&str>::new(), "{url}")
    });
    world.clock.pass(60_000);
    // Whoever may open them says why, and it is recorded; then they are there.
    let refused = boss.post(&format!("/members/{id}/revelation"), &[("reason", "")]);
    assert_eq!((refused.status, found(&refused.text(), &canaries).len()), (422, 0));
    for (field, canary) in [
        ("phone", PHONE),
        ("email", EMAIL),
        ("residence", RESIDENCE),
        ("health", HEALTH),
        ("policy-family", POLICY_FAMILY),
    ] {
        let form = [("field", field), ("reason", "đối chiếu hồ sơ gốc")];
        let shown = boss.post(&format!("/members/{id}/revelation"), &form);
        assert_eq!(
            found(&shown.text(), &[PHONE, EMAIL, RESIDENCE, HEALTH, POLICY_FAMILY]),
            [canary],
            "one field and no other"
        );
    }
    assert!(boss.get("/audit").text().contains("đối chiếu hồ sơ gốc"));
    assert_eq!(found(&boss.get("/audit").text(), &canaries), Vec::<&str>::new());
}

#[test]
fn s20_sealed_facts_are_not_in_the_database_file() {
    let world = World::new();
    let id = enter_canary(&world, world.sites.branch, NAME, IDENTITY);
    let dossier = enter_dossier(&world, id);
    let folder = world.folder.path();
    let mut looked_at = 0;
    for name in ["chibo.db", "chibo.db-wal"] {
        let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
        looked_at += bytes.len();
        for canary in [IDENTITY, PHONE, EMAIL, RESIDENCE, HEALTH, POLICY_FAMILY]
            .into_iter()
            .chain(dossier.iter().map(String::as_str))
        {
            let there = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!there, "{canary} in {name}");
        }
    }
    let all = [
        std::fs::read(folder.join("chibo.db")).unwrap(),
        std::fs::read(folder.join("chibo.db-wal")).unwrap_or_default(),
    ]
    .concat();
    assert!(
        looked_at > 0 && all.windows(NAME.len()).any(|window| window == NAME.as_bytes()),
        "the name is there, so we look in the right place"
    );
}

#[test]
fn s2_nothing_of_another_ward_is_anywhere() {
    let world = &World::new();
    let forest = world.house.census.forest();
    let place = |unit| forest.last_facts(forest.no(unit).unwrap()).unwrap().name.clone();
    let far = world.sites.sibling;
    let far_branch = {
        let file = world.raw();
        let id: [u8; 16] = file
            .query_row(
                "SELECT unit_id FROM posting WHERE person_id = ?1 ORDER BY valid_from DESC LIMIT 1",
                [world.sites.far_person.bytes()],
                |row| row.get(0),
            )
            .unwrap();
        Id::from_bytes(id)
    };
    let id = enter_canary(world, far_branch, NAME, IDENTITY);
    let dossier = enter_dossier(world, id);
    let (far_name, id) = (place(far), id.to_string());
    let mut canaries =
        vec![NAME, far_name.as_str(), id.as_str(), IDENTITY, PHONE, EMAIL, RESIDENCE, HEALTH, POLICY_FAMILY];
    canaries.extend(dossier.iter().map(String::as_str));
    let boss = Visitor::of(world, "boss");
    let seen = boss.get("/search?q=ung+hoang+yen+la").text();
    assert_eq!(found(&seen, &canaries).len(), 2, "who may see it finds it");
    // Every list that goes out as a file.
    let all = chibo_web::server::routes(&world.house);
    let files: Vec<_> =
        all.iter().map(|route| route.path).filter(|path| path.ends_with(".xlsx") && !path.contains('{')).collect();
    assert!(files.len() > 20, "{files:?}");
    for login in ["unit-officer.ward", "branch-secretary.branch", "reader.ward", "inspector.ward", "administrator.ward"]
    {
        let visitor = Visitor::of(world, login);
        let mut pages = 0;
        for url in [
            "/search?q=ung+hoang",
            "/members?q=ung+hoang",
            "/members/export.xlsx",
            "/units/export.xlsx",
            "/audit",
            "/accounts",
            "/jobs",
        ] {
            assert_eq!(found(&unpacked(&visitor.get(url)), &canaries), Vec::<&str>::new(), "{login} {url}");
        }
        for url in &files {
            let answer = visitor.get(url);
            assert!([200, 303, 403, 404].contains(&answer.status), "{login} {url}: {}", answer.status);
            assert_eq!(found(&unpacked(&answer), &canaries), Vec::<&str>::new(), "{login} {url}");
        }
        // Asked for by name, the answer repeats no more of the address than anybody typed.
        for about in
            ["members", "dossiers/members", "fees/members", "cards/members", "leaving/members", "badges/members"]
        {
            let answer = visitor.get(&format!("/{about}/{id}"));
            assert!([403, 404].contains(&answer.status), "{login} /{about}: {}", answer.status);
            assert_eq!(found(&answer.text(), &[NAME, &far_name, PHONE]), Vec::<&str>::new(), "{login} /{about}");
        }
        crawl(&visitor, 150, &mut |url, _, answer| {
            pages += 1;
            // A decision that closed a ward names where its parts went; reading it is everybody's right.
            if !url.starts_with("/reorganisations") {
                assert_eq!(found(&unpacked(answer), &canaries), Vec::<&str>::new(), "{login} {url}");
            }
        });
        assert!(pages >= 8, "{login} saw only {pages} pages");
    }
}
