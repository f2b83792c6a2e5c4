//! How many base organisations and branches stand where, for a number of members.

use super::catalogue::{ATTACHED, Field, Plan, Size, plans};
use crate::demo::places::OldWard;
use crate::demo::seed::{Seed, deal};

/// At full scale: 1,970 base organisations (1,111 đảng bộ, 859 chi bộ; SEED-01), of which 442 are wards, and 15,000
/// branches including the chi bộ cơ sở.
const FULL: u64 = crate::demo::FULL_SCALE as u64;
const OTHERS: u64 = 1_970 - 442;
const LARGE: u64 = 1_111 - 442;
const BRANCHES: u64 = 15_000;
const INNER: u64 = 5_700;

/// A base organisation outside the wards.
#[derive(Clone, Debug)]
pub struct BasePlan {
    /// Name, setting, size and destination.
    pub plan: Plan,
    /// Branches inside; 0 for a chi bộ cơ sở.
    pub branches: u32,
}

/// A district with what stands in it.
pub struct DistrictPlan {
    /// Official code.
    pub code: &'static str,
    /// Name with its type.
    pub name: &'static str,
    /// Its wards.
    pub wards: Vec<OldWard>,
    /// Branches of each ward.
    pub branches: Vec<u32>,
    /// Base organisations at district level.
    pub bases: Vec<BasePlan>,
}

/// The whole arrangement.
pub struct Layout {
    /// Districts in the order of the file.
    pub districts: Vec<DistrictPlan>,
    /// Base organisations of each of `ATTACHED`.
    pub attached: Vec<Vec<BasePlan>>,
}

fn scaled(full: u64, members: u32) -> u64 {
    full * u64::from(members) / FULL
}

impl Layout {
    /// The arrangement for so many members.
    pub fn new(members: u32, wards: &[OldWard]) -> Self {
        let mut districts: Vec<DistrictPlan> = Vec::new();
        for ward in wards {
            match districts.iter_mut().find(|district| district.code == ward.district.0) {
                Some(district) => district.wards.push(*ward),
                None => districts.push(DistrictPlan {
                    code: ward.district.0,
                    name: ward.district.1,
                    wards: vec![*ward],
                    branches: Vec::new(),
                    bases: Vec::new(),
                }),
            }
        }
        let mut uppers = bases(members, &districts);
        let inside = fill_bases(members, &mut uppers);
        // Small demonstrations get smaller branches rather than almost none.
        let all = scaled(BRANCHES, members).max(u64::from(members / 4).min(600)) as u32;
        let in_wards = all.saturating_sub(inside).max(all / 3);
        let weights: Vec<u32> = wards.iter().map(ward_weight).collect();
        let mut branches = deal(in_wards, &weights).into_iter();
        let attached = uppers.split_off(districts.len());
        for (district, bases) in districts.iter_mut().zip(uppers) {
            district.branches = branches.by_ref().take(district.wards.len()).collect();
            district.bases = bases;
        }
        Self { districts, attached }
    }
}

fn ward_weight(ward: &OldWard) -> u32 {
    // A few words of the file serve as the draw, so that a ward keeps its share at every scale.
    14 + Seed::of(7, ward.code.parse().unwrap_or(0)).below(12)
}

/// The base organisations of each district and attached organisation, without branches yet.
fn bases(members: u32, districts: &[DistrictPlan]) -> Vec<Vec<BasePlan>> {
    let uppers: Vec<(Field, u32)> = districts
        .iter()
        .map(|district| (Field::District, 8 + district.wards.len() as u32))
        .chain(ATTACHED.iter().map(|plan| (plan.field, plan.weight)))
        .collect();
    let weights: Vec<u32> = uppers.iter().map(|(_, weight)| *weight).collect();
    let more = (scaled(OTHERS, members) as u32).saturating_sub(uppers.len() as u32);
    uppers
        .iter()
        .zip(deal(more, &weights))
        .map(|((field, _), more)| (0..=more as usize).map(|index| nth(plans(*field), index)).collect())
        .collect()
}

/// Plan `index` of a list; behind its end those with made-up names go round.
fn nth(list: &'static [Plan], index: usize) -> BasePlan {
    let open: Vec<&Plan> = list.iter().filter(|plan| plan.0.contains('*')).collect();
    let plan = match list.get(index) {
        Some(plan) => *plan,
        None if open.is_empty() => list[index % list.len()],
        None => *open[(index - list.len()) % open.len()],
    };
    BasePlan { plan, branches: 0 }
}

/// Decides which are đảng bộ cơ sở and how many branches they have; returns the number of branches, the chi bộ cơ sở
/// included.
fn fill_bases(members: u32, uppers: &mut [Vec<BasePlan>]) -> u32 {
    let count = |size: Size| uppers.iter().flatten().filter(|base| base.plan.2 == size).count() as u64;
    let total = uppers.iter().map(Vec::len).sum::<usize>() as u64;
    let (any, sure) = (count(Size::Any), count(Size::Large));
    let wanted = (total * LARGE / OTHERS).saturating_sub(sure).min(any);
    let mut seen = 0;
    let mut large: Vec<&mut BasePlan> = Vec::new();
    for base in uppers.iter_mut().flatten() {
        let chosen = match base.plan.2 {
            Size::Large => true,
            Size::Small => false,
            Size::Any => {
                seen += 1;
                seen * wanted / any > (seen - 1) * wanted / any
            }
        };
        if chosen {
            large.push(base);
        }
    }
    let fewest = if u64::from(members) * 2 >= FULL { 3 } else { 2 };
    let weights: Vec<u32> = (0..large.len())
        .map(|index| {
            let mut seed = Seed::of(8, index as u64);
            let usual = seed.below(9);
            if seed.chance(100) { usual + 18 } else { usual }
        })
        .collect();
    let inner = scaled(INNER, members) as u32;
    let more = inner.saturating_sub(fewest * large.len() as u32);
    let mut inside = 0;
    let small = total as u32 - large.len() as u32;
    for (base, more) in large.into_iter().zip(deal(more, &weights)) {
        base.branches = fewest + more;
        inside += base.branches;
    }
    inside + small
}
