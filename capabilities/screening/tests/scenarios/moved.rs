//! Moved, and the papers did not arrive: seen from both sides, settled where the transfer is, written down in the campaign.

use chibo_kernel::{Id, Person, Viewer};
use chibo_members::codes::Standing;

use crate::world::{BRANCH, World, day};

fn outcome(world: &World, person: Id<Person>, step: &str) -> Result<String, String> {
    let form = [("after", "0"), ("step", step), ("on", "20/11/2026"), ("number", "21-QĐ/ĐU")];
    world.send(&world.secretary(BRANCH), &format!("{}/steps", world.at(person)), &form)
}

#[test]
fn scr_04_contact_restored_at_the_transfer_is_written_down_in_the_campaign() {
    World::each(|world| {
        let (at, an) = (world.campaign(), world.members[0]);
        let transfer = world.lost(an, day(2026, 6, 1));
        world.look();
        let page = world.page(&world.secretary(BRANCH), &world.at(an));
        assert!(page.contains(&format!("href=\"{transfer}\"")), "leads to the act: {page}");
        assert!(page.contains("Quá 3 tháng mà không có lý do chính đáng"), "by the rulebook: {page}");
        assert!(page.contains("Giấy tờ vẫn chưa đến") && page.contains("Nơi giới thiệu đi"), "{page}");
        let early = outcome(world, an, "reconnected").unwrap_err();
        assert!(early.contains("21-QĐ/ĐU"), "not while the papers are missing: {early}");
        world.pays(an);
        world.look();
        outcome(world, an, "reconnected").unwrap();
        let page = world.page(&world.secretary(BRANCH), &world.at(an));
        assert!(page.contains("Đã nối lại sinh hoạt") && page.contains("Đủ tư cách"), "{page}");
        for figure in ["cleared", "group-3", "screened"] {
            let list = world.page(&world.ward(), &format!("{at}/members?figure={figure}"));
            assert!(list.contains("Trần Văn An"), "{figure}: {list}");
        }
    });
}

#[test]
fn scr_04_whoever_was_struck_off_where_he_went_is_counted_as_removed() {
    World::each(|world| {
        let (at, an) = (world.campaign(), world.members[0]);
        world.lost(an, day(2026, 6, 1));
        world.look();
        assert!(outcome(world, an, "struck-elsewhere").is_err(), "he is a member");
        let leave =
            |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::leave(op, an, Standing::Left, day(2026, 11, 20));
        world.house.db.write(&Viewer::program("test"), leave).unwrap();
        world.follow();
        world.look();
        outcome(world, an, "struck-elsewhere").unwrap();
        let page = world.page(&world.secretary(BRANCH), &world.at(an));
        assert!(page.contains("Đã đưa ra khỏi Đảng: Xoá tên") && page.contains("Nơi nhận đã xoá tên"), "{page}");
        let visit = world.visit(chibo_web::words::Lang::Vi, &world.ward(), "/today");
        let duties = chibo_web::duties_of(&visit).unwrap();
        assert!(!duties.iter().any(|(_, duty)| duty.rule == "SCR-11"), "the receiving committee tells him");
        let list = world.page(&world.ward(), &format!("{at}/members?figure=struck-off"));
        assert!(list.contains("Trần Văn An"), "{list}");
        assert!(outcome(world, world.members[1], "struck-elsewhere").is_err(), "never moved");
    });
}
