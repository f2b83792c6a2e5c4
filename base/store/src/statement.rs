//! Typed statements: the SQL text once, its parameters and record as Rust types beside it.

use std::sync::OnceLock;

use chibo_kernel::Problem;

use crate::value::{Column, SqlType, Value};
use crate::{pg, sqlite};

/// Name, type, may be NULL.
pub type Slot = (&'static str, SqlType, bool);

/// One statement of the program. All of them are prepared on both engines by the catalogue test.
pub struct Statement {
    /// Module and function that runs it.
    pub name: &'static str,
    /// SQL with `$1 … $n`, or the table of a bulk insert.
    pub text: Text,
    /// Declared parameters, in order.
    pub params: &'static [Slot],
    /// Declared result columns, in order; empty when it returns no rows.
    pub columns: &'static [Slot],
    /// The SQL as SQLite wants it (`?1`), made once.
    pub sqlite: OnceLock<String>,
}

/// What a statement is written as.
pub enum Text {
    /// SQL.
    Sql(&'static str),
    /// `INSERT` of many rows into this table; the parameters name the columns.
    Bulk(&'static str),
}

impl Statement {
    /// Declares a statement.
    pub const fn new(name: &'static str, text: Text, params: &'static [Slot], columns: &'static [Slot]) -> Self {
        Self { name, text, params, columns, sqlite: OnceLock::new() }
    }

    /// The SQL with `$n` parameters.
    pub fn sql(&self) -> String {
        match self.text {
            Text::Sql(sql) => sql.to_owned(),
            Text::Bulk(table) => {
                let names: Vec<_> = self.params.iter().map(|p| p.0).collect();
                let marks: Vec<_> = (1..=names.len()).map(|n| format!("${n}")).collect();
                format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "))
            }
        }
    }

    /// The SQL with `?n` parameters.
    pub fn sqlite_sql(&self) -> &str {
        self.sqlite.get_or_init(|| self.sql().replace('$', "?"))
    }
}

/// One row of a result, of either engine.
pub enum Row<'a> {
    /// SQLite's.
    Sqlite(&'a rusqlite::Row<'a>),
    /// PostgreSQL's.
    Pg(&'a postgres::Row),
}

impl Row<'_> {
    /// Reads column `index`.
    pub fn get<C: Column>(&self, index: usize) -> Result<C, Problem> {
        C::read(self.value(index)?)
    }

    /// The borrowed value of column `index`.
    pub fn value(&self, index: usize) -> Result<Value<'_>, Problem> {
        match self {
            Self::Sqlite(row) => sqlite::value(row, index),
            Self::Pg(row) => pg::value(row, index),
        }
    }
}

/// A row as a Rust value.
pub trait Record: Sized {
    /// Its columns, in order.
    const COLUMNS: &'static [Slot];
    /// Reads it.
    fn read(row: &Row<'_>) -> Result<Self, Problem>;
}

macro_rules! single_column_records {
    ($($t:ty),*) => {$(
        impl Record for $t {
            const COLUMNS: &'static [Slot] = &[("value", <$t as Column>::TYPE, <$t as Column>::NULLABLE)];
            fn read(row: &Row<'_>) -> Result<Self, Problem> { row.get(0) }
        }
    )*};
}
single_column_records!(i64, String, Vec<u8>, Option<i64>);

impl<T> Record for chibo_kernel::Id<T> {
    const COLUMNS: &'static [Slot] = &[("id", SqlType::Bytes, false)];
    fn read(row: &Row<'_>) -> Result<Self, Problem> {
        row.get(0)
    }
}

/// A running transaction on either engine.
pub struct Tx<'c> {
    pub(crate) link: Link<'c>,
}

pub(crate) enum Link<'c> {
    Sqlite(&'c rusqlite::Connection),
    Pg(&'c mut pg::Session),
}

impl Tx<'_> {
    /// Runs a statement that returns no rows; gives the number of rows touched.
    pub fn run(&mut self, statement: &'static Statement, params: &[Value<'_>]) -> Result<u64, Problem> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::run(connection, statement, params),
            Link::Pg(session) => session.run(statement, params),
        }
    }

    /// Streams the rows of a query.
    pub fn each<R: Record>(
        &mut self,
        statement: &'static Statement,
        params: &[Value<'_>],
        mut take: impl FnMut(R) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.rows(statement, params, &mut |row| take(R::read(row)?))
    }

    /// Streams raw rows: for loaders that want borrowed values.
    pub fn rows(
        &mut self,
        statement: &'static Statement,
        params: &[Value<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::rows(connection, statement, params, take),
            Link::Pg(session) => session.rows(statement, params, take),
        }
    }

    /// Inserts many rows at the speed of the engine (prepared once / binary COPY).
    pub fn bulk<'v, const N: usize>(
        &mut self,
        statement: &'static Statement,
        rows: impl Iterator<Item = [Value<'v>; N]>,
    ) -> Result<u64, Problem> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::bulk(connection, statement, rows),
            Link::Pg(session) => session.bulk(statement, rows),
        }
    }

    /// Runs SQL text that is not part of the catalogue: schema changes and dumps by table name.
    pub fn raw(&mut self, sql: &str) -> Result<(), Problem> {
        match &mut self.link {
            Link::Sqlite(connection) => connection.execute_batch(sql).map_err(|e| sqlite::fault(&e)),
            Link::Pg(session) => session.raw(sql),
        }
    }

    /// What the engine itself finds wrong with its files and references; empty when nothing.
    pub fn integrity(&mut self) -> Result<Vec<String>, Problem> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::integrity(connection),
            // PostgreSQL checks pages as it reads them (data checksums); pg_amcheck is the operator's tool.
            Link::Pg(session) => session.raw("SELECT 1").map(|()| Vec::new()),
        }
    }

    /// Which engine runs this.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.link, Link::Sqlite(_))
    }
}

/// Declares a record: a struct whose fields are the columns of a query, in order.
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* $vis:vis struct $name:ident { $($(#[$fdoc:meta])* $field:ident : $t:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[allow(missing_docs)]
        $vis struct $name { $($(#[$fdoc])* pub $field: $t),* }
        impl $crate::Record for $name {
            const COLUMNS: &'static [$crate::statement::Slot] =
                &[$((stringify!($field), <$t as $crate::Column>::TYPE, <$t as $crate::Column>::NULLABLE)),*];
            fn read(row: &$crate::Row<'_>) -> Result<Self, ::chibo_kernel::Problem> {
                let mut next = 0..;
                $(let $field = row.get::<$t>(next.next().unwrap_or(0))?;)*
                Ok(Self { $($field),* })
            }
        }
    };
}

/// Declares typed statements. Shapes: `run` (rows touched), `one<R>` (at most one), `many<R>` (all),
/// `each<R>` (streamed to a closure), `bulk` (many rows; the text is the table's name).
#[macro_export]
macro_rules! queries {
    ($($(#[$doc:meta])* fn $name:ident ($($p:ident : $t:ty),* $(,)?) -> $shape:ident $(<$r:ty>)? = $sql:expr;)*) => {
        mod declared {
            #![allow(non_upper_case_globals, unused_imports)]
            use super::*;
            $(pub static $name: $crate::Statement = $crate::Statement::new(
                concat!(module_path!(), "::", stringify!($name)),
                $crate::__text!($shape, $sql),
                &[$((stringify!($p), <$t as $crate::Param>::TYPE, true)),*],
                $crate::__columns!($($r)?),
            );)*
        }
        /// Every statement declared here, for the catalogue test.
        pub const STATEMENTS: &[&$crate::Statement] = &[$(&declared::$name),*];
        $($crate::__function!($shape, [$(#[$doc])*], $name, ($($p : $t),*) $(, $r)?);)*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    (bulk, $sql:expr) => {
        $crate::statement::Text::Bulk($sql)
    };
    ($shape:ident, $sql:expr) => {
        $crate::statement::Text::Sql($sql)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __columns {
    () => {
        &[]
    };
    ($r:ty) => {
        <$r as $crate::Record>::COLUMNS
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __function {
    (run, [$(#[$doc:meta])*], $name:ident, ($($p:ident : $t:ty),*)) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        pub fn $name(tx: &mut $crate::Tx<'_>, $($p: $t),*) -> Result<u64, ::chibo_kernel::Problem> {
            tx.run(&declared::$name, &[$($crate::Param::value(&$p)),*])
        }
    };
    (one, [$(#[$doc:meta])*], $name:ident, ($($p:ident : $t:ty),*), $r:ty) => {
        $(#[$doc])*
        pub fn $name(tx: &mut $crate::Tx<'_>, $($p: $t),*) -> Result<Option<$r>, ::chibo_kernel::Problem> {
            let mut found = None;
            tx.each::<$r>(&declared::$name, &[$($crate::Param::value(&$p)),*], |row| { found.get_or_insert(row); Ok(()) })?;
            Ok(found)
        }
    };
    (many, [$(#[$doc:meta])*], $name:ident, ($($p:ident : $t:ty),*), $r:ty) => {
        $(#[$doc])*
        pub fn $name(tx: &mut $crate::Tx<'_>, $($p: $t),*) -> Result<Vec<$r>, ::chibo_kernel::Problem> {
            let mut found = Vec::new();
            tx.each::<$r>(&declared::$name, &[$($crate::Param::value(&$p)),*], |row| { found.push(row); Ok(()) })?;
            Ok(found)
        }
    };
    (each, [$(#[$doc:meta])*], $name:ident, ($($p:ident : $t:ty),*), $r:ty) => {
        $(#[$doc])*
        pub fn $name(
            tx: &mut $crate::Tx<'_>, $($p: $t,)* take: impl FnMut($r) -> Result<(), ::chibo_kernel::Problem>,
        ) -> Result<(), ::chibo_kernel::Problem> {
            tx.each::<$r>(&declared::$name, &[$($crate::Param::value(&$p)),*], take)
        }
    };
    (bulk, [$(#[$doc:meta])*], $name:ident, ($($p:ident : $t:ty),*)) => {
        $(#[$doc])*
        pub fn $name<'v>(
            tx: &mut $crate::Tx<'_>, rows: impl Iterator<Item = [$crate::Value<'v>; [$(stringify!($p)),*].len()]>,
        ) -> Result<u64, ::chibo_kernel::Problem> {
            tx.bulk(&declared::$name, rows)
        }
    };
}
