//! Sealing anew under the newest key of the ring, so that an old key can be retired.
//!
//! Capabilities declare where sealed values lie ([`Sealed`]) and which files are sealed ([`SealedFiles`]). The job
//! [`RESEAL`] reads those under an older key a batch at a time and writes each back under the newest one; what somebody
//! changes meanwhile is left to them, for they seal with the newest key anyway. It can be stopped and goes on next time.

use std::collections::BTreeMap;

use chibo_kernel::{Problem, Viewer};

use crate::audit::Entry;
use crate::db::Db;
use crate::files::Files;
use crate::jobs::{self, Handler, Running, Stop};
use crate::seal::Keys;
use crate::statement::{Link, Tx};
use crate::value::{Own, Value};

/// Kind of the job that seals anew.
pub const RESEAL: &str = "reseal";
/// Rows read before they are written back.
const BATCH: usize = 20_000;
/// Rows of one transaction: other writers wait no longer than for these.
const TOGETHER: usize = 500;

/// A column of sealed values.
#[derive(Clone, Copy)]
pub struct Sealed {
    /// Its table.
    pub table: &'static str,
    /// The column; empty and NULL values are not sealed.
    pub column: &'static str,
    /// Columns that tell the rows apart.
    pub key: &'static [&'static str],
    /// Whom a value was sealed for, from the values of `key`.
    pub about: fn(&[Value<'_>]) -> Vec<u8>,
}

/// Rows that speak of sealed files, each sealed for one owner.
#[derive(Clone, Copy)]
pub struct SealedFiles {
    /// Their table.
    pub table: &'static str,
    /// Columns of the owner (joined in this order), of the name in the files area, and of the digest.
    pub owner: &'static [&'static str],
    /// Column of the name in the files area.
    pub stored: &'static str,
    /// Column of the digest of the content.
    pub digest: &'static str,
}

/// All places of one program; kept beside the data ([`Db::put_beside`]).
#[derive(Clone, Default)]
pub struct SealedPlaces {
    /// Columns.
    pub columns: Vec<Sealed>,
    /// Files.
    pub files: Vec<SealedFiles>,
}

/// Bytes of a value as they enter the owner of a seal.
///
/// The usual `about` of rows that belong to one thing: `|key| seal_owner(key)` joins the values.
pub fn seal_owner(key: &[Value<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for value in key {
        match value {
            Value::Bytes(bytes) => out.extend_from_slice(bytes),
            Value::Text(text) => out.extend_from_slice(text.as_bytes()),
            Value::Int(number) => out.extend_from_slice(&number.to_be_bytes()),
            Value::Null => {}
        }
    }
    out
}

/// A sealed value under an older key: its row, and what lies there.
struct Old {
    key: Vec<Own>,
    sealed: Vec<u8>,
}

/// Streams the values of some columns of a table.
fn values(
    tx: &mut Tx<'_>,
    table: &str,
    columns: &[&str],
    take: &mut dyn FnMut(&[Value<'_>]) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let sql = format!("SELECT {} FROM {table}", columns.join(", "));
    match &mut tx.link {
        Link::Sqlite(connection) => crate::sqlite::dump(connection, &sql, &[], columns.len(), take),
        Link::Pg(session) => session.dump(&sql, &[], columns.len(), take),
    }
}

/// How many sealed values and files lie under each key of the ring.
///
/// # Errors
/// What reading gives; a fault for a file that is gone.
pub fn under_keys(db: &Db, places: &SealedPlaces) -> Result<BTreeMap<u32, u64>, Problem> {
    let mut counts = BTreeMap::new();
    for place in &places.columns {
        db.read(|tx| {
            values(tx, place.table, &[place.column], &mut |row| {
                if let Some(Value::Bytes(sealed)) = row.first()
                    && let Some(number) = Keys::number(sealed)
                {
                    *counts.entry(number).or_default() += 1;
                }
                Ok(())
            })
        })?;
    }
    for (_, stored, _) in files(db, places)? {
        let number = Keys::number(&Files::of(db)?.sealed(&stored)?).unwrap_or_default();
        *counts.entry(number).or_default() += 1;
    }
    Ok(counts)
}

/// Every file rows speak of: owner, name, digest.
fn files(db: &Db, places: &SealedPlaces) -> Result<Vec<(Vec<u8>, String, String)>, Problem> {
    let mut out = Vec::new();
    for place in &places.files {
        let columns = [place.owner, &[place.stored, place.digest]].concat();
        db.read(|tx| {
            values(tx, place.table, &columns, &mut |row| {
                if let (owner, [Value::Text(stored), Value::Text(digest)]) = row.split_at(place.owner.len()) {
                    out.push((seal_owner(owner), (*stored).to_owned(), (*digest).to_owned()));
                }
                Ok(())
            })
        })?;
    }
    out.sort();
    out.dedup();
    Ok(out)
}

/// The first values of a column that lie under an older key, at most [`BATCH`].
fn old_ones(db: &Db, place: &Sealed, newest: u32) -> Result<Vec<Old>, Problem> {
    let columns = [place.key, &[place.column]].concat();
    let mut found = Vec::new();
    db.read(|tx| {
        values(tx, place.table, &columns, &mut |row| {
            if let Some((Value::Bytes(sealed), key)) = row.split_last()
                && found.len() < BATCH
                && Keys::number(sealed).is_some_and(|number| number != newest)
            {
                found.push(Old { key: key.iter().map(Own::of).collect(), sealed: sealed.to_vec() });
            }
            Ok(())
        })
    })?;
    Ok(found)
}

/// Writes one value under the newest key, unless it was changed meanwhile.
fn write_back(tx: &mut Tx<'_>, db: &Db, place: &Sealed, old: &Old) -> Result<(), Problem> {
    let key: Vec<Value<'_>> = old.key.iter().map(Own::value).collect();
    let about = (place.about)(&key);
    let fresh = db.keys().seal(&db.keys().open(&old.sealed, &about)?, &about, db.random())?;
    let (wide, own) = (place.key.len(), place.column);
    let rows: Vec<_> = place.key.iter().enumerate().map(|(at, name)| format!("{name} = ${}", at + 2)).collect();
    let sql = format!("UPDATE {} SET {own} = $1 WHERE {} AND {own} = ${}", place.table, rows.join(" AND "), wide + 2);
    let mut params = vec![Value::Bytes(&fresh)];
    params.extend(key);
    params.push(Value::Bytes(&old.sealed));
    match &mut tx.link {
        Link::Sqlite(connection) => crate::sqlite::change(connection, &sql.replace('$', "?"), &params),
        Link::Pg(session) => session.change(&sql, &params),
    }
}

fn reseal_column(running: &Running<'_>, place: &Sealed, done: &mut u64) -> Result<(), Stop> {
    let db = running.db;
    let newest = db.keys().newest();
    let mut before = usize::MAX;
    loop {
        let old = old_ones(db, place, newest)?;
        // What stays old twice over is being held by nobody: say so instead of going round for ever.
        if old.is_empty() || old.len() >= before && old.len() < BATCH {
            return Ok(());
        }
        before = old.len();
        for some in old.chunks(TOGETHER) {
            db.quiet_write(|tx| some.iter().try_for_each(|one| write_back(tx, db, place, one)))?;
            *done += some.len() as u64;
            running.progress(*done, 0, place.table)?;
        }
    }
}

fn reseal_files(running: &Running<'_>, places: &SealedPlaces, done: &mut u64) -> Result<(), Stop> {
    let (db, area) = (running.db, Files::of(running.db)?);
    for (owner, stored, digest) in files(db, places)? {
        if Keys::number(&area.sealed(&stored)?) != Some(db.keys().newest()) {
            let plain = area.open(db.keys(), &owner, &stored, &digest)?;
            area.keep(db.keys(), &owner, &plain, db.random())?;
            *done += 1;
            running.progress(*done, 0, "files")?;
        }
    }
    Ok(())
}

/// Whether anything may lie under an older key: the ring has a key that was not sealed anew with yet.
///
/// # Errors
/// What the database gives.
pub fn ask(db: &Db, viewer: &Viewer) -> Result<bool, Problem> {
    let newest = db.keys().newest().to_string();
    let known = db.read(|tx| crate::db::setting(tx, RESEAL))?;
    if db.keys().numbers().len() < 2 || known.as_deref() == Some(newest.as_str()) {
        return Ok(false);
    }
    db.write(viewer, |op| {
        if jobs::waiting(op.tx(), RESEAL)?.unwrap_or(0) == 0 {
            op.enqueue(RESEAL, "{}", None)?;
        }
        Ok(true)
    })
}

/// The job.
pub fn handlers() -> Vec<Handler> {
    vec![Handler { kind: RESEAL, run }]
}

fn run(running: &Running<'_>) -> Result<String, Stop> {
    let db = running.db;
    let places = db.beside::<SealedPlaces>().ok_or_else(|| Problem::fault("nobody said where sealed values lie"))?;
    let (newest, mut done) = (db.keys().newest(), 0);
    for place in &places.columns {
        reseal_column(running, place, &mut done)?;
    }
    reseal_files(running, &places, &mut done)?;
    db.write(&Viewer::program("chibo serve"), |op| {
        op.record(Entry {
            stream: [0; 16],
            action: "keys-resealed",
            unit: None,
            subject: None,
            detail: format!("{{\"key\":{newest},\"values\":{done}}}"),
        });
        Ok(())
    })?;
    db.quiet_write(|tx| crate::db::set_setting(tx, RESEAL, &newest.to_string()))?;
    Ok(format!("{{\"values\":{done}}}"))
}
