//! Cards, the list of members, numbers and loans as workbooks.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Person, Problem};
use chibo_members::RollLine;
use chibo_organisation::UnitsToday;
use chibo_papers::{About, Format, Out, OutColumn, OutKind, SheetWriter};
use chibo_web::Visit;

use crate::pages::{BOOK_COLUMNS, BookLine, Line, Lot, ROLL_COLUMNS, RollRow};
use crate::rules::{Card, Model};
use crate::store::LoanRow;

fn start(visit: &Visit<'_>, title: String, columns: Vec<OutColumn>) -> Result<SheetWriter<Vec<u8>>, Problem> {
    let w = visit.w;
    let made = visit.made_by();
    let about = About { title: title.clone(), lines: vec![(w.t("cards-made-by").to_owned(), made)] };
    Ok(SheetWriter::start(Format::Xlsx, visit.layout(title, columns).about(about), visit.now, Vec::new())?)
}

fn column(visit: &Visit<'_>, key: &str, kind: OutKind) -> OutColumn {
    OutColumn::new(visit.w.t(key), kind)
}

fn day(day: Option<Day>) -> Out<'static> {
    day.map_or(Out::Empty, Out::Day)
}

/// What a list of cards says beside the columns in memory.
pub(crate) struct Known {
    /// Members by id.
    pub roll: HashMap<Id<Person>, RollLine>,
    /// Last digits of old numbers.
    pub hints: HashMap<Id<Person>, String>,
}

/// The cards of a list.
pub(crate) fn cards(visit: &Visit<'_>, title: String, lines: &[Line], known: &Known) -> Result<Vec<u8>, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let (text, date) = (OutKind::Text, OutKind::Day);
    let columns = vec![
        column(visit, "cards-member", text).wide(30.0),
        column(visit, "cards-branch", text).wide(40.0),
        column(visit, "cards-code", text),
        column(visit, "cards-above", text).wide(40.0),
        column(visit, "cards-official", date),
        column(visit, "cards-model", text),
        column(visit, "cards-number-of-card", text),
        column(visit, "cards-state", text).wide(26.0),
        column(visit, "cards-matter", text),
        column(visit, "cards-since", date),
        column(visit, "cards-checked", date),
        column(visit, "cards-file-no", text),
    ];
    let mut writer = start(visit, title, columns)?;
    for line in lines {
        let card = line.kept.map_or(Card::default(), |kept| kept.card);
        let (old, known) = (known.hints.get(&line.person), known.roll.get(&line.person));
        let old = old.map_or("", String::as_str);
        let number = match card.model {
            Model::Old => old,
            Model::New => known.map_or("", |line| line.identity_hint.as_str()),
            Model::None => "",
        };
        writer.row(&[
            Out::Text(&line.name),
            Out::Text(&units.name(line.unit)),
            Out::Text(units.code(line.unit)),
            Out::Text(&units.above(visit, line.unit)),
            day(known.and_then(|line| line.official)),
            Out::Text(w.t(card.model.word())),
            Out::Text(number),
            Out::Text(w.t(card.state.word())),
            Out::Text(w.t(card.matter.word())),
            day(line.kept.map(|kept| kept.since)),
            day(line.kept.filter(|kept| kept.card.in_hand()).map(|kept| kept.checked)),
            Out::Text(known.map_or("", |line| line.file_no.as_str())),
        ])?;
    }
    Ok(writer.finish()?)
}

/// The list of members, form 7-HSĐV.
pub(crate) fn roll(visit: &Visit<'_>, unit: &str, rows: &[RollRow]) -> Result<Vec<u8>, Problem> {
    let mut columns = vec![column(visit, "cards-order", OutKind::Whole)];
    columns.extend(ROLL_COLUMNS.iter().map(|(_, word)| column(visit, word, OutKind::Text)));
    let mut writer = start(visit, visit.w.t1("cards-roll-of", "unit", unit), columns)?;
    for (at, row) in (1i64..).zip(rows) {
        let cells = row.cells();
        let mut out = vec![Out::Whole(at)];
        out.extend(cells.iter().map(|cell| Out::Text(cell)));
        writer.row(&out)?;
    }
    Ok(writer.finish()?)
}

/// A book made from the members themselves (DOS-07).
pub(crate) fn book(visit: &Visit<'_>, title: String, rows: &[BookLine]) -> Result<Vec<u8>, Problem> {
    let mut columns = vec![column(visit, "cards-order", OutKind::Whole)];
    columns.extend(BOOK_COLUMNS.iter().map(|(_, word)| column(visit, word, OutKind::Text)));
    let mut writer = start(visit, title, columns)?;
    for (at, row) in (1i64..).zip(rows) {
        let cells = row.cells();
        let mut out = vec![Out::Whole(at)];
        out.extend(cells.iter().map(|cell| Out::Text(cell)));
        writer.row(&out)?;
    }
    Ok(writer.finish()?)
}

/// The report on the use of dossier numbers (DOS-08).
pub(crate) fn numbers(visit: &Visit<'_>, lots: &[Lot]) -> Result<Vec<u8>, Problem> {
    let (units, text, whole) = (UnitsToday::of(visit), OutKind::Text, OutKind::Whole);
    let columns = vec![
        column(visit, "cards-unit", text).wide(40.0),
        column(visit, "cards-code", text),
        column(visit, "cards-lot-first", text),
        column(visit, "cards-lot-last", text),
        column(visit, "cards-lot-on", OutKind::Day),
        column(visit, "cards-lot-paper", text),
        column(visit, "cards-lot-headcount", whole),
        column(visit, "cards-lot-numbers", whole),
        column(visit, "cards-lot-used-column", whole),
        column(visit, "cards-lot-free", whole),
        column(visit, "cards-lot-next", text),
        column(visit, "cards-report-on", OutKind::Day),
    ];
    let title = visit.w.t1("cards-lots-report", "year", visit.today().year());
    let mut writer = start(visit, title, columns)?;
    for lot in lots {
        for (row, usage) in &lot.blocks {
            let (first, last) = usage.block.ends();
            writer.row(&[
                Out::Text(&units.name(lot.unit)),
                Out::Text(units.code(lot.unit)),
                Out::Text(&first),
                Out::Text(&last),
                Out::Day(row.on_day),
                Out::Text(&row.number),
                Out::Whole(i64::from(row.headcount)),
                Out::Whole(i64::from(usage.block.size())),
                Out::Whole(i64::from(usage.used)),
                Out::Whole(i64::from(usage.free())),
                Out::Text(&lot.next()),
                day(lot.report.as_ref().map(|report| report.on_day)),
            ])?;
        }
    }
    Ok(writer.finish()?)
}

/// Dossiers that are out (DOS-06).
pub(crate) fn loans(visit: &Visit<'_>, rows: &[(String, LoanRow)]) -> Result<Vec<u8>, Problem> {
    let (units, text, date) = (UnitsToday::of(visit), OutKind::Text, OutKind::Day);
    let columns = vec![
        column(visit, "cards-keeper", text).wide(40.0),
        column(visit, "cards-loan-member", text).wide(30.0),
        column(visit, "cards-loan-borrower", text).wide(30.0),
        column(visit, "cards-loan-purpose", text).wide(30.0),
        column(visit, "cards-loan-consent", text),
        column(visit, "cards-loan-out", date),
        column(visit, "cards-loan-due-column", date),
    ];
    let mut writer = start(visit, visit.w.t("cards-files-out").to_owned(), columns)?;
    for (name, row) in rows {
        writer.row(&[
            Out::Text(&units.name(row.unit_id)),
            Out::Text(name),
            Out::Text(&row.borrower),
            Out::Text(&row.purpose),
            Out::Text(&row.consent),
            Out::Day(row.out_on),
            Out::Day(row.due_on),
        ])?;
    }
    Ok(writer.finish()?)
}
