//! Lines from a spreadsheet, looked at before they are taken.

use chibo_testkit::TODAY;
use chibo_web::Reply;

use crate::world::{NORTH, QUARTER_1, SOUTH, World, id};

const TABLE: &str = "Việc,Mã cũ,Phạm vi,Mã mới,Tên tổ chức,Tên ngắn,Loại tổ chức,Loại hình,Mã cấp trên
Thành lập,,,79.003.000.000.000,Đảng bộ phường Mới,,DBCS,Phường,79.000.000.000.000
,79.001.000.000.000,mặc định,79.003.000.000.000,,,,,
,79.001.000.000.000,một phần,79.002.000.000.000,,,,,
Chuyển giao,79.001.001.000.000,,,,,,,79.002.000.000.000
";

#[test]
fn a_table_of_old_and_new_codes_becomes_lines() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        let upload = format!("{plan}/upload");
        let sent = world.upload(&world.planner(), &upload, "sap-xep.csv", TABLE.as_bytes());
        assert!(matches!(&sent, Ok(Reply::Redirect(to)) if *to == upload), "{sent:?}");
        let page = world.page(&world.planner(), &upload);
        assert!(page.contains("Đưa 4 dòng vào phương án"), "{page}");
        let version = world.version(&plan);
        let confirm = format!("{upload}/confirmation");
        world.send(&world.planner(), &confirm, &[("version", &version)]).unwrap();
        world.sign(&world.signer(), &plan).unwrap();
        world.wake(TODAY.plus_days(5));
        let after = world.landscape(TODAY.plus_days(5));
        assert!(after.get(id(NORTH)).is_none());
        assert_eq!(after.get(id(QUARTER_1)).unwrap().parent, Some(id(SOUTH)));
        assert!(!world.page(&world.planner(), &upload).contains("Đưa 4 dòng"));
    });
}

#[test]
fn what_a_plan_exports_it_reads_back() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        world.join(&plan, NORTH, SOUTH);
        let book = world.file(&world.planner(), &format!("{plan}/export.xlsx"));
        let other = world.begin(TODAY.plus_days(6));
        world.upload(&world.planner(), &format!("{other}/upload"), "phuong-an.xlsx", &book).unwrap();
        let page = world.page(&world.planner(), &format!("{other}/upload"));
        assert!(page.contains("Đưa 1 dòng vào phương án"), "{page}");
        world.send(&world.planner(), &format!("{other}/upload/dropping"), &[]).unwrap();
        assert!(!world.page(&world.planner(), &format!("{other}/upload")).contains("Đưa 1 dòng"));
    });
}

#[test]
fn an_ugly_table_says_what_is_wrong_and_where() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        let upload = format!("{plan}/upload");
        let ugly = "Việc,Mã cũ,Phạm vi,Mã mới,Tên tổ chức,Tên ngắn,Loại tổ chức,Loại hình,Mã cấp trên
Xóa,79.001.000.000.000,,,,,,,
Sáp nhập,79.009.000.000.000,toàn bộ,79.002.000.000.000,,,,,
Sáp nhập,79.001.000.000.000,phân nửa,79.002.000.000.000,,,,,
Thành lập,,,79.002.000.000.000,Trùng mã,,DBCS,Phường,79.000.000.000.000
Giải thể,79.002.000.000.000,,,,,,,
";
        world.upload(&world.planner(), &upload, "xau.csv", ugly.as_bytes()).unwrap();
        let page = world.page(&world.planner(), &upload);
        for said in ["“Xóa”", "79.009.000.000.000", "“phân nửa”", "đã có tổ chức đảng dùng", "Dòng 6 của tệp"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(page.contains("Đưa 1 dòng vào phương án"));
        let refused = world.upload(&world.planner(), &upload, "hong.xlsx", b"PK\x03\x04 cut").unwrap();
        assert!(matches!(refused, Reply::Html { status: 422, .. }), "{refused:?}");
    });
}
