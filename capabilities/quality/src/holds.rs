//! What is kept about members: lines of comparisons with the national database.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] =
    &[PersonRows::all(&[refers("reconciliation_line", "person_id", &["reconciliation_id", "line_no"])])];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("quality-title", ROWS);
