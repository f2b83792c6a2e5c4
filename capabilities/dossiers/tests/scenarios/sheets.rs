//! Sheets of a selection; items whose facts are kept elsewhere.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Viewer};
use chibo_members::codes::Standing;
use chibo_store::{Tx, audit};
use chibo_testkit::TODAY;
use chibo_web::words::Lang;
use chibo_web::{Reply, SheetItem};

use crate::canary::unpacked;
use crate::world::{BRANCH, READER, WARD, World, dossier, id};

const SHEETS: &str = "/dossiers/sheets";

fn print(world: &World, who: &Viewer, form: &[(&str, &str)]) -> String {
    match world.ask(Lang::Vi, who, "POST", SHEETS, form) {
        Ok(Reply::File { body, .. }) => unpacked(&body),
        other => panic!("{form:?}: {other:?}"),
    }
}

fn entries(world: &World, person: Id<Person>, action: &str) -> usize {
    let log = world.house.db.read(|tx| audit::of_stream(tx, person.bytes(), 50)).unwrap();
    log.iter().filter(|row| row.action == action).count()
}

#[test]
fn dos_01_sheets_of_those_ticked_are_printed_masked_and_recorded_for_each() {
    World::each(|world| {
        for person in [world.an, world.binh] {
            world.fill_all(person, |part, field| format!("In {part} {field} {person}"));
        }
        let (keeper, an, binh) = (world.keeper(), world.an.to_string(), world.binh.to_string());
        let page = world.page(&keeper, SHEETS);
        assert!(page.contains(&format!("value=\"{an}\"")) && page.contains(&world.chi.to_string()), "{page}");
        let form = [("format", "docx"), ("who", an.as_str()), ("who", binh.as_str())];
        let masked = print(world, &keeper, &form);
        assert_eq!(masked.matches("Mẫu 2-HSĐV").count(), 2);
        for person in [&an, &binh] {
            assert!(masked.contains(&format!("In work what {person}")), "{person}");
            assert!(!masked.contains(&format!("In family name {person}")), "{person}");
        }
        assert!(!masked.contains("Phạm Văn Chi"));
        print(world, &keeper, &form);
        for person in [world.an, world.binh] {
            assert_eq!(entries(world, person, "dossier-sheet-printed"), 2, "each time");
            assert_eq!(entries(world, person, "dossier-sheet-opened"), 0);
        }
        assert_eq!(entries(world, world.chi, "dossier-sheet-printed"), 0);
        let pdf = [("format", "pdf"), ("all", "yes")];
        assert!(matches!(
            world.ask(Lang::Vi, &keeper, "POST", SHEETS, &pdf),
            Ok(Reply::File { body, .. }) if body.starts_with(b"%PDF")
        ));
        assert_eq!(entries(world, world.chi, "dossier-sheet-printed"), 1);
    });
}

#[test]
fn dpd_05_secrets_are_opened_only_of_those_whose_secrets_the_viewer_may_open() {
    World::each(|world| {
        for person in [world.an, world.chi] {
            world.fill_all(person, |part, field| format!("In {part} {field} {person}"));
        }
        let (an, chi) = (world.an.to_string(), world.chi.to_string());
        let takes: Vec<Permission> = READER.iter().copied().chain([Permission::Export]).collect();
        let mut split = world.viewer(id(WARD), &takes);
        let more = world.viewer(id(BRANCH), &[Permission::RevealSecrets]);
        split.scopes.extend(more.scopes);
        split.units.extend(more.units);
        let both = |reason| {
            [("format", "docx"), ("who", an.as_str()), ("who", chi.as_str()), ("open", "yes"), ("reason", reason)]
        };
        let short = world.send(&split, SHEETS, &both("")).unwrap_err();
        assert!(short.contains("nêu rõ lý do"), "{short}");
        assert_eq!(entries(world, world.an, "dossier-sheet-printed"), 0, "nothing left the house");
        let open = print(world, &split, &both("Chuyển hồ sơ"));
        assert!(open.contains(&format!("In family name {an}")), "his may be opened");
        assert!(open.contains(&format!("In work what {chi}")) && !open.contains(&format!("In family name {chi}")));
        for (person, opened) in [(world.an, 1), (world.chi, 0)] {
            assert_eq!(entries(world, person, "dossier-sheet-opened"), opened);
            assert_eq!(entries(world, person, "dossier-sheet-printed"), 1);
        }
        let sealed = world.viewer(id(WARD), &takes);
        assert!(!world.page(&sealed, SHEETS).contains("name=\"open\""));
        let refused = world.send(&sealed, SHEETS, &both("Chuyển hồ sơ")).unwrap_err();
        assert!(refused.contains("không có quyền mở mục mật"), "{refused}");
    });
}

#[test]
fn dos_01_only_whoever_may_take_dossiers_out_prints_and_only_those_he_sees() {
    World::each(|world| {
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", SHEETS, &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
        let takes: Vec<Permission> = READER.iter().copied().chain([Permission::Export]).collect();
        let branch = world.viewer(id(BRANCH), &takes);
        let page = world.page(&branch, SHEETS);
        assert!(page.contains("Trần Văn An") && !page.contains("Phạm Văn Chi"), "{page}");
        let refused = world.send(&branch, SHEETS, &[("format", "pdf"), ("who", &world.chi.to_string())]).unwrap_err();
        assert!(refused.contains("Chưa chọn ai"), "{refused}");
        let bad = world.send(&branch, SHEETS, &[("who", &world.an.to_string())]).unwrap_err();
        assert!(bad.contains("field error"), "{bad}");
        assert_eq!(entries(world, world.chi, "dossier-sheet-printed"), 0);
    });
}

/// Stands for whoever keeps badges: dossiers does not know it.
fn badges(_: &mut Tx<'_>, _: Id<Person>) -> Result<Vec<String>, Problem> {
    Ok(vec!["Huy hiệu 30 năm tuổi Đảng, số 00000001".to_owned()])
}

#[test]
fn dos_01_exi_01_the_sheet_names_exemptions_and_what_others_keep_of_the_member() {
    World::each_with(vec![SheetItem { item: 24, lines: badges }], |world| {
        let keeper = world.keeper();
        let sheet = |world: &World| match world.ask(
            Lang::Vi,
            &keeper,
            "POST",
            &dossier(world.an, "/sheet"),
            &[("format", "docx")],
        ) {
            Ok(Reply::File { body, .. }) => unpacked(&body),
            other => panic!("{other:?}"),
        };
        let before = sheet(world);
        assert!(before.contains("24. Huy hiệu Đảng: Huy hiệu 30 năm tuổi Đảng, số 00000001"), "{before}");
        assert!(before.contains("20. Miễn công tác và sinh hoạt đảng: ……"), "{before}");
        exempt(world, TODAY);
        let after = sheet(world);
        assert!(after.contains(&format!("20. Miễn công tác và sinh hoạt đảng: từ {TODAY} đến nay")), "{after}");
    });
}

fn exempt(world: &World, on: Day) {
    let act = |op: &mut chibo_store::Op<'_, '_>| {
        chibo_members::actions::set_standing(op, world.an, Standing::Exempted.number(), on)
    };
    world.house.db.write(&Viewer::program("test"), act).unwrap();
}
