//! Transfers as a workbook.

use chibo_kernel::Problem;
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Found, Line};

/// Writes all the lines.
pub(crate) fn list(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = format!("{}, {}", visit.who().name, w.moment(visit.now));
    let about = vec![(w.t("transfers-made-by").to_owned(), made)];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("transfers-member").wide(30.0),
        text("transfers-from").wide(40.0),
        text("transfers-to").wide(40.0),
        text("transfers-cause"),
        text("transfers-state").wide(26.0),
        text("transfers-next").wide(40.0),
        text("transfers-due"),
        text("transfers-rule"),
    ];
    let title = w.t("transfers-title").to_owned();
    let layout = Layout::new(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let name =
            |seal: Option<&crate::rules::Seal>| seal.map_or_else(String::new, |seal| found.units.name(seal.unit));
        let due = line.clock.map_or_else(String::new, |clock| w.day(clock.due));
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&name(line.course.boxes.first())),
            Out::Text(&name(line.course.boxes.last())),
            Out::Text(&w.day(line.row.cause_on)),
            Out::Text(w.t(line.course.state().word())),
            Out::Text(&name(line.course.next().as_ref())),
            Out::Text(&due),
            Out::Text(line.clock.map_or("", |clock| clock.rule)),
        ])?;
    }
    Ok(writer.finish()?)
}
