//! From the proposal to the decision and the complaint: every vote, every document, nobody's act but his own.

use chibo_kernel::{Id, Person, Problem, Viewer};
use chibo_screening::rules::Terms;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, World, day};

const LEFT: u8 = 6;
const OFFICIAL: u8 = 2;

fn act(world: &World, who: &Viewer, person: Id<Person>, form: &[(&str, &str)]) -> Result<String, String> {
    world.send(who, &format!("{}/steps", world.at(person)), form)
}

fn vote<'a>(after: &'a str, step: &'a str, on: &'a str, (listed, yes): (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    vec![
        ("after", after),
        ("step", step),
        ("on", on),
        ("number", "11-NQ/CB"),
        ("voting", "secret-ballot"),
        ("listed", listed),
        ("barred", "0"),
        ("away", "0"),
        ("present", listed),
        ("yes", yes),
        ("no", "0"),
        ("blank", "0"),
        ("invalid", "0"),
        ("body", "base-standing-committee"),
    ]
}

fn plain<'a>(after: &'a str, step: &'a str, on: &'a str) -> Vec<(&'a str, &'a str)> {
    let body = ("body", "base-standing-committee");
    vec![("after", after), ("step", step), ("on", on), ("number", "09-BB/CB"), ("form", "struck-off"), body]
}

/// Proposed, three demands, voted by branch and committee, the pack whole.
fn ready(world: &World) -> Id<Person> {
    world.campaign();
    let an = world.members[0];
    world.owes(an, day(2026, 6, 1), 5);
    world.look();
    let secretary = world.secretary(BRANCH);
    act(world, &secretary, an, &plain("0", "proposed", "01/10/2026")).unwrap();
    for after in ["1", "2", "3"] {
        act(world, &secretary, an, &plain(after, "demanded", "05/10/2026")).unwrap();
    }
    an
}

fn voted(world: &World) -> Id<Person> {
    let an = ready(world);
    act(world, &world.secretary(BRANCH), an, &vote("4", "branch-voted", "10/10/2026", ("9", "6"))).unwrap();
    act(world, &world.ward(), an, &vote("5", "committee-voted", "15/10/2026", ("15", "10"))).unwrap();
    let pack = [("item", "fee-book"), ("paper", "12/2026"), ("papered", "01/09/2026")];
    world.send(&world.secretary(BRANCH), &format!("{}/evidence", world.at(an)), &pack).unwrap();
    an
}

#[test]
fn exi_11_and_x_07_a_member_is_struck_off_only_by_all_votes_and_the_decision() {
    World::each(|world| {
        let an = ready(world);
        let secretary = world.secretary(BRANCH);
        let roll = act(world, &secretary, an, &vote("4", "branch-voted", "10/10/2026", ("8", "8"))).unwrap_err();
        assert!(roll.contains("9 đảng viên chính thức") && roll.contains("X-03"), "{roll}");
        act(world, &secretary, an, &vote("4", "branch-voted", "10/10/2026", ("9", "5"))).unwrap();
        let page = world.page(&secretary, &world.at(an));
        assert!(page.contains("Không đạt: 5/9") && page.contains("X-10"), "a failed vote is kept and reported: {page}");
        act(world, &secretary, an, &vote("5", "branch-voted", "12/10/2026", ("9", "6"))).unwrap();
        // The committee votes, not the branch.
        let mine = world.ask(
            Lang::Vi,
            &secretary,
            "POST",
            &format!("{}/steps", world.at(an)),
            &vote("6", "committee-voted", "15/10/2026", ("15", "15")),
        );
        assert!(matches!(mine, Err(Problem::NotFound | Problem::Denied)), "{mine:?}");
        act(world, &world.ward(), an, &vote("6", "committee-voted", "15/10/2026", ("15", "10"))).unwrap();
        let lacking = act(world, &world.ward(), an, &vote("7", "decided", "20/10/2026", ("5", "3"))).unwrap_err();
        assert!(lacking.contains("SCR-09") && lacking.contains("SCR-02"), "{lacking}");
        assert_eq!(world.standing(an), OFFICIAL, "nothing before the decision");
        let pack = [("item", "fee-book"), ("paper", "12/2026"), ("papered", "01/09/2026")];
        world.send(&secretary, &format!("{}/evidence", world.at(an)), &pack).unwrap();
        let decided = vote("7", "decided", "20/10/2026", ("5", "3"));
        let last = decided.len() - 1;
        let nobody = act(world, &world.ward(), an, &decided[..last]).unwrap_err();
        assert!(nobody.contains("Chưa chọn cấp quyết định") && nobody.contains("MEM-20"), "{nobody}");
        let above = [&decided[..last], &[("body", "upper-standing-committee")]].concat();
        let wrong = act(world, &world.ward(), an, &above).unwrap_err();
        assert!(wrong.contains("Sai cấp quyết định") && wrong.contains("MEM-20"), "{wrong}");
        act(world, &world.ward(), an, &decided).unwrap();
        assert!(world.page(&world.ward(), &world.at(an)).contains("Ban thường vụ đảng ủy cơ sở"));
        assert_eq!(world.standing(an), LEFT);
        assert_eq!(world.acts("member-standing-set").len(), 1);
        let page = world.page(&world.ward(), &world.at(an));
        assert!(page.contains("Đã đưa ra khỏi Đảng: Xoá tên") && page.contains("20/10/2029"), "MEM-27: {page}");
    });
}

#[test]
fn exi_15_scr_11_whoever_is_removed_belongs_to_no_branch_any_more() {
    World::each(|world| {
        let an = voted(world);
        let branch = Some(crate::world::id(BRANCH));
        world.follow();
        assert_eq!(world.branch(an), branch);
        act(world, &world.ward(), an, &vote("6", "decided", "16/10/2026", ("5", "5"))).unwrap();
        assert_eq!((world.standing(an), world.branch(an)), (LEFT, None), "standing and posting end on the same day");
        let home = world.house.db.read(|tx| chibo_members::actions::home_of(tx, an, world.clock.today()));
        assert_eq!(home.ok(), branch, "the record stays at home");
        assert!(world.page(&world.ward(), &world.at(an)).contains("Đã đưa ra khỏi Đảng: Xoá tên"));
        act(world, &world.ward(), an, &plain("7", "informed", "16/10/2026")).unwrap();
    });
}

#[test]
fn x_07_a_decision_against_changes_nothing() {
    World::each(|world| {
        let an = voted(world);
        act(world, &world.ward(), an, &vote("6", "decided", "20/10/2026", ("5", "2"))).unwrap();
        assert_eq!(world.standing(an), OFFICIAL);
        assert!(world.page(&world.ward(), &world.at(an)).contains("Không đồng ý đưa ra"));
    });
}

#[test]
fn scr_10_whoever_cannot_be_reached_is_not_demanded_three_times() {
    World::each(|world| {
        world.campaign();
        let an = world.members[0];
        world.says(an, "SCR-04", day(2026, 6, 1), 5);
        world.look();
        let secretary = world.secretary(BRANCH);
        act(world, &secretary, an, &plain("0", "proposed", "01/10/2026")).unwrap();
        let early = act(world, &secretary, an, &vote("1", "branch-voted", "10/10/2026", ("9", "9"))).unwrap_err();
        assert!(early.contains("EXI-11") && early.contains("3 lần"), "{early}");
        act(world, &secretary, an, &plain("1", "unreachable", "02/10/2026")).unwrap();
        act(world, &secretary, an, &vote("2", "branch-voted", "10/10/2026", ("9", "9"))).unwrap();
    });
}

#[test]
fn scr_11_exi_12_and_mem_42_the_member_may_complain_for_thirty_working_days_and_be_restored() {
    World::each(|world| {
        let an = voted(world);
        let ward = world.ward();
        act(world, &ward, an, &vote("6", "decided", "16/10/2026", ("5", "5"))).unwrap();
        act(world, &ward, an, &plain("7", "informed", "16/10/2026")).unwrap();
        let page = world.page(&ward, &world.at(an));
        let by = Terms::on(day(2026, 10, 16)).unwrap().complain_by(day(2026, 10, 16)).to_string();
        assert!(page.contains("Được khiếu nại đến") && page.contains(&by), "{by}: {page}");
        let visit = world.visit(Lang::Vi, &ward, "/today");
        let duties = chibo_web::duties_of(&visit).unwrap();
        assert!(duties.iter().any(|(_, duty)| duty.rule == "SCR-11"), "the clock runs");
        act(world, &ward, an, &plain("8", "complained", "20/11/2026")).unwrap();
        let breach = [&plain("9", "restored", "21/11/2026")[..], &[("breach", "yes")]].concat();
        let breach = act(world, &ward, an, &breach).unwrap_err();
        assert!(breach.contains("MEM-42") && breach.contains("không vi phạm"), "{breach}");
        act(world, &ward, an, &plain("9", "restored", "21/11/2026")).unwrap();
        assert_eq!(world.standing(an), OFFICIAL);
        assert_eq!(world.branch(an), Some(crate::world::id(BRANCH)), "MEM-42: the posting goes on as well");
        let age = world.house.db.read(|tx| chibo_members::party_age_of(tx, an)).unwrap().unwrap();
        assert_eq!(age.gaps(), [], "MEM-42: Party age is continuous");
        assert!(world.page(&ward, &world.at(an)).contains("Đã khôi phục quyền"));
    });
}

#[test]
fn scr_09_scr_11_the_pack_is_printed_with_what_is_known() {
    World::each(|world| {
        let an = voted(world);
        let ward = world.ward();
        assert!(world.file(&ward, &format!("{}/pack.docx", world.at(an))).starts_with(b"PK"));
        assert!(world.file(&ward, &format!("{}/pack.pdf", world.at(an))).starts_with(b"%PDF"));
        assert_eq!(world.acts("screen-pack-printed").len(), 2);
        // SCR-11: minutes of the votes, a draft of the decision; no notice before there is one.
        for paper in ["minutes", "decision"] {
            assert!(world.file(&ward, &format!("{}/pack.pdf?paper={paper}", world.at(an))).starts_with(b"%PDF"));
            let both = format!("/screening/papers.docx?paper={paper}&id={an}&id={}", world.members[1]);
            assert!(world.file(&ward, &both).starts_with(b"PK"), "whoever has no such paper is left out");
        }
        let early = world.ask(Lang::Vi, &ward, "GET", &format!("{}/pack.pdf?paper=notice", world.at(an)), &[]);
        assert!(matches!(early, Err(Problem::Refused(_))), "{early:?}");
        let hidden = format!("/screening/papers.pdf?id={an}");
        let stranger = world.viewer(crate::world::id(crate::world::OTHER_WARD), crate::world::BOARD);
        let hidden = world.ask(Lang::Vi, &stranger, "GET", &hidden, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        assert!(world.file(&ward, &format!("/screening/papers.pdf?id={an}")).starts_with(b"%PDF"));
        act(world, &ward, an, &vote("6", "decided", "20/10/2026", ("5", "5"))).unwrap();
        assert!(world.file(&ward, &format!("{}/pack.pdf?paper=notice", world.at(an))).starts_with(b"%PDF"));
        let none = world.ask(Lang::Vi, &ward, "GET", &format!("{}/pack.pdf", world.at(world.members[1])), &[]);
        assert!(matches!(none, Err(Problem::Refused(_))), "nothing proposed, nothing printed: {none:?}");
    });
}

#[test]
fn scr_09_nobody_is_proposed_without_a_flag() {
    World::each(|world| {
        world.campaign();
        let refused = act(world, &world.secretary(BRANCH), world.members[3], &plain("0", "proposed", "01/10/2026"));
        let refused = refused.unwrap_err();
        assert!(refused.contains("SCR-09") && refused.contains("09-BB/CB"), "{refused}");
        let skipped = act(world, &world.ward(), world.members[3], &vote("0", "decided", "01/10/2026", ("5", "5")));
        assert!(skipped.is_err(), "no decision without a proposal");
        assert_eq!(world.standing(world.members[3]), OFFICIAL);
    });
}

#[test]
fn two_steps_at_once_are_a_conflict_and_keep_what_was_typed() {
    World::each(|world| {
        let an = ready(world);
        let form = vote("3", "branch-voted", "10/10/2026", ("9", "7"));
        let at = format!("{}/steps", world.at(an));
        match world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &at, &form) {
            Ok(Reply::Html { status: 409, body }) => assert!(body.contains("11-NQ/CB"), "{body}"),
            other => panic!("{other:?}"),
        }
    });
}
