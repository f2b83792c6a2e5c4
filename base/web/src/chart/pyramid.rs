//! The age pyramid (tháp tuổi): two sides, the youngest band at the foot.

use super::draw::{self, Canvas, TARGET, clean, fit, widest};
use super::{Caption, Chart, ChartCell, ChartTable, Format, Width};

/// One age band with its two values.
#[derive(Debug, Clone, Default)]
pub struct AgeBand {
    /// The band, for example “18–30”.
    pub label: String,
    /// Values of the left and the right side.
    pub values: [f64; 2],
    /// Addresses of what the values count.
    pub hrefs: [Option<String>; 2],
}

/// Two sides of the same bands, on one scale.
pub struct Pyramid<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Names of the two sides, left and right.
    pub sides: [String; 2],
    /// Head of the table's first column.
    pub band_column: String,
    /// The bands, youngest first.
    pub bands: Vec<AgeBand>,
    /// How values are written.
    pub format: Format<'a>,
}

const PITCH: f64 = 28.0;
const HEAD: f64 = 26.0;
const GAP: f64 = 5.0;

impl Chart for Pyramid<'_> {
    fn svg(&self, width: Width) -> String {
        if self.bands.is_empty() {
            return draw::empty(width, &self.caption);
        }
        let most = self.bands.iter().flat_map(|band| band.values).map(clean).fold(0.0, f64::max);
        let write = |band: &AgeBand| band.values.map(|value| (self.format)(clean(value)));
        let texts: Vec<[String; 2]> = self.bands.iter().map(write).collect();
        let middle = (widest(self.bands.iter().map(|band| band.label.as_str())) + 16.0).min(width.px() * 0.3);
        let number = widest(texts.iter().flatten().map(String::as_str)) + GAP;
        let room = ((width.px() - middle) / 2.0 - number).max(20.0);
        let feet = [(width.px() - middle) / 2.0, f64::midpoint(width.px(), middle)];
        let mut canvas = Canvas::new(width, HEAD + PITCH * self.bands.len() as f64);
        let half = feet[0] - 4.0;
        canvas.text("v e", feet[0], 14.0, &fit(&self.sides[0], half));
        canvas.text("v", feet[1], 14.0, &fit(&self.sides[1], half));
        for (i, (band, texts)) in self.bands.iter().rev().zip(texts.iter().rev()).enumerate() {
            let top = HEAD + PITCH * i as f64;
            let base = top + PITCH / 2.0 + 4.5;
            canvas.text("m", width.px() / 2.0, base, &fit(&band.label, middle - 8.0));
            for side in [0, 1] {
                let long = if most > 0.0 { clean(band.values[side]) / most * room } else { 0.0 };
                let name = format!("{}, {}: {}", self.sides[side], band.label, texts[side]);
                let reach = (long + number).max(TARGET);
                let (start, hit) = if side == 0 { (feet[0] - long, feet[0] - reach) } else { (feet[1], feet[1]) };
                canvas.item(band.hrefs[side].as_deref(), &name, [hit, top, reach, PITCH], |canvas| {
                    canvas.rect(["f3", "f1"][side], start, top + 3.0, long, PITCH - 6.0);
                    let (class, x) = if side == 0 { ("v e", start - GAP) } else { ("v", start + long + GAP) };
                    canvas.text(class, x, base, &texts[side]);
                });
            }
        }
        canvas.finish(&self.caption)
    }

    fn table(&self) -> ChartTable {
        let row = |band: &AgeBand| {
            let cell =
                |side: usize| ChartCell::number((self.format)(clean(band.values[side])), band.hrefs[side].as_ref());
            vec![ChartCell::name(&band.label), cell(0), cell(1)]
        };
        let columns = vec![self.band_column.clone(), self.sides[0].clone(), self.sides[1].clone()];
        ChartTable { caption: self.caption.title.clone(), columns, rows: self.bands.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, rects, sum};
    use super::*;

    fn chart(values: &[[f64; 2]]) -> Pyramid<'static> {
        let band = |(i, values): (usize, &[f64; 2])| AgeBand {
            label: format!("{}–{}", 18 + i * 5, 22 + i * 5),
            values: *values,
            hrefs: [Some("/members?sex=m".into()), None],
        };
        let bands = values.iter().enumerate().map(band).collect();
        Pyramid {
            caption: caption(),
            sides: ["Nam".into(), "Nữ".into()],
            band_column: "Tuổi".into(),
            bands,
            format: &plain,
        }
    }

    #[test]
    fn both_sides_share_one_scale_and_the_youngest_stands_below() {
        let svg = chart(&[[100.0, 50.0], [25.0, 100.0]]).svg(Width::Wide);
        let (men, women) = (rects(&svg, "f3"), rects(&svg, "f1"));
        assert!((men[1][2] - women[0][2]).abs() < 0.2 && (men[1][2] - 4.0 * men[0][2]).abs() < 0.5);
        assert!(men[1][1] > men[0][1], "the youngest band is the lowest");
        assert!((men[0][0] + men[0][2] - (men[1][0] + men[1][2])).abs() < 0.2, "the left side ends at one line");
    }

    #[test]
    fn every_kind_of_pyramid_is_drawn_inside_its_box_and_the_total_is_kept() {
        let big = [[123_456_789.0, 98.0]; 9];
        for values in [&[][..], &[[0.0, 0.0]], &[[f64::NAN, -1.0], [3.0, 4.0]], &big] {
            let chart = chart(values);
            for width in [Width::Narrow, Width::Wide, Width::Full] {
                assert_sound(&chart.svg(width), width);
            }
            assert_eq!(sum(&chart.table()), values.iter().flatten().copied().map(clean).sum::<f64>());
        }
    }
}
