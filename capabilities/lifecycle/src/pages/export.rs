//! The list as a workbook: what the page lists, where the viewer may export.

use chibo_kernel::{Permission, Problem};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::ask::Ask;
use crate::scene::Scene;
use crate::sheets;
use crate::store::CaseRow;

/// Whether the viewer may take a case out of the program: on the unit or on what stood above it.
fn may_export(visit: &Visit<'_>, row: &CaseRow) -> bool {
    let may = |unit| visit.permit(Permission::Export, unit).is_ok();
    may(row.unit_id) || may(row.parent_id)
}

/// `GET /lifecycle/export.xlsx` with the query of the page.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let scene = Scene::seen(visit);
    let mut rows = ask.within(visit)?;
    rows.retain(|row| ask.fits(row, scene.today) && may_export(visit, row));
    let body = sheets::list(visit, &scene, &rows)?;
    if let Some(top) = ask.unit.or_else(|| rows.first().map(|row| row.parent_id)) {
        let detail = serde_json::json!({ "rows": rows.len() });
        visit.taken_out(top, "life-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("ho-so-to-chuc-{}.xlsx", scene.today.iso()), kind: XLSX, body })
}
