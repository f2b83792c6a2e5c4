//! People on the way into the Party, at every step; some steps are late. Targets of the districts that are told of today.

use std::collections::HashMap;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, Query};
use chibo_development::actions::{Loaded, LoadedStep, NewCandidate, load, target};
use chibo_development::rules::{Asked, Body, Help, HelpAct, Introducer, IntroducerKind, Relation, Source, Step, Way};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::codes::{Sex, Standing};
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

/// Most members looked at.
const LOOKED_AT: usize = 300_000;
/// What candidates are given to do.
const TASKS: [&str; 4] = [
    "Tham gia tổ chức một buổi sinh hoạt của đoàn thể",
    "Viết bài tuyên truyền nghị quyết của chi bộ",
    "Phụ trách một hoạt động an sinh ở khu dân cư",
    "Giúp một đồng nghiệp mới làm quen công việc",
];
/// Where backgrounds are verified.
const PLACES: [&str; 4] =
    ["Đảng ủy xã Bình Hưng", "Đảng ủy phường Tân Định", "Đảng ủy xã Cần Giuộc", "Đảng ủy phường Dĩ An"];

/// A few official members of each branch.
fn officials(op: &Op<'_, '_>) -> HashMap<Id<Unit>, Vec<(Id<Person>, String)>> {
    let mut found: HashMap<Id<Unit>, Vec<(Id<Person>, String)>> = HashMap::new();
    let Some(census) = op.beside::<Census>() else { return found };
    let view = census.view(TODAY);
    let query =
        Query { members: Some(Codes::of(&[u32::from(Standing::Official.number())])), ..Query::at(AsOf::on(TODAY)) };
    for no in view.list(&query, ListOrder::Place, None, LOOKED_AT) {
        let Some(brief) = view.person(no) else { continue };
        let Some(unit) = brief.today.and_then(|(home, _)| view.forest().id(home)) else { continue };
        let some = found.entry(unit).or_default();
        if some.len() < 3 {
            some.push((brief.id, brief.name));
        }
    }
    found
}

/// Writes candidates and targets.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let landscape = landscape_within(op.tx(), TODAY)?;
    let officials = officials(op);
    let mut candidates = Vec::new();
    for (index, (unit, standing)) in landscape.units().enumerate() {
        if standing.facts.kind == Kind::Branch {
            let mut seed = Seed::of(FAMILY, index as u64);
            while seed.chance(SHARE) {
                let members = officials.get(&unit).map_or(&[][..], Vec::as_slice);
                candidates.push(candidate(&mut seed, unit, standing.facts.setting, members));
            }
        }
    }
    load(op, &candidates)?;
    targets(op, &landscape)
}

fn candidate(seed: &mut Seed, unit: Id<Unit>, setting: Setting, members: &[(Id<Person>, String)]) -> Loaded {
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
        let votes = if step.is_vote() { (9, 10) } else { (0, 0) };
        // Both instruments of this year are met: the standing committee above until 25 July, of the base since.
        let changed = Day::from_ymd(2026, 7, 26).is_some_and(|first| on >= first);
        let body = (*step == Step::Decided).then_some(if changed { Body::BaseStanding } else { Body::Upper });
        let introducers = if *step == Step::Introduced { introducers(members, on) } else { Vec::new() };
        let names = members.iter().take(introducers.len()).map(|(_, name)| name.as_str());
        let note = names.collect::<Vec<_>>().join("; ");
        steps.push(LoadedStep { step: *step, on, number, votes, body, note, introducers });
        on = Day::min(on.plus_days(*days), TODAY);
    }
    let help = help(seed, &steps, members);
    let asked = asked(seed, &steps, &candidate.name);
    Loaded { candidate, steps, help, asked }
}

/// Two members who have known the candidate for years.
fn introducers(members: &[(Id<Person>, String)], on: Day) -> Vec<Introducer> {
    let member = |(person, _): &(Id<Person>, String)| {
        let since = on.plus_months(-30);
        Introducer { kind: IntroducerKind::Member, person: Some(*person), since, number: String::new() }
    };
    if members.len() < 2 { Vec::new() } else { members.iter().take(2).map(member).collect() }
}

/// Somebody helps from the list on, and gives a task.
fn help(seed: &mut Seed, steps: &[LoadedStep], members: &[(Id<Person>, String)]) -> Vec<Help> {
    let (Some(listed), Some((helper, _))) = (steps.first(), members.last()) else { return Vec::new() };
    let note = TASKS[seed.below(4) as usize].to_owned();
    vec![
        Help { act: HelpAct::Assigned, helper: Some(*helper), on: listed.on, note: String::new() },
        Help { act: HelpAct::Task, helper: None, on: Day::min(listed.on.plus_days(20), TODAY), note },
    ]
}

/// Requests for verification, sent once the candidate was introduced.
fn asked(seed: &mut Seed, steps: &[LoadedStep], name: &str) -> Vec<Asked> {
    let Some(introduced) = steps.iter().find(|taken| taken.step == Step::Introduced) else { return Vec::new() };
    let mut one = |relation, name: String, way| Asked {
        relation,
        name,
        way,
        place: PLACES[seed.below(4) as usize].to_owned(),
        abroad: false,
        on: introduced.on,
        note: String::new(),
    };
    let family = name.split(' ').next().unwrap_or("Nguyễn");
    vec![
        one(Relation::Own, name.to_owned(), Way::Asked),
        one(Relation::Father, format!("{family} Văn Thành"), Way::Asked),
        one(Relation::Mother, "Nguyễn Thị Hiền".to_owned(), Way::Declared),
    ]
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
