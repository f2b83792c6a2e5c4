//! What stands beside a meeting: its notice, its documents, the workbook of its minutes.

use chibo_kernel::Problem;
use chibo_web::{Lang, Reply};

use crate::month::{opened, send, written};
use crate::world::{BRANCH, NEITHER, SCHOOL, World, id};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n%%EOF\n";

fn link(page: &str) -> String {
    let at = page.find("/m/").expect("a short link");
    page[at..at + 13].to_owned()
}

#[test]
fn mtg_05_the_notice_names_day_hour_place_and_kind_and_nobody() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        send(world, &meeting, &written(world, "1", &[("place", "Nhà văn hóa khu phố")])).unwrap();
        let page = world.page(&who, &meeting);
        let notice = page.split("id=\"notice\"").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap();
        for wanted in ["Chi bộ Khoa Toán", "11/2026", "19:00", "20/11/2026", "Nhà văn hóa khu phố", "thường kỳ"]
        {
            assert!(notice.contains(wanted), "{wanted}: {notice}");
        }
        assert!(!notice.contains("Trần"), "no names: {notice}");
        let english = world.page_in(Lang::En, &who, &meeting);
        assert!(english.contains("mời đảng viên dự"), "what is passed on is Vietnamese");

        let short = link(notice);
        match world.ask(Lang::Vi, &who, "GET", &short, &[]) {
            Ok(Reply::Redirect(to)) => assert_eq!(to, meeting),
            other => panic!("{other:?}"),
        }
        let stranger = world.secretary(NEITHER);
        assert_eq!(world.ask(Lang::Vi, &stranger, "GET", &short, &[]).unwrap_err(), Problem::NotFound);
        assert_eq!(world.ask(Lang::Vi, &who, "GET", "/m/abcdefghij", &[]).unwrap_err(), Problem::NotFound);
    });
}

#[test]
fn mtg_04_posting_times_are_kept_and_give_the_days_of_the_score() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let postings = format!("{meeting}/postings");
        let posting =
            |what, day, time| [("posted", what), ("when", day), ("time", time), ("channel", "Sổ tay đảng viên")];
        let refused = world.send(&who, &postings, &posting("notice", "18/11/2027", "8:00")).unwrap_err();
        assert!(refused.contains("không được sau hôm nay"), "{refused}");
        let refused = world.send(&who, &postings, &posting("conclusion", "19/11/2026", "8:00")).unwrap_err();
        assert!(refused.contains("không thể đăng trước ngày sinh hoạt"), "{refused}");
        let refused = world.send(&who, &postings, &posting("", "18/11/2026", "25:00")).unwrap_err();
        assert!(refused.contains("Chọn thứ đã gửi") && refused.contains("Nhập giờ"), "{refused}");
        world.send(&who, &postings, &posting("notice", "18/11/2026", "8:15")).unwrap();
        world.send(&who, &postings, &posting("notice", "19/11/2026", "9:00")).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("08:15") && page.contains("Sổ tay đảng viên"), "{page}");
        // The form of the minutes was made before: it says nothing of the notice, and the posting fills it in.
        let form: Vec<_> = written(world, "1", &[]).into_iter().filter(|(name, _)| name != "noticed").collect();
        send(world, &meeting, &form).unwrap();
        let page = world.page(&who, &meeting);
        assert!(page.contains("name=\"noticed-day\" value=\"18\""), "the first posting counts: {page}");
        assert!(world.acts("meeting-announced").len() == 2);
    });
}

#[test]
fn mtg_04_documents_are_sealed_attached_and_taken_out() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let files = format!("{meeting}/files");
        assert!(
            matches!(world.upload(&who, &files, "Dự thảo.exe", PDF), Ok(Reply::Redirect(_))),
            "the content decides"
        );
        let page = world.page(&who, &meeting);
        assert!(page.contains("Dự thảo") && page.contains("/files/1"), "{page}");
        match world.ask(Lang::Vi, &who, "GET", &format!("{files}/1"), &[]) {
            Ok(Reply::File { name, kind, body }) => {
                assert_eq!((name.as_str(), kind, body.as_slice()), ("Dự thảo.pdf", "application/pdf", PDF));
            }
            other => panic!("never inline: {other:?}"),
        }
        let stranger = world.secretary(NEITHER);
        let asked = world.ask(Lang::Vi, &stranger, "GET", &format!("{files}/1"), &[]);
        assert_eq!(asked.unwrap_err(), Problem::NotFound);
        world.send(&who, &format!("{files}/1/removal"), &[]).unwrap();
        assert_eq!(world.ask(Lang::Vi, &who, "GET", &format!("{files}/1"), &[]).unwrap_err(), Problem::NotFound);
        assert_eq!(
            world.ask(Lang::Vi, &who, "POST", &format!("{files}/1/removal"), &[]).unwrap_err(),
            Problem::NotFound
        );
        let acts = world.acts("meeting-file");
        assert_eq!(acts, ["meeting-file-removed", "meeting-file-opened", "meeting-file-attached"]);
    });
}

#[test]
fn mtg_04_documents_attached_before_the_meeting_count_as_posted() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let ahead: Vec<_> = crate::month::NEW
            .iter()
            .map(|(name, value)| (*name, if *name == "on" { "30/11/2026" } else { *value }))
            .collect();
        world.send(&who, &crate::month::branch(""), &ahead).unwrap();
        let meeting = crate::month::branch("/1");
        world.upload(&who, &format!("{meeting}/files"), "a.pdf", PDF).unwrap();
        assert_eq!(world.acts("meeting-announced").len(), 1);
        world.upload(&who, &format!("{meeting}/files"), "b.pdf", PDF).unwrap();
        assert_eq!(world.acts("meeting-announced").len(), 1, "once is enough");
    });
}

#[test]
fn mtg_04_files_of_a_false_type_too_large_or_acting_are_refused() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let files = format!("{}/files", opened(world));
        let refused = |name: &str, body: &[u8]| match world.upload(&who, &files, name, body) {
            Ok(Reply::Html { status: 422, body }) => body,
            other => panic!("{other:?}"),
        };
        assert!(refused("a.pdf", b"PK\x03\x04 not a pdf").contains("Không phải tệp PDF"));
        assert!(refused("a.pdf", b"%PDF-1.7 /S /JavaScript\n%%EOF").contains("mã lệnh"));
        assert!(refused("a.jpg", &[0xff, 0xd8, 0xff, 0xe0, 0xff]).contains("bị hỏng"));
        let mut large = PDF.to_vec();
        large.resize((10 << 20) + 1, b' ');
        assert!(refused("a.pdf", &large).contains("lớn hơn 10 MB"));
        assert!(refused("a.pdf", b"").contains("Chọn một tệp"));
        assert!(world.acts("meeting-file").is_empty());
        let above =
            world.viewer(id(SCHOOL), &[chibo_kernel::Permission::ViewMembers, chibo_kernel::Permission::ViewUnits]);
        assert!(world.upload(&above, &files, "a.pdf", PDF).is_err(), "whoever only looks attaches nothing");
    });
}

#[test]
fn mtg_04_posting_the_conclusion_of_a_closed_meeting_gives_its_points() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = opened(world);
        let form: Vec<_> = written(world, "1", &[]).into_iter().filter(|(name, _)| name != "concluded").collect();
        send(world, &meeting, &form).unwrap();
        world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        let points = |page: &str| {
            let total = page.split("/100").next().and_then(|before| before.rsplit('>').next()).unwrap();
            total.parse::<u32>().unwrap()
        };
        let before = points(&world.page(&who, &meeting));
        let posting = [("posted", "conclusion"), ("when", "21/11/2026"), ("time", "7:30")];
        world.send(&who, &format!("{meeting}/postings"), &posting).unwrap();
        let page = world.page(&who, &meeting);
        assert_eq!(points(&page), before + 1, "{page}");
        assert!(page.contains("07:30"), "{page}");
        world.send(&who, &format!("{meeting}/postings"), &posting).unwrap();
        assert_eq!(points(&world.page(&who, &meeting)), before + 1, "a second posting changes no points");
    });
}
