//! A branch's month, from opening to the picture of the city.

use chibo_kernel::Problem;
use chibo_testkit::Typed;
use chibo_web::Lang;

use crate::world::{BRANCH, CITY, NEITHER, OTHER_BRANCH, PAST, SCHOOL, World, id};

pub fn branch(rest: &str) -> String {
    format!("/meetings/units/{}{rest}", id(BRANCH))
}

pub const NEW: Typed<'static> =
    &[("kind", "1"), ("on", "20/11/2026"), ("from", "19:00"), ("to", "20h35"), ("items", "Kinh tế\nDân chủ")];

/// Everything of a meeting but the roll.
pub fn written<'a>(world: &World, version: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let chair = world.people[0].to_string();
    let mut form: Vec<(String, String)> = [
        ("version", version),
        ("kind", "1"),
        ("on", "20/11/2026"),
        ("from", "19:00"),
        ("to", "20:35"),
        ("chair", chair.as_str()),
        ("items", "Kinh tế\nDân chủ"),
        ("report", "Đã thu quỹ"),
        ("discussion", "Mọi người góp ý"),
        ("conclusion", "Thống nhất"),
        ("ideology", "20"),
        ("noticed", "18/11/2026"),
        ("documents", "18/11/2026"),
        ("concluded", "21/11/2026"),
        ("prepared", "yes"),
        ("ticks", "content"),
        ("ticks", "draft"),
    ]
    .iter()
    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
    .collect();
    form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    form.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    form
}

pub fn send(world: &World, url: &str, form: &[(String, String)]) -> Result<String, String> {
    let typed: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.send(&world.secretary(BRANCH), url, &typed)
}

pub fn opened(world: &World) -> String {
    world.send(&world.secretary(BRANCH), &branch(""), NEW).unwrap();
    branch("/1")
}

#[test]
fn mtg_01_to_22_a_month_is_opened_written_closed_and_seen_from_above() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        assert!(world.page(&who, &branch("")).contains("Tháng 11/2026 chưa sinh hoạt"));
        let meeting = opened(world);
        let page = world.page(&who, &meeting);
        assert!(page.contains("Trần Văn An") && page.contains("Đang viết"), "{page}");
        let absent = format!("was-{}", world.people[3]);
        let spoke = format!("spoke-{}", world.people[1]);
        let form = written(world, "1", &[(&absent, "2"), (&spoke, "1")]);
        send(world, &meeting, &form).unwrap();
        assert!(world.page_in(Lang::En, &who, &meeting).contains("4 of 5 present"));
        world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("Chốt lần 1") && page.contains("/100"), "{page}");
        assert!(page.contains("Đã thu quỹ") && !page.contains("name=\"report\""), "what is closed is only read");

        for paper in ["minutes", "resolution", "attendance"] {
            assert!(world.file(&who, &format!("{meeting}/paper.pdf?paper={paper}")).starts_with(b"%PDF"));
            assert!(world.file(&who, &format!("{meeting}/paper.docx?paper={paper}")).starts_with(b"PK"));
        }

        let board = world.board();
        let above = world.page(&board, "/meetings?month=2026-11");
        assert!(above.contains("80,00"), "attendance is four of five: {above}");
        assert!(world.page(&board, "/meetings?month=2026-11&show=silent").contains("Chi bộ Khoa Điện"));
        assert!(!world.page(&board, "/meetings?month=2026-11&show=silent").contains("Chi bộ Khoa Toán"));
        assert!(!world.file(&board, "/meetings/export.xlsx?month=2026-11").is_empty());
        assert!(!above.contains("Tổ chức đảng trước đây"), "what only keeps the past meets no more: {above}");
        let past = format!("/meetings/units/{}", id(PAST));
        assert!(!world.page(&world.secretary(PAST), &past).contains("chưa sinh hoạt"), "and owes nothing");
        let mut acts = world.acts("meeting-");
        acts.dedup();
        assert_eq!(acts, ["meeting-list-exported", "meeting-printed", "meeting-closed", "meeting-opened"]);
        let branch_page = world.page(&who, &branch(""));
        assert!(!branch_page.contains("Tháng 11/2026 chưa sinh hoạt thường kỳ"), "{branch_page}");
    });
}

#[test]
fn mtg_01_there_is_one_regular_meeting_a_month() {
    World::each(|world| {
        opened(world);
        let again = world.send(&world.secretary(BRANCH), &branch(""), NEW).unwrap_err();
        assert!(again.contains("đã có một buổi thường kỳ"), "{again}");
        let thematic: Vec<_> = NEW.iter().copied().filter(|(name, _)| *name != "kind").chain([("kind", "2")]).collect();
        assert!(world.send(&world.secretary(BRANCH), &branch(""), &thematic).is_ok());
        let none = [("none-month", "2026-11"), ("none-reason", "Không đủ người")];
        let refused = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &branch("/none"), &none);
        assert!(matches!(refused, Ok(chibo_web::Reply::Html { status: 422, .. })), "{refused:?}");
        let none = [("none-month", "2026-10"), ("none-reason", "Cả chi bộ đi công tác")];
        world.send(&world.secretary(BRANCH), &branch("/none"), &none).unwrap();
        assert!(world.page(&world.secretary(BRANCH), &branch("")).contains("Cả chi bộ đi công tác"));
    });
}

#[test]
fn mtg_08_an_unfinished_meeting_is_not_closed_and_loses_nothing() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let body = world.send(&who, &format!("{meeting}/closing"), &[("version", "1")]).unwrap_err();
        for wanted in ["Chọn người chủ trì", "có mặt", "Ghi kết luận"] {
            assert!(body.contains(wanted), "{wanted}: {body}");
        }
        let body = send(world, &meeting, &written(world, "1", &[("from", "25:00")])).unwrap_err();
        assert!(body.contains("không phải giờ") && body.contains("Đã thu quỹ"), "{body}");
        let stale = send(world, &meeting, &written(world, "1", &[]));
        assert!(stale.is_ok());
        let form = written(world, "1", &[]);
        let typed: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let conflict = world.ask(Lang::Vi, &who, "POST", &meeting, &typed);
        assert!(matches!(conflict, Ok(chibo_web::Reply::Html { status: 409, .. })), "{conflict:?}");
        let form = written(world, "1", &[("report", "Bản của tôi")]);
        let typed: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let Ok(chibo_web::Reply::Html { status: 409, body }) = world.ask(Lang::Vi, &who, "POST", &meeting, &typed)
        else {
            panic!("a conflict")
        };
        assert!(body.contains("Bản của tôi") && body.contains("Đã thu quỹ"), "both side by side: {body}");
        assert!(body.contains("name=\"version\" value=\"2\""), "sent again it counts: {body}");
        send(world, &meeting, &written(world, "2", &[("report", "Bản của tôi")])).unwrap();
    });
}

#[test]
fn mtg_20_a_closed_meeting_is_corrected_by_another_closing_with_its_reason() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        let form = written(world, "3", &[]);
        let typed: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let refused = world.ask(Lang::Vi, &who, "POST", &meeting, &typed);
        assert!(matches!(refused, Ok(chibo_web::Reply::Html { status: 409, .. })), "{refused:?}");
        world.send(&who, &format!("{meeting}/correction"), &[("version", "3")]).unwrap();
        let body = world.send(&who, &format!("{meeting}/closing"), &[("version", "4")]).unwrap_err();
        assert!(body.contains("lý do sửa"), "{body}");
        let closing = [("version", "4"), ("reason", "Ghi thiếu người phát biểu")];
        world.send(&who, &format!("{meeting}/closing"), &closing).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("Chốt lần 2") && page.contains("Ghi thiếu người phát biểu"), "{page}");
    });
}

#[test]
fn x_03_a_vote_has_no_more_ballots_than_voters_and_x_09_probationary_members_do_not_count() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        let vote = |yes| [("version", "2"), ("subject", "Khen thưởng"), ("form", "raised-card"), ("yes", yes)];
        let body = world.send(&who, &format!("{meeting}/votes"), &vote("5")).unwrap_err();
        assert!(body.contains("5 phiếu") && body.contains("4 người"), "{body}");
        world.send(&who, &format!("{meeting}/votes"), &vote("3")).unwrap();
        assert!(world.page(&who, &meeting).contains("Thông qua"));
    });
}

#[test]
fn mtg_11_assignments_come_back_until_they_end() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let member = world.people[1].to_string();
        let task = [("version", "1"), ("member", member.as_str()), ("what", "Thăm hộ nghèo"), ("due", "30/11/2026")];
        world.send(&who, &format!("{meeting}/tasks"), &task).unwrap();
        let page = world.page(&who, &branch(""));
        let start = page.find("/tasks/").expect("the assignment") + 7;
        let one = branch(&format!("/tasks/{}", &page[start..start + 32]));
        assert!(world.page(&who, &one).contains("Đang làm"));
        let late = [("outcome", "done"), ("done", "30/12/2026")];
        assert!(world.send(&who, &one, &late).unwrap_err().contains("sau hôm nay"));
        world.send(&who, &one, &[("outcome", "done"), ("done", "21/11/2026")]).unwrap();
        assert!(world.page(&who, &one).contains("Xong đúng hạn"));
        let stranger = world.secretary(OTHER_BRANCH);
        assert_eq!(world.ask(Lang::Vi, &stranger, "GET", &one, &[]).unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn meetings_of_others_are_not_seen() {
    World::each(|world| {
        let meeting = opened(world);
        let stranger = world.secretary(NEITHER);
        for url in [meeting.as_str(), &branch("")] {
            assert_eq!(world.ask(Lang::Vi, &stranger, "GET", url, &[]).unwrap_err(), Problem::NotFound);
        }
        let ward = world.viewer(id(SCHOOL), crate::world::BOARD);
        let seen = world.page(&ward, &format!("/meetings?unit={}&month=2026-11", id(SCHOOL)));
        assert!(seen.contains("Chi bộ Khoa Hóa") && !seen.contains("Chi bộ Khoa Điện"), "{seen}");
        let above = world.ask(Lang::Vi, &ward, "GET", &format!("/meetings?unit={}", id(CITY)), &[]);
        assert_eq!(above.unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_12_whoever_is_assigned_to_attend_is_asked_for_and_named_when_he_stays_away() {
    World::each(|world| {
        let above = world.viewer(id(SCHOOL), crate::world::BOARD);
        let meeting = opened(world);
        let assign = [("watcher", "Trần Văn Bình"), ("watches-from", "01/06/2026")];
        world.send(&above, &branch("/watchers"), &assign).unwrap();
        let again = world.send(&above, &branch("/watchers"), &assign).unwrap_err();
        assert!(again.contains("đang được phân công"), "{again}");
        let absent = format!("/meetings/watchers?unit={}&show=absent", id(SCHOOL));
        assert!(world.page(&above, &absent).contains("Trần Văn Bình"));
        let came = [("came-1", "1"), ("remark-1", "Sôi nổi")];
        world.send(&world.secretary(BRANCH), &format!("{meeting}/visits"), &came).unwrap();
        assert!(world.page(&world.secretary(BRANCH), &meeting).contains("Sôi nổi"));
        assert!(!world.page(&above, &absent).contains("Trần Văn Bình"));
        let roster = world.page(&above, "/meetings/watchers");
        assert!(roster.contains("1/1") && roster.contains("Sôi nổi"), "with what he remarked: {roster}");
        world.send(&above, &branch("/watchers"), &[("watch", "1"), ("watches-from", "22/11/2026")]).unwrap();
        assert!(world.page(&above, "/meetings/watchers").contains("Chưa phân công"));
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &branch("/watchers"), &assign);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
    });
}

#[test]
fn what_was_typed_and_not_sent_comes_back_to_its_writer_only() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let absent = format!("was-{}", world.people[2]);
        let typed = [("version", "1"), ("report", "Đang viết dở dang"), (&absent, "3"), ("_path", "/x")];
        let kept = world.ask(Lang::Vi, &who, "POST", &format!("{meeting}/draft"), &typed).unwrap();
        assert!(matches!(&kept, chibo_web::Reply::Text(text) if text.contains("Đã lưu nháp")), "{kept:?}");
        let page = world.page(&who, &meeting);
        assert!(page.contains("Đang viết dở dang") && page.contains("bản nháp chưa lưu"), "{page}");
        let other = world.person(2, id(BRANCH), crate::world::SECRETARY);
        assert!(!world.page(&other, &meeting).contains("Đang viết dở dang"));
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        assert!(!world.page(&who, &meeting).contains("Đang viết dở dang"), "what was sent is no draft any more");
    });
}
