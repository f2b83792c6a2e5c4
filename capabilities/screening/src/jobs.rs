//! Looking for flags over the whole register, every night and when asked.

use chibo_census::Census;
use chibo_kernel::{Problem, Viewer};
use chibo_store::Entry;
use chibo_store::jobs::{Handler, JobRow, Running, Stop, newest};
use chibo_web::SignalSources;
use serde::{Deserialize, Serialize};

use crate::actions;

/// Kind of the job.
pub const LOOK: &str = "screening-look";

/// What the job needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Who asked for it; empty for the nightly run.
    pub by: String,
}

/// Every kind of job.
pub(crate) fn handlers() -> Vec<Handler> {
    vec![Handler { kind: LOOK, run }]
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let order: Order = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    running.progress(0, 1, "")?;
    let (db, viewer) = (running.db, Viewer::program("chibo serve"));
    let lacks = || Problem::fault("no columns or no sources beside the data");
    let census = db.beside::<Census>().ok_or_else(lacks)?;
    let sources = db.beside::<SignalSources>().ok_or_else(lacks)?;
    let today = db.today();
    let seen = db.read(|tx| actions::look(tx, &census, today, &sources.0))?;
    let (found, closed) = db.write(&viewer, |op| {
        let (found, closed) = actions::note(op, &seen, &order.by)?;
        if let Some(unit) = running.job.unit_id {
            let detail = serde_json::json!({ "signals": seen.signals, "found": found, "closed": closed }).to_string();
            let (stream, unit) = (*unit.bytes(), Some(unit));
            op.record(Entry { stream, action: "screen-looked", unit, subject: None, detail });
        }
        Ok((found, closed))
    })?;
    let waits = |job: &JobRow| job.kind == LOOK && job.state == "waiting";
    if !db.read(|tx| newest(tx, 500))?.iter().any(waits) {
        db.write(&viewer, |op| actions::tonight(op, running.job.unit_id))?;
    }
    running.progress(1, 1, "")?;
    Ok(serde_json::json!({ "signals": seen.signals, "found": found, "closed": closed }).to_string())
}
