//! Signing, taking back, dropping and opening again.

use std::collections::BTreeSet;

use chibo_kernel::{Day, Id, Issue, Moment, Permission, Problem, Said};
use chibo_organisation::landscape_within;
use chibo_store::Op;
use serde_json::json;

use super::{lines_of, pass, plan, record, touched};
use crate::jobs::{ENFORCE, Order};
use crate::rules::{Operation, Plan, State, compile, first_open_day};
use crate::store::{self, PlanRow};

/// What is written below a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Number and symbol.
    pub number: String,
    /// Day of signing.
    pub signed_on: Day,
    /// Members whose target is not decided, by the caller's census.
    pub undecided: u32,
}

/// Signs a draft: from its day on it is in force, whether or not the program runs at midnight.
///
/// # Errors
/// Every line that is refused with its rule; members without a target (ORG-12); whoever wrote the plan may not sign it;
/// a day in a closed period (ORG-18); a conflict when somebody changed it since the version.
pub fn sign(op: &mut Op<'_, '_>, id: Id<Plan>, version: i64, signature: &Signature) -> Result<(), Problem> {
    let row = plan(op, id)?;
    if row.version != version {
        let said = Said::new("plans-changed-since").with("name", &row.changed_name).with("day", row.changed_at.day());
        return Err(Problem::Conflict(said));
    }
    let stored = lines_of(op.tx(), id)?;
    let writers: BTreeSet<_> = stored.iter().filter_map(|(row, _)| row.entered_by).chain(row.created_by).collect();
    if op.viewer().account.is_none_or(|account| writers.contains(&account)) {
        return Err(Problem::refuse(Said::new("plans-second-person")));
    }
    let lines: Vec<_> = stored.into_iter().map(|(_, line)| line).collect();
    let brought: BTreeSet<_> = lines.iter().filter(|line| line.brings()).map(Operation::unit).collect();
    for unit in touched(lines.iter()).difference(&brought) {
        op.permit(Permission::Reorganise, *unit)?;
    }
    check(op, &row, signature, &lines)?;
    pass(op, &row, State::Signed, "")?;
    let viewer = op.viewer().clone();
    store::sign(op.tx(), id, &signature.number, signature.signed_on, viewer.account, &viewer.name)?;
    put_on_the_list(op, &row)?;
    let detail = json!({ "number": signature.number, "effective": row.effective_on.iso(), "lines": lines.len() });
    record(op, id, row.unit_id, "plan-signed", &detail);
    Ok(())
}

/// The work that brings a signed plan into force, from midnight of its day on.
fn put_on_the_list(op: &mut Op<'_, '_>, row: &PlanRow) -> Result<(), Problem> {
    let order = serde_json::to_string(&Order { plan: row.plan_id.to_string() }).map_err(Problem::fault)?;
    let midnight = Moment::start_of(row.effective_on).max(op.now());
    op.enqueue_after(ENFORCE, &order, Some(row.unit_id), midnight).map(drop)
}

/// Tries again to bring a signed plan into force whose day has come.
///
/// # Errors
/// A conflict when it is not signed or its day has not come.
pub fn enforce(op: &mut Op<'_, '_>, id: Id<Plan>) -> Result<(), Problem> {
    let row = plan(op, id)?;
    if row.state != State::Signed.code() || row.effective_on > op.today() {
        return Err(Problem::Conflict(Said::new("plans-elsewhere")));
    }
    put_on_the_list(op, &row)?;
    record(op, id, row.unit_id, "plan-tried-again", &json!({}));
    Ok(())
}

fn check(op: &mut Op<'_, '_>, row: &PlanRow, signature: &Signature, lines: &[Operation]) -> Result<(), Problem> {
    let mut issues = Vec::new();
    let mut refuse = |field: Option<&str>, rule: Option<&'static str>, said: Said| {
        issues.push(Issue { field: field.map(str::to_owned), rule, said });
    };
    if signature.number.is_empty() {
        refuse(Some("number"), None, Said::new("plans-number-empty"));
    }
    if signature.signed_on > op.today() {
        refuse(Some("signed"), None, Said::new("plans-signed-later"));
    }
    let (open, _) = first_open_day(op.today())?;
    if row.effective_on < open {
        refuse(None, Some("ORG-18"), Said::new("plans-closed-period").with("day", open));
    }
    if lines.is_empty() {
        refuse(None, None, Said::new("plans-empty"));
    }
    if signature.undecided > 0 {
        refuse(None, Some("ORG-12"), Said::new("plans-undecided").with("count", signature.undecided));
    }
    for other in others_on_the_same(op, row, lines)? {
        let said = Said::new("plans-other-signed").with("title", other.title).with("day", other.effective_on);
        refuse(None, None, said);
    }
    let (_, refused) = compile(&landscape_within(op.tx(), row.effective_on)?, lines);
    for line in refused {
        let said = match line.line {
            Some(at) => line.issue.said.with("line", at + 1),
            None => line.issue.said.with("line", ""),
        };
        issues.push(Issue { said, ..line.issue });
    }
    if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
}

/// Signed plans that wait for their day and name a unit of this one.
fn others_on_the_same(op: &mut Op<'_, '_>, row: &PlanRow, lines: &[Operation]) -> Result<Vec<PlanRow>, Problem> {
    let mine = touched(lines.iter());
    let mut meeting = BTreeSet::new();
    store::named(op.tx(), |named| {
        let meets = mine.contains(&named.unit_id) || named.other_unit.is_some_and(|other| mine.contains(&other));
        if named.plan_id != row.plan_id && meets {
            meeting.insert(named.plan_id);
        }
        Ok(())
    })?;
    let mut others = store::plans(op.tx())?;
    others.retain(|other| other.state == State::Signed.code() && meeting.contains(&other.plan_id));
    Ok(others)
}

/// Takes a signed plan back before its day.
///
/// # Errors
/// A refusal without a reason; a conflict when it is in force already.
pub fn withdraw(op: &mut Op<'_, '_>, id: Id<Plan>, reason: &str) -> Result<(), Problem> {
    let row = plan(op, id)?;
    if reason.is_empty() {
        return Err(Problem::field("reason", Said::new("plans-reason-empty")));
    }
    pass(op, &row, State::Withdrawn, reason)?;
    record(op, id, row.unit_id, "plan-withdrawn", &json!({ "reason": reason }));
    Ok(())
}

/// Drops a draft.
///
/// # Errors
/// A conflict when it is no draft any more.
pub fn drop_plan(op: &mut Op<'_, '_>, id: Id<Plan>) -> Result<(), Problem> {
    let row = plan(op, id)?;
    pass(op, &row, State::Dropped, "")?;
    record(op, id, row.unit_id, "plan-dropped", &json!({}));
    Ok(())
}

/// Makes a plan that could not be carried out a draft again, to be mended and signed anew.
///
/// # Errors
/// A conflict when it is not stuck.
pub fn reopen(op: &mut Op<'_, '_>, id: Id<Plan>) -> Result<(), Problem> {
    let row = plan(op, id)?;
    pass(op, &row, State::Draft, "")?;
    record(op, id, row.unit_id, "plan-reopened", &json!({}));
    Ok(())
}
