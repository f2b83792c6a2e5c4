//! The monthly report of a committee (MTG-12, MTG-22): branches due, met, late, silent; attendance; themes; grades; a year ago.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Issuer, PDF, to_docx, to_pdf};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit, html};

use super::MENU;
use super::above::View;
use crate::monthly::{self, Figure, Monthly, Part};
use crate::rules::{Grade, Month, Sum};

/// Months one can turn back to.
const MONTHS: i32 = 12;

/// The committee asked for, or the highest the viewer reports on.
pub(super) fn committee(visit: &Visit<'_>, units: &UnitsToday, asked: Option<Id<Unit>>) -> Result<Id<Unit>, Problem> {
    let who = visit.who();
    let may = |place: &u32| who.system || who.may_at(Permission::ViewReports, *place);
    let first = || (0..units.tree.len()).find(may).and_then(|place| units.id(place));
    asked.or_else(first).ok_or(Problem::NotFound)
}

struct Report {
    view: View,
    unit: Id<Unit>,
    parts: Vec<(Id<Unit>, String, bool, Sum)>,
    total: Sum,
    before: Sum,
    quarter: (u32, u32),
    named: [Vec<Id<Unit>>; 3],
}

impl Report {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let mut view = View::load(visit)?;
        let unit = committee(visit, &view.units, view.unit)?;
        view.unit = Some(unit);
        let (month, range) = (view.month, view.units.range(Some(unit)));
        let one = |range: std::ops::Range<u32>, month: Month| {
            view.sums(visit, range, &[month]).first().copied().unwrap_or_default()
        };
        let part = |place: u32| {
            let unit = view.units.id(place)?;
            let sum = one(place..view.units.tree.end(place), month);
            (sum.branches > 0).then(|| (unit, view.units.name(unit), view.is_branch(place), sum))
        };
        let parts = view.units.parts(visit, Some(unit)).into_iter().filter_map(part).collect();
        let themes = |month: Month| {
            let months = || (month.quarter_start().0..=month.0).map(Month);
            let had = |place: &u32| {
                let unit = view.units.id(*place);
                unit.is_some_and(|unit| months().any(|month| view.seen(unit, month).is_some_and(|seen| seen.thematic)))
            };
            u32::try_from(view.branches(visit, range.clone()).filter(had).count()).unwrap_or(u32::MAX)
        };
        let mut named = [Vec::new(), Vec::new(), Vec::new()];
        for place in view.branches(visit, range.clone()) {
            let Some(unit) = view.units.id(place) else { continue };
            let seen = view.seen(unit, month);
            let [silent, late, weak] = &mut named;
            match seen {
                Some(seen) if seen.met == 2 => {
                    if seen.late {
                        late.push(unit);
                    }
                    if seen.grade == Some(Grade::Weak) {
                        weak.push(unit);
                    }
                }
                Some(seen) if seen.met == 3 => {}
                _ => silent.push(unit),
            }
        }
        let (total, before) = (one(range.clone(), month), one(range.clone(), month.plus(-12)));
        let quarter = (themes(month), themes(month.plus(-12)));
        Ok(Self { parts, total, before, quarter, named, unit, view })
    }

    fn figures(&self, w: Tongue<'_>) -> Vec<Figure> {
        let share = |part: u64, whole: u64| if whole > 0 { w.percent(part, whole) } else { "–".to_owned() };
        let line = |key: &str, of: &dyn Fn(&Sum) -> String| Figure {
            label: w.t(key).to_owned(),
            now: of(&self.total),
            before: of(&self.before),
        };
        let mut lines = vec![
            line("meetings-branches", &|sum| w.n(sum.branches)),
            line("meetings-met-all", &|sum| w.n(sum.met)),
            line("meetings-met-late", &|sum| w.n(sum.late)),
            line("meetings-none", &|sum| w.n(sum.excused)),
            line("meetings-silent", &|sum| w.n(sum.silent())),
            line("meetings-attendance", &|sum| share(sum.present, sum.due)),
            line("meetings-spoke-share", &|sum| share(sum.spoke, sum.present)),
            line("meetings-report-thematic", &|sum| w.n(sum.thematic)),
            Figure {
                label: w.t("meetings-report-quarter").to_owned(),
                now: w.n(self.quarter.0),
                before: w.n(self.quarter.1),
            },
        ];
        for (at, grade) in Grade::ALL.iter().enumerate() {
            let count = |sum: &Sum| w.n(sum.grades.get(at).copied().unwrap_or(0));
            let label = w.t1("meetings-report-grade", "grade", w.t(grade.word()));
            lines.push(Figure { label, now: count(&self.total), before: count(&self.before) });
        }
        lines.push(line("meetings-average", &|sum| sum.average().map_or_else(|| "–".to_owned(), |points| w.n(points))));
        lines
    }

    fn monthly(&self, visit: &Visit<'_>, w: Tongue<'_>) -> Monthly {
        let share = |part: u64, whole: u64| if whole > 0 { w.percent(part, whole) } else { String::new() };
        let part = |(_, name, _, sum): &(Id<Unit>, String, bool, Sum)| Part {
            name: name.clone(),
            counts: [sum.branches, sum.met, sum.late, sum.silent()],
            attendance: share(sum.present, sum.due),
            spoke: share(sum.spoke, sum.present),
            thematic: sum.thematic,
            grades: sum.grades,
            average: sum.average().map_or_else(String::new, |points| w.n(points)),
        };
        let units = &self.view.units;
        Monthly {
            issuer: Issuer { superior: units.above(visit, self.unit), name: units.name(self.unit) },
            month: self.view.month.text(),
            on: Some(visit.today()),
            figures: self.figures(w),
            parts: self.parts.iter().map(part).collect(),
            named: self.named.clone().map(|units_of| units_of.into_iter().map(|unit| units.name(unit)).collect()),
        }
    }

    fn address(&self, place: &str, month: Month, unit: Id<Unit>) -> String {
        let pairs = Pairs::default().with(&[("unit", &unit.to_string()), ("month", &month.code())]);
        format!("/meetings/report{place}{pairs}")
    }
}

/// `GET /meetings/report?unit=&month=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let report = Report::load(visit)?;
    let (w, month) = (visit.w, report.view.month);
    let this = Month::of(visit.today());
    let chip = |back: i32| {
        let one = this.plus(-back);
        (one.text(), report.address("", one, report.unit), one == month)
    };
    let mut body = format!("<p>{}</p>", w.t("meetings-report-about"));
    body.push_str(&html::chips(w.t("meetings-month"), (0..=MONTHS).map(chip)));
    let columns = vec![
        Column::new("what", w.t("meetings-report-what")),
        Column::number("now", month.text()),
        Column::number("before", month.plus(-12).text()),
    ];
    let mut table = Table::new(w.t1("meetings-report-figures", "month", month.text()), columns);
    for figure in report.figures(w) {
        table.rows.push(vec![Cell::Text(figure.label), Cell::Text(figure.now), Cell::Text(figure.before)]);
    }
    body.push_str(&format!("<section class=\"card\">{}</section>", table.html(visit)));
    body.push_str(&format!("<section class=\"card\">{}</section>", parts(visit, &report)));
    for (word, units) in ["meetings-silent", "meetings-met-late", "meetings-show-weak"].iter().zip(&report.named) {
        body.push_str(&named(visit, &report, w.t(word), units));
    }
    let name = report.view.units.name(report.unit);
    let crumbs = vec![
        Crumb::to(w.t("meetings-title"), "/meetings"),
        Crumb::to(name.as_str(), format!("/meetings?unit={}&month={}", report.unit, month.code())),
        Crumb::here(w.t("meetings-report-title")),
    ];
    let title = w.t2("meetings-report-of", ("name", &name), ("month", month.text()));
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    if visit.permit(Permission::Export, report.unit).is_ok() {
        for (ending, text) in [(".docx", "Word"), (".pdf", "PDF"), (".xlsx", "Excel")] {
            head = head.action(text, report.address(ending, month, report.unit), false);
        }
    }
    visit.page_html(200, head, &body)
}

fn parts(visit: &Visit<'_>, report: &Report) -> String {
    let (w, month) = (visit.w, report.view.month);
    let mut columns = vec![
        Column::new("part", w.t("meetings-part")),
        Column::number("branches", w.t("meetings-branches")),
        Column::number("met", w.t("meetings-met-all")),
        Column::number("late", w.t("meetings-met-late")),
        Column::number("silent", w.t("meetings-silent")),
        Column::number("attendance", w.t("meetings-attendance")),
        Column::number("thematic", w.t("meetings-report-thematic")),
    ];
    let keys = ["good", "fair", "fairly", "weak"];
    columns.extend(Grade::ALL.iter().zip(keys).map(|(grade, key)| Column::number(key, w.t(grade.word()))));
    columns.push(Column::number("average", w.t("meetings-average")));
    let mut table = Table::new(w.t1("meetings-parts", "month", month.text()), columns);
    table.empty = w.t("meetings-nothing").to_owned();
    for (unit, name, branch, sum) in &report.parts {
        let below = report.address("", month, *unit);
        let href = if *branch { report.view.page_of(visit, *unit) } else { Some(below) };
        let first = href.map_or_else(|| Cell::Text(name.clone()), |href| Cell::Link(name.clone(), href));
        let share = if sum.due > 0 { w.percent(sum.present, sum.due) } else { String::new() };
        let mut row = vec![first];
        row.extend([sum.branches, sum.met, sum.late, sum.silent()].map(|count| Cell::Text(w.n(count))));
        row.extend([Cell::Text(share), Cell::Text(w.n(sum.thematic))]);
        row.extend(sum.grades.map(|count| Cell::Text(w.n(count))));
        row.push(Cell::Text(sum.average().map_or_else(String::new, |points| w.n(points))));
        table.rows.push(row);
    }
    table.html(visit)
}

/// Names on one page; the rest is in the list this leads to.
const NAMES: usize = 200;

fn named(visit: &Visit<'_>, report: &Report, title: &str, units: &[Id<Unit>]) -> String {
    let w = visit.w;
    let mut table = Table::new(format!("{title} ({})", w.n(units.len())), vec![Column::new("branch", title)]);
    table.empty = w.t1("meetings-report-nobody", "what", title);
    for unit in units.iter().take(NAMES) {
        let name = report.view.units.name(*unit);
        let cell = report.view.page_of(visit, *unit);
        table.rows.push(vec![cell.map_or_else(|| Cell::Text(name.clone()), |href| Cell::Link(name.clone(), href))]);
    }
    format!("<section class=\"card\">{}</section>", table.html(visit))
}

/// The report to take out, with its entry.
fn taken(visit: &Visit<'_>, kind: &str) -> Result<(Report, Monthly), Problem> {
    let report = Report::load(visit)?;
    visit.permit(Permission::Export, report.unit)?;
    // Reports are Vietnamese whatever language their maker reads.
    let monthly = report.monthly(visit, visit.house.words.tongue(Lang::Vi));
    let facts = serde_json::json!({ "month": report.view.month.code(), "kind": kind });
    visit.taken_out(report.unit, "meeting-report-taken", &facts)?;
    Ok((report, monthly))
}

fn name(report: &Report, ending: &str) -> String {
    format!("bao-cao-sinh-hoat-{}.{ending}", report.view.month.code())
}

/// `GET /meetings/report.docx`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (report, monthly) = taken(visit, "docx")?;
    Ok(Reply::File { name: name(&report, "docx"), kind: DOCX, body: to_docx(&monthly::document(&monthly))? })
}

/// `GET /meetings/report.pdf`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (report, monthly) = taken(visit, "pdf")?;
    let body = to_pdf(&monthly::document(&monthly), &chibo_web::fonts())?;
    Ok(Reply::File { name: name(&report, "pdf"), kind: PDF, body })
}

/// `GET /meetings/report.xlsx`.
pub(super) fn xlsx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (report, monthly) = taken(visit, "xlsx")?;
    let made_by = (visit.house.words.tongue(Lang::Vi).t("meetings-made-by").to_owned(), visit.made_by());
    let body = monthly::workbook(&monthly, made_by, visit.now)?;
    Ok(Reply::File { name: name(&report, "xlsx"), kind: XLSX, body })
}
