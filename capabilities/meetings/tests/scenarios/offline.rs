//! Minutes written without network: allowed branch by branch, taken along, handed over once, by the checks of the forms.

use chibo_kernel::Problem;
use chibo_web::{Lang, Reply};

use crate::month::{branch, opened, send, written};
use crate::world::{BOARD, BRANCH, OTHER_BRANCH, SCHOOL, World, id};

fn allow(world: &World) {
    let above = world.viewer(id(SCHOOL), BOARD);
    world.send(&above, &branch("/offline"), &[("allow", "yes")]).unwrap();
}

fn taken_along(world: &World, meeting: &str) -> String {
    match world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &format!("{meeting}/offline.json"), &[]) {
        Ok(Reply::Json(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// The text of a field of the meeting as it was taken along.
fn field(told: &str, name: &str) -> String {
    let rest = told.split(&format!("\"{name}\":\"")).nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn mtg_08_writing_without_network_is_off_until_the_committee_above_allows_it() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let data = format!("{meeting}/offline.json");
        assert_eq!(world.ask(Lang::Vi, &who, "GET", &data, &[]).unwrap_err(), Problem::NotFound);
        let sent = world.ask(Lang::Vi, &who, "POST", &format!("{meeting}/offline"), &[("version", "1")]);
        assert_eq!(sent.unwrap_err(), Problem::NotFound);
        assert!(!world.page(&who, &meeting).contains("/offline/minutes"));
        assert!(
            world.ask(Lang::Vi, &who, "POST", &branch("/offline"), &[("allow", "yes")]).is_err(),
            "not the branch itself"
        );
        allow(world);
        assert!(world.page(&who, &meeting).contains(&format!("/offline/minutes#{}/1", id(BRANCH))));
        let told = taken_along(world, &meeting);
        assert!(told.contains("Trần Văn Bình") && told.contains("\"version\":1"), "{told}");
        let stranger = world.secretary(OTHER_BRANCH);
        assert_eq!(world.ask(Lang::Vi, &stranger, "GET", &data, &[]).unwrap_err(), Problem::NotFound);
        assert_eq!(world.acts("meeting-taken-along").len(), 1);
        world.send(&world.viewer(id(SCHOOL), BOARD), &branch("/offline"), &[("allow", "no")]).unwrap();
        assert_eq!(world.ask(Lang::Vi, &who, "GET", &data, &[]).unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_08_the_page_that_stays_on_the_device_names_nobody_and_its_worker_keeps_it() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        opened(world);
        let page = world.page(&who, "/offline/minutes");
        assert!(!page.contains("Trần") && page.contains("data-words"), "{page}");
        assert!(page.contains("href=\"/offline/manifest.json\""), "{page}");
        let part = |url: &str| match world.ask(Lang::Vi, &who, "GET", url, &[]) {
            Ok(Reply::Part { kind, body }) => (kind, String::from_utf8(body).unwrap()),
            other => panic!("{other:?}"),
        };
        let (kind, worker) = part("/offline/worker.js");
        assert!(
            kind.starts_with("text/javascript") && worker.starts_with("self.FILES = [\"/offline/minutes\","),
            "{worker}"
        );
        let (kind, manifest) = part("/offline/manifest.json");
        assert!(
            kind == "application/manifest+json" && manifest.contains("\"start_url\":\"/offline/minutes\""),
            "{manifest}"
        );
    });
}

#[test]
fn mtg_11_what_was_written_without_network_is_handed_over_once() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        allow(world);
        let told = taken_along(world, &meeting);
        let key = field(&told, "key");
        let (absent, why) = (format!("was-{}", world.people[3]), format!("why-{}", world.people[3]));
        let (spoke, member) = (format!("spoke-{}", world.people[1]), world.people[1].to_string());
        let form = [
            ("version", "2"),
            ("given", "0"),
            ("_key", key.as_str()),
            (absent.as_str(), "2"),
            (why.as_str(), "Đi công tác"),
            (spoke.as_str(), "2"),
            ("task-what-0", "Thăm hộ nghèo"),
            ("task-who-0", member.as_str()),
            ("task-due-0", "2026-11-30"),
            ("task-what-1", ""),
        ];
        let at = format!("{meeting}/offline");
        for _ in 0..2 {
            let sent = world.ask(Lang::Vi, &who, "POST", &at, &form);
            assert!(matches!(&sent, Ok(Reply::Redirect(to)) if to.starts_with(&meeting)), "{sent:?}");
        }
        let page = world.page(&who, &meeting);
        assert!(page.contains("Đi công tác") && page.contains("Thăm hộ nghèo"), "{page}");
        assert!(world.page_in(Lang::En, &who, &meeting).contains("4 of 5 present"));
        // The answer was lost and it is taken along anew: the assignment is the same one, not another.
        let told = taken_along(world, &meeting);
        let key = field(&told, "key");
        let again: Vec<_> = form
            .iter()
            .map(|(name, value)| match *name {
                "version" => (*name, "3"),
                "_key" => (*name, key.as_str()),
                _ => (*name, *value),
            })
            .collect();
        assert!(matches!(world.ask(Lang::Vi, &who, "POST", &at, &again), Ok(Reply::Redirect(_))));
        assert_eq!(world.acts("meeting-assigned").len(), 1);
    });
}

#[test]
fn mtg_08_what_others_wrote_meanwhile_is_a_conflict_and_wrong_answers_come_back_with_reasons() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        allow(world);
        let at = format!("{meeting}/offline");
        let stale = world.ask(Lang::Vi, &who, "POST", &at, &[("version", "1")]);
        assert!(matches!(stale, Err(Problem::Conflict(_))), "{stale:?}");
        let member = world.people[1].to_string();
        let told = |form: &[(&str, &str)]| match world.ask(Lang::Vi, &who, "POST", &at, form) {
            Ok(Reply::Json(text)) => text,
            other => panic!("{other:?}"),
        };
        let early = [
            ("version", "2"),
            ("task-what-0", "Quét dọn"),
            ("task-who-0", member.as_str()),
            ("task-due-0", "2026-11-01"),
        ];
        assert!(told(&early).contains("issues"), "due before it was given");
        let nobody = [("version", "2"), ("task-what-0", "Quét dọn"), ("task-due-0", "2026-11-30")];
        assert!(told(&nobody).contains("issues"));
        assert!(world.acts("meeting-assigned").is_empty() && world.acts("meeting-workbook-taken").is_empty());
    });
}
