//! The job that puts a decision into force on its day, also when the program was not running at midnight.

use std::time::Duration;

use chibo_census::{Census, State};
use chibo_kernel::{Id, Problem, Viewer};
use chibo_store::jobs::{Handler, Running, Stop};

use crate::actions::{PROGRAM, come_into_force};
use crate::rules::CaseFile;

/// Kind of the job.
pub(crate) const FORCE: &str = "unit-life-force";
/// Pause between two looks at columns that are still being loaded.
const PAUSE: Duration = Duration::from_millis(200);

/// Every kind of job.
pub(crate) fn handlers() -> Vec<Handler> {
    vec![Handler { kind: FORCE, run }]
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let id: Id<CaseFile> = running.job.payload.parse().map_err(|_| Problem::fault("a job without its case"))?;
    let census = running.db.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    // After a start members are still being read: a unit would seem empty.
    while matches!(census.state(), State::Loading { .. }) {
        running.progress(0, 1, "")?;
        std::thread::sleep(PAUSE);
    }
    let done = running.db.write(&Viewer::program(PROGRAM), |op| come_into_force(op, id))?;
    Ok(serde_json::json!({ "done": done }).to_string())
}
