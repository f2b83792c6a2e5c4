//! Transfers, stays and remarks of branches of residence as workbooks.

use chibo_kernel::{Id, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Found, Line, Resident};
use crate::rules::{Remark, Seal, Stay};

/// A workbook with a title, who made it when, and columns of text by key and width.
fn begin(visit: &Visit<'_>, title: String, columns: &[(&str, f64)]) -> Result<SheetWriter<Vec<u8>>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = vec![(w.t("transfers-made-by").to_owned(), made)];
    let columns = columns.iter().map(|(key, wide)| OutColumn::new(w.t(key), OutKind::Text).wide(*wide)).collect();
    let layout = visit.layout(title.clone(), columns).about(About { title, lines: about });
    Ok(SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?)
}

/// Writes all the lines.
pub(crate) fn list(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let columns = [
        ("transfers-member", 30.0),
        ("transfers-kind", 30.0),
        ("transfers-from", 40.0),
        ("transfers-to", 40.0),
        ("transfers-cause", 12.0),
        ("transfers-state", 26.0),
        ("transfers-next", 40.0),
        ("transfers-due", 12.0),
        ("transfers-rule", 10.0),
    ];
    let mut writer = begin(visit, w.t("transfers-title").to_owned(), &columns)?;
    for line in lines {
        let name = |seal: Option<&Seal>| seal.map_or_else(String::new, |seal| found.units.name(seal.unit));
        let due = line.clock.map_or_else(String::new, |clock| w.day(clock.due));
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(w.t(line.detail.kind.word())),
            Out::Text(&line.from(&found.units)),
            Out::Text(&line.to(&found.units)),
            Out::Text(&w.day(line.row.cause_on)),
            Out::Text(w.t(line.course.state().word())),
            Out::Text(&name(line.course.next().as_ref())),
            Out::Text(&due),
            Out::Text(line.clock.map_or("", |clock| clock.rule)),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Writes stays, each with the words for where it stands.
pub(crate) fn stays(visit: &Visit<'_>, found: &Found, rows: &[(&Line, &Stay, String)]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let columns = [
        ("transfers-member", 30.0),
        ("transfers-home-branch", 40.0),
        ("transfers-stay-at", 40.0),
        ("transfers-kind", 30.0),
        ("transfers-purpose", 14.0),
        ("transfers-begins", 12.0),
        ("transfers-until", 12.0),
        ("transfers-state", 30.0),
    ];
    let mut writer = begin(visit, w.t("transfers-stays").to_owned(), &columns)?;
    for (line, stay, stands) in rows {
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&line.from(&found.units)),
            Out::Text(&line.to(&found.units)),
            Out::Text(w.t(line.detail.kind.word())),
            Out::Text(w.t(stay.span.purpose.word())),
            Out::Text(&w.day(stay.span.from)),
            Out::Text(&w.day(stay.until())),
            Out::Text(stands),
        ])?;
    }
    Ok(writer.finish()?)
}

/// Writes members who live here with the remarks of a year.
pub(crate) fn residence(
    visit: &Visit<'_>,
    units: &UnitsToday,
    year: i32,
    all: &[Resident],
) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let columns = [
        ("transfers-member", 30.0),
        ("transfers-residence-branch", 40.0),
        ("transfers-own-branch", 40.0),
        ("transfers-since", 12.0),
        ("transfers-remark-of", 26.0),
        ("transfers-note", 40.0),
    ];
    let mut writer = begin(visit, w.t1("transfers-residence-year", "year", year), &columns)?;
    for one in all {
        let remark = one.remark.as_ref();
        let word = remark.and_then(|row| Remark::from_number(row.remark_no)).map_or("", |remark| w.t(remark.word()));
        let at = one.row.unit_id.map_or_else(String::new, |unit: Id<Unit>| units.name(unit));
        writer.row(&[
            Out::Text(&one.name),
            Out::Text(&at),
            Out::Text(&one.home),
            Out::Text(&w.day(one.row.since)),
            Out::Text(word),
            Out::Text(remark.map_or("", |row| row.note.as_str())),
        ])?;
    }
    Ok(writer.finish()?)
}
