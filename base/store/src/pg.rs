//! PostgreSQL: a small pool of connections, serialisable writes with retry, binary COPY for bulk.

use std::collections::HashMap;
use std::error::Error;

use chibo_kernel::{Problem, Said};
use parking_lot::{Condvar, Mutex};
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls};

use crate::statement::{Row, Statement, Text};
use crate::value::{SqlType, Value};

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Int(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }
    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::BYTEA)
    }
    to_sql_checked!();
}

struct Borrowed<'a>(Value<'a>);

impl<'a> FromSql<'a> for Borrowed<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *kind {
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Int(i64::from(i32::from_sql(kind, raw)?)),
            Type::BYTEA => Value::Bytes(raw),
            _ => Value::Text(<&str>::from_sql(kind, raw)?),
        }))
    }
    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }
    fn accepts(kind: &Type) -> bool {
        <Value<'_> as ToSql>::accepts(kind)
    }
}

pub(crate) fn value(row: &postgres::Row, index: usize) -> Result<Value<'_>, Problem> {
    row.try_get::<_, Borrowed<'_>>(index).map(|b| b.0).map_err(|e| fault(&e))
}

/// Marks a conflict that the caller should retry from the start.
const RETRY: &str = "store-retry";

pub(crate) fn fault(error: &postgres::Error) -> Problem {
    let code = error.code().map(|c| c.code().to_owned()).unwrap_or_default();
    match code.as_str() {
        "40001" | "40P01" => Problem::Conflict(Said::new(RETRY)),
        "53100" => Problem::refuse(Said::new("store-disk-full")),
        "25006" => Problem::refuse(Said::new("store-read-only")),
        "28P01" | "28000" => Problem::refuse(Said::new("store-wrong-password")),
        "3D000" => Problem::refuse(Said::new("store-no-such-database")),
        _ if error.is_closed() || code.is_empty() && error.source().is_some_and(|s| s.is::<std::io::Error>()) => {
            Problem::refuse(Said::new("store-server-unreachable"))
        }
        _ => Problem::Fault(format!("PostgreSQL: {error} {}", error.as_db_error().map_or("", |e| e.message()))),
    }
}

pub(crate) fn wants_retry(problem: &Problem) -> bool {
    matches!(problem, Problem::Conflict(said) if said.key == RETRY)
}

/// One connection with its prepared statements.
pub struct Session {
    client: Client,
    prepared: HashMap<usize, postgres::Statement>,
}

// The address is only a key: statements are `static`.
fn key(what: &'static Statement) -> usize {
    std::ptr::from_ref(what).addr()
}

impl Session {
    fn prepare(&mut self, what: &'static Statement) -> Result<postgres::Statement, Problem> {
        if let Some(found) = self.prepared.get(&key(what)) {
            return Ok(found.clone());
        }
        let made = self.client.prepare(&what.sql()).map_err(|e| fault(&e))?;
        self.prepared.insert(key(what), made.clone());
        Ok(made)
    }

    pub(crate) fn run(&mut self, what: &'static Statement, params: &[Value<'_>]) -> Result<u64, Problem> {
        let statement = self.prepare(what)?;
        let refs: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &refs).map_err(|e| fault(&e))
    }

    pub(crate) fn rows(
        &mut self,
        what: &'static Statement,
        params: &[Value<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let statement = self.prepare(what)?;
        let mut rows = self.client.query_raw(&statement, params.iter()).map_err(|e| fault(&e))?;
        while let Some(row) = rows.next().map_err(|e| fault(&e))? {
            take(&Row::Pg(&row))?;
        }
        Ok(())
    }

    pub(crate) fn bulk<'v, const N: usize>(
        &mut self,
        what: &'static Statement,
        rows: impl Iterator<Item = [Value<'v>; N]>,
    ) -> Result<u64, Problem> {
        let Text::Bulk(table) = what.text else { return Err(Problem::Fault("not a bulk statement".into())) };
        let names: Vec<_> = what.params.iter().map(|p| p.0).collect();
        let kinds: Vec<_> = what.params.iter().map(|p| pg_type(p.1)).collect();
        let sql = format!("COPY {table} ({}) FROM STDIN BINARY", names.join(", "));
        let sink = self.client.copy_in(&sql).map_err(|e| fault(&e))?;
        let mut writer = BinaryCopyInWriter::new(sink, &kinds);
        for row in rows {
            let refs: [&(dyn ToSql + Sync); N] = std::array::from_fn(|i| &row[i] as &(dyn ToSql + Sync));
            writer.write(&refs).map_err(|e| fault(&e))?;
        }
        writer.finish().map_err(|e| fault(&e))
    }

    pub(crate) fn raw(&mut self, sql: &str) -> Result<(), Problem> {
        self.client.batch_execute(sql).map_err(|e| fault(&e))
    }

    /// Makes a schema: tests keep apart in schemas of one database.
    pub fn create_schema(&mut self, name: &str) -> Result<(), Problem> {
        self.raw(&format!("CREATE SCHEMA {name}"))
    }

    pub(crate) fn columns(&mut self, table: &str) -> Result<Vec<String>, Problem> {
        let made = self.client.prepare(&format!("SELECT * FROM {table} LIMIT 0")).map_err(|e| fault(&e))?;
        Ok(made.columns().iter().map(|c| c.name().to_owned()).collect())
    }

    pub(crate) fn dump(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        width: usize,
        take: &mut dyn FnMut(&[Value<'_>]) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let mut rows = self.client.query_raw(sql, params.iter().copied()).map_err(|e| fault(&e))?;
        while let Some(row) = rows.next().map_err(|e| fault(&e))? {
            let values = (0..width).map(|i| value(&row, i)).collect::<Result<Vec<_>, _>>()?;
            take(&values)?;
        }
        Ok(())
    }

    /// Runs SQL that is put together while running; only for what no typed statement can say.
    pub(crate) fn change(&mut self, sql: &str, params: &[Value<'_>]) -> Result<(), Problem> {
        let refs: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        self.client.execute(sql, &refs).map(drop).map_err(|e| fault(&e))
    }

    pub(crate) fn fill<'v>(
        &mut self,
        table: &str,
        columns: &[String],
        rows: impl Iterator<Item = Vec<Value<'v>>>,
    ) -> Result<(), Problem> {
        let probe = self.client.prepare(&format!("SELECT * FROM {table} LIMIT 0")).map_err(|e| fault(&e))?;
        let kinds: Vec<_> = probe.columns().iter().map(|c| c.type_().clone()).collect();
        let sink = self.client.copy_in(&format!("COPY {table} ({}) FROM STDIN BINARY", columns.join(", ")));
        let mut writer = BinaryCopyInWriter::new(sink.map_err(|e| fault(&e))?, &kinds);
        for row in rows {
            writer.write_raw(row.iter()).map_err(|e| fault(&e))?;
        }
        writer.finish().map(drop).map_err(|e| fault(&e))
    }

    /// What the server says a statement's parameters and columns are: for the catalogue test.
    pub fn describe(&mut self, what: &Statement) -> Result<(Vec<SqlType>, Vec<SqlType>), Problem> {
        let made = self.client.prepare(&what.sql()).map_err(|e| fault(&e))?;
        let params = made.params().iter().map(sql_type).collect::<Result<_, _>>()?;
        let columns = made.columns().iter().map(|c| sql_type(c.type_())).collect::<Result<_, _>>()?;
        Ok((params, columns))
    }
}

fn pg_type(kind: SqlType) -> Type {
    match kind {
        SqlType::Int => Type::INT8,
        SqlType::Text => Type::TEXT,
        SqlType::Bytes => Type::BYTEA,
    }
}

fn sql_type(kind: &Type) -> Result<SqlType, Problem> {
    match *kind {
        Type::INT8 | Type::INT4 => Ok(SqlType::Int),
        Type::TEXT | Type::VARCHAR => Ok(SqlType::Text),
        Type::BYTEA => Ok(SqlType::Bytes),
        ref other => Err(Problem::Fault(format!("PostgreSQL type {other} is not one of ours"))),
    }
}

/// A bounded pool of sessions.
pub struct Pool {
    url: String,
    most: usize,
    idle: Mutex<(Vec<Session>, usize)>,
    freed: Condvar,
}

impl Pool {
    /// Connects once to prove that the address and the password are right.
    pub fn open(url: &str, most: usize) -> Result<Self, Problem> {
        let pool = Self { url: url.to_owned(), most, idle: Mutex::new((Vec::new(), 0)), freed: Condvar::new() };
        drop(pool.session()?);
        Ok(pool)
    }

    /// Lends a session, waiting while all are lent; a broken one is replaced.
    pub fn session(&self) -> Result<Lent<'_>, Problem> {
        let mut idle = self.idle.lock();
        loop {
            if let Some(session) = idle.0.pop() {
                if session.client.is_closed() {
                    idle.1 -= 1;
                    continue;
                }
                return Ok(Lent { pool: self, session: Some(session) });
            }
            if idle.1 < self.most {
                idle.1 += 1;
                drop(idle);
                return match Client::connect(&self.url, NoTls) {
                    Ok(client) => Ok(Lent { pool: self, session: Some(Session { client, prepared: HashMap::new() }) }),
                    Err(error) => {
                        self.idle.lock().1 -= 1;
                        self.freed.notify_one();
                        Err(fault(&error))
                    }
                };
            }
            self.freed.wait(&mut idle);
        }
    }
}

/// A lent session; goes back when dropped.
pub struct Lent<'p> {
    pool: &'p Pool,
    session: Option<Session>,
}

impl Lent<'_> {
    /// The session itself.
    pub fn session(&mut self) -> Result<&mut Session, Problem> {
        self.session.as_mut().ok_or_else(|| Problem::Fault("session already returned".into()))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let mut idle = self.pool.idle.lock();
            if session.client.is_closed() {
                idle.1 -= 1;
            } else {
                idle.0.push(session);
            }
            drop(idle);
            self.pool.freed.notify_one();
        }
    }
}
