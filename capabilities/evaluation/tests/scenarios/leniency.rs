//! The leniency meter: a sign beside peers, of what the viewer may see only.

use chibo_evaluation::actions::fill;
use chibo_evaluation::rules::Class;
use chibo_kernel::{Problem, Viewer};
use chibo_web::words::Lang;

use crate::filled::{campaign, with};
use crate::world::{EDIT, OTHER_WARD, READER, WARD, World, id};

fn written(world: &World, classes: &[Class]) -> String {
    let mut filled = campaign(7);
    for class in classes {
        filled = with(filled, 7, Some(*class), 8_500);
    }
    let late = &filled.subjects[0];
    filled.figures.push((late.unit_id, late.subject_id, "fact.late".into(), 2));
    world.house.db.write(&Viewer::program("test"), |op| fill(op, &filled)).unwrap();
    format!("/evaluation/campaigns/{}/leniency", filled.row.campaign_id)
}

#[test]
fn eval_03_eval_24_where_all_get_the_same_is_shown_beside_peers_with_every_distance() {
    World::each(|world| {
        let at = written(world, &[Class::Good; 6]);
        for page in [world.page(&world.ward(), &at), world.page(&world.ward(), &format!("{at}?by=unit"))] {
            assert!(page.contains("Tất cả cùng mức: Hoàn thành tốt nhiệm vụ"), "{page}");
            assert!(page.contains("cao hơn 6, thấp hơn 0 trong 6") && page.contains("cao hơn 0, thấp hơn 0 trong 6"));
            assert!(page.contains("không phải kết luận") && page.contains("tốt trở lên 100,00"), "{page}");
        }
        assert!(world.page(&world.ward(), &format!("{at}?sort=leader")).contains("Chưa có xếp loại nào"));
        let english = world.page_in(Lang::En, &world.ward(), &at);
        assert!(english.contains("All the same: "), "{english}");
    });
}

#[test]
fn eval_21_different_classes_are_no_sign_and_late_tasks_are_counted() {
    World::each(|world| {
        let mut classes = [Class::Good; 6];
        classes[5] = Class::Fulfilled;
        let page = world.page(&world.ward(), &written(world, &classes));
        assert!(!page.contains("Tất cả cùng mức"), "{page}");
        assert!(page.contains("83,33"), "five of six are good: {page}");
        let cells: Vec<&str> = page.split("<td").collect();
        assert!(cells.iter().any(|cell| cell.contains(">1<")), "one of them with late tasks: {page}");
    });
}

#[test]
fn eval_30_others_see_nothing_of_the_meter() {
    World::each(|world| {
        let at = written(world, &[Class::Good; 6]);
        let stranger = world.person(7, id(OTHER_WARD), EDIT);
        let hidden = world.ask(Lang::Vi, &stranger, "GET", &at, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let reader = world.person(8, id(WARD), READER);
        let denied = world.ask(Lang::Vi, &reader, "GET", &at, &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
        let secretary = world.page(&world.secretary(), &format!("{at}?by=unit"));
        assert!(secretary.contains("Chi bộ Khu phố 1"), "{secretary}");
        assert!(!world.page(&world.secretary(), &at).contains("/groups/"), "the group is the ward's");
    });
}

#[test]
fn eval_32_a_complaint_that_is_upheld_changes_the_class_and_is_counted() {
    World::each(|world| {
        let campaign = world.campaign();
        let at = world.subject_of(world.members[0]);
        world.appraised(&at, "good");
        world.step(&world.ward(), &at, "appraised", "decision", &[("class", "fulfilled")]).unwrap();
        let ones = || {
            let page = world.page(&world.ward(), &format!("{campaign}/leniency"));
            let text = |cell: &str| cell.split_once('>').map(|(_, rest)| rest.split('<').next() == Some("1"));
            page.split("<td").skip(1).filter(|cell| text(cell) == Some(true)).count()
        };
        let before = ones();
        world.step(&world.ward(), &at, "decided", "notice", &[]).unwrap();
        world.step(&world.secretary(), &at, "notified", "complaint", &[("reason", "Xin xem lại")]).unwrap();
        let answer =
            [("after", "complaint"), ("step", "answer"), ("on", "22/11/2026"), ("number", "2"), ("class", "good")];
        let below = world.ask(Lang::Vi, &world.secretary(), "POST", &format!("{at}/steps"), &answer);
        let Err(Problem::Refused(issues)) = below else { panic!("the decider answers: {below:?}") };
        assert_eq!(issues[0].rule, Some("EVAL-31"));
        world.step(&world.ward(), &at, "complaint", "answer", &[("class", "good")]).unwrap();
        assert_eq!(ones(), before + 2, "in the row of the setting and in that of the group");
        let years = world.page(&world.ward(), &format!("/evaluation/members/{}", world.members[0]));
        assert!(years.contains("Hoàn thành tốt nhiệm vụ"), "{years}");
    });
}
