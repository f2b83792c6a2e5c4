//! What is kept about members: the review of each campaign.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] =
    &[PersonRows::once(&["campaign_id"], &[refers("evaluation_subject", "person_id", &["unit_id", "subject_id"])])];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("evaluation-menu", ROWS);
