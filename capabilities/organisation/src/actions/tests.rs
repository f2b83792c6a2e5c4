use std::collections::BTreeSet;

use chibo_kernel::{AsOf, Day, Id, Moment, Person, Places};

use super::*;
use crate::kinds::{Kind, PILOT_BEGINS, Role, Setting};
use crate::rules::{Decision, FactChange, How, NewOffice, Step, SuccessionKind};
use crate::testing::{World, day, keys, unit, unit_id};
use crate::{load_forest, store};

const OLD: Day = Day::from_number(2_374); // 1976-07-02

fn city(world: &World) {
    let units = [
        unit(1, Kind::City, Setting::Province, None, OLD),
        unit(2, Kind::Upper, Setting::Office, Some(1), OLD),
        unit(3, Kind::Base, Setting::School, Some(2), OLD),
        unit(4, Kind::Branch, Setting::School, Some(3), OLD),
        unit(5, Kind::Base, Setting::School, Some(2), OLD),
    ];
    world.write(|op| load_units(op, &units, op.now())).unwrap();
}

fn name_on(world: &World, number: u32, at: AsOf) -> Option<String> {
    let forest = world.read(|tx| load_forest(tx, None));
    let tree = forest.tree(at);
    let place = tree.place_of(forest.no(unit_id(number))?)?;
    tree.facts(place).map(|facts| facts.name.clone())
}

fn parent_on(world: &World, number: u32, on: Day) -> Option<Id<Unit>> {
    let forest = world.read(|tx| load_forest(tx, None));
    let tree = forest.tree(AsOf::on(on));
    let place = tree.place_of(forest.no(unit_id(number))?)?;
    forest.id(tree.unit(tree.parent(place)?)?)
}

#[test]
fn a_unit_is_established_renamed_moved_and_dissolved_and_the_past_stays() {
    World::each(|world| {
        city(world);
        let founded = day(2020, 5, 1);
        world.write(|op| establish(op, &unit(9, Kind::Branch, Setting::School, Some(3), founded))).unwrap();
        let known = world.db.now();
        let rename = FactChange { name: Some("Chi bộ Trường Mới".into()), ..FactChange::default() };
        world.write(|op| amend_facts(op, unit_id(9), day(2022, 1, 1), &rename)).unwrap();
        world.write(|op| reparent(op, unit_id(9), unit_id(5), day(2023, 1, 1))).unwrap();
        assert_eq!(name_on(world, 9, AsOf::on(founded.plus_days(-1))), None);
        assert_eq!(name_on(world, 9, AsOf::on(day(2021, 12, 31))).as_deref(), Some("Đơn vị 9"));
        assert_eq!(name_on(world, 9, AsOf::on(day(2022, 1, 1))).as_deref(), Some("Chi bộ Trường Mới"));
        let as_known_then = AsOf { day: day(2022, 1, 1), known };
        assert_eq!(name_on(world, 9, as_known_then).as_deref(), Some("Đơn vị 9"));
        assert_eq!(parent_on(world, 9, day(2022, 12, 31)), Some(unit_id(3)));
        assert_eq!(parent_on(world, 9, day(2023, 1, 1)), Some(unit_id(5)));
        let end = day(2024, 1, 1);
        assert_eq!(keys(world.write(|op| dissolve(op, unit_id(9), end, 2))), BTreeSet::from(["units-members-remain"]));
        world.write(|op| dissolve(op, unit_id(9), end, 0)).unwrap();
        assert_eq!(name_on(world, 9, AsOf::on(end)), None);
        assert!(name_on(world, 9, AsOf::on(end.plus_days(-1))).is_some());
        assert!(world.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn an_earlier_rename_does_not_undo_a_later_one() {
    World::each(|world| {
        city(world);
        let rename = |name: &str| FactChange { name: Some(name.into()), ..FactChange::default() };
        world.write(|op| amend_facts(op, unit_id(4), day(2020, 1, 1), &rename("Sau"))).unwrap();
        let retype = FactChange { setting: Some(Setting::PublicService), ..FactChange::default() };
        world.write(|op| amend_facts(op, unit_id(4), day(2015, 1, 1), &retype)).unwrap();
        world.write(|op| amend_facts(op, unit_id(4), day(2010, 1, 1), &rename("Trước"))).unwrap();
        let name = |year| name_on(world, 4, AsOf::on(day(year, 6, 1)));
        assert_eq!(name(2009).as_deref(), Some("Đơn vị 4"));
        assert_eq!(name(2012).as_deref(), Some("Trước"));
        assert_eq!(name(2016).as_deref(), Some("Trước"));
        assert_eq!(name(2021).as_deref(), Some("Sau"));
        let rows = world.read(|tx| store::facts_of(tx, unit_id(4)));
        let late = rows.iter().find(|row| row.superseded_at == Moment::FOREVER && row.name == "Sau").unwrap();
        assert_eq!(late.setting, Setting::PublicService.number(), "the setting of 2015 goes on beyond 2020");
    });
}

#[test]
fn org_11_a_unit_with_units_under_it_now_or_later_is_not_dissolved() {
    World::each(|world| {
        city(world);
        assert_eq!(
            keys(world.write(|op| dissolve(op, unit_id(3), day(2025, 1, 1), 0))),
            BTreeSet::from(["units-children-remain"])
        );
        world.write(|op| reparent(op, unit_id(4), unit_id(5), day(2010, 1, 1))).unwrap();
        world.write(|op| establish(op, &unit(9, Kind::Branch, Setting::School, Some(3), day(2026, 1, 1)))).unwrap();
        assert_eq!(
            keys(world.write(|op| dissolve(op, unit_id(3), day(2025, 1, 1), 0))),
            BTreeSet::from(["units-children-remain"])
        );
    });
}

#[test]
fn a_unit_never_outlives_the_unit_above_it() {
    World::each(|world| {
        city(world);
        world.write(|op| dissolve(op, unit_id(5), day(2022, 1, 1), 0)).unwrap();
        let late = unit(9, Kind::Branch, Setting::School, Some(5), day(2021, 1, 1));
        assert_eq!(keys(world.write(|op| establish(op, &late))), BTreeSet::from(["units-parent-shorter"]));
        assert_eq!(
            keys(world.write(|op| reparent(op, unit_id(4), unit_id(5), day(2021, 1, 1)))),
            BTreeSet::from(["units-parent-shorter"])
        );
        let mut coded = unit(10, Kind::Branch, Setting::School, Some(3), day(2021, 1, 1));
        coded.code = "79.001.000.000.001".into();
        world.write(|op| establish(op, &coded)).unwrap();
        coded.id = unit_id(11);
        coded.parent = Some(unit_id(3));
        assert_eq!(keys(world.write(|op| establish(op, &coded))), BTreeSet::from(["units-code-doubled"]));
    });
}

#[test]
fn offices_end_with_the_unit() {
    World::each(|world| {
        city(world);
        let office = |person: u8| NewOffice {
            unit: unit_id(5),
            person: Id::<Person>::from_bytes([person; 16]),
            role: Role::Secretary,
            from: day(2020, 1, 1),
            to: Day::FOREVER,
            how: How::Elected,
            decision: "1-QĐ/ĐU".into(),
        };
        world.write(|op| appoint(op, &office(1))).unwrap();
        assert_eq!(keys(world.write(|op| appoint(op, &office(2)))), BTreeSet::from(["units-office-taken"]));
        world.write(|op| end_office(op, unit_id(5), office(1).person, Role::Secretary, day(2021, 1, 1))).unwrap();
        let next = NewOffice { from: day(2021, 1, 1), ..office(2) };
        world.write(|op| appoint(op, &next)).unwrap();
        world.write(|op| dissolve(op, unit_id(5), day(2022, 1, 1), 0)).unwrap();
        let rows = world.read(|tx| store::offices_of(tx, unit_id(5)));
        let held: Vec<_> =
            rows.iter().filter(|r| r.superseded_at == Moment::FOREVER).map(|r| (r.valid_from, r.valid_to)).collect();
        assert_eq!(held, [(day(2020, 1, 1), day(2021, 1, 1)), (day(2021, 1, 1), day(2022, 1, 1))]);
    });
}

fn decision(number: u8, on: Day) -> Decision {
    Decision {
        id: Id::from_bytes([number; 16]),
        unit: unit_id(1),
        number: format!("{number}-QĐ/TU"),
        title: "Sắp xếp tổ chức".into(),
        authority: "Thành ủy".into(),
        signed_on: on,
        effective_on: on,
    }
}

/// The shape of 1 July 2025: districts with wards end, new wards begin, branches move. Gives the steps.
fn reorganise(world: &World, old_wards: u32, new_wards: u32, branches_each: u32) -> Vec<Step> {
    let mut units =
        vec![unit(1, Kind::City, Setting::Province, None, OLD), unit(2, Kind::Upper, Setting::District, Some(1), OLD)];
    let mut steps: Vec<Step> = (0..new_wards)
        .map(|n| Step::Establish(Box::new(unit(100_000 + n, Kind::Upper, Setting::Ward, Some(1), PILOT_BEGINS))))
        .collect();
    for ward in 0..old_wards {
        let number = 10 + ward;
        units.push(unit(number, Kind::Base, Setting::Ward, Some(2), OLD));
        let into = unit_id(100_000 + ward % new_wards);
        for branch in 0..branches_each {
            let branch = 1_000 + ward * branches_each + branch;
            units.push(unit(branch, Kind::Branch, Setting::Quarter, Some(number), OLD));
            steps.push(Step::Reparent { unit: unit_id(branch), parent: into });
        }
        steps.push(Step::Dissolve { unit: unit_id(number) });
        steps.push(Step::Succeed { from: unit_id(number), into, main: true, kind: SuccessionKind::Merge });
    }
    steps.push(Step::Dissolve { unit: unit_id(2) });
    steps.push(Step::Succeed { from: unit_id(2), into: unit_id(1), main: true, kind: SuccessionKind::Replace });
    world.write(|op| load_units(op, &units, op.now())).unwrap();
    steps
}

#[test]
fn a_decision_reorganises_everything_as_one_act_and_keeps_what_was_before() {
    World::each(|world| {
        let steps = reorganise(world, 6, 2, 3);
        let known = world.db.now();
        let applied = world.write(|op| apply_decision(op, &decision(9, PILOT_BEGINS), &steps, op.now())).unwrap();
        assert_eq!(applied.units, 2 + 6 + 18 + 1);
        let forest = world.read(|tx| load_forest(tx, None));
        let (before, after) = (forest.tree(AsOf::on(PILOT_BEGINS.plus_days(-1))), forest.tree(AsOf::on(PILOT_BEGINS)));
        assert_eq!((before.len(), after.len()), (1 + 1 + 6 + 18, 1 + 2 + 18));
        assert!(after.faults().is_empty());
        assert_eq!(forest.tree(AsOf { day: PILOT_BEGINS, known }).len(), before.len(), "as known before the decision");
        let today = forest.today(day(2026, 11, 22));
        assert_eq!(
            today.span(unit_id(10)),
            today.span(unit_id(100_000)),
            "an old ward is seen where its successor stands"
        );
        assert_eq!(world.read(|tx| store::successions_of(tx, decision(9, OLD).id)).len(), 7);
        assert_eq!(world.read(store::decisions).len(), 1);
        assert!(world.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn a_decision_that_breaks_a_rule_changes_nothing() {
    World::each(|world| {
        let mut steps = reorganise(world, 4, 2, 2);
        let first_move = steps.iter().position(|step| matches!(step, Step::Reparent { .. })).unwrap();
        steps.remove(first_move);
        let outcome = world.write(|op| apply_decision(op, &decision(9, PILOT_BEGINS), &steps, op.now()));
        assert!(keys(outcome).contains("units-children-remain"));
        assert!(world.read(store::decisions).is_empty());
        let forest = world.read(|tx| load_forest(tx, None));
        assert_eq!(forest.tree(AsOf::on(PILOT_BEGINS)).len(), 1 + 1 + 4 + 8);
    });
}

#[test]
fn decisions_of_one_day_are_judged_by_how_the_day_ends() {
    World::each(|world| {
        let steps = reorganise(world, 4, 2, 2);
        let (one, two) = steps.split_at(7);
        let (a, b) = (decision(8, PILOT_BEGINS), decision(9, PILOT_BEGINS));
        world.write(|op| apply_decisions(op, &[(&a, one), (&b, two)], op.now())).unwrap();
        assert_eq!(world.read(store::decisions).len(), 2);
        let forest = world.read(|tx| load_forest(tx, None));
        assert_eq!(forest.tree(AsOf::on(PILOT_BEGINS)).len(), 1 + 2 + 8);
    });
}

#[test]
fn one_act_is_taken_back_whole_unless_something_depends_on_it() {
    World::each(|world| {
        city(world);
        let before: Vec<_> = [3, 4, 9].map(|n| name_on(world, n, AsOf::on(day(2026, 1, 1)))).to_vec();
        let act = |op: &mut Op<'_, '_>| {
            let mut ledger = crate::ledger::Ledger::new(op.now());
            ledger.load_all(op.tx())?;
            let new = unit(9, Kind::Branch, Setting::School, Some(3), day(2020, 1, 1));
            let valid = chibo_kernel::Period::since(new.from);
            ledger.amend_facts(new.id, valid, Some(new.facts()));
            ledger.amend_parent(new.id, valid, Some(crate::rules::Parent(new.parent)));
            let change = FactChange { name: Some("Khác".into()), ..FactChange::default() };
            super::change::change_from(&mut ledger, unit_id(4), day(2019, 1, 1), &change);
            ledger.flush(op.tx())?;
            Ok(op.now())
        };
        let at = world.write(act).unwrap();
        assert_eq!(name_on(world, 4, AsOf::on(day(2026, 1, 1))).as_deref(), Some("Khác"));
        let units = [(unit_id(9), true), (unit_id(4), false)];
        world.write(|op| undo(op, &units, at)).unwrap();
        let after: Vec<_> = [3, 4, 9].map(|n| name_on(world, n, AsOf::on(day(2026, 1, 1)))).to_vec();
        assert_eq!(before, after);

        let world = &world.another();
        city(world);
        let at = world.write(act).unwrap();
        world.write(|op| establish(op, &unit(12, Kind::Group, Setting::School, Some(9), day(2021, 1, 1)))).unwrap();
        assert_eq!(keys(world.write(|op| undo(op, &units, at))), BTreeSet::from(["units-import-has-children"]));
        let rename = FactChange { name: Some("Nữa".into()), ..FactChange::default() };
        world.write(|op| amend_facts(op, unit_id(4), day(2024, 1, 1), &rename)).unwrap();
        assert_eq!(keys(world.write(|op| undo(op, &units, at))), BTreeSet::from(["units-import-changed-since"]));
    });
}

#[test]
fn every_statement_fits_the_engine() {
    World::each(|world| {
        assert_eq!(chibo_store::catalogue::check(&world.db, store::STATEMENTS).unwrap(), Vec::<String>::new());
        assert_eq!(
            chibo_store::catalogue::mixed_owners(store::STATEMENTS, crate::MIGRATIONS).unwrap(),
            Vec::<String>::new()
        );
    });
}
