//! The list as a workbook: what the page lists, where the viewer may export.

use chibo_kernel::{Permission, Problem, Said};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::ages;
use super::board::{Ask, is_loading};
use super::list::AGED;
use super::scene::Scene;
use super::survey::{Line, Survey};
use crate::sheets;

/// Whether the viewer may take a line out of the program.
fn may_export(visit: &Visit<'_>, scene: &Scene, line: &Line) -> bool {
    let today = scene.tree.unit(line.place).and_then(|unit| scene.places.place(unit));
    visit.who().system || today.is_some_and(|today| visit.who().may_at(Permission::Export, today))
}

/// `GET /alerts/export.xlsx` with the query of the page.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    if is_loading(visit) {
        return Err(Problem::refuse(Said::new("alerts-loading")));
    }
    let scene = Scene::counted(visit, visit.as_of());
    let survey = Survey::take(visit, &scene, ask.places(&scene))?;
    let taken = |line: &&Line| ask.fits(line) && may_export(visit, &scene, line);
    let lines: Vec<&Line> = survey.lines.iter().filter(taken).collect();
    // Long lists go without ages, as on the page.
    let ages = if lines.len() <= AGED { ages::of(visit, &scene, &survey, &lines)? } else { Vec::new() };
    let body = sheets::list(visit, &scene, &lines, &ages)?;
    if let Some(top) = ask.unit.or_else(|| lines.first().map(|line| line.unit)) {
        let detail = serde_json::json!({ "day": scene.at.day.iso(), "rows": lines.len() });
        visit.taken_out(top, "alert-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("canh-bao-{}.xlsx", scene.at.day.iso()), kind: XLSX, body })
}
