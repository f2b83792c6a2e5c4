//! Spot checks: a committee draws closed meetings of a month by lot, an observer's points stand beside the branch's (MTG-12).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit, html};

use super::MENU;
use super::above::View;
use super::report::committee;
use crate::actions;
use crate::rules::Month;
use crate::store::{self, DrawRow, DrawnRow};

/// Months one may draw from.
const MONTHS: i32 = 12;
/// Drawn when nobody says how many.
const USUAL: u32 = 3;

struct Bench {
    view: View,
    unit: Id<Unit>,
}

impl Bench {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let view = View::load(visit)?;
        let unit = match visit.path.get("id") {
            "" => committee(visit, &view.units, view.unit)?,
            _ => {
                let unit = visit.id("id")?;
                visit.permit(Permission::ViewReports, unit)?;
                unit
            }
        };
        Ok(Self { view, unit })
    }

    fn may(&self, visit: &Visit<'_>) -> bool {
        visit.permit(Permission::EditUnits, self.unit).is_ok()
    }

    fn name(&self) -> String {
        self.view.units.name(self.unit)
    }

    fn address(&self, rest: &str) -> String {
        format!("/meetings/draws/{}{rest}", self.unit)
    }

    fn list(&self) -> String {
        format!("/meetings/draws?unit={}", self.unit)
    }

    fn head(&self, visit: &Visit<'_>, title: &str, deeper: Option<String>) -> Head {
        let w = visit.w;
        let mut crumbs = vec![
            Crumb::to(w.t("meetings-title"), "/meetings"),
            Crumb::to(self.name(), format!("/meetings?unit={}", self.unit)),
        ];
        if let Some(last) = deeper {
            crumbs.push(Crumb::to(w.t("meetings-draws"), self.list()));
            crumbs.push(Crumb::here(last));
        } else {
            crumbs.push(Crumb::here(w.t("meetings-draws")));
        }
        Head::new(title, MENU).crumbs(crumbs)
    }

    /// The branches under the committee that met in a month.
    fn among(&self, visit: &Visit<'_>, month: Month) -> Vec<Id<Unit>> {
        let places = self.view.branches(visit, self.view.units.range(Some(self.unit)));
        let met = |unit: &Id<Unit>| self.view.seen(*unit, month).is_some_and(|seen| seen.met == 2);
        places.filter_map(|place| self.view.units.id(place)).filter(met).collect()
    }
}

/// `GET /meetings/draws?unit=`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    page(visit, &bench, Vec::new())
}

fn page(visit: &Visit<'_>, bench: &Bench, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (draws, drawn) = visit.read(|tx| Ok((store::draws(tx, bench.unit)?, store::drawn(tx, bench.unit)?)))?;
    let mut body = format!("<p>{}</p>", w.t("meetings-draws-about"));
    let columns = vec![
        Column::new("draw", w.t("meetings-draw")),
        Column::new("month", w.t("meetings-month")),
        Column::number("count", w.t("meetings-draw-count")),
        Column::number("seen", w.t("meetings-draw-scored")),
        Column::new("by", w.t("meetings-posted-by")),
    ];
    let mut table = Table::new(w.t("meetings-draws"), columns);
    table.empty = w.t("meetings-no-draws").to_owned();
    for draw in &draws {
        let of = || drawn.iter().filter(|row| row.draw_no == draw.draw_no);
        let by = w.t2("meetings-recorded", ("who", &draw.recorded_by), ("when", w.moment(draw.recorded_at)));
        let name = w.t1("meetings-draw-no", "no", draw.draw_no);
        table.rows.push(vec![
            Cell::Link(name, bench.address(&format!("/{}", draw.draw_no))),
            Cell::Text(Month(draw.month).text()),
            Cell::Text(format!("{}/{}", w.n(of().count()), w.n(draw.among))),
            Cell::Text(w.n(of().filter(|row| row.seen > 0).count())),
            Cell::Text(by),
        ]);
    }
    body.push_str(&format!("<section class=\"card\">{}</section>", table.html(visit)));
    let wrong = !issues.is_empty();
    if bench.may(visit) {
        let this = Month::of(visit.today());
        let months = (0..=MONTHS).map(|back| this.plus(-back)).map(|month| (month.code(), month.text())).collect();
        let fields = vec![
            Field::new("month", w.t("meetings-month"), Kind::Select(months)).value(this.plus(-1).code()).required(),
            Field::text("wanted", w.t("meetings-draw-how-many"))
                .value(USUAL.to_string())
                .hint(w.t("meetings-draw-hint"))
                .required(),
        ];
        let mut form = Form::new(bench.address(""), w.t("meetings-draw-do"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        let title = w.t("meetings-draw-do");
        body.push_str(&format!("<section class=\"card\"><h2>{title}</h2>{}</section>", form.html(visit)));
    }
    let title = w.t1("meetings-draws-of", "name", bench.name());
    let head = bench.head(visit, &title, None).with_error(wrong);
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// `POST /meetings/draws/{id}`.
pub(super) fn draw(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let this = Month::of(visit.today());
    let month = Month::from_code(visit.form.get("month")).filter(|month| *month <= this);
    let wanted = visit.form.get("wanted").trim().parse::<u32>().ok();
    let mut issues = Vec::new();
    if month.is_none() {
        issues.push(missing("month", "meetings-no-month"));
    }
    if wanted.is_none() {
        issues.push(missing("wanted", "meetings-draw-number"));
    }
    let (Some(month), Some(wanted)) = (month, wanted) else { return page(visit, &bench, issues) };
    let among = bench.among(visit, month);
    match issues_of(visit.write(|op| actions::draw_meetings(op, bench.unit, month, &among, wanted)))? {
        Ok(no) => Ok(Reply::done(bench.address(&format!("/{no}")), "saved")),
        Err(issues) => page(visit, &bench, issues),
    }
}

/// A draw with what was drawn.
fn load(visit: &Visit<'_>) -> Result<(Bench, DrawRow, Vec<DrawnRow>), Problem> {
    let bench = Bench::load(visit)?;
    let no: u32 = visit.path.get("draw").parse().map_err(|_| Problem::NotFound)?;
    let (draw, mut drawn) = visit.read(|tx| {
        Ok((store::one_draw(tx, bench.unit, no)?.ok_or(Problem::NotFound)?, store::drawn(tx, bench.unit)?))
    })?;
    drawn.retain(|row| row.draw_no == no);
    Ok((bench, draw, drawn))
}

/// `GET /meetings/draws/{id}/{draw}`.
pub(super) fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (bench, draw, drawn) = load(visit)?;
    let w = visit.w;
    let facts = [
        ("meetings-month", Month(draw.month).text()),
        ("meetings-draw-among", w.n(draw.among)),
        ("meetings-draw-seed", draw.seed.clone()),
        (
            "meetings-posted-by",
            w.t2("meetings-recorded", ("who", &draw.recorded_by), ("when", w.moment(draw.recorded_at))),
        ),
    ];
    let mut body = String::from("<section class=\"card\"><dl class=\"facts\">");
    for (word, value) in facts {
        body.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", w.t(word), html::escape(&value)));
    }
    body.push_str(&format!("</dl><p class=\"hint\">{}</p></section>", w.t("meetings-draw-seed-hint")));
    let columns = vec![
        Column::new("branch", w.t("meetings-branch")),
        Column::new("ticket", w.t("meetings-draw-ticket")),
        Column::number("own", w.t("meetings-score")),
        Column::number("seen", w.t("meetings-observed")),
        Column::number("gap", w.t("meetings-gap")),
    ];
    let mut table = Table::new(w.t("meetings-drawn"), columns);
    for row in &drawn {
        let name = bench.view.units.name(row.branch_id);
        let href = bench.address(&format!("/{}/{}", draw.draw_no, row.branch_id));
        let gap = if row.seen == 0 { String::new() } else { signed(row.own, row.seen) };
        table.rows.push(vec![
            Cell::LinkWith(name, href, row.remark.clone()),
            Cell::Text(row.ticket.clone()),
            Cell::Text(w.n(row.own)),
            Cell::Text(if row.seen == 0 { w.t("meetings-draw-waits").to_owned() } else { w.n(row.seen) }),
            Cell::Text(gap),
        ]);
    }
    body.push_str(&format!("<section class=\"card\">{}</section>", table.html(visit)));
    let title = w.t2("meetings-draw-of", ("no", draw.draw_no), ("month", Month(draw.month).text()));
    let head = bench.head(visit, &title, Some(title.clone()));
    visit.page_html(200, head, &body)
}

/// How much more the branch gave itself: `+5`, `0`, `−3`.
fn signed(own: u32, seen: u32) -> String {
    match own.checked_sub(seen) {
        Some(0) => "0".to_owned(),
        Some(more) => format!("+{more}"),
        None => format!("−{}", seen - own),
    }
}

fn drawn_one(visit: &Visit<'_>) -> Result<(Bench, DrawRow, DrawnRow), Problem> {
    let (bench, draw, drawn) = load(visit)?;
    let branch: Id<Unit> = visit.id("branch")?;
    let row = drawn.into_iter().find(|row| row.branch_id == branch).ok_or(Problem::NotFound)?;
    Ok((bench, draw, row))
}

/// `GET /meetings/draws/{id}/{draw}/{branch}`: the sheet beside the branch's own.
pub(super) fn sheet(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = drawn_one(visit)?;
    sheet_page(visit, &found, Vec::new())
}

fn sheet_page(
    visit: &Visit<'_>,
    (bench, draw, row): &(Bench, DrawRow, DrawnRow),
    issues: Vec<Issue>,
) -> Result<Reply, Problem> {
    use crate::rules::observed::{field, parse};
    let w = visit.w;
    let (own, criteria) = visit.read(|tx| actions::closed_criteria(tx, row.branch_id, row.meeting_no))?;
    let seen = parse(&row.sheet);
    let seen_of = |no: u8| seen.iter().find(|(known, _)| *known == no).map(|(_, got)| *got);
    let columns = vec![
        Column::new("item", w.t("meetings-score-item")),
        Column::number("most", w.t("meetings-seen-most")),
        Column::number("own", w.t("meetings-score")),
        Column::number("seen", w.t("meetings-observed")),
        Column::number("gap", w.t("meetings-gap")),
    ];
    let mut table = Table::new(w.t("meetings-seen-beside"), columns);
    let name = |no: u8| format!("{no}. {}", w.t(&format!("meetings-criterion-{no}")));
    for one in &criteria {
        let got = seen_of(one.no);
        table.rows.push(vec![
            Cell::Text(name(one.no)),
            Cell::Text(w.n(one.most)),
            Cell::Text(w.n(one.own)),
            Cell::Text(got.map_or_else(String::new, |got| w.n(got))),
            Cell::Text(got.map_or_else(String::new, |got| signed(one.own, got))),
        ]);
    }
    table.total = Some(vec![
        Cell::Text(w.t("meetings-score-total").to_owned()),
        Cell::Text("100".to_owned()),
        Cell::Text(w.n(own)),
        Cell::Text(if row.seen > 0 { w.n(row.seen) } else { String::new() }),
        Cell::Text(if row.seen > 0 { signed(own, row.seen) } else { String::new() }),
    ]);
    let mut body = format!("<section class=\"card\">{}</section>", table.html(visit));
    let wrong = !issues.is_empty();
    if bench.may(visit) {
        let mut fields: Vec<Field> = criteria
            .iter()
            .map(|one| {
                let value = seen_of(one.no).map_or_else(String::new, |got| got.to_string());
                let hint = w.t1("meetings-seen-hint", "most", one.most);
                Field::text(field(one.no), name(one.no)).value(value).hint(hint).required()
            })
            .collect();
        fields.push(Field::new("remark", w.t("meetings-remark"), Kind::Area).value(row.remark.as_str()));
        let address = bench.address(&format!("/{}/{}", draw.draw_no, row.branch_id));
        let mut form = Form::new(address, w.t("meetings-seen-save"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        let title = w.t("meetings-seen-do");
        body.push_str(&format!("<section class=\"card\"><h2>{title}</h2>{}</section>", form.html(visit)));
    }
    let title = bench.view.units.name(row.branch_id);
    let mut head = bench.head(visit, &title, Some(title.clone())).with_error(wrong);
    if visit.permit(Permission::ViewMembers, row.branch_id).is_ok() {
        let meeting = format!("/meetings/units/{}/{}", row.branch_id, row.meeting_no);
        head = head.action(w.t("meetings-meeting"), meeting, false);
    }
    visit.page_html(if wrong { 422 } else { 200 }, head, &body)
}

/// `POST /meetings/draws/{id}/{draw}/{branch}`.
pub(super) fn score(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = drawn_one(visit)?;
    let (bench, draw, row) = &found;
    let remark = clean(visit.form.get("remark")).into_owned();
    let key = (bench.unit, draw.draw_no, row.branch_id);
    let typed = |name: &str| visit.form.get(name).to_owned();
    match issues_of(visit.write(|op| actions::score_drawn(op, key, typed, &remark)))? {
        Ok(_) => Ok(Reply::done(bench.address(&format!("/{}", draw.draw_no)), "saved")),
        Err(issues) => sheet_page(visit, &found, issues),
    }
}
