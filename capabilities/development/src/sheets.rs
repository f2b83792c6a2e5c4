//! Candidates as a workbook.

use chibo_kernel::Problem;
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Found, Line};
use crate::rules::{Source, Step};

/// Writes all the lines.
pub(crate) fn list(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("development-made-by").to_owned(), made)];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("development-name").wide(30.0),
        text("development-birth"),
        text("development-branch").wide(40.0),
        text("development-above").wide(40.0),
        text("development-source").wide(30.0),
        text("development-workplace").wide(30.0),
        text("development-stage").wide(30.0),
        text("development-due").wide(40.0),
    ];
    let title = w.t("development-list").to_owned();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let due = line.due.map_or_else(String::new, |(step, day, rule)| {
            let (step, rule) = (w.t(step.word()).to_owned(), rule.to_owned());
            w.with("development-due-by", &[("step", step), ("day", w.day(day)), ("rule", rule)])
        });
        writer.row(&[
            Out::Text(&line.row.full_name),
            Out::Text(&w.day(line.row.birth)),
            Out::Text(&found.units.name(line.row.unit_id)),
            Out::Text(&found.units.above(visit, line.row.unit_id)),
            Out::Text(Source::from_code(&line.row.source).map_or("", |source| w.t(source.word()))),
            Out::Text(&line.row.workplace),
            Out::Text(w.t(line.course.stage().map_or("development-stage-new", Step::word))),
            Out::Text(&due),
        ])?;
    }
    Ok(writer.finish()?)
}

/// The headings of the import; above them what the columns take, which the import reads over.
pub(crate) fn template(visit: &Visit<'_>) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let sources = Source::ALL.iter().map(|source| w.t(source.word())).collect::<Vec<_>>().join("; ");
    let title = w.t("development-import-template").to_owned();
    let lines = vec![(w.t("development-source").to_owned(), sources)];
    let column = |column: &chibo_papers::Column| {
        let kind = if matches!(column.kind, chibo_papers::Kind::Day) { OutKind::Day } else { OutKind::Text };
        OutColumn::new(column.title(), kind).wide(28.0)
    };
    let columns = crate::import::COLUMNS.iter().map(column).collect();
    let layout = Layout::new(title.clone(), columns).about(About { title, lines });
    Ok(SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?.finish()?)
}
