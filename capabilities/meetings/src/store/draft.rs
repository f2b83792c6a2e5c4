//! What is typed and not sent yet.

use chibo_kernel::{Account, Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// Something typed.
    pub struct DraftRow {
        /// The version of the meeting it was typed on.
        version: u32,
        /// The fields, sealed.
        typed: Vec<u8>,
        /// When.
        recorded_at: Moment,
    }
}

queries! {
    /// Keeps what is typed.
    fn put_draft(account_id: Id<Account>, unit_id: Id<Unit>, meeting_no: u32, version: u32, typed: &[u8],
        recorded_at: Moment) -> run =
        "INSERT INTO meeting_draft (account_id, unit_id, meeting_no, version, typed, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, unit_id, meeting_no) DO UPDATE SET version = excluded.version, typed = excluded.typed,
         recorded_at = excluded.recorded_at";
    /// What somebody typed last.
    fn draft(account_id: Id<Account>, unit_id: Id<Unit>, meeting_no: u32) -> one<DraftRow> =
        "SELECT version, typed, recorded_at FROM meeting_draft
         WHERE account_id = $1 AND unit_id = $2 AND meeting_no = $3";
    /// Forgets what was typed: it was sent.
    fn drop_draft(account_id: Id<Account>, unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_draft WHERE account_id = $1 AND unit_id = $2 AND meeting_no = $3";
    /// Forgets what was typed on a meeting that is closed or gone.
    fn drop_drafts(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_draft WHERE unit_id = $1 AND meeting_no = $2";
}
