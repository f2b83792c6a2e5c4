//! Out of the city and into it, abroad.

use chibo_kernel::Problem;
use chibo_members::codes::Standing;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, OTHER_BRANCH, SCHOOL, World, id};

/// A paper out of the city for An.
fn out(world: &World, kind: &str, more: &[(&str, &str)]) -> Result<String, String> {
    let from = id(BRANCH).to_string();
    let mut form = vec![
        ("from", from.as_str()),
        ("person", "Trần Văn An"),
        ("place", "Chi bộ Trường Trung học"),
        ("province", "Đà Nẵng"),
        ("cause", "01/11/2026"),
    ];
    form.extend(more);
    let at = world.send(&world.secretary(BRANCH), &format!("/transfers/new?kind={kind}"), &form)?;
    Ok(at.split('?').next().unwrap().to_owned())
}

fn signed(world: &World, at: &str, units: &[u8]) {
    for (after, unit) in units.iter().enumerate() {
        world.act(at, *unit, (after, "signed"), "").unwrap();
    }
}

/// Takes An out of the city; the address of his paper.
fn gone(world: &World) -> String {
    let at = out(world, "outside", &[]).unwrap();
    signed(world, &at, &[BRANCH, SCHOOL, CITY]);
    world.act(&at, BRANCH, (3, "confirmed"), "").unwrap();
    at
}

#[test]
fn trf_02_out_of_the_city_ends_with_the_notice_and_he_is_no_longer_counted() {
    World::each(|world| {
        let at = out(world, "outside", &[]).unwrap();
        signed(world, &at, &[BRANCH, SCHOOL, CITY]);
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Đang trên đường") && page.contains("Chi bộ Trường Trung học, Đà Nẵng"), "{page}");
        assert_eq!(world.posted(world.an), Some(id(BRANCH)), "counted here until the notice comes");
        world.act(&at, BRANCH, (3, "confirmed"), "").unwrap();
        assert_eq!(world.posted(world.an), None);
        assert_eq!(world.standing(world.an), Some(Standing::TransferredOut));
        assert_eq!(world.acts("member-transferred-out").len(), 1);
        let list = world.page(&world.board(), "/transfers?state=accepted&kind=outside");
        assert!(list.contains("Trần Văn An"), "{list}");
    });
}

#[test]
fn trf_02_out_of_the_city_needs_a_name_and_a_province() {
    World::each(|world| {
        let refused = out(world, "outside", &[("place", "")]);
        assert!(refused.is_ok(), "the first value counts");
        let from = id(BRANCH).to_string();
        let form = [("from", from.as_str()), ("person", "Lê Thị Bình"), ("cause", "01/11/2026"), ("reason", "Về quê")];
        let refused = world.send(&world.secretary(BRANCH), "/transfers/new?kind=outside", &form).unwrap_err();
        assert!(refused.contains("Chưa ghi tổ chức đảng") && refused.contains("Về quê"), "{refused}");
    });
}

#[test]
fn trf_02_somebody_from_outside_is_entered_when_the_last_box_is_signed() {
    World::each(|world| {
        let to = id(OTHER_BRANCH).to_string();
        let form = [
            ("to", to.as_str()),
            ("place", "Chi bộ Sở Y tế"),
            ("province", "Huế"),
            ("paper", "44-GGT"),
            ("written", "10/11/2026"),
            ("name", "Phạm Thị Cúc"),
            ("birth", "03/02/1985"),
            ("sex", "2"),
            ("admitted", "19/05/2010"),
            ("official", "19/05/2011"),
            ("workplace", "Bệnh viện"),
        ];
        let secretary = world.secretary(OTHER_BRANCH);
        let bad: Vec<_> = form.iter().filter(|(name, _)| *name != "paper").copied().collect();
        let refused = world.send(&secretary, "/transfers/new?kind=incoming", &bad).unwrap_err();
        assert!(refused.contains("Chưa có số giấy giới thiệu") && refused.contains("Phạm Thị Cúc"), "{refused}");
        let at = world.send(&secretary, "/transfers/new?kind=incoming", &form).unwrap();
        let at = at.split('?').next().unwrap();
        assert!(world.page(&world.board(), "/transfers?kind=incoming").contains("Phạm Thị Cúc"));
        world.carry(at, OTHER_BRANCH);
        signed(world, at, &[CITY, crate::world::COLLEGE]);
        assert!(!world.names().contains(&"Phạm Thị Cúc".to_owned()), "nobody is entered before every box");
        world.act(at, OTHER_BRANCH, (2, "signed"), "").unwrap();
        assert!(world.names().contains(&"Phạm Thị Cúc".to_owned()));
        assert!(world.page_in(Lang::En, &secretary, at).contains("Official, from outside"));
    });
}

#[test]
fn who_was_transferred_out_comes_back_in_the_standing_he_had() {
    World::each(|world| {
        gone(world);
        let secretary = world.secretary(BRANCH);
        let page = world.page(&secretary, &format!("/transfers/members/{}", world.an));
        assert!(page.contains("Tiếp nhận trở lại"), "{page}");
        let (to, known) = (id(BRANCH).to_string(), world.an.to_string());
        let form = [
            ("to", to.as_str()),
            ("place", "Chi bộ Trường Trung học"),
            ("province", "Đà Nẵng"),
            ("paper", "7-GGT"),
            ("written", "20/11/2026"),
        ];
        let url = format!("/transfers/new?kind=incoming&known={known}");
        let at = world.send(&secretary, &url, &form).unwrap();
        let at = at.split('?').next().unwrap();
        world.carry(at, BRANCH);
        let twice = world.send(&secretary, &url, &form).unwrap_err();
        assert!(twice.contains("đang có một lần chuyển chưa xong"), "{twice}");
        // A later day: the posting that ended stays ended until then.
        let step = |after: usize, unit: u8| {
            let after = after.to_string();
            let form = [("after", after.as_str()), ("step", "signed"), ("on", "22/11/2026"), ("note", "")];
            world.send(&world.secretary(unit), at, &form).unwrap();
        };
        [CITY, SCHOOL, BRANCH].into_iter().enumerate().for_each(|(after, unit)| step(after, unit));
        assert_eq!(world.posted(world.an), Some(id(BRANCH)));
        assert_eq!(world.standing(world.an), Some(Standing::Official));
        assert_eq!(world.acts("member-rejoined").len(), 1);
    });
}

#[test]
fn trf_10_two_boxes_lead_abroad_and_strangers_do_not_see_it() {
    World::each(|world| {
        let at = out(world, "abroad", &[]).unwrap();
        signed(world, &at, &[BRANCH, SCHOOL]);
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("TRF-10") && page.contains("Đang trên đường"), "{page}");
        let hidden = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), "GET", &at, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        world.act(&at, BRANCH, (2, "withdrawn"), "Thôi đi nước ngoài").unwrap();
        assert_eq!(world.posted(world.an), Some(id(BRANCH)));
    });
}

#[test]
fn scr_04_more_than_three_months_without_papers_is_a_signal() {
    World::each(|world| {
        let at = out(world, "outside", &[]).unwrap();
        signed(world, &at, &[BRANCH, SCHOOL, CITY]);
        let signals = |world: &World| {
            let capability = world.house.capabilities.iter().find(|one| one.name == "transfers").unwrap();
            let mut found = Vec::new();
            let today = world.clock.today();
            let find = |tx: &mut chibo_store::Tx<'_>| {
                capability.signals.iter().try_for_each(|source| (source.find)(tx, today, &mut |one| found.push(one)))
            };
            world.house.db.read(find).unwrap();
            found
        };
        assert!(signals(world).is_empty());
        let later = world.clock.today().plus_months(4);
        world.clock.set(later);
        let found = signals(world);
        assert_eq!(found.iter().map(|one| (one.rule, one.person)).collect::<Vec<_>>(), [("SCR-04", world.an)]);
    });
}
