//! What is kept about members: rows of parts, papers with their scans, names, supplements of a year. The index is confirmed of
//! a whole dossier; the sums follow.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

use crate::{actions, sums};

const ROWS: &[PersonRows] = &[
    PersonRows::once(&["item_id"], &[refers("dossier_item", "person_id", &["person_id", "item_id", "recorded_at"])]),
    PersonRows::once(
        &["code", "slot"],
        &[
            refers("dossier_paper", "person_id", &["person_id", "code", "slot", "recorded_at"]),
            refers("dossier_scan", "person_id", &["person_id", "code", "slot", "recorded_at"]),
        ],
    ),
    PersonRows::once(&[], &[refers("dossier_index", "person_id", &["person_id", "seq"])]),
    PersonRows::once(&[], &[refers("dossier_name", "person_id", &["person_id", "seq"])]),
    PersonRows::once(
        &["year"],
        &[refers("dossier_supplement", "person_id", &["person_id", "year", "step", "recorded_at"])],
    ),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold {
    sums: &["dossier_sum"],
    follow: Some(actions::sum_up),
    forget: Some(sums::forget),
    ..PersonHold::new("dossiers-menu", ROWS)
};
