//! The rows of a spreadsheet that cannot be taken, with what is wrong, to be mended and brought again.

use std::ops::ControlFlow;
use std::path::Path;

use chibo_kernel::{Permission, Problem, Said};
use chibo_papers::RowState;
use chibo_web::{Reply, Visit, reply};

use super::{imports, units_with};
use crate::actions::headings;
use crate::sheets::read::{self, Branches, Reading};
use crate::sheets::refused::Refused;

/// `GET /members/imports/{id}/refused.xlsx`; while the file waits.
pub(super) fn file(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (row, _) = imports::load(visit)?;
    if row.state != "waiting" {
        return Err(Problem::Conflict(Said::new("members-import-not-waiting")));
    }
    let (units, everywhere) = units_with(visit, &[Permission::Import]);
    let within = (!everywhere).then_some(units.as_slice());
    let branches = Branches::of_forest(&visit.house.census.forest(), within, visit.today());
    let mapping = visit.read(|tx| headings::mapping_of(tx, *row.import_id.bytes()))?;
    let reading = Reading { branches: &branches, mapping: &mapping, today: visit.today() };
    let mut source = read::open(Path::new(&row.file_path), &row.file_name)?;
    let mut sheet = Refused::start(visit.w, visit.now)?;
    let mut failed = Ok(());
    read::walk(&mut source, reading, &mut |_| Ok(false), &mut |taken| {
        if taken.state == RowState::Refused {
            failed = sheet.row(visit.w, taken.cells, taken.issues);
        }
        if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed?;
    Ok(Reply::File { name: visit.w.t("members-refused-file").to_owned(), kind: reply::XLSX, body: sheet.finish()? })
}
