use std::collections::{HashMap, HashSet};

use chibo_kernel::Day;
use chibo_members::codes::{Sex, Standing};
use chibo_organisation::kinds::{Kind, PILOT_BEGINS, Setting, THREE_LEVELS_BEGIN};

use super::transition::PlannedOperation;
use super::tree::Tree;
use super::*;

fn count(tree: &Tree, fits: impl Fn(&tree::Node) -> bool) -> usize {
    assert!(tree.misses.is_empty(), "{:?}", &tree.misses[..tree.misses.len().min(5)]);
    tree.standing().filter(|(_, node)| fits(node)).count()
}

#[test]
fn at_full_scale_the_city_has_its_known_numbers() {
    let plan = Plan::new(FULL_SCALE);
    let before = Tree::on(&plan, PILOT_BEGINS.plus_days(-1));
    let under = |city: u32| count(&before, |node| node.kind == Kind::Upper && node.parent == Some(city));
    assert_eq!(under(plan.city.provinces[0]), 57);
    assert_eq!(count(&before, |node| node.setting == Setting::District), 38);
    let is_ward = |node: &tree::Node| matches!(node.setting, Setting::Ward | Setting::Commune | Setting::Township);
    assert_eq!(count(&before, is_ward), 442);
    assert_eq!(count(&before, |node| node.kind == Kind::Base), 1_111);
    assert_eq!(count(&before, |node| node.kind == Kind::BaseBranch), 859);
    let branches = count(&before, |node| node.kind.holds_members() && node.kind != Kind::History);
    assert!((14_800..=15_200).contains(&branches), "{branches}");
    assert!(count(&before, |node| node.kind == Kind::Section) >= 20);
    assert_eq!(plan.city.branches.len(), branches);
    let after = Tree::on(&plan, PILOT_BEGINS);
    let new = |node: &tree::Node| matches!(node.setting, Setting::Ward | Setting::Commune | Setting::SpecialZone);
    assert_eq!(count(&after, |node| new(node) && node.kind == Kind::Upper), 168);
    assert_eq!(count(&after, |node| node.kind == Kind::City), 1);
    assert_eq!(count(&after, |node| node.setting == Setting::District), 0);
    let today = Tree::on(&plan, TODAY);
    assert_eq!(count(&today, |node| new(node) && node.kind == Kind::Base), 168);
    assert_eq!(count(&today, |node| node.kind == Kind::BaseBranch), 0);
    assert!(count(&today, |node| node.kind == Kind::UnderBase) > 100);
    assert_eq!(count(&today, |node| node.kind == Kind::Branch), branches);
}

#[test]
fn org_18_every_day_of_change_leaves_a_sound_tree() {
    for members in [1_000, 20_000, FULL_SCALE] {
        let plan = Plan::new(members);
        let mut days = vec![Day::PARTY_FOUNDED, PILOT_BEGINS.plus_days(-1), THREE_LEVELS_BEGIN.plus_days(-1), TODAY];
        days.extend(plan.transition.decisions.iter().map(|decision| decision.day));
        days.extend((1976..2025).filter_map(|year| Day::from_ymd(year, 12, 31)));
        days.dedup();
        for day in days {
            let tree = Tree::on(&plan, day);
            let faults = tree.faults(day);
            assert!(faults.is_empty(), "{members}, {day}: {:?}", &faults[..faults.len().min(5)]);
        }
    }
}

#[test]
fn units_end_only_without_children_and_successors_stand() {
    let plan = Plan::new(20_000);
    let mut parents: HashMap<u32, u32> =
        plan.city.units.iter().filter_map(|unit| Some((unit.no, unit.parent?))).collect();
    let mut ended = HashSet::new();
    for operation in plan.transition.decisions.iter().flat_map(|decision| &decision.operations) {
        let (unit, into) = match operation {
            PlannedOperation::Establish { unit } => {
                parents.insert(*unit, plan.unit(*unit).unwrap().parent.unwrap());
                continue;
            }
            PlannedOperation::Reparent { unit, under } => {
                parents.insert(*unit, *under);
                continue;
            }
            PlannedOperation::Merge { unit, into } | PlannedOperation::Dissolve { unit, into } => (*unit, vec![*into]),
            PlannedOperation::Split { unit, into } => (*unit, into.clone()),
            PlannedOperation::Rename { .. } | PlannedOperation::Retype { .. } => continue,
        };
        parents.remove(&unit);
        assert!(!parents.values().any(|parent| *parent == unit), "{unit} ended with children");
        assert!(
            ended.insert(unit) && !into.is_empty() && into.iter().all(|heir| !ended.contains(heir)),
            "{operation:?}"
        );
        assert_eq!(into.iter().collect::<HashSet<_>>().len(), into.len());
    }
    let wards = |from: &super::city::Ward| ended.contains(&from.unit);
    assert!(plan.city.wards.iter().all(wards));
    assert!(plan.city.districts.iter().all(|district| ended.contains(&district.unit)));
}

#[test]
fn numbers_names_and_codes_identify_units() {
    let plan = Plan::new(FULL_SCALE);
    let units: Vec<_> = plan.city.units.iter().chain(&plan.transition.units).collect();
    for (at, unit) in units.iter().enumerate() {
        assert_eq!(unit.no as usize, at);
        assert!(unit.parent.is_none_or(|parent| plan.unit(parent).unwrap().from <= unit.from));
        assert!(!unit.name.is_empty() && !unit.name.contains(['*', '{']), "{}", unit.name);
    }
    let codes: Vec<_> = units.iter().map(|unit| &unit.code).filter(|code| !code.is_empty()).collect();
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
    assert!(codes.iter().all(|code| code.parse::<chibo_organisation::kinds::OrgCode>().unwrap().to_string() == **code));
    assert!(codes.len() + 10 > units.len());
}

#[test]
fn org_03_sizes_are_lawful_at_full_scale() {
    let plan = Plan::new(FULL_SCALE);
    let city = &plan.city;
    assert_eq!(city.branches.iter().map(|branch| branch.size).sum::<u32>(), FULL_SCALE);
    assert!(city.branches.iter().all(|branch| (3..=60).contains(&branch.size)));
    let mut of_base: HashMap<u32, u32> = HashMap::new();
    for branch in &city.branches {
        let unit = &city.units[branch.unit as usize];
        if unit.kind == Kind::BaseBranch {
            assert!(branch.size < 30);
            continue;
        }
        let parent = &city.units[unit.parent.unwrap() as usize];
        let base = if parent.kind == Kind::Section { parent.parent.unwrap() } else { parent.no };
        *of_base.entry(base).or_default() += branch.size;
    }
    let small = of_base.values().filter(|size| **size < 30).count();
    assert!(small * 50 <= of_base.len(), "{small} of {}", of_base.len());
    let quarters: Vec<_> = city.branches.iter().filter(|branch| branch.setting == Setting::Quarter).collect();
    let mean = quarters.iter().map(|branch| branch.size).sum::<u32>() / quarters.len() as u32;
    assert!((20..=29).contains(&mean), "{mean}");
}

#[test]
fn exactly_so_many_members_at_every_scale() {
    for members in [1_000, 1_001, 20_000, 777_777, 6_000_000] {
        let city = City::new(members);
        let last = city.branches.last().unwrap();
        assert_eq!(last.first + last.size, members);
        let mut next = 0;
        for (place, branch) in city.branches.iter().enumerate() {
            assert_eq!(branch.first, next);
            next += branch.size;
            assert!(branch.size > 0);
            assert_eq!(city.branch_of(branch.first), place);
            assert_eq!(city.branch_of(next - 1), place);
        }
    }
    assert_eq!(Plan::new(5).members(), SMALLEST);
}

#[test]
fn the_same_number_gives_the_same_plan() {
    let (one, two) = (Plan::new(1_000), Plan::new(1_000));
    assert_eq!(format!("{:?}", one), format!("{:?}", two));
    let backwards: Vec<_> = (0..1_000).rev().map(|index| two.person(index)).collect();
    assert!((0..1_000).map(|index| one.person(index)).eq(backwards.into_iter().rev()));
    assert_eq!(officers::plan(&one), officers::plan(&two));
}

/// Facts every planned person must satisfy.
fn check_person(plan: &Plan, person: &PlannedPerson) {
    let said = || format!("{person:?}");
    let months = person.admitted.month_number() - person.born.month_number();
    assert!((216..=720).contains(&months), "MEM-01: {}", said());
    assert_eq!(person.official.is_none(), person.admitted.plus_months(12) > TODAY, "MEM-31: {}", said());
    assert!(person.official.is_none_or(|day| day == person.admitted.plus_months(12)));
    assert!(person.admitted < TODAY);
    for list in [
        person.postings.iter().map(|(day, _)| *day).collect::<Vec<_>>(),
        person.standings.iter().map(|(day, _)| *day).collect(),
        person.traits.iter().map(|(day, _)| *day).collect(),
    ] {
        assert_eq!(list.first(), Some(&person.admitted), "{}", said());
        assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{}", said());
        assert!(list.last().is_some_and(|day| *day < TODAY), "{}", said());
    }
    for (day, unit) in &person.postings {
        let unit = plan.unit(*unit).unwrap();
        assert!(unit.from <= *day && unit.kind.holds_members(), "{}", said());
    }
    assert!(person.postings.windows(2).all(|pair| pair[0].1 != pair[1].1), "{}", said());
    let branch = plan.city.branches[plan.city.branch_of(person.index)].unit;
    assert_eq!(person.postings.last().map(|(_, unit)| *unit), Some(branch));
    let year = person.born.year();
    let century = (year / 100 - 19) * 2 + i32::from(person.sex == Sex::Female);
    assert_eq!(person.identity.len(), 12);
    assert_eq!(person.identity[3..6], format!("{century}{:02}", year % 100), "DPD-30: {}", said());
    assert!(person.standings.iter().all(|(_, standing)| standing.counts_as_member()));
}

#[test]
fn people_are_plausible() {
    let plan = Plan::new(20_000);
    let people: Vec<_> = (0..plan.members()).map(|index| plan.person(index)).collect();
    people.iter().for_each(|person| check_person(&plan, person));
    let identities: HashSet<_> = people.iter().map(|person| &person.identity).collect();
    assert_eq!(identities.len(), people.len());
    let share = |fits: &dyn Fn(&PlannedPerson) -> bool| {
        people.iter().filter(|person| fits(person)).count() as f64 * 1000.0 / people.len() as f64
    };
    let women = share(&|person| person.sex == Sex::Female);
    assert!((430.0..=465.0).contains(&women), "{women}");
    let young = |person: &PlannedPerson| TODAY.month_number() - person.born.month_number() < 35 * 12;
    let young_women = share(&|person| young(person) && person.sex == Sex::Female) / share(&young) * 1000.0;
    assert!(young_women > women, "{young_women}");
    let probation = share(&|person| person.official.is_none());
    assert!((22.0..=38.0).contains(&probation), "{probation}");
    let exempted = share(&|person| person.standings.iter().any(|(_, standing)| *standing == Standing::Exempted));
    assert!((15.0..=60.0).contains(&exempted), "{exempted}");
    assert!((950.0..985.0).contains(&share(&|person| person.ethnicity == 1)));
    let age = people.iter().map(|p| f64::from(TODAY.month_number() - p.born.month_number())).sum::<f64>()
        / (12 * people.len()) as f64;
    assert!((46.0..=54.0).contains(&age), "{age}");
    let rows: usize = people.iter().map(|p| p.postings.len() + p.standings.len() + p.traits.len()).sum();
    let rows = rows as f64 / people.len() as f64;
    assert!((4.0..=5.2).contains(&rows), "{rows}");
    let festive = share(&|person| {
        let (_, month, day) = person.admitted.ymd();
        [(2, 3), (5, 19), (9, 2), (11, 7)].iter().any(|(m, d)| *m == month && (day == *d || day + 1 == *d))
    });
    assert!((500.0..=720.0).contains(&festive), "{festive}");
}

#[test]
fn at_full_scale_the_shares_are_those_of_the_city() {
    let plan = Plan::new(FULL_SCALE);
    let people: Vec<_> = (0..plan.members()).step_by(7).map(|index| plan.person(index)).collect();
    let share = |fits: &dyn Fn(&PlannedPerson) -> bool| {
        people.iter().filter(|person| fits(person)).count() as f64 * 1000.0 / people.len() as f64
    };
    let women = share(&|person| person.sex == Sex::Female);
    assert!((440.0..=456.0).contains(&women), "{women}");
    let probation = share(&|person| person.official.is_none());
    assert!((32.0..=38.0).contains(&probation), "{probation}");
}

#[test]
fn dpd_30_identity_numbers_stay_unique_beyond_a_million() {
    let plan = Plan::new(2_200_000);
    let mut seen = HashSet::new();
    // The members whose last six digits are the same are those a million apart.
    for offset in (0..200_000).step_by(97) {
        for index in [offset, offset + 1_000_000, offset + 2_000_000] {
            assert!(seen.insert(plan.person(index).identity), "{index}");
        }
    }
}

#[test]
fn org_20_org_21_offices_fit_the_units() {
    for members in [1_000, 20_000] {
        let plan = Plan::new(members);
        let offices = officers::plan(&plan);
        let tree = Tree::on(&plan, TODAY);
        let mut of_unit: HashMap<u32, Vec<PlannedOffice>> = HashMap::new();
        for office in offices {
            let person = plan.person(office.person);
            assert!(person.official.is_some_and(|day| day <= office.from) && office.from <= TODAY);
            assert!(plan.unit(office.unit).unwrap().from <= office.from);
            of_unit.entry(office.unit).or_default().push(office);
        }
        for (unit, offices) in &of_unit {
            let node = tree.node(*unit).expect("offices only in standing units");
            let seats = offices.iter().filter(|office| office.role != chibo_organisation::kinds::Role::InspectionChair);
            let people: HashSet<_> = seats.clone().map(|office| office.person).collect();
            assert_eq!(people.len(), seats.count(), "one seat each");
            assert_eq!(offices.iter().filter(|office| office.role.number() == 1).count(), 1);
            if node.kind != Kind::Branch {
                continue;
            }
            let branch = plan.city.branches.iter().find(|branch| branch.unit == *unit).unwrap();
            let official = (branch.first..branch.first + branch.size)
                .filter(|index| plan.person(*index).official.is_some())
                .count();
            assert!(people.len() <= 7 && (official >= 9 || people.len() <= 2), "{official}: {}", people.len());
            for office in offices {
                assert!(plan.person(office.person).postings.last().is_some_and(|(day, _)| *day <= office.from));
            }
        }
        assert!(of_unit.len() * 10 > tree.standing().count() * 5, "{} of {}", of_unit.len(), tree.standing().count());
    }
}
