//! Places from a spreadsheet, looked at first, and the way back.

use chibo_web::Reply;

use crate::world::World;

const TABLE: &str = "Mã địa bàn,Tên địa bàn,Loại địa bàn,Đảng ủy phụ trách,Vĩ độ,Kinh độ
CC-01,Chung cư Hòa Bình,Chung cư,79.001.000.000.000,10.77653,106.700981
TH-01,Trường Mầm non Hoa,Trường học,79.001.000.000.000,,
XX-01,Không rõ,Chùa,79.009.000.000.000,10,
";

fn upload(world: &World) -> String {
    match world.upload(&world.board(), "/coverage/import", "dia-ban.csv", TABLE.as_bytes()) {
        Ok(Reply::Redirect(to)) => to,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_is_looked_at_written_and_taken_back() {
    World::each(|world| {
        let import = upload(world);
        let page = world.page(&world.board(), &import);
        assert!(page.contains("79.009.000.000.000") && page.contains("Chung cư Hòa Bình"), "{page}");
        world.send(&world.board(), &format!("{import}/confirmation"), &[]).unwrap();
        let list = world.page(&world.board(), "/coverage/places");
        assert!(
            list.contains("Chung cư Hòa Bình") && list.contains("Trường Mầm non Hoa") && !list.contains("Không rõ")
        );
        world.send(&world.board(), &format!("{import}/undoing"), &[]).unwrap();
        assert!(!world.page(&world.board(), "/coverage/places").contains("Chung cư Hòa Bình"));
    });
}

#[test]
fn a_waiting_file_can_be_dropped() {
    World::each(|world| {
        let import = upload(world);
        world.send(&world.board(), &format!("{import}/dropping"), &[]).unwrap();
        assert!(!world.page(&world.board(), "/coverage/places").contains("Chung cư Hòa Bình"));
    });
}
