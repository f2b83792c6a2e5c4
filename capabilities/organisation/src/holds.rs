//! What is kept about members: offices; the line of one office in one unit stays whole.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[PersonRows::once(
    &["unit_id", "role"],
    &[refers("office", "person_id", &["unit_id", "person_id", "role", "recorded_at", "valid_from"])],
)];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("units-tab-people", ROWS);
