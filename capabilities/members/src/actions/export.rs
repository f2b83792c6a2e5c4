//! Taking members out: what leaves is noted before it leaves.

use chibo_kernel::{Id, Job, Permission, Problem, Unit};
use chibo_store::{Entry, Op};

/// What is noted of an export.
pub struct Order<'o> {
    /// The unit asked about, else one of the viewer's own.
    pub unit: Option<Id<Unit>>,
    /// The filter as it stood in the address.
    pub filter: &'o str,
    /// How many members.
    pub count: usize,
    /// Why sealed fields were opened; empty when they were not.
    pub reason: &'o str,
}

/// Notes an export.
pub fn record(op: &mut Op<'_, '_>, order: &Order<'_>) -> Result<(), Problem> {
    if let Some(unit) = order.unit {
        op.permit(Permission::Export, unit)?;
        if !order.reason.is_empty() {
            op.permit(Permission::RevealSecrets, unit)?;
        }
    }
    let stream = order.unit.or_else(|| op.viewer().account.map(Id::cast)).map_or([0; 16], |id| *id.bytes());
    let open = !order.reason.is_empty();
    let detail =
        serde_json::json!({ "count": order.count, "filter": order.filter, "opened": open, "reason": order.reason });
    let action = if open { "members-exported-open" } else { "members-exported" };
    op.record(Entry { stream, action, unit: order.unit, subject: None, detail: detail.to_string() });
    Ok(())
}

/// Notes an export and orders it to be written in the background.
pub fn order(op: &mut Op<'_, '_>, order: &Order<'_>, payload: &str) -> Result<Id<Job>, Problem> {
    record(op, order)?;
    op.enqueue(crate::jobs::EXPORT, payload, order.unit)
}
