//! A pilot from the draft to the roll-out.

use chibo_testkit::TODAY;

use crate::world::World;

fn draft(world: &World) -> String {
    let (starts, midterm, last) = (TODAY.plus_days(-90), TODAY.plus_days(-10), TODAY.plus_days(100));
    let (starts, midterm, last) = (starts.to_string(), midterm.to_string(), last.to_string());
    let form = [
        ("title", "Chi bộ chung cư"),
        ("aim", "Làm thử chi bộ chung cư"),
        ("unit", "79.001.000.000.000"),
        ("units", "79.001.001.000.000\nChi bộ khu phố 2"),
        ("starts", &*starts),
        ("midterm", &*midterm),
        ("final", &*last),
        ("criterion-1", "Kết nạp"),
        ("least-1", "2"),
    ];
    let to = world.send(&world.board(), "/pilots/new", &form).unwrap();
    to.split('?').next().unwrap().to_owned()
}

#[test]
fn tsk_23_a_pilot_goes_from_draft_to_roll_out_and_every_step_has_its_paper() {
    World::each(|world| {
        let pilot = draft(world);
        let steps = format!("{pilot}/steps");
        let take = |after: &str, step: &str, on: i32, result: &str| {
            let on = TODAY.plus_days(on).to_string();
            let form = [
                ("after", after),
                ("step", step),
                ("on", &*on),
                ("number", "25-BC/ĐU"),
                ("body", "Kết quả tốt"),
                ("result-1", result),
            ];
            world.send(&world.board(), &steps, &form)
        };
        take("0", "start", -90, "").unwrap();
        assert!(world.page(&world.board(), &pilot).contains("Sơ kết quá hạn"));
        assert!(take("1", "final", -5, "2").is_err(), "the mid-term review comes first");
        assert!(take("1", "mid-term", -5, "").unwrap_err().contains("result-1"), "every criterion has its result");
        take("1", "mid-term", -5, "1").unwrap();
        take("2", "final", -3, "2").unwrap();
        let page = world.page(&world.board(), &pilot);
        assert!(page.contains("đã tổng kết") && page.contains("đạt"), "{page}");
        take("3", "roll-out", -1, "").unwrap();
        let on = TODAY.plus_days(30).to_string();
        world.send(&world.board(), &format!("{pilot}/uptake"), &[("unit", "79.002.000.000.000"), ("on", &on)]).unwrap();
        let page = world.page(&world.board(), &pilot);
        assert!(page.contains("nhân rộng") && page.contains("sắp áp dụng"), "{page}");
        assert!(world.file(&world.board(), &format!("{pilot}/export.xlsx")).starts_with(b"PK"));
        assert_eq!(world.acts("pilot-uptake-exported").len(), 1);
        assert!(world.page(&world.board(), "/pilots").contains("Chi bộ chung cư"));
        assert!(world.file(&world.board(), "/pilots/export.xlsx").starts_with(b"PK"));
    });
}

#[test]
fn a_pilot_without_units_or_criteria_is_refused() {
    World::each(|world| {
        let refused = world.send(&world.board(), "/pilots/new", &[("title", "X"), ("unit", "79.001.000.000.000")]);
        let refused = refused.unwrap_err();
        assert!(refused.contains("Hãy nhập ngày"), "{refused}");
        let pilot = draft(world);
        assert!(world.page(&world.board(), &format!("{pilot}/draft")).contains("79.001.002.000.000"));
    });
}
