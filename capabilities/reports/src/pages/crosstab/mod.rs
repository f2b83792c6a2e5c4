//! The cross-tab (bảng chéo): members by two dimensions, as a page and as a workbook.

mod form;
mod picture;
mod question;
mod table;

use askama::Template;
use chibo_census::Bounds;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_members::dims::{Ground, Names};
use chibo_store::Entry;
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Head, Reply, Visit};

use crate::CROSSTAB;
use crate::rules::grid::Side;
use crate::rules::{Faces, Grid};
use crate::spot::{self, Spot, lists_open};
pub(crate) use question::{Question, Show};

/// A question with its answer.
pub(crate) struct Answer {
    /// What was asked.
    pub question: Question,
    /// The counts.
    pub grid: Grid,
    /// What of them is shown.
    pub faces: Faces,
    /// The list behind each number may be opened.
    pub linked: bool,
}

#[derive(Template)]
#[template(path = "crosstab.html")]
struct CrosstabPage<'a> {
    w: Tongue<'a>,
    notes: Vec<String>,
    chips: String,
    pick: String,
    form: String,
    bounds: Vec<(&'a str, String, bool)>,
    shows: Vec<(&'a str, String, bool)>,
    table: String,
    picture: String,
    total: String,
    linked: bool,
    hides: bool,
    empty: bool,
}

/// `GET /crosstab?unit=&rows=&cols=&f=&show=&day=&known=`.
pub(crate) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = spot::asked_unit(visit)?;
    if let Some(page) = super::loading(visit, CROSSTAB) {
        return page;
    }
    let (spot, answer) = ask(visit, unit)?;
    let Some(answer) = answer else { return super::absent(visit, &spot, "/crosstab", CROSSTAB) };
    let w = visit.w;
    let names = Names::new(w, &spot.tree, spot.no, spot.at.day);
    let page = CrosstabPage {
        w,
        notes: notes(w, &spot, &answer.question),
        chips: form::chips(&spot, &answer.question, &names, w),
        pick: w.t2("reports-pick", ("rows", answer.question.rows.name(w)), ("cols", answer.question.cols.name(w))),
        form: form::html(visit, &spot, &answer.question, &names),
        bounds: form::bounds(&spot, &answer.question, w),
        shows: form::shows(&spot, &answer.question, w),
        table: table::html(w, &spot, &answer, &names),
        picture: picture::html(w, &answer, &names),
        total: w.n(answer.grid.total()),
        linked: answer.linked,
        hides: answer.faces.hide_something(),
        empty: answer.grid.is_empty(),
    };
    let mut crumbs = spot.crumbs();
    crumbs.push(Crumb::to(spot.name.clone(), format!("/?{}", spot.asked())));
    crumbs.push(Crumb::here(w.t("reports-crosstab-title")));
    let workbook = answer.question.address("/crosstab.xlsx", &spot);
    let title = format!("{} · {}", w.t("reports-crosstab-title"), spot.name);
    let head = Head::new(title, CROSSTAB).crumbs(crumbs).as_of(spot.at);
    visit.page(head.action(w.t("reports-export"), workbook, false), &page)
}

/// `GET /crosstab.xlsx` with the same query.
pub(crate) fn export(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = spot::asked_unit(visit)?;
    if visit.house.census.state() != chibo_census::State::Ready {
        return Err(Problem::Busy(2));
    }
    let (spot, answer) = ask(visit, unit)?;
    let answer = answer.ok_or(Problem::NotFound)?;
    let reply = crate::sheets::crosstab(visit, &spot, &answer)?;
    let question = &answer.question;
    let detail = serde_json::json!({
        "report": "crosstab",
        "rows": question.rows.key(),
        "cols": question.cols.key(),
        "filter": question.filters.address(unit),
        "day": spot.at.day.iso(),
        "known": (spot.at.known != chibo_kernel::Moment::FOREVER).then(|| spot.at.known.day().iso()),
        "members": answer.grid.total(),
    });
    visit.write(|op| {
        op.permit(Permission::ViewReports, unit)?;
        op.record(Entry {
            stream: *unit.bytes(),
            action: "report-exported",
            unit: Some(unit),
            subject: None,
            detail: detail.to_string(),
        });
        Ok(())
    })?;
    Ok(reply)
}

/// Asks the census in one view and lets it go; no answer for a unit that does not stand.
fn ask(visit: &Visit<'_>, unit: Id<Unit>) -> Result<(Spot, Option<Answer>), Problem> {
    let view = visit.house.census.view(visit.today());
    let spot = Spot::new(visit, &view, unit)?;
    if spot.ground == Ground::Absent {
        return Ok((spot, None));
    }
    let question = Question::read(&visit.query, &spot);
    let query = question.filters.on(spot.members(), spot.no);
    let (rows, cols) = (question.rows, question.cols);
    let cube = view.cube(&query.clone().by(&[rows.dim(spot.no), cols.dim(spot.no)])).map_err(Problem::fault)?;
    let open = lists_open(visit.who(), &view, &spot, &query, cube.total());
    drop(view);
    let counts = cube.crosstab(0, 1);
    let side =
        |size, by: chibo_members::dims::Dimension| Side { size, ordered: by.is_ordered(), unknown: by.unknown() };
    let grid = Grid::new(side(counts.rows(), rows), side(counts.cols(), cols), |row, col| counts.get(row, col));
    let guarded = !open && question.is_sensitive();
    let faces = if guarded { Faces::guarded(&grid) } else { Faces::open(&grid) };
    let linked = open && spot.is_itself();
    Ok((spot, Some(Answer { question, grid, faces, linked })))
}

fn notes(w: Tongue<'_>, spot: &Spot, question: &Question) -> Vec<String> {
    let mut notes = Vec::new();
    if spot.bounds == Bounds::Now {
        notes.push(w.t1("reports-bounds-note", "day", w.day(spot.at.day)));
    }
    if spot.ground == Ground::Forerunners {
        notes.push(w.t2("reports-forerunners", ("unit", &spot.name), ("day", w.day(spot.at.day))));
    }
    if question.child_left_out {
        notes.push(w.t1("reports-no-children-then", "day", w.day(spot.at.day)));
    }
    notes
}
