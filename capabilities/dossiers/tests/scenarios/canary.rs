//! S2: a token in every secret field is found nowhere but in the answer that opens it.

use std::io::Read;

use chibo_dossiers::rules::parts::Kind;
use chibo_store::audit;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, World, dossier};

/// A workbook's or document's parts unpacked, or the bytes themselves.
pub fn unpacked(body: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(body).into_owned();
    if body.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(body)).unwrap();
        for at in 0..zip.len() {
            let mut bytes = Vec::new();
            zip.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}

fn token(part: &str, field: &str) -> String {
    format!("Chimvang-{part}-{field}-kin")
}

/// The tokens of every secret field that takes text, and the numbers of those that do not.
fn tokens(world: &World) -> (Vec<String>, Vec<String>) {
    let (mut secret, mut open) = (Vec::new(), Vec::new());
    for (part, draft) in world.fill_all(world.an, token) {
        for field in part.fields {
            let values = if field.secret { &draft.secret } else { &draft.shown };
            match (field.kind, field.secret) {
                // A choice is one of a few public words, a year four digits: both would stand on any page.
                (Kind::Choice(_) | Kind::Year, _) => {}
                (_, true) => secret.push(values[field.code].clone()),
                (_, false) => open.push(values[field.code].clone()),
            }
        }
    }
    (secret, open)
}

#[test]
fn s2_a_token_in_every_secret_field_is_found_nowhere_without_opening_it() {
    World::each(|world| {
        let (secret, open) = tokens(world);
        assert!(secret.len() > 25, "{}", secret.len());
        let keeper = world.keeper();
        let found = |text: &str| secret.iter().filter(|token| text.contains(*token)).cloned().collect::<Vec<_>>();
        let at = |below: &str| dossier(world.an, below);
        let page = world.page(&keeper, &at(""));
        assert!(open.iter().all(|token| page.contains(token)), "open fields are there, so we look in the right place");
        let item = crate::world::between(&page, "/revelation?item=", "\"").replace("&amp;", "&");
        let mut urls = vec!["/dossiers".to_owned(), "/dossiers/supplements".to_owned(), "/members".to_owned()];
        urls.extend(["/search?q=chimvang", "/members?q=chimvang", "/jobs", "/audit"].map(str::to_owned));
        urls.push(format!("/members/{}", world.an));
        urls.push(format!("/members/{}/facts", world.an));
        urls.push(format!("/members/{}?tab=log", world.an));
        urls.extend(["", "?show=papers", "?show=more", "/items", "/sheet", "/papers?code=don"].map(at));
        urls.push(at(&format!("/revelation?item={item}")));
        let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        urls.extend(links.filter(|link| link.contains("/items?part=")).map(|link| link.replace("&amp;", "&")));
        assert!(urls.len() > 30, "every form that corrects a row is looked at: {}", urls.len());
        for url in &urls {
            for lang in [Lang::Vi, Lang::En] {
                assert_eq!(found(&world.page_in(lang, &keeper, url)), Vec::<String>::new(), "{url}");
            }
        }
        for url in ["/dossiers/export.xlsx", "/members/export.xlsx", &at("/index.pdf"), &at("/index.docx")] {
            assert_eq!(found(&unpacked(&world.file(&keeper, url))), Vec::<String>::new(), "{url}");
        }
        match world.ask(Lang::Vi, &keeper, "POST", &at("/sheet"), &[("format", "docx")]) {
            Ok(Reply::File { body, .. }) => {
                assert_eq!(found(&unpacked(&body)), Vec::<String>::new(), "the masked sheet")
            }
            other => panic!("{other:?}"),
        }
        stored(world, &secret);
    });
}

/// Nothing in the log, in jobs, or readable in any table.
fn stored(world: &World, secret: &[String]) {
    let log = world.house.db.read(|tx| audit::of_stream(tx, world.an.bytes(), 500)).unwrap();
    assert!(log.len() > 20);
    for row in &log {
        assert!(!secret.iter().any(|token| row.detail.contains(token)), "{}", row.detail);
    }
    let migrations = [
        chibo_store::MIGRATIONS,
        chibo_organisation::MIGRATIONS,
        chibo_members::MIGRATIONS,
        chibo_dossiers::MIGRATIONS,
    ];
    let mut dump = Vec::new();
    chibo_store::backup::export(&world.house.db, &migrations.concat(), &mut dump, &mut |_, _| Ok(())).unwrap();
    let dump = String::from_utf8_lossy(&dump);
    assert!(dump.contains(&token("work", "what")), "open fields are in the tables, so we look in the right place");
    let there: Vec<_> = secret.iter().filter(|token| dump.contains(*token)).collect();
    assert_eq!(there, Vec::<&String>::new(), "sealed in every table, the job table included");
}

#[test]
fn opening_one_field_shows_that_one_and_no_other() {
    World::each(|world| {
        let (secret, _) = tokens(world);
        let keeper = world.keeper();
        let page = world.page(&keeper, &dossier(world.an, ""));
        let links: Vec<String> = page
            .split("/revelation?item=")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|link| link.replace("&amp;", "&"))
            .collect();
        assert!(links.len() >= secret.len(), "{}", links.len());
        let mut shown = 0;
        for link in links {
            let (item, field) = link.split_once("&field=").unwrap();
            let form = [("item", item), ("field", field), ("reason", "Thẩm tra lý lịch")];
            match world.ask(Lang::Vi, &keeper, "POST", &dossier(world.an, "/revelation"), &form) {
                Ok(Reply::Html { status: 200, body }) => {
                    // Amounts are written with separators.
                    let body = body.replace('.', "");
                    let here = secret.iter().filter(|token| body.contains(*token)).count();
                    assert!(here <= 1, "{link}");
                    shown += here;
                }
                other => panic!("{link}: {other:?}"),
            }
        }
        assert_eq!(shown, secret.len());
        assert!(world.page(&world.secretary(BRANCH), &dossier(world.an, "")).contains("••••••"));
    });
}
