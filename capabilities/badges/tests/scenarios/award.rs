//! From the roll of an award day to the badge in the hand.

use chibo_kernel::{Day, Id, Person, Problem, Unit, Viewer};
use chibo_members::codes::Standing;
use chibo_members::rules::NewMember;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, OTHER_BRANCH, World, day, id};

const ROLL: &str = "/badges?award=2027-02-03";
const STEPS: &str = "/badges/steps?award=2027-02-03";

#[test]
fn bdg_02_the_roll_lists_those_who_reach_the_years_in_the_window() {
    World::each(|world| {
        let page = world.page(&world.board(), "/badges");
        assert!(
            page.contains("Trần Văn An") && page.contains("Ngô Mai Chi") && !page.contains("Lê Thị Bình"),
            "{page}"
        );
        assert!(page.contains("15/01/2027") && page.contains("28/02/2027"));
        let june = world.page(&world.board(), "/badges?award=2027-09-02");
        assert!(june.contains("Lê Thị Bình") && !june.contains("Trần Văn An"));
        assert!(world.page_in(Lang::En, &world.board(), ROLL).contains("Due, not proposed"));
    });
}

#[test]
fn mem_40_whoever_came_back_is_due_when_his_years_without_the_gap_are_reached() {
    World::each(|world| {
        let (admitted, out, back) = (day(1995, 9, 15), day(2008, 1, 1), day(2009, 5, 1));
        let member = NewMember {
            name: "Đỗ Văn Dũng".to_owned(),
            birth: Some(day(1970, 1, 1)),
            sex: 1,
            admitted: Some(admitted),
            official: Some(day(1996, 9, 15)),
            postings: vec![(id(BRANCH), admitted)],
            standings: vec![(1, admitted), (2, day(1996, 9, 15)), (6, out), (2, back)],
            ..NewMember::default()
        };
        let enter = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::enter(op, &member);
        let person = world.house.db.write(&Viewer::program("test"), enter).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        let page = world.page(&world.board(), ROLL);
        assert!(page.contains("Đỗ Văn Dũng") && page.contains("15/01/2027"), "{page}");
        let own = world.page(&world.board(), &format!("/badges/members/{person}"));
        assert!(own.contains("từ 01/01/2008 đến 30/04/2009"), "{own}");
    });
}

#[test]
fn only_members_in_sight_are_listed() {
    World::each(|world| {
        let page = world.page(&world.secretary(OTHER_BRANCH), ROLL);
        assert!(page.contains("Ngô Mai Chi") && !page.contains("Trần Văn An"));
        let hidden =
            world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &format!("/badges/members/{}", world.chi), &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let elsewhere = format!("{ROLL}&unit={}", id(OTHER_BRANCH));
        let hidden = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &elsewhere, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}

#[test]
fn bdg_07_branch_proposes_city_decides_and_hands_over() {
    World::each(|world| {
        let an = format!("{}-30", world.an);
        let board = world.board();
        world.send(&world.secretary(BRANCH), STEPS, &[("step", "proposed"), ("who", &an)]).unwrap();
        world.send(&world.secretary(OTHER_BRANCH), STEPS, &[("step", "proposed"), ("all", "yes")]).unwrap();
        let denied = world.ask(
            Lang::Vi,
            &world.secretary(BRANCH),
            "POST",
            STEPS,
            &[("step", "decided"), ("who", &an), ("number", "1-QĐ/TU")],
        );
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
        let without = world.send(&board, STEPS, &[("step", "decided"), ("all", "yes")]).unwrap_err();
        assert!(without.contains("Nhập số quyết định"), "{without}");
        world.send(&board, STEPS, &[("step", "decided"), ("all", "yes"), ("number", "12-QĐ/TU")]).unwrap();
        let page = world.page(&board, ROLL);
        assert!(page.contains("số 00000001") && page.contains("số E0000001"), "{page}");
        world.send(&board, STEPS, &[("step", "awarded"), ("who", &an)]).unwrap();
        let own = world.page(&board, &format!("/badges/members/{}", world.an));
        assert!(own.contains("Đã trao") && own.contains("12-QĐ/TU"), "{own}");
        let acts = world.acts("badge-");
        assert_eq!(acts.len(), 5, "{acts:?}");
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn bdg_03_an_early_badge_needs_its_ground_and_leaves_the_later_roll() {
    World::each(|world| {
        let (board, own) = (world.board(), format!("/badges/members/{}", world.binh));
        let form = |ground| [("years", "30"), ("award", "2027-02-03"), ("ground", ground)];
        let refused = world.send(&board, &own, &form("reached")).unwrap_err();
        assert!(refused.contains("BDG-02") && refused.contains("15/06/2027"), "{refused}");
        world.send(&board, &own, &form("illness")).unwrap();
        assert!(world.page(&board, ROLL).contains("Lê Thị Bình"));
        assert!(!world.page(&board, "/badges?award=2027-09-02").contains("Lê Thị Bình"));
        let again = world.ask(Lang::Vi, &board, "POST", &own, &form("illness"));
        assert!(matches!(again, Err(Problem::Conflict(_))), "{again:?}");
    });
}

#[test]
fn bdg_04_discipline_delays_the_proposal() {
    World::each(|world| {
        let (board, own) = (world.board(), format!("/badges/members/{}", world.an));
        let form = [
            ("years", "30"),
            ("award", "2027-02-03"),
            ("ground", "reached"),
            ("measure", "dismissal"),
            ("measured", "1/10/2026"),
            ("corrected", "yes"),
        ];
        let refused = world.send(&board, &own, &form).unwrap_err();
        assert!(refused.contains("BDG-04") && refused.contains("01/10/2027"), "{refused}");
        let later = form.map(|(name, value)| if name == "award" { (name, "2027-11-07") } else { (name, value) });
        world.send(&board, &own, &later).unwrap();
    });
}

#[test]
fn what_was_dealt_with_meanwhile_is_a_conflict_and_nothing_is_half_done() {
    World::each(|world| {
        let (board, an, chi) = (world.board(), format!("{}-30", world.an), format!("{}-45", world.chi));
        world.send(&board, STEPS, &[("step", "proposed"), ("who", &an)]).unwrap();
        let both = [("step", "proposed"), ("who", an.as_str()), ("who", &chi)];
        let conflict = world.ask(Lang::Vi, &board, "POST", STEPS, &both);
        assert!(matches!(conflict, Err(Problem::Conflict(_))), "{conflict:?}");
        let due = world.page(&board, &format!("{ROLL}&state=due"));
        assert!(due.contains("Ngô Mai Chi"), "the other of the list was not proposed either");
        let nobody = world.send(&board, STEPS, &[("step", "proposed")]).unwrap_err();
        assert!(nobody.contains("Chưa chọn ai"), "{nobody}");
    });
}

#[test]
fn bdg_06_first_numbers_are_checked_and_never_given_twice() {
    World::each(|world| {
        let (board, an) = (world.board(), format!("{}-30", world.an));
        world.send(&board, STEPS, &[("step", "proposed"), ("all", "yes")]).unwrap();
        let decide = |who: &str, serial: &str| {
            let form = [("step", "decided"), ("who", who), ("number", "12-QĐ/TU"), ("serial", serial)];
            world.send(&board, STEPS, &form)
        };
        assert!(decide(&an, "12").unwrap_err().contains("BDG-06"));
        decide(&an, "00001234").unwrap();
        assert!(world.page(&board, ROLL).contains("00001234"));
    });
}

#[test]
fn bdg_02_branches_are_told_before_files_are_due() {
    World::each(|world| {
        let mut found = Vec::new();
        let source = &world.house.capabilities.iter().find(|own| own.name == "badges").unwrap().duties[0];
        let who = world.viewer(id(CITY), crate::world::BOARD);
        let visit = world.visit(Lang::Vi, &who, "/today");
        (source.find)(&visit, &mut |duty| found.push((duty.unit, duty.due))).unwrap();
        found.sort_unstable();
        let units: Vec<_> = found.iter().map(|(unit, _)| *unit).collect();
        assert_eq!(units, [id(BRANCH), id(OTHER_BRANCH)]);
        assert!(found.iter().all(|(_, due)| *due < crate::world::day(2027, 1, 1)));
    });
}

/// What is owed by a source: rule, unit, last day, address.
fn duties(world: &World, name: &str) -> Vec<(&'static str, Id<Unit>, Day, String)> {
    let source = chibo_badges::capability().duties.into_iter().find(|source| source.name == name).unwrap();
    let who = world.board();
    let (visit, mut found) = (world.visit(Lang::Vi, &who, "/today"), Vec::new());
    (source.find)(&visit, &mut |duty| found.push((duty.rule, duty.unit, duty.due, duty.href))).unwrap();
    found
}

fn leave(world: &World, person: Id<Person>) {
    let today = chibo_testkit::TODAY;
    let leaves = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::leave(op, person, Standing::Left, today);
    world.house.db.write(&Viewer::program("test"), leaves).unwrap();
    chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
}

#[test]
fn bdg_07_every_step_after_the_proposal_is_somebodys_duty() {
    World::each(|world| {
        let (board, an) = (world.board(), format!("{}-30", world.an));
        let own = format!("/badges/members/{}", world.an);
        assert!(duties(world, "award-steps").is_empty());
        world.send(&board, STEPS, &[("step", "proposed"), ("all", "yes")]).unwrap();
        let href = |state: &str| format!("/badges?award=2027-02-03&state={state}");
        let deciding = ("BDG-07", id(CITY), day(2027, 2, 2), href("proposed"));
        assert_eq!(
            duties(world, "award-steps"),
            std::slice::from_ref(&deciding),
            "one for the award, not one a branch"
        );
        world.send(&board, STEPS, &[("step", "decided"), ("who", &an), ("number", "12-QĐ/TU")]).unwrap();
        let handing = ("BDG-02", id(CITY), day(2027, 2, 3), href("decided"));
        let both = duties(world, "award-steps");
        assert!(both.len() == 2 && both.contains(&deciding) && both.contains(&handing), "{both:?}");
        world.send(&board, STEPS, &[("step", "awarded"), ("who", &an)]).unwrap();
        assert_eq!(duties(world, "award-steps"), [deciding]);
        assert!(duties(world, "removed-badges").is_empty());
        leave(world, world.an);
        assert_eq!(duties(world, "removed-badges"), [("BDG-07", id(BRANCH), Day::FOREVER, own.clone())]);
        let form = [("step", "taken-back"), ("years", "30"), ("number", "13-QĐ/TU"), ("reason", "Khai trừ")];
        world.send(&board, &own, &form).unwrap();
        assert!(duties(world, "removed-badges").is_empty());
    });
}

#[test]
fn bdg_07_nobody_removed_is_honoured_and_what_was_begun_is_undone() {
    World::each(|world| {
        let (board, chi) = (world.board(), format!("{}-45", world.chi));
        world.send(&board, STEPS, &[("step", "proposed"), ("all", "yes")]).unwrap();
        let decide =
            |who: &str| world.send(&board, STEPS, &[("step", "decided"), ("who", who), ("number", "12-QĐ/TU")]);
        decide(&chi).unwrap();
        leave(world, world.an);
        leave(world, world.chi);
        let refused = decide(&format!("{}-30", world.an)).unwrap_err();
        assert!(refused.contains("đã bị đưa ra khỏi Đảng") && refused.contains("BDG-07"), "{refused}");
        assert!(duties(world, "award-steps").is_empty());
        let withdraw = duties(world, "badges");
        assert!(withdraw.iter().any(|duty| duty.0 == "BDG-07" && duty.1 == id(BRANCH)), "{withdraw:?}");
        // What was decided and never handed over is taken back too.
        assert_eq!(duties(world, "removed-badges").len(), 1);
        let own = format!("/badges/members/{}", world.chi);
        let form = [("step", "taken-back"), ("years", "45"), ("number", "13-QĐ/TU"), ("reason", "Xoá tên")];
        world.send(&board, &own, &form).unwrap();
        assert!(duties(world, "removed-badges").is_empty());
    });
}

#[test]
fn bdg_05_exempted_members_are_on_the_roll_of_their_home_branch_which_alone_proposes() {
    World::each(|world| {
        let admitted = day(1997, 1, 20);
        let member = NewMember {
            name: "Vũ Thị Ngân".to_owned(),
            birth: Some(day(1950, 1, 1)),
            sex: 2,
            admitted: Some(admitted),
            official: Some(day(1998, 1, 20)),
            postings: vec![(id(BRANCH), admitted)],
            standings: vec![(1, admitted), (2, day(1998, 1, 20)), (3, day(2020, 1, 1))],
            ..NewMember::default()
        };
        let enter = |op: &mut chibo_store::Op<'_, '_>| chibo_members::actions::enter(op, &member);
        let person = world.house.db.write(&Viewer::program("test"), enter).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        let who = format!("{person}-30");
        let propose = [("step", "proposed"), ("who", who.as_str())];
        // Wherever somebody is for a time, the branch he belongs to proposes him: for others he is not there.
        let elsewhere = world.send(&world.secretary(OTHER_BRANCH), STEPS, &propose).unwrap_err();
        assert!(elsewhere.contains("Chưa chọn ai"), "{elsewhere}");
        assert!(world.page(&world.secretary(BRANCH), ROLL).contains("Vũ Thị Ngân"));
        world.send(&world.secretary(BRANCH), STEPS, &propose).unwrap();
        assert_eq!(world.acts("badge-proposed").len(), 1);
    });
}

#[test]
fn bdg_05_the_old_branch_proposes_and_the_new_one_presents_to_whoever_moves() {
    World::each(|world| {
        let (board, an) = (world.board(), format!("{}-30", world.an));
        world.send(&world.secretary(BRANCH), STEPS, &[("step", "proposed"), ("who", &an)]).unwrap();
        let today = chibo_testkit::TODAY;
        let from = std::collections::HashSet::from([id(BRANCH)]);
        let moves = |op: &mut chibo_store::Op<'_, '_>| {
            let mut into = |person, _| Ok((person == world.an).then(|| id(OTHER_BRANCH)));
            chibo_members::actions::move_with_units(op, today, &from, &mut into).map(drop)
        };
        world.house.db.write(&Viewer::program("test"), moves).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        assert!(!world.page(&world.secretary(BRANCH), ROLL).contains("Trần Văn An"));
        assert!(world.page(&world.secretary(OTHER_BRANCH), ROLL).contains("Trần Văn An"));
        world.send(&board, STEPS, &[("step", "decided"), ("who", &an), ("number", "12-QĐ/TU")]).unwrap();
        world.send(&board, STEPS, &[("step", "awarded"), ("who", &an)]).unwrap();
        let own = world.page(&board, &format!("/badges/members/{}", world.an));
        let (awarded, proposed) = (own.find("Đã trao").unwrap(), own.rfind("Đã đề nghị").unwrap());
        let (new, old) = (own.find("ở Chi bộ Khoa Điện").unwrap(), own.rfind("ở Chi bộ Khoa Toán").unwrap());
        assert!(awarded < new && new < proposed && proposed < old, "{own}");
    });
}

#[test]
fn the_list_goes_out_as_workbook_pdf_and_docx() {
    World::each(|world| {
        let board = world.board();
        for (url, begin) in [
            ("/badges/export.xlsx?award=2027-02-03", &b"PK"[..]),
            ("/badges/list.docx?award=2027-02-03", b"PK"),
            ("/badges/list.pdf?award=2027-02-03", b"%PDF"),
        ] {
            assert!(world.file(&board, url).starts_with(begin), "{url}");
        }
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", "/badges/list.pdf", &[]);
        assert!(matches!(denied, Err(Problem::Denied) | Ok(Reply::Html { .. })), "{denied:?}");
        assert_eq!(world.acts("badge-list").len(), 3);
    });
}
