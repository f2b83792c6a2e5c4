//! How many members each branch has: khu phố branches about 25, enterprises and army units fewer.

use chibo_organisation::kinds::Setting;

use crate::demo::seed::{Seed, deal};

/// A branch has three members where there are enough members at all (ORG-01).
const FEWEST: u32 = 3;

/// The usual size before it is fitted to the number of members.
fn usual(setting: Setting, base_branch: bool, seed: &mut Seed) -> u32 {
    let (low, high) = match setting {
        Setting::Quarter => (13, 36),
        Setting::Hamlet => (10, 28),
        Setting::Apartments => (8, 24),
        Setting::Office => (9, 20),
        Setting::PublicService => (10, 22),
        Setting::School => (10, 22),
        Setting::PrivateService => (6, 12),
        Setting::Police => (12, 26),
        Setting::Army => (9, 18),
        Setting::StateEnterprise | Setting::JointStock => (9, 18),
        Setting::Cooperative => (5, 9),
        _ => (8, 15),
    };
    let size = seed.between(low, high) as u32;
    let size = if seed.chance(25) { size * 17 / 10 } else { size };
    // ORG-03: a base branch stays below thirty.
    if base_branch { size.min(23) } else { size.min(52) }
}

/// Sizes of the branches, given as setting and "is a chi bộ cơ sở"; they sum to `members` exactly.
pub fn sizes(members: u32, branches: &[(Setting, bool)]) -> Vec<u32> {
    let count = branches.len() as u32;
    let fewest = if members >= FEWEST * count { FEWEST } else { 0 };
    let weights: Vec<u32> = branches
        .iter()
        .enumerate()
        .map(|(index, (setting, base))| usual(*setting, *base, &mut Seed::of(9, index as u64)) - FEWEST)
        .collect();
    deal(members - fewest * count, &weights).into_iter().map(|more| fewest + more).collect()
}
