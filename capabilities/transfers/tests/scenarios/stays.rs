//! Temporary stays: begun by the last box, extended, ended.

use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, COLLEGE, NEITHER, OTHER_BRANCH, SCHOOL, World, id};

fn ask(world: &World, purpose: &str, begins: &str, until: &str) -> Result<String, String> {
    let from = id(BRANCH).to_string();
    let form = [
        ("from", from.as_str()),
        ("person", "Trần Văn An"),
        ("to", "Chi bộ Khoa Điện"),
        ("purpose", purpose),
        ("begins", begins),
        ("until", until),
        ("cause", "01/11/2026"),
    ];
    let at = world.send(&world.secretary(BRANCH), "/transfers/new?kind=temporary", &form)?;
    Ok(at.split('?').next().unwrap().to_owned())
}

/// A stay from November 2026 to April 2027, begun.
fn begun(world: &World) -> String {
    let at = ask(world, "work", "15/11/2026", "15/04/2027").unwrap();
    for (after, unit) in [BRANCH, SCHOOL, CITY, COLLEGE, OTHER_BRANCH].into_iter().enumerate() {
        world.act(&at, unit, (after, "signed"), "").unwrap();
    }
    at
}

fn turn(world: &World, at: &str, unit: u8, form: &[(&str, &str)]) -> Result<String, String> {
    world.send(&world.secretary(unit), &format!("{at}/stay"), form)
}

#[test]
fn trf_07_the_home_branch_goes_on_counting_who_stays_elsewhere_for_a_time() {
    World::each(|world| {
        let short = ask(world, "work", "15/11/2026", "01/01/2027").unwrap_err();
        assert!(short.contains("TRF-07") && short.contains("ít nhất 3 tháng"), "{short}");
        let long = ask(world, "work", "15/11/2026", "15/11/2027").unwrap_err();
        assert!(long.contains("TRF-07"), "{long}");
        let at = begun(world);
        assert_eq!(world.posted(world.an), Some(id(BRANCH)));
        let page = world.page(&world.secretary(OTHER_BRANCH), &at);
        assert!(page.contains("Nơi sinh hoạt tạm thời (TRF-07)"), "the fee is paid there: {page}");
        let list = world.page(&world.secretary(OTHER_BRANCH), "/transfers/stays");
        assert!(list.contains("Trần Văn An") && list.contains("15/04/2027"), "{list}");
        let none = world.page(&world.secretary(NEITHER), "/transfers/stays");
        assert!(!none.contains("Trần Văn An"), "{none}");
        let again = ask(world, "study", "20/11/2026", "20/05/2027").unwrap_err();
        assert!(again.contains("đang sinh hoạt tạm thời nơi khác"), "{again}");
    });
}

#[test]
fn trf_07_an_extension_is_seen_by_both_and_the_return_ends_it() {
    World::each(|world| {
        let at = begun(world);
        let bare = [("after", "0"), ("turn", "extended"), ("on", "20/11/2026"), ("until", "15/09/2027")];
        let refused = turn(world, &at, OTHER_BRANCH, &bare).unwrap_err();
        assert!(refused.contains("Chưa có lý do gia hạn"), "{refused}");
        let full = [bare.as_slice(), &[("note", "Dự án kéo dài")]].concat();
        turn(world, &at, OTHER_BRANCH, &full).unwrap();
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Gia hạn, đến 15/09/2027") && page.contains("Dự án kéo dài"), "{page}");
        match world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &format!("{at}/stay"), &full) {
            Ok(Reply::Html { status: 409, body, .. }) => assert!(body.contains("Có người vừa ký"), "{body}"),
            other => panic!("{other:?}"),
        }
        let stranger = world.ask(Lang::Vi, &world.secretary(NEITHER), "POST", &format!("{at}/stay"), &full);
        assert!(matches!(stranger, Err(Problem::NotFound)), "{stranger:?}");
        turn(world, &at, BRANCH, &[("after", "1"), ("turn", "returned"), ("on", "21/11/2026")]).unwrap();
        assert!(!world.page(&world.secretary(BRANCH), "/transfers/stays").contains("Trần Văn An"));
        assert!(world.page(&world.secretary(BRANCH), "/transfers/stays?show=ended").contains("Trần Văn An"));
        assert!(world.file(&world.board(), "/transfers/stays.xlsx?show=ended").starts_with(b"PK"));
        assert_eq!(world.acts("transfer-stay").len(), 2);
        ask(world, "study", "22/11/2026", "20/05/2027").unwrap();
    });
}

#[test]
fn scr_03_past_the_end_is_a_signal_and_a_duty_of_both_branches() {
    World::each(|world| {
        let at = begun(world);
        let capability = world.house.capabilities.iter().find(|one| one.name == "transfers").unwrap();
        let duties = |world: &World| {
            let board = world.board();
            let visit = world.visit(Lang::Vi, &board, "/today");
            let mut found = Vec::new();
            let source = capability.duties.iter().find(|one| one.name == "temporary-stays").unwrap();
            (source.find)(&visit, &mut |duty| found.push(duty)).unwrap();
            found
        };
        assert!(duties(world).is_empty(), "five months ahead");
        world.clock.set(crate::world::day(2027, 4, 16));
        let units: Vec<_> = duties(world).iter().map(|duty| (duty.unit, duty.rule)).collect();
        assert_eq!(units, [(id(BRANCH), "TRF-07"), (id(OTHER_BRANCH), "TRF-07")]);
        let mut found = Vec::new();
        let today = world.clock.today();
        let find = |tx: &mut chibo_store::Tx<'_>| {
            capability.signals.iter().try_for_each(|source| (source.find)(tx, today, &mut |one| found.push(one)))
        };
        world.house.db.read(find).unwrap();
        let told: Vec<_> = found.iter().map(|one| (one.rule, one.since, one.href.clone())).collect();
        assert_eq!(told, [("SCR-03", today, at.clone())]);
        let list = world.page(&world.secretary(BRANCH), "/transfers/stays?show=overdue");
        assert!(list.contains("Quá hạn từ 16/04/2027"), "{list}");
    });
}

#[test]
fn trf_07_where_somebody_stays_is_a_fact_of_members_until_he_is_back() {
    World::each(|world| {
        let at = begun(world);
        let stays = |day| world.house.db.read(|tx| chibo_members::actions::stays_on(tx, day)).unwrap();
        let today = world.house.db.today();
        let running = stays(today);
        assert_eq!(
            running.iter().map(|stay| (stay.person_id, stay.unit_id)).collect::<Vec<_>>(),
            [(world.an, Some(id(OTHER_BRANCH)))]
        );
        world.clock.set(today.plus_days(30));
        let back = world.house.db.today().to_string();
        let form = [("after", "0"), ("turn", "returned"), ("on", back.as_str()), ("number", "2-CV"), ("note", "")];
        turn(world, &at, BRANCH, &form).unwrap();
        assert_eq!(stays(world.house.db.today()).len(), 0);
        assert_eq!(stays(today).len(), 1, "the past stays as it was");
    });
}
