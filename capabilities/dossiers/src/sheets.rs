//! How complete dossiers are, as a workbook.

use chibo_census::PersonNo;
use chibo_kernel::{Id, Person, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::Found;
use crate::sums::Standing;

/// Writes all the members.
pub(crate) fn list(
    visit: &Visit<'_>,
    found: &Found<'_>,
    members: &[(PersonNo, Id<Person>)],
) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("dossiers-made-by").to_owned(), made)];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let number = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    let columns = vec![
        text("dossiers-member").wide(30.0),
        text("dossiers-branch").wide(40.0),
        text("dossiers-above").wide(40.0),
        text("dossiers-standing").wide(26.0),
        number("dossiers-column-needed"),
        number("dossiers-column-there"),
        number("dossiers-column-first-needed"),
        number("dossiers-column-first-there"),
        number("dossiers-tolerated"),
    ];
    let title = w.t("dossiers-title").to_owned();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let view = visit.house.census.view(visit.today());
    for (no, id) in members {
        let Some(brief) = view.person(*no) else { continue };
        let home = brief.today.map(|(unit, _)| unit).or(brief.home).and_then(|unit| found.units.forest.id(unit));
        let sum = found.sums.get(id);
        let count = |value: Option<u32>| value.map_or(Out::Empty, |value| Out::Whole(i64::from(value)));
        writer.row(&[
            Out::Text(&brief.name),
            Out::Text(&home.map_or_else(String::new, |unit| found.units.name(unit))),
            Out::Text(&home.map_or_else(String::new, |unit| found.units.above(visit, unit))),
            Out::Text(w.t(Standing::of(sum).word())),
            count(sum.map(|sum| sum.needed)),
            count(sum.map(|sum| sum.there)),
            count(sum.map(|sum| sum.first_needed)),
            count(sum.map(|sum| sum.first_there)),
            count(sum.map(|sum| sum.tolerated)),
        ])?;
    }
    Ok(writer.finish()?)
}
