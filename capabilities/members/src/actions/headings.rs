//! What the headings of a spreadsheet stand for, as somebody said: kept with the import, remembered for the next file.

use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_papers::Mapping;
use chibo_store::{Op, Tx};

use crate::sheets::COLUMNS;
use crate::store::Import;
use crate::store::headings::{self, HeadingRow};

/// What was said about an import, or remembered for an account.
///
/// # Errors
/// Problems of the database.
pub fn mapping_of(tx: &mut Tx<'_>, about: [u8; 16]) -> Result<Mapping, Problem> {
    let mut mapping = Mapping::default();
    for HeadingRow { heading, column_key } in headings::headings(tx, &about)? {
        mapping.say(heading, column_key);
    }
    Ok(mapping)
}

/// Takes over for an import what is remembered for the account that brings it.
///
/// # Errors
/// Problems of the database.
pub fn remember(op: &mut Op<'_, '_>, import: Id<Import>) -> Result<(), Problem> {
    let Some(account) = op.viewer().account else { return Ok(()) };
    for row in headings::headings(op.tx(), account.bytes())? {
        say(op, *import.bytes(), &row.heading, &row.column_key)?;
    }
    Ok(())
}

fn say(op: &mut Op<'_, '_>, about: [u8; 16], heading: &str, column: &str) -> Result<(), Problem> {
    let now = op.now();
    headings::drop_heading(op.tx(), &about, heading)?;
    headings::add_heading(op.tx(), &about, heading, column, now).map(drop)
}

/// Says what the headings of an import that waits stand for (`(heading, key of a column)`, an empty key for a column that is
/// not read) and what it then looks like; the account's next files are read the same way.
///
/// # Errors
/// A refusal when two headings stand for one column; a conflict when the import waits no longer.
pub fn map_headings(
    op: &mut Op<'_, '_>,
    (import, unit): (Id<Import>, Id<Unit>),
    said: &[(String, String)],
    preview: &str,
) -> Result<(), Problem> {
    op.permit(Permission::Import, unit)?;
    if headings::set_preview(op.tx(), import.bytes(), preview)? == 0 {
        return Err(Problem::Conflict(Said::new("members-import-not-waiting")));
    }
    let account = op.viewer().account;
    for (heading, column) in said {
        if !column.is_empty() && !COLUMNS.iter().any(|known| known.key == column) {
            return Err(Problem::refuse(Said::new("members-bad-choice")));
        }
        say(op, *import.bytes(), heading, column)?;
        if let Some(account) = account {
            say(op, *account.bytes(), heading, column)?;
        }
    }
    Ok(())
}

/// Forgets an import's headings with the import.
///
/// # Errors
/// Problems of the database.
pub fn forget(op: &mut Op<'_, '_>, import: Id<Import>) -> Result<(), Problem> {
    for row in headings::headings(op.tx(), import.bytes())? {
        headings::drop_heading(op.tx(), import.bytes(), &row.heading)?;
    }
    Ok(())
}
