//! Who holds which office in the organisations as they stand today.

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, Role, Setting};

use super::people::{self, sketch};
use super::seed::Seed;
use super::tree::{Node, Tree};
use super::{Plan, TODAY};

/// How somebody came to an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Elected by congress or committee (bầu).
    Elected,
    /// Appointed by the higher committee (chỉ định).
    Appointed,
}

/// An office to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedOffice {
    /// The unit.
    pub unit: u32,
    /// Number of the member.
    pub person: u32,
    /// The office.
    pub role: Role,
    /// Since when.
    pub from: Day,
    /// How.
    pub how: How,
}

/// Congress seasons: branches and base organisations in spring 2025, wards in August, the city in October 2025.
const BASE_CONGRESS: Day = Day::from_number(20_179); // 2025-04-01
const WARD_CONGRESS: Day = Day::from_number(20_310); // 2025-08-10
const CITY_CONGRESS: Day = Day::from_number(20_376); // 2025-10-15
const FAMILY: u64 = 30;

/// The offices of every unit that stands today, in order of unit number.
pub fn plan(plan: &Plan) -> Vec<PlannedOffice> {
    let tree = Tree::on(plan, TODAY);
    let pools = pools(plan, &tree);
    let mut offices = Vec::new();
    for (unit, node) in tree.standing() {
        match node.kind {
            Kind::Branch | Kind::BaseBranch => branch(plan, &pools[unit as usize], unit, &mut offices),
            Kind::Central | Kind::History | Kind::Group | Kind::Temporary | Kind::Overseas => {}
            _ => committee(plan, &pools[unit as usize], unit, node, &mut offices),
        }
    }
    offices
}

/// For every unit the branches in its subtree, as places in `City::branches`.
fn pools(plan: &Plan, tree: &Tree) -> Vec<Vec<u32>> {
    let mut pools = vec![Vec::new(); tree.nodes.len()];
    for (place, branch) in plan.city.branches.iter().enumerate() {
        let mut at = Some(branch.unit);
        while let Some(unit) = at {
            pools[unit as usize].push(place as u32);
            at = tree.node(unit).and_then(|node| node.parent);
        }
    }
    pools
}

/// Secretary, deputy and committee of a branch: a committee only from nine official members (ORG-20), at most seven
/// (ORG-21).
fn branch(plan: &Plan, pool: &[u32], unit: u32, offices: &mut Vec<PlannedOffice>) {
    let Some(branch) = pool.first().and_then(|place| plan.city.branches.get(*place as usize)) else { return };
    let mut fit: Vec<(u64, u32, Day)> = Vec::new();
    let mut official = 0;
    for person in branch.first..branch.first + branch.size {
        let sketch = sketch(&plan.city, person);
        let Some(since) = sketch.official else { continue };
        official += 1;
        // Neither the very young nor the very old lead a branch.
        if (25 * 12..76 * 12).contains(&sketch.age) {
            fit.push((Seed::of(FAMILY, u64::from(person)).bits(), person, since));
        }
    }
    fit.sort_unstable();
    let seats = match official {
        ..9 => 1 + usize::from(official >= 5),
        9..15 => 3,
        15..30 => 5,
        _ => 7,
    };
    for (seat, (_, person, since)) in fit.into_iter().take(seats).enumerate() {
        let role = match seat {
            0 => Role::Secretary,
            1 => Role::Deputy,
            _ => Role::BranchCommitteeMember,
        };
        let (from, how) = taken_up(plan, person, unit, since, BASE_CONGRESS.plus_days((unit % 60) as i32));
        offices.push(PlannedOffice { unit, person, role, from, how });
    }
}

/// From the congress on, or by appointment half a year after coming to the unit or full membership.
fn taken_up(plan: &Plan, person: u32, unit: u32, official: Day, congress: Day) -> (Day, How) {
    let came = people::person(&plan.city, person).postings.last().map_or(official, |(day, _)| *day);
    let ready = came.max(official).max(plan.unit(unit).map_or(official, |unit| unit.from));
    if ready <= congress {
        return (congress, How::Elected);
    }
    (ready.plus_days(180).min(TODAY.plus_days(-10)).max(ready), How::Appointed)
}

/// Seats of a committee and how many of them sit in the standing committee (at most a third, ORG-21).
fn seats(node: &Node) -> (usize, usize) {
    match (node.kind, node.setting) {
        (Kind::City, _) => (75, 19),
        (Kind::Upper, _) => (27, 9),
        (Kind::Base, Setting::Ward | Setting::Commune | Setting::SpecialZone) => (27, 9),
        (Kind::Base | Kind::UnderBase, _) => (9, 3),
        // ORG-06: a section has at most seven.
        _ => (5, 1),
    }
}

fn committee(plan: &Plan, pool: &[u32], unit: u32, node: &Node, offices: &mut Vec<PlannedOffice>) {
    let (wanted, standing) = seats(node);
    let chosen = choose(plan, pool, unit, wanted);
    // A small pool has a small committee, and its standing committee stays within a third.
    let standing = if chosen.len() < 9 { 1 } else { standing.min(chosen.len() / 3) };
    let congress = match (node.kind, node.setting) {
        (Kind::City, _) => CITY_CONGRESS,
        (_, Setting::Ward | Setting::Commune | Setting::SpecialZone) => WARD_CONGRESS,
        _ => BASE_CONGRESS,
    };
    let large = standing >= 9;
    for (seat, (person, since)) in chosen.iter().copied().enumerate() {
        let role = match seat {
            0 => Role::Secretary,
            1 if large => Role::StandingDeputy,
            1 => Role::Deputy,
            2 if large => Role::Deputy,
            _ if seat < standing => Role::StandingMember,
            _ => Role::CommitteeMember,
        };
        let ready = since.max(plan.unit(unit).map_or(since, |unit| unit.from));
        let (from, how) = if ready <= congress { (congress, How::Elected) } else { (ready, How::Appointed) };
        offices.push(PlannedOffice { unit, person, role, from, how });
        // The chair of the inspection committee sits in the standing committee where there is one.
        if seat == 3 && !matches!(node.kind, Kind::Section) {
            offices.push(PlannedOffice { unit, person, role: Role::InspectionChair, from, how });
        }
    }
}

/// Official members of the subtree, 30 to 60 years old, long enough in the Party to lead.
fn choose(plan: &Plan, pool: &[u32], unit: u32, wanted: usize) -> Vec<(u32, Day)> {
    let mut seed = Seed::of(FAMILY + 1, u64::from(unit));
    let mut chosen: Vec<(u32, Day)> = Vec::new();
    for _ in 0..wanted * 8 {
        let Some(branch) = seed.pick(pool).and_then(|place| plan.city.branches.get(place as usize)) else { break };
        let person = branch.first + seed.below(branch.size);
        if branch.size == 0 || chosen.iter().any(|(other, _)| *other == person) {
            continue;
        }
        let sketch = sketch(&plan.city, person);
        let fit = (30 * 12..60 * 12).contains(&sketch.age);
        if let Some(since) = sketch.official.filter(|since| fit && since.plus_days(700) < TODAY) {
            chosen.push((person, since));
        }
        if chosen.len() == wanted {
            break;
        }
    }
    chosen
}
