//! What is kept about members: a card with its numbers, the numbers of a dossier, its loans, its loss; of each a member has one course
//! only.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

use crate::shelf;

const ROWS: &[PersonRows] = &[
    PersonRows::once(
        &[],
        &[
            refers("card_state", "person_id", &["person_id"]),
            refers("card_step", "person_id", &["person_id", "seq"]),
            refers("card_key", "person_id", &["key_hash"]),
        ],
    ),
    PersonRows::once(
        &[],
        &[refers("lot_number", "person_id", &["person_id", "seq"]), refers("lot_key", "person_id", &["file_number"])],
    ),
    PersonRows::once(
        &[],
        &[
            refers("file_loan", "person_id", &["person_id", "seq"]),
            refers("file_return", "person_id", &["person_id", "seq"]),
        ],
    ),
    PersonRows::once(&[], &[refers("file_lost", "person_id", &["person_id", "seq"])]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold { forget: Some(shelf::forget), ..PersonHold::new("cards-menu", ROWS) };
