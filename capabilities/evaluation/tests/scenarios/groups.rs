//! A group decided together: the cap holds, also when two chairs decide at once; closing ends it all.

use chibo_evaluation::actions::{Choice, decide_group};
use chibo_evaluation::rules::Class;
use chibo_kernel::Problem;
use chibo_testkit::TODAY;
use chibo_web::words::Lang;

use crate::world::{WARD, World, id};

/// Appraises everybody; the choices that give the first so many excellent and the others good.
fn appraised(world: &World) -> Vec<Choice> {
    let choice = |(place, person): (usize, &chibo_kernel::Id<chibo_kernel::Person>)| {
        let at = world.subject_of(*person);
        world.appraised(&at, "excellent");
        let id = at.rsplit('/').next().unwrap().parse().unwrap();
        (id, if place < 2 { Class::Excellent } else { Class::Good })
    };
    world.members.iter().enumerate().map(choice).collect()
}

#[test]
fn eval_24_a_group_over_its_cap_is_refused_whole_and_the_exceptional_share_needs_a_reason() {
    World::each(|world| {
        let at = world.campaign();
        let choices = appraised(world);
        let group = format!("{at}/groups/{}/member", id(WARD));
        let form = |excellent: usize, reason: &str| {
            let mut form: Vec<(String, String)> = vec![
                ("on".into(), "22/11/2026".into()),
                ("number".into(), "12-QĐ/ĐU".into()),
                ("reason".into(), reason.into()),
            ];
            let class = |place| if place < excellent { "excellent" } else { "good" };
            form.extend(
                choices.iter().enumerate().map(|(place, (id, _))| (format!("class.{id}"), class(place).into())),
            );
            form
        };
        let send = |form: &[(String, String)]| {
            let pairs: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            world.send(&world.ward(), &group, &pairs)
        };
        let over = send(&form(3, "Tiêu biểu")).unwrap_err();
        assert!(over.contains("EVAL-24") && over.contains("3 xuất sắc trong 10"), "{over}");
        assert!(world.page(&world.ward(), &group).contains("0 trên 0 được xếp xuất sắc"), "nothing was written");
        send(&form(2, "")).unwrap();
        let page = world.page(&world.ward(), &at);
        assert!(page.contains("2 trên 10 được xếp xuất sắc; đã xếp 2, còn 0"), "{page}");
        let hidden = world.ask(Lang::Vi, &world.secretary(), "GET", &group, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound | Problem::Denied)), "{hidden:?}");
    });
}

#[test]
fn eval_24_of_two_chairs_who_decide_at_once_exactly_one_wins() {
    World::each(|world| {
        world.campaign();
        let choices = appraised(world);
        let chairs = [world.person(2, id(WARD), crate::world::EDIT), world.person(3, id(WARD), crate::world::EDIT)];
        let db = &world.house.db;
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let racing: Vec<_> = chairs
                .iter()
                .map(|chair| {
                    let choices = &choices;
                    scope.spawn(move || db.write(chair, |op| decide_group(op, choices, ("12-QĐ/ĐU", TODAY, ""))))
                })
                .collect();
            racing.into_iter().map(|chair| chair.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Ok(10))).count(), 1, "{outcomes:?}");
        assert_eq!(
            outcomes.iter().filter(|outcome| matches!(outcome, Err(Problem::Conflict(_)))).count(),
            1,
            "{outcomes:?}"
        );
        assert_eq!(world.acts("evaluate-step").len(), 5 * 10 + 10);
    });
}

#[test]
fn eval_06_a_campaign_closes_when_everybody_has_a_class_and_is_edited_no_more() {
    World::each(|world| {
        let at = world.campaign();
        let early = world.send(&world.ward(), &format!("{at}/closure"), &[]).unwrap_err();
        assert!(early.contains("EVAL-06") && early.contains("Còn 12"), "{early}");
        let choices = appraised(world);
        world.house.db.write(&world.ward(), |op| decide_group(op, &choices, ("12-QĐ/ĐU", TODAY, ""))).unwrap();
        let city = world.person(5, id(crate::world::CITY), crate::world::EDIT);
        for subject in world.subjects(&at, "?state=draft") {
            world.appraised_by((&world.person(6, id(crate::world::CITY), crate::world::EDIT), &city), &subject, "good");
            world.step(&city, &subject, "appraised", "decision", &[("class", "good")]).unwrap();
        }
        world.send(&world.ward(), &format!("{at}/closure"), &[]).unwrap();
        let subject = world.subject_of(world.members[0]);
        let item = [("item", "Họp muộn"), ("owner", "An"), ("due", "31/12/2026")];
        let closed = world.send(&world.secretary(), &format!("{subject}/fixes"), &item).unwrap_err();
        assert!(closed.contains("EVAL-06") && closed.contains("đã đóng"), "{closed}");
        let step = [("after", "decided"), ("step", "notice"), ("on", "22/11/2026"), ("number", "1")];
        let refused = world.ask(Lang::Vi, &world.ward(), "POST", &format!("{subject}/steps"), &step);
        assert!(matches!(refused, Err(Problem::Refused(_))), "{refused:?}");
    });
}
