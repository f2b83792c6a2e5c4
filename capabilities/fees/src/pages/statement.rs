//! The statement of a month for the branch meeting: printed and as a workbook (FEE-11).

use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_papers::document::{DOCX, Document, PDF, bound_pdf, to_docx, to_pdf};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::book::Loaded;
use super::book_read;
use super::overview::Ask;
use super::sums::Sums;
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

/// Of a book; `None` when nothing is written yet.
fn statement(visit: &Visit<'_>, loaded: &Loaded) -> Option<Statement> {
    let row = loaded.book.row.as_ref()?;
    Some(Statement {
        unit: loaded.units.name(loaded.unit),
        above: loaded.units.above(visit, loaded.unit),
        month: loaded.month,
        closed: row.closed,
        version: row.version,
        totals: totals_of(row),
        lines: book_read::named(visit, loaded).into_iter().map(|(name, line)| (name, line.clone())).collect(),
        made_on: visit.today(),
    })
}

fn load(visit: &Visit<'_>, how: &'static str) -> Result<(Statement, String), Problem> {
    let loaded = Loaded::of(visit)?;
    if !may_print(visit, loaded.unit) {
        return Err(Problem::Denied);
    }
    let statement = statement(visit, &loaded).ok_or(Problem::NotFound)?;
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

/// Most statements bound together.
const MOST: usize = 100;

/// `GET /fees/statements.pdf?unit=&month=`: the books of all branches of a committee, one after the other. Only what the
/// viewer may both read and take out.
pub(super) fn bound(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    if let Some(unit) = ask.unit {
        visit.permit(Permission::Export, unit)?;
    }
    let sums = Sums::of(visit, ask.month, Permission::Export)?;
    let lines = sums.branches(&sums.units.range(ask.unit));
    let readable = |unit: &Id<Unit>| visit.permit(Permission::ViewMembers, *unit).is_ok();
    let units: Vec<_> = lines.iter().filter(|line| line.sum.books > 0).map(|line| line.unit).filter(readable).collect();
    let Some(top) = ask.unit.or_else(|| units.first().copied()).filter(|_| !units.is_empty()) else {
        return Err(Problem::refuse(Said::new("fees-statements-none").with("month", ask.month.text())));
    };
    if units.len() > MOST {
        return Err(Problem::refuse(Said::new("fees-statements-many").with("most", MOST)));
    }
    let mut documents = Vec::with_capacity(units.len());
    for unit in units {
        let found = statement(visit, &Loaded::at(visit, unit, ask.month)?);
        documents.extend(found.map(|one| papers::statement(&one)));
    }
    let detail = serde_json::json!({ "month": ask.month.code(), "as": "pdf", "books": documents.len() });
    visit.taken_out(top, "fee-statement-printed", &detail)?;
    let body = bound_pdf(visit.w.t("fees-statements"), &documents, &chibo_web::fonts())?;
    Ok(Reply::File { name: format!("dang-phi-cac-chi-bo-{}.pdf", ask.month.code()), kind: PDF, body })
}
