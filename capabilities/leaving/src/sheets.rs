//! Lists as workbooks.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Ask, Book, Entry, Found, Line, List};

/// Writes all the lines.
pub(crate) fn list(visit: &Visit<'_>, list: List, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("leaving-made-by").to_owned(), made)];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("leaving-member").wide(30.0),
        text("leaving-branch").wide(40.0),
        text("leaving-above").wide(40.0),
        text("leaving-kind").wide(30.0),
        text("leaving-ground").wide(30.0),
        text("leaving-opened"),
        text("leaving-from"),
        text("leaving-until"),
        text("leaving-phase").wide(24.0),
        text("leaving-due"),
    ];
    let title = w.t(list.word()).to_owned();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let day = |day: Day| if day == Day::FOREVER { String::new() } else { w.day(day) };
    for line in lines {
        let state = &line.state;
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&found.units.name(line.unit)),
            Out::Text(&found.units.above(visit, line.unit)),
            Out::Text(w.t(line.kind.word())),
            Out::Text(line.ground.map_or("", |ground| w.t(ground.word()))),
            Out::Text(&day(state.opened_on)),
            Out::Text(&day(state.begins_on)),
            Out::Text(&day(state.ends_on)),
            Out::Text(w.t(line.phase.word())),
            Out::Text(&day(state.due_on)),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Writes the book of those who left.
pub(crate) fn book(visit: &Visit<'_>, ask: &Ask, book: &Book, entries: &[&Entry]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let day = visit.as_of().day;
    let about = vec![(w.t("shell-as-of").to_owned(), w.day(day)), (w.t("leaving-made-by").to_owned(), visit.made_by())];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("leaving-member").wide(30.0),
        text("leaving-branch").wide(40.0),
        text("leaving-above").wide(40.0),
        text("leaving-left-on"),
        text("leaving-kind").wide(30.0),
        text("leaving-ground").wide(30.0),
        text("leaving-number"),
        text("leaving-opened"),
        text("leaving-phase").wide(24.0),
    ];
    let title = w.t1("leaving-book-of", "year", ask.year);
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for entry in entries {
        let case = entry.case.as_ref();
        let phase = if entry.restored { "leaving-restored" } else { case.map_or("", |case| case.phase.word()) };
        writer.row(&[
            Out::Text(&entry.name),
            Out::Text(&book.units.name(entry.unit)),
            Out::Text(&book.units.above(visit, entry.unit)),
            Out::Text(&w.day(entry.from)),
            Out::Text(w.t(entry.word())),
            Out::Text(case.and_then(|case| case.ground).map_or("", |ground| w.t(ground.word()))),
            Out::Text(case.map_or("", |case| case.number.as_str())),
            Out::Text(&case.map_or_else(String::new, |case| w.day(case.opened))),
            Out::Text(if phase.is_empty() { "" } else { w.t(phase) }),
        ])?;
    }
    Ok(writer.finish()?)
}
