//! Bringing signed plans into force on their day.

use chibo_kernel::{Id, Problem, Viewer};
use chibo_store::jobs::{Handler, Running, Stop};
use serde::{Deserialize, Serialize};

use crate::actions;
use crate::rules::Plan;

/// Kind of the job.
pub const ENFORCE: &str = "restructuring-enforce";

/// What the job needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The plan.
    pub plan: String,
}

/// Every kind of job.
pub fn handlers() -> Vec<Handler> {
    vec![Handler { kind: ENFORCE, run }]
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let order: Order = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    let id: Id<Plan> = order.plan.parse().map_err(|_| Problem::NotFound)?;
    running.progress(0, 1, "")?;
    // Who signed was allowed to; that is in the log.
    let viewer = Viewer::program("chibo serve");
    match running.db.write(&viewer, |op| actions::enact(op, id)) {
        Ok(()) => {}
        // The rules refuse it by now: people have to look, the plan says so and is on their list.
        Err(Problem::Refused(issues)) => {
            running.db.write(&viewer, |op| actions::hold(op, id, issues.len()))?;
        }
        Err(other) => return Err(other.into()),
    }
    running.progress(1, 1, "")?;
    Ok(String::new())
}
