//! Candidates as a workbook.

use chibo_kernel::{Permission, Problem};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::{Ask, Found, Line};
use crate::sheets;

/// `GET /development/export.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let may = |line: &&Line| visit.who().system || visit.who().may_at(Permission::Export, line.place);
    let lines: Vec<&Line> = found.fitting(&ask, visit.today()).into_iter().filter(may).collect();
    let body = sheets::list(visit, &found, &lines)?;
    if let Some(top) = ask.unit.or_else(|| lines.first().map(|line| line.row.unit_id)) {
        let detail = serde_json::json!({ "rows": lines.len() });
        visit.taken_out(top, "candidate-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("phat-trien-dang-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
