//! The books about members, and who keeps dossiers of members on probation.

use chibo_kernel::{Day, Id, Person, Problem, Unit, Viewer};
use chibo_members::codes::Standing;
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::TODAY;
use chibo_web::words::Lang;

use crate::world::{CITY, COLLEGE, FAR_BRANCH, SCHOOL, World, day, id};

const WARD: u8 = 21;
const STREET: u8 = 22;
const STREET_BRANCH: u8 = 23;

/// Somebody dies.
fn dies(world: &World, person: Id<Person>, on: Day) {
    let leave = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::leave(op, person, Standing::Deceased, on);
    world.house.db.write(&world.board(), leave).unwrap();
    chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
}

#[test]
fn dos_07_all_twelve_books_are_named_with_where_they_are_kept() {
    World::each(|world| {
        let page = world.page(&world.secretary(SCHOOL), "/cards/books");
        let places = [
            "/cards/roll",
            "/cards/books/left",
            "/cards/books/deceased",
            "/cards/dossiers",
            "/cards/books/probation",
            "/cards/list",
            "/badges",
            "/transfers",
            "/transfers/checks",
            "/transfers/residence",
        ];
        for place in places {
            assert!(page.contains(&format!("href=\"{place}\"")), "{place}: {page}");
        }
        assert!(page.contains("Khen thưởng") && page.contains("Chưa giữ trong chương trình"), "{page}");
        assert!(
            page.contains("Nghị quyết chi bộ") && !page.contains("href=\"/meetings\""),
            "not for whom it is closed"
        );
        world.page_in(Lang::En, &world.board(), "/cards/books");
    });
}

#[test]
fn dos_07_books_made_from_members_go_by_unit_and_year() {
    World::each(|world| {
        let school = world.secretary(SCHOOL);
        let book = |book: &str, rest: &str| format!("/cards/books/{book}{rest}");
        let probation = world.page(&school, &book("probation", ""));
        assert!(probation.contains("Ngô Mai Chi") && probation.contains("01/05/2026"), "{probation}");
        assert!(!probation.contains("Lê Văn Bình"), "{probation}");
        assert!(world.page(&school, &book("deceased", "")).contains("Không có đảng viên nào"));
        dies(world, world.binh, day(2026, 3, 9));
        dies(world, world.ha, day(2025, 8, 4));
        let all = world.page(&world.board(), &book("deceased", ""));
        assert!(all.contains("Lê Văn Bình") && all.contains("09/03/2026") && all.contains("Vũ Văn Hà"), "{all}");
        assert!(all.find("Vũ Văn Hà") < all.find("Lê Văn Bình"), "by day: {all}");
        let year = world.page(&world.board(), &book("deceased", "?year=2025"));
        assert!(year.contains("Vũ Văn Hà") && !year.contains("Lê Văn Bình"), "{year}");
        let own = world.page(&school, &book("deceased", ""));
        assert!(own.contains("Lê Văn Bình") && !own.contains("Vũ Văn Hà"), "{own}");
        let far = book("deceased", &format!("?unit={}", id(COLLEGE)));
        assert!(matches!(world.ask(Lang::Vi, &school, "GET", &far, &[]), Err(Problem::NotFound)));
        let unknown = world.ask(Lang::Vi, &school, "GET", &book("badges", ""), &[]);
        assert!(matches!(unknown, Err(Problem::NotFound)), "kept elsewhere: {unknown:?}");
        assert!(world.file(&world.board(), &book("deceased", "/list.xlsx")).starts_with(b"PK"));
        assert!(world.file(&world.board(), &book("deceased", "/list.docx?year=2026")).starts_with(b"PK"));
        assert!(world.file(&world.board(), &book("left", "/list.pdf")).starts_with(b"%PDF"));
        assert_eq!(world.acts("card-list-exported").len(), 3);
        world.page_in(Lang::En, &world.board(), &book("left", "?year=2026"));
    });
}

fn unit(number: u8, name: &str, (kind, setting): (Kind, Setting), parent: u8) -> NewUnit {
    let code = String::new();
    let facts = Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code };
    NewUnit::new(id(number), Some(id(parent)), facts, day(2025, 7, 1))
}

/// A ward under the city with a base organisation, and somebody on probation there.
fn ward(world: &World) {
    let units: [NewUnit; 3] = [
        unit(WARD, "Đảng bộ Phường", (Kind::Upper, Setting::Ward), CITY),
        unit(STREET, "Đảng bộ Trường Tiểu học", (Kind::Base, Setting::School), WARD),
        unit(STREET_BRANCH, "Chi bộ Tổ Toán", (Kind::Branch, Setting::School), STREET),
    ];
    let admitted = day(2026, 6, 1);
    let member = NewMember {
        name: "Phan Thu Giang".to_owned(),
        birth: Some(day(2000, 1, 1)),
        sex: 2,
        admitted: Some(admitted),
        postings: vec![(id(STREET_BRANCH), admitted)],
        standings: standings_from_dates(Some(admitted), None, admitted),
        ..NewMember::default()
    };
    let load = |op: &mut chibo_store::Op<'_, '_>| {
        let now = op.now();
        load_units(op, &units, now)?;
        chibo_members::actions::enter(op, &member).map(drop)
    };
    world.house.db.write(&Viewer::program("test"), load).unwrap();
    chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
    world.house.db.set_places(world.house.census.forest().today(TODAY));
}

#[test]
fn dos_02_the_committee_above_lends_the_dossier_of_a_member_on_probation() {
    World::each(|world| {
        ward(world);
        let (above, base) = (world.secretary(WARD), world.secretary(STREET));
        let loan = [
            ("person", "Phan Thu Giang"),
            ("borrower", "Phạm Minh"),
            ("consent", "15-CV/ĐU"),
            ("out", "18/11/2026"),
            ("due", "19/11/2026"),
        ];
        let at = |unit: u8| -> String {
            let unit: Id<Unit> = id(unit);
            format!("/cards/dossiers/loans?unit={unit}")
        };
        let refused = world.send(&base, &at(STREET), &loan).unwrap_err();
        assert!(refused.contains("DOS-02") && refused.contains("cấp trên giữ"), "{refused}");
        world.send(&above, &at(WARD), &loan).unwrap();
        let books = world.page(&above, &format!("/cards/dossiers?unit={}", id(WARD)));
        assert!(books.contains("Phan Thu Giang") && books.contains("Theo danh sách hiện nay: 1."), "{books}");
        let keepers = world.page(&above, "/cards/dossiers");
        assert!(keepers.contains("Đảng bộ Phường") && keepers.contains("Đảng bộ Trường Tiểu học"), "{keepers}");
        let far = world.ask(Lang::Vi, &world.secretary(FAR_BRANCH), "POST", &at(WARD), &loan);
        assert!(matches!(far, Err(Problem::NotFound)), "{far:?}");
    });
}
