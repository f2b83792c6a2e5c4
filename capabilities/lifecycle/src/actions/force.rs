//! Putting a decision into force: what it says happens to units and members, on its day, as one transaction.

use std::collections::HashSet;

use chibo_kernel::{Day, Id, Problem, Said};
use chibo_members::actions::move_with_units;
use chibo_organisation::NewUnit;
use chibo_organisation::kinds::Kind;
use chibo_store::Op;
use serde_json::json;

use super::step::insert;
use super::{record, save_state};
use crate::file::File;
use crate::rules::{CaseFile, CaseKind, Phase, Plan, Step, terms_on};
use crate::scene::Scene;
use crate::store::StepRow;

/// In whose name it happens: the decision was somebody's act, what follows from it is the program's.
pub const PROGRAM: &str = "chibo serve";

/// Puts a decided case into force; gives whether it did. Nothing happens before its day, nor twice. Only the program
/// may do this: the right to decide was asked when it was decided.
///
/// # Errors
/// Whatever organisation or members refuse; then nothing has changed and it can be tried again.
pub fn come_into_force(op: &mut Op<'_, '_>, id: Id<CaseFile>) -> Result<bool, Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let mut file = File::load(op.tx(), id)?;
    let on = file.effective_on();
    if file.row.phase()? != Phase::Waiting || on > op.today() {
        return Ok(false);
    }
    let scene = Scene::within(op)?;
    let course = file.course(&scene, &terms_on(scene.today)?);
    match file.plan.kind {
        CaseKind::Founding => found(op, &file, on, true)?,
        CaseKind::Temporary => found(op, &file, on, false)?,
        CaseKind::Dissolution | CaseKind::Disbandment => end(op, &scene, &file.plan, on)?,
        CaseKind::Transfer => {
            let target = file.plan.target.ok_or_else(|| Problem::fault("a transfer that leads nowhere"))?;
            chibo_organisation::actions::reparent(op, file.plan.unit, target, on)?;
        }
    }
    let row = StepRow {
        case_id: id,
        seq: file.steps.last().map_or(0, |row| row.seq) + 1,
        step: Step::InForce.code().to_owned(),
        on_day: on,
        effective_on: Day::FOREVER,
        number: String::new(),
        authority: String::new(),
        unit_id: file.plan.unit,
        votes_for: 0,
        votes_base: 0,
        note: String::new(),
        rulebook: String::new(),
        recorded_at: op.now(),
        recorded_by: op.viewer().name.clone(),
    };
    insert(op, &row)?;
    file.steps.push(row);
    save_state(op, &file, &course.needs)?;
    let detail = json!({ "case": file.plan.kind.code(), "on": on.iso(), "members": file.listed.len() });
    record(op, &file, "life-came-into-force", &detail);
    Ok(true)
}

/// The unit begins; those on its list are posted to it. In a temporary branch they stay members of their own (TRF-07).
fn found(op: &mut Op<'_, '_>, file: &File, on: Day, moves: bool) -> Result<(), Problem> {
    let facts = file.plan.facts.clone();
    let new = NewUnit::new(file.plan.unit, Some(file.plan.parent), facts, on);
    chibo_organisation::actions::establish(op, &new)?;
    if !moves {
        return Ok(());
    }
    let today = op.today();
    for (person, from) in &file.listed {
        if chibo_members::actions::home_of(op.tx(), *person, today)? != *from {
            return Err(Problem::rule("ORG-15", Said::new("lifecycle-listed-elsewhere")));
        }
        chibo_members::actions::post(op, *person, file.plan.unit, on)?;
    }
    Ok(())
}

/// The unit ends; the members who remain go to the branch the case names, so that nobody is ever nowhere (ORG-12).
fn end(op: &mut Op<'_, '_>, scene: &Scene, plan: &Plan, on: Day) -> Result<(), Problem> {
    let count = |day: Day| scene.members_on(plan.unit, day).len();
    let left = count(on).max(count(scene.today));
    let refuse = |key| Problem::rule("ORG-12", Said::new(key).with("count", left));
    match plan.target {
        Some(target) if !scene.kind(target).is_some_and(Kind::holds_members) => {
            return Err(refuse("lifecycle-target-no-branch"));
        }
        Some(target) if plan.unit_kind().holds_members() => {
            let units = HashSet::from([plan.unit]);
            move_with_units(op, on, &units, &mut |_, _| Ok(Some(target)))?;
        }
        None if left > 0 => return Err(refuse("lifecycle-members-without-target")),
        _ => {}
    }
    chibo_organisation::actions::dissolve(op, plan.unit, on, 0)
}
