//! What stops transfers goes along by its source. A record that is held under a source the other record has as well cannot go:
//! the hold would be left behind (TRF-05).

use chibo_kernel::{Id, Person, Problem, Said};
use chibo_store::Tx;
use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

use crate::rules::hold::stands;
use crate::store::holds;

const ROWS: &[PersonRows] = &[
    PersonRows::once(&["source"], &[refers("member_hold", "person_id", &["person_id", "source", "seq"])]),
    PersonRows::once(&["stay_id"], &[refers("member_stay", "person_id", &["person_id", "stay_id", "seq"])]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold { refuses: Some(refuses), ..PersonHold::new("members-holds", ROWS) };

/// Of every source the newer word of the same record holds: two words of one source of two records cannot be put in order.
fn refuses(tx: &mut Tx<'_>, [kept, gone]: [Id<Person>; 2]) -> Result<Option<Said>, Problem> {
    let own = holds::holds_of(tx, kept)?;
    let left: Vec<_> = holds::holds_of(tx, gone)?;
    let shared = left.iter().filter(|row| own.iter().any(|other| other.source == row.source));
    let held = stands(shared.map(|row| (row.source.as_str(), row.raised == 1)));
    Ok(held.then(|| Said::new("members-merge-held")))
}
