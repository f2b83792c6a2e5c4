//! The comparison in the background: the file is read, results are written in chunks, the file is deleted.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chibo_kernel::{AsOf, Id, Moment, Places, Problem, Viewer};
use chibo_members::sheets::read::{self, Branches};
use chibo_store::jobs::{Running, Stop};
use chibo_store::{Db, Entry, Param};
use serde::{Deserialize, Serialize};

use super::walk::Beside;
use super::{Line, Outcome, People, compare};
use crate::store::reconciliations::{self as store, Reconciliation, ReconciliationRow};

/// Kind of the job.
pub(crate) const RECONCILE: &str = "quality-reconciliation";
/// Results written at once.
const CHUNK: usize = 1_000;

/// What the job needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The reconciliation.
    pub id: String,
    /// Whose name stands in the log.
    pub by: String,
}

pub(crate) fn run(running: &Running<'_>) -> Result<String, Stop> {
    let order: Order = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    let id: Id<Reconciliation> = order.id.parse().map_err(|_| Problem::NotFound)?;
    let row = running.db.read(|tx| store::one(tx, id))?.ok_or(Problem::NotFound)?;
    if row.state != "waiting" {
        return Ok("{}".to_owned());
    }
    running.progress(0, 0, "")?;
    let cancelled = AtomicBool::new(false);
    let outcome = walk(running, &row, &cancelled);
    let (state, outcome, stop) = match outcome {
        Ok(outcome) => ("done", outcome, None),
        Err(problem) => {
            running.db.quiet_write(|tx| store::clear(tx, id))?;
            let mut said = Outcome::default();
            if let Problem::Refused(issues) = &problem {
                for issue in issues {
                    let args =
                        issue.said.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
                    said.said.push((issue.said.key.to_owned(), args));
                }
            }
            let stop = if cancelled.load(Ordering::Relaxed) { Stop::Cancelled } else { Stop::Problem(problem) };
            ("failed", said, Some(stop))
        }
    };
    let facts = serde_json::to_string(&outcome).map_err(Problem::fault)?;
    let viewer = Viewer { account: running.job.created_by, name: order.by.clone(), ..Viewer::program("chibo serve") };
    running.db.write(&viewer, |op| {
        store::end(op.tx(), id, state, &facts)?;
        let detail = serde_json::json!({
            "file": row.file_name, "rows": outcome.rows, "same": outcome.same, "differ": outcome.differ,
            "here": outcome.here, "there": outcome.there, "doubtful": outcome.doubtful, "state": state,
        });
        op.record(Entry {
            stream: *row.unit_id.bytes(),
            action: "quality-reconciled",
            unit: Some(row.unit_id),
            subject: Some(*id.bytes()),
            detail: detail.to_string(),
        });
        Ok(())
    })?;
    drop(std::fs::remove_file(&row.file_path));
    match stop {
        Some(stop) => Err(stop),
        None => Ok(serde_json::json!({ "rows": outcome.rows }).to_string()),
    }
}

fn walk(running: &Running<'_>, row: &ReconciliationRow, cancelled: &AtomicBool) -> Result<Outcome, Problem> {
    let (db, id, today) = (running.db, row.reconciliation_id, running.db.today());
    db.quiet_write(|tx| store::clear(tx, id))?;
    let mut source = read::open(Path::new(&row.file_path), &row.file_name)?;
    let forest = db.read(|tx| chibo_organisation::load_forest(tx, None))?;
    let places = forest.today(today);
    debug_assert!(!forest.tree(AsOf::on(today)).is_empty());
    let span = places.span(row.unit_id).ok_or(Problem::NotFound)?;
    let branches = Branches::of_forest(&forest, None, today);
    let mut writer = Writer { db, id, next: 0, lines: Vec::with_capacity(CHUNK) };
    let outcome = db.read(|tx| {
        let inside = |unit| forest.no(unit).and_then(|no| places.place(no)).is_some_and(|place| span.contains(&place));
        let mut people = People::read(tx, today, inside)?;
        let beside = Beside { keys: db.keys(), branches: &branches, today };
        let mut progress = |done| {
            running.progress(done, 0, "").map_err(|stop| match stop {
                Stop::Problem(problem) => problem,
                Stop::Cancelled => {
                    cancelled.store(true, Ordering::Relaxed);
                    Problem::fault("cancelled")
                }
            })
        };
        compare(tx, &mut source, &beside, &mut people, &mut |line| writer.take(line), &mut progress)
    })?;
    writer.flush()?;
    // A file without a heading has said so; it is no comparison.
    if outcome.rows == 0 {
        return Err(Problem::refuse(chibo_kernel::Said::new("quality-reconcile-no-rows")));
    }
    Ok(outcome)
}

struct Writer<'d> {
    db: &'d Db,
    id: Id<Reconciliation>,
    next: i64,
    lines: Vec<Line>,
}

impl Writer<'_> {
    fn take(&mut self, line: Line) -> Result<(), Problem> {
        self.lines.push(line);
        if self.lines.len() == CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Problem> {
        let (id, first, lines) = (self.id, self.next, std::mem::take(&mut self.lines));
        self.next += i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let numbered: Vec<_> = (first..).zip(&lines).collect();
        let forever = Moment::FOREVER;
        self.db.quiet_write(|tx| {
            let rows = numbered.iter().map(|(no, line)| {
                [
                    id.value(),
                    no.value(),
                    chibo_store::Value::Text(line.kind),
                    chibo_store::Value::Text(line.field),
                    line.person.value(),
                    line.unit.value(),
                    line.version.value(),
                    line.row.value(),
                    line.name.value(),
                    line.here.value(),
                    line.there.value(),
                    forever.value(),
                ]
            });
            store::bulk_lines(tx, rows).map(drop)
        })
    }
}
