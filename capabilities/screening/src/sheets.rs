//! Flags, members, figures and reports as workbooks.

use chibo_kernel::Problem;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Board, Found, Line, Part, People, SHOWN, Told, rules_text, sentence, state_text};
use crate::rules::{FIGURES, group_word};

fn text(visit: &Visit<'_>, key: &str, wide: f64) -> OutColumn {
    OutColumn::new(visit.w.t(key), OutKind::Text).wide(wide)
}

fn start(
    visit: &Visit<'_>,
    title: String,
    columns: Vec<OutColumn>,
    mut more: Vec<(String, String)>,
) -> Result<SheetWriter<Vec<u8>>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let mut lines = vec![(w.t("screening-made-by").to_owned(), made)];
    lines.append(&mut more);
    let layout = visit.layout(title.clone(), columns).about(About { title, lines });
    Ok(SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?)
}

/// Open flags.
pub(crate) fn flags(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let columns = vec![
        text(visit, "screening-member", 30.0),
        text(visit, "screening-branch", 40.0),
        text(visit, "screening-group", 40.0),
        text(visit, "screening-fact", 60.0),
        text(visit, "screening-since", 14.0),
        text(visit, "screening-seen", 14.0),
        text(visit, "screening-rule", 12.0),
    ];
    let mut writer = start(visit, w.t("screening-flags").to_owned(), columns, Vec::new())?;
    for line in lines {
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&found.units.name(line.unit)),
            Out::Text(w.t(group_word(line.flag.rule))),
            Out::Text(&sentence(w, &line.flag)),
            Out::Text(&w.day(line.flag.since)),
            Out::Text(&w.day(line.flag.seen)),
            Out::Text(line.flag.rule),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Members behind a figure of a campaign.
pub(crate) fn people(visit: &Visit<'_>, board: &Board, people: &[People], word: &str) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let columns = vec![
        text(visit, "screening-member", 30.0),
        text(visit, "screening-branch", 40.0),
        text(visit, "screening-flags-column", 50.0),
        text(visit, "screening-state", 30.0),
        text(visit, "screening-changed", 14.0),
    ];
    let campaign = w.t1("screening-campaign-of", "year", board.row.year);
    let more = vec![(w.t("screening-campaign").to_owned(), campaign)];
    let mut writer = start(visit, w.t(word).to_owned(), columns, more)?;
    for one in people {
        writer.row(&[
            Out::Text(&one.name),
            Out::Text(&board.units().name(one.unit)),
            Out::Text(&rules_text(w, &one.rules)),
            Out::Text(&state_text(w, one.state, one.form)),
            Out::Text(&one.changed.map_or_else(String::new, |day| w.day(day))),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Figures by unit; the last part is the whole.
pub(crate) fn campaign(visit: &Visit<'_>, board: &Board, parts: &[Part]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let mut columns = vec![
        text(visit, "screening-unit", 44.0),
        text(visit, "screening-members", 12.0),
        text(visit, "screening-figure-waiting", 18.0),
    ];
    columns.iter_mut().skip(1).for_each(|column| column.kind = OutKind::Whole);
    columns.extend(SHOWN.map(|figure| OutColumn::new(w.t(figure.word()), OutKind::Whole).wide(16.0)));
    let title = w.t1("screening-campaign-of", "year", board.row.year);
    let mut writer = start(visit, title, columns, Vec::new())?;
    for part in parts {
        let mut row = vec![Out::Text(&part.name), Out::Whole(part.members), Out::Whole(part.waiting)];
        row.extend(SHOWN.map(|figure| Out::Whole(part.counts.of(figure))));
        writer.row(&row)?;
    }
    Ok(writer.finish()?)
}

/// A report: its figures on top, then everybody who changed.
pub(crate) fn report(visit: &Visit<'_>, told: &Told) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let line = |figure: crate::rules::Figure| {
        let (then, now) = (told.then.of(figure), told.now.of(figure));
        let args = [("then", w.n(then)), ("now", w.n(now)), ("explained", w.n(told.explained().of(figure)))];
        (w.t(figure.word()).to_owned(), w.with("screening-report-line", &args))
    };
    let columns = vec![
        text(visit, "screening-member", 30.0),
        text(visit, "screening-branch", 40.0),
        text(visit, "screening-from", 30.0),
        text(visit, "screening-to", 30.0),
        text(visit, "screening-changed", 14.0),
    ];
    let mut writer = start(visit, w.t("screening-report").to_owned(), columns, FIGURES.map(line).into())?;
    let view = visit.house.census.view(visit.today());
    for moved in &told.moved {
        let name = view.name_of(moved.person).unwrap_or_default();
        let (from, to) = (&moved.change.from, &moved.change.to);
        writer.row(&[
            Out::Text(&name),
            Out::Text(&told.units.name(moved.branch)),
            Out::Text(&state_text(w, from.0, from.1)),
            Out::Text(&state_text(w, to.0, to.1)),
            Out::Text(&w.day(moved.on)),
        ])?;
    }
    Ok(writer.finish()?)
}
