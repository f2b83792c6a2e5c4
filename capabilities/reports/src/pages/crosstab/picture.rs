//! The table as a picture: the deeper the shade, the more members.

use chibo_members::dims::Names;
use chibo_web::chart::{Caption, Chart, Heat, HeatCell, HeatRow};
use chibo_web::words::Tongue;

use super::Answer;
use crate::rules::Face;

/// Larger tables make no picture.
const ROWS_MOST: usize = 40;
const COLS_MOST: usize = 24;

/// The drawing; nothing for tables too large or too small for one. The table stands above it, so it has no links.
pub(super) fn html(w: Tongue<'_>, answer: &Answer, names: &Names<'_>) -> String {
    let (question, grid) = (&answer.question, &answer.grid);
    let fits = grid.rows.len() <= ROWS_MOST && grid.cols.len() <= COLS_MOST;
    if !fits || grid.rows.len() < 2 || grid.cols.len() < 2 {
        return String::new();
    }
    let number = |value: f64| w.n(value as i64);
    let cell = |row: usize, col: usize| HeatCell {
        value: (answer.faces.at(row, col) == Face::Open).then(|| grid.cell(row, col) as f64),
        href: None,
    };
    let row = |(at, code): (usize, &u32)| HeatRow {
        label: question.rows.code_name(*code, names),
        cells: (0..grid.cols.len()).map(|col| cell(at, col)).collect(),
    };
    let heat = Heat {
        caption: Caption::new(w.t("reports-picture"), w.t("reports-picture-desc"), w.t("reports-no-members")),
        name_column: question.rows.name(w).to_owned(),
        columns: grid.cols.iter().map(|code| question.cols.code_name(*code, names)).collect(),
        rows: grid.rows.iter().enumerate().map(row).collect(),
        range: (0.0, grid.most() as f64),
        missing: w.t("reports-hidden").to_owned(),
        format: &number,
    };
    heat.drawings()
}
