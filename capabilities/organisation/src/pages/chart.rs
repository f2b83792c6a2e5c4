//! The tab "headcount over time": by year, and around 1 July 2025.

use std::fmt::Write;

use askama::Template;
use chibo_census::{Query, Scope};
use chibo_kernel::{Day, Problem};
use chibo_web::Visit;
use chibo_web::chart::{Caption, Chart, ChartTable, Line, Point, Tick};
use chibo_web::html::push;
use chibo_web::words::Tongue;

use super::scene::{Scene, question};
use super::unit::Shown;
use crate::kinds::PILOT_BEGINS;

#[derive(Template)]
#[template(path = "count.html")]
struct CountTab<'a> {
    w: Tongue<'a>,
    drawings: String,
    table: String,
}

/// Days asked about: each 1 January since the first year, the two days around the reorganisation, the asked day.
fn days(first: Day, last: Day) -> Vec<Day> {
    let mut days: Vec<Day> = (first.year()..=last.year()).filter_map(|year| Day::from_ymd(year, 1, 1)).collect();
    days.extend([PILOT_BEGINS.plus_days(-1), PILOT_BEGINS, last]);
    days.retain(|day| *day <= last);
    days.sort_unstable();
    days.dedup();
    days
}

pub(super) fn html(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> Result<String, Problem> {
    let w = visit.w;
    let founded = shown.believed().first().map_or(scene.at.day, |row| row.valid_from);
    // Made by a merger, it has the past of what went into it.
    let first = if shown.predecessors.is_empty() { founded } else { Day::PARTY_FOUNDED };
    let days = days(first.max(Day::PARTY_FOUNDED), scene.at.day);
    let place = scene.no(shown.id).and_then(|no| scene.places.place(no));
    let span = place.map(|place| place..scene.places.tree().end(place));
    let query = Query { scope: Scope::Places(span.into_iter().collect()), ..question(visit, scene.at) };
    let values = visit.house.census.view(scene.today).series(&query, &days);
    let points: Vec<Point> = days.iter().zip(values).map(|(day, value)| point(w, *day, value)).collect();
    let points = points.into_iter().skip_while(|point| point.value == 0.0).collect();
    let format = |value: f64| w.n(value as i64);
    let caption = Caption::new(w.t("units-tab-count"), w.t("units-count-about"), w.t("units-count-empty"));
    let mark = (scene.at.day >= PILOT_BEGINS && first < PILOT_BEGINS)
        .then(|| Tick { at: f64::from(PILOT_BEGINS.number()), label: w.t("units-count-mark").to_owned() });
    let ticks = days.iter().filter(|day| day.ymd().1 == 1 && day.ymd().2 == 1 && day.year() % 10 == 0);
    let ticks = ticks.map(|day| Tick { at: f64::from(day.number()), label: day.year().to_string() }).collect();
    let columns = [w.t("units-count-day").to_owned(), w.t("units-members").to_owned()];
    let line = Line { caption, columns, points, ticks, mark, format: &format };
    CountTab { w, drawings: line.drawings_full(), table: table_html(&line.table()) }.render().map_err(Problem::fault)
}

fn point(w: Tongue<'_>, day: Day, value: u64) -> Point {
    Point { at: f64::from(day.number()), label: w.day(day), value: value as f64, href: None }
}

fn table_html(table: &ChartTable) -> String {
    let mut out = String::from("<table class=\"keep\"><caption>");
    push(&mut out, &table.caption);
    out.push_str("</caption><thead><tr>");
    for (index, title) in table.columns.iter().enumerate() {
        out.push_str(if index == 0 { "<th scope=\"col\">" } else { "<th scope=\"col\" class=\"num\">" });
        push(&mut out, title);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for (index, cell) in row.iter().enumerate() {
            let (open, close) =
                if index == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td class=\"num\">", "</td>") };
            out.push_str(open);
            push(&mut out, &cell.text);
            let _ = write!(out, "{close}");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_days_around_the_reorganisation_are_always_asked() {
        let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
        let asked = days(day(2024, 5, 1), day(2026, 1, 1));
        let expected = [day(2024, 1, 1), day(2025, 1, 1), day(2025, 6, 30), PILOT_BEGINS, day(2026, 1, 1)];
        assert_eq!(asked, expected);
        assert_eq!(days(day(2024, 5, 1), day(2024, 6, 1)), [day(2024, 1, 1), day(2024, 6, 1)]);
    }
}
