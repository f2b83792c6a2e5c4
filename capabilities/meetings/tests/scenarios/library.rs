//! Models, guidance, resolutions to be studied; absences that raise a signal.

use chibo_kernel::{Day, Id, Person, Problem};
use chibo_organisation::kinds::Setting;
use chibo_web::{Lang, Reply};

use crate::month::{branch, opened, send, written};
use crate::world::{BOARD, BRANCH, COLLEGE, NEITHER, OTHER_BRANCH, SCHOOL, World, day, id};

fn closed(world: &World, more: &[(&str, &str)]) -> String {
    let meeting = opened(world);
    send(world, &meeting, &written(world, "1", more)).unwrap();
    world.send(&world.secretary(BRANCH), &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
    meeting
}

fn signals(world: &World, on: Day) -> Vec<(Id<Person>, Day)> {
    let mut found = Vec::new();
    for source in &chibo_meetings::capability().signals {
        let look = |tx: &mut chibo_store::Tx<'_>| {
            (source.find)(tx, on, &mut |signal| {
                assert_eq!(signal.rule, "SCR-02");
                assert!(signal.href.ends_with(&signal.person.to_string()));
                found.push((signal.person, signal.since));
            })
        };
        world.house.db.read(look).unwrap();
    }
    found
}

#[test]
fn exi_10_scr_02_three_months_absent_without_a_reason_raise_a_signal() {
    World::each(|world| {
        let today = world.house.db.today();
        let who = world.secretary(BRANCH);
        let (absent, excused) = (format!("was-{}", world.people[2]), format!("was-{}", world.people[3]));
        for (at, on) in ["20/07/2026", "20/09/2026", "20/10/2026"].iter().enumerate() {
            assert_eq!(signals(world, today), []);
            let new = [("kind", "1"), ("on", *on), ("from", "19:00"), ("to", "20:35"), ("items", "Kinh tế")];
            world.send(&who, &branch(""), &new).unwrap();
            let meeting = branch(&format!("/{}", at + 1));
            let days = [("on", *on), ("noticed", ""), ("documents", ""), ("concluded", "")];
            let roll = [(absent.as_str(), "3"), (excused.as_str(), "2"), ("why", "")];
            send(world, &meeting, &written(world, "1", &[&days[..], &roll[..]].concat())).unwrap();
            assert_eq!(signals(world, today), [], "an open meeting says nothing yet");
            world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        }
        assert_eq!(signals(world, today), [(world.people[2], day(2026, 10, 20))]);
        assert_eq!(signals(world, day(2026, 9, 30)), [], "not yet then");
        assert_eq!(signals(world, today.plus_months(12)), [], "another calendar year");
    });
}

#[test]
fn mtg_12_a_model_is_published_versioned_adopted_and_withdrawn() {
    World::each(|world| {
        let above = world.viewer(id(SCHOOL), BOARD);
        let list = format!("/meetings/models?unit={}", id(SCHOOL));
        assert!(world.page(&above, &list).contains("Chưa có buổi sinh hoạt mẫu"));
        let meeting = closed(world, &[]);
        assert!(world.page(&above, &meeting).contains("Lấy buổi này làm sinh hoạt mẫu"));
        assert!(!world.page(&world.secretary(BRANCH), &meeting).contains("Lấy buổi này làm sinh hoạt mẫu"));
        let page = world.page(&above, &format!("{list}&from={}.1", id(BRANCH)));
        assert!(page.contains("Kinh tế\nDân chủ") && !page.contains("Mọi người góp ý"), "{page}");

        let to = format!("/meetings/models/{}", id(SCHOOL));
        let bare = world.send(&above, &to, &[("setting", "99999")]).unwrap_err();
        assert!(bare.contains("Chọn loại hình"), "{bare}");
        let setting = (Setting::School as u8).to_string();
        let empty = world.send(&above, &to, &[("setting", setting.as_str())]).unwrap_err();
        assert!(empty.contains("Nhập tên của mẫu") && empty.contains("Ghi bài học"), "{empty}");
        let model = [
            ("setting", setting.as_str()),
            ("title", "Sinh hoạt ở khoa"),
            ("agenda", "Nội dung mẫu\n# Chuyên đề mẫu"),
            ("lessons", "Mời sinh viên dự"),
        ];
        assert!(world.send(&above, &to, &model).unwrap().starts_with(&format!("{to}/1")));
        assert!(world.send(&above, &to, &model).unwrap_err().contains("đã có mẫu cùng tên"));
        let second: Vec<_> = model
            .iter()
            .copied()
            .filter(|(name, _)| *name != "lessons")
            .chain([("lessons", "Phát tài liệu sớm")])
            .collect();
        world.send(&above, &format!("{to}/1"), &second).unwrap();
        let page = world.page(&above, &format!("{to}/1"));
        assert!(page.contains("bản 2") && page.contains("bản 1") && page.contains("Mời sinh viên dự"), "{page}");

        let who = world.secretary(BRANCH);
        assert!(world.page(&who, &branch("")).contains("Mẫu: Sinh hoạt ở khoa"));
        let start = world.page(&who, &branch(&format!("?start={}.1", id(SCHOOL))));
        assert!(start.contains("Nội dung mẫu\n# Chuyên đề mẫu") && start.contains("Phát tài liệu sớm"), "{start}");
        let last = world.page(&who, &branch("?start=last"));
        assert!(last.contains("Kinh tế\nDân chủ") && !last.contains("Nội dung mẫu"), "{last}");
        let far = world.page(&world.secretary(OTHER_BRANCH), &format!("/meetings/units/{}", id(OTHER_BRANCH)));
        assert!(!far.contains("Sinh hoạt ở khoa"), "another committee's model is not offered");

        assert!(world.send(&above, &format!("{to}/1/withdrawal"), &[]).unwrap_err().contains("Ghi lý do"));
        world.send(&above, &format!("{to}/1/withdrawal"), &[("reason", "Đã lạc hậu")]).unwrap();
        assert!(world.page(&above, &format!("{to}/1")).contains("Đã lạc hậu"));
        assert!(!world.page(&who, &branch("")).contains("Mẫu: Sinh hoạt ở khoa"));
        let denied = world.ask(Lang::Vi, &who, "POST", &to, &model);
        assert!(matches!(denied, Err(Problem::Denied | Problem::NotFound)), "{denied:?}");
        assert_eq!(
            world.acts("meeting-model"),
            ["meeting-model-withdrawn", "meeting-model-published", "meeting-model-published"]
        );
    });
}

#[test]
fn mtg_08_guidance_of_the_setting_stands_at_the_meeting_and_its_history_is_kept() {
    World::each(|world| {
        let above = world.viewer(id(SCHOOL), BOARD);
        let list = format!("/meetings/guidance?unit={}", id(SCHOOL));
        assert!(world.page(&above, &list).contains("Chưa có hướng dẫn"));
        let to = format!("/meetings/guidance/{}", id(SCHOOL));
        let (school, other) = ((Setting::School as u8).to_string(), (Setting::Army as u8).to_string());
        let write = |setting: &str, from: &str, until: &str, body: &str| {
            world.send(&above, &to, &[("setting", setting), ("from", from), ("until", until), ("body", body)])
        };
        write(&school, "01/01/2026", "", "Chú ý chuyên đề").unwrap();
        write(&other, "01/01/2026", "", "Chỉ cho đơn vị quân đội").unwrap();
        let meeting = opened(world);
        let page = world.page(&world.secretary(BRANCH), &meeting);
        assert!(page.contains("Chú ý chuyên đề") && !page.contains("Chỉ cho đơn vị quân đội"), "{page}");
        assert!(write(&school, "01/12/2025", "", "Sớm hơn").unwrap_err().contains("Bản trước bắt đầu ngày"));
        assert!(write(&school, "01/11/2026", "01/10/2026", "Ngược").unwrap_err().contains("Ngày hết hiệu lực"));
        assert!(write(&school, "01/11/2026", "", " ").unwrap_err().contains("Nhập nội dung"));
        write(&school, "01/11/2026", "20/11/2026", "Bản thứ hai").unwrap();
        let page = world.page(&world.secretary(BRANCH), &meeting);
        assert!(page.contains("Bản thứ hai") && !page.contains("Chú ý chuyên đề"), "its last day still counts");
        let history = world.page(&above, &list);
        assert!(history.contains("Chú ý chuyên đề") && history.contains("Bản thứ hai"), "{history}");
        let college = world.viewer(id(COLLEGE), BOARD);
        assert_eq!(world.ask(Lang::Vi, &college, "GET", &list, &[]).unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_08_a_higher_resolution_is_proposed_until_a_closed_meeting_studied_it() {
    World::each(|world| {
        let (above, who) = (world.viewer(id(SCHOOL), BOARD), world.secretary(BRANCH));
        let list = format!("/meetings/studies?unit={}", id(SCHOOL));
        assert!(world.page(&above, &list).contains("Chưa có nghị quyết nào"));
        let to = format!("/meetings/studies/{}", id(SCHOOL));
        let study = [
            ("number", "57-NQ/TW"),
            ("title", "Về chuyển đổi số"),
            ("issuer", "Bộ Chính trị"),
            ("issued", "22/12/2024"),
            ("due", "30/11/2026"),
        ];
        let early: Vec<_> = study.iter().map(|(n, v)| (*n, if *n == "due" { "01/01/2024" } else { v })).collect();
        assert!(world.send(&above, &to, &early).unwrap_err().contains("Hạn học tập phải từ"));
        world.send(&above, &to, &study).unwrap();
        assert!(world.send(&above, &to, &study).unwrap_err().contains("đã có trong danh sách"));
        let line = "Học tập 57-NQ/TW: Về chuyển đổi số";
        assert!(world.page(&who, &branch("")).contains(line));
        let far = world.page(&world.secretary(OTHER_BRANCH), &format!("/meetings/units/{}", id(OTHER_BRANCH)));
        assert!(!far.contains(line));

        let meeting = opened(world);
        let key = format!("{}.1", id(SCHOOL));
        let mark = [("study", key.as_str())];
        let open = world.send(&who, &format!("{meeting}/studied"), &mark).unwrap_err();
        assert!(open.contains("Chốt buổi sinh hoạt rồi"), "{open}");
        send(world, &meeting, &written(world, "1", &[])).unwrap();
        world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        assert!(world.send(&who, &format!("{meeting}/studied"), &[]).unwrap_err().contains("Chọn ít nhất một"));
        let foreign = format!("{}.1", id(COLLEGE));
        let foreign = world.ask(Lang::Vi, &who, "POST", &format!("{meeting}/studied"), &[("study", &foreign)]);
        assert_eq!(foreign.unwrap_err(), Problem::NotFound);
        world.send(&who, &format!("{meeting}/studied"), &mark).unwrap();
        assert!(world.page(&who, &meeting).contains("Buổi này đã học 1 nghị quyết"));
        assert!(!world.page(&who, &branch("")).contains(line));

        let undo = |reason| world.send(&who, &format!("{meeting}/studied/withdrawal"), &[("undo", &key), reason]);
        let bare = undo(("undo-reason", " ")).unwrap_err();
        assert!(bare.contains("Ghi lý do bỏ ghi") && !world.page(&who, &branch("")).contains(line), "{bare}");
        undo(("undo-reason", "Chưa kịp học")).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("Lý do: Chưa kịp học") && !page.contains("Buổi này đã học"), "{page}");
        assert!(world.page(&who, &branch("")).contains(line), "proposed again");
        let twice = world.ask(
            Lang::Vi,
            &who,
            "POST",
            &format!("{meeting}/studied/withdrawal"),
            &[("undo", key.as_str()), ("undo-reason", "Lần nữa")],
        );
        assert_eq!(twice.unwrap_err(), Problem::NotFound);
        world.send(&who, &format!("{meeting}/studied"), &mark).unwrap();

        let page = world.page(&above, &format!("{to}/1"));
        assert!(page.contains("Chi bộ Khoa Hóa") && !page.contains("Chi bộ Khoa Toán"), "{page}");
        assert!(world.page(&above, &list).contains("1/2"));
        assert!(world.file(&above, &format!("{to}/1/export.xlsx")).starts_with(b"PK"));
        let neither = format!("/meetings/units/{}", id(NEITHER));
        assert!(world.page(&world.secretary(NEITHER), &neither).contains(line));
        world.send(&above, &format!("{to}/1/withdrawal"), &[]).unwrap();
        assert!(!world.page(&world.secretary(NEITHER), &neither).contains(line));
        let out = world.ask(Lang::Vi, &who, "GET", &format!("{to}/1"), &[]);
        assert!(!matches!(out, Ok(Reply::Html { .. })), "{out:?}");
        assert_eq!(
            world.acts("meeting-stud"),
            [
                "meeting-study-withdrawn",
                "meeting-studied",
                "meeting-studied-undone",
                "meeting-studied",
                "meeting-study-registered"
            ]
        );
    });
}
