//! The lists as workbooks.

use chibo_kernel::{Day, Problem};
use chibo_papers::{About, Format, Layout, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{Line, Several, Survey, Together, kind_name, vacancies};
use crate::rules::{Concern, Step};

fn layout(visit: &Visit<'_>, title: &str, columns: Vec<OutColumn>) -> Layout {
    let w = visit.w;
    let made = visit.made_by();
    let lines =
        vec![(w.t("shell-as-of").to_owned(), w.day(visit.today())), (w.t("committees-made-by").to_owned(), made)];
    visit.layout(title.to_owned(), columns).about(About { title: title.to_owned(), lines })
}

/// Writes the units with their terms, all of them.
pub(crate) fn list(visit: &Visit<'_>, survey: &Survey, lines: &[&Line]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let layout = layout(visit, w.t("committees-title"), columns(visit));
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        let (term, seats) = (line.term, line.holding.seats);
        let concerns: Vec<&str> = line.concerns.each().map(Concern::word).map(|word| w.t(word)).collect();
        let waiting: Vec<String> = line
            .waiting()
            .map(|request| format!("{}: {}", w.day(request.result_on), w.t(request.stage().word())))
            .collect();
        writer.row(&[
            Out::Text(survey.units.code(line.unit)),
            Out::Text(&survey.units.name(line.unit)),
            Out::Text(&survey.units.above(visit, line.unit)),
            Out::Text(kind_name(w, line.kind, visit.today())),
            term.map_or(Out::Empty, |term| Out::Whole(i64::from(term.ordinal))),
            day(term.map(|term| term.congress_on)),
            day(term.map(|term| term.from)),
            day(term.map(|term| term.to)),
            term.map_or(Out::Empty, |term| Out::Whole(i64::from(term.fixed.committee))),
            Out::Whole(i64::from(seats.committee())),
            term.map_or(Out::Empty, |term| Out::Whole(i64::from(term.fixed.standing))),
            Out::Whole(i64::from(seats.standing_committee())),
            Out::Text(&vacancies(w, &line.vacant)),
            Out::Text(&concerns.join("; ")),
            Out::Text(&waiting.join("; ")),
        ])?;
    }
    Ok(writer.finish()?)
}

fn day(day: Option<Day>) -> Out<'static> {
    day.map_or(Out::Empty, Out::Day)
}

fn columns(visit: &Visit<'_>) -> Vec<OutColumn> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let whole = |key: &str| OutColumn::new(w.t(key), OutKind::Whole);
    let day = |key: &str| OutColumn::new(w.t(key), OutKind::Day);
    vec![
        text("committees-code"),
        text("committees-unit").wide(40.0),
        text("committees-above").wide(40.0),
        text("committees-kind").wide(24.0),
        whole("committees-ordinal"),
        day("committees-congress-on"),
        day("committees-from"),
        day("committees-ends-on"),
        whole("committees-fixed-committee"),
        whole("committees-held-committee"),
        whole("committees-fixed-standing"),
        whole("committees-held-standing"),
        text("committees-vacant").wide(40.0),
        text("committees-concerns").wide(40.0),
        text(Step::Approved.act()).wide(40.0),
    ]
}

/// Writes those with offices in several units, a row an office.
pub(crate) fn concurrent(visit: &Visit<'_>, together: &Together, lines: &[&Several]) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let text = |key: &str| OutColumn::new(w.t(key), OutKind::Text);
    let columns = vec![
        text("committees-person").wide(30.0),
        text("committees-role").wide(30.0),
        text("committees-unit").wide(40.0),
        text("committees-code"),
        text("committees-above").wide(40.0),
    ];
    let layout = layout(visit, w.t("committees-concurrent"), columns);
    let mut writer = SheetWriter::start(Format::Xlsx, layout, visit.now, Vec::new())?;
    for line in lines {
        for (unit, role) in &line.offices {
            writer.row(&[
                Out::Text(&line.name),
                Out::Text(w.t(role.name_key())),
                Out::Text(&together.units.name(*unit)),
                Out::Text(together.units.code(*unit)),
                Out::Text(&together.units.above(visit, *unit)),
            ])?;
        }
    }
    Ok(writer.finish()?)
}
