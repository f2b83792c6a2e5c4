//! The list of one's units as a spreadsheet, in the columns the import reads.

use chibo_kernel::{Permission, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::reply::XLSX;
use chibo_web::{Reply, Visit};

use super::scene::Scene;
use crate::import::TITLES;
use crate::kinds::{Kind, Setting};

/// `GET /units/export.xlsx`.
pub(super) fn units(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let scene = Scene::counted(visit, visit.as_of());
    let may = |place: &u32| {
        let today = scene.tree.unit(*place).and_then(|unit| scene.places.place(unit));
        visit.who().system || today.is_some_and(|today| visit.who().may_at(Permission::Export, today))
    };
    let places: Vec<u32> = (0..scene.tree.len()).filter(|place| scene.sees(visit, *place) && may(place)).collect();
    let mut columns: Vec<OutColumn> = TITLES.iter().map(|title| OutColumn::new(*title, OutKind::Text)).collect();
    if let Some(day) = columns.last_mut() {
        day.kind = OutKind::Day;
    }
    columns.push(OutColumn::new(w.t("units-members"), OutKind::Whole));
    let lines =
        vec![(w.t("units-as-of").to_owned(), w.day(scene.at.day)), (w.t("units-made-by").to_owned(), visit.made_by())];
    let layout = visit.layout(w.t("units-title"), columns).about(About { title: w.t("units-title").to_owned(), lines });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for place in &places {
        let Some(facts) = scene.tree.facts(*place) else { continue };
        let above = scene.tree.parent(*place).and_then(|up| scene.tree.facts(up)).map_or("", |up| up.code.as_str());
        let kind = Kind::from_number(facts.kind).map_or("", |kind| kind.name(scene.at.day).vi);
        let setting = Setting::from_number(facts.setting).map_or("", Setting::vi);
        writer.row(&[
            Out::Text(&facts.code),
            Out::Text(&facts.name),
            Out::Text(&facts.short),
            Out::Text(kind),
            Out::Text(setting),
            Out::Text(above),
            Out::Day(facts.valid.from()),
            Out::Whole(i64::from(scene.members(*place))),
        ])?;
    }
    let body = writer.finish()?;
    if let Some(top) = places.first().and_then(|place| scene.id(*place)) {
        let detail = serde_json::json!({ "day": scene.at.day.iso(), "rows": places.len() });
        visit.taken_out(top, "units-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("to-chuc-dang-{}.xlsx", scene.at.day.iso()), kind: XLSX, body })
}
