//! What is kept about members: transfers, contact with the branch of residence, what stopped transfers before members kept it.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[
    PersonRows::all(&[refers("transfer", "person_id", &["transfer_id"])]),
    PersonRows::once(
        &["contact_id"],
        &[
            refers("transfer_contact", "person_id", &["person_id", "contact_id"]),
            refers("transfer_contact_end", "person_id", &["person_id", "contact_id"]),
            refers("transfer_remark", "person_id", &["person_id", "contact_id", "year", "seq"]),
        ],
    ),
    PersonRows::once(&[], &[refers("transfer_hold", "person_id", &["person_id", "seq"])]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("transfers-menu", ROWS);
