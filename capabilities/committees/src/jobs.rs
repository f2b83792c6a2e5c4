//! Background work: the offices of somebody end on the day stated in a notice, without a decision (ORG-27).

use chibo_kernel::{Id, Problem, Unit, Viewer};
use chibo_store::jobs::{Handler, Running, Stop};

use crate::actions;

/// Kind of the job that ends offices.
pub const LEAVING: &str = "committee-leaving";

/// Every kind of job.
pub fn handlers() -> Vec<Handler> {
    vec![Handler { kind: LEAVING, run: leave }]
}

/// What the job needs to know, as JSON.
pub(crate) fn order(unit: Id<Unit>, leaving_no: u32) -> String {
    serde_json::json!({ "unit": unit.to_string(), "leaving": leaving_no }).to_string()
}

fn leave(running: &Running<'_>) -> Result<String, Stop> {
    let order: serde_json::Value = serde_json::from_str(&running.job.payload).map_err(Problem::fault)?;
    let unit: Id<Unit> = order["unit"].as_str().and_then(|unit| unit.parse().ok()).ok_or(Problem::NotFound)?;
    let leaving_no = order["leaving"].as_u64().and_then(|no| u32::try_from(no).ok()).ok_or(Problem::NotFound)?;
    // Whoever wrote the notice down was asked for permission then; the rule itself acts now.
    let viewer = Viewer { account: running.job.created_by, ..Viewer::program("ORG-27") };
    let ended = running.db.write(&viewer, |op| actions::end_by_notice(op, unit, leaving_no))?;
    Ok(serde_json::json!({ "offices": ended }).to_string())
}
