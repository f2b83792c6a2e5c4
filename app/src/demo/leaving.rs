//! Exempted members in the book, cases at every step, those who left in the last years with complaints and restorations.

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, PersonNo, Query, Scope, View};
use chibo_kernel::votes::VotingForm;
use chibo_kernel::{AsOf, Day, Id, Moment, Person, Problem, Unit};
use chibo_leaving::actions::{Loaded, load, open, take};
use chibo_leaving::rules::{Count, Deed, Evidence, Ground, Kind, Opening, Step};
use chibo_members::codes::{Sex, Standing};
use chibo_members::rules::NewMember;
use chibo_store::Op;

use super::TODAY;
use super::names::{Generation, full_name};
use super::seed::Seed;

const FAMILY: u64 = 71;
/// Open cases about members.
const OPEN: usize = 60;
/// Most who left, and members for each of them; none in the smallest cities, where everybody planned is a member.
const LEFT: (u32, u32, u32) = (120, 400, 10_000);
/// More than the city has.
const EVERYBODY: usize = u32::MAX as usize;

/// Writes them for a city of so many members.
pub fn write(op: &mut Op<'_, '_>, members: u32) -> Result<(), Problem> {
    let Some(census) = op.beside::<Census>() else { return Ok(()) };
    let exempted = {
        let view = census.view(TODAY);
        let all = found(&view, Standing::Exempted);
        all.into_iter().filter_map(|no| known(&view, no)).collect::<Vec<_>>()
    };
    book(op, &exempted)?;
    let official = {
        let view = census.view(TODAY);
        let all = found(&view, Standing::Official);
        let spread = (all.len() / OPEN).max(1);
        let some = all.into_iter().skip(spread / 3).step_by(spread).take(OPEN);
        let some = some.filter_map(|no| known(&view, no));
        some.map(|member| (member, strength(&view, member.unit))).collect::<Vec<_>>()
    };
    for (index, (member, voters)) in official.iter().enumerate() {
        under_way(op, index, *member, *voters)?;
    }
    for member in exempted.iter().step_by((exempted.len() / 6).max(1)).take(6) {
        let new =
            Opening { ground: Some(Ground::Wish), ..Opening::new(member.person, Kind::Return, TODAY.plus_days(-6)) };
        open(op, &new)?;
    }
    let (most, of, least) = LEFT;
    let left = if members < least { 0 } else { (members / of).min(most) };
    let homes: Vec<Id<Unit>> = official.iter().map(|(member, _)| member.unit).collect();
    gone(op, left, &homes)
}

/// A member with branch and month of birth.
#[derive(Clone, Copy)]
struct Member {
    person: Id<Person>,
    unit: Id<Unit>,
    born: Option<Day>,
}

/// Everybody of a standing, by place.
fn found(view: &View<'_>, standing: Standing) -> Vec<PersonNo> {
    let codes = Codes::of(&[u32::from(standing.number())]);
    let query = Query { members: Some(codes), ..Query::at(AsOf::on(TODAY)) };
    view.list(&query, ListOrder::Place, None, EVERYBODY)
}

fn known(view: &View<'_>, no: PersonNo) -> Option<Member> {
    let brief = view.person(no)?;
    Some(Member { person: brief.id, unit: view.forest().id(brief.today?.0)?, born: brief.born })
}

/// Official members of a branch.
fn strength(view: &View<'_>, unit: Id<Unit>) -> u32 {
    let Some(no) = view.forest().no(unit) else { return 0 };
    let members = Some(chibo_members::dims::official_standings());
    let query = Query { scope: Scope::Unit(no), members, ..Query::at(AsOf::on(TODAY)) };
    u32::try_from(view.count(&query)).unwrap_or(0)
}

/// Everybody exempted, as the book has it: most for age or health, the newest on other grounds and for a time.
fn book(op: &mut Op<'_, '_>, exempted: &[Member]) -> Result<(), Problem> {
    let mut loaded = Vec::with_capacity(exempted.len());
    for (index, member) in exempted.iter().enumerate() {
        let mut seed = Seed::of(FAMILY, index as u64);
        let standings = chibo_members::standings_of(op.tx(), member.person)?;
        let Some(since) = standings.iter().rfind(|(.., s)| *s == Standing::Exempted).map(|(from, ..)| *from) else {
            continue;
        };
        let years = member.born.map_or(75, |born| (since.month_number() - born.month_number()).div_euclid(12));
        let recent = since > TODAY.plus_days(-340);
        let (kind, ground, ends) = match years {
            _ if recent && seed.chance(350) => {
                let ends = since.plus_days(seed.between(150, 362));
                (Kind::Other, [Ground::Treatment, Ground::Abroad][seed.below(2) as usize], ends)
            }
            80.. => (Kind::Health, Ground::Age, Day::FOREVER),
            _ => (Kind::Health, [Ground::Age, Ground::WeakHealth][seed.below(2) as usize], Day::FOREVER),
        };
        let opening = Opening { ground: Some(ground), ends, ..Opening::new(member.person, kind, since.plus_days(-10)) };
        let number = format!("{}-NQ/CB", seed.between(1, 60));
        let deed = Deed { effective: Some(since), ends, ..Deed::new(Step::Registered, 0, since, &number) };
        loaded.push(Loaded { opening, branch: member.unit, steps: vec![deed] });
    }
    load(op, &loaded)
}

fn count(listed: u32, yes: u32) -> Option<Count> {
    Some(Count { form: VotingForm::SecretBallot, listed, away: 0, barred: 0, yes, no: listed - yes })
}

/// A case at one of its steps; none is decided, so that everybody planned stays a member.
fn under_way(op: &mut Op<'_, '_>, index: usize, member: Member, voters: u32) -> Result<(), Problem> {
    let mut seed = Seed::of(FAMILY + 1, index as u64);
    let (kind, ground) = [
        (Kind::Health, Ground::WeakHealth),
        (Kind::StrikingOff, Ground::Fee),
        (Kind::Other, Ground::Abroad),
        (Kind::StrikingOff, Ground::Absent),
        (Kind::Request, Ground::Own),
        (Kind::Other, Ground::Treatment),
        (Kind::StrikingOff, Ground::Declining),
        (Kind::Other, Ground::Maternity),
    ][index % 8];
    let began = TODAY.plus_days(-seed.between(40, 90));
    let new = Opening {
        ground: Some(ground),
        ends: if kind == Kind::Other { began.plus_days(seed.between(200, 330)) } else { Day::FOREVER },
        amount: if kind == Kind::StrikingOff { 3 + seed.below(5) } else { 0 },
        since: if ground == Ground::Declining { began.plus_months(-13) } else { Day::FOREVER },
        evidence: ground.proof().into_iter().collect::<Vec<Evidence>>(),
        ..Opening::new(member.person, kind, began)
    };
    let id = open(op, &new)?;
    let votes = |step: Step| match step.is_vote(kind) {
        true if step == Step::BranchVoted => count(voters, voters - voters / 5),
        true => count(15, 12),
        false => None,
    };
    let way: &[Step] = match kind {
        Kind::Health => &[Step::Confirmed],
        Kind::StrikingOff => &[Step::Demanded, Step::Demanded, Step::Demanded, Step::BranchVoted, Step::CommitteeVoted],
        _ => &[Step::BranchVoted],
    };
    let done = seed.below(way.len() as u32 + 1) as usize;
    let mut on = began;
    for (after, step) in (0u32..).zip(way.iter().take(done)) {
        on = Day::min(on.plus_days(seed.between(2, 8)), TODAY);
        let number = format!("{}-NQ", seed.between(1, 90));
        take(op, id, &Deed { count: votes(*step), ..Deed::new(*step, after, on, &number) })?;
    }
    Ok(())
}

/// Who left, how, with which steps behind it.
fn gone(op: &mut Op<'_, '_>, many: u32, homes: &[Id<Unit>]) -> Result<(), Problem> {
    let mut loaded = Vec::new();
    let mut struck = Vec::new();
    for index in 0..u64::from(if homes.is_empty() { 0 } else { many }) {
        let mut seed = Seed::of(FAMILY + 2, index);
        let kind =
            seed.weighed(&[(Kind::Death, 50), (Kind::StrikingOff, 28), (Kind::Request, 14), (Kind::Expulsion, 8)]);
        let (kind, unit) = (kind.unwrap_or(Kind::Death), homes[index as usize % homes.len()]);
        // The newest first; their last tasks are still open.
        let newest = index < 16;
        let left = TODAY.plus_days(-if newest { seed.between(6, 24) } else { seed.between(60, 1_700) });
        let person = leaver(op, &mut seed, (unit, kind, left))?;
        let opening = Opening {
            ground: kind.grounds().get(seed.below(2) as usize).copied(),
            number: format!("{}-QĐ/ĐU", seed.between(1, 300)),
            body: "Ủy ban Kiểm tra Đảng ủy".to_owned(),
            amount: 4,
            ..Opening::new(person, kind, if kind.is_fact() { left } else { left.plus_days(-40) })
        };
        if kind == Kind::StrikingOff && newest {
            struck.push((person, left));
        }
        let steps = steps_of(kind, left, newest, &opening.number);
        loaded.push(Loaded { opening, branch: unit, steps });
    }
    load(op, &loaded)?;
    for (person, left) in struck {
        open(op, &Opening::new(person, Kind::Complaint, left.plus_days(4).min(TODAY)))?;
    }
    Ok(())
}

/// Steps with honest votes, up to what is still open with the newest.
fn steps_of(kind: Kind, left: Day, newest: bool, number: &str) -> Vec<Deed> {
    let before: &[(Step, i32)] = match kind {
        Kind::StrikingOff => &[(Step::Reviewed, -30), (Step::BranchVoted, -20), (Step::CommitteeVoted, -10)],
        Kind::Request => &[(Step::BranchVoted, -20)],
        _ => &[],
    };
    let after: &[Step] = chibo_leaving::rules::ticks(kind).0;
    let after = if newest { after.get(..1).unwrap_or_default() } else { after };
    let steps = before.iter().map(|(step, days)| (*step, left.plus_days(*days)));
    let steps = steps.chain([(Step::Decided, left)]).chain(after.iter().map(|step| (*step, left.plus_days(3))));
    let deed = |(seq, (step, on)): (u32, (Step, Day))| {
        let votes = if step.is_vote(kind) { count(15, 13) } else { None };
        let number = if step == Step::Decided { number } else { "" };
        Deed { count: votes, effective: Some(on), ..Deed::new(step, seq, on, number) }
    };
    (0u32..).zip(steps).map(deed).collect()
}

/// Somebody who was a member until a day.
fn leaver(
    op: &mut Op<'_, '_>,
    seed: &mut Seed,
    (unit, kind, left): (Id<Unit>, Kind, Day),
) -> Result<Id<Person>, Problem> {
    let years = if kind == Kind::Death { seed.between(68, 94) } else { seed.between(27, 60) };
    let born = left.plus_days(-365 * years - seed.between(1, 300));
    let admitted = born.plus_months(12 * 22 + seed.between(0, 30));
    let official = admitted.plus_months(12);
    let (sex, number) = if seed.chance(400) { (Sex::Female, 2) } else { (Sex::Male, 1) };
    let member = NewMember {
        name: full_name(seed, 1, sex, Generation::born_in(born.year())),
        birth: Some(born),
        sex: number,
        ethnicity: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(unit, admitted)],
        standings: vec![(Standing::Probationary.number(), admitted), (Standing::Official.number(), official)],
        // What is known since long ago can end in the same write.
        recorded: Some(Moment::start_of(admitted)),
        ..NewMember::default()
    };
    let person = chibo_members::actions::enter(op, &member)?;
    let standing = if kind == Kind::Death { Standing::Deceased } else { Standing::Left };
    chibo_members::actions::leave(op, person, standing, left)?;
    Ok(person)
}
