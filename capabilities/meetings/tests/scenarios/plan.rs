//! Themes planned by quarter, months of Party groups.

use chibo_kernel::{Id, Problem, Unit, Viewer};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_web::Lang;

use crate::world::{BOARD, BRANCH, OTHER_BRANCH, SCHOOL, World, day, id};

const GROUP: u8 = 77;

fn owed(world: &World, name: &str) -> Vec<(&'static str, Id<Unit>)> {
    let source = chibo_meetings::capability().duties.into_iter().find(|source| source.name == name).unwrap();
    let who = world.viewer(id(SCHOOL), BOARD);
    let (visit, mut found) = (world.visit(Lang::Vi, &who, "/today"), Vec::new());
    (source.find)(&visit, &mut |duty| found.push((duty.rule, duty.unit))).unwrap();
    found
}

#[test]
fn mtg_02_a_planned_theme_stands_on_the_agenda_of_its_quarter() {
    World::each(|world| {
        let secretary = world.secretary(BRANCH);
        let page = format!("/meetings/units/{}", id(BRANCH));
        let to = format!("{page}/plan");
        assert!(world.page(&secretary, &page).contains("Chưa có chuyên đề nào"));
        let refused = world.send(&secretary, &to, &[("plan-quarter", "2026-07"), ("plan-topic", "Cũ")]).unwrap_err();
        assert!(refused.contains("MTG-02") && refused.contains("quý này và bốn quý tới"), "{refused}");
        let bare = world.send(&secretary, &to, &[("plan-quarter", "2026-10"), ("plan-topic", "")]).unwrap_err();
        assert!(bare.contains("Chưa có tên chuyên đề"), "{bare}");
        world.send(&secretary, &to, &[("plan-quarter", "2026-10"), ("plan-topic", "Nêu gương")]).unwrap();
        world.send(&secretary, &to, &[("plan-quarter", "2026-10"), ("plan-topic", "Tiết kiệm")]).unwrap();
        let shown = world.page(&secretary, &page);
        assert!(shown.contains("Quý 4/2026") && shown.contains("Chuyên đề: Tiết kiệm"), "{shown}");
        assert!(!shown.contains("Nêu gương"), "the last one counts");
        assert_eq!(world.acts("meeting-theme-planned").len(), 2);
        let other = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "POST", &to, &[("plan-quarter", "2026-10")]);
        assert!(matches!(other, Err(Problem::NotFound)), "{other:?}");
    });
}

#[test]
fn mtg_01_a_party_group_meets_every_month_and_the_branch_writes_it_down() {
    World::each(|world| {
        let secretary = world.secretary(BRANCH);
        let page = format!("/meetings/units/{}", id(BRANCH));
        assert!(!world.page(&secretary, &page).contains("Sinh hoạt tổ đảng"), "no group, no section");
        let facts = Facts {
            name: "Tổ đảng Đại số".to_owned(),
            short: "Tổ 1".to_owned(),
            kind: Kind::Group,
            setting: Setting::School,
            code: String::new(),
        };
        let group = NewUnit::new(id(GROUP), Some(id(BRANCH)), facts, day(2026, 1, 1));
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, std::slice::from_ref(&group), now).map(drop)
        };
        world.house.db.write(&Viewer::program("test"), load).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        assert_eq!(owed(world, "group-meetings"), [("MTG-01", id(BRANCH))]);
        let (to, of) = (format!("{page}/groups"), id(GROUP).to_string());
        let met = |on: &str, listed: &str, present: &str| {
            let form = [
                ("group", of.as_str()),
                ("group-on", on),
                ("group-listed", listed),
                ("group-present", present),
                ("group-done", "Góp ý dự thảo nghị quyết"),
            ];
            world.send(&secretary, &to, &form)
        };
        let many = met("20/10/2026", "3", "4").unwrap_err();
        assert!(many.contains("MTG-01") && many.contains("nhiều hơn số đảng viên"), "{many}");
        met("20/10/2026", "4", "3").unwrap();
        assert_eq!(owed(world, "group-meetings"), []);
        let shown = world.page(&secretary, &page);
        assert!(shown.contains("Tổ đảng Đại số") && shown.contains("3/4"), "{shown}");
        let elsewhere = format!("/meetings/units/{}/groups", id(OTHER_BRANCH));
        let form = [
            ("group", of.as_str()),
            ("group-on", "20/10/2026"),
            ("group-listed", "4"),
            ("group-present", "3"),
            ("group-done", "x"),
        ];
        let other = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "POST", &elsewhere, &form);
        assert!(matches!(other, Err(Problem::NotFound)), "a group of another branch: {other:?}");
    });
}
