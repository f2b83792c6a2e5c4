//! The register beside a file of the national database.

use chibo_kernel::{Id, Person, Problem};
use chibo_members::records::{PersonRow, record_of};
use chibo_members::rules::{NewMember, Secrets};
use chibo_testkit::TODAY;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{QUARTER_1, QUARTER_2, QUARTER_9, World, id, sound};

/// Title rows, columns in another order, a row of numbers, a stray column, a phone nobody may see, rows in doubt.
const UGLY: &str = "DANH SÁCH ĐẢNG VIÊN XUẤT TỪ CSDL QUỐC GIA;;;;;;;;\n\
;;;;;;;;\n\
STT;Tổ chức Đảng*;Ngày sinh*;Họ và tên*;Số định danh cá nhân*;Quê quán (2 cấp);Dân tộc*;Điện thoại;Số thẻ Đảng*\n\
(1);(2);(3);(4);(5);(6);(7);(8);(9)\n\
1;79.001.001.000.000;03/02/1980;HOÀNG THỊ HOÀ;079180000001;Huế;Kinh;0909;1\n\
2;Chi bộ khu phố 2;05/1981;Bùi Văn Tám;;Hà Nội;Tày;;2\n\
3;79.002.009.000.000;1/1/1990;Người Không Có;079190000009;;;;3\n\
4;79.001.001.000.000;07/07/1977;Đỗ Trùng;;;;;4\n\
5;;;;;;;;5\n\
6;79.001.001.000.000;03/02/1980;Hoàng Thị Hòa;;;;;6\n\
7;79.009.009.009.009;04/04/1970;Lý Vắng Nhà;;;;;7\n";

/// A mark of byte order, lines ended by both signs, quoted cells with the separator and a line break inside, spaces that do not
/// break, days written three ways, a number with spaces, headings in capitals, empty rows at the end.
const UGLIER: &str = "\u{feff}\"BÁO CÁO; KẾT XUẤT\"\r\n\
HỌ VÀ TÊN\u{a0};NGÀY SINH;SỐ CCCD;QUÊ QUÁN;SỨC KHỎE\r\n\
\"Hoàng Thị\u{a0}Hòa \";3-2-1980;079 180 000 001;\"Huế\";Tốt\r\n\
Bùi  Văn Tám;1981;;\"Nam\r\nĐịnh\";\r\n\
Trần Lạ;1990-05-06;;\"Quận 1; Thành phố\";\r\n\
;;;;\r\n\
\r\n";

fn day(text: &str) -> Option<chibo_kernel::Day> {
    chibo_kernel::Day::from_iso(text)
}

struct Members {
    hoa: Id<Person>,
    tam: Id<Person>,
}

fn enter(world: &World) -> Members {
    let secrets = Secrets { identity: "079180000001".into(), phone: "0901".into(), ..Secrets::default() };
    let hoa = NewMember {
        name: "Hoàng Thị Hòa".into(),
        birth: day("1980-02-03"),
        home_town: "huế".into(),
        ethnicity: 1,
        secrets,
        ..sound(QUARTER_1)
    };
    let tam = NewMember {
        name: "Bùi Văn Tám".into(),
        birth: day("1981-01-01"),
        birth_precision: 2,
        home_town: "Nam Định".into(),
        ethnicity: 1,
        ..sound(QUARTER_1)
    };
    for _ in 0..2 {
        world.enter(&NewMember { name: "Đỗ Trùng".into(), birth: day("1977-07-07"), ..sound(QUARTER_1) });
    }
    world.enter(&NewMember { name: "Lý Vắng Nhà".into(), birth: day("1970-04-04"), ..sound(QUARTER_2) });
    Members { hoa: world.enter(&hoa), tam: world.enter(&tam) }
}

fn send(world: &World, name: &str, body: &[u8]) -> String {
    match world.upload(&world.board(), "/quality/reconciliations", name, body) {
        Ok(Reply::Redirect(to)) => to,
        other => panic!("{other:?}"),
    }
}

fn files(world: &World) -> usize {
    let all = std::fs::read_dir(&world.house.settings.work_dir).unwrap();
    all.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("reconciliation-")).count()
}

fn person(world: &World, id: Id<Person>) -> PersonRow {
    world.house.db.read(|tx| record_of(tx, id)).unwrap().unwrap()
}

/// Somebody corrects the record by hand.
fn rename(op: &mut chibo_store::Op<'_, '_>, id: Id<Person>) -> Result<(), Problem> {
    let row = record_of(op.tx(), id)?.unwrap();
    let member = NewMember {
        name: "Bùi Văn Tám".into(),
        birth: Some(row.birth),
        birth_precision: row.birth_precision,
        home_town: row.home_town,
        job_title: "Nông dân".into(),
        ..NewMember::default()
    };
    let correction = chibo_members::actions::Correction {
        version: row.version,
        member,
        secrets: Secrets::default(),
        birth_consent: String::new(),
    };
    chibo_members::actions::correct(op, id, &correction)
}

/// Numbers of the lines that can be ticked for a field.
fn lines(world: &World, url: &str, field: &str) -> Vec<String> {
    let page = world.page(&world.board(), &format!("{url}?kind=field&field={field}"));
    let parts = page.split("name=\"line\" value=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn dpd_33_an_ugly_file_is_matched_by_number_then_by_name_and_birth() {
    World::each(|world| {
        enter(world);
        let url = send(world, "csdl.csv", UGLY.as_bytes());
        assert!(world.page(&world.board(), &url).contains("Đang đối chiếu"));
        assert_eq!(files(world), 1);
        world.work();
        assert_eq!(files(world), 0, "the file is deleted after the comparison");
        let page = world.page(&world.board(), &url);
        for said in ["Hà Nội", "Nam Định", "Tày", "05/1981", "1981", "Chi bộ khu phố 2", "có, khác nhau"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("0909") && !page.contains("0901"), "sealed fields are never shown");
        assert!(!page.contains("HOÀNG THỊ"), "another way of writing is no difference");
        assert!(page.contains("Số thẻ Đảng"), "a column nobody knows is named");
        let there = world.page(&world.board(), &format!("{url}?kind=there"));
        assert!(there.contains("Người Không Có") && there.contains("01/01/1990"), "{there}");
        let doubts = world.page(&world.board(), &format!("{url}?kind=doubt"));
        assert!(doubts.contains("Đỗ Trùng") && doubts.contains("Có nhiều người"), "{doubts}");
        assert!(doubts.contains("Đã có dòng khác"), "{doubts}");
        assert!(world.page(&world.board(), &format!("{url}?kind=unread")).contains("Thiếu họ tên"));
        let here = world.page(&world.board(), &format!("{url}?kind=here"));
        assert!(here.contains("Trần Văn An") && !here.contains("Lý Vắng Nhà") && !here.contains("Đỗ Trùng"), "{here}");
        assert!(world.page_in(Lang::En, &world.board(), &url).contains("Only in the file"));
        assert!(world.file(&world.board(), &format!("{url}/export.xlsx?kind=field")).starts_with(b"PK"));
        assert_eq!(world.acts("quality-reconciled").len(), 1);
        let hidden = world.ask(Lang::Vi, &world.northerner(), "GET", &url, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}

#[test]
fn dpd_33_an_uglier_file_still_tells_matched_different_only_here_and_only_there() {
    World::each(|world| {
        enter(world);
        let url = send(world, "ket-xuat.csv", UGLIER.as_bytes());
        world.work();
        let page = world.page(&world.board(), &url);
        assert!(!page.contains('⟦'), "{page}");
        let field = world.page(&world.board(), &format!("{url}?kind=field"));
        assert!(
            field.contains("Sức khỏe") && !field.contains("Tốt"),
            "health is sealed: only that it differs: {field}"
        );
        assert!(!field.contains("Nam Định"), "a break in a cell is no difference: {field}");
        let there = world.page(&world.board(), &format!("{url}?kind=there"));
        assert!(there.contains("Trần Lạ") && there.contains("06/05/1990"), "{there}");
        let here = world.page(&world.board(), &format!("{url}?kind=here"));
        assert!(here.contains("Đỗ Trùng") && !here.contains("Hoàng Thị") && !here.contains("Bùi Văn Tám"), "{here}");
        let unread = world.page(&world.board(), &format!("{url}?kind=unread"));
        assert!(!unread.contains("Thiếu họ tên"), "empty rows are no rows: {unread}");
    });
}

#[test]
fn values_are_taken_over_one_by_one_while_the_record_is_the_one_compared() {
    World::each(|world| {
        let Members { tam, hoa } = enter(world);
        let url = send(world, "csdl.csv", UGLY.as_bytes());
        world.work();
        let takings = format!("{url}/takings");
        let none = world.send(&world.board(), &takings, &[]).unwrap_err();
        assert!(none.contains("ít nhất một giá trị"), "{none}");
        let (home, people) = (lines(world, &url, "home-town"), lines(world, &url, "ethnicity"));
        assert_eq!((home.len(), people.len()), (1, 1));
        world.send(&world.board(), &takings, &[("line", &home[0])]).unwrap();
        assert_eq!(person(world, tam).home_town, "Hà Nội");
        assert!(world.page(&world.board(), &url).contains("đã lấy"));
        // Another value of the same member: only our own hand was there meanwhile.
        world.send(&world.board(), &takings, &[("line", &people[0])]).unwrap();
        assert_ne!(person(world, tam).ethnicity, 1);
        let again = world.ask(Lang::Vi, &world.board(), "POST", &takings, &[("line", &people[0])]);
        assert!(matches!(again, Ok(Reply::Html { status: 409, .. })), "{again:?}");
        // The month of birth was not known here: it may be added.
        let birth = lines(world, &url, "birth");
        world.send(&world.board(), &takings, &[("line", &birth[0])]).unwrap();
        assert_eq!(person(world, tam).birth_precision, 1);
        assert!(lines(world, &url, "phone").is_empty(), "sealed fields cannot be taken over");
        assert_eq!(person(world, hoa).version, 1);
    });
}

#[test]
fn a_record_changed_since_the_comparison_takes_nothing_over() {
    World::each(|world| {
        let Members { tam, .. } = enter(world);
        let url = send(world, "csdl.csv", UGLY.as_bytes());
        world.work();
        let home = lines(world, &url, "home-town");
        world.house.db.write(&world.board(), |op| rename(op, tam)).unwrap();
        let takings = format!("{url}/takings");
        let late = world.ask(Lang::Vi, &world.board(), "POST", &takings, &[("line", &home[0])]);
        let Ok(Reply::Html { status: 409, body }) = late else { panic!("{late:?}") };
        assert!(body.contains("đã được sửa sau khi đối chiếu") && body.contains("checked"), "{body}");
        assert_eq!(person(world, tam).home_town, "Nam Định");
    });
}

#[test]
fn exi_16_a_day_of_birth_known_to_the_day_is_never_taken_over() {
    World::each(|world| {
        let secrets = Secrets { identity: "079185000007".into(), ..Secrets::default() };
        let member = NewMember { name: "Vũ Sinh".into(), birth: day("1985-06-07"), secrets, ..sound(QUARTER_9) };
        let person_id = world.enter(&member);
        let file = "Họ và tên;Ngày sinh;Số CCCD\nVũ Sinh;08/06/1985;079185000007\n";
        let url = send(world, "sinh.csv", file.as_bytes());
        world.work();
        let birth = lines(world, &url, "birth");
        let refused = world.send(&world.board(), &format!("{url}/takings"), &[("line", &birth[0])]).unwrap_err();
        assert!(refused.contains("không được sửa") && refused.contains("EXI-16"), "{refused}");
        assert_eq!(Some(person(world, person_id).birth), day("1985-06-07"));
    });
}

#[test]
fn a_file_without_headings_is_refused_at_once_and_nothing_is_kept() {
    World::each(|world| {
        let refused = world.upload(&world.board(), "/quality/reconciliations", "x.csv", "a;b\n1;2\n".as_bytes());
        let Ok(Reply::Html { status: 422, body }) = refused else { panic!("{refused:?}") };
        assert!(body.contains("Họ và tên") && !body.contains('⟦'), "{body}");
        assert_eq!(files(world), 0);
    });
}

#[test]
fn results_go_after_thirty_days_or_when_they_are_taken_away() {
    World::each(|world| {
        enter(world);
        let first = send(world, "csdl.csv", UGLY.as_bytes());
        world.work();
        world.send(&world.board(), &format!("{first}/removal"), &[]).unwrap();
        let gone = world.ask(Lang::Vi, &world.board(), "GET", &first, &[]);
        assert!(matches!(gone, Err(Problem::NotFound)), "{gone:?}");
        let second = send(world, "csdl.csv", UGLY.as_bytes());
        world.work();
        world.clock.set(TODAY.plus_days(30));
        let gone = world.ask(Lang::Vi, &world.board(), "GET", &second, &[]);
        assert!(matches!(gone, Err(Problem::NotFound)), "{gone:?}");
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        world.work();
        world.clock.set(TODAY.plus_days(3));
        let gone = world.ask(Lang::Vi, &world.board(), "GET", &second, &[]);
        assert!(matches!(gone, Err(Problem::NotFound)), "the night took them away: {gone:?}");
    });
}

#[test]
fn months_and_campaigns_are_told_by_check_and_unit() {
    World::each(|world| {
        let young =
            NewMember { name: "Ngô Trẻ".into(), birth: Some(TODAY.plus_months(-12 * 27)), ..sound(QUARTER_9) };
        let person = world.enter(&young);
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        world.work();
        let page = world.page(&world.board(), "/quality/trend");
        assert!(
            page.contains("11/2026") && page.contains("12/2025") && page.contains("Vào Đảng khi chưa đủ tuổi"),
            "{page}"
        );
        assert!(world.page(&world.board(), "/quality/trend?check=admitted-too-young").contains("<svg"));
        assert!(!world.page(&world.northerner(), "/quality/trend").contains("Vào Đảng khi chưa đủ tuổi"));
        let (city, from, to) = (id(crate::world::CITY).to_string(), TODAY.to_string(), TODAY.plus_days(14).to_string());
        let form = [("title", "Đợt 15 ngày"), ("unit", city.as_str()), ("starts", &*from), ("ends", &*to)];
        world.send(&world.board(), "/quality/campaigns/new", &form).unwrap();
        let leave = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::set_standing(op, person, 6, TODAY);
        world.house.db.write(&world.board(), leave).unwrap();
        world.clock.set(TODAY.plus_days(2));
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        world.work();
        let page = world.page(&world.board(), "/quality");
        let href = page.split("/quality/campaigns/").skip(1).find(|part| !part.starts_with("new"));
        let campaign: String = href.unwrap().chars().take(32).collect();
        let page = world.page(&world.board(), &format!("/quality/campaigns/{campaign}"));
        assert!(page.contains("Đảng bộ phường Nam") && page.contains("Đã xử lý") && page.contains("%"), "{page}");
        let hidden = world.viewer(id(QUARTER_1), &[chibo_kernel::Permission::ViewMembers]);
        let hidden = world.ask(Lang::Vi, &hidden, "GET", &format!("/quality/campaigns/{campaign}"), &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}
