//! Lists as workbooks: what the page lists, where the viewer may export.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::ask::Ask;
use super::pilots::{Listed, subject};
use super::plans::Plans;
use super::scene::Scene;
use super::survey::{Line, Survey};
use crate::store::pilots::{taken_up, uptakes_of};
use crate::{sheets, store};

/// `GET /coverage/export.xlsx` with the query of the list.
pub(super) fn places(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let scene = Scene::counted(visit, visit.as_of())?;
    let (all, plans) = visit.read(|tx| Ok((store::histories(tx)?, Plans::load(tx, scene.at)?)))?;
    let survey = Survey::take(visit, &scene, &all)?;
    let mut lines: Vec<&Line<'_>> = ask.fitting(&scene, &survey.lines, &plans);
    lines.retain(|line| visit.permit(Permission::Export, line.facts.unit_id).is_ok());
    let body = sheets::places(visit, &scene, &lines, (&plans, ask.year))?;
    let top = ask.unit.or_else(|| lines.first().map(|line| line.facts.unit_id));
    recorded(visit, top, "place-list-exported", lines.len())?;
    Ok(Reply::File { name: format!("dia-ban-{}.xlsx", scene.at.day.iso()), kind: XLSX, body })
}

/// `GET /pilots/export.xlsx` with the query of the list.
pub(super) fn pilots(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    let mut listed = Listed::take(visit, &scene)?;
    listed.retain(|trial| visit.permit(Permission::Export, trial.row.unit_id).is_ok());
    let body = sheets::pilots(visit, &scene, listed.trials())?;
    let top = listed.trials().first().map(|trial| trial.row.unit_id);
    recorded(visit, top, "pilot-list-exported", listed.trials().len())?;
    Ok(Reply::File { name: format!("mo-hinh-thi-diem-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}

/// `GET /pilots/{id}/export.xlsx`: the roll-out list.
pub(super) fn uptakes(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    let trial = subject(visit, &scene)?;
    // Who sees it through a unit where it is tried knows that it is there: denied, not lost.
    visit.permit(Permission::Export, trial.row.unit_id).map_err(|_| Problem::Denied)?;
    let rows = visit.read(|tx| uptakes_of(tx, trial.row.pilot_id))?;
    let body = sheets::uptakes(visit, &scene, &trial, &rows)?;
    recorded(visit, Some(trial.row.unit_id), "pilot-uptake-exported", taken_up(&rows).len())?;
    Ok(Reply::File { name: format!("nhan-rong-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}

fn recorded(visit: &Visit<'_>, top: Option<Id<Unit>>, action: &'static str, rows: usize) -> Result<(), Problem> {
    let Some(top) = top else { return Ok(()) };
    let detail = serde_json::json!({ "rows": rows });
    visit.taken_out(top, action, &detail)
}
