//! The statement of a month for the branch meeting: printed and as a workbook (FEE-11).

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_papers::document::{DOCX, Document, PDF, to_docx, to_pdf};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::book::Loaded;
use super::book_read;
use crate::actions::about_unit;
use crate::actions::books::totals_of;
use crate::rules::{Line, Month, Totals};
use crate::{papers, sheets};

/// What the statement is made of.
pub(crate) struct Statement {
    /// Whose.
    pub unit: String,
    /// The organisation above.
    pub above: String,
    /// The month.
    pub month: Month,
    /// Closed.
    pub closed: bool,
    /// The version.
    pub version: u32,
    /// The totals.
    pub totals: Totals,
    /// The lines with names.
    pub lines: Vec<(String, Line)>,
    /// Day of printing.
    pub made_on: chibo_kernel::Day,
}

/// Whoever keeps the book prints it, and whoever may take lists out.
pub(super) fn may_print(visit: &Visit<'_>, unit: Id<Unit>) -> bool {
    [Permission::EditMembers, Permission::Export].iter().any(|permission| visit.permit(*permission, unit).is_ok())
}

fn load(visit: &Visit<'_>, how: &'static str) -> Result<(Statement, String), Problem> {
    let loaded = Loaded::of(visit)?;
    if !may_print(visit, loaded.unit) {
        return Err(Problem::Denied);
    }
    let row = loaded.book.row.as_ref().ok_or(Problem::NotFound)?;
    let statement = Statement {
        unit: loaded.units.name(loaded.unit),
        above: loaded.units.above(visit, loaded.unit),
        month: loaded.month,
        closed: row.closed,
        version: row.version,
        totals: totals_of(row),
        lines: book_read::named(visit, &loaded).into_iter().map(|(name, line)| (name, line.clone())).collect(),
        made_on: visit.today(),
    };
    let (unit, detail) = (loaded.unit, serde_json::json!({ "month": loaded.month.code(), "as": how }));
    visit.write(|op| {
        about_unit(op, unit, "fee-statement-printed", &detail);
        Ok(())
    })?;
    let name = format!("dang-phi-chi-bo-{}.{how}", statement.month.code());
    Ok((statement, name))
}

fn document(visit: &Visit<'_>, how: &'static str) -> Result<(Document, String), Problem> {
    let (statement, name) = load(visit, how)?;
    Ok((papers::statement(&statement), name))
}

/// `GET /fees/units/{id}/statement.pdf?month=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (document, name) = document(visit, "pdf")?;
    Ok(Reply::File { name, kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? })
}

/// `GET /fees/units/{id}/statement.docx?month=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (document, name) = document(visit, "docx")?;
    Ok(Reply::File { name, kind: DOCX, body: to_docx(&document)? })
}

/// `GET /fees/units/{id}/statement.xlsx?month=`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (statement, name) = load(visit, "xlsx")?;
    Ok(Reply::File { name, kind: XLSX, body: sheets::statement(visit, &statement)? })
}
