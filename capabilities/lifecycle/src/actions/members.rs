//! The list of members of an organisation to be founded (ORG-01, ORG-15, TRF-08).

use chibo_kernel::{Id, Permission, Person, Problem, Said};
use chibo_store::Op;
use serde_json::json;

use super::{record, save_state, stands_elsewhere};
use crate::file::File;
use crate::rules::{CaseFile, terms_on};
use crate::scene::Scene;
use crate::store;

/// Most people put on a list at once.
const MOST: usize = 2_000;

/// Puts members on the list of a case or takes them off. Whoever does so may post every one of them: the program moves
/// them once the founding comes into force.
///
/// # Errors
/// A conflict when the case was decided meanwhile.
pub fn list_members(op: &mut Op<'_, '_>, id: Id<CaseFile>, people: &[Id<Person>], listed: bool) -> Result<(), Problem> {
    let file = File::load(op.tx(), id)?;
    op.permit(Permission::EditUnits, file.plan.keeper())?;
    if !file.lists_members() || !file.row.phase()?.is_draft() {
        return Err(stands_elsewhere());
    }
    if people.is_empty() || people.len() > MOST {
        return Err(Problem::field("who", Said::new("lifecycle-nobody-chosen").with("most", MOST)));
    }
    let (today, now, by) = (op.today(), op.now(), op.viewer().name.clone());
    let rows = store::members_of(op.tx(), id)?;
    for person in people {
        let home = chibo_members::actions::home_of(op.tx(), *person, today)?;
        op.permit(Permission::EditMembers, home)?;
        if file.listed.contains_key(person) == listed {
            continue;
        }
        let seq = rows.iter().filter(|row| row.person_id == *person).map(|row| row.seq).max().unwrap_or(0) + 1;
        store::insert_member(op.tx(), *person, id, seq, listed, home, now, &by)?;
    }
    let file = File::load(op.tx(), id)?;
    let scene = Scene::within(op)?;
    let needs = file.course(&scene, &terms_on(today)?).needs;
    save_state(op, &file, &needs)?;
    let detail = json!({ "listed": listed, "count": people.len(), "members": file.listed.len() });
    record(op, &file, "life-members-listed", &detail);
    Ok(())
}
