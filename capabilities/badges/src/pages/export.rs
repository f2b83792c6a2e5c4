//! The roll as a workbook and as a printed list of proposals.

use chibo_kernel::{Permission, Problem};
use chibo_papers::document::{DOCX, PDF, to_docx, to_pdf};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::ask::Ask;
use super::roll::{Line, Roll};
use crate::{papers, sheets};

/// The lines the viewer may take out of the program.
fn lines<'r>(visit: &Visit<'_>, roll: &'r Roll, ask: &Ask) -> Vec<&'r Line> {
    let may = |line: &&Line| visit.who().system || visit.who().may_at(Permission::Export, line.place);
    roll.fitting(ask).into_iter().filter(may).collect()
}

fn record(visit: &Visit<'_>, ask: &Ask, lines: &[&Line], how: &'static str) -> Result<(), Problem> {
    let Some(top) = ask.unit.or_else(|| lines.first().map(|line| line.unit)) else { return Ok(()) };
    let detail = serde_json::json!({ "award": ask.award.on.iso(), "rows": lines.len(), "as": how });
    visit.taken_out(top, "badge-list-exported", &detail)
}

fn name(ask: &Ask, ending: &str) -> String {
    format!("huy-hieu-dang-{}.{ending}", ask.award.on.iso())
}

/// `GET /badges/export.xlsx` with the query of the page.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, terms) = Ask::read(visit)?;
    let roll = Roll::take(visit, &ask, &terms)?;
    let lines = lines(visit, &roll, &ask);
    let body = sheets::roll(visit, &ask, &roll, &lines)?;
    record(visit, &ask, &lines, "xlsx")?;
    Ok(Reply::File { name: name(&ask, "xlsx"), kind: XLSX, body })
}

/// `GET /badges/list.pdf` with the query of the page.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, document) = document(visit, "pdf")?;
    Ok(Reply::File { name: name(&ask, "pdf"), kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? })
}

/// `GET /badges/list.docx` with the query of the page.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, document) = document(visit, "docx")?;
    Ok(Reply::File { name: name(&ask, "docx"), kind: DOCX, body: to_docx(&document)? })
}

fn document(visit: &Visit<'_>, how: &'static str) -> Result<(Ask, chibo_papers::document::Document), Problem> {
    let (ask, terms) = Ask::read(visit)?;
    let roll = Roll::take(visit, &ask, &terms)?;
    let lines = lines(visit, &roll, &ask);
    let top = ask.unit.or_else(|| {
        roll.units
            .parts(visit, None)
            .first()
            .and_then(|place| roll.units.tree.parent(*place))
            .and_then(|place| roll.units.id(place))
    });
    let issuer = top.map_or_else(String::new, |unit| roll.units.name(unit));
    let superior = top.map_or_else(String::new, |unit| roll.units.above(visit, unit));
    let document = papers::proposals(&papers::Proposals {
        issuer,
        superior,
        award_on: ask.award.on,
        stand: ask.stand,
        made_on: visit.today(),
        rows: lines.iter().map(|line| papers::Row::of(line, roll.units.name(line.unit))).collect(),
    });
    record(visit, &ask, &lines, how)?;
    Ok((ask, document))
}
