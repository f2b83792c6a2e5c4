//! Lists as workbooks.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Ask, Found, Line, List};

/// Writes all the lines.
pub(crate) fn list(
    visit: &Visit<'_>,
    (list, ask): (List, &Ask),
    found: &Found,
    lines: &[&Line],
) -> Result<Vec<u8>, Problem> {
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
    let title = match list {
        List::Book => w.t1("leaving-book-of", "year", ask.year),
        _ => w.t(list.word()).to_owned(),
    };
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let day = |day: Day| if day == Day::FOREVER { String::new() } else { w.day(day) };
    for line in lines {
        let state = &line.state;
        let restored = line.kind.removes() && state.over_on != Day::FOREVER;
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&found.units.name(line.unit)),
            Out::Text(&found.units.above(visit, line.unit)),
            Out::Text(w.t(line.kind.word())),
            Out::Text(line.ground.map_or("", |ground| w.t(ground.word()))),
            Out::Text(&day(state.opened_on)),
            Out::Text(&day(state.begins_on)),
            Out::Text(&day(state.ends_on)),
            Out::Text(if restored { w.t("leaving-restored") } else { w.t(line.phase.word()) }),
            Out::Text(&day(state.due_on)),
        ])?;
    }
    Ok(writer.finish()?)
}
