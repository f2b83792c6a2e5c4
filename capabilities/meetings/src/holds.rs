//! What is kept about members: seats on rolls, the chair, assignments, branches to attend.

use chibo_store::handover::{PersonRows, refers};
use chibo_web::PersonHold;

const ROWS: &[PersonRows] = &[
    PersonRows::once(
        &["unit_id", "meeting_no"],
        &[refers("meeting_roll", "member_id", &["unit_id", "meeting_no", "member_id"])],
    ),
    PersonRows::all(&[
        refers("meeting", "chair_id", &["unit_id", "meeting_no"]),
        refers("meeting", "secretary_id", &["unit_id", "meeting_no"]),
        refers("meeting_task", "member_id", &["unit_id", "task_id"]),
        refers("meeting_watcher", "member_id", &["unit_id", "watcher_no"]),
    ]),
];

/// The declaration.
pub(crate) const HOLD: PersonHold = PersonHold::new("meetings-menu", ROWS);
