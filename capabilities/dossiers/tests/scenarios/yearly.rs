//! The yearly supplement: the branch's round, the duty, one member's changes.

use chibo_kernel::{Day, Permission};
use chibo_web::duties_of;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER, World, day, dossier, id};

const ROUND: &str = "/dossiers/supplements";

fn open(world: &World, unit: u8) -> usize {
    let who = world.secretary(unit);
    let visit = world.visit(Lang::Vi, &who, "/today");
    let found = duties_of(&visit).unwrap();
    found.iter().filter(|(source, _)| source.name == "dossiers").count()
}

#[test]
fn dos_04_the_branch_is_reminded_in_the_last_quarter_until_everybody_has_given_the_sheet() {
    World::each(|world| {
        assert_eq!(open(world, BRANCH), 1);
        world.clock.set(day("2026-09-30"));
        assert_eq!(open(world, BRANCH), 0, "not before the last quarter");
        world.clock.set(day("2026-11-22"));
        let unit = id(BRANCH).to_string();
        let whole =
            [("unit", unit.as_str()), ("year", "2026"), ("all", "yes"), ("step", "received"), ("on", "20/11/2026")];
        world.send(&world.secretary(BRANCH), ROUND, &whole).unwrap();
        assert_eq!((open(world, BRANCH), open(world, OTHER)), (0, 1));
        let page = world.page(&world.secretary(BRANCH), ROUND);
        assert_eq!(page.matches("K (không thay đổi)").count(), 2, "{page}");
        let again = world.send(&world.secretary(BRANCH), ROUND, &whole).unwrap_err();
        assert!(again.contains("Không có ai để ghi"), "{again}");
        let page = world.page(&world.keeper(), ROUND);
        assert!(page.contains("Chi bộ Khu phố 1") && page.contains("100,00"), "{page}");
    });
}

#[test]
fn dos_04_changed_items_are_named_and_what_went_up_is_settled() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let step = |step: &'static str, changed: &[&'static str]| {
            let mut form = vec![("year", "2026"), ("step", step), ("on", "20/11/2026"), ("note", "")];
            form.extend(changed.iter().map(|item| ("changed", *item)));
            world.send(&who, &dossier(world.an, "/supplements"), &form)
        };
        assert!(step("forwarded", &[]).unwrap_err().contains("Chưa nhận phiếu"));
        step("received", &["11", "7"]).unwrap();
        assert!(world.page(&who, &dossier(world.an, "?show=more")).contains("7,11"));
        step("forwarded", &[]).unwrap();
        let late = step("received", &["30"]).unwrap_err();
        assert!(late.contains("đã chuyển cấp trên") && late.contains("DOS-04"), "{late}");
        assert_eq!(world.acts("dossier-supplement-step").len(), 2);
    });
}

#[test]
fn nobody_of_another_branch_is_ticked_along() {
    World::each(|world| {
        let (unit, chi) = (id(BRANCH).to_string(), world.chi.to_string());
        let form =
            [("unit", unit.as_str()), ("year", "2026"), ("who", &chi), ("step", "received"), ("on", "20/11/2026")];
        let refused = world.send(&world.secretary(BRANCH), ROUND, &form).unwrap_err();
        assert!(refused.contains("Không có ai để ghi"), "{refused}");
        let reader = world.viewer(id(BRANCH), &[Permission::ViewUnits, Permission::ViewMembers]);
        assert!(!world.page(&reader, ROUND).contains("<form class=\"form wide\""));
        assert!(world.house.db.today() > Day::PARTY_FOUNDED);
    });
}
