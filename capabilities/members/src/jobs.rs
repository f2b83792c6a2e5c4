//! Background work of members: large imports and large exports.

mod sealing;
pub use sealing::{SEAL, ask};

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chibo_kernel::{AsOf, Day, Id, Moment, Person, Problem, Unit, Viewer};
use chibo_store::jobs::{Handler, Running, Stop};
use chibo_web::words::Lang;
use serde::{Deserialize, Serialize};

use crate::actions::headings;
use crate::actions::import::{self, Confirmation};
use crate::sheets::export::{self, Export};
use crate::sheets::read::Branches;
use crate::store;

/// Kind of the job that confirms an import.
pub const IMPORT: &str = "member-import";
/// Kind of the job that writes an export.
pub const EXPORT: &str = "member-export";

/// Every kind of job.
pub fn handlers() -> Vec<Handler> {
    vec![
        Handler { kind: IMPORT, run: run_import },
        Handler { kind: EXPORT, run: run_export },
        Handler { kind: sealing::SEAL, run: sealing::run },
    ]
}

/// What an import job needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportOrder {
    /// The import.
    pub import: String,
    /// Whose name stands in the log.
    pub name: String,
    /// Subtrees whose branches rows may name; `None` is everywhere.
    pub units: Option<Vec<String>>,
    /// Rows to be written, for the progress.
    pub rows: u64,
}

/// What an export job needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportOrder {
    /// File with the identifiers, 16 bytes each, in the order of the rows.
    pub ids: String,
    /// Where the workbook goes.
    pub file: String,
    /// Day asked, as stored.
    pub day: i32,
    /// Knowledge asked, as stored.
    pub known: i64,
    /// English headings and codes.
    pub english: bool,
    /// With sealed fields opened.
    pub open: bool,
    /// Places of the columns wanted; empty for all.
    #[serde(default)]
    pub columns: Vec<usize>,
    /// Title and lines above the table.
    pub title: String,
    /// The same: label and value.
    pub lines: Vec<(String, String)>,
}

/// How a finished job is told: the problem that stopped it, or that somebody asked for it.
fn stopped(problem: Problem, cancelled: &AtomicBool) -> Stop {
    if cancelled.load(Ordering::Relaxed) { Stop::Cancelled } else { Stop::Problem(problem) }
}

/// Tells the progress of work inside a transaction; a wish to stop comes back as a problem.
fn tell(running: &Running<'_>, cancelled: &AtomicBool, done: u64, total: u64) -> Result<(), Problem> {
    match running.live(done, total) {
        Ok(()) => Ok(()),
        Err(Stop::Cancelled) => {
            cancelled.store(true, Ordering::Relaxed);
            Err(Problem::Fault("cancelled".into()))
        }
        Err(Stop::Problem(problem)) => Err(problem),
    }
}

fn run_import(running: &Running<'_>) -> Result<String, Stop> {
    let order: ImportOrder = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    let id: Id<store::Import> = order.import.parse().map_err(|_| Problem::NotFound)?;
    running.progress(0, order.rows, "")?;
    let cancelled = AtomicBool::new(false);
    let outcome = confirm(running, &order, id, &cancelled);
    match outcome {
        Ok(outcome) => {
            running.progress(order.rows, order.rows, "")?;
            Ok(serde_json::json!({ "members": outcome.members, "left-out": outcome.left_out }).to_string())
        }
        Err(problem) => {
            // Nothing was written: the file can be confirmed again.
            running.db.quiet_write(|tx| store::move_import(tx, id, "queued", "waiting", None, 0))?;
            Err(stopped(problem, &cancelled))
        }
    }
}

fn confirm(
    running: &Running<'_>,
    order: &ImportOrder,
    id: Id<store::Import>,
    cancelled: &AtomicBool,
) -> Result<import::Outcome, Problem> {
    let row = running.db.read(|tx| store::import(tx, id))?.ok_or(Problem::NotFound)?;
    if row.state == "confirmed" {
        // The machine stopped between writing and saying so.
        return Ok(import::Outcome { members: row.members as u64, left_out: 0 });
    }
    let forest = running.db.read(|tx| chibo_organisation::load_forest(tx, None))?;
    let units =
        order.units.as_ref().map(|units| units.iter().filter_map(|u| u.parse().ok()).collect::<Vec<Id<Unit>>>());
    let branches = Branches::of_forest(&forest, units.as_deref(), running.db.today());
    let progress = |done| tell(running, cancelled, done, order.rows);
    let mapping = running.db.read(|tx| headings::mapping_of(tx, *id.bytes()))?;
    let confirmation = Confirmation {
        import: id,
        path: Path::new(&row.file_path),
        name: &row.file_name,
        digest: &row.file_digest,
        unit: row.unit_id.ok_or(Problem::NotFound)?,
        branches: &branches,
        mapping: &mapping,
        progress: &progress,
    };
    // Whether this person may was checked when it was ordered; the log names him.
    let viewer =
        Viewer { account: running.job.created_by, name: order.name.clone(), system: true, ..Viewer::default() };
    let outcome = running.db.write(&viewer, |op| import::confirm(op, &confirmation))?;
    drop(std::fs::remove_file(&row.file_path));
    Ok(outcome)
}

fn run_export(running: &Running<'_>) -> Result<String, Stop> {
    let order: ExportOrder = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    let cancelled = AtomicBool::new(false);
    let written = write_export(running, &order, &cancelled);
    match written {
        Ok(count) => {
            drop(std::fs::remove_file(&order.ids));
            Ok(serde_json::json!({ "file": order.file, "members": count }).to_string())
        }
        Err(problem) => {
            drop(std::fs::remove_file(&order.file));
            let stop = stopped(problem, &cancelled);
            if matches!(stop, Stop::Cancelled) {
                drop(std::fs::remove_file(&order.ids));
            }
            Err(stop)
        }
    }
}

fn write_export(running: &Running<'_>, order: &ExportOrder, cancelled: &AtomicBool) -> Result<u64, Problem> {
    let bytes = std::fs::read(&order.ids).map_err(Problem::fault)?;
    let (ids, _) = bytes.as_chunks::<16>();
    let ids: Vec<Id<Person>> = ids.iter().map(|id| Id::from_bytes(*id)).collect();
    let forest = running.db.read(|tx| chibo_organisation::load_forest(tx, None))?;
    let out = std::io::BufWriter::new(std::fs::File::create(&order.file).map_err(Problem::fault)?);
    let export = Export {
        forest: &forest,
        at: AsOf { day: Day::from_number(order.day), known: Moment(order.known) },
        lang: if order.english { Lang::En } else { Lang::Vi },
        keys: order.open.then(|| running.db.keys()),
        about: chibo_papers::About { title: order.title.clone(), lines: order.lines.clone() },
        made: running.db.now(),
        columns: &order.columns,
    };
    let total = ids.len() as u64;
    let mut progress = |done| tell(running, cancelled, done, total);
    let (out, count) = running.db.read(|tx| export::write(tx, &export, &ids, out, &mut progress))?;
    out.into_inner().map_err(|error| Problem::fault(error.error()))?.sync_all().map_err(Problem::fault)?;
    Ok(count)
}
