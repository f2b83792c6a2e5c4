//! Places of the wards: quarters with their branches, apartment blocks, enterprises, schools with and without one; plans
//! of the year; one pilot.

use std::collections::HashMap;

use chibo_coverage::actions::{LoadedPlace, LoadedPlan, draft, load_places, step, take_up};
use chibo_coverage::rules::{Facts, NewPilot, NewStep, Outcome, PlaceKind, Spot, Standing, Step, Target};
use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::landscape_within;
use chibo_organisation::rules::Landscape;
use chibo_store::{Db, Op};

use super::load::Names;
use super::seed::Seed;
use super::{Plan, TODAY};

const FAMILY: u64 = 41;
/// What stands in every ward besides its quarters: kind, name, how many, workers, households.
const BESIDE: [(PlaceKind, &str, u32, i32, i32); 6] = [
    (PlaceKind::Apartments, "Chung cư", 3, 0, 900),
    (PlaceKind::Lodgings, "Khu nhà trọ", 1, 0, 250),
    (PlaceKind::PrivateEnterprise, "Doanh nghiệp", 4, 180, 0),
    (PlaceKind::ForeignEnterprise, "Doanh nghiệp FDI", 1, 900, 0),
    (PlaceKind::School, "Trường học", 2, 90, 0),
    (PlaceKind::Market, "Chợ", 1, 220, 0),
];

/// A ward with its branches and where it lies.
struct Ward {
    unit: Id<Unit>,
    name: String,
    at: (i32, i32),
    branches: Vec<(Id<Unit>, String, Setting)>,
}

fn wards(db: &Db, plan: &Plan, landscape: &Landscape) -> Vec<Ward> {
    let names = Names::new(db, plan.members());
    let units = plan.city.units.iter().chain(&plan.transition.units);
    let at: HashMap<Id<Unit>, (i32, i32)> = units.filter_map(|unit| Some((names.unit(unit.no), unit.at?))).collect();
    let above = |unit| landscape.children_of(&[unit].into()).remove(&unit).unwrap_or_default();
    let branch = |unit: Id<Unit>| {
        let facts = &landscape.get(unit)?.facts;
        let home = matches!(facts.setting, Setting::Quarter | Setting::Hamlet) && facts.kind == Kind::Branch;
        home.then(|| (unit, facts.name.clone(), facts.setting))
    };
    let ward = |(unit, standing): (Id<Unit>, &chibo_organisation::rules::Standing)| {
        let ward = matches!(standing.facts.setting, Setting::Ward | Setting::Commune);
        let at = at.get(&unit).copied().filter(|_| ward)?;
        let branches: Vec<_> = above(unit).into_iter().filter_map(branch).collect();
        (!branches.is_empty()).then(|| Ward { unit, name: standing.facts.name.clone(), at, branches })
    };
    landscape.units().filter_map(ward).collect()
}

/// Writes places, plans and the pilot.
pub fn write(op: &mut Op<'_, '_>, db: &Db, plan: &Plan) -> Result<(), Problem> {
    let landscape = landscape_within(op.tx(), TODAY)?;
    let wards = wards(db, plan, &landscape);
    let mut places = Vec::new();
    for (no, ward) in wards.iter().enumerate() {
        quarters(op, no, ward, &mut places);
        beside(op, no, ward, &mut places);
    }
    let now = op.now();
    let rule = Rulebook::built_in()?.on(TODAY).require("ORG-01")?.version();
    load_places(op, &places, ("khảo sát tháng 10/2026", &rule), now)?;
    wards.first().map_or(Ok(()), |ward| pilot(op, ward))?;
    rolled_out(op, &wards)
}

fn spot(seed: &mut Seed, (lat, lon): (i32, i32)) -> Option<Spot> {
    Spot::new(lat + seed.between(-9_000, 9_000), lon + seed.between(-9_000, 9_000))
}

fn place(op: &Op<'_, '_>, facts: Facts) -> LoadedPlace {
    let from = Day::from_number(20_270); // 2025-07-01
    LoadedPlace { id: op.fresh(), from, facts, link: None, count: None, plan: None }
}

/// A quarter for every branch of one.
fn quarters(op: &Op<'_, '_>, no: usize, ward: &Ward, places: &mut Vec<LoadedPlace>) {
    for (at, (branch, name, setting)) in ward.branches.iter().enumerate() {
        let mut seed = Seed::of(FAMILY, (no as u64) << 16 | at as u64);
        let kind = if *setting == Setting::Hamlet { PlaceKind::Hamlet } else { PlaceKind::Quarter };
        let households = u32::try_from(seed.between(280, 900)).ok();
        let mut place = place(
            op,
            Facts {
                unit: ward.unit,
                kind,
                standing: Standing::Open,
                spot: spot(&mut seed, ward.at),
                workers: None,
                households,
                code: format!("KP-{:03}-{:02}", no + 1, at + 1),
                name: format!("{}, {}", name.trim_start_matches("Chi bộ "), ward.name.trim_start_matches("Đảng bộ ")),
            },
        );
        let served = households.map(|all| all * seed.below(60) / 100);
        place.link = Some((*branch, place.from, false));
        place.count = Some((3 + seed.below(20), served, TODAY.plus_days(-40)));
        places.push(place);
    }
}

/// What stands beside the quarters, most of it without an organisation.
fn beside(op: &Op<'_, '_>, no: usize, ward: &Ward, places: &mut Vec<LoadedPlace>) {
    for (sort, (kind, word, count, workers, households)) in BESIDE.iter().enumerate() {
        for at in 0..*count {
            let mut seed = Seed::of(FAMILY + 1, (no as u64) << 16 | (sort as u64) << 8 | u64::from(at));
            let number = |seed: &mut Seed, most: i32| {
                (most > 0).then(|| u32::try_from(seed.between(most / 4, most)).ok()).flatten()
            };
            let mut place = place(
                op,
                Facts {
                    unit: ward.unit,
                    kind: *kind,
                    standing: Standing::Open,
                    spot: spot(&mut seed, ward.at),
                    workers: number(&mut seed, *workers),
                    households: number(&mut seed, *households),
                    code: format!("DB-{:03}-{}{}", no + 1, sort + 1, at + 1),
                    name: format!("{word} số {}, {}", at + 1, ward.name.trim_start_matches("Đảng bộ ")),
                },
            );
            let near = ward.branches.get(seed.below(ward.branches.len() as u32) as usize);
            if seed.chance(220) {
                // Half of them one after the other, so that progress by year has something to show.
                let since = if seed.chance(500) { place.from } else { TODAY.plus_days(-seed.between(20, 320)) };
                place.link = near.map(|(branch, ..)| (*branch, since, true));
            }
            let known = seed.below(6);
            place.count = Some((known, None, TODAY.plus_days(-40)));
            if place.link.is_none() && seed.chance(300) {
                place.plan = Some(planned(&mut seed, known));
            }
            places.push(place);
        }
    }
}

/// An organisation where three or more members are known, admissions elsewhere.
fn planned(seed: &mut Seed, known: u32) -> LoadedPlan {
    if known >= 3 {
        return LoadedPlan { year: TODAY.year(), target: Target::Found, wanted: 0, reported: None };
    }
    let wanted = 1 + seed.below(3);
    let reported = Some((seed.below(wanted + 1), TODAY.plus_days(-20)));
    LoadedPlan { year: TODAY.year(), target: Target::Admit, wanted, reported }
}

/// Apartment-block branches, tried in one ward since summer.
fn pilot(op: &mut Op<'_, '_>, ward: &Ward) -> Result<(), Problem> {
    let starts_on = TODAY.plus_days(-120);
    let new = NewPilot {
        unit: ward.unit,
        title: "Chi bộ chung cư".to_owned(),
        aim: "Thí điểm chi bộ riêng cho chung cư đông đảng viên cư trú.".to_owned(),
        starts_on,
        midterm_due: TODAY.plus_days(10),
        final_due: TODAY.plus_days(200),
        units: ward.branches.iter().take(3).map(|(unit, ..)| *unit).collect(),
        criteria: vec![("Đảng viên kết nạp mới".to_owned(), 2), ("Hộ được phân công phụ trách".to_owned(), 200)],
    };
    let id = draft(op, &new)?;
    let (number, body) = ("12-QĐ/ĐU".to_owned(), "Bắt đầu thí điểm.".to_owned());
    step(op, id, &NewStep { after: 0, step: Step::Start, on: starts_on, number, body, results: Vec::new() })
}

/// Party groups of lodgings, tried last year and now rolled out.
fn rolled_out(op: &mut Op<'_, '_>, wards: &[Ward]) -> Result<(), Problem> {
    let Some((ward, others)) = wards.split_first() else { return Ok(()) };
    let ago = |days: i32| TODAY.plus_days(-days);
    let new = NewPilot {
        unit: ward.unit,
        title: "Tổ đảng khu nhà trọ công nhân".to_owned(),
        aim: "Thí điểm tổ đảng tại khu nhà trọ đông công nhân để tạo nguồn kết nạp.".to_owned(),
        starts_on: ago(420),
        midterm_due: ago(240),
        final_due: ago(60),
        units: ward.branches.iter().take(2).map(|(unit, ..)| *unit).collect(),
        criteria: vec![("Quần chúng ưu tú được giới thiệu".to_owned(), 5)],
    };
    let id = draft(op, &new)?;
    let steps = [
        (Step::Start, ago(420), "03-QĐ/ĐU", "Bắt đầu thí điểm.", vec![]),
        (Step::MidTerm, ago(240), "21-BC/ĐU", "Sơ kết: sinh hoạt nền nếp.", vec![3]),
        (Step::Final, ago(60), "58-BC/ĐU", "Tổng kết: đạt tiêu chí.", vec![6]),
        (Step::Conclude(Outcome::RollOut), ago(30), "61-KL/ĐU", "Nhân rộng ra các phường có khu nhà trọ.", vec![]),
    ];
    for (after, (taken, on, number, body, results)) in (0u32..).zip(steps) {
        let (number, body) = (number.to_owned(), body.to_owned());
        step(op, id, &NewStep { after, step: taken, on, number, body, results })?;
    }
    // Taken up ten days ago, and ten and thirty days from now.
    for (other, days) in others.iter().zip([10, -10, -30]) {
        take_up(op, id, other.unit, ago(days))?;
    }
    Ok(())
}
