//! Holds on transfers, raised by cases and by hand.

use chibo_kernel::{Permission, Problem};
use chibo_store::audit;

use crate::actions;
use crate::rules::correction::{Paper, Sort};
use crate::rules::hold::Ground;
use crate::testing::{ALL, World, day, goes_to, html, unit_id};

#[test]
fn trf_05_a_hold_refuses_a_correction_of_the_branch_until_the_last_is_lifted() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let moved = || {
        let paper = Paper {
            sort: Sort::Decision,
            number: "12-QĐ/ĐU".into(),
            day: day("2026-11-05"),
            reason: "ghi sai chi bộ".into(),
        };
        world.write(|op| actions::correct_posting(op, id, unit_id(5), day("2026-11-01"), &paper))
    };
    world.write(|op| actions::raise_hold(op, id, "case 1", (Ground::Complaint, "đơn 7"))).unwrap();
    world.write(|op| actions::raise_hold(op, id, "case 2", (Ground::Audit, ""))).unwrap();
    for _ in 0..2 {
        world.write(|op| actions::lift_hold(op, id, "case 1", "xong")).unwrap();
        let Err(Problem::Refused(issues)) = moved() else { panic!("moved while held") };
        assert_eq!((issues[0].rule, issues[0].said.key), (Some("TRF-05"), "members-held"));
    }
    world.write(|op| actions::lift_hold(op, id, "case 2", "xong")).unwrap();
    moved().unwrap();
    let log = world.read(|tx| audit::of_stream(tx, id.bytes(), 50));
    let holds: Vec<_> = log.iter().filter(|row| row.action == "member-hold").collect();
    assert_eq!(holds.len(), 4, "lifting what does not stand is no act");
    assert!(holds.iter().all(|row| !row.detail.contains("đơn")), "CMP-12: the log does not say why");
}

#[test]
fn trf_05_the_committee_above_the_branch_raises_and_lifts_a_hold_by_hand() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4).to_string();
    let (ward, branch) = (world.viewer(2, ALL), world.viewer(4, ALL));
    let send = |form: &str| world.post(&ward, "/members/{id}/holds", &id, form);
    let (status, page) = html(send("act=raise&reason=x"));
    assert!(status == 422 && page.contains("Hãy chọn việc đang tiến hành"), "{page}");
    goes_to(send("act=raise&ground=denunciation&reason=Theo+van+ban+so+7"));
    let page = html(world.get(&ward, "/members/{id}/holds", &id, "/members/x/holds")).1;
    assert!(page.contains("đang tạm dừng") && page.contains("Giải quyết tố cáo") && page.contains("Theo van ban so 7"));
    // The branch neither sees why nor lifts it.
    for answer in [
        world.get(&branch, "/members/{id}/holds", &id, "/members/x/holds"),
        world.post(&branch, "/members/{id}/holds", &id, "act=lift&reason=xong+roi"),
    ] {
        assert_eq!(answer.unwrap_err(), Problem::Denied);
    }
    assert!(!html(world.get(&branch, "/members/{id}", &id, "/members/x")).1.contains("/holds"));
    let far = world.viewer(3, &[Permission::ViewMembers, Permission::EditMembers]);
    assert_eq!(world.get(&far, "/members/{id}/holds", &id, "/members/x/holds").unwrap_err(), Problem::NotFound);
    goes_to(send("act=lift&reason=Da+co+ket+luan"));
    let page = html(world.get(&ward, "/members/{id}/holds", &id, "/members/x/holds")).1;
    assert!(page.contains("không bị tạm dừng") && page.contains("Cho tiếp tục"), "{page}");
}
