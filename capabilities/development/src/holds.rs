//! What is kept about members: who a candidate became, who helps and introduces one, who he was before; the course of
//! recognition, of which a member has one.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[
    PersonRows::all(&[
        refers("candidate_step", "person_id", &["candidate_id", "seq"]),
        refers("candidate_help", "helper_id", &["candidate_id", "seq"]),
        refers("candidate_introducer", "introducer_id", &["candidate_id", "step_seq", "seq"]),
        refers("candidate_former", "former_id", &["candidate_id"]),
    ]),
    PersonRows::once(
        &[],
        &[
            refers("recognition_step", "person_id", &["person_id", "seq"]),
            refers("recognition_vote", "person_id", &["person_id", "seq"]),
            refers("recognition_paper", "person_id", &["person_id", "seq"]),
            refers("recognition_roll", "person_id", &["person_id", "seq"]),
        ],
    ),
    PersonRows::once(&[], &[refers("recognition_remark", "person_id", &["person_id", "seq"])]),
    PersonRows::once(&[], &[refers("admission_annulment", "person_id", &["person_id", "seq"])]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("development-menu", ROWS);
