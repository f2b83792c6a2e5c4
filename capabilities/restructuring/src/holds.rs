//! What is kept about members: targets said one by one in plans, and moves that plans made.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[
    PersonRows::once(&["plan_id"], &[refers("restructuring_member", "person_id", &["plan_id", "person_id", "came"])]),
    PersonRows::once(
        &["plan_id"],
        &[refers("restructuring_moved", "person_id", &["plan_id", "person_id", "from_unit"])],
    ),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("plans-menu", ROWS);
