//! Many categories and closed books at once, for set-up and the demonstration.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_store::{Op, Param, Value};

use super::books::{Head, book_values, line_values};
use crate::rules::{Category, Line, Month, State, Totals};
use crate::store;

/// What one member pays by, as loaded.
#[derive(Clone, Copy, Debug)]
pub struct LoadedCategory {
    /// Who.
    pub person: Id<Person>,
    /// From this month on.
    pub from: Month,
    /// From what.
    pub category: Category,
    /// Base, đồng.
    pub base: Option<i64>,
    /// Region of the minimum wage.
    pub region: u8,
}

/// Loads first categories: members that have none yet.
///
/// # Errors
/// Problems of the database.
pub fn categories(op: &mut Op<'_, '_>, all: &[LoadedCategory]) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let mut sealed = Vec::with_capacity(all.len());
    for one in all {
        sealed.push(match one.base {
            Some(base) => op.keys().seal(base.to_string().as_bytes(), one.person.bytes(), op.random())?,
            None => Vec::new(),
        });
    }
    let numbers: Vec<u8> = all.iter().map(|one| one.category.number()).collect();
    let rows = all.iter().zip(&sealed).zip(&numbers).map(|((one, base), number)| {
        let values: [Value<'_>; 10] = [
            one.person.value(),
            Value::Int(1),
            one.from.0.value(),
            number.value(),
            Value::Text(""),
            one.region.value(),
            Value::Bytes(base),
            Value::Text(""),
            now.value(),
            by.value(),
        ];
        values
    });
    store::bulk_categories(op.tx(), rows)?;
    Ok(())
}

/// The first, closed book of a unit and month; without lines only its totals are known.
#[derive(Clone, Debug)]
pub struct LoadedBook {
    /// Whose.
    pub unit: Id<Unit>,
    /// The month.
    pub month: Month,
    /// The lines.
    pub lines: Vec<Line>,
    /// The totals, where there are no lines.
    pub totals: Totals,
}

/// Members and months unpaid, with the branch and the code of the reason.
type Unpaid<'r> = BTreeMap<(Id<Person>, Month), (Id<Unit>, &'r str)>;

/// Loads closed books with what they leave unpaid.
///
/// # Errors
/// Problems of the database.
pub fn books(op: &mut Op<'_, '_>, all: &[LoadedBook]) -> Result<(), Problem> {
    let (now, by, today) = (op.now(), op.viewer().name.clone(), op.today());
    let totals: Vec<Totals> = all
        .iter()
        .map(|book| if book.lines.is_empty() { book.totals } else { Totals::of(book.month, &book.lines) })
        .collect();
    let heads: Vec<Head<'_>> = all
        .iter()
        .map(|book| Head { unit: book.unit, month: book.month, version: 1, closed: true, reason: "", by: &by, now })
        .collect();
    store::bulk_books(op.tx(), heads.iter().zip(&totals).map(|(head, totals)| book_values(head, totals)))?;
    let lines =
        all.iter().zip(&heads).flat_map(|(book, head)| book.lines.iter().map(move |line| line_values(head, line)));
    store::bulk_lines(op.tx(), lines)?;
    let mut open: Unpaid<'_> = BTreeMap::new();
    let paid: std::collections::BTreeSet<(Id<Person>, Month)> = all
        .iter()
        .flat_map(|book| &book.lines)
        .filter(|line| line.state == State::Paid)
        .map(|line| (line.person, line.month))
        .collect();
    for book in all {
        let unpaid = book.lines.iter().filter(|line| line.state == State::Unpaid);
        for line in unpaid.filter(|line| !paid.contains(&(line.person, line.month))) {
            open.insert((line.person, line.month), (book.unit, line.reason.map_or("", |reason| reason.code())));
        }
    }
    let forever = Day::FOREVER;
    let rows = open.iter().map(|((person, month), (unit, reason))| {
        let values: [Value<'_>; 7] = [
            person.value(),
            month.0.value(),
            Value::Int(1),
            unit.value(),
            Value::Text(reason),
            today.value(),
            forever.value(),
        ];
        values
    });
    store::bulk_arrears(op.tx(), rows)?;
    Ok(())
}
