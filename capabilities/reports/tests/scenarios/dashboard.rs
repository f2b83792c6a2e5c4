//! The dashboard.

use chibo_kernel::{Permission, Problem};
use chibo_web::words::Lang;

use crate::world::{ALL, CITY, DISTRICT, NEW_WARD, NO_LISTS, OFFICE, OFFICE_BRANCH, QUARTER_BRANCH, World, id};

fn figure(page: &str, label: &str) -> String {
    let (_, rest) = page.split_once(&format!("<dt>{label}</dt>")).unwrap_or_else(|| panic!("no {label} in {page}"));
    let (_, rest) = rest.split_once("\">").unwrap();
    rest.split_once("</a>").unwrap().0.to_owned()
}

#[test]
fn the_city_sees_its_members_organisations_and_what_july_changed() {
    let world = World::new();
    let city = world.viewer(&[(CITY, ALL)]);
    let page = world.page(&city, "/");
    assert_eq!(figure(&page, "Đảng viên"), "50");
    assert_eq!(figure(&page, "Tổ chức cơ sở đảng"), "1");
    assert_eq!(figure(&page, "Chi bộ"), "2");
    assert_eq!(figure(&page, "Đảng viên dự bị"), "10");
    assert_eq!(figure(&page, "Nữ"), "50,00\u{a0}%");
    assert!(page.contains("tăng 30 so với cùng kỳ"));
    assert!(page.contains("Sắp xếp ngày 1/7/2025") && page.contains("/reorganisations"));
    assert!(page.contains(&format!("/members?unit={}&#38;f=standing:1", id(CITY))), "figures open their lists");
    let english = world.page_in(Lang::En, &city, "/?day=30/6/2025");
    assert_eq!(figure(&english, "Members"), "20");
    assert_eq!(figure(&english, "Base organisations"), "2");
    assert!(english.contains(&format!("/?unit={}&amp;day=2025-06-30", id(DISTRICT))), "children keep the day");
    assert!(!english.contains("Reorganisation of 1 July 2025"), "not known on that day");
}

#[test]
fn org_18_a_new_unit_answers_for_its_forerunners_before_its_first_day() {
    let world = World::new();
    let ward = world.viewer(&[(NEW_WARD, ALL)]);
    let page = world.page(&ward, "/?day=2024-12-31");
    assert!(page.contains("chưa có Đảng bộ Phường Mới"), "{page}");
    assert_eq!(figure(&page, "Đảng viên"), "20");
    assert!(!page.contains("href=\"/members"), "the list has another scope on that day");
    let page = world.page(&ward, "/");
    assert_eq!(figure(&page, "Đảng viên"), "20");
    assert!(page.contains("href=\"/members?unit="));
    assert!(page.contains("31/12/2000"), "growth goes back before the unit");
}

#[test]
fn an_abolished_unit_answers_on_its_days_and_says_where_to_look_today() {
    let world = World::new();
    let ward = world.viewer(&[(NEW_WARD, ALL)]);
    let page = world.page(&ward, &format!("/?unit={}", id(DISTRICT)));
    assert!(page.contains("không có Đảng bộ Quận Cũ"));
    assert!(page.contains(&format!("unit={}&#38;day=2025-06-30", id(DISTRICT))), "{page}");
    assert!(page.contains(&format!("/?unit={}", id(NEW_WARD))));
    let page = world.page(&ward, &format!("/?unit={}&day=2025-06-30", id(DISTRICT)));
    assert_eq!(figure(&page, "Đảng viên"), "20");
    assert!(page.contains("không còn hoạt động"));
}

#[test]
fn out_of_scope_is_answered_like_absent() {
    let world = World::new();
    let ward = world.viewer(&[(NEW_WARD, ALL)]);
    for unit in [id(CITY), id(OFFICE), id(OFFICE_BRANCH), id(99)] {
        for page in ["/", "/crosstab", "/crosstab.xlsx"] {
            let asked = world.ask_in(Lang::Vi, &ward, &format!("{page}?unit={unit}"));
            assert_eq!(asked.err(), Some(Problem::NotFound), "{page} {unit}");
        }
    }
    assert_eq!(world.ask_in(Lang::Vi, &ward, "/?unit=x").err(), Some(Problem::NotFound));
}

#[test]
fn several_grants_make_a_switch_and_the_largest_comes_first() {
    let world = World::new();
    let both = world.viewer(&[(QUARTER_BRANCH, ALL), (OFFICE, NO_LISTS), (QUARTER_BRANCH, NO_LISTS)]);
    let page = world.page(&both, "/");
    assert_eq!(figure(&page, "Đảng viên"), "30");
    assert_eq!(page.matches("<li><a href=\"/?unit=").count(), 2);
    let one = world.viewer(&[(OFFICE, ALL)]);
    assert!(!world.page(&one, "/").contains("<nav class=\"tabs\""));
}

#[test]
fn somebody_without_reports_is_welcomed_with_what_they_may_open() {
    let world = World::new();
    for lang in [Lang::Vi, Lang::En] {
        let auditor = world.viewer(&[(CITY, &[Permission::ViewUnits, Permission::ViewAudit])]);
        let page = world.page_in(lang, &auditor, "/");
        assert!(page.contains("Trần Thị Bích") && page.contains("href=\"/audit\""), "{page}");
        assert!(!page.contains("href=\"/crosstab\"") && !page.contains("figures"));
    }
}

#[test]
fn while_members_are_loaded_the_page_says_so() {
    let world = World::still_loading();
    let city = world.viewer(&[(CITY, ALL)]);
    for url in ["/", "/crosstab?rows=sex"] {
        for lang in [Lang::Vi, Lang::En] {
            let page = world.page_in(lang, &city, url);
            assert!(page.contains("<progress") && page.contains("every 2s"), "{page}");
            assert!(page.contains(&format!("href=\"{url}\"")), "works without scripts");
        }
    }
    assert!(matches!(world.ask_in(Lang::Vi, &city, "/crosstab.xlsx"), Err(Problem::Busy(_))));
}
