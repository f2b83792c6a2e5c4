//! Fees as workbooks.

use chibo_kernel::Problem;
use chibo_organisation::UnitsToday;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{BranchLine, Debt, Statement};
use crate::rules::Month;

fn start(visit: &Visit<'_>, title: String, columns: Vec<OutColumn>) -> Result<SheetWriter<Vec<u8>>, Problem> {
    let made = visit.made_by();
    let lines = vec![(visit.w.t("fees-made-by").to_owned(), made)];
    let layout = visit.layout(title.clone(), columns).about(About { title, lines });
    Ok(SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?)
}

/// Every branch of a month.
pub(crate) fn branches(
    visit: &Visit<'_>,
    units: &UnitsToday,
    month: Month,
    lines: &[BranchLine],
) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let number = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    let columns = vec![
        text("fees-unit").wide(40.0),
        text("fees-code"),
        text("fees-above").wide(40.0),
        text("fees-state").wide(16.0),
        number("fees-members"),
        number("fees-liable"),
        number("fees-payers"),
        number("fees-excused"),
        number("fees-silent"),
        number("fees-exempt"),
        number("fees-due").wide(16.0),
        number("fees-collected").wide(16.0),
        number("fees-back"),
        number("fees-ahead-sum"),
        number("fees-extra"),
    ];
    let mut writer = start(visit, w.t1("fees-title-month", "month", month.text()), columns)?;
    for line in lines {
        let totals = line.sum.totals;
        let state = match (line.sum.books, line.sum.closed) {
            (0, _) => w.t("fees-state-none"),
            (_, 0) => w.t("fees-state-open"),
            _ => w.t("fees-state-closed"),
        };
        writer.row(&[
            Out::Text(&units.name(line.unit)),
            Out::Text(units.code(line.unit)),
            Out::Text(&units.above(visit, line.unit)),
            Out::Text(state),
            Out::Whole(totals.members),
            Out::Whole(totals.liable),
            Out::Whole(totals.payers),
            Out::Whole(totals.excused),
            Out::Whole(totals.silent()),
            Out::Whole(totals.exempt),
            Out::Whole(totals.due),
            Out::Whole(totals.collected),
            Out::Whole(totals.back),
            Out::Whole(totals.ahead),
            Out::Whole(totals.extra),
        ])?;
    }
    Ok(writer.finish()?)
}

/// The book of a branch.
pub(crate) fn statement(visit: &Visit<'_>, paper: &Statement) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let number = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    let columns = vec![
        text("fees-member").wide(30.0),
        text("fees-for-month"),
        text("fees-state").wide(18.0),
        number("fees-due-column"),
        number("fees-amount"),
        text("fees-way").wide(20.0),
        text("fees-receipt").wide(16.0),
        text("fees-reason").wide(24.0),
        text("fees-note").wide(30.0),
    ];
    let title = w.t2("fees-book-of", ("unit", &paper.unit), ("month", paper.month.text()));
    let mut writer = start(visit, title, columns)?;
    for (name, line) in &paper.lines {
        writer.row(&[
            Out::Text(name),
            Out::Text(&line.month.text()),
            Out::Text(w.t(line.state.word())),
            Out::Whole(line.due),
            Out::Whole(line.amount),
            Out::Text(line.way.map_or("", |way| w.t(way.word()))),
            Out::Text(&line.receipt),
            Out::Text(line.reason.map_or("", |reason| w.t(reason.word()))),
            Out::Text(&line.note),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Members in arrears.
pub(crate) fn arrears(visit: &Visit<'_>, units: &UnitsToday, debts: &[Debt]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("fees-member").wide(30.0),
        text("fees-branch").wide(40.0),
        text("fees-above").wide(40.0),
        OutColumn::new(w.t("fees-months-silent"), OutKind::Whole),
        text("fees-months-which").wide(40.0),
        text("fees-months-excused").wide(40.0),
        OutColumn::new(w.t("fees-alert"), OutKind::Day),
    ];
    let mut writer = start(visit, w.t("fees-arrears").to_owned(), columns)?;
    let months = |all: &[Month]| all.iter().map(|month| month.text()).collect::<Vec<_>>().join(", ");
    for debt in debts {
        writer.row(&[
            Out::Text(&debt.name),
            Out::Text(&units.name(debt.unit)),
            Out::Text(&units.above(visit, debt.unit)),
            Out::Whole(i64::try_from(debt.debtor.silent.len()).unwrap_or(0)),
            Out::Text(&months(&debt.debtor.silent)),
            Out::Text(&months(&debt.debtor.excused)),
            debt.debtor.since.map_or(Out::Empty, Out::Day),
        ])?;
    }
    Ok(writer.finish()?)
}
