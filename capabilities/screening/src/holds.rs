//! What is kept about members: flags, grounds with their evidence, the course of each campaign, help given to others.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[
    PersonRows::once(&["rule"], &[refers("screening_flag", "person_id", &["person_id", "rule", "since", "seen_on"])]),
    PersonRows::once(
        &[],
        &[
            refers("screening_ground", "person_id", &["person_id", "seq"]),
            refers("screening_evidence", "person_id", &["person_id", "seq"]),
        ],
    ),
    PersonRows::once(
        &["campaign_id"],
        &[
            refers("screening_step", "person_id", &["person_id", "campaign_id", "seq"]),
            refers("screening_vote", "person_id", &["person_id", "campaign_id", "seq"]),
            refers("screening_route", "person_id", &["person_id", "campaign_id", "seq"]),
            refers("screening_decider", "person_id", &["person_id", "campaign_id", "seq"]),
            refers("screening_stand", "person_id", &["person_id", "campaign_id"]),
        ],
    ),
    PersonRows::all(&[refers("screening_step", "helper_id", &["person_id", "campaign_id", "seq"])]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("screening-menu", ROWS);
