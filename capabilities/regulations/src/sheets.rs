//! The list of units and their regulations as a workbook.

use chibo_kernel::{Day, Permission, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Line, Scene, Survey, kind_name, setting_name};

/// Writes the lines as they stand on the page, all of them.
pub(crate) fn list(visit: &Visit<'_>, scene: &Scene, survey: &Survey, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about =
        vec![(w.t("shell-as-of").to_owned(), w.day(scene.at.day)), (w.t("regulations-made-by").to_owned(), made)];
    let title = w.t("regulations-title").to_owned();
    let layout = visit.layout(title.clone(), columns(visit)).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let Some(facts) = scene.tree.facts(line.place) else { continue };
        let above = scene.tree.parent(line.place).filter(|up| scene.sees(visit, *up));
        let above = above.and_then(|up| scene.tree.facts(up)).map_or("", |facts| facts.name.as_str());
        let own = line.own.as_ref();
        let model = own.and_then(|own| survey.model(own)).map_or("", |row| row.number.as_str());
        writer.row(&[
            Out::Text(&facts.code),
            Out::Text(&facts.name),
            Out::Text(above),
            Out::Text(kind_name(w, line.kind, scene.at.day)),
            Out::Text(line.setting.map_or("", |setting| setting_name(w, Some(setting)))),
            Out::Text(w.t(line.state.word())),
            own.map_or(Out::Empty, |own| Out::Text(&own.number)),
            own.map_or(Out::Empty, |own| Out::Whole(i64::from(own.version))),
            day(own.map(|own| own.adopted_on)),
            day(own.map(|own| own.valid_from)),
            Out::Text(model),
            day(own.and_then(|own| own.reported_on)),
            day(own.and_then(|own| own.announced_on)),
        ])?;
    }
    Ok(writer.finish()?)
}

fn day(day: Option<Day>) -> Out<'static> {
    day.map_or(Out::Empty, Out::Day)
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let text = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Text);
    let day = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Day);
    vec![
        text("regulations-code"),
        text("regulations-unit").wide(40.0),
        text("regulations-above").wide(30.0),
        text("regulations-kind"),
        text("regulations-setting"),
        text("regulations-state").wide(30.0),
        text("regulations-number"),
        OutColumn::new(visit.w.t("regulations-version"), OutKind::Whole),
        day("regulations-adopted-on"),
        day("regulations-from"),
        text("regulations-based-on"),
        day("regulations-reported-on"),
        day("regulations-announced-on"),
    ]
}

/// Whether the viewer may take a line out of the program.
pub(crate) fn may_export(visit: &Visit<'_>, scene: &Scene, line: &Line) -> bool {
    let today = scene.tree.unit(line.place).and_then(|unit| scene.places.place(unit));
    visit.who().system || today.is_some_and(|today| visit.who().may_at(Permission::Export, today))
}
