//! The lists as workbooks: what the pages list, where the viewer may export.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::ask::Ask;
use super::concurrent::{Several, Together};
use super::survey::{Line, Survey};
use crate::sheets;

fn record(visit: &Visit<'_>, top: Option<Id<Unit>>, what: &str, rows: usize) -> Result<(), Problem> {
    let Some(top) = top else { return Ok(()) };
    let detail = serde_json::json!({ "day": visit.today().iso(), "list": what, "rows": rows });
    visit.taken_out(top, "committee-list-exported", &detail)
}

fn file(visit: &Visit<'_>, name: &str, body: Vec<u8>) -> Reply {
    Reply::File { name: format!("{name}-{}.xlsx", visit.today().iso()), kind: XLSX, body }
}

/// `GET /committees/export.xlsx` with the query of the page.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let survey = Survey::take(visit, ask.unit)?;
    let may =
        |line: &&Line| ask.fits(line) && (visit.who().system || visit.who().may_at(Permission::Export, line.place));
    let lines: Vec<&Line> = survey.lines.iter().filter(may).collect();
    let body = sheets::list(visit, &survey, &lines)?;
    record(visit, ask.unit.or_else(|| lines.first().map(|line| line.unit)), "committees", lines.len())?;
    Ok(file(visit, "cap-uy-nhiem-ky", body))
}

/// `GET /committees/concurrent.xlsx` with the query of the page.
pub(super) fn concurrent(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let together = Together::take(visit, ask)?;
    let may = |line: &&Several| line.offices.iter().all(|(unit, _)| visit.permit(Permission::Export, *unit).is_ok());
    let lines: Vec<&Several> = together.lines.iter().filter(may).collect();
    let body = sheets::concurrent(visit, &together, &lines)?;
    let top = lines.first().and_then(|line| line.offices.first()).map(|(unit, _)| *unit);
    record(visit, ask.unit.or(top), "concurrent", lines.len())?;
    Ok(file(visit, "kiem-nhiem", body))
}
