//! All dated lines of a person said anew at once: what is believed and stays is not touched, the rest is superseded.

use chibo_kernel::{Day, Id, Moment, Period, Person, Problem};
use chibo_store::{Op, Param};

use super::{FOREVER, after};
use crate::rules::Field;
use crate::rules::union::Span;
use crate::store;
use crate::twins::Lines;

/// A believed row: recorded at, first day, first day no longer, value.
type Row<V> = (Moment, Day, Day, V);

/// The rows no longer believed, and the spans to be added.
fn change<V: Clone + PartialEq>(rows: Vec<Row<V>>, wanted: &[Span<V>]) -> (Vec<Row<V>>, Vec<Span<V>>) {
    let is = |row: &Row<V>, span: &Span<V>| (row.1, row.2) == (span.0.from(), span.0.to()) && row.3 == span.1;
    let added = wanted.iter().filter(|span| !rows.iter().any(|row| is(row, span))).cloned().collect();
    let closed = rows.into_iter().filter(|row| !wanted.iter().any(|span| is(row, span))).collect();
    (closed, added)
}

fn days(valid: Period) -> (Day, Day) {
    (valid.from(), valid.to())
}

/// From now on exactly these lines are believed of a person; nothing recorded is lost. Each line is recorded at a moment of its
/// own, never one at which something of it was recorded already.
///
/// # Errors
/// Problems of the database.
pub fn restate(op: &mut Op<'_, '_>, id: Id<Person>, lines: &Lines) -> Result<(), Problem> {
    let believed = |at: Moment| at == Moment::FOREVER;
    let rows = store::postings(op.tx(), id)?;
    let now = after(op.now(), rows.iter().map(|row| row.recorded_at));
    let rows = rows.into_iter().filter(|row| believed(row.superseded_at));
    let rows = rows.map(|row| (row.recorded_at, row.valid_from, row.valid_to, row.unit_id)).collect();
    let (closed, added) = change(rows, &lines.postings);
    for (recorded, from, ..) in closed {
        store::close_posting(op.tx(), id, recorded, from, now)?;
    }
    let added: Vec<_> = added.iter().map(|(valid, unit)| (days(*valid), *unit)).collect();
    let rows = added
        .iter()
        .map(|((from, to), unit)| [id.value(), now.value(), from.value(), to.value(), FOREVER, unit.value()]);
    store::add_postings(op.tx(), rows)?;
    let rows = store::standings(op.tx(), id)?;
    let now = after(op.now(), rows.iter().map(|row| row.recorded_at));
    let rows = rows.into_iter().filter(|row| believed(row.superseded_at));
    let rows = rows.map(|row| (row.recorded_at, row.valid_from, row.valid_to, row.standing)).collect();
    let (closed, added) = change(rows, &lines.standings);
    for (recorded, from, ..) in closed {
        store::close_standing(op.tx(), id, recorded, from, now)?;
    }
    let added: Vec<_> = added.iter().map(|(valid, value)| (days(*valid), *value)).collect();
    let rows = added
        .iter()
        .map(|((from, to), value)| [id.value(), now.value(), from.value(), to.value(), FOREVER, value.value()]);
    store::add_standings(op.tx(), rows)?;
    Field::ALL.into_iter().zip(&lines.levels).try_for_each(|(field, line)| level(op, id, field, line))
}

fn level(op: &mut Op<'_, '_>, id: Id<Person>, field: Field, line: &[Span<u8>]) -> Result<(), Problem> {
    let number = field.number();
    let mut rows = store::attainments(op.tx(), id)?;
    rows.retain(|row| row.field == number);
    let now = after(op.now(), rows.iter().map(|row| row.recorded_at));
    let rows = rows.into_iter().filter(|row| row.superseded_at == Moment::FOREVER);
    let rows = rows.map(|row| (row.recorded_at, row.valid_from, row.valid_to, row.level)).collect();
    let (closed, added) = change(rows, line);
    for (recorded, from, ..) in closed {
        store::close_attainment(op.tx(), id, number, recorded, from, now)?;
    }
    let added: Vec<_> = added.iter().map(|(valid, value)| (days(*valid), *value)).collect();
    let rows = added.iter().map(|((from, to), value)| {
        [id.value(), number.value(), now.value(), from.value(), to.value(), FOREVER, value.value()]
    });
    store::add_attainments(op.tx(), rows).map(drop)
}
