//! Decisions that were wrong.

use chibo_kernel::{Day, Id, Person, Problem};
use chibo_members::codes::Standing;
use chibo_web::words::Lang;

use crate::course::{enter, prepare, recognition_papers, step};
use crate::world::{BRANCH, World, day};

/// From the list to the ceremony; the member.
pub fn admitted(world: &World, at: &str) -> Id<Person> {
    prepare(world, at);
    let carried = [("yes", "3"), ("no", "0")];
    step(world, at, 6, "branch-voted", "08/09/2026", &carried).unwrap();
    step(world, at, 7, "committee-voted", "20/09/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
    step(world, at, 8, "decided", "05/10/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
    step(world, at, 9, "admitted", "19/10/2026", &[]).unwrap();
    let page = world.page(&world.board(), at);
    let from = page.find("/development/members/").unwrap() + "/development/members/".len();
    page[from..from + 32].parse().unwrap()
}

pub fn cancel(world: &World, person: Id<Person>, form: &[(&str, &str)]) -> Result<String, String> {
    let mut all = vec![("number", "3-QĐ/ĐU"), ("on", "10/11/2026"), ("reason", "Bỏ phiếu sai thể thức")];
    all.extend_from_slice(form);
    world.send(&world.board(), &format!("/development/members/{person}/cancellation"), &all)
}

fn standing(world: &World, person: Id<Person>) -> Option<Standing> {
    let today = world.house.db.today();
    world.house.db.read(|tx| chibo_members::actions::standing_of(tx, person, today)).unwrap()
}

fn admitted_on(world: &World, person: Id<Person>) -> Option<Day> {
    world.house.db.read(|tx| chibo_members::admitted_of(tx, &[person])).unwrap().get(&person).copied()
}

#[test]
fn mem_41_a_wrong_procedure_is_done_again_and_the_dates_are_fixed_anew() {
    World::each(|world| {
        let at = enter(world);
        let person = admitted(world, &at);
        assert_eq!(admitted_on(world, person), Some(day(2026, 10, 5)));
        let secretary = world.ask(
            Lang::Vi,
            &world.secretary(BRANCH),
            "POST",
            &format!("/development/members/{person}/cancellation"),
            &[("what", "admission"), ("flaw", "authority"), ("number", "1"), ("on", "10/11/2026"), ("reason", "x")],
        );
        assert!(matches!(secretary, Err(Problem::NotFound)), "only the committee above: {secretary:?}");
        let unsaid = cancel(world, person, &[("what", "admission"), ("flaw", "procedure")]).unwrap_err();
        assert!(unsaid.contains("MEM-41") && unsaid.contains("Chưa chọn bước phải làm lại"), "{unsaid}");
        cancel(world, person, &[("what", "admission"), ("flaw", "procedure"), ("redo", "committee")]).unwrap();
        assert_eq!(standing(world, person), Some(Standing::Left), "no member until it is done again");
        let page = world.page(&world.board(), &at);
        assert!(page.contains("làm lại từ bước đảng ủy cơ sở biểu quyết"), "{page}");
        step(world, &at, 11, "committee-voted", "11/11/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
        step(world, &at, 12, "decided", "12/11/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        step(world, &at, 13, "admitted", "16/11/2026", &[]).unwrap();
        assert_eq!(standing(world, person), Some(Standing::Probationary));
        assert_eq!(admitted_on(world, person), Some(day(2026, 11, 12)));
        assert_eq!(world.acts("admission-cancelled").len(), 1);
    });
}

#[test]
fn mem_41_a_missing_standard_strikes_off_and_ends_the_file() {
    World::each(|world| {
        let at = enter(world);
        let person = admitted(world, &at);
        cancel(world, person, &[("what", "admission"), ("flaw", "standard")]).unwrap();
        assert_eq!(standing(world, person), Some(Standing::Left));
        let page = world.page(&world.board(), &at);
        assert!(page.contains("Hủy quyết định kết nạp, xóa tên") && !page.contains("name=\"step\""), "{page}");
        let shown = world.page(&world.board(), &format!("/development/members/{person}/cancellation"));
        assert!(shown.contains("3-QĐ/ĐU") && shown.contains("Bỏ phiếu sai thể thức"), "{shown}");
    });
}

#[test]
fn mem_41_mem_31_a_cancelled_recognition_leads_back_to_probation() {
    World::each(|world| {
        let at = format!("/development/probation/{}", world.giang);
        recognition_papers(world, &at);
        let elsewhere = cancel(world, world.an, &[("what", "recognition"), ("flaw", "authority")]).unwrap_err();
        assert!(elsewhere.contains("không làm trong hệ thống"), "{elsewhere}");
        step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3"), ("no", "0")]).unwrap();
        step(world, &at, 1, "committee-voted", "13/11/2026", &[("yes", "10"), ("listed", "15")]).unwrap();
        step(world, &at, 2, "recognised", "14/11/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        assert_eq!(standing(world, world.giang), Some(Standing::Official));
        let form = [("what", "recognition"), ("flaw", "authority"), ("on", "16/11/2026")];
        cancel(world, world.giang, &form).unwrap_err();
        let form = [("what", "recognition"), ("flaw", "authority"), ("number", "4-QĐ/ĐU"), ("on", "16/11/2026")];
        let all: Vec<_> = form.into_iter().chain([("reason", "Sai thẩm quyền")]).collect();
        let to = format!("/development/members/{}/cancellation", world.giang);
        world.send(&world.board(), &to, &all).unwrap();
        assert_eq!(standing(world, world.giang), Some(Standing::Probationary));
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Hủy quyết định, ra lại quyết định"), "{page}");
        step(world, &at, 4, "recognised", "17/11/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        assert_eq!(standing(world, world.giang), Some(Standing::Official));
        let official = world.house.db.read(|tx| chibo_members::official_of(tx, world.giang)).unwrap();
        assert_eq!(official, Some(day(2026, 11, 10)), "the computed day, however late");
    });
}
