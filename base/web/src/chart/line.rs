//! A line over time, with one marked day.

use super::draw::{self, Canvas, clean, fit, text_width, widest};
use super::{Caption, Chart, ChartCell, ChartTable, Format, Width};

/// One value at one time.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// Place on the time axis in any one unit (days, months, years), ascending.
    pub at: f64,
    /// The time in words, for the table and where no ticks are given.
    pub label: String,
    /// The value.
    pub value: f64,
    /// Address of what the value counts, for the table.
    pub href: Option<String>,
}

/// A time named on the axis or marked in the drawing.
#[derive(Debug, Clone, Default)]
pub struct Tick {
    /// Place on the time axis, in the unit of the points.
    pub at: f64,
    /// The time in words.
    pub label: String,
}

/// A value over time.
pub struct Line<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Heads of the table's two columns: time and value.
    pub columns: [String; 2],
    /// The values, ascending in time.
    pub points: Vec<Point>,
    /// Times to name on the axis, thinned out where they would touch; without any, the points' own labels.
    pub ticks: Vec<Tick>,
    /// One day to mark, for example that of a reorganisation.
    pub mark: Option<Tick>,
    /// How values are written.
    pub format: Format<'a>,
}

// room for the marked day and, below it, the last value
const TOP: f64 = 46.0;
const BOTTOM: f64 = 26.0;

/// The drawing's scales.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    base: f64,
    first: f64,
    span: f64,
    most: f64,
}

impl Plot {
    fn x(&self, at: f64) -> f64 {
        if self.span > 0.0 && at.is_finite() {
            self.left + ((at - self.first) / self.span).clamp(0.0, 1.0) * (self.right - self.left)
        } else {
            f64::midpoint(self.left, self.right)
        }
    }

    fn y(&self, value: f64) -> f64 {
        self.base - (clean(value) / self.most).min(1.0) * (self.base - self.top)
    }
}

/// A round step (1, 2 or 5 × a power of ten) that divides `most` into at most `lines` parts.
fn round_step(most: f64, lines: f64) -> f64 {
    let rough = (most / lines).max(f64::MIN_POSITIVE);
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= rough * 0.999_999);
    step.unwrap_or(rough)
}

impl Line<'_> {
    fn plot(&self, width: Width, height: f64) -> (Plot, Vec<f64>) {
        let values = self.points.iter().map(|point| clean(point.value));
        let most = values.fold(0.0, f64::max);
        let most = if most > 0.0 { most } else { 1.0 };
        let step = round_step(most, if width == Width::Narrow { 3.0 } else { 4.0 });
        let lines: Vec<f64> = (0..=(most / step).ceil() as u32).map(|i| f64::from(i) * step).collect();
        let texts: Vec<String> = lines.iter().map(|line| (self.format)(*line)).collect();
        let times = || self.points.iter().map(|point| point.at).filter(|at| at.is_finite());
        let first = times().fold(f64::INFINITY, f64::min);
        let last = times().fold(f64::NEG_INFINITY, f64::max);
        let plot = Plot {
            left: widest(texts.iter().map(String::as_str)) + 10.0,
            right: width.px() - 14.0,
            top: TOP,
            base: height - BOTTOM,
            first,
            span: if last > first { last - first } else { 0.0 },
            most: lines.last().copied().unwrap_or(most),
        };
        (plot, lines)
    }

    fn times(&self, canvas: &mut Canvas, width: Width, plot: &Plot) {
        let own: Vec<Tick>;
        let ticks = if self.ticks.is_empty() {
            own = self.points.iter().map(|point| Tick { at: point.at, label: point.label.clone() }).collect();
            &own
        } else {
            &self.ticks
        };
        let room = plot.right - plot.left;
        let each = widest(ticks.iter().map(|tick| tick.label.as_str())) + 14.0;
        let every = ((ticks.len() as f64 * each / room).ceil() as usize).max(1);
        for tick in ticks.iter().step_by(every) {
            let text = fit(&tick.label, room);
            let half = text_width(&text) / 2.0;
            let x = plot.x(tick.at).clamp(half, (width.px() - half).max(half));
            canvas.text("m", x, plot.base + 18.0, &text);
        }
    }

    fn mark(&self, canvas: &mut Canvas, plot: &Plot) {
        let Some(mark) = &self.mark else { return };
        let x = plot.x(mark.at);
        canvas.line("mark", (x, 18.0), (x, plot.base));
        let before = x > f64::midpoint(plot.left, plot.right);
        let room = if before { x - 6.0 } else { plot.right - x - 6.0 };
        let (class, at) = if before { ("e", x - 6.0) } else { ("", x + 6.0) };
        canvas.text(class, at, 12.0, &fit(&mark.label, room));
    }
}

impl Chart for Line<'_> {
    fn svg(&self, width: Width) -> String {
        let Some(last) = self.points.last() else { return draw::empty(width, &self.caption) };
        let mut canvas = Canvas::new(width, if width == Width::Full { 300.0 } else { 232.0 });
        let (plot, lines) = self.plot(width, canvas.height);
        for line in lines {
            let y = plot.y(line);
            canvas.line(if line > 0.0 { "axis" } else { "zero" }, (plot.left, y), (plot.right, y));
            canvas.text("e", plot.left - 8.0, y + 4.5, &(self.format)(line));
        }
        self.times(&mut canvas, width, &plot);
        self.mark(&mut canvas, &plot);
        // more points than pixels would only make the page heavier
        let every = (self.points.len() / width.px() as usize).max(1);
        let mut way: Vec<_> = self.points.iter().step_by(every).map(|p| (plot.x(p.at), plot.y(p.value))).collect();
        let end = (plot.x(last.at), plot.y(last.value));
        way.push(end);
        way.dedup();
        if way.len() > 1 {
            canvas.path("l1", &way);
        }
        canvas.dot(end.0, end.1);
        let text = (self.format)(clean(last.value));
        let x = (end.0 + 6.0).min(width.px()).max(text_width(&text));
        canvas.text("v e halo", x, end.1 - 11.0, &text);
        canvas.finish(&self.caption)
    }

    fn table(&self) -> ChartTable {
        let row = |p: &Point| {
            vec![ChartCell::name(&p.label), ChartCell::number((self.format)(clean(p.value)), p.href.as_ref())]
        };
        let rows = self.points.iter().map(row).collect();
        ChartTable { caption: self.caption.title.clone(), columns: self.columns.to_vec(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, sum};
    use super::*;

    fn chart(values: &[f64]) -> Line<'static> {
        let point = |(i, value): (usize, &f64)| {
            let at = 1930.0 + i as f64;
            Point { at, label: format!("{at}"), value: *value, href: None }
        };
        let points = values.iter().enumerate().map(point).collect();
        let mark = Some(Tick { at: 1931.5, label: "Sắp xếp 1/7/2025".into() });
        Line {
            caption: caption(),
            columns: ["Năm".into(), "Đảng viên".into()],
            points,
            ticks: vec![],
            mark,
            format: &plain,
        }
    }

    #[test]
    fn every_kind_of_series_is_drawn_inside_its_box() {
        let long: Vec<f64> = (0..2000).map(|i| f64::from(i) * 130.5).collect();
        for values in [&[][..], &[5.0], &[0.0, 0.0], &[f64::NAN, f64::INFINITY, 3.0], &[1e9, 2e9], &[0.1, 0.2], &long] {
            let chart = chart(values);
            for width in [Width::Narrow, Width::Wide, Width::Full] {
                assert_sound(&chart.svg(width), width);
            }
            assert_eq!(chart.table().rows.len(), values.len());
        }
    }

    #[test]
    fn the_table_keeps_the_values() {
        assert_eq!(sum(&chart(&[1.0, 2.5, 4.0]).table()), 7.5);
    }

    #[test]
    fn a_single_point_is_a_dot_and_no_line() {
        let svg = chart(&[12.0]).svg(Width::Wide);
        assert!(svg.contains("<circle") && !svg.contains("<path"));
    }

    #[test]
    fn axis_steps_are_round_and_reach_the_top() {
        for most in [1.0, 9.0, 13.0, 248_736.0, 0.03, 1e12] {
            let step = round_step(most, 4.0);
            let mantissa = step / 10f64.powf(step.log10().floor());
            assert!([1.0, 2.0, 5.0, 10.0].iter().any(|m| (mantissa - m).abs() < 1e-6), "{most}: {step}");
            assert!((most / step).ceil() <= 4.0, "{most}: {step}");
        }
    }
}
