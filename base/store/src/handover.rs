//! Rows about a person handed over to another record of the same person, and given back.
//!
//! Capabilities declare which of their columns refer to a person ([`PersonRows`]). [`hand_over`] says of every row whether
//! it goes along; what a record may have once only stays with the record that goes when the other has it already, so that
//! nothing is lost and nothing overwritten. What it answers names every row by its key: [`give_back`] takes exactly those.
//! Table and column names come from constants of the program only; values are always bound.

use std::collections::HashSet;

use chibo_kernel::{Id, Person, Problem};

use crate::backup::columns;
use crate::files::{self, Files};
use crate::op::Op;
use crate::reseal::{Sealed, SealedFiles, SealedPlaces, seal_owner};
use crate::seal::Keys;
use crate::statement::{Link, Tx};
use crate::value::{Own, Value};

/// A column that refers to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonColumn {
    /// Its table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The primary key of the table.
    pub key: &'static [&'static str],
}

/// A declared column.
pub const fn refers(table: &'static str, column: &'static str, key: &'static [&'static str]) -> PersonColumn {
    PersonColumn { table, column, key }
}

/// Rows that go along, or stay, as one.
#[derive(Clone, Copy, Debug)]
pub struct PersonRows {
    /// Where they are.
    pub columns: &'static [PersonColumn],
    /// What a person has once only: rows that agree in these columns (all of `columns` have them) belong together, and
    /// stay when the other record has such rows in any of the tables. Without: every row goes.
    pub once: Option<&'static [&'static str]>,
}

impl PersonRows {
    /// Rows of which a person may have any number.
    pub const fn all(columns: &'static [PersonColumn]) -> Self {
        Self { columns, once: None }
    }

    /// Rows a person has once for each value of some columns; of no columns: once at all.
    pub const fn once(per: &'static [&'static str], columns: &'static [PersonColumn]) -> Self {
        Self { columns, once: Some(per) }
    }
}

/// A row that was handed over or stayed, by its key as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Its table.
    pub table: String,
    /// The column that refers to the person.
    pub column: String,
    /// The values of its key, as text.
    pub key: String,
    /// Whether it went along.
    pub moved: bool,
}

fn ask(tx: &mut Tx<'_>, sql: &str, width: usize, params: &[Own]) -> Result<Vec<Vec<Own>>, Problem> {
    let params: Vec<Value<'_>> = params.iter().map(Own::value).collect();
    let mut found = Vec::new();
    let mut take = |row: &[Value<'_>]| {
        found.push(row.iter().map(Own::of).collect());
        Ok(())
    };
    match &mut tx.link {
        Link::Sqlite(connection) => crate::sqlite::dump(connection, &sql.replace('$', "?"), &params, width, &mut take)?,
        Link::Pg(session) => session.dump(sql, &params, width, &mut take)?,
    }
    Ok(found)
}

fn change(tx: &mut Tx<'_>, sql: &str, params: &[Own]) -> Result<(), Problem> {
    let params: Vec<Value<'_>> = params.iter().map(Own::value).collect();
    match &mut tx.link {
        Link::Sqlite(connection) => crate::sqlite::change(connection, &sql.replace('$', "?"), &params),
        Link::Pg(session) => session.change(sql, &params),
    }
}

/// `a = $1 AND b = $2`, beginning with a number.
fn equal(names: &[&str], first: usize) -> String {
    let parts: Vec<_> = names.iter().enumerate().map(|(at, name)| format!("{name} = ${}", at + first)).collect();
    parts.join(" AND ")
}

/// Values of some columns of a row.
type Values = Vec<Own>;

/// Keys of the rows that refer to a person, each with what it shares with others of its group.
fn rows_of(
    tx: &mut Tx<'_>,
    of: &PersonColumn,
    group: &[&str],
    person: Id<Person>,
) -> Result<Vec<(Values, Values)>, Problem> {
    let names = [of.key, group].concat();
    let order: Vec<_> = (1..=of.key.len()).map(|at| at.to_string()).collect();
    let (list, order) = (names.join(", "), order.join(", "));
    let sql = format!("SELECT {list} FROM {} WHERE {} = $1 ORDER BY {order}", of.table, of.column);
    let rows = ask(tx, &sql, names.len(), &[Own::person(person)])?;
    Ok(rows
        .into_iter()
        .map(|mut row| {
            let shared = row.split_off(of.key.len());
            (row, shared)
        })
        .collect())
}

/// What would become of every row of a record that goes into another: the column, the key, whether it goes along.
fn planned(
    tx: &mut Tx<'_>,
    rows: &PersonRows,
    [from, to]: [Id<Person>; 2],
) -> Result<Vec<(PersonColumn, Values, bool)>, Problem> {
    let mut taken = HashSet::new();
    if let Some(group) = rows.once {
        for column in rows.columns {
            taken.extend(rows_of(tx, column, group, to)?.into_iter().map(|(_, shared)| shared));
        }
    }
    let mut out = Vec::new();
    for column in rows.columns {
        let found = rows_of(tx, column, rows.once.unwrap_or(&[]), from)?;
        let goes = |shared: &Values| rows.once.is_none() || !taken.contains(shared);
        out.extend(found.into_iter().map(|(key, shared)| (*column, key, goes(&shared))));
    }
    Ok(out)
}

/// How many rows would go along and how many would stay, `from` going into `to`.
///
/// # Errors
/// What the database gives.
pub fn outlook(tx: &mut Tx<'_>, rows: &[PersonRows], from: Id<Person>, to: Id<Person>) -> Result<[u64; 2], Problem> {
    let mut counts = [0, 0];
    for some in rows {
        for (_, _, moves) in planned(tx, some, [from, to])? {
            counts[usize::from(!moves)] += 1;
        }
    }
    Ok(counts)
}

/// Hands the rows of one record over to another, in the order of their keys.
///
/// # Errors
/// What the database, the keys and the files area give.
pub fn hand_over(
    op: &mut Op<'_, '_>,
    rows: &[PersonRows],
    places: &SealedPlaces,
    from: Id<Person>,
    to: Id<Person>,
) -> Result<Vec<Handed>, Problem> {
    let mut out = Vec::new();
    for some in rows {
        for (column, mut key, moved) in planned(op.tx(), some, [from, to])? {
            if moved {
                put(op, &column, places, &key, to)?;
                replaced(&column, &mut key, to);
            }
            let key = serde_json::to_string(&key).map_err(Problem::fault)?;
            out.push(Handed { table: column.table.to_owned(), column: column.column.to_owned(), key, moved });
        }
    }
    Ok(out)
}

/// Gives rows back that were handed over; gives how many. A row that is no more, or that belongs to somebody else by now,
/// is passed by.
///
/// # Errors
/// What the database, the keys and the files area give; a fault when a key cannot be read.
pub fn give_back(
    op: &mut Op<'_, '_>,
    rows: &[PersonRows],
    places: &SealedPlaces,
    handed: &[Handed],
    [from, to]: [Id<Person>; 2],
) -> Result<u64, Problem> {
    let mut given = 0;
    // The last first: a later row may be known by what an earlier one became.
    for row in handed.iter().rev().filter(|row| row.moved) {
        let all = rows.iter().flat_map(|some| some.columns);
        let Some(column) = all.into_iter().find(|one| one.table == row.table && one.column == row.column) else {
            continue;
        };
        let key: Vec<Own> = serde_json::from_str(&row.key).map_err(Problem::fault)?;
        let now = format!("SELECT {} FROM {} WHERE {}", column.column, column.table, equal(column.key, 1));
        let holder = ask(op.tx(), &now, 1, &key)?.pop().and_then(|mut row| row.pop());
        let mut back = key.clone();
        replaced(column, &mut back, to);
        let free = back == key || ask(op.tx(), &now, 1, &back)?.is_empty();
        if holder == Some(Own::person(from)) && free {
            put(op, column, places, &key, to)?;
            given += 1;
        }
    }
    Ok(given)
}

/// The key with another person in it.
fn replaced(of: &PersonColumn, key: &mut [Own], person: Id<Person>) {
    for (_, value) in of.key.iter().zip(key).filter(|(name, _)| **name == of.column) {
        *value = Own::person(person);
    }
}

/// Puts another person into a row. A row whose key tells the person is taken out and put in again: a distributed engine
/// keeps it elsewhere then, and what is sealed for the person is sealed anew.
fn put(
    op: &mut Op<'_, '_>,
    of: &PersonColumn,
    places: &SealedPlaces,
    key: &[Own],
    person: Id<Person>,
) -> Result<(), Problem> {
    if !of.key.contains(&of.column) {
        let sql = format!("UPDATE {} SET {} = $1 WHERE {}", of.table, of.column, equal(of.key, 2));
        return change(op.tx(), &sql, &[&[Own::person(person)], key].concat());
    }
    let names = columns(op.tx(), of.table)?;
    let sql = format!("SELECT {} FROM {} WHERE {}", names.join(", "), of.table, equal(of.key, 1));
    let old = ask(op.tx(), &sql, names.len(), key)?.pop().ok_or(Problem::NotFound)?;
    let mut fresh = Row { names: &names, values: old.clone() };
    if let Some(value) = fresh.at(of.column) {
        *value = Own::person(person);
    }
    let old = Row { names: &names, values: old };
    for place in places.columns.iter().filter(|place| place.table == of.table) {
        reseal(op, place, &old, &mut fresh)?;
    }
    for place in places.files.iter().filter(|place| place.table == of.table) {
        refile(op, place, &old, &mut fresh)?;
    }
    change(op.tx(), &format!("DELETE FROM {} WHERE {}", of.table, equal(of.key, 1)), key)?;
    let marks: Vec<_> = (1..=names.len()).map(|at| format!("${at}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", of.table, names.join(", "), marks.join(", "));
    change(op.tx(), &sql, &fresh.values)
}

/// A row with the names of its columns.
struct Row<'n> {
    names: &'n [String],
    values: Vec<Own>,
}

impl Row<'_> {
    fn at(&mut self, column: &str) -> Option<&mut Own> {
        let place = self.names.iter().position(|name| name == column)?;
        self.values.get_mut(place)
    }

    fn all(&self, columns: &[&str]) -> Vec<Value<'_>> {
        let place = |column: &&str| self.names.iter().position(|name| name == *column);
        columns.iter().filter_map(|column| self.values.get(place(column)?)).map(Own::value).collect()
    }

    fn text(&self, column: &str) -> String {
        match self.all(&[column]).first() {
            Some(Value::Text(text)) => (*text).to_owned(),
            _ => String::new(),
        }
    }
}

fn reseal(op: &mut Op<'_, '_>, place: &Sealed, old: &Row<'_>, fresh: &mut Row<'_>) -> Result<(), Problem> {
    let (before, after) = ((place.about)(&old.all(place.key)), (place.about)(&fresh.all(place.key)));
    if let Some(Own::Bytes(sealed)) = fresh.at(place.column)
        && before != after
        && Keys::number(sealed).is_some()
    {
        let plain = op.keys().open(sealed, &before)?;
        *sealed = op.keys().seal(&plain, &after, op.random())?;
    }
    Ok(())
}

fn refile(op: &mut Op<'_, '_>, place: &SealedFiles, old: &Row<'_>, fresh: &mut Row<'_>) -> Result<(), Problem> {
    let (before, after) = (seal_owner(&old.all(place.owner)), seal_owner(&fresh.all(place.owner)));
    if before == after {
        return Ok(());
    }
    let area = op.beside::<Files>().ok_or_else(|| Problem::fault("no files area beside the data"))?;
    let plain = area.open(op.keys(), &before, &old.text(place.stored), &old.text(place.digest))?;
    let kept = area.keep(op.keys(), &after, &plain, op.random())?;
    if let Some(value) = fresh.at(place.stored) {
        *value = Own::Text(kept.stored.clone());
    }
    files::note(op, &kept)
}
