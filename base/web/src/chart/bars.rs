//! Horizontal bars: one value per name, longest names above their bars where they would not fit beside.

use super::draw::{self, Canvas, clean, fit, text_width, widest};
use super::{Bar, Caption, Chart, ChartTable, Format, Width, two_columns};

/// Named values as horizontal bars, in the order given.
pub struct Bars<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Heads of the table's two columns: name and value.
    pub columns: [String; 2],
    /// The values.
    pub bars: Vec<Bar>,
    /// How values are written.
    pub format: Format<'a>,
}

/// Where names and bars stand, shared with the comparison bars.
pub(super) struct Rows {
    /// Names stand above their bars.
    pub above: bool,
    /// Left edge of the bars.
    pub left: f64,
    /// Room for the longest bar.
    pub room: f64,
}

impl Rows {
    /// `values` is the width reserved for the widest number to the right of the bars.
    pub fn new<'t>(width: Width, labels: impl Iterator<Item = &'t str>, values: f64) -> Self {
        let longest = widest(labels);
        let above = longest > width.px() * 0.36;
        let left = if above { 0.0 } else { longest + 10.0 };
        Self { above, left, room: (width.px() - left - values - 8.0).max(40.0) }
    }

    /// Draws the name of a row whose bars begin at `y` and are `thick` high in all.
    pub fn label(&self, canvas: &mut Canvas, width: Width, label: &str, y: f64, thick: f64) {
        if self.above {
            canvas.text("", 0.0, y - 5.0, &fit(label, width.px()));
        } else {
            canvas.text("e", self.left - 10.0, y + thick / 2.0 + 4.5, label);
        }
    }

    /// Height of a name that stands above.
    pub const fn head(&self) -> f64 {
        if self.above { 20.0 } else { 0.0 }
    }
}

impl Chart for Bars<'_> {
    fn svg(&self, width: Width) -> String {
        let most = self.bars.iter().map(|bar| clean(bar.value)).fold(0.0, f64::max);
        if self.bars.is_empty() {
            return draw::empty(width, &self.caption);
        }
        let texts: Vec<String> = self.bars.iter().map(|bar| (self.format)(clean(bar.value))).collect();
        let labels = self.bars.iter().map(|bar| bar.label.as_str());
        let rows = Rows::new(width, labels, widest(texts.iter().map(String::as_str)));
        let thick = if rows.above { 16.0 } else { 20.0 };
        let pitch = rows.head() + thick + 10.0;
        let mut canvas = Canvas::new(width, pitch * self.bars.len() as f64);
        for (i, (bar, text)) in self.bars.iter().zip(&texts).enumerate() {
            let top = pitch * i as f64;
            let y = top + rows.head() + 5.0;
            let long = if most > 0.0 { clean(bar.value) / most * rows.room } else { 0.0 };
            let hit = [0.0, top, width.px(), pitch];
            canvas.item(bar.href.as_deref(), &format!("{}: {text}", bar.label), hit, |canvas| {
                rows.label(canvas, width, &bar.label, y, thick);
                canvas.rect("f3", rows.left, y, long, thick);
                let at = (rows.left + long + 6.0).min(width.px() - text_width(text));
                canvas.text("v", at, y + thick / 2.0 + 4.5, text);
            });
        }
        canvas.finish(&self.caption)
    }

    fn table(&self) -> ChartTable {
        two_columns(&self.caption, &self.columns, &self.bars, self.format)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, sum};
    use super::*;

    fn chart(bars: Vec<Bar>) -> Bars<'static> {
        Bars { caption: caption(), columns: ["Loại hình".into(), "Đảng viên".into()], bars, format: &plain }
    }

    #[test]
    fn the_longest_bar_fills_the_room_and_others_are_in_proportion() {
        let svg = chart(vec![Bar::new("Một", 200.0), Bar::new("Hai", 50.0)]).svg(Width::Wide);
        let bars: Vec<f64> = super::super::check::rects(&svg, "f3").iter().map(|r| r[2]).collect();
        assert_eq!(bars.len(), 2);
        assert!((bars[0] - 4.0 * bars[1]).abs() < 0.3, "{bars:?}");
    }

    #[test]
    fn links_make_a_group_and_no_link_makes_an_image() {
        let plain = chart(vec![Bar::new("Một", 1.0)]).svg(Width::Narrow);
        assert!(plain.contains(r#"role="img""#) && !plain.contains("<a "));
        let linked = chart(vec![Bar::new("Một", 1.0).to("/members?kind=a&b=\"c\"")]).svg(Width::Narrow);
        assert!(linked.contains(r#"role="group""#));
        assert!(linked.contains(r#"<a href="/members?kind=a&amp;b=&quot;c&quot;" aria-label="Một: 1">"#));
    }

    #[test]
    fn a_huge_label_is_cut_in_the_drawing_and_whole_in_its_title() {
        let name = "Đảng bộ phường Tân Sơn Nhì và các đơn vị sự nghiệp công lập trực thuộc ".repeat(3);
        let svg = chart(vec![Bar::new(name.clone(), 7.0)]).svg(Width::Narrow);
        assert!(svg.contains('…') && svg.contains(&format!("<title>{name}: 7</title>")));
        assert_sound(&svg, Width::Narrow);
    }

    #[test]
    fn odd_input_is_drawn_soundly_and_the_table_keeps_every_row() {
        let odd = [vec![], vec![Bar::new("", 0.0)], vec![Bar::new("<b>&", f64::NAN), Bar::new("Âm", -4.0)]];
        for bars in odd {
            let chart = chart(bars);
            for width in [Width::Narrow, Width::Wide, Width::Full] {
                assert_sound(&chart.svg(width), width);
            }
            assert_eq!(chart.table().rows.len(), chart.bars.len());
            assert_eq!(sum(&chart.table()), 0.0);
        }
    }

    #[test]
    fn nothing_to_draw_is_said_in_words() {
        assert!(chart(vec![]).svg(Width::Wide).contains(">Không có số liệu</text>"));
    }
}
