//! Running the checks over the register, and again every night.

use chibo_kernel::{Problem, Viewer};
use chibo_store::Entry;
use chibo_store::jobs::{Handler, JobRow, Running, Stop, newest};
use serde::{Deserialize, Serialize};

use crate::{actions, reconcile};

/// Kind of the job.
pub const CHECK: &str = "quality-check";

/// What the job needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Who asked for it; empty for the nightly run.
    pub by: String,
}

/// Every kind of job.
pub fn handlers() -> Vec<Handler> {
    vec![Handler { kind: CHECK, run }, Handler { kind: reconcile::RECONCILE, run: reconcile::run }]
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let order: Order = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    running.progress(0, 1, "")?;
    let viewer = Viewer::program("chibo serve");
    let today = running.db.today();
    let told = |done: u64| running.live(done, done.max(1)).map_err(|_| Problem::Fault("cancelled".into()));
    let seen = running.db.read(|tx| actions::look(tx, today, told))?;
    let members = seen.members;
    let (found, closed) = running.db.write(&viewer, |op| {
        let unit = running.job.unit_id;
        let (found, closed) = actions::note(op, &seen, &order.by)?;
        if let Some(unit) = unit {
            let detail = serde_json::json!({ "members": members, "found": found, "closed": closed }).to_string();
            op.record(Entry {
                stream: *unit.bytes(),
                action: "quality-checked",
                unit: Some(unit),
                subject: None,
                detail,
            });
        }
        Ok((found, closed))
    })?;
    for file in running.db.write(&viewer, actions::reconcile::expire)? {
        drop(std::fs::remove_file(file));
    }
    let waits = |job: &JobRow| job.kind == CHECK && job.state == "waiting";
    if !running.db.read(|tx| newest(tx, 500))?.iter().any(waits) {
        running.db.write(&viewer, |op| actions::tonight(op, running.job.unit_id))?;
    }
    running.progress(1, 1, "")?;
    Ok(serde_json::json!({ "members": members, "found": found, "closed": closed }).to_string())
}
