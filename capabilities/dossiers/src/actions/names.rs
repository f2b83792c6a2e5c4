//! Changes of name with their paper and the committee's decision (EXI-16).

use chibo_kernel::{Day, Id, Permission, Person, Problem};
use chibo_store::Op;
use serde_json::json;

use super::{at_home, record};
use crate::rules::issue;
use crate::store;

/// A change of name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The name seen when it was asked for.
    pub seen: String,
    /// The new name.
    pub name: String,
    /// The civil-status paper that changed it.
    pub paper: String,
    /// Number of the committee's decision.
    pub decision: String,
    /// Day of the decision.
    pub on: Day,
}

/// Changes the name in the register and keeps the old one with its paper and decision (EXI-16).
///
/// # Errors
/// Every reason at once; a conflict when the name was changed meanwhile; absent when the member is out of reach.
pub fn rename(op: &mut Op<'_, '_>, person: Id<Person>, new: &Renaming) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let before = chibo_members::facts_of(op.tx(), person)?.ok_or(Problem::NotFound)?;
    if before.full_name != new.seen {
        return Err(Problem::Conflict(chibo_kernel::Said::new("dossiers-changed-since")));
    }
    let mut issues = Vec::new();
    for (field, text, key) in
        [("paper", &new.paper, "dossiers-paper-needed"), ("decision", &new.decision, "dossiers-decision-needed")]
    {
        if text.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            issues.push(issue(field, Some("EXI-16"), key));
        }
    }
    if new.on > op.today() {
        issues.push(issue("decided", None, "dossiers-day-to-come"));
    }
    if new.name.chars().filter(|c| c.is_alphabetic()).count() < 2 || new.name == before.full_name {
        issues.push(issue("name", Some("EXI-16"), "dossiers-name-needed"));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let old = chibo_members::actions::rename(op, person, &new.name)?;
    let seq = store::names_of(op.tx(), person)?.last().map_or(0, |row| row.seq) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_name(op.tx(), person, seq, &old, &new.name, new.on, &new.paper, &new.decision, now, &by)?;
    let detail =
        json!({ "from": old, "to": new.name, "paper": new.paper, "decision": new.decision, "on": new.on.iso() });
    record(op, person, unit, "dossier-name-changed", &detail);
    Ok(())
}
