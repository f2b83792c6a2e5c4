//! What the organisation board of the demonstration is working on: a plan that joins small neighbouring branches, a
//! branch to be founded, one to be dissolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_lifecycle::rules::{CaseKind, Ground, Plan as Proposal};
use chibo_organisation::kinds::Kind;
use chibo_organisation::landscape_within;
use chibo_organisation::rules::{Facts, Landscape, Strength};
use chibo_quality::actions::NewCampaign;
use chibo_restructuring::actions::{PlanFacts, add, begin};
use chibo_restructuring::rules::{Extent, Operation};
use chibo_store::{Db, Op};

use super::TODAY;

/// Pairs of branches something happens to.
const PAIRS: usize = 8;

/// Columns beside a database: acts that count members ask them.
pub fn count_beside(db: &Db) -> Result<(), Problem> {
    let census = Arc::new(Census::default());
    chibo_members::columns::fill(db, &census)?;
    db.set_places(census.forest().today(db.today()));
    db.put_beside(census);
    Ok(())
}

/// Writes what waits for somebody.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let on = TODAY.plus_days(30);
    let landscape = landscape_within(op.tx(), on)?;
    let city = landscape.units().find(|(_, standing)| standing.facts.kind == Kind::City).map(|(unit, _)| unit);
    let Some(city) = city else { return Ok(()) };
    let pairs = pairs(&landscape, city);
    let (open, joined) = pairs.split_at(pairs.len().min(2));
    plan(op, city, joined)?;
    for (case, pair) in open.iter().enumerate() {
        let proposal = if case == 0 { founding(op, &landscape, *pair) } else { dissolution(&landscape, *pair) };
        proposal.map_or(Ok(()), |proposal| chibo_lifecycle::actions::open(op, &proposal).map(drop))?;
    }
    Ok(())
}

/// Looks over all records once and begins a campaign; the running program does it again every night.
pub fn check_records(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let (today, seen) = (op.today(), chibo_quality::actions::look(op.tx(), TODAY, |_| Ok(()))?);
    let (found, _) = chibo_quality::actions::note(op, &seen, "chibo demo")?;
    let landscape = landscape_within(op.tx(), TODAY)?;
    let city = landscape.units().find(|(_, standing)| standing.facts.kind == Kind::City).map(|(unit, _)| unit);
    let Some(unit) = city else { return Ok(()) };
    let title = "Đợt 15 ngày làm sạch dữ liệu đảng viên".to_owned();
    let opened = u32::try_from(found).unwrap_or(u32::MAX);
    let new = NewCampaign { unit, title, starts_on: today, ends_on: today.plus_days(14), opened };
    chibo_quality::actions::campaign(op, &new)?;
    chibo_quality::actions::tonight(op, Some(unit))
}

/// A branch for an apartment block, beside others.
fn founding(op: &Op<'_, '_>, landscape: &Landscape, (beside, _): (Id<Unit>, Id<Unit>)) -> Option<Proposal> {
    let beside = landscape.get(beside)?;
    let name = "Chi bộ Chung cư Hòa Bình".to_owned();
    let facts = Facts { short: name.clone(), name, code: String::new(), ..beside.facts.clone() };
    Some(proposal(CaseKind::Founding, op.fresh(), beside.parent?, facts))
}

/// A branch whose task is done; its members go to another of the same organisation.
fn dissolution(landscape: &Landscape, (unit, heir): (Id<Unit>, Id<Unit>)) -> Option<Proposal> {
    let standing = landscape.get(unit)?;
    let proposal = proposal(CaseKind::Dissolution, unit, standing.parent?, standing.facts.clone());
    Some(Proposal { target: Some(heir), ground: Some(Ground::TaskDone), ..proposal })
}

fn proposal(kind: CaseKind, unit: Id<Unit>, parent: Id<Unit>, facts: Facts) -> Proposal {
    Proposal {
        kind,
        unit,
        parent,
        target: None,
        facts,
        ground: None,
        purpose: "Theo tờ trình của đảng ủy".to_owned(),
        typed: Strength::default(),
        ends_on: Day::FOREVER,
    }
}

/// A draft that waits for a signature.
fn plan(op: &mut Op<'_, '_>, city: Id<Unit>, pairs: &[(Id<Unit>, Id<Unit>)]) -> Result<(), Problem> {
    let on = TODAY.plus_days(30);
    let facts = PlanFacts {
        unit: city,
        title: "Sáp nhập các chi bộ ít đảng viên".to_owned(),
        authority: "Ban Thường vụ Thành ủy".to_owned(),
        effective_on: on,
    };
    let plan = begin(op, &facts)?;
    let join =
        |(from, into): &(Id<Unit>, Id<Unit>)| Operation::Join { from: *from, into: *into, extent: Extent::Whole };
    let lines: Vec<_> = pairs.iter().map(join).collect();
    add(op, plan, 1, &lines)
}

/// The last two branches of organisations with many, in the city.
fn pairs(landscape: &Landscape, city: Id<Unit>) -> Vec<(Id<Unit>, Id<Unit>)> {
    let mut below: BTreeMap<Id<Unit>, Vec<Id<Unit>>> = BTreeMap::new();
    for (unit, standing) in landscape.units().filter(|(_, standing)| standing.facts.kind == Kind::Branch) {
        if let Some(parent) = standing.parent {
            below.entry(parent).or_default().push(unit);
        }
    }
    let of_city = |unit: &Id<Unit>| landscape.get(*unit).is_some_and(|standing| standing.parent == Some(city));
    let pair = |(_, branches): (&Id<Unit>, &Vec<Id<Unit>>)| Some((*branches.first()?, *branches.last()?));
    let many = below.iter().filter(|(unit, branches)| of_city(unit) && branches.len() >= 4);
    many.filter_map(pair).take(PAIRS).collect()
}
