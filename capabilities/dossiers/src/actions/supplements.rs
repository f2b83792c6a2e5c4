//! Steps of the yearly supplement, of one member or a whole branch (DOS-04).

use chibo_kernel::{Day, Id, Moment, Permission, Person, Problem};
use chibo_store::Op;
use serde_json::json;

use super::{at_home, record};
use crate::rules::supplement::{Deed, Step, check};
use crate::store::{self, SupplementRow};

/// Believed steps of a year.
pub(crate) fn taken(rows: &[SupplementRow], year: i32) -> Vec<(Step, Day)> {
    let of = rows.iter().filter(|row| row.year == year && row.superseded_at == Moment::FOREVER);
    of.filter_map(|row| Some((Step::of(row.step)?, row.on_day))).collect()
}

/// Takes a step for these members; one refusal refuses all of them.
///
/// # Errors
/// Every reason with its rule; absent when one of the members is out of reach.
pub fn take_step(op: &mut Op<'_, '_>, persons: &[Id<Person>], deed: &Deed) -> Result<(), Problem> {
    let (now, by, forever, changed) = (op.now(), op.viewer().name.clone(), Moment::FOREVER, deed.text());
    // Ticked twice is ticked once.
    for person in persons.iter().collect::<std::collections::BTreeSet<_>>() {
        let unit = at_home(op, *person, Permission::EditMembers)?;
        let rows = store::supplements_of(op.tx(), *person)?;
        let issues = check(deed, &taken(&rows, deed.year), op.today());
        if !issues.is_empty() {
            return Err(Problem::Refused(issues));
        }
        let step = deed.step.number();
        store::supersede_supplement(op.tx(), *person, deed.year, step, now, forever)?;
        let (tx, note) = (op.tx(), deed.note.as_str());
        store::insert_supplement(tx, *person, deed.year, step, now, forever, unit, deed.on, &changed, note, &by)?;
        let detail = json!({ "year": deed.year, "step": deed.step.code(), "on": deed.on.iso(), "changed": changed });
        record(op, *person, unit, "dossier-supplement-step", &detail);
    }
    Ok(())
}
