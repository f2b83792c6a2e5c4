//! What is kept about members: what each case says of them.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] =
    &[PersonRows::once(&["case_id"], &[refers("lifecycle_member", "person_id", &["person_id", "case_id", "seq"])])];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("lifecycle-menu", ROWS);
