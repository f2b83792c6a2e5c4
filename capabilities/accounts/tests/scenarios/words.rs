//! Words in both languages, statements on the engine.

use chibo_web::words::{Lang, Words};

use crate::world::World;

fn source(folder: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&source(path.to_str().unwrap()));
        } else {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    text
}

/// Quoted texts that begin so.
fn quoted<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    let pieces = text.split('"').filter(|piece| piece.starts_with(start));
    pieces.filter(|piece| piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')).collect()
}

#[test]
fn every_word_used_exists_in_both_languages_and_none_is_left_over() {
    let capability = chibo_accounts::capability();
    let words = Words::build(&[capability.words]).unwrap_or_else(|faults| panic!("{faults:?}"));
    let text = source("src") + &source("views");
    let used = quoted(&text, "accounts-");
    assert!(used.len() > 100);
    let acts = ["record(op, \"", "action: \""].map(|start| {
        let ends = text.split(start).skip(1).filter_map(|rest| rest.split('"').next());
        ends.map(|act| format!("audit-{act}")).collect::<Vec<_>>()
    });
    assert!(acts.concat().len() >= 14);
    let done = text.split("Reply::done(").skip(1).filter_map(|rest| rest.split("))").next()?.rsplit('"').nth(1));
    let done = done.chain(text.split("?done=").skip(1).filter_map(|rest| rest.split('"').next()));
    let done: Vec<_> = done.map(|key| format!("done-{key}")).collect();
    assert!(done.len() >= 8, "{done:?}");
    for lang in [Lang::Vi, Lang::En] {
        let tongue = words.tongue(lang);
        let own = used.iter().map(|key| (*key).to_owned()).chain(acts.concat()).chain(done.clone());
        for key in own {
            assert!(tongue.has(&key), "{key} in {}", lang.code());
        }
    }
    for line in capability.words.0.lines().filter_map(|line| line.split_once(" = ")) {
        let key = line.0.to_owned();
        let known = used.contains(&key.as_str()) || acts.concat().contains(&key) || done.contains(&key);
        assert!(known, "{key} is never used");
    }
}

#[test]
fn every_statement_means_what_it_declares() {
    let world = World::new();
    let faults = chibo_store::catalogue::check(&world.db, &chibo_accounts::statements()).unwrap();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(chibo_store::migrate::owners(&chibo_accounts::MIGRATIONS[0]).unwrap().len(), 5);
}

#[test]
fn every_page_that_manages_others_needs_the_permission() {
    use chibo_web::Policy;
    for route in chibo_accounts::capability().routes {
        let expected = match route.path {
            path if path.starts_with("/accounts") => Policy::Needs(chibo_kernel::Permission::ManageAccounts),
            path if path.starts_with("/account") => Policy::SignedIn,
            _ => Policy::Open,
        };
        assert_eq!(route.policy, expected, "{} {}", route.method, route.path);
    }
}
