//! Refused rows as a workbook with the headings of an import and a last column that says what is wrong.

use chibo_kernel::{Moment, Problem};
use chibo_papers::{Cells, Format, Layout, Out, OutColumn, OutKind, RowIssue, SheetWriter};
use chibo_web::words::{Lang, Tongue};

use super::COLUMNS;

/// The workbook being written.
pub struct Refused(SheetWriter<Vec<u8>>);

impl Refused {
    /// With its headings.
    ///
    /// # Errors
    /// Faults of the writer.
    pub fn start(w: Tongue<'_>, made: Moment) -> Result<Self, Problem> {
        let heading = |column: &chibo_papers::Column| {
            let english = column.titles.last().copied().unwrap_or(column.key);
            OutColumn::new(if w.lang == Lang::Vi { column.title() } else { english }, OutKind::Text)
        };
        let mut columns: Vec<OutColumn> = COLUMNS.iter().map(heading).collect();
        columns.push(OutColumn::new(w.t("members-refused-row"), OutKind::Whole));
        columns.push(OutColumn::new(w.t("members-refused-why"), OutKind::Text).wide(80.0));
        let layout = Layout::new(w.t("members-refused-title"), columns);
        Ok(Self(SheetWriter::start(Format::Xlsx, layout, made, Vec::new())?))
    }

    /// A row as far as it could be read, its number in the file, and every reason.
    ///
    /// # Errors
    /// Faults of the writer.
    pub fn row(&mut self, w: Tongue<'_>, cells: &Cells, issues: &[RowIssue]) -> Result<(), Problem> {
        let shown = cells.shown();
        let why: Vec<String> = issues.iter().map(|issue| format!("{issue}: {}", w.said(&issue.said))).collect();
        let why = why.join(" ");
        let mut row: Vec<Out<'_>> = shown.iter().map(|text| Out::Text(text)).collect();
        row.push(Out::Whole(i64::from(cells.row())));
        row.push(Out::Text(&why));
        self.0.row(&row)?;
        Ok(())
    }

    /// The workbook's bytes.
    ///
    /// # Errors
    /// Faults of the writer.
    pub fn finish(self) -> Result<Vec<u8>, Problem> {
        Ok(self.0.finish()?)
    }
}
