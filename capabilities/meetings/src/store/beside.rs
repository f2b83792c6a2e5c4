//! What stands beside a meeting: its short link, its postings, its files.

use chibo_kernel::{Day, Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A meeting by its short link.
    pub struct LinkRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// Meeting.
        meeting_no: u32,
    }
}

record! {
    /// Something announced or posted.
    pub struct PostingRow {
        /// 1, 2, 3 … within the meeting.
        posting_no: u32,
        /// 1 notice, 2 documents, 3 conclusion.
        what: u8,
        /// When.
        posted_at: Moment,
        /// Where, by which way.
        channel: String,
        /// Who wrote it down.
        recorded_by: String,
    }
}

record! {
    /// A file of a meeting.
    pub struct FileRow {
        /// 1, 2, 3 … within the meeting.
        file_no: u32,
        /// What it is called.
        title: String,
        /// Name in the files area.
        stored: String,
        /// SHA-256 of what was sealed.
        digest: String,
        /// Media type.
        media: String,
        /// Bytes of the content.
        bytes: i64,
        /// Taken out of the documents at.
        removed_at: Moment,
        /// Written down.
        recorded_at: Moment,
        /// By.
        recorded_by: String,
    }
}

queries! {
    /// Gives a meeting its short link, once.
    fn put_link(unit_id: Id<Unit>, meeting_no: u32, code: &str) -> run =
        "INSERT INTO meeting_link (unit_id, meeting_no, code) VALUES ($1, $2, $3)
         ON CONFLICT (unit_id, meeting_no) DO NOTHING";
    /// The short link of a meeting.
    fn link(unit_id: Id<Unit>, meeting_no: u32) -> one<String> =
        "SELECT code FROM meeting_link WHERE unit_id = $1 AND meeting_no = $2";
    /// The meeting of a short link.
    fn linked(code: &str) -> many<LinkRow> =
        "SELECT unit_id, meeting_no FROM meeting_link WHERE code = $1 ORDER BY unit_id, meeting_no";
    /// Adds a posting.
    fn add_posting(unit_id: Id<Unit>, meeting_no: u32, posting_no: u32, what: u8, posted_at: Moment, channel: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_posting (unit_id, meeting_no, posting_no, what, posted_at, channel, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Postings of a meeting, in the order they were written down.
    fn postings(unit_id: Id<Unit>, meeting_no: u32) -> many<PostingRow> =
        "SELECT posting_no, what, posted_at, channel, recorded_by FROM meeting_posting
         WHERE unit_id = $1 AND meeting_no = $2 ORDER BY posting_no";
    /// The day of the notice, where none was written yet.
    fn fill_noticed(unit_id: Id<Unit>, meeting_no: u32, noticed_on: Day) -> run =
        "UPDATE meeting SET noticed_on = $3
         WHERE unit_id = $1 AND meeting_no = $2 AND state = 1 AND noticed_on IS NULL";
    /// The day of the documents, where none was written yet.
    fn fill_documents(unit_id: Id<Unit>, meeting_no: u32, posted_documents: Day) -> run =
        "UPDATE meeting SET posted_documents = $3
         WHERE unit_id = $1 AND meeting_no = $2 AND state = 1 AND posted_documents IS NULL";
    /// The day of the conclusion, where none was written yet.
    fn fill_conclusion(unit_id: Id<Unit>, meeting_no: u32, posted_conclusion: Day) -> run =
        "UPDATE meeting SET posted_conclusion = $3
         WHERE unit_id = $1 AND meeting_no = $2 AND state = 1 AND posted_conclusion IS NULL";
    /// Adds a file.
    fn add_file(unit_id: Id<Unit>, meeting_no: u32, file_no: u32, title: &str, stored: &str, digest: &str, media: &str,
        bytes: i64, removed_at: Moment, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_file (unit_id, meeting_no, file_no, title, stored, digest, media, bytes, removed_at, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Files of a meeting, those taken out too.
    fn files(unit_id: Id<Unit>, meeting_no: u32) -> many<FileRow> =
        "SELECT file_no, title, stored, digest, media, bytes, removed_at, recorded_at, recorded_by FROM meeting_file
         WHERE unit_id = $1 AND meeting_no = $2 ORDER BY file_no";
    /// Takes a file out of the documents.
    fn remove_file(unit_id: Id<Unit>, meeting_no: u32, file_no: u32, now: Moment) -> run =
        "UPDATE meeting_file SET removed_at = $4
         WHERE unit_id = $1 AND meeting_no = $2 AND file_no = $3 AND removed_at > $4";
    /// Forgets the link of a meeting that never took place.
    fn drop_link(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_link WHERE unit_id = $1 AND meeting_no = $2";
    /// Forgets what was posted about a meeting that never took place.
    fn drop_postings(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_posting WHERE unit_id = $1 AND meeting_no = $2";
}
