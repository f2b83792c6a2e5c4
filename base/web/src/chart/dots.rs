//! A map of dots from coordinates: no tiles, no outline, only where things are. What a dot is says its shape and its
//! colour together; links lie over squares large enough for a finger, so that dots may lie as close as they are.

use std::collections::BTreeMap;

use super::draw::{self, Canvas, fill, fit, text_width};
use super::{Caption, Chart, ChartCell, ChartTable, Width};

/// More dots than this are drawn as one mark for each square.
const SINGLE: usize = 2_000;
/// Side of a square, CSS pixels: no smaller than a link may be.
const CELL: f64 = 26.0;
/// White around the dots.
const EDGE: f64 = 8.0;

/// One thing at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// Latitude, millionths of a degree.
    pub lat: i32,
    /// Longitude, millionths of a degree.
    pub lon: i32,
    /// Which of the series it belongs to.
    pub series: usize,
    /// Its name.
    pub label: String,
    /// Address of its own page.
    pub href: Option<String>,
}

/// A series with the address of everything in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DotSeries {
    /// Its name.
    pub name: String,
    /// Address of its list.
    pub href: Option<String>,
}

/// A part of the map: the smallest and the largest latitude and longitude of the dots in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Smallest and largest latitude.
    pub lat: (i32, i32),
    /// Smallest and largest longitude.
    pub lon: (i32, i32),
}

/// Dots on a map.
pub struct DotMap<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Heads of the table's two columns: series and number.
    pub columns: [String; 2],
    /// The series, at most six.
    pub series: Vec<DotSeries>,
    /// The dots, in any order.
    pub dots: Vec<Dot>,
    /// Address of the list of what lies in a part of the map.
    pub part: &'a (dyn Fn(Part) -> String + 'a),
    /// How numbers are written.
    pub format: super::Format<'a>,
}

/// From degrees to pixels: one degree of longitude is shorter the farther from the equator.
struct Scale {
    left: i32,
    top: i32,
    across: f64,
    down: f64,
    height: f64,
}

impl Scale {
    fn of(dots: &[Dot], width: Width) -> Option<Self> {
        let (left, right) = (dots.iter().map(|dot| dot.lon).min()?, dots.iter().map(|dot| dot.lon).max()?);
        let (low, top) = (dots.iter().map(|dot| dot.lat).min()?, dots.iter().map(|dot| dot.lat).max()?);
        let middle = f64::midpoint(f64::from(low), f64::from(top)) / 1e6;
        let narrow = middle.to_radians().cos().max(0.1);
        // A single dot, or several in one spot, lie in the middle of a kilometre.
        let wide = ((f64::from(right) - f64::from(left)) * narrow).max(10_000.0);
        let high = (f64::from(top) - f64::from(low)).max(10_000.0);
        let room = width.px() - 2.0 * EDGE;
        let most = if width == Width::Full { 620.0 } else { 460.0 };
        let down = (room / wide).min(most / high);
        Some(Self { left, top, across: down * narrow, down, height: high * down + 2.0 * EDGE })
    }

    fn at(&self, dot: &Dot) -> (f64, f64) {
        let x = (f64::from(dot.lon) - f64::from(self.left)) * self.across;
        let y = (f64::from(self.top) - f64::from(dot.lat)) * self.down;
        (x + EDGE, y + EDGE)
    }
}

/// The outline of a mark of a series: circle, square, triangle, diamond, cross, triangle upside down.
fn shape(series: usize, (x, y): (f64, f64), r: f64) -> Vec<(f64, f64)> {
    let around = |points: &[(f64, f64)]| points.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect();
    match series % 6 {
        0 => around(&[
            (0.4, -0.95),
            (0.95, -0.4),
            (0.95, 0.4),
            (0.4, 0.95),
            (-0.4, 0.95),
            (-0.95, 0.4),
            (-0.95, -0.4),
            (-0.4, -0.95),
        ]),
        1 => around(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]),
        2 => around(&[(0.0, -1.0), (1.0, 0.85), (-1.0, 0.85)]),
        3 => around(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]),
        4 => around(&[
            (-0.35, -1.0),
            (0.35, -1.0),
            (0.35, -0.35),
            (1.0, -0.35),
            (1.0, 0.35),
            (0.35, 0.35),
            (0.35, 1.0),
            (-0.35, 1.0),
            (-0.35, 0.35),
            (-1.0, 0.35),
            (-1.0, -0.35),
            (-0.35, -0.35),
        ]),
        _ => around(&[(-1.0, -0.85), (1.0, -0.85), (0.0, 1.0)]),
    }
}

/// The dots of one square.
#[derive(Default)]
struct Square<'d> {
    dots: Vec<&'d Dot>,
}

impl Square<'_> {
    fn counts(&self, series: usize) -> Vec<usize> {
        let mut counts = vec![0; series];
        for dot in &self.dots {
            if let Some(count) = counts.get_mut(dot.series) {
                *count += 1;
            }
        }
        counts
    }

    fn part(&self) -> Part {
        let first = self.dots.first().map_or((0, 0), |dot| (dot.lat, dot.lon));
        let start = Part { lat: (first.0, first.0), lon: (first.1, first.1) };
        self.dots.iter().fold(start, |part, dot| Part {
            lat: (part.lat.0.min(dot.lat), part.lat.1.max(dot.lat)),
            lon: (part.lon.0.min(dot.lon), part.lon.1.max(dot.lon)),
        })
    }
}

impl DotMap<'_> {
    /// Names with their marks, in as many lines as they need; gives the height used.
    fn legend(&self, canvas: &mut Canvas) -> f64 {
        let room = canvas.width.px();
        let (mut x, mut y) = (0.0, 0.0);
        for (no, series) in self.series.iter().enumerate() {
            let text = fit(&series.name, room - 20.0);
            let wide = 18.0 + text_width(&text);
            if x > 0.0 && x + wide > room {
                (x, y) = (0.0, y + 20.0);
            }
            canvas.path(fill(no), &shape(no, (x + 6.0, y + 9.0), 6.0));
            canvas.text("", x + 17.0, y + 13.0, &text);
            x += wide + 16.0;
        }
        y + 28.0
    }

    /// What a square holds, in words.
    fn name(&self, square: &Square<'_>, counts: &[usize]) -> String {
        if let [only] = square.dots.as_slice() {
            let state = self.series.get(only.series).map_or("", |series| series.name.as_str());
            return format!("{}: {state}", only.label);
        }
        let parts = self.series.iter().zip(counts).filter(|(_, count)| **count > 0);
        let parts: Vec<String> =
            parts.map(|(series, count)| format!("{} {}", series.name, (self.format)(*count as f64))).collect();
        parts.join("; ")
    }

    fn href(&self, square: &Square<'_>) -> Option<String> {
        match square.dots.as_slice() {
            [only] => only.href.clone(),
            _ => Some((self.part)(square.part())),
        }
    }

    /// One mark for a square: the shape of what is most there, the larger the more, with the number where it fits.
    fn cluster(&self, canvas: &mut Canvas, counts: &[usize], (x, y): (f64, f64)) {
        let all: usize = counts.iter().sum();
        let most = counts.iter().enumerate().max_by_key(|(no, count)| (**count, std::cmp::Reverse(*no)));
        let Some((series, _)) = most.filter(|(_, count)| **count > 0) else { return };
        let r = (4.0 + (all as f64).sqrt()).min(CELL / 2.0);
        canvas.path(fill(series), &shape(series, (x, y), r));
    }
}

impl Chart for DotMap<'_> {
    fn svg(&self, width: Width) -> String {
        let Some(scale) = Scale::of(&self.dots, width) else { return draw::empty(width, &self.caption) };
        let mut canvas = Canvas::new(width, 0.0);
        let head = self.legend(&mut canvas);
        let columns = (width.px() / CELL).floor().max(1.0);
        let lines = (scale.height / CELL).ceil().max(1.0);
        canvas.height = head + lines * CELL;
        // By line and column, so that a keyboard goes over the map as one reads.
        let mut squares: BTreeMap<(u32, u32), Square<'_>> = BTreeMap::new();
        for dot in &self.dots {
            let (x, y) = scale.at(dot);
            let column = (x / CELL).floor().clamp(0.0, columns - 1.0) as u32;
            let line = (y / CELL).floor().clamp(0.0, lines - 1.0) as u32;
            squares.entry((line, column)).or_default().dots.push(dot);
        }
        let clustered = self.dots.len() > SINGLE;
        for ((line, column), square) in &squares {
            let counts = square.counts(self.series.len());
            let (left, top) = (f64::from(*column) * CELL, head + f64::from(*line) * CELL);
            let href = self.href(square);
            canvas.item(href.as_deref(), &self.name(square, &counts), [left, top, CELL, CELL], |canvas| {
                if clustered {
                    self.cluster(canvas, &counts, (left + CELL / 2.0, top + CELL / 2.0));
                    return;
                }
                for dot in &square.dots {
                    let (x, y) = scale.at(dot);
                    // The mark stays in the drawing, also at its rim.
                    let x = x.clamp(4.0, width.px() - 4.0);
                    let y = (head + y).clamp(head + 4.0, canvas.height - 4.0);
                    canvas.path(fill(dot.series), &shape(dot.series, (x, y), 4.0));
                }
            });
        }
        canvas.finish(&self.caption)
    }

    /// A line for each series; the list behind the number says where each is.
    fn table(&self) -> ChartTable {
        let row = |(no, series): (usize, &DotSeries)| {
            let count = self.dots.iter().filter(|dot| dot.series == no).count();
            vec![ChartCell::name(&series.name), ChartCell::number((self.format)(count as f64), series.href.as_ref())]
        };
        let rows = self.series.iter().enumerate().map(row).collect();
        ChartTable { caption: self.caption.title.clone(), columns: self.columns.to_vec(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, sum};
    use super::*;

    fn list(part: Part) -> String {
        format!("/places?box={},{},{},{}", part.lat.0, part.lat.1, part.lon.0, part.lon.1)
    }

    fn map(dots: Vec<Dot>) -> DotMap<'static> {
        let names = ["Có chi bộ", "Chưa đủ", "Đủ điều kiện", "Ghép", "Chưa có <đảng viên>"];
        let series = names.map(|name| DotSeries { name: name.into(), href: Some("/places?state=x".into()) }).to_vec();
        let columns = ["Tình trạng".into(), "Số địa bàn".into()];
        DotMap { caption: caption(), columns, series, dots, part: &list, format: &plain }
    }

    fn dot(no: i32) -> Dot {
        let (lat, lon) = (10_500_000 + no * 7_919 % 600_000, 106_400_000 + no * 104_729 % 700_000);
        let series = usize::try_from(no).unwrap_or(0) % 5;
        Dot { lat, lon, series, label: format!("Khu phố {no}"), href: Some(format!("/places/{no}")) }
    }

    #[test]
    fn every_kind_of_map_is_drawn_inside_its_box_and_the_total_is_kept() {
        for count in [0, 1, 2, 300, 2_000, 2_001, 9_000] {
            let mut dots: Vec<Dot> = (0..count).map(dot).collect();
            for (name, far) in [("as it is", false), ("with one far away", true)] {
                if far && let Some(last) = dots.last_mut() {
                    (last.lat, last.lon) = (8_600_000, 106_600_000);
                }
                let map = map(dots.clone());
                for width in [Width::Narrow, Width::Wide, Width::Full] {
                    assert_sound(&map.svg(width), width);
                }
                assert_eq!(sum(&map.table()), f64::from(count), "{count} {name}");
            }
        }
    }

    #[test]
    fn a_dot_alone_leads_to_its_page_and_dots_together_to_their_list() {
        let mut two = vec![dot(1), dot(1)];
        two[1].label = "Khu phố khác".into();
        let far = Dot { lat: 11_000_000, lon: 107_000_000, ..dot(3) };
        let svg = map([two, vec![far]].concat()).svg(Width::Wide);
        assert!(svg.contains("href=\"/places/3\"") && !svg.contains("href=\"/places/1\""), "{svg}");
        let first = dot(1);
        let both = list(Part { lat: (first.lat, first.lat), lon: (first.lon, first.lon) });
        assert!(svg.contains(&format!("href=\"{both}\"")), "{svg}");
        assert!(svg.contains(">Chưa đủ 2</title>"), "{svg}");
    }

    #[test]
    fn many_dots_become_one_mark_for_each_square() {
        let few = map((0..2_000).map(dot).collect()).svg(Width::Wide);
        let many = map((0..2_001).map(dot).collect()).svg(Width::Wide);
        let marks = |svg: &str| svg.matches("<path ").count();
        assert_eq!(marks(&few), 2_000 + 5, "a mark for each dot, and the legend");
        let squares = many.matches("<a ").count();
        assert_eq!(marks(&many), squares + 5);
        assert!(squares < 600, "{squares}");
    }

    #[test]
    fn every_series_has_a_shape_of_its_own() {
        let shapes: Vec<_> = (0..6).map(|series| shape(series, (0.0, 0.0), 1.0)).collect();
        for (no, one) in shapes.iter().enumerate() {
            assert!(shapes.iter().skip(no + 1).all(|other| one != other));
            assert!(one.iter().all(|(x, y)| x.abs() <= 1.0 && y.abs() <= 1.0));
        }
    }
}
