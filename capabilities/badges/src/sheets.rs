//! The roll of an award day, or the book of those who stand at one step, as a workbook.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Ask, Line, Roll, ground_word};

/// Writes all the lines.
pub(crate) fn roll(visit: &Visit<'_>, ask: &Ask, roll: &Roll, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let mut title = w.t1("badges-title-on", "day", w.day(ask.award.on));
    if let Some(stand) = ask.stand {
        title = format!("{title} – {}", w.t(stand.word()));
    }
    let about = vec![(w.t("badges-made-by").to_owned(), made)];
    let layout = visit.layout(title.clone(), columns(visit)).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| w.day(day));
    for line in lines {
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&roll.units.name(line.unit)),
            Out::Text(roll.units.code(line.unit)),
            Out::Text(&roll.units.above(visit, line.unit)),
            Out::Text(&line.years.to_string()),
            Out::Text(&day(line.admitted)),
            Out::Text(&day(line.reached)),
            Out::Text(w.t(ground_word(&line.ground))),
            Out::Text(w.t(line.stand.word())),
            Out::Text(&line.serial),
            Out::Text(&line.decision),
            Out::Text(&day(line.decided_on)),
            Out::Text(&day(line.handed_on)),
            Out::Text(&line.back),
            Out::Text(&day(line.back_on)),
        ])?;
    }
    Ok(writer.finish()?)
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let text = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Text);
    vec![
        text("badges-member").wide(30.0),
        text("badges-branch").wide(40.0),
        text("badges-code"),
        text("badges-above").wide(40.0),
        text("badges-years"),
        text("badges-admitted"),
        text("badges-reached"),
        text("badges-ground").wide(24.0),
        text("badges-state"),
        text("badges-serial-column"),
        text("badges-number"),
        text("badges-decided-on"),
        text("badges-handed-on"),
        text("badges-back-number"),
        text("badges-back-on"),
    ]
}
