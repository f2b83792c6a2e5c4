//! The list as a workbook: what the page lists, where the viewer may export.

use chibo_kernel::Problem;
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::overview::Ask;
use super::scene::Scene;
use super::survey::{Line, Survey};
use crate::sheets;

/// `GET /regulations/export.xlsx` with the query of the page.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let scene = Scene::at(visit, visit.as_of());
    let survey = Survey::take(visit, &scene, ask.places(&scene))?;
    let taken = |line: &&Line| ask.fits(line) && sheets::may_export(visit, &scene, line);
    let lines: Vec<&Line> = survey.lines.iter().filter(taken).collect();
    let body = sheets::list(visit, &scene, &survey, &lines)?;
    if let Some(top) = ask.unit.or_else(|| lines.first().map(|line| line.unit)) {
        let detail = serde_json::json!({ "day": scene.at.day.iso(), "rows": lines.len() });
        visit.taken_out(top, "regulation-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("quy-che-lam-viec-{}.xlsx", scene.at.day.iso()), kind: XLSX, body })
}
