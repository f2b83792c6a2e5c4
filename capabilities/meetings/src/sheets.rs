//! A month of many branches as a workbook.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{BranchLine, View, state};
use crate::rules::{Grade, Month, Year};
use crate::shelf::Seen;

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
        text("meetings-thematic"),
        whole("meetings-year-met"),
        whole("meetings-year-thematic"),
        whole("meetings-year-average"),
        text("meetings-year-grade"),
    ];
    let title = w.t("meetings-title").to_owned();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let word = line.seen.as_ref().map_or("meetings-silent", |seen| state(seen).0);
        let met = line.seen.filter(|seen| seen.met == 2);
        let number = |count: Option<u16>| count.map_or(Out::Empty, |count| Out::Whole(i64::from(count)));
        let grade = met.and_then(|seen| seen.grade).map_or("", |grade| w.t(grade.word()));
        let january = view.month.plus(1 - i32::from(view.month.number()));
        let seen = |month: i32| view.seen(line.unit, Month(month)).map(Seen::facts);
        let year = Year::of((january.0..=view.month.0).filter_map(seen));
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
            Out::Text(line.seen.filter(|seen| seen.thematic).map_or("", |_| w.t("meetings-thematic-held"))),
            Out::Whole(i64::from(year.met)),
            Out::Whole(i64::from(year.thematic)),
            year.average.map_or(Out::Empty, |points| Out::Whole(i64::from(points))),
            Out::Text(year.average.map_or("", |points| w.t(Grade::of(points, &view.terms).word()))),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Somebody assigned to attend, as exported.
pub(crate) struct Watched {
    /// Who.
    pub who: String,
    /// Branch.
    pub branch: String,
    /// What stands above it.
    pub above: String,
    /// First day.
    pub since: Day,
    /// Meetings attended, meetings noted.
    pub counts: (usize, usize),
    /// Attended last on.
    pub last: Option<Day>,
    /// What he remarked last.
    pub remark: String,
}

/// Writes the roster.
pub(crate) fn watchers(visit: &Visit<'_>, rows: &[Watched]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let day = |key: &str| OutColumn::new(w.t(key), OutKind::Day);
    let whole = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    let columns = vec![
        text("meetings-watcher").wide(32.0),
        text("meetings-branch").wide(44.0),
        text("meetings-part").wide(44.0),
        day("meetings-watcher-since"),
        whole("meetings-watcher-attended"),
        whole("meetings-watcher-noted"),
        day("meetings-watcher-last"),
        text("meetings-remark").wide(44.0),
    ];
    let title = w.t("meetings-watchers").to_owned();
    let lines = vec![(w.t("meetings-made-by").to_owned(), visit.made_by())];
    let layout = visit.layout(title.clone(), columns).about(About { title, lines });
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    let count = |count: usize| Out::Whole(i64::try_from(count).unwrap_or(i64::MAX));
    for row in rows {
        writer.row(&[
            Out::Text(&row.who),
            Out::Text(&row.branch),
            Out::Text(&row.above),
            Out::Day(row.since),
            count(row.counts.0),
            count(row.counts.1),
            row.last.map_or(Out::Empty, Out::Day),
            Out::Text(&row.remark),
        ])?;
    }
    Ok(writer.finish()?)
}
