//! Pictures of meetings, each with its table.

use chibo_web::chart::{Caption, Compare, CompareRow, Figure, Heat, HeatCell, HeatRow, Layout, Line, Point};
use chibo_web::{Visit, chart};

use crate::rules::{Grade, Month, Sum};
use crate::store::MonthRow;

/// The points of a branch's meetings over time.
pub(super) fn of_branch(visit: &Visit<'_>, rows: &[MonthRow], now: Month, back: i32) -> String {
    let w = visit.w;
    let point = |row: &MonthRow| Point {
        at: f64::from(row.month),
        label: Month(row.month).text(),
        value: f64::from(row.score),
        href: None,
    };
    let points: Vec<Point> =
        rows.iter().filter(|row| row.met == 2 && row.month >= now.plus(-back).0).map(point).collect();
    if points.len() < 2 {
        return String::new();
    }
    let number = |value: f64| w.n(value as i64);
    let title = w.t("meetings-chart-points");
    let chart = Line {
        caption: Caption::new(title, "", w.t("meetings-nothing")),
        columns: [w.t("meetings-month").to_owned(), w.t("meetings-score").to_owned()],
        points,
        ticks: Vec::new(),
        mark: None,
        format: &number,
    };
    Figure { width: "c12", title, note: "", legend: &[] }.html(w, &chart)
}

/// Rows of the picture at most.
const HEAT_ROWS: usize = 20;

/// Share of branches that met: part of the tree × month; each row leads down.
pub(super) fn heat(visit: &Visit<'_>, months: &[Month], parts: &[(String, String, Vec<Sum>)]) -> String {
    let w = visit.w;
    let share =
        |sum: &Sum| (sum.branches > 0).then(|| f64::from(sum.met + sum.excused) * 100.0 / f64::from(sum.branches));
    // A picture of two hundred rows is none: those with the most silent branches, the rest stand in the table below.
    let silent = |(_, _, sums): &&(String, String, Vec<Sum>)| {
        let all = sums.iter().fold(Sum::default(), |all, sum| all.and(sum));
        std::cmp::Reverse((u64::from(all.silent()) * 1_000_000).checked_div(u64::from(all.branches)).unwrap_or(0))
    };
    let mut some: Vec<&(String, String, Vec<Sum>)> = parts.iter().collect();
    if some.len() > HEAT_ROWS {
        some.sort_by_key(silent);
        some.truncate(HEAT_ROWS);
    }
    let row = |(name, href, sums): &(String, String, Vec<Sum>)| HeatRow {
        label: name.clone(),
        cells: sums.iter().map(|sum| HeatCell { value: share(sum), href: Some(href.clone()) }).collect(),
    };
    let number = |value: f64| format!("{}", value.round() as i64);
    let title = w.t("meetings-chart-heat");
    let chart = Heat {
        caption: Caption::new(title, "", w.t("meetings-nothing")),
        name_column: w.t("meetings-part").to_owned(),
        columns: months.iter().map(|month| format!("{:02}/{:02}", month.number(), month.year() % 100)).collect(),
        rows: some.into_iter().map(row).collect(),
        range: (0.0, 100.0),
        missing: "–".to_owned(),
        format: &number,
    };
    figure(visit, title, &chart)
}

/// Grades by setting.
pub(super) fn grades(visit: &Visit<'_>, settings: &[(String, Sum)]) -> String {
    let w = visit.w;
    let row = |(name, sum): &(String, Sum)| CompareRow {
        label: name.clone(),
        values: sum.grades.iter().map(|count| f64::from(*count)).collect(),
        href: None,
    };
    let number = |value: f64| w.n(value as i64);
    let title = w.t("meetings-chart-grades");
    let chart = Compare {
        caption: Caption::new(title, "", w.t("meetings-nothing")),
        name_column: w.t("meetings-setting").to_owned(),
        series: Grade::ALL.iter().map(|grade| w.t(grade.word()).to_owned()).collect(),
        rows: settings.iter().filter(|(_, sum)| sum.met > 0).map(row).collect(),
        layout: Layout::Stacked,
        format: &number,
    };
    figure(visit, title, &chart)
}

fn figure(visit: &Visit<'_>, title: &str, chart: &dyn chart::Chart) -> String {
    Figure { width: "c12", title, note: "", legend: &[] }.html(visit.w, chart)
}
