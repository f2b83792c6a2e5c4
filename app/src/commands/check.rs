//! `chibo check`: the invariants that must hold after every fault.

use chibo_kernel::Problem;

use super::Context;
use crate::check;

/// Runs every check; exit code 1 when one fails.
pub fn run(context: &Context) -> Result<u8, Problem> {
    let db = context.open()?;
    let found = check::run(&db)?;
    let failed = found.iter().filter(|c| !c.faults.is_empty()).count();
    if context.json {
        let list: Vec<_> = found
            .iter()
            .map(|c| serde_json::json!({ "id": c.id, "what": c.what, "seen": c.seen, "faults": c.faults }))
            .collect();
        println!("{}", serde_json::json!({ "checks": list, "failed": failed }));
    } else {
        for check in &found {
            let mark = if check.faults.is_empty() { "✓" } else { "✗" };
            println!("{mark} {:<4} {} ({})", check.id, check.what, check.seen);
            for fault in check.faults.iter().take(20) {
                println!("       {fault}");
            }
        }
    }
    Ok(u8::from(failed > 0))
}
