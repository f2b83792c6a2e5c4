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

/// A row of the picture.
pub(super) struct HeatOf {
    /// What it is called.
    pub name: String,
    /// Where each cell leads.
    pub hrefs: Vec<String>,
    /// The months.
    pub sums: Vec<Sum>,
}

/// Part of the tree × month: the share of branches that met or, asked for, the average of points. Each cell leads to that month
/// of that part.
pub(super) fn heat(visit: &Visit<'_>, months: &[Month], parts: &[HeatOf], points: bool) -> String {
    let w = visit.w;
    let share =
        |sum: &Sum| (sum.branches > 0).then(|| f64::from(sum.met + sum.excused) * 100.0 / f64::from(sum.branches));
    let average = |sum: &Sum| sum.average().map(|points| points as f64);
    let value = |sum: &Sum| if points { average(sum) } else { share(sum) };
    let row = |part: &HeatOf| HeatRow {
        label: part.name.clone(),
        cells: part
            .sums
            .iter()
            .zip(&part.hrefs)
            .map(|(sum, href)| HeatCell { value: value(sum), href: Some(href.clone()) })
            .collect(),
    };
    let number = |value: f64| format!("{}", value.round() as i64);
    let title = w.t(if points { "meetings-chart-heat-points" } else { "meetings-chart-heat" });
    let chart = Heat {
        caption: Caption::new(title, "", w.t("meetings-nothing")),
        name_column: w.t("meetings-part").to_owned(),
        columns: months.iter().map(|month| format!("{:02}/{:02}", month.number(), month.year() % 100)).collect(),
        rows: parts.iter().map(row).collect(),
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
