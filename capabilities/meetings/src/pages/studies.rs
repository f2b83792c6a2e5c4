//! Resolutions of higher levels: registered by a committee, proposed for the agenda until a branch studied them (MTG-08, MTG-12).

use std::collections::HashMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Unit};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit, html};

use super::library::{Committee, above, card};
use super::{Place, fields};
use crate::actions;
use crate::rules::Study;
use crate::store::{self, StudiedRow, StudyRow};

/// Branches on one page.
const ROWS: usize = 100;
const LIST: (&str, &str) = ("meetings-studies", "/meetings/studies");

/// What stands on an agenda.
pub(super) fn name(visit: &Visit<'_>, row: &StudyRow) -> String {
    visit.w.t2("meetings-study-item", ("number", &row.number), ("title", &row.title))
}

/// What the committees above a branch want studied, what it studied.
pub(super) struct Wanted {
    /// Still to be studied, the most pressing first.
    pub open: Vec<StudyRow>,
    /// Marked, with the resolution.
    pub done: Vec<(StudyRow, StudiedRow)>,
}

impl Wanted {
    pub(super) fn load(visit: &Visit<'_>, place: &Place) -> Result<Self, Problem> {
        let (committees, today) = (above(&place.units, place.unit), visit.today());
        visit.read(|tx| {
            let marks = store::studied_by(tx, place.unit)?;
            let (mut open, mut done) = (Vec::new(), Vec::new());
            for committee in committees {
                for row in store::studies(tx, committee)? {
                    let of = |mark: &&StudiedRow| (mark.committee_id, mark.study_no) == (row.unit_id, row.study_no);
                    match marks.iter().find(of) {
                        Some(mark) => done.push((row, mark.clone())),
                        None if row.withdrawn_on > today => open.push(row),
                        None => {}
                    }
                }
            }
            open.sort_by_key(|row| row.due_on);
            Ok(Self { open, done })
        })
    }
}

/// Lines for the agenda of a branch's next meeting.
pub(super) fn proposals(visit: &Visit<'_>, place: &Place) -> Result<Vec<String>, Problem> {
    Ok(Wanted::load(visit, place)?.open.iter().map(|row| name(visit, row)).collect())
}

/// `GET /meetings/studies?unit=`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    page(visit, &committee, Vec::new())
}

fn branches(visit: &Visit<'_>, committee: &Committee) -> Vec<Id<Unit>> {
    let units = &committee.view.units;
    let places = committee.view.branches(visit, units.range(Some(committee.unit)));
    places.filter_map(|place| units.id(place)).collect()
}

fn page(visit: &Visit<'_>, committee: &Committee, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (rows, done) =
        visit.read(|tx| Ok((store::studies(tx, committee.unit)?, store::studied_for(tx, committee.unit)?)))?;
    let branches = branches(visit, committee);
    let below: std::collections::HashSet<Id<Unit>> = branches.iter().copied().collect();
    let columns = vec![
        Column::new("number", w.t("meetings-study-number")),
        Column::new("issuer", w.t("meetings-study-issuer")),
        Column::new("due", w.t("meetings-study-due")),
        Column::number("done", w.t("meetings-study-done")),
        Column::new("state", w.t("meetings-state")),
    ];
    let mut table = Table::new(w.t("meetings-studies"), columns);
    table.empty = w.t("meetings-no-studies").to_owned();
    for row in &rows {
        let studied = done.iter().filter(|seen| seen.study_no == row.study_no && below.contains(&seen.unit_id)).count();
        let (word, class) = state(row, studied >= branches.len(), visit.today());
        table.rows.push(vec![
            Cell::LinkWith(
                row.number.clone(),
                format!("/meetings/studies/{}/{}", committee.unit, row.study_no),
                row.title.clone(),
            ),
            Cell::Text(row.issuer.clone()),
            Cell::Text(w.day(row.due_on)),
            Cell::Text(format!("{}/{}", w.n(studied), w.n(branches.len()))),
            Cell::Tag(w.t(word).to_owned(), class),
        ]);
    }
    let about = w.t("meetings-studies-about");
    let mut body = format!("<p>{about}</p><section class=\"card\">{}</section>", table.html(visit));
    let wrong = !issues.is_empty();
    if committee.may(visit) {
        let fields = vec![
            Field::text("number", w.t("meetings-study-number")).required(),
            Field::text("title", w.t("meetings-study-title")).required(),
            Field::text("issuer", w.t("meetings-study-issuer")).required(),
            Field::new("issued", w.t("meetings-study-issued"), Kind::Day).required(),
            Field::new("due", w.t("meetings-study-due"), Kind::Day).required(),
        ];
        let address = format!("/meetings/studies/{}", committee.unit);
        let mut form = Form::new(address, w.t("meetings-study-do"), fields);
        if wrong {
            form = form.refused(&visit.form, issues);
        }
        body.push_str(&card(w.t("meetings-study-do"), &form.html(visit)));
    }
    let title = w.t1("meetings-studies-of", "name", committee.name());
    committee.page(visit, &title, None, &body, wrong)
}

fn state(row: &StudyRow, all: bool, today: Day) -> (&'static str, &'static str) {
    if row.withdrawn_on <= today {
        ("meetings-study-withdrawn", "")
    } else if all {
        ("meetings-study-all", "ok")
    } else if row.due_on < today {
        ("meetings-study-late", "bad")
    } else {
        ("meetings-study-runs", "gold")
    }
}

/// `POST /meetings/studies/{id}`.
pub(super) fn register(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let committee = Committee::load(visit)?;
    let mut issues = fields::check_lines(&visit.form, &["number", "title", "issuer"]);
    let mut day = |field: &str| {
        let day = visit.form.day(field, visit.today()).ok().flatten();
        if day.is_none() {
            issues.push(missing(field, "meetings-bad-day"));
        }
        day
    };
    let days = (day("issued"), day("due"));
    let ((Some(issued), Some(due)), true) = (days, issues.is_empty()) else { return page(visit, &committee, issues) };
    let line = |name: &str| clean(visit.form.get(name)).into_owned();
    let study = Study { number: line("number"), title: line("title"), issuer: line("issuer"), issued, due };
    match issues_of(visit.write(|op| actions::register_study(op, committee.unit, &study)))? {
        Ok(_) => Ok(Reply::done(format!("/meetings/studies?unit={}", committee.unit), "saved")),
        Err(issues) => page(visit, &committee, issues),
    }
}

/// A branch, and when it studied the resolution.
type Line = (Id<Unit>, Option<StudiedRow>);

/// A resolution with the branches below.
fn load(visit: &Visit<'_>) -> Result<(Committee, StudyRow, Vec<Line>), Problem> {
    let committee = Committee::load(visit)?;
    let no: u32 = visit.path.get("study").parse().map_err(|_| Problem::NotFound)?;
    let (rows, done) =
        visit.read(|tx| Ok((store::studies(tx, committee.unit)?, store::studied_for(tx, committee.unit)?)))?;
    let row = rows.into_iter().find(|row| row.study_no == no).ok_or(Problem::NotFound)?;
    let done = done.into_iter().filter(|seen| seen.study_no == no);
    let mut done: HashMap<Id<Unit>, StudiedRow> = done.map(|seen| (seen.unit_id, seen)).collect();
    let lines = branches(visit, &committee).into_iter().map(|unit| (unit, done.remove(&unit))).collect();
    Ok((committee, row, lines))
}

/// `GET /meetings/studies/{id}/{study}`: which branches have not studied it.
pub(super) fn one(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (committee, row, lines) = load(visit)?;
    let w = visit.w;
    let open: Vec<Id<Unit>> = lines.iter().filter(|(_, done)| done.is_none()).map(|(unit, _)| *unit).collect();
    let facts = [
        ("meetings-study-title", row.title.clone()),
        ("meetings-study-issuer", row.issuer.clone()),
        ("meetings-study-issued", w.day(row.issued_on)),
        ("meetings-study-due", w.day(row.due_on)),
        ("meetings-study-done", format!("{}/{}", w.n(lines.len() - open.len()), w.n(lines.len()))),
    ];
    let mut body = String::from("<section class=\"card\"><dl class=\"facts\">");
    for (word, value) in facts {
        body.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>", w.t(word), html::escape(&value)));
    }
    body.push_str("</dl></section>");
    let columns = vec![Column::new("branch", w.t("meetings-branch")), Column::new("part", w.t("meetings-part"))];
    let mut table = Table::new(w.t("meetings-study-open-branches"), columns);
    table.empty = w.t("meetings-study-all").to_owned();
    let shown = visit.rows(open.len(), ROWS);
    for unit in open.get(shown.clone()).unwrap_or_default() {
        let units = &committee.view.units;
        let cell = match committee.view.page_of(visit, *unit) {
            Some(href) => Cell::Link(units.name(*unit), href),
            None => Cell::Text(units.name(*unit)),
        };
        table.rows.push(vec![cell, Cell::Text(units.above(visit, *unit))]);
    }
    table.page(visit, &shown, open.len(), "meetings-rows");
    body.push_str(&card(w.t("meetings-study-open-branches"), &table.html(visit)));
    let address = format!("/meetings/studies/{}/{}", committee.unit, row.study_no);
    if visit.permit(Permission::Export, committee.unit).is_ok() {
        body.push_str(&format!("<p><a href=\"{address}/export.xlsx\">{}</a></p>", w.t("meetings-export")));
    }
    if committee.may(visit) && row.withdrawn_on > visit.today() {
        let form = Form::new(format!("{address}/withdrawal"), w.t("meetings-study-withdraw"), Vec::new());
        body.push_str(&form.html(visit));
    }
    committee.page(visit, &row.number, Some(LIST), &body, false)
}

/// `POST /meetings/studies/{id}/{study}/withdrawal`.
pub(super) fn withdraw(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (committee, row, _) = load(visit)?;
    visit.write(|op| actions::withdraw_study(op, committee.unit, row.study_no))?;
    Ok(Reply::done(format!("/meetings/studies/{}/{}", committee.unit, row.study_no), "saved"))
}

/// `GET /meetings/studies/{id}/{study}/export.xlsx`: every branch with the day it studied.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (committee, row, lines) = load(visit)?;
    visit.permit(Permission::Export, committee.unit)?;
    let w = visit.w;
    let columns = vec![
        OutColumn::new(w.t("meetings-branch"), OutKind::Text).wide(44.0),
        OutColumn::new(w.t("meetings-part"), OutKind::Text).wide(44.0),
        OutColumn::new(w.t("meetings-study-on"), OutKind::Day),
    ];
    let title = name(visit, &row);
    let about = vec![(w.t("meetings-made-by").to_owned(), visit.made_by())];
    let layout = visit.layout(w.t("meetings-studies").to_owned(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let units = &committee.view.units;
    for (unit, done) in &lines {
        writer.row(&[
            Out::Text(&units.name(*unit)),
            Out::Text(&units.above(visit, *unit)),
            done.as_ref().map_or(Out::Empty, |seen| Out::Day(seen.on_day)),
        ])?;
    }
    let body = writer.finish()?;
    let detail = serde_json::json!({ "rows": lines.len(), "list": "studies", "study": row.study_no });
    visit.taken_out(committee.unit, "meeting-list-exported", &detail)?;
    Ok(Reply::File { name: format!("hoc-tap-nghi-quyet-{}.xlsx", row.study_no), kind: XLSX, body })
}
