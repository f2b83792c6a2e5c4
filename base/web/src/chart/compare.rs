//! Several values per name, as bars one below the other or one after the other.

use super::bars::Rows;
use super::draw::{self, Canvas, clean, fill, ink_on, text_width, widest};
use super::{Caption, Chart, ChartCell, ChartTable, Format, Width};

/// How the values of one row stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One below the other, to compare them: before and after.
    Beside,
    /// One after the other, where they add up to a whole.
    Stacked,
}

/// The values of one name.
#[derive(Debug, Clone, Default)]
pub struct CompareRow {
    /// The name.
    pub label: String,
    /// One value per series; missing ones count as zero.
    pub values: Vec<f64>,
    /// Address of what the row counts.
    pub href: Option<String>,
}

/// Several series over the same names.
pub struct Compare<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Head of the table's first column.
    pub name_column: String,
    /// Names of the series, at most six.
    pub series: Vec<String>,
    /// The rows, in the order given.
    pub rows: Vec<CompareRow>,
    /// How the values of a row stand to each other.
    pub layout: Layout,
    /// How values are written.
    pub format: Format<'a>,
}

const THIN: f64 = 16.0;
const THICK: f64 = 22.0;

impl Compare<'_> {
    fn value(&self, row: &CompareRow, series: usize) -> f64 {
        row.values.get(series).copied().map_or(0.0, clean)
    }

    fn total(&self, row: &CompareRow) -> f64 {
        (0..self.series.len()).map(|i| self.value(row, i)).sum()
    }

    /// The numbers that stand at the end of bars, to reserve room for them.
    fn ends(&self) -> Vec<String> {
        let values = self.rows.iter().flat_map(|row| match self.layout {
            Layout::Stacked => vec![self.total(row)],
            Layout::Beside => (0..self.series.len()).map(|i| self.value(row, i)).collect(),
        });
        values.map(|value| (self.format)(value)).collect()
    }

    fn name(&self, row: &CompareRow) -> String {
        let parts = self.series.iter().enumerate();
        let parts: Vec<String> =
            parts.map(|(i, name)| format!("{name} {}", (self.format)(self.value(row, i)))).collect();
        format!("{}: {}", row.label, parts.join("; "))
    }

    fn beside(&self, canvas: &mut Canvas, row: &CompareRow, rows: &Rows, y: f64, scale: f64) {
        for i in 0..self.series.len() {
            let (value, y) = (self.value(row, i), y + THIN * i as f64);
            canvas.rect(fill(i), rows.left, y, value * scale, THIN - 2.0);
            canvas.text("v", rows.left + value * scale + 6.0, y + 11.5, &(self.format)(value));
        }
    }

    fn stacked(&self, canvas: &mut Canvas, row: &CompareRow, rows: &Rows, y: f64, scale: f64) {
        let mut x = rows.left;
        for i in 0..self.series.len() {
            let value = self.value(row, i);
            let (long, text) = (value * scale, (self.format)(value));
            canvas.rect(fill(i), x, y, (long - 1.0).max(0.0), THICK);
            if text_width(&text) + 8.0 < long {
                canvas.text(&format!("m {}", ink_on(fill(i))), x + long / 2.0, y + THICK / 2.0 + 4.5, &text);
            }
            x += long;
        }
        canvas.text("v", x + 6.0, y + THICK / 2.0 + 4.5, &(self.format)(self.total(row)));
    }
}

impl Chart for Compare<'_> {
    fn svg(&self, width: Width) -> String {
        if self.rows.is_empty() || self.series.is_empty() {
            return draw::empty(width, &self.caption);
        }
        let most = self.rows.iter().map(|row| match self.layout {
            Layout::Stacked => self.total(row),
            Layout::Beside => (0..self.series.len()).map(|i| self.value(row, i)).fold(0.0, f64::max),
        });
        let most = most.fold(0.0, f64::max);
        let ends = self.ends();
        let rows =
            Rows::new(width, self.rows.iter().map(|r| r.label.as_str()), widest(ends.iter().map(String::as_str)));
        let scale = if most > 0.0 { rows.room / most } else { 0.0 };
        let thick = if self.layout == Layout::Stacked { THICK } else { THIN * self.series.len() as f64 };
        let pitch = rows.head() + thick + 12.0;
        let mut canvas = Canvas::new(width, 0.0);
        let head = draw::legend(&mut canvas, &self.series, 0.0);
        canvas.height = head + pitch * self.rows.len() as f64;
        for (i, row) in self.rows.iter().enumerate() {
            let top = head + pitch * i as f64;
            let y = top + rows.head() + 6.0;
            let hit = [0.0, top, width.px(), pitch];
            canvas.item(row.href.as_deref(), &self.name(row), hit, |canvas| {
                rows.label(canvas, width, &row.label, y, thick);
                match self.layout {
                    Layout::Beside => self.beside(canvas, row, &rows, y, scale),
                    Layout::Stacked => self.stacked(canvas, row, &rows, y, scale),
                }
            });
        }
        canvas.finish(&self.caption)
    }

    fn table(&self) -> ChartTable {
        let row = |row: &CompareRow| {
            let cells =
                (0..self.series.len()).map(|i| ChartCell::number((self.format)(self.value(row, i)), row.href.as_ref()));
            std::iter::once(ChartCell::name(&row.label)).chain(cells).collect()
        };
        let columns = std::iter::once(self.name_column.clone()).chain(self.series.iter().cloned()).collect();
        ChartTable { caption: self.caption.title.clone(), columns, rows: self.rows.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, rects, sum};
    use super::*;

    fn chart(layout: Layout, values: &[[f64; 2]]) -> Compare<'static> {
        let row = |(i, v): (usize, &[f64; 2])| CompareRow {
            label: format!("Loại hình {i}"),
            values: v.to_vec(),
            href: Some(format!("/units?kind={i}")),
        };
        let series = vec!["Trước 1/7/2025".into(), "Từ 1/7/2025".into()];
        let rows = values.iter().enumerate().map(row).collect();
        Compare { caption: caption(), name_column: "Loại hình".into(), series, rows, layout, format: &plain }
    }

    #[test]
    fn stacked_parts_add_up_to_the_bar_of_the_whole() {
        let svg = chart(Layout::Stacked, &[[30.0, 70.0], [100.0, 0.0]]).svg(Width::Wide);
        let (a, b) = (rects(&svg, "f3"), rects(&svg, "f1"));
        // [0] of each is the legend; a part is drawn one pixel short, as a seam
        let whole = a[2][2] + 1.0;
        assert!((a[1][2] + b[1][2] + 2.0 - whole).abs() < 0.3, "{a:?} {b:?}");
    }

    #[test]
    fn bars_beside_each_other_share_one_scale() {
        let svg = chart(Layout::Beside, &[[442.0, 168.0]]).svg(Width::Narrow);
        let (a, b) = (rects(&svg, "f3")[1][2], rects(&svg, "f1")[1][2]);
        assert!((a / b - 442.0 / 168.0).abs() < 0.02);
    }

    #[test]
    fn every_kind_of_comparison_is_drawn_inside_its_box_and_the_total_is_kept() {
        for layout in [Layout::Beside, Layout::Stacked] {
            for values in [&[][..], &[[0.0, 0.0]], &[[f64::NAN, -3.0], [1e12, 1.0]], &[[1.0, 2.0]; 40]] {
                let chart = chart(layout, values);
                for width in [Width::Narrow, Width::Wide, Width::Full] {
                    assert_sound(&chart.svg(width), width);
                }
                assert_eq!(sum(&chart.table()), values.iter().flatten().copied().map(clean).sum::<f64>());
            }
        }
    }

    #[test]
    fn a_missing_value_counts_as_zero() {
        let mut chart = chart(Layout::Beside, &[[4.0, 5.0]]);
        chart.rows[0].values.pop();
        assert_eq!(sum(&chart.table()), 4.0);
    }
}
