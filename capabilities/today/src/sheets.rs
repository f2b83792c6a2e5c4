//! The list of duties as a workbook.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::{Pressing, Visit};

use crate::pages::{Found, Line, degree_word};

/// Writes all the lines.
pub(crate) fn list(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("shell-as-of").to_owned(), w.day(visit.today())), (w.t("today-made-by").to_owned(), made)];
    let title = w.t("today-title").to_owned();
    let layout = visit.layout(title.clone(), columns(visit)).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for (source, duty) in lines {
        let due = if duty.due == Day::FOREVER { w.t("today-no-day").to_owned() } else { w.day(duty.due) };
        let (name, above) = (found.units.name(duty.unit), found.units.above(visit, duty.unit));
        writer.row(&[
            Out::Text(&w.said(&duty.said)),
            Out::Text(&due),
            Out::Text(w.t(degree_word(Pressing::of(duty.due, visit.today())))),
            Out::Text(found.units.code(duty.unit)),
            Out::Text(&name),
            Out::Text(&above),
            Out::Text(w.t(source.title)),
            Out::Text(duty.rule),
        ])?;
    }
    Ok(writer.finish()?)
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let text = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Text);
    vec![
        text("today-act").wide(60.0),
        text("today-due"),
        text("today-degree"),
        text("today-code"),
        text("today-unit").wide(40.0),
        text("today-above").wide(30.0),
        text("today-sort").wide(25.0),
        text("today-rule"),
    ]
}
