//! Findings as a workbook.

use chibo_kernel::Problem;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Found, Line};
use crate::rules::Degree;

/// Writes all the lines.
pub(crate) fn list(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("quality-made-by").to_owned(), made)];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("quality-member").wide(30.0),
        text("quality-unit").wide(40.0),
        text("quality-above").wide(40.0),
        text("quality-check").wide(40.0),
        text("quality-degree"),
        text("quality-owner"),
        text("quality-rule"),
        text("quality-seen"),
        text("quality-mend").wide(60.0),
    ];
    let title = w.t("quality-list").to_owned();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let view = visit.house.census.view(visit.today());
    for line in lines {
        let name = view.no(line.person).map(|no| view.name(no)).unwrap_or_default();
        let degree = match line.check.degree {
            Degree::Error => "quality-errors",
            Degree::Doubt => "quality-doubts",
            Degree::Gap => "quality-gaps",
        };
        writer.row(&[
            Out::Text(&name),
            Out::Text(&found.units.name(line.unit)),
            Out::Text(&found.units.above(visit, line.unit)),
            Out::Text(w.t(line.check.title)),
            Out::Text(w.t(degree)),
            Out::Text(w.t(line.check.owner.word())),
            Out::Text(line.check.rule),
            Out::Text(&w.day(line.seen_on)),
            Out::Text(w.t(line.check.mend)),
        ])?;
    }
    Ok(writer.finish()?)
}
