//! A screening campaign of this year on two wards: plans, members found fit together, and somebody in every state.

use std::sync::Arc;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, Query, Scope};
use chibo_kernel::votes::{Ballots, VotingForm};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::{held_by, landscape_within};
use chibo_screening::actions::{self, NewCampaign};
use chibo_screening::rules::{Campaign, Deed, Form, Ground, Roll, Step, Task, missing_items};
use chibo_store::Op;
use chibo_web::SignalSources;

use super::TODAY;

/// Wards with a campaign.
const WARDS: usize = 2;
/// Fewest branches of a ward that is taken.
const BRANCHES: usize = 3;
/// Everybody who is looked at more closely.
const CASES: usize = 26;
/// 10 August 2026: the day from which cases of the demonstration run.
const BEGAN: Day = Day::from_number(20_675);

/// Somebody with a ground, and who helps him.
#[derive(Clone, Copy)]
struct Case {
    branch: Id<Unit>,
    person: Id<Person>,
    helper: Id<Person>,
}

/// The ways members of the demonstration went, each a state of its own; the empty one waits for its branch.
const WAYS: [&[Step]; 13] = {
    use Step::{
        BranchVoted, Checked, Cleared, CommitteeVoted, Complained, Decided, Declined, Demanded, Helped, Informed,
        Proposed, Restored, Reviewed, Unreachable, Upheld, Withdrawn,
    };
    [
        &[],
        &[Cleared],
        &[Helped],
        &[Helped, Checked, Checked],
        &[Proposed, Demanded, Demanded],
        &[Proposed, Reviewed, BranchVoted],
        &[Proposed, Declined, BranchVoted, CommitteeVoted],
        &[Proposed, Unreachable, BranchVoted, CommitteeVoted, Decided],
        &[Proposed, Demanded, Demanded, Demanded, BranchVoted, CommitteeVoted, Decided, Informed],
        &[Proposed, Reviewed, BranchVoted, CommitteeVoted, Decided, Informed, Complained],
        &[Proposed, Reviewed, BranchVoted, CommitteeVoted, Decided, Informed, Complained, Upheld],
        &[Proposed, Reviewed, BranchVoted, CommitteeVoted, Decided, Informed, Complained, Restored],
        &[Proposed, Reviewed, Withdrawn],
    ]
};

/// A ward with its branches.
type Ward = (Id<Unit>, Vec<Id<Unit>>);

/// Wards with their branches, the first of the city.
fn wards(op: &mut Op<'_, '_>) -> Result<Vec<Ward>, Problem> {
    let landscape = landscape_within(op.tx(), TODAY)?;
    let mut found = Vec::new();
    for (ward, standing) in landscape.units() {
        if standing.facts.kind != Kind::Base || standing.facts.setting != Setting::Ward {
            continue;
        }
        let below = landscape.units().filter(|(_, below)| below.parent == Some(ward));
        let branches: Vec<_> = below.filter(|(_, below)| below.facts.kind == Kind::Branch).map(|(id, _)| id).collect();
        if branches.len() >= BRANCHES {
            found.push((ward, branches));
        }
        if found.len() == WARDS {
            break;
        }
    }
    Ok(found)
}

/// Official members of a branch.
fn officials(census: &Census, branch: Id<Unit>) -> Vec<Id<Person>> {
    let view = census.view(TODAY);
    let Some(no) = view.forest().no(branch) else { return Vec::new() };
    let members = Some(Codes::of(&[u32::from(Standing::Official.number())]));
    let query = Query { scope: Scope::Unit(no), members, ..Query::at(AsOf::on(TODAY)) };
    let all = view.list(&query, ListOrder::Name, None, 500).into_iter().filter_map(|no| view.person(no));
    all.filter(|brief| brief.today.is_some_and(|(home, _)| home == no)).map(|brief| brief.id).collect()
}

/// Members of a branch who are at home there and hold no office: others of the demonstration are on their way elsewhere.
fn plain(op: &mut Op<'_, '_>, census: &Census, branch: Id<Unit>) -> Result<Vec<Id<Person>>, Problem> {
    let mut plain = Vec::new();
    for person in officials(census, branch) {
        if chibo_members::actions::home(op, person)? == branch && held_by(op.tx(), person)?.is_empty() {
            plain.push(person);
        }
    }
    Ok(plain)
}

/// Members of the branches in turn, each with the last of the branch as his helper.
fn cases(op: &mut Op<'_, '_>, census: &Census, branches: &[Id<Unit>]) -> Result<Vec<Case>, Problem> {
    let mut of = Vec::new();
    for branch in branches {
        of.push((*branch, plain(op, census, *branch)?));
    }
    let mut cases = Vec::new();
    for turn in 0..CASES {
        for (branch, people) in &of {
            let helper = people.last().filter(|_| turn + 1 < people.len());
            if let Some((person, helper)) = people.get(turn).zip(helper) {
                cases.push(Case { branch: *branch, person: *person, helper: *helper });
            }
        }
    }
    cases.truncate(CASES);
    Ok(cases)
}

fn roll(listed: u32) -> Roll {
    let ballots = Ballots { yes: listed, ..Ballots::default() };
    Roll { form: VotingForm::SecretBallot, listed, barred: 0, away: 0, present: listed, ballots }
}

/// One member's way, a step every five days.
fn go(
    op: &mut Op<'_, '_>,
    census: &Census,
    id: Id<Campaign>,
    case: Case,
    (at, way): (usize, &[Step]),
) -> Result<(), Problem> {
    let ground = Ground::ALL.get(at % Ground::ALL.len()).copied().unwrap_or(Ground::PapersKept);
    let number = format!("{:02}-BB/CB", at + 1);
    actions::raise(op, case.person, (ground, true), (&number, BEGAN.plus_days(-20)))?;
    let rules = [ground.rule().to_owned()];
    for (_, items) in missing_items(&rules, None, &[]) {
        let item = items.iter().copied().next();
        item.map_or(Ok(()), |item| actions::evidence(op, case.person, item, (&number, BEGAN.plus_days(-10))))?;
    }
    for (after, step) in (0u32..).zip(way) {
        let on = BEGAN.plus_days(i32::try_from(after).unwrap_or(0) * 5);
        let roll = step.body().map(|_| match step {
            Step::BranchVoted => roll(actions::official_on(census, case.branch, on, TODAY)),
            Step::CommitteeVoted => roll(15),
            _ => roll(5),
        });
        let deed = Deed {
            step: *step,
            after,
            on,
            number: format!("{:02}-{}/CB", at + 1, if roll.is_some() { "NQ" } else { "BB" }),
            form: Some(Form::StruckOff),
            helper: Some(case.helper),
            until: Some(on.plus_months(if at.is_multiple_of(2) { 4 } else { 9 })),
            tasks: vec![Task::Meetings, Task::Work, Task::Report],
            roll,
        };
        actions::take(op, case.person, id, &deed)?;
    }
    Ok(())
}

/// Writes the campaigns; looks for flags once, the running program does it again every night.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let Some(census) = op.beside::<Census>() else { return Ok(()) };
    let census: Arc<Census> = census;
    let sources = SignalSources::of(&crate::compose::capabilities());
    let seen = actions::look(op.tx(), &census, TODAY, &sources.0)?;
    actions::note(op, &seen, "chibo demo")?;
    let wards = wards(op)?;
    let day = |month, day| Day::from_ymd(TODAY.year(), month, day).ok_or_else(|| Problem::fault("no such day"));
    for (no, (ward, branches)) in wards.iter().enumerate() {
        let new = NewCampaign {
            unit: *ward,
            year: TODAY.year(),
            opens_on: day(1, 5)?,
            plan_by: day(1, 31)?,
            lists_by: day(3, 31)?,
            number: format!("{:02}-KH/ĐU", no + 3),
        };
        let id = actions::open(op, &new)?;
        let cases = cases(op, &census, branches)?;
        for (at, case) in cases.into_iter().enumerate() {
            let way = WAYS.get(at % WAYS.len()).copied().unwrap_or_default();
            go(op, &census, id, case, (at, way))?;
        }
        // The last branch is late with everything.
        for branch in branches.iter().rev().skip(1) {
            actions::plan(op, id, *branch, ("01-KH/CB", day(1, 20)?))?;
            actions::clear(op, id, *branch, ("02-BB/CB", day(2, 25)?))?;
        }
        let own = branches.clone();
        actions::make_report(op, id, *ward, &|branch| own.contains(&branch))?;
    }
    actions::tonight(op, wards.first().map(|(ward, _)| *ward))
}
