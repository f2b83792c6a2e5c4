//! Signature, midnight, withdrawal, a plan the rules refuse by its day, the plan that leads back.

use std::sync::Arc;
use std::thread;

use chibo_kernel::Problem;
use chibo_organisation::rules::Landscape;
use chibo_testkit::TODAY;
use chibo_web::words::Lang;

use crate::world::{NORTH, QUARTER_1, QUARTER_2, SOUTH, World, id};

#[test]
fn whoever_wrote_a_plan_does_not_sign_it() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        world.join(&plan, NORTH, SOUTH);
        let refused = world.sign(&world.planner(), &plan).unwrap_err();
        assert!(refused.contains("Người soạn không được ký"), "{refused}");
        world.sign(&world.signer(), &plan).unwrap();
        assert!(world.page(&world.planner(), &plan).contains("đã ký, chờ hiệu lực"));
        // Signed means closed.
        let refused = world.add(&world.planner(), &plan, &[]).unwrap_err();
        assert!(!refused.is_empty());
    });
}

#[test]
fn org_18_it_takes_effect_on_its_day_even_if_the_server_slept() {
    World::each(|world| {
        let on = TODAY.plus_days(5);
        let plan = world.begin(on);
        world.join(&plan, NORTH, SOUTH);
        world.join(&plan, QUARTER_2, QUARTER_1);
        world.sign(&world.signer(), &plan).unwrap();
        world.wake(on.plus_days(-1));
        assert!(world.landscape(on).get(id(NORTH)).is_some(), "too early");
        world.wake(on.plus_days(3));
        assert!(world.page(&world.planner(), &plan).contains("đã có hiệu lực"));
        let (before, after) = (world.landscape(on.plus_days(-1)), world.landscape(on));
        assert!(before.get(id(NORTH)).is_some() && after.get(id(NORTH)).is_none());
        assert_eq!(after.get(id(QUARTER_1)).unwrap().parent, Some(id(SOUTH)));
        let homes = world.homes();
        assert!(homes.iter().take(7).all(|(_, unit)| *unit == QUARTER_1), "{homes:?}");
        assert!(world.acts("plan-in-force").len() == 1 && world.acts("units-reorganised").len() == 1);
        // A second run of the same work does nothing.
        world.work();
        assert_eq!(world.acts("units-reorganised").len(), 1);
    });
}

#[test]
fn org_18_what_was_interrupted_on_its_day_can_be_tried_again() {
    World::each(|world| {
        let on = TODAY.plus_days(5);
        let plan = world.begin(on);
        world.join(&plan, QUARTER_2, QUARTER_1);
        world.sign(&world.signer(), &plan).unwrap();
        let step = format!("{plan}/step");
        let early = world.answer(&world.planner(), &step, &[("step", "enforce")]);
        assert_eq!(early.0, 409, "its day has not come");
        world.clock.set(on);
        world.settle();
        assert!(world.page(&world.planner(), &plan).contains("Thi hành lại"));
        world.send(&world.planner(), &step, &[("step", "enforce")]).unwrap();
        world.work();
        assert!(world.page(&world.planner(), &plan).contains("đã có hiệu lực"));
        assert_eq!(world.acts("plan-in-force").len(), 1, "two jobs, one effect");
    });
}

#[test]
fn a_signed_plan_can_be_withdrawn_before_its_day_with_a_reason() {
    World::each(|world| {
        let on = TODAY.plus_days(5);
        let plan = world.begin(on);
        world.join(&plan, NORTH, SOUTH);
        world.sign(&world.signer(), &plan).unwrap();
        let step = format!("{plan}/step");
        assert!(world.send(&world.planner(), &step, &[("step", "withdraw")]).unwrap_err().contains("lý do"));
        world.send(&world.planner(), &step, &[("step", "withdraw"), ("reason", "Chờ ý kiến")]).unwrap();
        world.wake(on);
        assert!(world.landscape(on).get(id(NORTH)).is_some());
        assert!(world.page(&world.planner(), &plan).contains("đã rút"));
    });
}

#[test]
fn a_plan_the_rules_refuse_by_its_day_waits_for_people() {
    World::each(|world| {
        let on = TODAY.plus_days(5);
        let plan = world.begin(on);
        world.join(&plan, QUARTER_1, QUARTER_2);
        world.sign(&world.signer(), &plan).unwrap();
        // Meanwhile quarter 2 is dissolved by hand.
        world.clock.pass(1);
        let dissolve = |op: &mut chibo_store::Op<'_, '_>| {
            chibo_organisation::actions::dissolve(op, id(QUARTER_2), TODAY.plus_days(2), 0)
        };
        world.house.db.write(&chibo_kernel::Viewer::program("test"), dissolve).unwrap();
        world.wake(on);
        let page = world.page(&world.planner(), &plan);
        assert!(page.contains("chưa thi hành được") && page.contains("Chi bộ khu phố 2"), "{page}");
        assert!(world.homes().iter().take(4).all(|(_, unit)| *unit == QUARTER_1));
        world.send(&world.planner(), &format!("{plan}/step"), &[("step", "reopen")]).unwrap();
        assert!(world.page(&world.planner(), &plan).contains("đang soạn"));
    });
}

#[test]
fn two_signed_plans_do_not_touch_the_same_unit() {
    World::each(|world| {
        let (first, second) = (world.begin(TODAY.plus_days(5)), world.begin(TODAY.plus_days(9)));
        world.join(&first, QUARTER_1, QUARTER_2);
        world.join(&second, QUARTER_2, QUARTER_1);
        world.sign(&world.signer(), &first).unwrap();
        let refused = world.sign(&world.signer(), &second).unwrap_err();
        assert!(refused.contains("cùng đụng đến tổ chức"), "{refused}");
    });
}

#[test]
fn org_18_a_closed_period_is_not_opened_again() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_months(-13));
        world.join(&plan, QUARTER_1, QUARTER_2);
        let refused = world.sign(&world.signer(), &plan).unwrap_err();
        assert!(refused.contains("đã khóa"), "{refused}");
    });
}

#[test]
fn one_of_two_signatures_at_once_counts() {
    World::each(|world| {
        let plan = world.begin(TODAY.plus_days(5));
        world.join(&plan, QUARTER_1, QUARTER_2);
        let (version, today) = (world.version(&plan), world.clock.today().to_string());
        let url = Arc::new(format!("{plan}/signature"));
        let answers: Vec<_> = thread::scope(|scope| {
            let sign = |account: u8| {
                let (url, version, today) = (url.clone(), &version, &today);
                scope.spawn(move || {
                    let who = world.person(account, id(crate::world::CITY), crate::world::PLANNER);
                    let form = [("version", version.as_str()), ("number", "12-QĐ/TU"), ("signed", today.as_str())];
                    world.answer(&who, &url, &form).0
                })
            };
            let both: Vec<_> = [2, 4].into_iter().map(sign).collect();
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
        assert_eq!(world.acts("plan-signed").len(), 1);
    });
}

fn all(landscape: &Landscape) -> Vec<(String, Option<String>, String)> {
    let line = |(unit, standing): (chibo_kernel::Id<chibo_kernel::Unit>, &chibo_organisation::rules::Standing)| {
        (unit.to_string(), standing.parent.map(|parent| parent.to_string()), standing.facts.name.clone())
    };
    landscape.units().map(line).collect()
}

#[test]
fn the_counter_plan_gives_the_same_tree_and_members_and_a_longer_history() {
    World::each(|world| {
        let (on, back_on) = (TODAY.plus_days(5), TODAY.plus_days(20));
        let (before, homes) = (all(&world.landscape(TODAY)), world.homes());
        let plan = world.begin(on);
        let city = id(crate::world::CITY).to_string();
        let found = [
            ("kind-of-line", "establish"),
            ("other", &*city),
            ("name", "Đảng bộ phường Mới"),
            ("kind", "DBCS"),
            ("setting", "ward"),
            ("code", "79.003.000.000.000"),
        ];
        world.add(&world.planner(), &plan, &found).unwrap();
        for old in [NORTH, SOUTH] {
            let old = id(old).to_string();
            let form = [("kind-of-line", "join"), ("one", &*old), ("other", "Đảng bộ phường Mới"), ("extent", "whole")];
            world.add(&world.planner(), &plan, &form).unwrap();
        }
        world.join(&plan, QUARTER_2, QUARTER_1);
        world.sign(&world.signer(), &plan).unwrap();
        world.wake(on);
        assert_ne!(all(&world.landscape(on)), before);
        let day = back_on.to_string();
        let form = [("title", "Bãi bỏ"), ("authority", "Ban Thường vụ Thành ủy"), ("effective", &*day)];
        let counter = world.send(&world.planner(), &format!("{plan}/counter"), &form).unwrap();
        let counter = counter.split('?').next().unwrap();
        let page = world.page(&world.planner(), counter);
        assert!(page.contains("Lập lại") && page.contains("khớp"), "{page}");
        world.sign(&world.signer(), counter).unwrap();
        world.wake(back_on);
        assert_eq!(all(&world.landscape(back_on)), before);
        assert_eq!(world.homes(), homes);
        // What was believed in between is still known.
        let between = world.landscape(on.plus_days(1));
        assert!(between.get(id(NORTH)).is_none() && between.units().any(|(_, s)| s.facts.name == "Đảng bộ phường Mới"));
        assert_eq!(world.acts("units-reorganised").len(), 2);
        let early = [("title", "Bãi bỏ"), ("authority", "Ban Thường vụ"), ("effective", &*on.to_string())];
        assert!(world.send(&world.planner(), &format!("{plan}/counter"), &early).is_err());
        let gone = world.ask(Lang::Vi, &world.northerner(), "POST", &format!("{plan}/counter"), &form);
        assert!(matches!(gone, Err(Problem::NotFound)), "{gone:?}");
    });
}
