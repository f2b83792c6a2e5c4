//! What is kept about members: candidates of acts, and what ended offices.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[PersonRows::all(&[
    refers("committee_choice", "person_id", &["unit_id", "act_no", "place"]),
    refers("committee_leaving", "person_id", &["unit_id", "leaving_no"]),
])];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("committees-menu", ROWS);
