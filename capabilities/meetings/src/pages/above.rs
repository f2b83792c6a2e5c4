//! The view from above: a month of a part of the tree, its parts over a year, grades by setting, who is silent.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use askama::Template;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Setting;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit, html};

use super::heat::{self, Part};
use super::{MENU, charts};
use crate::rules::{Month, Sum, Terms};
use crate::sheets;
use crate::shelf::{self, Months, Seen};
use crate::sums::{self, MonthSums, is_branch};

/// Months of the picture.
const MONTHS: i32 = 12;
/// Branches on one page.
const ROWS: usize = 100;

/// What is asked, with the months of all branches.
pub(crate) struct View {
    /// The organisation.
    pub units: UnitsToday,
    months: Arc<Months>,
    /// The part asked for.
    pub unit: Option<Id<Unit>>,
    /// The month asked for.
    pub month: Month,
    /// The rules of that month.
    pub terms: Terms,
}

/// A branch with its month.
pub(crate) struct BranchLine {
    /// Branch.
    pub unit: Id<Unit>,
    /// Its month, if anything is known.
    pub seen: Option<Seen>,
}

impl View {
    /// What the address asks for.
    pub(super) fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let unit = match visit.query.some("unit") {
            None => None,
            Some(text) => {
                let unit: Id<Unit> = text.parse().map_err(|_| Problem::NotFound)?;
                visit.permit(Permission::ViewReports, unit)?;
                Some(unit)
            }
        };
        let this = Month::of(visit.today());
        let asked = visit.query.some("month").and_then(Month::from_code).filter(|month| *month <= this);
        // The month that is over is the one people ask about; the running one is a click away.
        let month = asked.unwrap_or_else(|| this.plus(-1));
        let terms = Terms::on(month.last().min(visit.today()))?;
        Ok(Self { units, months: shelf::months(&visit.house.db)?, unit, month, terms })
    }

    /// Whether a branch stands at a place.
    pub(super) fn is_branch(&self, place: u32) -> bool {
        is_branch(&self.units, place)
    }

    /// A branch's month, if anything is known.
    pub(crate) fn seen(&self, unit: Id<Unit>, month: Month) -> Option<&Seen> {
        self.months.at(unit, month)
    }

    /// The branches at places the viewer may see.
    pub(super) fn branches<'v>(&'v self, visit: &'v Visit<'_>, range: Range<u32>) -> impl Iterator<Item = u32> + 'v {
        range.filter(move |place| self.is_branch(*place) && Self::sees(visit, *place))
    }

    fn sees(visit: &Visit<'_>, place: u32) -> bool {
        visit.who().system || visit.who().may_at(Permission::ViewReports, place)
    }

    fn month_sums(&self, visit: &Visit<'_>, month: Month) -> Arc<MonthSums> {
        let when = (month, visit.today());
        sums::of(&visit.house.db, &self.units, &self.months, when, self.terms.attendance)
    }

    /// The sums of some months over a range of places, as far as the viewer may see them. What was founded later owed nothing.
    pub(super) fn sums(&self, visit: &Visit<'_>, range: Range<u32>, months: &[Month]) -> Vec<Sum> {
        let sees = |place| Self::sees(visit, place);
        let of = |month: &Month| {
            let kept = self.month_sums(visit, *month);
            let (mut sum, mut place) = (Sum::default(), range.start);
            while place < range.end {
                sum = sum.and(&kept.at(&self.units, &self.months, place, &sees));
                place = self.units.tree.end(place).max(place + 1);
            }
            sum
        };
        months.iter().map(of).collect()
    }

    /// The branches with their month, as the address filters them.
    pub(super) fn lines(&self, visit: &Visit<'_>) -> Vec<BranchLine> {
        let range = self.units.range(self.unit);
        let line = |place: u32| {
            let unit = self.units.id(place)?;
            Some(BranchLine { unit, seen: self.seen(unit, self.month).copied() })
        };
        let asked = visit.query.get("show");
        let fits = |line: &BranchLine| {
            let met = line.seen.map_or(0, |seen| seen.met);
            match asked {
                "silent" => met < 2,
                "below" => line.seen.is_some_and(|seen| sums::is_below(&seen, self.terms.attendance)),
                "late" => line.seen.is_some_and(|seen| seen.late),
                "weak" => line.seen.is_some_and(|seen| seen.grade == Some(crate::rules::Grade::Weak)),
                _ => true,
            }
        };
        self.branches(visit, range).filter_map(line).filter(fits).collect()
    }

    /// The page of a branch, for those who may open it: figures are for more people than minutes.
    pub(super) fn page_of(&self, visit: &Visit<'_>, unit: Id<Unit>) -> Option<String> {
        visit.permit(Permission::ViewMembers, unit).ok().map(|()| format!("/meetings/units/{unit}"))
    }

    pub(super) fn address(&self, changes: &[(&str, &str)]) -> String {
        let (unit, month) = (self.unit.map_or_else(String::new, |unit| unit.to_string()), self.month.code());
        let mut pairs = vec![("unit", unit.as_str()), ("month", month.as_str())];
        pairs.retain(|(name, _)| !changes.iter().any(|(other, _)| other == name));
        pairs.extend_from_slice(changes);
        format!("/meetings{}", Pairs::default().with(&pairs))
    }
}

#[derive(Template)]
#[template(path = "above.html")]
struct AbovePage<'a> {
    w: Tongue<'a>,
    months: String,
    figures: Vec<(&'a str, String, Option<String>)>,
    heat: String,
    parts: String,
    grades: String,
    chips: String,
    branches: String,
}

/// `GET /meetings?unit=&month=&show=&of=&heat=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let view = View::load(visit)?;
    let w = visit.w;
    let this = Month::of(visit.today());
    let months: Vec<Month> = (0..MONTHS).rev().map(|back| this.plus(-back)).collect();
    let places = view.units.parts(visit, view.unit);
    let part = |place: &u32| {
        let unit = view.units.id(*place)?;
        let sums = view.sums(visit, *place..view.units.tree.end(*place), &months);
        let page = if view.is_branch(*place) { view.page_of(visit, unit) } else { None };
        Some(Part { name: view.units.name(unit), unit, page, sums })
    };
    let parts: Vec<Part> =
        places.iter().filter_map(part).filter(|part| part.sums.iter().any(|sum| sum.branches > 0)).collect();
    let total = view.sums(visit, view.units.range(view.unit), &[view.month]).first().copied().unwrap_or_default();
    let before =
        view.sums(visit, view.units.range(view.unit), &[view.month.plus(-12)]).first().copied().unwrap_or_default();
    let content = AbovePage {
        w,
        months: month_chips(visit, &view, &months),
        figures: figures(visit, &view, &total, &before),
        heat: heat::html(visit, &view, &months, &parts),
        parts: parts_table(visit, &view, &parts, &months, &total),
        grades: charts::grades(visit, &settings(visit, &view)),
        chips: chips(visit, &view),
        branches: branches(visit, &view),
    };
    let name = view.unit.map(|unit| view.units.name(unit));
    let mut crumbs = vec![Crumb::to(w.t("meetings-title"), "/meetings")];
    crumbs.extend(name.as_ref().map(|name| Crumb::here(name.as_str())));
    let title = name.map_or_else(|| w.t("meetings-title").to_owned(), |name| w.t1("meetings-above", "name", name));
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    let unit = view.unit.map_or_else(String::new, |unit| unit.to_string());
    let watchers = format!("/meetings/watchers{}", Pairs::default().with(&[("unit", &unit)]));
    head = head.action(w.t("meetings-watchers"), watchers, false);
    for (word, place) in super::beside::ABOVE {
        head = head.action(w.t(word), view.address(&[]).replacen("/meetings", place, 1), false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        let asked = visit.query.get("show").to_owned();
        let address = view.address(&[("show", &asked)]).replacen("/meetings", "/meetings/export.xlsx", 1);
        head = head.action(w.t("meetings-export"), address, false);
    }
    visit.page(head, &content)
}

fn month_chips(visit: &Visit<'_>, view: &View, months: &[Month]) -> String {
    let chip = |month: &Month| (month.text(), view.address(&[("month", &month.code())]), *month == view.month);
    html::chips(visit.w.t("meetings-month"), months.iter().rev().map(chip))
}

fn chips(visit: &Visit<'_>, view: &View) -> String {
    let (w, asked) = (visit.w, visit.query.get("show"));
    let chip = |code: &str, word: &str| (w.t(word).to_owned(), view.address(&[("show", code)]), code == asked);
    let all = [
        chip("", "meetings-show-all"),
        chip("silent", "meetings-show-silent"),
        chip("late", "meetings-show-late"),
        chip("below", "meetings-below"),
        chip("weak", "meetings-show-weak"),
    ];
    html::chips(w.t("meetings-show"), all)
}

fn figures<'a>(visit: &Visit<'a>, view: &View, sum: &Sum, before: &Sum) -> Vec<(&'a str, String, Option<String>)> {
    let w = visit.w;
    let share = |part: u64, whole: u64| if whole > 0 { w.percent(part, whole) } else { "–".to_owned() };
    let list = |code: &str| Some(view.address(&[("show", code)]));
    let average = |sum: &Sum| sum.average().map_or_else(|| "–".to_owned(), |points| w.n(points));
    vec![
        (w.t("meetings-branches"), w.n(sum.branches), list("")),
        (w.t("meetings-met-all"), w.n(sum.met), None),
        (w.t("meetings-silent"), w.n(sum.silent()), list("silent")),
        (w.t("meetings-met-late"), w.n(sum.late), list("late")),
        (w.t("meetings-attendance"), share(sum.present, sum.due), None),
        (w.t("meetings-below"), w.n(sum.below), list("below")),
        (w.t("meetings-spoke-share"), share(sum.spoke, sum.present), None),
        (w.t("meetings-thematic-share"), w.n(sum.thematic), None),
        (w.t("meetings-average"), average(sum), None),
        (w.t("meetings-average-before"), average(before), None),
    ]
}

fn parts_table(visit: &Visit<'_>, view: &View, parts: &[Part], months: &[Month], total: &Sum) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("part", w.t("meetings-part")),
        Column::number("branches", w.t("meetings-branches")),
        Column::number("met", w.t("meetings-met-all")),
        Column::number("silent", w.t("meetings-silent")),
        Column::number("late", w.t("meetings-met-late")),
        Column::number("attendance", w.t("meetings-attendance")),
        Column::number("below", w.t("meetings-below")),
        Column::number("spoke", w.t("meetings-spoke-share")),
        Column::number("average", w.t("meetings-average")),
        Column::number("gap", w.t("meetings-gap")),
    ];
    let mut table = Table::new(w.t1("meetings-parts", "month", view.month.text()), columns);
    table.empty = w.t("meetings-nothing").to_owned();
    let share = |part: u64, whole: u64| if whole > 0 { w.percent(part, whole) } else { String::new() };
    let row = |first: Cell, sum: &Sum| {
        let (count, own, seen) = sum.observed;
        let gap = if count == 0 { String::new() } else { w.n(own.abs_diff(seen) / u64::from(count)) };
        vec![
            first,
            Cell::Text(w.n(sum.branches)),
            Cell::Text(w.n(sum.met)),
            Cell::Text(w.n(sum.silent())),
            Cell::Text(w.n(sum.late)),
            Cell::Text(share(sum.present, sum.due)),
            Cell::Text(w.n(sum.below)),
            Cell::Text(share(sum.spoke, sum.present)),
            Cell::Text(sum.average().map_or_else(String::new, |points| w.n(points))),
            Cell::Text(gap),
        ]
    };
    let at = months.iter().position(|month| *month == view.month);
    for part in parts {
        let sum = at.and_then(|at| part.sums.get(at)).copied().unwrap_or_default();
        table.rows.push(row(Cell::Link(part.name.clone(), part.href(view, view.month)), &sum));
    }
    table.total = Some(row(Cell::Text(w.t("meetings-total").to_owned()), total));
    table.html(visit)
}

fn settings(visit: &Visit<'_>, view: &View) -> Vec<(String, Sum)> {
    let mut sums: BTreeMap<u8, Sum> = BTreeMap::new();
    let month = view.month_sums(visit, view.month);
    for place in view.branches(visit, view.units.range(view.unit)) {
        let own = month.own(&view.units, &view.months, place).unwrap_or_default();
        let sum = sums.entry(view.units.tree.setting(place)).or_default();
        *sum = sum.and(&own);
    }
    let name = |number: u8| Setting::from_number(number).map_or("", |setting| visit.w.t(setting.name_key()));
    sums.into_iter().map(|(number, sum)| (name(number).to_owned(), sum)).collect()
}

fn branches(visit: &Visit<'_>, view: &View) -> String {
    let w = visit.w;
    let lines = view.lines(visit);
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("branch", w.t("meetings-branch")),
        Column::new("state", w.t("meetings-state")),
        Column::number("attendance", w.t("meetings-attendance")),
        Column::new("score", w.t("meetings-score")),
    ];
    let mut table = Table::new(w.t1("meetings-branch-list", "month", view.month.text()), columns);
    table.empty = w.t("meetings-nobody-here").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let (word, class) = line.seen.as_ref().map_or(("meetings-silent", "bad"), state);
        let name = view.units.name(line.unit);
        let above = view.units.above(visit, line.unit);
        let first = match view.page_of(visit, line.unit) {
            Some(href) => Cell::LinkWith(name, href, above),
            None => Cell::Text(name),
        };
        let met = line.seen.filter(|seen| seen.met == 2);
        let share = met.map_or_else(String::new, |seen| {
            if seen.counts.0 > 0 {
                w.percent(u64::from(seen.counts.1), u64::from(seen.counts.0))
            } else {
                String::new()
            }
        });
        let score = met.and_then(|seen| seen.grade.map(|grade| (seen.scores.0, grade)));
        let score = score.map_or(Cell::Text(String::new()), |(points, grade)| {
            let said = w.t2("meetings-score-tag", ("points", points), ("grade", w.t(grade.word())));
            Cell::Tag(said, grade.class())
        });
        table.rows.push(vec![first, Cell::Tag(w.t(word).to_owned(), class), Cell::Text(share), score]);
    }
    table.page(visit, &page, lines.len(), "meetings-rows");
    table.html(visit)
}

/// Word and colour of a month.
pub(crate) fn state(seen: &Seen) -> (&'static str, &'static str) {
    match seen.met {
        1 => ("meetings-open", "gold"),
        2 if seen.late => ("meetings-met-late", "warn"),
        2 => ("meetings-met", "ok"),
        3 => ("meetings-none", ""),
        _ => ("meetings-silent", "bad"),
    }
}

/// `GET /meetings/export.xlsx` with the query of the page.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let view = View::load(visit)?;
    let mut lines = view.lines(visit);
    let places = view.units.places.clone();
    let may = |line: &BranchLine| visit.who().permit(Permission::Export, line.unit, &*places).is_ok();
    lines.retain(|line| visit.who().system || may(line));
    let body = sheets::months(visit, &view, &lines)?;
    if let Some(top) = view.unit.or_else(|| lines.first().map(|line| line.unit)) {
        let detail = serde_json::json!({ "rows": lines.len(), "month": view.month.code() });
        visit.taken_out(top, "meeting-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("sinh-hoat-chi-bo-{}.xlsx", view.month.code()), kind: XLSX, body })
}
