//! Minutes go out as a workbook, are filled in, and come back.

use chibo_kernel::Moment;
use chibo_papers::{Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::{Lang, Reply};

use crate::month::{opened, send, written};
use crate::world::{BRANCH, World};

type Sheet<'a> = (&'a str, Vec<Vec<&'a str>>);

/// A workbook as somebody would fill it in: the first row of each sheet is its heading.
fn book(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let layout = |(name, rows): &Sheet<'_>| {
        Layout::new(*name, rows[0].iter().map(|title| OutColumn::new(*title, OutKind::Text)).collect())
    };
    let mut writer = SheetWriter::start(Format::Xlsx, layout(&sheets[0]), Moment(0), Vec::new()).unwrap();
    for (at, sheet) in sheets.iter().enumerate() {
        if at > 0 {
            writer.next_table(layout(sheet)).unwrap();
        }
        for row in &sheet.1[1..] {
            writer.row(&row.iter().map(|text| Out::Text(text)).collect::<Vec<_>>()).unwrap();
        }
    }
    writer.finish().unwrap()
}

const ROLL: [&str; 5] = ["Mã", "Họ và tên", "Có mặt", "Lý do vắng", "Phát biểu"];
const TASKS: [&str; 5] = ["Việc", "Mã", "Người thực hiện", "Sản phẩm", "Hạn"];
const VOTES: [&str; 6] =
    ["Nội dung biểu quyết", "Hình thức", "Tán thành", "Không tán thành", "Phiếu trắng", "Không hợp lệ"];

fn roll<'a>(rows: &[[&'a str; 5]]) -> Sheet<'a> {
    ("Điểm danh", [ROLL.to_vec()].into_iter().chain(rows.iter().map(|row| row.to_vec())).collect())
}

fn written_meeting(world: &World) -> String {
    let meeting = opened(world);
    send(world, &meeting, &written(world, "1", &[])).unwrap();
    meeting
}

fn upload(world: &World, meeting: &str, body: &[u8]) -> String {
    let who = world.secretary(BRANCH);
    let at = format!("{meeting}/workbook");
    match world.upload(&who, &at, "bien-ban.xlsx", body) {
        Ok(Reply::Redirect(to)) => world.page(&who, &to),
        other => panic!("{other:?}"),
    }
}

#[test]
fn mtg_11_a_filled_in_workbook_is_looked_at_and_then_written_once() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = written_meeting(world);
        let body = book(&[
            roll(&[
                ["", "Trần Văn Bình", "Vắng có lý do", "Đi công tác", ""],
                ["", "Trần Văn Cường", "Có mặt", "", "1,2"],
                ["", "Trần Văn Dũng", "", "", "x"],
            ]),
            ("Việc giao", vec![TASKS.to_vec(), vec!["Thăm hộ nghèo", "", "Trần Văn Cường", "Báo cáo", "30/11/2026"]]),
            ("Biểu quyết", vec![VOTES.to_vec(), vec!["Khen thưởng", "Giơ thẻ", "3", "0", "0", "0"]]),
        ]);
        let page = upload(world, &meeting, &body);
        assert!(page.contains("Mọi ô đều nhận được") && page.contains("Ghi vào biên bản"), "{page}");
        assert!(!world.page(&who, &meeting).contains("Thăm hộ nghèo"), "a look writes nothing");
        let confirm = format!("{meeting}/workbook/confirmation");
        world.send(&who, &confirm, &[("version", "2")]).unwrap();
        let page = world.page(&who, &meeting);
        for wanted in ["Thăm hộ nghèo", "Khen thưởng", "Đi công tác"] {
            assert!(page.contains(wanted), "{wanted}: {page}");
        }
        assert!(world.page_in(Lang::En, &who, &meeting).contains("4 of 5 present"));
        let again = world.ask(Lang::Vi, &who, "POST", &confirm, &[("version", "3")]);
        assert!(matches!(again, Err(chibo_kernel::Problem::Conflict(_))), "no file waits any more: {again:?}");

        // What goes out comes back as it is: nothing is given or counted twice.
        let out = world.file(&who, &format!("{meeting}/minutes.xlsx"));
        let page = upload(world, &meeting, &out);
        assert!(page.contains("<dt>Dòng đã có sẵn</dt><dd>7</dd>"), "five of the roll, a task, a vote: {page}");
        assert!(page.contains("<dt>Việc, biểu quyết mới</dt><dd>0</dd>"), "{page}");
        world.send(&who, &confirm, &[("version", "3")]).unwrap();
        assert_eq!(world.acts("meeting-assigned").len(), 1);
        assert_eq!(world.acts("meeting-voted").len(), 1);
    });
}

#[test]
fn mtg_10_wrong_cells_are_named_and_nothing_is_written() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = written_meeting(world);
        let body = book(&[
            roll(&[
                ["", "Lê Người Lạ", "Có mặt", "", ""],
                ["", "Trần Văn Bình", "Ngủ", "", ""],
                ["", "Trần Văn Cường", "Có mặt", "", "9"],
                ["ffffffff", "Trần Văn Dũng", "Có mặt", "", ""],
                ["", "Trần Văn An", "Có mặt", "", ""],
                ["", "Trần Văn An", "Có mặt", "", ""],
            ]),
            ("Việc giao", vec![TASKS.to_vec(), vec!["", "", "Trần Văn Cường", "", "32/13/2026"]]),
        ]);
        let page = upload(world, &meeting, &body);
        for wanted in ["B2", "C3", "không phải số mục", "Không có đảng viên mã ffffffff", "đã có ở một dòng khác"]
        {
            assert!(page.contains(wanted), "{wanted}: {page}");
        }
        assert!(page.contains("Việc giao A2") && page.contains("Việc giao E2"), "{page}");
        assert!(!page.contains("Ghi vào biên bản"), "what is wrong is not confirmed");
        let page =
            match world.ask(Lang::Vi, &who, "POST", &format!("{meeting}/workbook/confirmation"), &[("version", "2")]) {
                Ok(Reply::Html { body, .. }) => body,
                other => panic!("{other:?}"),
            };
        assert!(page.contains("Chỗ cần sửa"), "{page}");
        assert!(world.acts("meeting-workbook-taken").is_empty());
        world.send(&who, &format!("{meeting}/workbook/dropping"), &[]).unwrap();
        assert!(!world.page(&who, &format!("{meeting}/workbook")).contains("Chỗ cần sửa"));
    });
}

#[test]
fn x_03_a_workbook_passes_the_same_checks_as_the_forms() {
    World::each(|world| {
        let meeting = written_meeting(world);
        let body = book(&[
            roll(&[["", "Trần Văn Bình", "Vắng không lý do", "", ""]]),
            ("Việc giao", vec![TASKS.to_vec(), vec!["Quét dọn", "", "Trần Văn An", "", "01/11/2026"]]),
            ("Biểu quyết", vec![VOTES.to_vec(), vec!["Khen thưởng", "Bỏ phiếu kín", "4", "0", "0", "0"]]),
        ]);
        let page = upload(world, &meeting, &body);
        // Three may vote once one is absent: the roll of the workbook counts, not the one before.
        assert!(page.contains("4 phiếu") && page.contains("3 người"), "{page}");
        assert!(page.contains("Việc giao 2") && page.contains("Biểu quyết 2"), "{page}");
        assert!(!page.contains("Ghi vào biên bản"), "{page}");
        let acts = world.acts("meeting-");
        assert!(!acts.iter().any(|act| act == "meeting-voted" || act == "meeting-assigned"), "{acts:?}");
    });
}

#[test]
fn mtg_08_a_file_that_is_no_workbook_or_a_closed_meeting_is_refused() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let meeting = written_meeting(world);
        let at = format!("{meeting}/workbook");
        match world.upload(&who, &at, "x.xlsx", b"PK\x03\x04 no workbook") {
            Ok(Reply::Html { status: 422, body }) => assert!(body.contains("error-message"), "{body}"),
            other => panic!("{other:?}"),
        }
        match world.upload(&who, &at, "x.xlsx", b"") {
            Ok(Reply::Html { status: 422, body }) => assert!(body.contains("Chọn một tệp"), "{body}"),
            other => panic!("{other:?}"),
        }
        let page = upload(world, &meeting, &book(&[("Trang khác", vec![ROLL.to_vec()])]));
        assert!(page.contains("Chỗ cần sửa") && !page.contains("Ghi vào biên bản"), "{page}");
        let sent = world.ask(Lang::Vi, &who, "POST", &format!("{at}/confirmation"), &[("version", "2")]);
        assert!(matches!(sent, Ok(Reply::Html { .. })), "a roll nobody filled in is not written: {sent:?}");
        assert!(world.acts("meeting-workbook-taken").is_empty());
        world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        let closed = world.ask(Lang::Vi, &who, "GET", &at, &[]);
        assert!(matches!(closed, Err(chibo_kernel::Problem::Conflict(_))), "{closed:?}");
        assert!(world.file(&who, &format!("{meeting}/minutes.xlsx")).starts_with(b"PK"), "it can still be taken out");
    });
}
