//! Heat grid: rows × columns, the deeper the higher, the number in the cell where it fits.

use super::draw::{self, Canvas, TARGET, clean, fit, ink_on, text_width, widest};
use super::{Caption, Chart, ChartCell, ChartTable, Format, Width};

/// One cell; `None` is “no figure”, which is not zero.
#[derive(Debug, Clone, Default)]
pub struct HeatCell {
    /// The value, if there is one.
    pub value: Option<f64>,
    /// Address of what it counts.
    pub href: Option<String>,
}

/// One row of cells.
#[derive(Debug, Clone, Default)]
pub struct HeatRow {
    /// Name of the row.
    pub label: String,
    /// One cell per column; missing ones have no figure.
    pub cells: Vec<HeatCell>,
}

/// A grid of shaded cells.
pub struct Heat<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Head of the table's first column.
    pub name_column: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, in the order given.
    pub rows: Vec<HeatRow>,
    /// Values of the palest and the deepest shade, for example 0 and 100.
    pub range: (f64, f64),
    /// What stands where there is no figure, for example “–”.
    pub missing: String,
    /// How values are written.
    pub format: Format<'a>,
}

const PITCH: f64 = 28.0;
const HEAD: f64 = 22.0;

impl Heat<'_> {
    fn cell<'c>(&self, row: &'c HeatRow, column: usize) -> (Option<f64>, Option<&'c String>) {
        row.cells.get(column).map_or((None, None), |cell| (cell.value, cell.href.as_ref()))
    }

    fn text(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.missing.clone(), |value| (self.format)(clean(value)))
    }

    fn shade(&self, value: Option<f64>) -> &'static str {
        let Some(value) = value else { return "h0" };
        let (low, high) = self.range;
        let share = if high > low { (clean(value) - low) / (high - low) } else { 0.5 };
        ["h1", "h2", "h3", "h4", "h5"][(clean(share) * 5.0).min(4.0) as usize]
    }
}

impl Chart for Heat<'_> {
    fn svg(&self, width: Width) -> String {
        if self.rows.is_empty() || self.columns.is_empty() {
            return draw::empty(width, &self.caption);
        }
        let names = widest(self.rows.iter().map(|row| row.label.as_str())) + 10.0;
        let left = names.min(width.px() * 0.34);
        let wide = (width.px() - left) / self.columns.len() as f64;
        let every = ((widest(self.columns.iter().map(String::as_str)) + 4.0) / wide).ceil().max(1.0) as usize;
        let mut canvas = Canvas::new(width, HEAD + PITCH * self.rows.len() as f64);
        for (i, name) in self.columns.iter().enumerate().step_by(every) {
            let text = fit(name, width.px() - left);
            let half = text_width(&text) / 2.0;
            let x = (left + wide * (i as f64 + 0.5)).clamp(half, (width.px() - half).max(half));
            canvas.text("m", x, 14.0, &text);
        }
        for (i, row) in self.rows.iter().enumerate() {
            let top = HEAD + PITCH * i as f64;
            let base = top + PITCH / 2.0 + 4.5;
            canvas.item(None, &row.label, [0.0, top, left, PITCH], |canvas| {
                canvas.text("", 0.0, base, &fit(&row.label, left - 8.0));
            });
            for (j, column) in self.columns.iter().enumerate() {
                let (value, href) = self.cell(row, j);
                let (text, class, x) = (self.text(value), self.shade(value), left + wide * j as f64);
                let href = href.map(String::as_str).filter(|_| wide >= TARGET + 1.0);
                let hit = [x, top, wide - 1.0, PITCH - 1.0];
                canvas.item(href, &format!("{}, {column}: {text}", row.label), hit, |canvas| {
                    canvas.rect(class, x, top, wide - 1.0, PITCH - 1.0);
                    if text_width(&text) < wide - 2.0 {
                        canvas.text(&format!("m {}", ink_on(class)), x + wide / 2.0 - 0.5, base, &text);
                    }
                });
            }
        }
        canvas.finish(&self.caption)
    }

    fn table(&self) -> ChartTable {
        let row = |row: &HeatRow| {
            let cells = (0..self.columns.len()).map(|i| {
                let (value, href) = self.cell(row, i);
                ChartCell::number(self.text(value), href)
            });
            std::iter::once(ChartCell::name(&row.label)).chain(cells).collect()
        };
        let columns = std::iter::once(self.name_column.clone()).chain(self.columns.iter().cloned()).collect();
        ChartTable { caption: self.caption.title.clone(), columns, rows: self.rows.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, rects, sum};
    use super::*;

    fn chart(columns: usize, values: &[&[Option<f64>]]) -> Heat<'static> {
        let cell = |value: &Option<f64>| HeatCell { value: *value, href: Some("/meetings".into()) };
        let row =
            |v: &&[Option<f64>]| HeatRow { label: "Phường Sài Gòn".into(), cells: v.iter().map(cell).collect() };
        Heat {
            caption: caption(),
            name_column: "Đơn vị".into(),
            columns: (1..=columns).map(|i| format!("T{i}")).collect(),
            rows: values.iter().map(row).collect(),
            range: (0.0, 100.0),
            missing: "–".into(),
            format: &plain,
        }
    }

    #[test]
    fn shades_follow_the_range_and_no_figure_is_not_zero() {
        let svg = chart(4, &[&[Some(0.0), Some(50.0), Some(100.0), None]]).svg(Width::Wide);
        for class in ["h1", "h3", "h5", "h0"] {
            assert_eq!(rects(&svg, class).len(), 1, "{class}");
        }
        assert!(svg.contains("T4: –</title>"));
    }

    #[test]
    fn cells_too_narrow_for_a_finger_carry_no_link() {
        let cells = [Some(5.0); 12];
        assert!(!chart(12, &[&cells]).svg(Width::Narrow).contains("<a "));
        assert_eq!(chart(12, &[&cells]).svg(Width::Wide).matches("<a ").count(), 12);
    }

    #[test]
    fn every_kind_of_grid_is_drawn_inside_its_box_and_the_total_is_kept() {
        let cases: [(usize, Vec<&[Option<f64>]>); 4] = [
            (0, vec![]),
            (3, vec![&[]]),
            (2, vec![&[Some(f64::NAN), Some(-1.0)], &[Some(1e9)]]),
            (60, vec![&[Some(3.0), None, Some(4.0)]]),
        ];
        for (columns, rows) in cases {
            let chart = chart(columns, &rows);
            for width in [Width::Narrow, Width::Wide, Width::Full] {
                assert_sound(&chart.svg(width), width);
            }
            let expected: f64 = rows.iter().flat_map(|row| row.iter()).flatten().copied().map(clean).sum();
            assert_eq!(sum(&chart.table()), expected);
        }
    }
}
