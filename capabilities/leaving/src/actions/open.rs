//! Opening a case.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_members::actions as members;
use chibo_members::rules::hold::Ground;
use chibo_store::{Entry, Op};
use serde_json::json;

use super::{census, effect, write};
use crate::file::{About, about, above, levels};
use crate::rules::{CaseFile, Course, Deed, Kind, Levels, Opening, Step, Taken, Terms, check_opening};
use crate::store;

/// Opens a case. Facts (death, expulsion) are in force with it.
///
/// # Errors
/// Every reason at once with its rule; absent when the member is out of reach.
pub fn open(op: &mut Op<'_, '_>, new: &Opening) -> Result<Id<CaseFile>, Problem> {
    let branch = members::home(op, new.person)?;
    op.permit(Permission::EditMembers, branch)?;
    let (census, today) = (census(op)?, op.today());
    let terms = Terms::on(new.on)?;
    let levels = levels(&census, branch, today, &Terms::on(today)?);
    let known = about(op.tx(), &census, (new.person, branch), None, (today, &terms))?;
    let (handler, central) = match new.kind {
        Kind::Complaint => instance(&known, &levels, |unit| above(&census, unit, today)),
        _ => (None, false),
    };
    op.permit(Permission::EditMembers, handler.unwrap_or_else(|| levels.opener(new.kind)))?;
    let issues = check_opening(new, &known.facts, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let linked = matches!(new.kind, Kind::Complaint | Kind::Restoration);
    let about = if linked { known.removal } else { None };
    let new = Opening { about, central, ..new.clone() };
    let id = put(op, &new, handler, &levels, &terms)?;
    let elsewhere = known.facts.removal.filter(|removal| removal.elsewhere && new.kind == Kind::Complaint);
    if let Some(left) = elsewhere.and_then(|removal| removal.left) {
        store::insert_removal(op.tx(), id, new.decided, left)?;
    }
    Ok(id)
}

/// Who handles a complaint: whoever decided, then one committee after the other above, at last the Secretariat; its case
/// is recorded by the highest committee of the tree.
fn instance(known: &About, levels: &Levels, up: impl Fn(Id<Unit>) -> Option<Id<Unit>>) -> (Option<Id<Unit>>, bool) {
    match known.handler {
        None => (Some(levels.decider), false),
        Some(last) => up(last).map_or((Some(last), true), |next| (Some(next), false)),
    }
}

/// The source of the hold that a case raises.
pub(super) fn hold(id: Id<CaseFile>) -> String {
    format!("leaving {id}")
}

/// Writes a case that was checked.
pub(super) fn put(
    op: &mut Op<'_, '_>,
    new: &Opening,
    handler: Option<Id<Unit>>,
    levels: &Levels,
    terms: &Terms,
) -> Result<Id<CaseFile>, Problem> {
    let mut course = Course::new(new.kind, new.ground, levels.committee.is_some());
    let id = write::add_case(op, new, handler, terms, &course)?;
    if new.kind == Kind::Complaint {
        // While it is being resolved he is not transferred (TRF-05), should he be a member again meanwhile.
        members::raise_hold(op, new.person, &hold(id), (Ground::Complaint, &new.number))?;
    }
    let (stream, unit) = (*new.person.bytes(), levels.actor(new.kind, Step::Withdrawn, handler));
    let ground = new.ground.map_or("", |ground| ground.code());
    let detail = json!({ "case": id.to_string(), "kind": new.kind.code(), "ground": ground, "on": new.on.iso() });
    let (unit, subject) = (Some(unit), Some(stream));
    op.record(Entry { stream, action: "departure-opened", unit, subject, detail: detail.to_string() });
    if new.kind.is_fact() {
        let deed = Deed { note: new.body.clone(), ..Deed::new(Step::Decided, 0, new.on, &new.number) };
        let taken = Taken { step: Step::Decided, on: new.on, effective: new.on, ends: deed.ends, count: None };
        course.steps.push(taken);
        let unit = levels.opener(new.kind);
        write::add_step(op, id, (new, &course), &deed, unit, terms)?;
        effect::apply(op, id, new.person, new.kind, &taken)?;
        effect::stop_others(op, new.person, id, unit, (new.on, terms))?;
    }
    Ok(id)
}
