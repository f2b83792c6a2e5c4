//! How long open cases have been waiting, and who was admitted this year: by sex, age, setting. Each with its table.

use chibo_census::cube::month_code;
use chibo_census::{Codes, Dim, Query, Scope};
use chibo_kernel::{AsOf, Day, Permission, Problem};
use chibo_members::dims::{Dimension, Names, member_standings};
use chibo_web::Visit;
use chibo_web::chart::{Bar, Bars, Caption, Figure};

use super::{Ask, Found};

/// Months since the last step: from, up to, word.
const AGES: [(i32, i32, &str); 5] = [
    (0, 3, "development-age-3"),
    (3, 6, "development-age-6"),
    (6, 12, "development-age-12"),
    (12, 24, "development-age-24"),
    (24, i32::MAX, "development-age-more"),
];

fn chart(visit: &Visit<'_>, width: &'static str, (title, about): (&str, &str), column: &str, bars: Vec<Bar>) -> String {
    let w = visit.w;
    let number = |value: f64| w.n(value as i64);
    let bars = Bars {
        caption: Caption::new(title, about, w.t("development-nobody-yet")),
        columns: [column.to_owned(), w.t("development-people").to_owned()],
        bars,
        format: &number,
    };
    Figure { width, title, note: "", legend: &[] }.html(w, &bars)
}

/// Open cases by the months since their last step.
pub(super) fn ageing(visit: &Visit<'_>, found: &Found, ask: &Ask) -> String {
    let w = visit.w;
    let months = |line: &super::Line| {
        let last = line.course.0.last().map_or_else(|| line.row.recorded_at.day(), |taken| taken.on);
        chibo_kernel::calendar::full_months_between(last, visit.today())
    };
    let open: Vec<i32> = found.fitting(&ask.whole(), visit.today()).into_iter().map(months).collect();
    let bar = |(from, to, word): &(i32, i32, &'static str)| {
        let count = open.iter().filter(|months| (*from..*to).contains(*months)).count();
        Bar::new(w.t(word), count as f64)
    };
    let bars = if open.is_empty() { Vec::new() } else { AGES.iter().map(bar).collect() };
    let words = (w.t("development-ageing"), w.t("development-ageing-about"));
    chart(visit, "c7", words, w.t("development-age"), bars)
}

/// Admissions of the year by sex, age band and setting of the branch.
pub(super) fn admitted(visit: &Visit<'_>, ask: &Ask) -> Result<String, Problem> {
    let w = visit.w;
    let today = visit.today();
    let view = visit.house.census.view(today);
    let mut months = Codes::default();
    let first = Day::from_ymd(today.year(), 1, 1).unwrap_or(today);
    (0..12).for_each(|month| months.insert(month_code(first.plus_months(month))));
    let scope = match ask.unit {
        Some(unit) => Scope::Unit(view.forest().no(unit).ok_or(Problem::NotFound)?),
        None => Scope::Everywhere,
    };
    let query = Query {
        scope,
        allowed: Some(visit.who().ranges(Permission::ViewMembers)),
        members: Some(member_standings()),
        filters: vec![(Dim::AdmittedMonth, months)],
        ..Query::at(AsOf::on(today))
    };
    let top = match ask.unit.and_then(|unit| view.forest().no(unit)) {
        Some(no) => Some(no),
        None => view.places().tree().unit(0),
    };
    let Some(top) = top else { return Ok(String::new()) };
    let tree = view.forest().tree(AsOf::on(today));
    let names = Names::new(w, &tree, top, today);
    let mut out = String::new();
    let shown = [
        (Dimension::Sex, Dim::Sex, "development-admitted-sex", "c5"),
        (Dimension::Age, Dim::AgeBand, "development-admitted-age", "c7"),
        (Dimension::Setting, Dim::Setting, "development-admitted-setting", "c5"),
    ];
    for (dimension, dim, word, width) in shown {
        let cube = view.cube(&query.clone().by(&[dim])).map_err(Problem::fault)?;
        let mut bars = Vec::new();
        cube.each(|codes, count| {
            if let ([code], true) = (codes, count > 0) {
                bars.push(Bar::new(dimension.code_name(*code, &names), count as f64));
            }
        });
        let words = (w.t(word), w.t("development-admitted-about"));
        out.push_str(&chart(visit, width, words, dimension.name(w), bars));
    }
    Ok(out)
}
