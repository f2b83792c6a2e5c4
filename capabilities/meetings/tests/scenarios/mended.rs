//! What was closed stays as it was closed; months follow every correction; what is sent twice counts once.

use chibo_kernel::Problem;
use chibo_store::handover::outlook;
use chibo_web::{Lang, Reply};

use crate::month::{NEW, branch, opened, send, written};
use crate::world::{BRANCH, NEITHER, OTHER_BRANCH, SCHOOL, World, id};

fn close(world: &World, meeting: &str, version: &str, more: &[(&str, &str)]) -> Result<String, String> {
    let form: Vec<_> = [("version", version)].into_iter().chain(more.iter().copied()).collect();
    world.send(&world.secretary(BRANCH), &format!("{meeting}/closing"), &form)
}

/// A regular meeting, written and closed; its address. The next version is 3.
fn closed(world: &World, more: &[(&str, &str)]) -> String {
    let meeting = opened(world);
    send(world, &meeting, &written(world, "1", more)).unwrap();
    close(world, &meeting, "2", &[]).unwrap();
    meeting
}

fn kind<'a>(code: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let own = NEW.iter().copied().filter(|(name, _)| *name != "kind" && !more.iter().any(|(other, _)| other == name));
    own.chain([("kind", code)]).chain(more.iter().copied()).collect()
}

fn task_of(page: &str) -> String {
    let start = page.find("/tasks/").expect("the assignment") + 7;
    branch(&format!("/tasks/{}", &page[start..start + 32]))
}

#[test]
fn mtg_20_a_closed_sheet_stays_as_it_was_when_facts_change_later() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        // In October an assignment was given that was due before the November meeting and still open at it.
        world.send(&who, &branch(""), &kind("1", &[("on", "20/10/2026")])).unwrap();
        let october = branch("/1");
        let member = world.people[1].to_string();
        let task = [("version", "1"), ("member", &member), ("what", "Thăm hộ nghèo"), ("due", "10/11/2026")];
        world.send(&who, &format!("{october}/tasks"), &task).unwrap();
        send(
            world,
            &october,
            &written(
                world,
                "1",
                &[
                    ("on", "20/10/2026"),
                    ("noticed", "18/10/2026"),
                    ("documents", "18/10/2026"),
                    ("concluded", "21/10/2026"),
                ],
            ),
        )
        .unwrap();
        close(world, &october, "2", &[]).unwrap();
        world.send(&who, &branch(""), NEW).unwrap();
        let november = branch("/2");
        send(world, &november, &written(world, "1", &[])).unwrap();
        assert!(world.page_in(Lang::En, &who, &november).contains("10/30"), "nothing of one was done");
        close(world, &november, "2", &[]).unwrap();
        let sheet = |world: &World| {
            let page = world.page_in(Lang::En, &who, &november);
            let start = page.find("/100").unwrap();
            page[start.saturating_sub(3)..start + 4].to_owned()
        };
        let before = sheet(world);
        let one = task_of(&world.page(&who, &branch("")));
        world.send(&who, &one, &[("outcome", "done"), ("done", "05/11/2026")]).unwrap();
        assert_eq!(sheet(world), before, "what was closed is not computed again");
        assert!(world.page_in(Lang::En, &who, &november).contains("10/30"));
        world.send(&who, &format!("{november}/correction"), &[("version", "3")]).unwrap();
        assert!(world.page_in(Lang::En, &who, &november).contains("30/30"), "an opened one is");
    });
}

#[test]
fn mtg_20_every_closing_is_shown_with_what_it_changed() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        let vote = [("version", "2"), ("subject", "Khen thưởng"), ("form", "show-of-hands"), ("yes", "3")];
        world.send(&who, &format!("{meeting}/votes"), &vote).unwrap();
        close(world, &meeting, "2", &[]).unwrap();
        world.send(&who, &format!("{meeting}/correction"), &[("version", "3")]).unwrap();
        send(world, &meeting, &written(world, "4", &[("place", "Hội trường B")])).unwrap();
        close(world, &meeting, "5", &[("reason", "Ghi sai nơi họp")]).unwrap();
        let first = world.page(&who, &format!("{meeting}/closings/1"));
        assert!(
            first.contains("Khen thưởng") && first.contains("Giơ tay") && !first.contains("Hội trường B"),
            "{first}"
        );
        let second = world.page(&who, &format!("{meeting}/closings/2"));
        assert!(second.contains("Hội trường B") && second.contains("Ghi sai nơi họp"), "{second}");
        assert!(world.page(&who, &meeting).contains("/closings/1"));
        let none = world.ask(Lang::Vi, &who, "GET", &format!("{meeting}/closings/3"), &[]);
        assert_eq!(none.unwrap_err(), Problem::NotFound);
        let stranger = world.secretary(OTHER_BRANCH);
        let hidden = world.ask(Lang::Vi, &stranger, "GET", &format!("{meeting}/closings/1"), &[]);
        assert_eq!(hidden.unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_02_taking_out_an_open_thematic_meeting_leaves_the_regular_one_to_the_month() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        opened(world);
        world.send(&who, &branch(""), &kind("2", &[])).unwrap();
        world.send(&who, &branch("/2/removal"), &[("version", "1")]).unwrap();
        let none = [("none-month", "2026-11"), ("none-reason", "Không đủ người")];
        let refused = world.ask(Lang::Vi, &who, "POST", &branch("/none"), &none);
        assert!(matches!(refused, Ok(Reply::Html { status: 422, .. })), "the month still has its meeting: {refused:?}");
    });
}

#[test]
fn mtg_01_the_month_follows_a_correction_of_the_kind() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = closed(world, &[]);
        assert!(!world.page(&who, &branch("")).contains("chưa sinh hoạt thường kỳ"));
        world.send(&who, &format!("{meeting}/correction"), &[("version", "3")]).unwrap();
        assert!(
            !world.page(&who, &branch("")).contains("chưa sinh hoạt thường kỳ"),
            "what was closed holds until then"
        );
        send(world, &meeting, &written(world, "4", &[("kind", "2"), ("items", "# Chuyên đề")])).unwrap();
        close(world, &meeting, "5", &[("reason", "Đây là buổi chuyên đề")]).unwrap();
        let page = world.page(&who, &branch(""));
        assert!(page.contains("Tháng 11/2026 chưa sinh hoạt thường kỳ"), "{page}");
        let board = world.page(&world.board(), "/meetings?month=2026-11&show=silent");
        assert!(board.contains("Chi bộ Khoa Toán"), "{board}");
    });
}

#[test]
fn mtg_08_the_number_of_a_meeting_taken_out_is_not_given_again_and_takes_its_visits_along() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let above = world.viewer(id(SCHOOL), crate::world::BOARD);
        let assign = [("watcher", "Trần Văn Bình"), ("watches-from", "01/06/2026")];
        world.send(&above, &branch("/watchers"), &assign).unwrap();
        let meeting = opened(world);
        world.send(&who, &format!("{meeting}/visits"), &[("came-1", "1"), ("remark-1", "Sôi nổi")]).unwrap();
        world
            .ask(Lang::Vi, &who, "POST", &format!("{meeting}/draft"), &[("version", "1"), ("report", "Dở dang")])
            .unwrap();
        world.send(&who, &format!("{meeting}/removal"), &[("version", "1")]).unwrap();
        world.send(&who, &branch(""), NEW).unwrap();
        let page = world.page(&who, &branch("/2"));
        assert!(!page.contains("Sôi nổi") && !page.contains("Dở dang"), "{page}");
        assert_eq!(world.ask(Lang::Vi, &who, "GET", &meeting, &[]).unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_04_the_day_of_posting_is_added_after_closing_without_a_correction() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = closed(world, &[("concluded", "")]);
        let post = |version, day| {
            let form = [("version", version), ("posted", day)];
            world.send(&who, &format!("{meeting}/posting"), &form)
        };
        assert!(post("3", "19/11/2026").unwrap_err().contains("trước ngày sinh hoạt"));
        assert!(post("3", "30/12/2026").unwrap_err().contains("sau hôm nay"));
        let points =
            |page: &str| page[page.find("/100").unwrap() - 2..page.find("/100").unwrap()].parse::<u32>().unwrap();
        let before = points(&world.page(&who, &meeting));
        post("3", "22/11/2026").unwrap();
        let page = world.page(&who, &meeting);
        assert_eq!(points(&page), before + 1, "{page}");
        assert!(page.contains("Chốt lần 2") && page.contains("Bổ sung ngày đăng"), "{page}");
        assert!(post("4", "21/11/2026").unwrap_err().contains("Đã có ngày đăng"));
        let difference = world.page_in(Lang::En, &who, &format!("{meeting}/closings/2"));
        assert!(difference.contains("22/11/2026"), "{difference}");
    });
}

#[test]
fn x_06_hands_are_shown_and_a_vote_written_by_mistake_is_taken_out() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        let vote =
            [("version", "2"), ("after", "0"), ("subject", "Khen thưởng"), ("form", "show-of-hands"), ("yes", "3")];
        world.send(&who, &format!("{meeting}/votes"), &vote).unwrap();
        world.send(&who, &format!("{meeting}/votes"), &vote).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("Giơ tay") && page.contains("name=\"undo\""), "{page}");
        assert_eq!(page.matches("name=\"undo\"").count(), 1, "sent twice, counted once");
        world.send(&who, &format!("{meeting}/votes"), &[("version", "2"), ("undo", "1")]).unwrap();
        assert!(!world.page(&who, &meeting).contains("Khen thưởng"));
    });
}

#[test]
fn x_03_whoever_is_elsewhere_or_detained_is_not_in_the_denominator() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let (elsewhere, detained) = (format!("was-{}", world.people[2]), format!("was-{}", world.people[3]));
        send(world, &meeting, &written(world, "1", &[(&elsewhere, "5"), (&detained, "6")])).unwrap();
        let vote = |yes| [("version", "2"), ("subject", "Khen"), ("form", "raised-card"), ("yes", yes)];
        let body = world.send(&who, &format!("{meeting}/votes"), &vote("3")).unwrap_err();
        assert!(body.contains("2 người"), "two of four official members are left: {body}");
        world.send(&who, &format!("{meeting}/votes"), &vote("2")).unwrap();
        assert!(
            world.page_in(Lang::En, &who, &meeting).contains("3 of 3 present"),
            "the probationary one is there too"
        );
    });
}

#[test]
fn mtg_11_an_assignment_or_a_meeting_sent_twice_counts_once() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let form = kind("4", &[("after", "1")]);
        world.send(&who, &branch(""), &form).unwrap();
        world.send(&who, &branch(""), &form).unwrap();
        assert_eq!(world.ask(Lang::Vi, &who, "GET", &branch("/2"), &[]).unwrap_err(), Problem::NotFound);
        let member = world.people[1].to_string();
        let task =
            [("version", "1"), ("after", "0"), ("member", &*member), ("what", "Thăm hộ nghèo"), ("due", "30/11/2026")];
        world.send(&who, &branch("/1/tasks"), &task).unwrap();
        world.send(&who, &branch("/1/tasks"), &task).unwrap();
        assert_eq!(world.page(&who, &branch("/1")).matches("Thăm hộ nghèo").count(), 1);
        let page = world.page(&who, &format!("/meetings/members/{member}"));
        assert!(page.contains("Thăm hộ nghèo") && page.contains("Việc đang làm"), "{page}");
        let stranger = world.secretary(OTHER_BRANCH);
        let hidden = world.ask(Lang::Vi, &stranger, "GET", &format!("/meetings/members/{member}"), &[]);
        assert_eq!(hidden.unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_13_an_online_meeting_is_refused_at_opening_and_at_closing() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let refused = world.send(&who, &branch(""), &kind("1", &[("place", "Trực tuyến qua Zoom")])).unwrap_err();
        assert!(refused.contains("chỉ được thí điểm"), "{refused}");
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[("place", "Trực tuyến")])).unwrap();
        assert!(close(world, &meeting, "2", &[]).unwrap_err().contains("chỉ được thí điểm"));
    });
}

#[test]
fn mtg_08_a_text_that_is_too_long_is_refused_with_a_sentence() {
    World::each(|world| {
        let meeting = opened(world);
        let long = "ă".repeat(20_001);
        let body = send(world, &meeting, &written(world, "1", &[("report", &long)])).unwrap_err();
        assert!(body.contains("20001 chữ") || body.contains("20.001 chữ"), "the length is said");
        let member = world.people[1].to_string();
        let task = [("version", "1"), ("member", &*member), ("what", &long), ("due", "30/11/2026")];
        let body = world.send(&world.secretary(BRANCH), &format!("{meeting}/tasks"), &task).unwrap_err();
        assert!(body.contains("chỉ được 500"), "{}", body.len());
    });
}

#[test]
fn mtg_06_branches_below_the_target_are_named_and_cells_lead_to_month_and_branch() {
    World::each(|world| {
        let absent = format!("was-{}", world.people[3]);
        closed(world, &[(&absent, "2")]);
        let board = world.board();
        let below = world.page(&board, "/meetings?month=2026-11&show=below");
        assert!(below.contains("Chi bộ Khoa Toán"), "{below}");
        let school = format!("/meetings?unit={}&month=2026-11", id(SCHOOL));
        let page = world.page(&board, &school);
        assert!(page.contains(&format!("/meetings/units/{}?month=2026-11", id(BRANCH))), "{page}");
        assert!(world.page(&board, &format!("{school}&of=points")).contains("Điểm trung bình từng tháng"));
        let only = world.page(&board, &format!("{}?month=2026-10", branch("")));
        assert!(only.contains("Chỉ hiện tháng 10/2026"), "{only}");
        assert!(!world.file(&board, "/meetings/watchers/export.xlsx").is_empty());
    });
}

#[test]
fn mtg_08_before_closing_it_is_said_which_required_topics_are_left_out() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let page = world.page(&who, &meeting);
        assert!(page.contains("chưa có trong buổi này") && page.contains("Trung thực trong thi cử"), "{page}");
        let all = "Nội quy, học tập, đạo đức\nTình nguyện\nTrung thực trong thi cử\nTạo nguồn phát triển đảng viên";
        send(world, &meeting, &written(world, "1", &[("items", all)])).unwrap();
        assert!(!world.page(&who, &meeting).contains("chưa có trong buổi này"));
    });
}

#[test]
fn dpd_33_a_seat_and_an_assignment_go_along_when_two_records_become_one() {
    World::each(|world| {
        let rows = chibo_meetings::capability().holds.first().expect("a hold").rows;
        let other = chibo_kernel::Id::from_bytes([9; 16]);
        let moves = |tx: &mut chibo_store::Tx<'_>, at: usize| outlook(tx, rows, world.people[at], other);
        let held = |at: usize| world.house.db.read(|tx| moves(tx, at)).unwrap()[0] > 0;
        assert!(!held(0) && !held(1));
        let meeting = opened(world);
        let member = world.people[1].to_string();
        let task = [("version", "1"), ("member", &*member), ("what", "Thăm hộ nghèo"), ("due", "30/11/2026")];
        world.send(&world.secretary(BRANCH), &format!("{meeting}/tasks"), &task).unwrap();
        assert!(held(1) && !held(0));
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        assert!(held(0), "he chairs and stands on the roll");
    });
}

#[test]
fn mtg_08_a_draft_comes_back_beside_what_somebody_else_has_written_since() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let typed = written(world, "1", &[("report", "Bản của tôi")]);
        let typed: Vec<(&str, &str)> = typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        world.ask(Lang::Vi, &who, "POST", &format!("{meeting}/draft"), &typed).unwrap();
        let other = world.person(2, id(BRANCH), crate::world::SECRETARY);
        let theirs = written(world, "1", &[("report", "Bản của người khác")]);
        let theirs: Vec<(&str, &str)> = theirs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        world.send(&other, &meeting, &theirs).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("Bản của tôi") && page.contains("Bản của người khác"), "{page}");
        assert!(!world.page(&other, &meeting).contains("Bản của tôi"));
        let form = written(world, "2", &[("report", "Bản của tôi")]);
        send(world, &meeting, &form).unwrap();
        assert!(!world.page(&who, &meeting).contains("Bản của người khác"));
    });
}

#[test]
fn mtg_11_an_open_assignment_follows_the_member_and_his_new_branch_answers_for_it() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        world.send(&who, &branch(""), &kind("1", &[("on", "20/10/2026")])).unwrap();
        let moved = world.people[1].to_string();
        for (member, what) in [(&moved, "Thăm hộ nghèo"), (&world.people[2].to_string(), "Thu quỹ")] {
            let task = [("version", "1"), ("member", &**member), ("what", what), ("due", "10/11/2026")];
            world.send(&who, &branch("/1/tasks"), &task).unwrap();
        }
        let day = crate::world::day(2026, 11, 1);
        let post =
            |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::post(op, world.people[1], id(NEITHER), day);
        world.house.db.write(&chibo_kernel::Viewer::program("test"), post).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        let there = world.secretary(NEITHER);
        let new = format!("/meetings/units/{}", id(NEITHER));
        assert!(world.page(&there, &new).contains("Thăm hộ nghèo"));
        assert!(!world.page(&who, &branch("")).contains("Thăm hộ nghèo"), "it is not the old branch's any more");
        world.send(&there, &new, NEW).unwrap();
        let mut form = written(world, "1", &[]);
        form.iter_mut().filter(|(name, _)| name == "chair").for_each(|(_, value)| value.clone_from(&moved));
        let typed: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        world.send(&there, &format!("{new}/1"), &typed).unwrap();
        assert!(world.page_in(Lang::En, &there, &format!("{new}/1")).contains("10/30"), "one of one is not done");
        world.send(&who, &branch(""), NEW).unwrap();
        send(world, &branch("/2"), &written(world, "1", &[])).unwrap();
        let old = world.page_in(Lang::En, &who, &branch("/2"));
        assert!(old.contains("0 of 1 assignments"), "only the one that stayed counts: {old}");
    });
}

#[test]
fn tsk_10_sums_that_were_kept_are_made_anew_when_a_month_changes() {
    World::each(|world| {
        let board = world.board();
        let ward = world.viewer(id(SCHOOL), crate::world::BOARD);
        let url = "/meetings?month=2026-11";
        assert!(!world.page(&board, url).contains("80,00") && !world.page(&ward, url).contains("80,00"));
        let absent = format!("was-{}", world.people[3]);
        closed(world, &[(&absent, "2")]);
        assert!(world.page(&board, url).contains("80,00"), "four of five were there");
        assert!(world.page(&ward, url).contains("80,00"), "whoever sees a part sees its sums");
        let stranger = world.viewer(id(crate::world::COLLEGE), crate::world::BOARD);
        assert!(!world.page(&stranger, url).contains("80,00"), "sums of others are not seen");
    });
}
