//! Several members at once.

use chibo_kernel::Problem;
use chibo_members::actions::raise_hold;
use chibo_members::rules::hold::Ground;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER_BRANCH, World, id};

#[test]
fn a_whole_branch_gets_one_paper_each_or_nobody_does() {
    World::each(|world| {
        let secretary = world.secretary(BRANCH);
        let branch = id(BRANCH).to_string();
        let to_list = world.send(&secretary, "/transfers/bulk", &[("from", "Chi bộ Khoa Toán")]).unwrap();
        assert!(to_list.contains(&format!("unit={branch}")), "{to_list}");
        let page = world.page(&secretary, &to_list);
        assert!(page.contains("Trần Văn An") && page.contains("Lê Thị Bình"), "{page}");
        let form = [("all", "yes"), ("to", "Chi bộ Khoa Điện"), ("cause", "01/11/2026"), ("reason", "Sáp nhập khoa")];
        let nobody = world.send(&secretary, &to_list, &form[1..]).unwrap_err();
        assert!(nobody.contains("Chưa chọn ai") && nobody.contains("Sáp nhập khoa"), "{nobody}");
        world.house.db.write(&world.board(), |op| raise_hold(op, world.binh, "case", (Ground::Audit, ""))).unwrap();
        let held = world.send(&secretary, &to_list, &form).unwrap_err();
        assert!(held.contains("Lê Thị Bình") && held.contains("TRF-05"), "{held}");
        assert!(!world.page(&secretary, "/transfers").contains("Trần Văn An"), "all or none");
        let an = world.an.to_string();
        let one = [&[("who", an.as_str())], &form[1..]].concat();
        world.send(&secretary, &to_list, &one).unwrap();
        let list = world.page(&secretary, "/transfers");
        assert!(list.contains("Trần Văn An") && !list.contains("Lê Thị Bình"), "{list}");
    });
}

#[test]
fn nobody_lists_a_branch_out_of_sight() {
    World::each(|world| {
        let address = format!("/transfers/bulk?unit={}", id(OTHER_BRANCH));
        let hidden = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &address, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}
