//! Two records of one person become one: what members do of it, refused while another capability keeps rows about the
//! record that goes, and the findings of both follow at once.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said};
use chibo_members::actions::home;
use chibo_members::actions::merge::{self as members, Merge, Merging};
use chibo_store::{Entry, Op};
use chibo_web::PersonHold;

use crate::rules::DOUBLES;
use crate::store;

/// Merges two records in one write; `holds` are what capabilities keep about members, with their names in the reader's
/// language.
///
/// # Errors
/// What merging refuses; a refusal while one of the holds has rows of the record that goes (DPD-33).
pub fn merge(op: &mut Op<'_, '_>, order: &Merging, holds: &[(PersonHold, String)]) -> Result<Id<Merge>, Problem> {
    let id = members::merge(op, order)?;
    let (kept, gone) = (order.kept.0, order.gone.0);
    let mut held = Vec::new();
    for (hold, title) in holds {
        if (hold.any)(op.tx(), gone)? {
            held.push(title.clone());
        }
    }
    if !held.is_empty() {
        let said = Said::new("quality-merge-held").with("what", held.join("; "));
        return Err(Problem::rule("DPD-33", said));
    }
    let today = op.today();
    store::close_all(op.tx(), gone, Day::FOREVER, today)?;
    for code in DOUBLES {
        store::close_code(op.tx(), kept, code, Day::FOREVER, today)?;
    }
    Ok(id)
}

/// Notes that two records with one name and birth are of two people: the checks say so no more.
///
/// # Errors
/// A refusal without a reason; absent out of reach of either home.
pub fn apart(op: &mut Op<'_, '_>, [one, other]: [Id<Person>; 2], reason: &str) -> Result<(), Problem> {
    let homes = [home(op, one)?, home(op, other)?];
    for unit in homes {
        op.permit(Permission::EditMembers, unit)?;
    }
    if one == other {
        return Err(Problem::rule("DPD-33", Said::new("members-merge-same")));
    }
    if reason.chars().count() < 5 {
        return Err(Problem::field("reason", Said::new("quality-apart-reason-short")));
    }
    let (now, today, by) = (op.now(), op.today(), op.viewer().name.clone());
    store::apart(op.tx(), one.min(other), one.max(other), now, &by, reason)?;
    for (person, beside, unit) in [(one, other, homes[0]), (other, one, homes[1])] {
        store::close_code(op.tx(), person, DOUBLES[0], Day::FOREVER, today)?;
        let detail = serde_json::json!({ "other": beside.to_string(), "reason": reason }).to_string();
        let (stream, subject) = (*person.bytes(), Some(*person.bytes()));
        op.record(Entry { stream, action: "quality-found-apart", unit: Some(unit), subject, detail });
    }
    Ok(())
}
