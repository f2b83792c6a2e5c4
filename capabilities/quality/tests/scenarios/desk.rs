//! Findings appear, are worked off and stay mended; campaigns; who sees what.

use chibo_kernel::Problem;
use chibo_members::rules::NewMember;
use chibo_testkit::TODAY;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BOARD, NORTH, QUARTER_1, QUARTER_9, SOUTH, World, id, sound};

/// Asks for a run and lets it happen.
fn look(world: &World) {
    world.send(&world.board(), "/quality/runs", &[]).unwrap();
    world.work();
}

fn too_young(unit: u8) -> NewMember {
    NewMember { name: "Ngô Trẻ".to_owned(), birth: Some(TODAY.plus_months(-12 * 27)), ..sound(unit) }
}

#[test]
fn mem_01_a_finding_names_the_member_his_unit_and_the_day_it_was_seen() {
    World::each(|world| {
        assert!(world.page(&world.board(), "/quality").contains("Chưa rà soát lần nào"));
        world.enter(&too_young(QUARTER_9));
        look(world);
        let page = world.page(&world.board(), "/quality");
        assert!(page.contains("Vào Đảng khi chưa đủ tuổi") && page.contains("MEM-01"), "{page}");
        let list = world.page(&world.board(), "/quality/list?check=admitted-too-young");
        for said in ["Ngô Trẻ", "Chi bộ khu phố 9", &TODAY.to_string(), "Đối chiếu ngày sinh"] {
            assert!(list.contains(said), "{said}: {list}");
        }
        assert!(world.page_in(Lang::En, &world.board(), "/quality").contains("Admitted too young"));
        assert!(world.file(&world.board(), "/quality/export.xlsx").starts_with(b"PK"));
        assert_eq!(world.acts("quality-checked").len(), 1);
    });
}

#[test]
fn what_is_mended_goes_and_the_first_day_seen_stays() {
    World::each(|world| {
        let person = world.enter(&too_young(QUARTER_9));
        look(world);
        world.clock.set(TODAY.plus_days(3));
        look(world);
        let list = world.page(&world.board(), "/quality/list?check=admitted-too-young");
        assert!(list.contains(&TODAY.to_string()), "{list}");
        world.clock.pass(1);
        let leave =
            |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::set_standing(op, person, 6, TODAY.plus_days(3));
        world.house.db.write(&chibo_kernel::Viewer::program("test"), leave).unwrap();
        look(world);
        let list = world.page(&world.board(), "/quality/list?check=identity-missing");
        assert!(!list.contains("Ngô Trẻ"), "whoever left has no gaps: {list}");
        let list = world.page(&world.board(), "/quality/list?check=posting-after-leaving");
        assert!(list.contains("Ngô Trẻ"), "{list}");
    });
}

#[test]
fn dpd_33_people_entered_twice_are_found_whatever_the_place_of_the_tone() {
    World::each(|world| {
        for name in ["Nguyễn Thị Hoà", "Nguyễn Thị Hòa"] {
            world.enter(&NewMember { name: name.to_owned(), ..sound(QUARTER_1) });
        }
        look(world);
        let list = world.page(&world.board(), "/quality/list?check=double");
        assert!(list.contains("Nguyễn Thị Hoà") && list.contains("Nguyễn Thị Hòa"), "{list}");
    });
}

#[test]
fn only_ones_own_members_are_seen_and_a_reader_orders_nothing() {
    World::each(|world| {
        world.enter(&too_young(QUARTER_9));
        look(world);
        assert!(!world.page(&world.northerner(), "/quality/list").contains("Ngô Trẻ"));
        let southerner = world.person(5, id(SOUTH), BOARD);
        assert!(world.page(&southerner, "/quality/list").contains("Ngô Trẻ"));
        let elsewhere = format!("/quality?unit={}", id(SOUTH));
        let hidden = world.ask(Lang::Vi, &world.northerner(), "GET", &elsewhere, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let reader = world.viewer(id(NORTH), &[chibo_kernel::Permission::ViewMembers]);
        let denied = world.ask(Lang::Vi, &reader, "POST", "/quality/runs", &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
    });
}

#[test]
fn one_run_at_a_time_and_every_night_another() {
    World::each(|world| {
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        let again = world.ask(Lang::Vi, &world.board(), "POST", "/quality/runs", &[]);
        assert!(matches!(again, Err(Problem::Conflict(_))), "{again:?}");
        world.work();
        // The nightly run waits for its night and does not stand in the way.
        world.send(&world.board(), "/quality/runs", &[]).unwrap();
        world.work();
        let before = world.acts("quality-checked").len();
        world.clock.set(TODAY.plus_days(1));
        world.work();
        assert_eq!(world.acts("quality-checked").len(), before + 1, "the night came");
    });
}

#[test]
fn a_campaign_shows_what_is_left_and_is_due_by_its_last_day() {
    World::each(|world| {
        world.enter(&too_young(QUARTER_9));
        look(world);
        let (south, from, to) = (id(SOUTH).to_string(), TODAY.to_string(), TODAY.plus_days(14).to_string());
        let form = [("title", "Đợt 15 ngày"), ("unit", south.as_str()), ("starts", &*from), ("ends", &*to)];
        world.send(&world.board(), "/quality/campaigns/new", &form).unwrap();
        let page = world.page(&world.board(), "/quality");
        assert!(page.contains("Đợt 15 ngày") && page.contains("Đảng bộ phường Nam"), "{page}");
        let mut due = Vec::new();
        let visit = world.visit(Lang::Vi, &world.board(), "/today");
        let source = chibo_quality::capability().duties.remove(0);
        (source.find)(&visit, &mut |duty| due.push((duty.unit, duty.due))).unwrap();
        assert_eq!(due, [(id(QUARTER_9), TODAY.plus_days(14))]);
        let long = [("title", "Dài"), ("unit", south.as_str()), ("starts", &*from), ("ends", "31/12/2027")];
        let refused = world.send(&world.board(), "/quality/campaigns/new", &long).unwrap_err();
        assert!(refused.contains("không quá 60 ngày"), "{refused}");
        let empty = world.ask(Lang::Vi, &world.board(), "POST", "/quality/campaigns/new", &[]);
        assert!(matches!(empty, Ok(Reply::Html { status: 422, .. })), "{empty:?}");
    });
}
