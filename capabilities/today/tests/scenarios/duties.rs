//! What is due for whom.

use chibo_kernel::{Permission, Problem};
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, OTHER, SCHOOL, World, id};

/// Rows of the list on a page.
fn listed(page: &str) -> usize {
    page.matches("href=\"/deeds/").count()
}

#[test]
fn tsk_10_every_number_is_the_length_of_the_list_behind_it() {
    World::each(|world| {
        let who = world.officer(CITY);
        let page = world.page(&who, "/today");
        assert_eq!(listed(&page), 7);
        for (due, count) in [("overdue", 1), ("now", 3), ("soon", 1), ("later", 2)] {
            let href = format!("/today?due={due}");
            assert!(page.contains(&format!("<a href=\"{href}\">{count}</a>")), "{due}: {page}");
            assert_eq!(listed(&world.page(&who, &href)), count, "{due}");
        }
        let school = format!("/today?unit={}", id(SCHOOL));
        assert!(page.contains(&format!("<a href=\"{school}\">4</a>")), "{page}");
        assert_eq!(listed(&world.page(&who, &school)), 4);
        assert_eq!(listed(&world.page(&who, "/today?sort=deeds&due=now")), 3);
    });
}

#[test]
fn the_digest_leads_to_a_day() {
    World::each(|world| {
        let who = world.officer(CITY);
        let day = chibo_testkit::TODAY.plus_days(5).iso();
        assert!(world.page(&who, "/today").contains(&format!("href=\"/today?on={day}\"")));
        assert_eq!(listed(&world.page(&who, &format!("/today?on={day}"))), 2);
    });
}

#[test]
fn a_duty_is_shown_only_to_those_who_may_act_in_its_unit() {
    World::each(|world| {
        assert_eq!(listed(&world.page(&world.officer(OTHER), "/today")), 3);
        assert_eq!(listed(&world.page(&world.officer(BRANCH), "/today")), 3);
        let reader = world.viewer(id(CITY), &[Permission::ViewUnits]);
        assert_eq!(listed(&world.page(&reader, "/today")), 0);
        let elsewhere = format!("/today?unit={}", id(OTHER));
        let asked = world.ask(Lang::Vi, &world.officer(SCHOOL), "GET", &elsewhere, &[]);
        assert!(matches!(asked, Err(Problem::NotFound)), "{asked:?}");
    });
}

#[test]
fn the_list_goes_out_as_workbook_and_calendar_and_both_are_recorded() {
    World::each(|world| {
        let who = world.officer(SCHOOL);
        assert!(world.file(&who, "/today/export.xlsx").starts_with(b"PK"));
        let calendar = String::from_utf8(world.file(&who, "/today/calendar.ics")).unwrap();
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 4);
        assert!(calendar.replace("\r\n ", "").contains("Chi bộ Khoa Toán"));
        let reader = world.viewer(id(SCHOOL), &[Permission::ViewUnits]);
        let refused = world.ask(Lang::Vi, &reader, "GET", "/today/export.xlsx", &[]);
        assert!(matches!(refused, Err(Problem::Denied)), "{refused:?}");
        let empty = world.ask(Lang::Vi, &reader, "GET", "/today/calendar.ics", &[]);
        assert!(matches!(empty, Ok(Reply::File { .. })));
        let acts = world.acts("duty-");
        assert_eq!(acts, ["duty-calendar-taken", "duty-list-exported"]);
    });
}

#[test]
fn english_pages_have_their_words() {
    World::each(|world| {
        assert!(world.page_in(Lang::En, &world.officer(CITY), "/today").contains("Overdue"));
    });
}

#[test]
fn the_first_page_counts_what_was_found_within_the_last_minute() {
    World::each(|world| {
        let who = world.officer(SCHOOL);
        let count = || chibo_web::pressing_of(&world.visit(Lang::Vi, &who, "/")).unwrap();
        let first = count();
        assert_eq!(first.iter().sum::<usize>(), 4);
        // Others' duties are not counted, from the same shelf.
        let reader = world.viewer(id(SCHOOL), &[Permission::ViewUnits]);
        assert_eq!(chibo_web::pressing_of(&world.visit(Lang::Vi, &reader, "/")).unwrap(), [0; 4]);
        // On another day everything is found anew: what was due now is overdue.
        world.clock.set(chibo_testkit::TODAY.plus_days(20));
        assert!(count()[0] > first[0]);
    });
}
