//! The board: every number is the length of the list behind it, as of any day, with its age.

use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{CITY, OFFICE, OFFICE_BRANCH, OFFICER, READER, SCHOOL, World, consent, id};

/// The addresses of lists with the numbers they stand on.
fn links(page: &str) -> Vec<(String, usize)> {
    let pieces = page.split("<a href=\"").skip(1).filter_map(|piece| piece.split_once("\">"));
    let lists = pieces.filter(|(href, _)| href.starts_with("/alerts?"));
    let read = |(href, rest): (&str, &str)| {
        let number = rest.split_once("</a>")?.0.parse::<usize>().ok()?;
        Some((href.replace("&amp;", "&").replace("&#38;", "&"), number))
    };
    lists.filter_map(read).collect()
}

/// Rows of the list.
fn rows(page: &str) -> usize {
    page.matches("<div class=\"two\"><span class=\"tag\">ORG-").count()
}

#[test]
fn tsk_10_every_number_is_the_length_of_the_list_behind_it() {
    World::each(|world| {
        let city = world.viewer(CITY, READER);
        let school = format!("/alerts?unit={}", id(SCHOOL));
        for url in ["/alerts", "/alerts?day=28/2/2026", "/alerts?rule=ORG-04", school.as_str()] {
            let links = links(&world.page(&city, url));
            assert!(links.len() > 2, "{url}: {links:?}");
            for (list, number) in links {
                assert_eq!(rows(&world.page(&city, &list)), number, "{url}: {list}");
            }
        }
        assert_eq!(rows(&world.page(&city, "/alerts")), 6);
    });
}

#[test]
fn org_01_org_04_org_05_org_20_are_told_with_numbers_paragraph_and_act() {
    World::each(|world| {
        let page = world.page(&world.viewer(CITY, OFFICER), "/alerts");
        for told in ["Có 2 đảng viên chính thức", "Chi bộ có 31 đảng viên", "Đảng bộ cơ sở có 10 đảng viên"]
        {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(page.contains("Chi bộ có 10 đảng viên chính thức") && page.contains("208-QĐ/TW"));
        assert!(page.contains(&format!("/units/{}/offices", id(OFFICE_BRANCH))));
        assert!(page.contains(&consent(OFFICE)));
        let reader = world.page(&world.viewer(CITY, READER), "/alerts");
        assert_eq!(rows(&reader), 6);
        assert!(!reader.contains(&consent(OFFICE)), "who may not do it gets no link");
    });
}

#[test]
fn a_breach_is_as_old_as_the_month_ends_on_which_it_held() {
    World::each(|world| {
        let city = world.viewer(CITY, READER);
        // The two members came on 1 March 2026: since then their branch is without a secretary.
        let page = world.page(&city, "/alerts?rule=ORG-20");
        assert!(page.contains("31/03/2026") && page.contains("30/11/2024 hoặc trước đó"), "{page}");
        assert!(world.page(&city, "/alerts?rule=ORG-20&day=30/3/2026").contains("trong tháng"));
        assert_eq!(rows(&world.page(&city, "/alerts?rule=ORG-20&day=28/2/2026")), 1);
    });
}

#[test]
fn lists_show_what_the_viewer_may_see_and_nothing_else() {
    World::each(|world| {
        let office = world.viewer(OFFICE, OFFICER);
        let page = world.page(&office, "/alerts");
        assert_eq!(rows(&page), 2);
        assert!(page.contains("Chi bộ Văn phòng") && !page.contains("Khoa Toán") && !page.contains("Thành phố"));
        let elsewhere = world.ask(Lang::Vi, &office, "GET", &format!("/alerts?unit={}", id(SCHOOL)), &[]);
        assert!(matches!(elsewhere, Err(Problem::NotFound)), "{elsewhere:?}");
    });
}

#[test]
fn the_workbook_is_made_and_recorded() {
    World::each(|world| {
        let city = world.viewer(CITY, OFFICER);
        for url in ["/alerts/export.xlsx", "/alerts/export.xlsx?rule=ORG-05"] {
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
        assert_eq!(acts.iter().filter(|act| *act == "alert-list-exported").count(), 2);
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn every_page_has_its_words_in_both_languages() {
    World::each(|world| {
        let city = world.viewer(CITY, OFFICER);
        let queries = ["", "?rule=ORG-01", "?kind=CB", "?rule=ORG-22", "?day=1/1/1990", "?day=1/1/2024", "?after=4"];
        let mut urls = queries.map(|query| format!("/alerts{query}")).to_vec();
        urls.push(format!("/alerts?unit={}&day=1/1/1990", id(SCHOOL)));
        urls.extend([consent(OFFICE), consent(OFFICE_BRANCH)]);
        for lang in [Lang::Vi, Lang::En] {
            for url in &urls {
                world.page_in(lang, &city, url);
            }
        }
        assert!(world.page(&city, "/alerts?day=1/1/2020").contains("Chưa có bộ quy định nào"));
    });
}
