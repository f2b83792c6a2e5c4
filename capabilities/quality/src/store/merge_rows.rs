//! Statements of rows that went along with a merge.

use chibo_kernel::{Id, Person, Problem};
use chibo_members::actions::merge::Merge;
use chibo_store::handover::Handed;
use chibo_store::{Param, Tx, queries, record};

record! {
    /// A row that went along or stayed.
    pub struct HandedRow { table_name: String, column_name: String, row_key: String, moved: u8 }
}

queries! {
    /// Notes rows.
    fn add_rows(person_id: Id<Person>, merge_id: Id<Merge>, row_no: i64, table_name: &str, column_name: &str,
        row_key: &str, moved: u8) -> bulk = "merge_row";
    /// Rows of a merge, in the order they went.
    fn rows_of(merge_id: Id<Merge>) -> many<HandedRow> =
        "SELECT table_name, column_name, row_key, moved FROM merge_row WHERE merge_id = $1 ORDER BY row_no";
}

/// Notes what became of every row of the record that went.
///
/// # Errors
/// Problems of the database.
pub fn note(tx: &mut Tx<'_>, gone: Id<Person>, merge: Id<Merge>, handed: &[Handed]) -> Result<(), Problem> {
    let numbers: Vec<(i64, u8)> = (1..).zip(handed.iter().map(|row| u8::from(row.moved))).collect();
    let rows = handed.iter().zip(&numbers).map(|(row, (no, moved))| {
        let (table, column, key) = (row.table.value(), row.column.value(), row.key.value());
        [gone.value(), merge.value(), no.value(), table, column, key, moved.value()]
    });
    add_rows(tx, rows).map(drop)
}

/// What became of every row of the record that went.
///
/// # Errors
/// Problems of the database.
pub fn noted(tx: &mut Tx<'_>, merge: Id<Merge>) -> Result<Vec<Handed>, Problem> {
    let rows = rows_of(tx, merge)?.into_iter();
    let handed = |row: HandedRow| Handed {
        table: row.table_name,
        column: row.column_name,
        key: row.row_key,
        moved: row.moved == 1,
    };
    Ok(rows.map(handed).collect())
}
