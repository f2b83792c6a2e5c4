//! A month of many branches as a workbook.

use chibo_kernel::Problem;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{BranchLine, View, state};

/// Writes all the lines.
pub(crate) fn months(visit: &Visit<'_>, view: &View, lines: &[BranchLine]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("meetings-month").to_owned(), view.month.text()), (w.t("meetings-made-by").to_owned(), made)];
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let whole = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    let columns = vec![
        text("meetings-branch").wide(44.0),
        text("meetings-part").wide(44.0),
        text("meetings-state"),
        whole("meetings-due"),
        whole("meetings-present"),
        whole("meetings-spoke"),
        whole("meetings-score"),
        text("meetings-grade"),
        whole("meetings-observed"),
    ];
    let title = w.t("meetings-title").to_owned();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let word = line.seen.as_ref().map_or("meetings-silent", |seen| state(seen).0);
        let met = line.seen.filter(|seen| seen.met == 2);
        let number = |count: Option<u16>| count.map_or(Out::Empty, |count| Out::Whole(i64::from(count)));
        let grade = met.and_then(|seen| seen.grade).map_or("", |grade| w.t(grade.word()));
        let observed = met.map(|seen| u16::from(seen.scores.1)).filter(|points| *points > 0);
        writer.row(&[
            Out::Text(&view.units.name(line.unit)),
            Out::Text(&view.units.above(visit, line.unit)),
            Out::Text(w.t(word)),
            number(met.map(|seen| seen.counts.0)),
            number(met.map(|seen| seen.counts.1)),
            number(met.map(|seen| seen.counts.2)),
            number(met.map(|seen| u16::from(seen.scores.0))),
            Out::Text(grade),
            number(observed),
        ])?;
    }
    Ok(writer.finish()?)
}
