//! A form that is sent again counts once.

use chibo_web::{Lang, Reply};

use crate::month::{branch, opened};
use crate::world::{BRANCH, World};

/// The key of the form that is sent to an address.
fn key(page: &str, action: &str) -> String {
    let form = page.split(&format!("action=\"{action}\"")).nth(1).expect("the form");
    let value = form.split("name=\"_key\" value=\"").nth(1).expect("its key");
    value[..48].to_owned()
}

fn task<'a>(member: &'a str, what: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("version", "1"), ("member", member), ("what", what), ("due", "30/11/2026"), ("_key", key)]
}

#[test]
fn mtg_11_the_same_form_sent_again_counts_once_and_leads_where_the_first_one_did() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let at = format!("{}/tasks", opened(world));
        let key = key(&world.page(&who, &branch("/1")), &at);
        let member = world.people[1].to_string();
        let first = world.send(&who, &at, &task(&member, "Thăm hộ nghèo", &key)).unwrap();
        let again = world.send(&who, &at, &task(&member, "Thăm hộ nghèo", &key)).unwrap();
        assert_eq!(first, again);
        assert_eq!(world.acts("meeting-assigned").len(), 1);
        // Whoever goes back and writes something else has sent something else.
        world.send(&who, &at, &task(&member, "Thu quỹ", &key)).unwrap();
        assert_eq!(world.acts("meeting-assigned").len(), 2);
    });
}

#[test]
fn mtg_11_what_was_refused_may_be_sent_again_and_a_draft_is_no_sending() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let at = format!("{}/tasks", opened(world));
        let key = key(&world.page(&who, &branch("/1")), &at);
        let member = world.people[1].to_string();
        for _ in 0..2 {
            let refused = world.send(&who, &at, &task(&member, "", &key)).unwrap_err();
            assert!(refused.contains("error-message"), "{refused}");
        }
        // The key of one form is none of another: what is kept of it while it is typed claims nothing.
        let draft = [("version", "1"), ("report", "Đang viết"), ("_key", key.as_str())];
        for _ in 0..2 {
            let kept = world.ask(Lang::Vi, &who, "POST", &branch("/1/draft"), &draft);
            assert!(matches!(kept, Ok(Reply::Text(_))), "{kept:?}");
        }
        world.send(&who, &at, &task(&member, "Thu quỹ", &key)).unwrap();
        assert_eq!(world.acts("meeting-assigned").len(), 1);
    });
}

#[test]
fn mtg_11_a_forged_key_is_none_and_another_account_sends_for_itself() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let at = format!("{}/tasks", opened(world));
        let ours = key(&world.page(&who, &branch("/1")), &at);
        let member = world.people[1].to_string();
        let forged = "0".repeat(48);
        for key in [forged.as_str(), forged.as_str(), "", "x"] {
            world.send(&who, &at, &task(&member, "Thu quỹ", key)).unwrap();
        }
        let other = world.person(2, crate::world::id(BRANCH), crate::world::SECRETARY);
        for who in [&who, &other] {
            world.send(who, &at, &task(&member, "Thăm hộ nghèo", &ours)).unwrap();
        }
        assert_eq!(world.acts("meeting-assigned").len(), 6);
    });
}

#[test]
fn mtg_11_of_two_at_once_the_second_is_refused_inside_its_write() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        opened(world);
        let claim = |request: &str| world.house.db.write(&who, |op| chibo_store::once::claim(op, "00ab", request));
        assert_eq!(claim("first"), Ok(true));
        assert_eq!(claim("first"), Ok(true), "a request may write more than once");
        assert_eq!(claim("second"), Ok(false));
        world.clock.pass(3 * 24 * 3_600_000);
        let swept = world.house.db.write(&who, |op| chibo_store::once::claim(op, "00cd", "third"));
        assert_eq!(swept, Ok(true));
        assert_eq!(claim("second"), Ok(true), "after two days it is forgotten");
        let known = world.house.db.read(|tx| chibo_store::once::is_claimed(tx, who.account.unwrap(), "00ab"));
        assert_eq!(known, Ok(true));
    });
}
