//! The list as a workbook and as a calendar file.

use chibo_kernel::{Day, Permission, Problem};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::found::{Ask, Found, Line};
use crate::calendar::{self, Entry};
use crate::sheets;

/// Entries of a calendar file at most: what no phone shows helps nobody.
const ENTRIES: usize = 500;

/// `GET /today/export.xlsx` with the query of the page: duties of units the viewer may export.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let mut lines = found.fitting(ask, visit.today());
    lines.retain(|(_, duty)| visit.permit(Permission::Export, duty.unit).is_ok());
    let body = sheets::list(visit, &found, &lines)?;
    recorded(visit, ask, "duty-list-exported", &lines)?;
    Ok(Reply::File { name: format!("viec-hom-nay-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}

/// `GET /today/calendar.ics` with the query of the page. Without names of people: the file leaves the program.
pub(super) fn calendar(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let mut lines = found.fitting(ask, visit.today());
    lines.retain(|(_, duty)| duty.due != Day::FOREVER);
    lines.truncate(ENTRIES);
    let entry = |(number, (source, duty)): (usize, &&Line)| Entry {
        due: duty.due,
        text: w.t2("today-entry", ("sort", w.t(source.title)), ("unit", found.units.name(duty.unit))),
        uid: format!("{}-{}-{}-{number}@chibo", source.name, duty.unit, duty.due.iso()),
    };
    let entries: Vec<_> = lines.iter().enumerate().map(entry).collect();
    let body = calendar::file(w.t("today-title"), visit.now, &entries).into_bytes();
    recorded(visit, ask, "duty-calendar-taken", &lines)?;
    Ok(Reply::File { name: "viec-hom-nay.ics".to_owned(), kind: "text/calendar; charset=utf-8", body })
}

fn recorded(visit: &Visit<'_>, ask: Ask, action: &'static str, lines: &[&Line]) -> Result<(), Problem> {
    let Some(top) = ask.unit.or_else(|| lines.first().map(|(_, duty)| duty.unit)) else { return Ok(()) };
    visit.taken_out(top, action, &serde_json::json!({ "rows": lines.len() }))
}
