//! A plan as a workbook.

use chibo_kernel::{Permission, Problem};
use chibo_store::Entry;
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::Bench;
use crate::sheets;

/// `GET /restructuring/{id}/export.xlsx`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    visit.permit(Permission::Export, bench.plan.unit_id)?;
    let body = sheets::plan(visit, &bench)?;
    let (stream, unit) = (*bench.plan.plan_id.bytes(), bench.plan.unit_id);
    let detail = serde_json::json!({ "lines": bench.lines.len() }).to_string();
    visit.record(Entry { stream, action: "plan-exported", unit: Some(unit), subject: Some(stream), detail })?;
    Ok(Reply::File { name: format!("phuong-an-{}.xlsx", bench.plan.effective_on.iso()), kind: XLSX, body })
}
