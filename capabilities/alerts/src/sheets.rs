//! The list of breaches as a workbook.

use chibo_kernel::Problem;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Line, Scene, kind_name, mark_word, since_text};
use crate::rules::Since;

/// Writes the lines as they stand on the page, all of them; ages where they were found.
pub(crate) fn list(visit: &Visit<'_>, scene: &Scene, lines: &[&Line], ages: &[Since]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("shell-as-of").to_owned(), w.day(scene.at.day)), (w.t("alerts-made-by").to_owned(), made)];
    let title = w.t("alerts-title").to_owned();
    let layout = visit.layout(title.clone(), columns(visit)).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for (number, line) in lines.iter().enumerate() {
        let Some(facts) = scene.tree.facts(line.place) else { continue };
        let above = scene.tree.parent(line.place).filter(|up| scene.sees(visit, *up));
        let above = above.and_then(|up| scene.tree.facts(up)).map_or("", |facts| facts.name.as_str());
        let breach = &line.breach;
        let (reason, mend) = (w.said(&breach.reason), w.said(&breach.mend));
        let since = ages.get(number).map_or_else(String::new, |since| since_text(w, *since));
        writer.row(&[
            Out::Text(&facts.code),
            Out::Text(&facts.name),
            Out::Text(above),
            Out::Text(kind_name(w, line.kind, scene.at.day)),
            Out::Text(breach.rule),
            Out::Text(breach.instrument),
            Out::Text(breach.source),
            Out::Text(w.t(mark_word(breach.mark))),
            Out::Text(&reason),
            Out::Text(&since),
            Out::Text(&mend),
        ])?;
    }
    Ok(writer.finish()?)
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let text = |key: &str| OutColumn::new(visit.w.t(key), OutKind::Text);
    vec![
        text("alerts-code"),
        text("alerts-unit").wide(40.0),
        text("alerts-above").wide(30.0),
        text("alerts-kind").wide(25.0),
        text("alerts-rule"),
        text("alerts-instrument"),
        text("alerts-paragraph"),
        text("alerts-certainty"),
        text("alerts-reason").wide(60.0),
        text("alerts-since"),
        text("alerts-mend").wide(60.0),
    ]
}
