//! What headings of spreadsheets stand for, of an import or remembered for an account.

use chibo_kernel::Moment;
use chibo_store::{queries, record};

record! {
    /// A heading with what it stands for.
    pub struct HeadingRow {
        /// As compared.
        heading: String,
        /// Key of a column; empty when it is not read.
        column_key: String,
    }
}

queries! {
    /// Everything said about an import or by an account.
    fn headings(about_id: &[u8]) -> many<HeadingRow> =
        "SELECT heading, column_key FROM heading_choice WHERE about_id = $1 ORDER BY heading";
    /// Forgets what was said of one heading.
    fn drop_heading(about_id: &[u8], heading: &str) -> run =
        "DELETE FROM heading_choice WHERE about_id = $1 AND heading = $2";
    /// Says what one heading stands for.
    fn add_heading(about_id: &[u8], heading: &str, column_key: &str, recorded_at: Moment) -> run =
        "INSERT INTO heading_choice (about_id, heading, column_key, recorded_at) VALUES ($1, $2, $3, $4)";
    /// The preview of a spreadsheet that still waits.
    fn set_preview(import_id: &[u8], preview: &str) -> run =
        "UPDATE member_import SET preview = $2 WHERE import_id = $1 AND state = 'waiting'";
}
