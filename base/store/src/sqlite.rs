//! SQLite: one writer, several readers, WAL with full synchronisation.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use chibo_kernel::{Problem, Said};
use parking_lot::{Condvar, Mutex, MutexGuard};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql};

use crate::statement::{Row, Statement};
use crate::value::Value;

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A failure of SQLite as a sentence for operators.
pub(crate) fn fault(error: &rusqlite::Error) -> Problem {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Problem::refuse(Said::new("store-disk-full")),
        Some(ErrorCode::ReadOnly) => Problem::refuse(Said::new("store-read-only")),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::refuse(Said::new("store-locked")),
        Some(ErrorCode::NotADatabase) => Problem::refuse(Said::new("store-not-a-database")),
        Some(ErrorCode::CannotOpen) => Problem::refuse(Said::new("store-cannot-open")),
        _ => Problem::Fault(format!("SQLite: {error}")),
    }
}

pub(crate) fn value<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<Value<'a>, Problem> {
    Ok(match row.get_ref(index).map_err(|e| fault(&e))? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).map_err(Problem::fault)?),
        ValueRef::Blob(bytes) => Value::Bytes(bytes),
        ValueRef::Real(_) => return Err(Problem::Fault("the database holds a floating-point number".into())),
    })
}

fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Value<'_>]) -> Result<(), Problem> {
    for (index, param) in params.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, param).map_err(|e| fault(&e))?;
    }
    Ok(())
}

pub(crate) fn run(connection: &Connection, what: &'static Statement, params: &[Value<'_>]) -> Result<u64, Problem> {
    let mut statement = connection.prepare_cached(what.sqlite_sql()).map_err(|e| fault(&e))?;
    bind(&mut statement, params)?;
    statement.raw_execute().map(|n| n as u64).map_err(|e| fault(&e))
}

pub(crate) fn rows(
    connection: &Connection,
    what: &'static Statement,
    params: &[Value<'_>],
    take: &mut dyn FnMut(&Row<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(what.sqlite_sql()).map_err(|e| fault(&e))?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|e| fault(&e))? {
        take(&Row::Sqlite(row))?;
    }
    Ok(())
}

/// Parameters of one statement of a bulk insert: enough rows that opening the table and finding the place in it, done
/// once a statement, no longer cost more than the rows.
const BULK_PARAMS: usize = 480;

pub(crate) fn bulk<'v, const N: usize>(
    connection: &Connection,
    what: &'static Statement,
    rows: impl Iterator<Item = [Value<'v>; N]>,
) -> Result<u64, Problem> {
    let at_once = (BULK_PARAMS / N.max(1)).max(1);
    let mut waiting: Vec<[Value<'v>; N]> = Vec::with_capacity(at_once);
    let mut many = connection.prepare_cached(&several(what.sqlite_sql(), N, at_once)).map_err(|e| fault(&e))?;
    let mut count = 0;
    for row in rows {
        count += 1;
        waiting.push(row);
        if waiting.len() == at_once {
            bind(&mut many, waiting.as_flattened())?;
            many.raw_execute().map_err(|e| fault(&e))?;
            waiting.clear();
        }
    }
    let mut one = connection.prepare_cached(what.sqlite_sql()).map_err(|e| fault(&e))?;
    for row in &waiting {
        bind(&mut one, row)?;
        one.raw_execute().map_err(|e| fault(&e))?;
    }
    Ok(count)
}

/// An `INSERT` of one row as one of several. Where a row does not fit, those before it stay, as if each were inserted
/// by itself: undoing them inside the transaction, which ends anyway, would mean copying every page that is touched.
fn several(insert: &str, width: usize, rows: usize) -> String {
    let mut sql = String::with_capacity(insert.len() + rows * width * 6);
    sql.push_str(&insert.replacen("INSERT INTO", "INSERT OR FAIL INTO", 1));
    for row in 1..rows {
        for place in 0..width {
            sql.push_str(if place == 0 { ", (?" } else { ", ?" });
            sql.push_str(&(row * width + place + 1).to_string());
        }
        sql.push(')');
    }
    sql
}

/// How careful and how large the connections are.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// `synchronous=FULL`. Only tests and throw-away benchmarks may turn it off.
    pub durable: bool,
    /// Page cache of the writer, MiB.
    pub writer_cache: u32,
    /// Page cache of each reader, MiB.
    pub reader_cache: u32,
    /// Most readers at once.
    pub readers: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self { durable: true, writer_cache: 16, reader_cache: 4, readers: 8 }
    }
}

/// The connections to one database file.
pub struct Pool {
    path: std::path::PathBuf,
    tuning: Tuning,
    writer: Mutex<Connection>,
    idle: Mutex<(Vec<Connection>, usize)>,
    freed: Condvar,
    care: LogCare,
}

/// Copies the write-ahead log into the database file behind the writer's back: what is in the log is durable already,
/// so nobody has to wait for the copying.
#[derive(Default)]
struct LogCare {
    /// The log has grown to where it should be copied.
    due: Arc<AtomicBool>,
    at_work: Mutex<Option<JoinHandle<()>>>,
}

/// Pages in the log from which on it is copied.
const LOG_PAGES: i32 = 2_000;

impl LogCare {
    fn watch(&self, writer: &mut Connection) -> rusqlite::Result<()> {
        let due = self.due.clone();
        writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            due.fetch_or(pages >= LOG_PAGES, Ordering::Relaxed);
            Ok(())
        }))
    }

    /// Begins to copy if it is due and nobody is at it. What fails is tried again after a later commit.
    fn tend(&self, path: &Path) {
        if !self.due.load(Ordering::Relaxed) {
            return;
        }
        let mut at_work = self.at_work.lock();
        if at_work.as_ref().is_some_and(|work| !work.is_finished()) {
            return;
        }
        self.due.store(false, Ordering::Relaxed);
        let path = path.to_owned();
        *at_work = Some(std::thread::spawn(move || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let _ = Connection::open_with_flags(path, flags).and_then(|own| {
                own.execute_batch("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0;")?;
                own.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            });
        }));
    }
}

impl Drop for LogCare {
    fn drop(&mut self) {
        let at_work = self.at_work.lock().take();
        at_work.into_iter().for_each(|work| drop(work.join()));
    }
}

impl Pool {
    /// Opens or creates the database file.
    pub fn open(path: &Path, tuning: Tuning) -> Result<Self, Problem> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut writer = Connection::open_with_flags(path, flags).map_err(|e| fault(&e))?;
        // The page size must be set before the first page is written.
        writer.execute_batch("PRAGMA page_size=8192; PRAGMA journal_mode=WAL;").map_err(|e| fault(&e))?;
        let care = LogCare::default();
        care.watch(&mut writer).map_err(|e| fault(&e))?;
        prepare(&writer, tuning, tuning.writer_cache)?;
        let pool = Self {
            path: path.to_owned(),
            tuning,
            writer: Mutex::new(writer),
            idle: Mutex::new((Vec::new(), 0)),
            freed: Condvar::new(),
            care,
        };
        Ok(pool)
    }

    /// The one writing connection.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock()
    }

    /// To be called after a commit: keeps the log small.
    pub(crate) fn tend(&self) {
        self.care.tend(&self.path);
    }

    /// Lends a reading connection, waiting while all are lent.
    pub(crate) fn reader(&self) -> Result<Reader<'_>, Problem> {
        let mut idle = self.idle.lock();
        loop {
            if let Some(connection) = idle.0.pop() {
                return Ok(Reader { pool: self, connection: Some(connection) });
            }
            if idle.1 < self.tuning.readers {
                idle.1 += 1;
                drop(idle);
                let opened = self.open_reader();
                if opened.is_err() {
                    self.idle.lock().1 -= 1;
                }
                return Ok(Reader { pool: self, connection: Some(opened?) });
            }
            self.freed.wait(&mut idle);
        }
    }

    fn open_reader(&self) -> Result<Connection, Problem> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags).map_err(|e| fault(&e))?;
        prepare(&reader, self.tuning, self.tuning.reader_cache)?;
        reader.execute_batch("PRAGMA query_only=ON").map_err(|e| fault(&e))?;
        Ok(reader)
    }
}

fn prepare(connection: &Connection, tuning: Tuning, cache: u32) -> Result<(), Problem> {
    connection.busy_timeout(Duration::from_secs(10)).map_err(|e| fault(&e))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Plans do not depend on bound values, so a cached statement is not planned anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|e| fault(&e))?;
    let synchronous = if tuning.durable { "FULL" } else { "OFF" };
    let pragmas = format!(
        "PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; \
         PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{};",
        cache * 1024
    );
    connection.execute_batch(&pragmas).map_err(|e| fault(&e))
}

/// A lent reading connection; goes back when dropped.
pub(crate) struct Reader<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
}

impl Reader<'_> {
    pub(crate) fn connection(&self) -> Result<&Connection, Problem> {
        self.connection.as_ref().ok_or_else(|| Problem::Fault("reader already returned".into()))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.idle.lock().0.push(connection);
            self.pool.freed.notify_one();
        }
    }
}

pub(crate) fn integrity(connection: &Connection) -> Result<Vec<String>, Problem> {
    let mut found = Vec::new();
    for pragma in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
        let mut statement = connection.prepare(pragma).map_err(|e| fault(&e))?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| fault(&e))? {
            let line = row.get_ref(0).map_err(|e| fault(&e))?;
            let text = line.as_str().unwrap_or("a broken reference").to_owned();
            found.extend((text != "ok").then_some(text));
        }
    }
    Ok(found)
}

pub(crate) fn dump(
    connection: &Connection,
    sql: &str,
    params: &[Value<'_>],
    width: usize,
    take: &mut dyn FnMut(&[Value<'_>]) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut statement = connection.prepare(sql).map_err(|e| fault(&e))?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|e| fault(&e))? {
        let values = (0..width).map(|i| value(row, i)).collect::<Result<Vec<_>, _>>()?;
        take(&values)?;
    }
    Ok(())
}

/// Runs SQL that is put together while running; only for what no typed statement can say.
pub(crate) fn change(connection: &Connection, sql: &str, params: &[Value<'_>]) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(sql).map_err(|e| fault(&e))?;
    bind(&mut statement, params)?;
    statement.raw_execute().map(drop).map_err(|e| fault(&e))
}

pub(crate) fn fill<'v>(
    connection: &Connection,
    table: &str,
    columns: &[String],
    rows: impl Iterator<Item = Vec<Value<'v>>>,
) -> Result<(), Problem> {
    let marks: Vec<_> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), marks.join(", "));
    let mut statement = connection.prepare_cached(&sql).map_err(|e| fault(&e))?;
    for row in rows {
        bind(&mut statement, &row)?;
        statement.raw_execute().map_err(|e| fault(&e))?;
    }
    Ok(())
}
