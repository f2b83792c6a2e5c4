//! What is kept about members: cases, each with where it stands.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[PersonRows::all(&[
    refers("leaving_case", "person_id", &["case_id"]),
    refers("leaving_state", "person_id", &["case_id"]),
])];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("leaving-menu", ROWS);
