//! What is kept about members: the way to each badge goes along as a whole.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] =
    &[PersonRows::once(&["years"], &[refers("badge_step", "person_id", &["person_id", "years", "seq"])])];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("badges-menu", ROWS);
