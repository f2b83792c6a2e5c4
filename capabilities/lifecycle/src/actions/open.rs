//! Opening a case, and changing what is proposed before it is decided.

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said};
use chibo_store::Op;
use serde_json::json;

use super::{record, refuse, save_state};
use crate::file::File;
use crate::rules::{CaseFile, CaseKind, Phase, Plan, check_plan, terms_on, too_few};
use crate::scene::Scene;
use crate::store;

/// What speaks against a plan: its own faults, and too few members by the list handed in (ORG-01).
fn issues(scene: &Scene, plan: &Plan) -> Result<Vec<Issue>, Problem> {
    let target = plan.target.and_then(|target| scene.kind(target));
    let mut issues = check_plan(plan, scene.kind(plan.parent), target, scene.today);
    if plan.kind == CaseKind::Founding && !plan.unit_kind().holds_members() {
        let few = too_few(&terms_on(scene.today)?, plan.unit_kind(), plan.typed);
        issues.extend(few.map(|issue| Issue { field: Some("official".to_owned()), ..issue }));
    }
    if !plan.kind.founds() && scene.stands(plan.unit).is_none() {
        issues.push(Issue { field: Some("unit".to_owned()), rule: None, said: Said::new("lifecycle-unit-gone") });
    }
    Ok(issues)
}

/// Opens a case (ORG-11, ORG-15, ORG-16, TRF-08, X-08).
///
/// # Errors
/// A refusal with everything that speaks against it, also when another case about the unit is under way.
pub fn open(op: &mut Op<'_, '_>, plan: &Plan) -> Result<Id<CaseFile>, Problem> {
    op.permit(Permission::EditUnits, plan.keeper())?;
    permit_target(op, plan)?;
    let scene = Scene::within(op)?;
    refuse(issues(&scene, plan)?)?;
    for other in store::cases_of(op.tx(), plan.unit)? {
        // A temporary branch that works has an open case of its own; another may end it early.
        if other.phase()?.is_before() {
            return Err(Problem::field("unit", Said::new("lifecycle-under-way").with("unit", &other.name)));
        }
    }
    let id: Id<CaseFile> = op.fresh();
    insert(op, id, 1, plan)?;
    store::insert_state(op.tx(), id, 1, Phase::Preparing.code(), true, Day::FOREVER, Day::FOREVER)?;
    let file = File::load(op.tx(), id)?;
    let needs = file.course(&scene, &terms_on(scene.today)?).needs;
    save_state(op, &file, &needs)?;
    let detail = json!({ "case": plan.kind.code(), "name": plan.facts.name, "kind": plan.unit_kind().code() });
    record(op, &file, "life-case-opened", &detail);
    Ok(id)
}

/// Changes what is proposed, before it is decided: another version after the one the form saw.
///
/// # Errors
/// A conflict when another version came in between or the case was decided.
pub fn amend(op: &mut Op<'_, '_>, id: Id<CaseFile>, after: u32, plan: &Plan) -> Result<(), Problem> {
    let mut file = File::load(op.tx(), id)?;
    op.permit(Permission::EditUnits, file.plan.keeper())?;
    if after != file.row.version || !file.row.phase()?.is_draft() {
        return Err(super::stands_elsewhere());
    }
    // What the case is about does not change.
    let same = (plan.kind, plan.unit) == (file.plan.kind, file.plan.unit);
    if !same || plan.keeper() != file.plan.keeper() {
        return Err(Problem::NotFound);
    }
    permit_target(op, plan)?;
    let scene = Scene::within(op)?;
    refuse(issues(&scene, plan)?)?;
    insert(op, id, file.row.version + 1, plan)?;
    file.row.version += 1;
    file.plan = plan.clone();
    let needs = file.course(&scene, &terms_on(scene.today)?).needs;
    save_state(op, &file, &needs)?;
    let detail = json!({ "version": file.row.version, "name": plan.facts.name });
    record(op, &file, "life-case-amended", &detail);
    Ok(())
}

/// Whoever names another unit must see it; whoever sends members to a branch must be allowed to post them there.
fn permit_target(op: &Op<'_, '_>, plan: &Plan) -> Result<(), Problem> {
    let needs = if plan.kind.ends() { Permission::EditMembers } else { Permission::ViewUnits };
    plan.target.map_or(Ok(()), |target| op.permit(needs, target))
}

fn insert(op: &mut Op<'_, '_>, id: Id<CaseFile>, version: u32, plan: &Plan) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let facts = &plan.facts;
    store::insert_case(
        op.tx(),
        id,
        version,
        plan.kind.code(),
        plan.unit,
        plan.parent,
        plan.target,
        &facts.name,
        &facts.short,
        facts.kind.number(),
        facts.setting.number(),
        &facts.code,
        plan.ground.map_or("", |ground| ground.code()),
        &plan.purpose,
        plan.typed.official,
        plan.typed.all.saturating_sub(plan.typed.official),
        plan.ends_on,
        now,
        &by,
    )
    .map(drop)
}
