//! People on the way into the Party, at every step; some steps are late. Targets of the districts that are told of today.

use chibo_development::actions::{Loaded, NewCandidate, load, target};
use chibo_development::rules::{Source, Step};
use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_members::codes::Sex;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::landscape_within;
use chibo_organisation::rules::Landscape;
use chibo_store::Op;

use super::TODAY;
use super::names::{Generation, full_name};
use super::seed::Seed;

const FAMILY: u64 = 51;
/// Candidates per branch, per mille; of those the same share has one more.
const SHARE: u32 = 350;
/// The way in, with the days each step takes on the average.
const WAY: [(Step, i32); 10] = [
    (Step::Listed, 60),
    (Step::Certified, 120),
    (Step::Opened, 60),
    (Step::Introduced, 20),
    (Step::Verified, 30),
    (Step::Heard, 20),
    (Step::BranchVoted, 20),
    (Step::CommitteeVoted, 25),
    (Step::Decided, 20),
    (Step::Admitted, 20),
];

/// Writes candidates and targets.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let landscape = landscape_within(op.tx(), TODAY)?;
    let mut candidates = Vec::new();
    for (index, (unit, standing)) in landscape.units().enumerate() {
        if standing.facts.kind == Kind::Branch {
            let mut seed = Seed::of(FAMILY, index as u64);
            while seed.chance(SHARE) {
                candidates.push(candidate(&mut seed, unit, standing.facts.setting));
            }
        }
    }
    load(op, &candidates)?;
    targets(op, &landscape)
}

fn candidate(seed: &mut Seed, unit: Id<Unit>, setting: Setting) -> Loaded {
    let born = TODAY.plus_days(-seed.between(20 * 365, 42 * 365));
    let sex = if seed.chance(520) { Sex::Female } else { Sex::Male };
    let source = match setting {
        Setting::Quarter | Setting::Hamlet => Source::Quarter,
        Setting::School => Source::School,
        Setting::PrivateEnterprise | Setting::ForeignEnterprise => Source::Enterprise,
        _ => [Source::Youth, Source::Youth, Source::Union, Source::Other][seed.below(4) as usize],
    };
    let candidate = NewCandidate {
        unit,
        name: full_name(seed, 1, sex, Generation::born_in(born.year())),
        birth: born,
        sex: if sex == Sex::Female { 2 } else { 1 },
        source,
        workplace: String::new(),
    };
    // The ceremony itself is left out: it would make a member, and the members of the demonstration are planned.
    let done = seed.below(WAY.len() as u32) as usize;
    let spent: i32 = WAY[..done].iter().map(|(_, days)| days).sum();
    let mut on = TODAY.plus_days(-spent - seed.between(0, 40));
    let mut steps = Vec::with_capacity(done);
    for (step, days) in &WAY[..done] {
        let number = if step.needs_number() { number(seed, *step) } else { String::new() };
        steps.push((*step, on, number));
        on = Day::min(on.plus_days(*days), TODAY);
    }
    Loaded { candidate, steps }
}

fn number(seed: &mut Seed, step: Step) -> String {
    let ending = match step {
        Step::Certified => "GCN/TTCT",
        Step::Decided => "QĐ/ĐU",
        _ => "NQ/CB",
    };
    format!("{}-{ending}", seed.between(1, 180))
}

/// Every organisation directly under the city has a target for this year.
fn targets(op: &mut Op<'_, '_>, landscape: &Landscape) -> Result<(), Problem> {
    let city = landscape.units().find(|(_, standing)| standing.facts.kind == Kind::City).map(|(unit, _)| unit);
    let Some(city) = city else { return Ok(()) };
    let below = landscape.children_of(&[city].into()).remove(&city).unwrap_or_default();
    for (index, unit) in below.into_iter().enumerate() {
        let mut seed = Seed::of(FAMILY + 1, index as u64);
        target(op, unit, i64::from(TODAY.year()), seed.between(4, 60) as u32)?;
    }
    Ok(())
}
