//! A whole database as one portable file: out of either engine, into either engine.
//!
//! Format: `CHIBO1\n`, then a gzip stream of records, then the SHA-256 of all that stands before it.
//! A record is a table header (`T`, name, column names and types), a row (`R`, one value per column) or the end of the
//! tables (`E`). Behind it come the sealed files, as they lie (`F`, name, bytes); backups from before there were any end
//! with the tables.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use chibo_kernel::{Problem, Said};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::files::Files;
use crate::migrate::{Migration, owners};
use crate::statement::{Link, Tx};
use crate::value::Value;

const MAGIC: &[u8] = b"CHIBO1\n";

fn io(error: std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Problem::refuse(Said::new("store-disk-full")),
        std::io::ErrorKind::NotFound => Problem::refuse(Said::new("store-no-such-file")),
        _ => Problem::Fault(error.to_string()),
    }
}

fn broken() -> Problem {
    Problem::refuse(Said::new("store-backup-broken"))
}

/// Every table of the program, in an order that respects references.
fn tables(migrations: &[Migration]) -> Result<Vec<String>, Problem> {
    let mut names = vec!["schema_migration".to_owned()];
    for migration in migrations {
        let declared = owners(migration)?;
        let mut inside: Vec<_> = declared.keys().cloned().collect();
        inside.sort_by_key(|table| migration.sql.find(&format!("CREATE TABLE {table} ")));
        names.extend(inside);
    }
    Ok(names)
}

/// A dump's columns: all that exist, in the order of the schema, generated numbers included.
pub(crate) fn columns(tx: &mut Tx<'_>, table: &str) -> Result<Vec<String>, Problem> {
    match &mut tx.link {
        Link::Sqlite(connection) => {
            let statement = connection.prepare(&format!("SELECT * FROM {table} LIMIT 0"));
            let statement = statement.map_err(|e| crate::sqlite::fault(&e))?;
            Ok(statement.column_names().map(str::to_owned).collect())
        }
        Link::Pg(session) => session.columns(table),
    }
}

/// Rows of a table in the order of all its columns, so that equal content gives equal bytes.
fn each_row(
    tx: &mut Tx<'_>,
    table: &str,
    names: &[String],
    take: &mut dyn FnMut(&[Value<'_>]) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let list = names.join(", ");
    let order: Vec<_> = (1..=names.len()).map(|n| n.to_string()).collect();
    let sql = format!("SELECT {list} FROM {table} ORDER BY {}", order.join(", "));
    match &mut tx.link {
        Link::Sqlite(connection) => crate::sqlite::dump(connection, &sql, &[], names.len(), take),
        Link::Pg(session) => session.dump(&sql, &[], names.len(), take),
    }
}

struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        Ok(n)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

fn put(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Problem> {
    let length = u32::try_from(bytes.len()).map_err(Problem::fault)?;
    out.write_all(&length.to_be_bytes()).and_then(|()| out.write_all(bytes)).map_err(io)
}

fn put_value(out: &mut dyn Write, value: &Value<'_>) -> Result<(), Problem> {
    match value {
        Value::Null => out.write_all(b"N").map_err(io),
        Value::Int(number) => out.write_all(b"I").and_then(|()| out.write_all(&number.to_be_bytes())).map_err(io),
        Value::Text(text) => out.write_all(b"S").map_err(io).and_then(|()| put(out, text.as_bytes())),
        Value::Bytes(bytes) => out.write_all(b"B").map_err(io).and_then(|()| put(out, bytes)),
    }
}

/// Writes every row of one consistent snapshot in canonical order; `progress` is told rows and tables.
/// The same content gives the same bytes on both engines.
pub fn export(
    db: &Db,
    migrations: &[Migration],
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64, &str) -> Result<(), Problem>,
) -> Result<u64, Problem> {
    let names = tables(migrations)?;
    let mut count = 0;
    db.read(|tx| {
        for table in &names {
            let columns = columns(tx, table)?;
            out.write_all(b"T").map_err(io)?;
            put(out, table.as_bytes())?;
            put(out, columns.join(",").as_bytes())?;
            progress(count, table)?;
            each_row(tx, table, &columns, &mut |row| {
                out.write_all(b"R").map_err(io)?;
                row.iter().try_for_each(|value| put_value(out, value))?;
                count += 1;
                if count % 20_000 == 0 { progress(count, table) } else { Ok(()) }
            })?;
        }
        out.write_all(b"E").map_err(io)
    })?;
    Ok(count)
}

/// Writes a backup file; it appears under its name only when whole and on disk.
pub fn backup(
    db: &Db,
    migrations: &[Migration],
    file: &Path,
    progress: &mut dyn FnMut(u64, &str) -> Result<(), Problem>,
) -> Result<u64, Problem> {
    let partial = file.with_extension("partial");
    let outcome = write_file(db, migrations, &partial, progress);
    if outcome.is_err() {
        let _ = std::fs::remove_file(&partial);
    } else {
        std::fs::rename(&partial, file).map_err(io)?;
    }
    outcome
}

fn write_file(
    db: &Db,
    migrations: &[Migration],
    partial: &Path,
    progress: &mut dyn FnMut(u64, &str) -> Result<(), Problem>,
) -> Result<u64, Problem> {
    let target = BufWriter::new(File::create(partial).map_err(io)?);
    let mut hashing = Hashing { inner: target, hash: Sha256::new() };
    hashing.write_all(MAGIC).map_err(io)?;
    let mut zip = GzEncoder::new(hashing, Compression::fast());
    let count = export(db, migrations, &mut zip, progress)?;
    put_files(db, &mut zip, &mut || progress(count, "files"))?;
    let Hashing { mut inner, hash } = zip.finish().map_err(io)?;
    inner.write_all(&hash.finalize()).map_err(io)?;
    let target = inner.into_inner().map_err(|e| io(e.into_error()))?;
    target.sync_all().map_err(io)?;
    Ok(count)
}

/// Appends the files rows speak of. Rows were read first: a file is on disk before its row, and never removed after.
fn put_files(db: &Db, out: &mut dyn Write, told: &mut dyn FnMut() -> Result<(), Problem>) -> Result<(), Problem> {
    let noted = db.read(crate::files::store::noted)?;
    if noted.is_empty() {
        return Ok(());
    }
    let files = Files::of(db)?;
    for stored in noted {
        // A backup that says "whole" and lacks a scan would be worse than none.
        let sealed = files.sealed(&stored).map_err(|_| missing(&stored))?;
        out.write_all(b"F").map_err(io)?;
        put(out, stored.as_bytes())?;
        put(out, &sealed)?;
        told()?;
    }
    Ok(())
}

fn missing(stored: &str) -> Problem {
    Problem::refuse(Said::new("store-file-missing").with("name", stored))
}

/// Checks a backup file from end to end before anything is done with it.
pub fn verify_file(file: &Path) -> Result<(), Problem> {
    let length = std::fs::metadata(file).map_err(io)?.len();
    let body = length.checked_sub(32).filter(|n| *n > MAGIC.len() as u64).ok_or_else(broken)?;
    let mut source = BufReader::new(File::open(file).map_err(io)?);
    let mut hash = Sha256::new();
    let mut left = body;
    let mut buffer = [0; 65_536];
    while left > 0 {
        let want = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        source.read_exact(&mut buffer[..want]).map_err(io)?;
        hash.update(&buffer[..want]);
        left -= want as u64;
    }
    let mut stored = [0; 32];
    source.read_exact(&mut stored).map_err(io)?;
    if hash.finalize().as_slice() == stored { Ok(()) } else { Err(broken()) }
}

enum Owned {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

struct Source<R>(R);

impl<R: Read> Source<R> {
    fn byte(&mut self) -> Result<u8, Problem> {
        let mut one = [0];
        self.0.read_exact(&mut one).map_err(|_| broken())?;
        Ok(one[0])
    }
    /// The next byte; none at the end of the stream.
    fn next(&mut self) -> Result<Option<u8>, Problem> {
        let mut one = [0];
        let read = self.0.read(&mut one).map_err(|_| broken())?;
        Ok((read == 1).then_some(one[0]))
    }
    fn bytes(&mut self) -> Result<Vec<u8>, Problem> {
        let mut length = [0; 4];
        self.0.read_exact(&mut length).map_err(|_| broken())?;
        let mut out = Vec::new();
        let want = u64::from(u32::from_be_bytes(length));
        (&mut self.0).take(want).read_to_end(&mut out).map_err(|_| broken())?;
        if out.len() as u64 == want { Ok(out) } else { Err(broken()) }
    }
    fn text(&mut self) -> Result<String, Problem> {
        String::from_utf8(self.bytes()?).map_err(|_| broken())
    }
    fn value(&mut self) -> Result<Owned, Problem> {
        Ok(match self.byte()? {
            b'N' => Owned::Null,
            b'I' => {
                let mut number = [0; 8];
                self.0.read_exact(&mut number).map_err(|_| broken())?;
                Owned::Int(i64::from_be_bytes(number))
            }
            b'S' => Owned::Text(self.text()?),
            b'B' => Owned::Bytes(self.bytes()?),
            _ => return Err(broken()),
        })
    }
}

/// Fills an empty, migrated database from a backup file, in one transaction.
pub fn restore(
    db: &Db,
    migrations: &[Migration],
    file: &Path,
    progress: &mut dyn FnMut(u64, &str) -> Result<(), Problem>,
) -> Result<u64, Problem> {
    verify_file(file)?;
    let known = tables(migrations)?;
    let outcome = db.quiet_write(|tx| {
        let mut raw = BufReader::new(File::open(file).map_err(io)?);
        let mut magic = [0; 7];
        raw.read_exact(&mut magic).map_err(|_| broken())?;
        if magic != MAGIC {
            return Err(broken());
        }
        let mut source = Source(BufReader::with_capacity(1 << 16, GzDecoder::new(raw)));
        let mut count = 0;
        let mut target: Option<(String, Vec<String>)> = None;
        let mut batch: Vec<Vec<Owned>> = Vec::new();
        loop {
            let kind = source.byte()?;
            if (kind != b'R' || batch.len() >= 2_000)
                && let Some((table, columns)) = &target
            {
                count += batch.len() as u64;
                insert(tx, table, columns, &batch)?;
                batch.clear();
                progress(count, table)?;
            }
            match kind {
                b'T' => {
                    let table = source.text()?;
                    let columns: Vec<_> = source.text()?.split(',').map(str::to_owned).collect();
                    if !known.contains(&table) || columns != self::columns(tx, &table)? {
                        return Err(Problem::refuse(Said::new("store-newer-database").with("name", table)));
                    }
                    tx.raw(&format!("DELETE FROM {table}"))?;
                    target = Some((table, columns));
                }
                b'R' => {
                    let width = target.as_ref().map_or(0, |t| t.1.len());
                    batch.push((0..width).map(|_| source.value()).collect::<Result<_, _>>()?);
                }
                // Files are on disk before the rows that speak of them are committed.
                b'E' => return take_files(db, &mut source).map(|()| count),
                _ => return Err(broken()),
            }
        }
    })?;
    Ok(outcome)
}

/// Puts the files behind the tables back, until the stream ends; what it holds was checked as a whole.
fn take_files<R: Read>(db: &Db, source: &mut Source<R>) -> Result<(), Problem> {
    while let Some(kind) = source.next()? {
        if kind != b'F' {
            return Err(broken());
        }
        let (stored, sealed) = (source.text()?, source.bytes()?);
        Files::of(db)?.write(&stored, &sealed)?;
    }
    Ok(())
}

fn insert(tx: &mut Tx<'_>, table: &str, columns: &[String], rows: &[Vec<Owned>]) -> Result<(), Problem> {
    if rows.is_empty() {
        return Ok(());
    }
    let borrowed = rows.iter().map(|row| row.iter().map(Owned::value).collect::<Vec<_>>());
    match &mut tx.link {
        Link::Sqlite(connection) => crate::sqlite::fill(connection, table, columns, borrowed),
        Link::Pg(session) => session.fill(table, columns, borrowed),
    }
}
