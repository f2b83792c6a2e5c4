//! Flags come and go with the facts; people raise grounds from the list only.

use chibo_kernel::{Id, Person};
use chibo_screening::actions::open_flags_of;
use chibo_web::words::Lang;

use crate::world::{BRANCH, World, day};

fn open(world: &World, person: Id<Person>) -> usize {
    world.house.db.read(|tx| open_flags_of(tx, person)).unwrap().len()
}

#[test]
fn scr_02_a_flag_opens_with_the_fact_and_closes_when_it_is_gone() {
    World::each(|world| {
        let (an, secretary) = (world.members[0], world.secretary(BRANCH));
        world.owes(an, day(2026, 6, 1), 3);
        world.look();
        let page = world.page(&secretary, "/screening/flags");
        assert!(page.contains("Chưa đóng đảng phí 3 tháng") && page.contains(&format!("/unpaid/{an}")), "{page}");
        assert!(page.contains("01/06/2026"), "{page}");
        // The same fact, told on: still one flag, first seen as before.
        world.clock.pass(86_400_000);
        world.owes(an, day(2026, 6, 1), 4);
        world.look();
        assert_eq!(open(world, an), 1);
        assert!(world.page(&secretary, "/screening/flags").contains("Chưa đóng đảng phí 4 tháng"));
        world.pays(an);
        world.look();
        assert_eq!(open(world, an), 0);
        let page = world.page(&secretary, &world.at(an));
        assert!(page.contains("Đã hết từ 23/11/2026"), "{page}");
        assert!(world.acts("screen-looked").len() >= 3);
        // Gone and back on one day is one flag again.
        world.owes(an, day(2026, 6, 1), 4);
        world.look();
        assert_eq!(open(world, an), 1);
    });
}

#[test]
fn scr_02_to_07_only_rules_of_screening_become_flags_and_only_of_members() {
    World::each(|world| {
        world.says(world.members[0], "SCR-08", day(2026, 6, 1), 1);
        world.says(world.members[1], "SCR-04", day(2026, 6, 1), 1);
        world.look();
        assert_eq!((open(world, world.members[0]), open(world, world.members[1])), (0, 1));
        assert!(world.page_in(Lang::En, &world.board(), "/screening").contains("Members with flags by group"));
        assert!(world.file(&world.board(), "/screening/flags.xlsx").starts_with(b"PK"));
    });
}

#[test]
fn scr_01_the_look_comes_back_every_night() {
    World::each(|world| {
        world.look();
        let waiting = world.house.db.read(|tx| chibo_store::jobs::newest(tx, 50)).unwrap();
        assert_eq!(waiting.iter().filter(|job| job.state == "waiting").count(), 1);
        let handlers: Vec<_> = world.house.capabilities.iter().flat_map(|one| one.jobs.iter().copied()).collect();
        world.owes(world.members[2], day(2026, 6, 1), 3);
        world.clock.pass(86_400_000);
        assert!(chibo_store::jobs::run_next(&world.house.db, &handlers).unwrap());
        assert_eq!(open(world, world.members[2]), 1);
    });
}

fn ground(world: &World, person: Id<Person>, form: &[(&str, &str)]) -> Result<String, String> {
    world.send(&world.secretary(BRANCH), &format!("{}/grounds", world.at(person)), form)
}

#[test]
fn scr_04_to_07_a_ground_is_raised_from_the_list_with_its_document_and_lifted_with_another() {
    World::each(|world| {
        let an = world.members[0];
        let form = |deed, number| {
            [("deed", deed), ("ground", "two-years-failed"), ("evidence", number), ("evidenced", "10/01/2026")]
        };
        let words = ground(world, an, &form("raise", "nói năng không đúng 1")).unwrap_err();
        assert!(words.contains("không có dấu cách") && words.contains("nói năng không đúng 1"), "{words}");
        let unlisted = [("deed", "raise"), ("ground", "opinion"), ("evidence", "1-BB"), ("evidenced", "10/01/2026")];
        assert!(ground(world, an, &unlisted).unwrap_err().contains("Chưa chọn căn cứ"));
        ground(world, an, &form("raise", "05-QĐ/ĐU")).unwrap();
        assert_eq!(open(world, an), 1);
        let page = world.page(&world.secretary(BRANCH), &world.at(an));
        assert!(page.contains("Hai năm liền xếp loại") && page.contains("05-QĐ/ĐU") && page.contains("SCR-05"));
        ground(world, an, &form("lift", "07-QĐ/ĐU")).unwrap();
        assert_eq!(open(world, an), 0);
        assert_eq!(world.acts("screen-ground").len(), 2);
    });
}

/// The questions of the page about a member that can be answered with words of one's own.
fn texts(page: &str) -> Vec<String> {
    let pieces = page.split("<input type=\"text\"").skip(1).chain(page.split("<textarea").skip(1));
    let name = |piece: &str| {
        let tag = piece.split('>').next()?;
        Some(tag.split(" name=\"").nth(1)?.split('"').next()?.to_owned())
    };
    pieces.filter_map(name).collect()
}

#[test]
fn scr_08_no_table_and_no_form_has_room_for_what_anybody_thinks_or_says() {
    World::each(|world| {
        world.campaign();
        world.owes(world.members[0], day(2026, 6, 1), 3);
        world.look();
        let page = world.page(&world.secretary(BRANCH), &world.at(world.members[0]));
        assert!(!page.contains("<textarea"), "no room for sentences");
        for name in texts(&page) {
            let date = ["-day", "-month", "-year"].iter().any(|part| name.ends_with(part));
            assert!(date || ["number", "evidence", "paper"].contains(&name.as_str()), "a field of words: {name}");
        }
    });
    let sql = concat!(
        include_str!("../../migrations/0001_screening.sql"),
        include_str!("../../migrations/0002_screening_decider.sql")
    );
    let allowed = [
        "rule",
        "rules",
        "said_key",
        "said_args",
        "href",
        "ground",
        "number",
        "recorded_by",
        "item",
        "step",
        "form",
        "tasks",
        "rulebook",
        "voting",
        "state",
        "made_by",
        "figure",
        "by_name",
        // The code of a body that decided.
        "body",
    ];
    let texts = sql.lines().filter(|line| line.contains("{text}")).filter_map(|line| line.split_whitespace().next());
    for column in texts {
        assert!(allowed.contains(&column), "a column of text nobody has looked at: {column}");
    }
    for word in ["opinion", "belief", "note", "remark", "comment", "reason"] {
        assert!(!sql.lines().any(|line| line.trim_start().starts_with(word)), "{word}");
    }
}

#[test]
fn scr_01_flags_alone_never_change_a_standing() {
    World::each(|world| {
        let before: Vec<u8> = world.members.iter().map(|person| world.standing(*person)).collect();
        for (at, person) in world.members.iter().enumerate() {
            for rule in ["SCR-02", "SCR-03", "SCR-04", "SCR-05", "SCR-06", "SCR-07"] {
                world.says(*person, rule, day(2024, 1, 1).plus_days(at as i32), 24);
            }
        }
        world.look();
        for night in 0..3 {
            world.clock.pass(40 * 86_400_000 * (night + 1));
            world.look();
        }
        let after: Vec<u8> = world.members.iter().map(|person| world.standing(*person)).collect();
        assert_eq!(before, after);
        assert_eq!(world.acts("member-standing-set"), [""; 0]);
    });
}
