//! Recognition of somebody who takes part elsewhere for a time.

use chibo_kernel::{Id, Problem, Viewer};
use chibo_members::actions::{begin_stay, end_stay};
use chibo_members::codes::Standing;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::course::{recognition_papers, step};
use crate::grounds::duties;
use crate::world::{BRANCH, OTHER_BRANCH, World, day, id};

const REMARK: &[(&str, &str)] =
    &[("after", "0"), ("on", "11/11/2026"), ("opinion", "for"), ("note", "Làm tốt việc được giao")];

fn stay(world: &World, unit: Option<u8>) {
    let (program, stay) = (Viewer::program("test"), (world.giang, Id::from_bytes([7; 16])));
    let begun = |op: &mut chibo_store::Op<'_, '_>| begin_stay(op, stay, unit.map(id), day(2026, 6, 1));
    world.house.db.write(&program, begun).unwrap();
}

#[test]
fn mem_35_the_temporary_branch_remarks_and_the_home_branch_votes_and_announces() {
    World::each(|world| {
        stay(world, Some(OTHER_BRANCH));
        let at = format!("/development/probation/{}", world.giang);
        let (there, here) = (format!("{at}/stay"), world.secretary(BRANCH));
        recognition_papers(world, &at);
        assert_eq!(duties(world, OTHER_BRANCH, "stay"), ["MEM-35"], "to remark");
        assert_eq!(duties(world, BRANCH, "stay"), ["MEM-35"], "to ask for it");
        let bare = step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap_err();
        assert!(
            bare.contains("MEM-35") && bare.contains("Chưa có nhận xét của chi bộ nơi sinh hoạt tạm thời"),
            "{bare}"
        );
        let shown = world.page(&here, &at);
        assert!(shown.contains("Chi bộ Khoa Điện (01/06/2026)") && shown.contains(&there), "{shown}");

        let guest = world.secretary(OTHER_BRANCH);
        let page = world.page(&guest, &there);
        assert!(page.contains("Võ Thị Giang") && page.contains("Chưa có nhận xét nào"), "{page}");
        let vote = [("after", "0"), ("step", "branch-voted"), ("on", "12/11/2026"), ("number", "1"), ("yes", "3")];
        let vote = world.ask(Lang::Vi, &guest, "POST", &at, &vote);
        assert!(matches!(vote, Err(Problem::NotFound)), "only the home branch decides: {vote:?}");
        let unsaid = [("after", "0"), ("on", "11/11/2026"), ("note", "x")];
        let unsaid = world.send(&guest, &there, &unsaid).unwrap_err();
        assert!(unsaid.contains("Chưa chọn ý kiến"), "{unsaid}");
        world.send(&guest, &there, REMARK).unwrap();
        let twice = world.ask(Lang::Vi, &guest, "POST", &there, REMARK);
        let Ok(Reply::Html { status, body }) = twice else { panic!("{twice:?}") };
        assert!(status == 409 && body.contains("Có người vừa ghi"), "{body}");
        assert_eq!(world.acts("recognition-remark").len(), 1);
        let page = world.page(&here, &there);
        assert!(page.contains("Làm tốt việc được giao") && page.contains("Đề nghị công nhận"), "{page}");
        assert!(duties(world, OTHER_BRANCH, "stay").is_empty() && duties(world, BRANCH, "stay").is_empty());

        step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap();
        step(world, &at, 1, "committee-voted", "16/11/2026", &[("yes", "11"), ("listed", "15")]).unwrap();
        step(world, &at, 2, "recognised", "20/11/2026", &[("yes", "6"), ("listed", "11")]).unwrap();
        step(world, &at, 3, "announced", "22/11/2026", &[]).unwrap();
        let standing = world
            .house
            .db
            .read(|tx| chibo_members::actions::standing_of(tx, world.giang, world.house.db.today()))
            .unwrap();
        assert_eq!(standing, Some(Standing::Official));
        let late = [("after", "1"), ("on", "21/11/2026"), ("opinion", "for"), ("note", "x")];
        let late = world.ask(Lang::Vi, &guest, "POST", &there, &late);
        assert!(matches!(late, Err(Problem::Refused(_))), "an official member needs none: {late:?}");
    });
}

fn home(world: &World, on: chibo_kernel::Day) {
    let (program, stay) = (Viewer::program("test"), (world.giang, Id::from_bytes([7; 16])));
    world.house.db.write(&program, |op| end_stay(op, stay, on)).unwrap();
}

#[test]
fn mem_35_outside_the_city_only_the_home_branch_is_told_and_who_came_back_needs_no_remark() {
    World::each(|world| {
        stay(world, None);
        let at = format!("/development/probation/{}", world.giang);
        let there = format!("{at}/stay");
        let page = world.page(&world.secretary(BRANCH), &there);
        assert!(page.contains("ngoài Đảng bộ Thành phố"), "{page}");
        for (method, form) in [("GET", &[] as &[(&str, &str)]), ("POST", REMARK)] {
            let stranger = world.ask(Lang::Vi, &world.secretary(OTHER_BRANCH), method, &there, form);
            assert!(matches!(stranger, Err(Problem::NotFound)), "a branch he does not stay with: {stranger:?}");
        }
        assert_eq!(duties(world, BRANCH, "stay"), ["MEM-35"]);
        home(world, day(2026, 11, 12));
        let page = world.page(&world.secretary(BRANCH), &there);
        assert!(page.contains("hiện không sinh hoạt tạm thời"), "{page}");
        recognition_papers(world, &at);
        step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap();
    });
}

#[test]
fn mem_35_a_vote_during_a_stay_that_is_over_needs_a_remark_of_its_time() {
    World::each(|world| {
        stay(world, None);
        home(world, day(2026, 11, 15));
        assert!(duties(world, BRANCH, "stay").is_empty(), "who came back is nobody's duty");
        let at = format!("/development/probation/{}", world.giang);
        let there = format!("{at}/stay");
        recognition_papers(world, &at);
        let bare = step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap_err();
        assert!(bare.contains("MEM-35") && bare.contains("Chưa có nhận xét"), "{bare}");
        let here = world.secretary(BRANCH);
        assert!(world.page(&here, &at).contains(&there), "the page to write it down on");
        let late = [("after", "0"), ("on", "15/11/2026"), ("opinion", "for"), ("note", "x")];
        let late = world.send(&here, &there, &late).unwrap_err();
        assert!(late.contains("Ngày này đảng viên không sinh hoạt tạm thời"), "{late}");
        world.send(&here, &there, REMARK).unwrap();
        step(world, &at, 0, "branch-voted", "12/11/2026", &[("yes", "3")]).unwrap();
    });
}
