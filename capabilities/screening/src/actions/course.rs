//! One member's way through a campaign: assessment, help, proposal, votes, decision, complaint.

use chibo_kernel::votes::{Ballots, Verdict, VotingForm};
use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_members::rules::deciding::Setting;
use chibo_organisation::kinds::Kind;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{census, covers, official_on, open_flags_of, path, record, stands};
use crate::rules::{
    Authority, Campaign, Course, Deed, Form, Ground, Item, Roll, Scene, State, Step, Taken, Task, Terms, Trace, check,
    competent, is_number,
};
use crate::store::{self, RouteRow, StepRow, VoteRow};

/// One member in one campaign.
pub struct File {
    /// Steps as stored.
    pub rows: Vec<StepRow>,
    /// Votes as stored.
    pub votes: Vec<VoteRow>,
    /// Who proposes and decides, of the last proposal.
    pub route: Option<RouteRow>,
    /// Steps as decided on.
    pub course: Course,
}

/// The rules stored with a step.
pub fn assessed_rules(text: &str) -> Vec<String> {
    text.split(',').filter(|rule| !rule.is_empty()).map(str::to_owned).collect()
}

fn roll(row: &VoteRow) -> Result<Roll, Problem> {
    let form = VotingForm::from_code(&row.voting).ok_or_else(|| Problem::fault(format!("a voting {}", row.voting)))?;
    let ballots = Ballots { yes: row.yes, no: row.no, blank: row.blank, invalid: row.invalid };
    Ok(Roll { form, listed: row.listed, barred: row.barred, away: row.away, present: row.present, ballots })
}

fn taken(row: &StepRow, votes: &[VoteRow]) -> Result<Taken, Problem> {
    let step = Step::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a step {}", row.step)))?;
    let vote = votes.iter().find(|vote| vote.seq == row.seq).zip(step.body());
    let verdict = match vote {
        Some((vote, body)) => Some(roll(vote)?.verdict(body).map_err(Problem::from)?),
        None => None,
    };
    let rules = assessed_rules(&row.rules);
    Ok(Taken { step, on: row.on_day, until: row.until_on, form: Form::from_code(&row.form), rules, verdict })
}

/// Reads one member's file in a campaign.
///
/// # Errors
/// A fault when something stored cannot be read.
pub fn file(tx: &mut Tx<'_>, person: Id<Person>, campaign: Id<Campaign>, terms: &Terms) -> Result<File, Problem> {
    let mut rows = store::steps_of(tx, person)?;
    rows.retain(|row| row.campaign_id == campaign);
    let votes = store::votes_of(tx, person, campaign)?;
    let route = store::routes_of(tx, person, campaign)?.pop();
    let course = course(&rows, &votes, terms.failures)?;
    Ok(File { rows, votes, route, course })
}

/// Stored steps as a course.
pub(super) fn course(rows: &[StepRow], votes: &[VoteRow], failures: u32) -> Result<Course, Problem> {
    let steps = rows.iter().map(|row| taken(row, votes)).collect::<Result<_, Problem>>()?;
    Ok(Course { steps, failures })
}

/// The committee that proposes and the one that decides for a branch: the base organisation's committee, and its standing
/// committee or that of the committee above, as the statute of the day says (MEM-20, X-07).
fn route(op: &Op<'_, '_>, branch: Id<Unit>, terms: &Terms) -> Result<(Id<Unit>, Id<Unit>), Problem> {
    let mut above = path(op, branch)?;
    let kind = |kind: u8| Kind::from_number(kind);
    let own = above.pop().and_then(|(_, number)| kind(number));
    if own.is_some_and(Kind::is_base_organisation) {
        // No committee of a base organisation stands between: the base branch's own proposes, the one above it decides.
        return Ok((branch, above.last().map_or(branch, |(unit, _)| *unit)));
    }
    let base = above.iter().rposition(|(_, number)| kind(*number).is_some_and(Kind::is_base_organisation));
    let none = || Problem::rule("X-07", Said::new("screening-no-committee"));
    let at = base.or_else(|| above.len().checked_sub(1)).ok_or_else(none)?;
    let committee = above.get(at).ok_or_else(none)?.0;
    let upper = above.get(at.saturating_sub(1)).map_or(committee, |(unit, _)| *unit);
    Ok((committee, if terms.base_decides || at == 0 { committee } else { upper }))
}

/// Where the base organisation of a branch stands, from the units down to the branch.
pub(crate) fn setting(path: &[(Id<Unit>, u8)]) -> Setting {
    let kind = |at: usize| path.get(at).and_then(|(_, number)| Kind::from_number(*number));
    let base = (0..path.len()).rev().find(|&at| kind(at).is_some_and(Kind::is_base_organisation));
    let above = base.and_then(|base| base.checked_sub(1)).and_then(kind);
    Setting { base_branch: base == path.len().checked_sub(1), under_city: above == Some(Kind::City) }
}

/// What the facts of group 3 say of somebody, in the time of a campaign (SCR-04).
pub(crate) fn trace(
    tx: &mut Tx<'_>,
    person: Id<Person>,
    opened: Day,
    standing: Option<Standing>,
) -> Result<Trace, Problem> {
    let found = store::flags_of(tx, person)?.into_iter().filter(|row| row.rule == "SCR-04");
    let ever = found.filter(|row| row.closed_on >= opened).count() > 0;
    let by_hand = store::grounds_of(tx, person)?.iter().any(|row| row.ground == Ground::PapersKept.code());
    let open = open_flags_of(tx, person)?.iter().any(|flag| flag.rule == "SCR-04");
    Ok(Trace::of(ever || by_hand, open, standing.is_some_and(Standing::counts_as_member)))
}

/// Whose act a step is.
fn actor(step: Step, branch: Id<Unit>, route: Option<&RouteRow>) -> Id<Unit> {
    match (step, route) {
        (Step::CommitteeVoted, Some(route)) => route.committee_id,
        (Step::Decided | Step::Informed | Step::Complained | Step::Upheld | Step::Restored, Some(route)) => {
            route.decider_id
        }
        _ => branch,
    }
}

impl File {
    /// Whose act a step would be.
    pub fn actor(&self, step: Step, branch: Id<Unit>) -> Id<Unit> {
        actor(step, branch, self.route.as_ref())
    }
}

/// Whether the helper is another official member of the branch (SCR-08).
fn helper_fits(
    op: &Op<'_, '_>,
    person: Id<Person>,
    branch: Id<Unit>,
    helper: Option<Id<Person>>,
) -> Result<bool, Problem> {
    let Some(helper) = helper.filter(|helper| *helper != person) else { return Ok(false) };
    Ok(stands(op, helper)? == Some((branch, Standing::Official.number())))
}

/// Evidence in the pack.
fn items(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Item>, Problem> {
    Ok(store::evidence_of(tx, person)?.iter().filter_map(|row| Item::from_code(&row.item)).collect())
}

/// Takes a step of the program's own, by the body the rulebook names.
///
/// # Errors
/// As [`take_by`].
pub fn take(op: &mut Op<'_, '_>, person: Id<Person>, id: Id<Campaign>, deed: &Deed) -> Result<State, Problem> {
    take_by(op, person, id, deed, Authority::default())
}

/// Takes a step. A decision that carries ends the membership in the same write; nothing else does.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between; absent for whoever may not act.
pub fn take_by(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    id: Id<Campaign>,
    deed: &Deed,
    by: Authority,
) -> Result<State, Problem> {
    let branch = members::home(op, person)?;
    let terms = Terms::on(deed.on)?;
    let campaign = store::campaign(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let mut file = file(op.tx(), person, id, &terms)?;
    let unit = actor(deed.step, branch, file.route.as_ref());
    op.permit(Permission::EditMembers, unit)?;
    let member = stands(op, person)?.and_then(|(_, standing)| Standing::from_number(standing));
    let outside = file.rows.is_empty() && !covers(op, &campaign, branch)?;
    if outside || (!deed.step.follows_decision() && !member.is_some_and(Standing::counts_as_member)) {
        return Err(Problem::NotFound);
    }
    if u32::try_from(file.rows.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("screening-changed-since")));
    }
    if deed.on < campaign.opens_on {
        let said = Said::new("screening-before-campaign").with("day", campaign.opens_on);
        return Err(Problem::field("on", said));
    }
    let flags: Vec<(String, Day)> =
        open_flags_of(op.tx(), person)?.into_iter().map(|flag| (flag.rule.to_owned(), flag.since)).collect();
    let have = items(op.tx(), person)?;
    let official = match deed.step {
        Step::BranchVoted => official_on(&*census(op)?, branch, deed.on, op.today()),
        _ => 0,
    };
    let helper_fits = helper_fits(op, person, branch, deed.helper)?;
    let trace = trace(op.tx(), person, campaign.opens_on, member)?;
    let scene = Scene { today: op.today(), flags: &flags, items: &have, helper_fits, official, trace };
    let mut issues = check(&file.course, deed, &scene, &terms);
    issues.extend(competent(deed.step, by, setting(&path(op, branch)?), &terms));
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let mut rules: Vec<String> = flags.into_iter().map(|(rule, _)| rule).collect();
    rules.extend(deed.step.is_outcome().then(|| "SCR-04".to_owned()));
    rules.sort_unstable();
    rules.dedup();
    let verdict = match deed.roll.as_ref().zip(deed.step.body()) {
        Some((roll, body)) => Some(roll.verdict(body).map_err(Problem::from)?),
        None => None,
    };
    write(op, (person, id, branch), deed, &rules.join(","), &terms)?;
    if let Some(body) = by.body.filter(|_| deed.step.names_body()) {
        store::insert_decider(op.tx(), person, id, deed.after + 1, body.code())?;
    }
    if deed.step == Step::Proposed {
        let (committee, decider) = route(op, branch, &terms)?;
        store::insert_route(op.tx(), person, id, deed.after + 1, committee, decider)?;
    }
    let until = deed.until.filter(|_| deed.step == Step::Helped).unwrap_or(Day::FOREVER);
    let form = deed.form.filter(|_| deed.step == Step::Proposed);
    file.course.steps.push(Taken { step: deed.step, on: deed.on, until, form, rules, verdict });
    settle(op, person, &file.course, deed)?;
    stand(op, (person, id, branch), &file.course, deed.on)?;
    let state = file.course.state();
    // The log is read by more people than flags are: it says which row, not what it says of the member.
    let detail = json!({ "campaign": id.to_string(), "row": deed.after + 1 });
    record(op, *person.bytes(), unit, "screen-step", &detail);
    Ok(state)
}

/// The step and its vote.
fn write(
    op: &mut Op<'_, '_>,
    (person, id, branch): (Id<Person>, Id<Campaign>, Id<Unit>),
    deed: &Deed,
    rules: &str,
    terms: &Terms,
) -> Result<(), Problem> {
    let (now, by, seq) = (op.now(), op.viewer().name.clone(), deed.after + 1);
    let rules = if deed.step.assesses() { rules } else { "" };
    let form = deed.form.filter(|_| deed.step == Step::Proposed).map_or("", Form::code);
    let helped = deed.step == Step::Helped;
    let helper = deed.helper.filter(|_| helped);
    let until = deed.until.filter(|_| helped).unwrap_or(Day::FOREVER);
    let tasks: Vec<_> = deed.tasks.iter().filter(|_| helped).map(|task| Task::code(*task)).collect();
    let (tasks, code, number, version) = (tasks.join(","), deed.step.code(), deed.number.as_str(), &terms.version);
    store::insert_step(
        op.tx(),
        person,
        id,
        seq,
        branch,
        code,
        rules,
        form,
        helper,
        until,
        &tasks,
        deed.on,
        number,
        version,
        now,
        &by,
    )?;
    let Some(roll) = deed.roll.as_ref().filter(|_| deed.step.body().is_some()) else { return Ok(()) };
    let Roll { form, listed, barred, away, present, ballots: Ballots { yes, no, blank, invalid } } = *roll;
    let voting = form.code();
    store::insert_vote(op.tx(), person, id, seq, voting, listed, barred, away, present, yes, no, blank, invalid)?;
    Ok(())
}

/// What a decision does to the member: removed, he has left from its day and belongs to no branch any more (EXI-15); restored,
/// he has never left (MEM-42).
fn settle(op: &mut Op<'_, '_>, person: Id<Person>, course: &Course, deed: &Deed) -> Result<(), Problem> {
    match (deed.step, course.state()) {
        (Step::Decided, State::Removed) => members::leave(op, person, Standing::Left, deed.on),
        (Step::Restored, _) => {
            let decided = course.steps.iter().rev().find(|taken| taken.step == Step::Decided);
            let from = decided.map_or(deed.on, |taken| taken.on);
            let standings = chibo_members::standings_of(op.tx(), person)?;
            let left = standings.iter().rposition(|(.., standing)| *standing == Standing::Left);
            let before = left.and_then(|at| standings.get(at.checked_sub(1)?)).map(|(.., standing)| *standing);
            members::restore(op, person, before.unwrap_or(Standing::Official), from)
        }
        _ => Ok(()),
    }
}

/// Where the member stands now.
fn stand(
    op: &mut Op<'_, '_>,
    (person, id, branch): (Id<Person>, Id<Campaign>, Id<Unit>),
    course: &Course,
    on: Day,
) -> Result<(), Problem> {
    let assessed = course.assessment();
    let rules = assessed.map_or_else(String::new, |taken| taken.rules.join(","));
    let until = course.help().map_or(Day::FOREVER, |(_, until)| until);
    let form = course.form().map_or("", Form::code);
    store::put_stand(op.tx(), person, id, branch, course.state().code(), form, &rules, until, on).map(drop)
}

/// Puts a document into the pack of a member (SCR-09).
///
/// # Errors
/// Refusals by field; absent when the member is out of reach.
pub fn evidence(op: &mut Op<'_, '_>, person: Id<Person>, item: Item, (number, on): (&str, Day)) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    if !is_number(number) {
        return Err(Problem::field("paper", Said::new("screening-number-needed")));
    }
    if on > op.today() {
        return Err(Problem::field("papered", Said::new("screening-day-to-come")));
    }
    let seq = store::evidence_of(op.tx(), person)?.last().map_or(0, |row| row.seq) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_evidence(op.tx(), person, seq, item.code(), number, on, now, &by)?;
    let detail = json!({ "row": seq });
    record(op, *person.bytes(), unit, "screen-evidence", &detail);
    Ok(())
}

/// The verdict of the last vote of a kind, for showing.
pub(crate) fn verdict_of(file: &File, seq: u32) -> Option<&Verdict> {
    let at = file.rows.iter().position(|row| row.seq == seq)?;
    file.course.steps.get(at)?.verdict.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mem_20_the_setting_of_a_branch_says_who_decides() {
        let unit = |number: u8, kind: Kind| (Id::<Unit>::from_bytes([number; 16]), kind.number());
        let (city, upper, base) = (unit(1, Kind::City), unit(2, Kind::Upper), unit(3, Kind::Base));
        let branch = unit(4, Kind::Branch);
        let at = |path: &[(Id<Unit>, u8)]| setting(path);
        assert_eq!(at(&[city, upper, base, branch]), Setting { base_branch: false, under_city: false });
        assert_eq!(at(&[city, base, branch]), Setting { base_branch: false, under_city: true });
        assert_eq!(at(&[city, unit(4, Kind::BaseBranch)]), Setting { base_branch: true, under_city: true });
        assert_eq!(at(&[city, upper, unit(4, Kind::BaseBranch)]), Setting { base_branch: true, under_city: false });
    }
}
