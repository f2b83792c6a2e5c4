//! Two records of one person become one: what members do of it, refused while another capability keeps rows about the
//! record that goes, and the findings of both follow at once.

use chibo_kernel::{Day, Id, Problem, Said};
use chibo_members::actions::merge::{self as members, Merge, Merging};
use chibo_store::Op;
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
