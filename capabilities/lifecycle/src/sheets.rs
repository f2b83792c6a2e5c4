//! The list of cases as a workbook.

use chibo_kernel::{Day, Problem};
use chibo_organisation::kinds::Kind;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{deadline, named};
use crate::rules::{CaseKind, Phase};
use crate::scene::Scene;
use crate::store::CaseRow;

/// Writes all the cases.
pub(crate) fn list(visit: &Visit<'_>, scene: &Scene, rows: &[CaseRow]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let title = w.t("lifecycle-title").to_owned();
    let about = vec![(w.t("lifecycle-made-by").to_owned(), made)];
    let layout = visit.layout(title.clone(), columns(visit)).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for row in rows {
        let (kind, phase) = (CaseKind::from_code(&row.kind), Phase::from_code(&row.phase));
        let of = Kind::from_number(row.unit_kind).map_or("", |kind| w.t(kind.name_key(scene.today)));
        writer.row(&[
            Out::Text(&row.name),
            Out::Text(of),
            Out::Text(&row.code),
            Out::Text(&named(visit, scene, row, row.parent_id)),
            Out::Text(kind.map_or("", |kind| w.t(kind.word()))),
            Out::Text(phase.map_or("", |phase| w.t(phase.word()))),
            day(row.effective_on),
            day(deadline(row)),
            Out::Text(&row.target_id.map_or_else(String::new, |target| named(visit, scene, row, target))),
            Out::Text(&row.purpose),
            Out::Day(row.recorded_at.day()),
            Out::Text(&row.recorded_by),
        ])?;
    }
    Ok(writer.finish()?)
}

fn day(day: Day) -> Out<'static> {
    if day == Day::FOREVER { Out::Empty } else { Out::Day(day) }
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let text = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Text);
    let day = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Day);
    vec![
        text("lifecycle-unit").wide(40.0),
        text("lifecycle-unit-kind").wide(24.0),
        text("lifecycle-code"),
        text("lifecycle-parent").wide(40.0),
        text("lifecycle-kind").wide(24.0),
        text("lifecycle-phase").wide(24.0),
        day("lifecycle-effective"),
        day("lifecycle-deadline"),
        text("lifecycle-target").wide(40.0),
        text("lifecycle-purpose").wide(40.0),
        day("lifecycle-recorded-on"),
        text("lifecycle-recorded-by").wide(24.0),
    ]
}
