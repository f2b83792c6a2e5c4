//! Members with their dossiers as a workbook.

use chibo_kernel::{Permission, Problem};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::overview::{Ask, Found};
use crate::sheets;

/// `GET /dossiers/export.xlsx` with the query of the page.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (visit, ask) = (&*visit, Ask::read(visit)?);
    ask.unit.map_or(Ok(()), |unit| visit.permit(Permission::Export, unit))?;
    let found = Found::new(visit, Permission::Export)?;
    let members = found.members(found.units.range(ask.unit), ask.standing);
    let top = ask.unit.or_else(|| visit.who().units.first().copied());
    // Recorded before anything leaves the house.
    if let Some(unit) = top {
        let detail = serde_json::json!({ "rows": members.len(), "state": visit.query.get("state") });
        visit.taken_out(unit, "dossier-list-exported", &detail)?;
    }
    let body = sheets::list(visit, &found, &members)?;
    Ok(Reply::File { name: format!("ho-so-dang-vien-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
