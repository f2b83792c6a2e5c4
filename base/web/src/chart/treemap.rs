//! Squarified treemap: areas in proportion to values, every cell a way down.

use super::draw::{self, Canvas, TARGET, clean, ink_on, text_width, wrap};
use super::{Bar, Caption, Chart, ChartTable, Format, Width, two_columns};

/// Values as areas. Cells too small for a finger carry no link: the table has them all.
pub struct Treemap<'a> {
    /// Texts of the chart.
    pub caption: Caption,
    /// Heads of the table's two columns: name and value.
    pub columns: [String; 2],
    /// The cells, in any order.
    pub cells: Vec<Bar>,
    /// How values are written.
    pub format: Format<'a>,
}

/// A rectangle: x, y, width, height.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

/// Height of a line of text.
const LEADING: f64 = 16.0;
/// Half the line between two cells.
const SEAM: f64 = 1.0;

/// The worst side ratio of a row of areas laid along a side of length `side`.
fn worst(row: &[f64], side: f64) -> f64 {
    let total: f64 = row.iter().sum();
    let thick = total / side;
    row.iter().map(|area| (area / thick / thick).max(thick * thick / area)).fold(1.0, f64::max)
}

/// Bruls, Huizing and van Wijk: `areas` positive and descending, their sum the area of `room`.
fn squarify(areas: &[f64], mut room: Place) -> Vec<Place> {
    let mut places = Vec::with_capacity(areas.len());
    let mut start = 0;
    while start < areas.len() {
        let side = room.w.min(room.h).max(f64::MIN_POSITIVE);
        let mut end = start + 1;
        while end < areas.len() && worst(&areas[start..=end], side) <= worst(&areas[start..end], side) {
            end += 1;
        }
        let row = &areas[start..end];
        let thick = row.iter().sum::<f64>() / side;
        let mut along = 0.0;
        for area in row {
            let long = area / thick;
            places.push(if room.w >= room.h {
                Place { x: room.x, y: room.y + along, w: thick, h: long }
            } else {
                Place { x: room.x + along, y: room.y, w: long, h: thick }
            });
            along += long;
        }
        if room.w >= room.h {
            room = Place { x: room.x + thick, w: (room.w - thick).max(0.0), ..room };
        } else {
            room = Place { y: room.y + thick, h: (room.h - thick).max(0.0), ..room };
        }
        start = end;
    }
    places
}

impl Treemap<'_> {
    fn cell(&self, canvas: &mut Canvas, bar: &Bar, place: Place, most: f64) {
        let (x, y) = (place.x + SEAM, place.y + SEAM);
        let (w, h) = (place.w - 2.0 * SEAM, place.h - 2.0 * SEAM);
        // too thin to be seen: it lives in the table
        if !(0.5..canvas.width.px()).contains(&w) || !(0.5..canvas.height).contains(&h) {
            return;
        }
        let text = (self.format)(clean(bar.value));
        // the larger the deeper: a second, redundant sign of size
        let share = clean(bar.value) / most;
        let class = if share > 0.66 {
            "h5"
        } else if share > 0.33 {
            "h4"
        } else if share > 0.12 {
            "h3"
        } else {
            "h2"
        };
        let href = bar.href.as_deref().filter(|_| w >= TARGET && h >= TARGET);
        canvas.item(href, &format!("{}: {text}", bar.label), [x, y, w, h], |canvas| {
            canvas.rect(class, x, y, w, h);
            let (ink, room) = (ink_on(class), w - 12.0);
            if room < 40.0 || h < 20.0 {
                return;
            }
            // the name takes as many lines as there are, the value the last one
            let lines = ((h - 6.0) / LEADING) as usize;
            let value = lines > 1 && text_width(&text) <= room;
            let names = wrap(&bar.label, room, if value { lines - 1 } else { lines });
            for (i, line) in names.iter().enumerate() {
                canvas.text(ink, x + 6.0, y + 15.0 + LEADING * i as f64, line);
            }
            if value {
                canvas.text(&format!("v {ink}"), x + 6.0, y + 15.0 + LEADING * names.len() as f64, &text);
            }
        });
    }
}

impl Chart for Treemap<'_> {
    fn svg(&self, width: Width) -> String {
        let mut cells: Vec<&Bar> = self.cells.iter().filter(|bar| clean(bar.value) > 0.0).collect();
        cells.sort_by(|a, b| b.value.total_cmp(&a.value));
        let Some(first) = cells.first() else { return draw::empty(width, &self.caption) };
        let height = match width {
            Width::Narrow => 380.0,
            Width::Wide => 360.0,
            Width::Full => 420.0,
        };
        let mut canvas = Canvas::new(width, height);
        let most = first.value;
        let total: f64 = cells.iter().map(|bar| bar.value / most).sum();
        let scale = width.px() * height / total;
        let areas: Vec<f64> = cells.iter().map(|bar| bar.value / most * scale).collect();
        let places = squarify(&areas, Place { x: 0.0, y: 0.0, w: width.px(), h: height });
        for (bar, place) in cells.into_iter().zip(places) {
            self.cell(&mut canvas, bar, place, most);
        }
        canvas.finish(&self.caption)
    }

    fn table(&self) -> ChartTable {
        two_columns(&self.caption, &self.columns, &self.cells, self.format)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::{assert_sound, caption, plain, sum};
    use super::*;

    fn chart(values: &[f64]) -> Treemap<'static> {
        let cell = |(i, v): (usize, &f64)| Bar::new(format!("Đảng bộ phường {i}"), *v).to(format!("/units/{i}"));
        let cells = values.iter().enumerate().map(cell).collect();
        Treemap { caption: caption(), columns: ["Đơn vị".into(), "Đảng viên".into()], cells, format: &plain }
    }

    #[test]
    fn areas_are_in_proportion_cover_the_room_and_do_not_overlap() {
        let areas = [400.0, 300.0, 120.0, 90.0, 50.0, 30.0, 10.0];
        let room = Place { x: 0.0, y: 0.0, w: 40.0, h: 25.0 };
        let places = squarify(&areas, room);
        for (area, place) in areas.iter().zip(&places) {
            assert!((area - place.w * place.h).abs() < 1e-6);
        }
        for (i, a) in places.iter().enumerate() {
            for b in &places[i + 1..] {
                let wide = (a.x + a.w).min(b.x + b.w) - a.x.max(b.x);
                let high = (a.y + a.h).min(b.y + b.h) - a.y.max(b.y);
                assert!(wide < 1e-6 || high < 1e-6, "{a:?} overlaps {b:?}");
            }
        }
        assert!(places.iter().all(|p| p.w / p.h < 6.0 && p.h / p.w < 6.0), "no slivers: {places:?}");
    }

    #[test]
    fn small_cells_carry_no_link_but_stay_in_the_table() {
        let chart = chart(&[100_000.0, 1.0]);
        assert_eq!(chart.svg(Width::Wide).matches("<a ").count(), 1);
        assert!(chart.table().rows.iter().all(|row| row[1].href.is_some()));
    }

    #[test]
    fn every_kind_of_treemap_is_drawn_inside_its_box_and_the_total_is_kept() {
        let many: Vec<f64> = (1..=168).map(|i| f64::from(i * i)).collect();
        for values in [&[][..], &[0.0, 0.0], &[7.0], &[f64::NAN, -2.0, 5.0], &[1e15, 1.0, 0.0], &many] {
            let chart = chart(values);
            for width in [Width::Narrow, Width::Wide, Width::Full] {
                assert_sound(&chart.svg(width), width);
            }
            assert_eq!(sum(&chart.table()), values.iter().copied().map(clean).sum::<f64>());
        }
    }
}
