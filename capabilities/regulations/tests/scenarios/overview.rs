//! Who has not adopted one: every number is the length of the list behind it, as of any day.

use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{CITY, GROUP, OFFICE, OFFICER, READER, SCHOOL, SCHOOL_BRANCH, World, at, id};

/// The addresses of lists with the numbers they stand on.
fn links(page: &str) -> Vec<(String, usize)> {
    let pieces = page.split("<a href=\"").skip(1).filter_map(|piece| piece.split_once("\">"));
    let lists = pieces.filter(|(href, _)| href.starts_with("/regulations?") && href.contains("state="));
    let read = |(href, rest): (&str, &str)| {
        let number = rest.split_once("</a>")?.0.parse::<usize>().ok()?;
        Some((href.replace("&amp;", "&").replace("&#38;", "&"), number))
    };
    lists.filter_map(read).collect()
}

fn units_in(page: &str) -> usize {
    page.matches("<a href=\"/regulations/units/").count()
}

/// One branch adopts a regulation and does not send it yet; gives the model.
fn prepare(world: &World) -> String {
    let model = world.first_model();
    let officer = world.viewer(SCHOOL, OFFICER);
    let form = [
        ("after", "0"),
        ("number", "01-QC/CB"),
        ("adopted", "1/3/2026"),
        ("from", "1/3/2026"),
        ("body", "Điều 1"),
        ("model", model.as_str()),
    ];
    world.send(&officer, &at(SCHOOL_BRANCH, "/new"), &form).unwrap();
    model
}

#[test]
fn tsk_10_every_number_is_the_length_of_the_list_behind_it() {
    World::each(|world| {
        prepare(world);
        let city = world.viewer(CITY, READER);
        for url in ["/regulations", "/regulations?day=28/2/2026", &format!("/regulations?unit={}", id(SCHOOL))] {
            let links = links(&world.page(&city, url));
            assert!(links.len() > 4, "{url}");
            for (list, number) in links {
                assert_eq!(units_in(&world.page(&city, &list)), number, "{url}: {list}");
            }
        }
        let never = world.page(&city, "/regulations?kind=CB&state=never");
        assert!(never.contains("Chi bộ Khoa Văn") && never.contains("Chi bộ Văn phòng"));
        assert!(!never.contains("Chi bộ Khoa Toán") && !never.contains("Tổ đảng số 1"));
        assert_eq!(units_in(&world.page(&city, "/regulations?kind=CB&state=never&day=28/2/2026")), 3);
    });
}

#[test]
fn lists_show_what_the_viewer_may_see_and_nothing_else() {
    World::each(|world| {
        prepare(world);
        let office = world.viewer(OFFICE, OFFICER);
        let page = world.page(&office, "/regulations?state=never");
        assert!(page.contains("Chi bộ Văn phòng") && !page.contains("Khoa Văn") && !page.contains("Thành phố"));
        assert_eq!(units_in(&world.page(&office, "/regulations?state=unsent")), 0);
    });
}

#[test]
fn the_workbook_is_made_and_recorded() {
    World::each(|world| {
        prepare(world);
        let city = world.viewer(CITY, OFFICER);
        for url in ["/regulations/export.xlsx", "/regulations/export.xlsx?state=unsent"] {
            let Ok(Reply::File { body, .. }) = world.ask(Lang::Vi, &city, "GET", url, &[]) else { panic!("{url}") };
            assert!(body.starts_with(b"PK"));
        }
        let mut acts = Vec::new();
        let newest = world.house.db.read(|tx| {
            chibo_store::audit::newest(tx, None, 100, |row| {
                acts.push(row.action);
                Ok(())
            })
        });
        assert_eq!(newest, Ok(()));
        assert_eq!(acts.iter().filter(|act| *act == "regulation-list-exported").count(), 2);
        for act in ["regulation-adopted", "regulation-model-issued"] {
            assert!(acts.iter().any(|other| other == act), "{act}");
        }
    });
}

#[test]
fn every_page_has_its_words_in_both_languages() {
    World::each(|world| {
        let model = prepare(world);
        let city = world.viewer(CITY, OFFICER);
        let mut urls: Vec<String> = ["", "?state=never", "?kind=DBCS", "?state=unsent", "?day=1/1/1990"]
            .map(|query| format!("/regulations{query}"))
            .to_vec();
        urls.extend(["", "/new"].map(|rest| format!("/regulations/models{rest}")));
        urls.extend([format!("/regulations/models?model={model}"), format!("/regulations/models/new?after={model}")]);
        let rests = ["", "/new", "/new?text=model", "?against=model", "?day=1/1/1990", "/reports?version=1"];
        urls.extend(rests.map(|rest| at(SCHOOL_BRANCH, rest)));
        urls.push(at(SCHOOL_BRANCH, "/announcements?version=1"));
        urls.push(format!("/regulations?unit={}&day=1/1/1990", id(SCHOOL)));
        urls.push(at(GROUP, ""));
        for lang in [Lang::Vi, Lang::En] {
            for url in &urls {
                world.page_in(lang, &city, url);
            }
        }
    });
}
