//! The cross-tab as a workbook: counts, totals, and above them what they are of.

use chibo_census::Bounds;
use chibo_kernel::{Moment, Problem};
use chibo_members::dims::{Names, capital};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::{Reply, Visit};

use crate::pages::crosstab::Answer;
use crate::rules::Face;
use crate::spot::Spot;

/// Shown instead of counts from 1 to 4 of sensitive tables (STA-04).
const FEW: &str = "<5";

/// The file. What the page hides is hidden here too.
pub(crate) fn crosstab(visit: &Visit<'_>, spot: &Spot, answer: &Answer) -> Result<Reply, Problem> {
    let w = visit.w;
    let (question, grid) = (&answer.question, &answer.grid);
    let names = Names::new(w, &spot.tree, spot.no, spot.at.day);
    let mut columns = vec![OutColumn::new(question.rows.name(w), OutKind::Text).wide(36.0)];
    let titles = grid.cols.iter().map(|code| question.cols.code_name(*code, &names));
    columns.extend(titles.chain([w.t("reports-total").to_owned()]).map(|title| OutColumn::new(title, OutKind::Whole)));
    let layout = visit.layout(w.t("reports-crosstab-title"), columns).about(about(visit, spot, answer, &names));
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for row in 0..=grid.rows.len() {
        let name = match grid.rows.get(row) {
            Some(code) => question.rows.code_name(*code, &names),
            None => w.t("reports-total").to_owned(),
        };
        let number = |col| match answer.faces.at(row, col) {
            Face::Open => Out::Whole(grid.with_totals(row, col) as i64),
            Face::Few => Out::Text(FEW),
            Face::Hidden => Out::Text(w.t("reports-hidden")),
        };
        let cells: Vec<Out<'_>> = std::iter::once(Out::Text(&name)).chain((0..=grid.cols.len()).map(number)).collect();
        writer.row(&cells)?;
    }
    let body = writer.finish()?;
    let name = format!("bang-cheo-{}.xlsx", spot.at.day.iso());
    Ok(Reply::File { name, kind: Format::Xlsx.media_type(), body })
}

fn about(visit: &Visit<'_>, spot: &Spot, answer: &Answer, names: &Names<'_>) -> About {
    let (w, question) = (visit.w, &answer.question);
    let known =
        if spot.at.known == Moment::FOREVER { w.t("shell-known-now").to_owned() } else { w.day(spot.at.known.day()) };
    let line = |key: &str, value: String| (w.t(key).to_owned(), value);
    let mut lines = vec![
        line("reports-unit", spot.name.clone()),
        line("shell-as-of", w.day(spot.at.day)),
        (capital(w.t("shell-known")), known),
    ];
    if spot.bounds == Bounds::Now {
        lines.push(line("reports-note", w.t1("reports-bounds-note", "day", w.day(spot.at.day))));
    }
    if !question.filters.is_empty() {
        lines.push(line("reports-filter", question.filters.text(names)));
    }
    if !spot.is_itself() {
        lines
            .push(line("reports-note", w.t2("reports-forerunners", ("unit", &spot.name), ("day", w.day(spot.at.day)))));
    }
    if answer.faces.hide_something() {
        lines.push(line("reports-note", w.t("reports-small-cells").to_owned()));
    }
    lines.push(line("reports-made-by", visit.who().name.clone()));
    lines.push(line("reports-made-at", w.moment(visit.now)));
    let (rows, cols) = (question.rows.name(w), question.cols.name(w));
    About { title: w.t2("reports-crosstab-sheet", ("rows", rows), ("cols", cols)), lines }
}
