//! Taking a step of a case: a paper, a vote, a decision, what remains to be done.

use chibo_kernel::{Day, Id, Issue, Moment, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::{record, refuse, save_state, stands_elsewhere};
use crate::file::{Course, File};
use crate::jobs::FORCE;
use crate::rules::{Asked, CaseFile, Deed, Levels, Phase, Plan, Step, check_deed, may_take, terms_on};
use crate::scene::Scene;
use crate::store::{self, StepRow};

/// Takes a step; gives where the case stands then. A decision is put into force by [`super::come_into_force`]: on its
/// day by a job, or at once by whoever took the step when the day has come.
///
/// # Errors
/// A conflict when the case stands elsewhere meanwhile; a refusal with every rule that speaks against it.
pub fn take(op: &mut Op<'_, '_>, id: Id<CaseFile>, deed: &Deed) -> Result<Phase, Problem> {
    let mut file = File::load(op.tx(), id)?;
    let scene = Scene::within(op)?;
    let course = file.course(&scene, &terms_on(scene.today)?);
    let levels = course.levels.ok_or_else(|| Problem::refuse(Said::new("lifecycle-no-committee")))?;
    let taken = file.taken()?;
    let actor = actor(op, &levels, &taken, deed)?;
    if deed.step.is_own() || !may_take(&course.needs, &taken, deed.step) {
        return Err(stands_elsewhere());
    }
    refuse(issues(op, (&file, &scene), &course, &levels, deed)?)?;
    if deed.step == Step::MemberList && file.lists_members() && file.listed.is_empty() {
        return Err(Problem::field("step", Said::new("lifecycle-nobody-listed")));
    }
    if deed.step == Step::Ended {
        end(op, &scene, &file.plan, deed.on)?;
    }
    let row = row(op, &file, deed, actor)?;
    insert(op, &row)?;
    file.steps.push(row);
    let phase = save_state(op, &file, &course.needs)?;
    if phase == Phase::Waiting {
        let from = Moment::start_of(file.effective_on()).max(op.now());
        op.enqueue_after(FORCE, &id.to_string(), Some(file.plan.parent), from)?;
    }
    let passed = deed.step.is_vote().then(|| deed.passed());
    let detail = json!({ "step": deed.step.code(), "on": deed.on.iso(), "number": deed.number, "passed": passed });
    let act = if deed.step == Step::Withdrawn { "life-case-withdrawn" } else { "life-step-taken" };
    record(op, &file, act, &detail);
    Ok(phase)
}

/// Who acts, with the right to. Somebody who chose another committee than the right one must have the right there, to
/// be told which is right.
fn actor(op: &Op<'_, '_>, levels: &Levels, taken: &[Step], deed: &Deed) -> Result<Id<Unit>, Problem> {
    let right = levels.actor(deed.step, taken);
    let right = right.ok_or_else(|| Problem::refuse(Said::new("lifecycle-no-committee")))?;
    let claimed = deed.decider.filter(|_| deed.step.is_decision()).unwrap_or(right);
    op.permit(Permission::EditUnits, claimed)?;
    Ok(right)
}

fn issues(
    op: &Op<'_, '_>,
    (file, scene): (&File, &Scene),
    course: &Course,
    levels: &Levels,
    deed: &Deed,
) -> Result<Vec<Issue>, Problem> {
    let right = levels.actor(deed.step, &[]).filter(|unit| op.permit(Permission::ViewUnits, *unit).is_ok());
    let decider = right.map_or_else(String::new, |unit| scene.name(unit));
    let asked = Asked {
        plan: &file.plan,
        phase: file.row.phase()?,
        levels,
        decider,
        strength: course.strength,
        children: scene.children(file.plan.unit),
        effective_on: file.row.effective_on,
        today: scene.today,
    };
    let terms = terms_on(deed.effective_on.filter(|_| deed.step.is_decision()).unwrap_or(scene.today))?;
    Ok(check_deed(deed, &asked, &terms))
}

/// A temporary branch ends: only without units and members of its own (TRF-08).
fn end(op: &mut Op<'_, '_>, scene: &Scene, plan: &Plan, on: Day) -> Result<(), Problem> {
    let members = scene.members_on(plan.unit, on).len().max(scene.members_on(plan.unit, scene.today).len());
    chibo_organisation::actions::dissolve(op, plan.unit, on, u32::try_from(members).unwrap_or(u32::MAX))
}

/// The step as a row; a vote below its threshold is written down as one that failed.
fn row(op: &Op<'_, '_>, file: &File, deed: &Deed, actor: Id<Unit>) -> Result<StepRow, Problem> {
    let failed = deed.step.is_vote() && !deed.passed();
    let step = if failed { Step::VoteFailed } else { deed.step };
    let effective_on = deed.effective_on.filter(|_| deed.step.is_decision()).unwrap_or(Day::FOREVER);
    let rulebook = if deed.step.is_decision() {
        terms_on(effective_on)?.version()
    } else if deed.step.is_vote() {
        terms_on(deed.on)?.version()
    } else {
        String::new()
    };
    Ok(StepRow {
        case_id: file.id(),
        seq: file.steps.last().map_or(0, |row| row.seq) + 1,
        step: step.code().to_owned(),
        on_day: deed.on,
        effective_on,
        number: deed.number.clone(),
        authority: deed.authority.clone(),
        unit_id: actor,
        votes_for: if deed.step.is_vote() { deed.votes_for } else { 0 },
        votes_base: if deed.step.is_vote() { deed.votes_base } else { 0 },
        note: deed.note.clone(),
        rulebook,
        recorded_at: op.now(),
        recorded_by: op.viewer().name.clone(),
    })
}

/// Adds a step to the tables.
pub(super) fn insert(op: &mut Op<'_, '_>, row: &StepRow) -> Result<(), Problem> {
    store::insert_step(
        op.tx(),
        row.case_id,
        row.seq,
        &row.step,
        row.on_day,
        row.effective_on,
        &row.number,
        &row.authority,
        row.unit_id,
        row.votes_for,
        row.votes_base,
        &row.note,
        &row.rulebook,
        row.recorded_at,
        &row.recorded_by,
    )
    .map(drop)
}
