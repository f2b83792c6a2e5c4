//! Writing a branch's book of a month: kept open, closed, corrected by a new version (FEE-07, FEE-11).

use std::collections::{BTreeMap, BTreeSet};

use chibo_census::Census;
use chibo_kernel::{Id, Issue, Moment, Permission, Person, Problem, Said, Unit};
use chibo_organisation::kinds::Kind;
use chibo_store::{Op, Param, Tx, Value};
use serde_json::json;

use super::roll::{self, Member, Row};
use super::{about_unit, arrears};
use crate::rules::{Line, Month, Rates, Reason, State, Totals, Typed, Way, Writing, lines_of};
use crate::store::{self, BookRow, LineRow};

/// What is written.
#[derive(Clone, Debug)]
pub struct Save {
    /// The month.
    pub month: Month,
    /// The version the form was made from; 0 for none.
    pub seen: u32,
    /// Closed with this, not only kept.
    pub close: bool,
    /// Unusual amounts were looked at.
    pub confirmed: bool,
    /// Why a closed book is corrected.
    pub reason: String,
    /// What was typed about members.
    pub typed: BTreeMap<Id<Person>, Typed>,
}

/// Whether a unit has members of its own and so keeps a book.
pub fn keeps_book(census: &Census, unit: Id<Unit>) -> bool {
    let forest = census.forest();
    let facts = forest.no(unit).and_then(|no| forest.last_facts(no));
    facts
        .and_then(|facts| Kind::from_number(facts.kind))
        .is_some_and(|kind| kind.holds_members() && kind != Kind::History)
}

/// A stored line.
///
/// # Errors
/// A fault when it cannot be read.
pub fn line_of(row: &LineRow) -> Result<Line, Problem> {
    let state = State::from_number(row.state).ok_or_else(|| Problem::fault(format!("a state {}", row.state)))?;
    Ok(Line {
        person: row.person_id,
        month: Month(row.for_month),
        state,
        due: row.due,
        amount: row.amount,
        way: Way::from_code(&row.way),
        receipt: row.receipt.clone(),
        reason: Reason::from_code(&row.reason),
        note: row.note.clone(),
        rulebook: row.rulebook.clone(),
    })
}

/// The totals of a stored book.
pub const fn totals_of(row: &BookRow) -> Totals {
    Totals {
        members: row.members,
        liable: row.liable,
        payers: row.payers,
        excused: row.excused,
        exempt: row.exempt,
        due: row.due,
        collected: row.collected,
        back: row.back,
        ahead: row.ahead,
        extra: row.extra,
    }
}

/// A book as it stands.
#[derive(Debug)]
pub struct Book {
    /// Its row; `None` when nothing was written yet.
    pub row: Option<BookRow>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What it expects of everybody in it.
    pub rows: Vec<Row>,
}

impl Book {
    /// The version, 0 before the first.
    pub fn version(&self) -> u32 {
        self.row.as_ref().map_or(0, |row| row.version)
    }

    /// Closed.
    pub fn closed(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.closed)
    }
}

/// The book of a unit and month: what is written and what is expected. Whoever paid here stays in it when he moves away.
///
/// # Errors
/// Problems of the database.
pub fn book(
    tx: &mut Tx<'_>,
    keys: &chibo_store::Keys,
    census: &Census,
    (unit, month): (Id<Unit>, Month),
    today: chibo_kernel::Day,
) -> Result<Book, Problem> {
    let row = store::book(tx, unit, month.0, Moment::FOREVER)?;
    let stored = match &row {
        Some(row) => store::lines_of(tx, unit, month.0, row.version)?,
        None => Vec::new(),
    };
    let lines: Vec<Line> = stored.iter().map(line_of).collect::<Result<_, Problem>>()?;
    let mut members = roll::members(tx, census, (unit, month), today)?;
    let here: BTreeSet<_> = members.iter().map(|member| member.person).collect();
    let gone: BTreeSet<_> =
        lines.iter().filter(|line| line.amount > 0 && !here.contains(&line.person)).map(|line| line.person).collect();
    {
        let view = census.view(today);
        let member = |person: Id<Person>| {
            let name = view.name_of(person).unwrap_or_default();
            Member { person, name, exempted: false }
        };
        members.extend(gone.into_iter().map(member));
    }
    let rows = roll::rows(tx, keys, (unit, month), members, today)?;
    Ok(Book { row, lines, rows })
}

fn refused(field: &str, key: &'static str) -> Problem {
    Problem::Refused(vec![Issue { field: Some(field.to_owned()), rule: Some("FEE-11"), said: Said::new(key) }])
}

/// Writes the book of a branch and month; gives its totals.
///
/// # Errors
/// Every reason at once with its rule; a conflict when somebody wrote in between; absent for whoever may not act.
pub fn save(op: &mut Op<'_, '_>, unit: Id<Unit>, save: &Save) -> Result<Totals, Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    if !keeps_book(&census, unit) {
        return Err(Problem::NotFound);
    }
    let (today, keys) = (op.today(), op.keys().clone());
    let book = book(op.tx(), &keys, &census, (unit, save.month), today)?;
    if book.version() != save.seen {
        return Err(Problem::Conflict(Said::new("fees-changed-since")));
    }
    let correcting = book.closed();
    if correcting && save.reason.is_empty() {
        return Err(refused("reason", "fees-closed"));
    }
    let rates = Rates::of(save.month)?;
    let writing = Writing {
        month: save.month,
        today: Month::of(today),
        close: save.close || correcting,
        confirmed: save.confirmed,
        unusual: rates.unusual,
        version: rates.version.clone(),
    };
    let expected: Vec<_> = book.rows.iter().map(|row| row.expected.clone()).collect();
    let lines = lines_of(&expected, &save.typed, &writing).map_err(Problem::Refused)?;
    if lines.is_empty() {
        return Err(refused("month", "fees-nobody-here"));
    }
    let totals = Totals::of(save.month, &lines);
    write(op, (unit, save.month), &book, (&lines, &totals), (writing.close, &save.reason))?;
    let mut touched: BTreeSet<_> = lines.iter().map(|line| (line.person, line.month)).collect();
    touched.extend(book.lines.iter().map(|line| (line.person, line.month)));
    if writing.close {
        arrears::follow(op, &touched)?;
    }
    let action = match (correcting, writing.close) {
        (true, _) => "fee-book-corrected",
        (false, true) => "fee-book-closed",
        (false, false) => "fee-book-kept",
    };
    let detail = json!({ "month": save.month.code(), "version": save.seen + 1, "collected": totals.collected,
        "due": totals.due, "payers": totals.payers, "liable": totals.liable, "reason": save.reason });
    about_unit(op, unit, action, &detail);
    Ok(totals)
}

fn write(
    op: &mut Op<'_, '_>,
    (unit, month): (Id<Unit>, Month),
    before: &Book,
    (lines, totals): (&[Line], &Totals),
    (closed, reason): (bool, &str),
) -> Result<(), Problem> {
    let (now, version) = (op.now(), before.version() + 1);
    if let Some(row) = &before.row {
        store::supersede_book(op.tx(), unit, month.0, Moment::FOREVER, now)?;
        store::supersede_lines(op.tx(), unit, month.0, row.version, now)?;
    }
    let by = op.viewer().name.clone();
    let head = Head { unit, month, version, closed, reason, by: &by, now };
    store::bulk_books(op.tx(), std::iter::once(book_values(&head, totals)))?;
    store::bulk_lines(op.tx(), lines.iter().map(|line| line_values(&head, line)))?;
    Ok(())
}

/// What all rows of a version share.
pub(super) struct Head<'v> {
    pub unit: Id<Unit>,
    pub month: Month,
    pub version: u32,
    pub closed: bool,
    pub reason: &'v str,
    pub by: &'v str,
    pub now: Moment,
}

/// The row of a book.
pub(super) fn book_values<'v>(head: &'v Head<'v>, totals: &'v Totals) -> [Value<'v>; 18] {
    [
        head.unit.value(),
        head.month.0.value(),
        head.version.value(),
        head.closed.value(),
        totals.members.value(),
        totals.liable.value(),
        totals.payers.value(),
        totals.excused.value(),
        totals.exempt.value(),
        totals.due.value(),
        totals.collected.value(),
        totals.back.value(),
        totals.ahead.value(),
        totals.extra.value(),
        Value::Text(head.reason),
        head.now.value(),
        Value::Text(head.by),
        Moment::FOREVER.value(),
    ]
}

/// The row of a line.
pub(super) fn line_values<'v>(head: &'v Head<'v>, line: &'v Line) -> [Value<'v>; 15] {
    [
        head.unit.value(),
        head.month.0.value(),
        head.version.value(),
        line.person.value(),
        line.month.0.value(),
        head.closed.value(),
        Value::Int(i64::from(line.state.number())),
        line.due.value(),
        line.amount.value(),
        Value::Text(line.way.map_or("", Way::code)),
        line.receipt.value(),
        Value::Text(line.reason.map_or("", Reason::code)),
        line.note.value(),
        line.rulebook.value(),
        Moment::FOREVER.value(),
    ]
}
