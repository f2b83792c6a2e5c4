//! The check that every statement of the program means the same on the engine it is run on.

use chibo_kernel::Problem;

use crate::db::Db;
use crate::migrate::{Migration, Owner, owners};
use crate::statement::{Link, Statement, Tx};

/// Prepares every statement on this engine; gives one line for each that does not fit its declaration.
pub fn check(db: &Db, statements: &[&'static Statement]) -> Result<Vec<String>, Problem> {
    match db.pg_session()? {
        Some(mut lent) => {
            let session = lent.session()?;
            Ok(statements.iter().filter_map(|s| pg_fault(session, s)).collect())
        }
        None => db.read(|tx| Ok(statements.iter().filter_map(|s| sqlite_fault(tx, s)).collect())),
    }
}

fn sqlite_fault(tx: &mut Tx<'_>, what: &'static Statement) -> Option<String> {
    let Link::Sqlite(connection) = &tx.link else { return None };
    match connection.prepare(what.sqlite_sql()) {
        Err(error) => Some(format!("{}: {error}", what.name)),
        Ok(statement) => {
            let (params, columns) = (statement.parameter_count(), statement.column_count());
            let fits = params == what.params.len() && columns == what.columns.len();
            (!fits).then(|| {
                format!(
                    "{}: {params} parameters and {columns} columns, declared {} and {}",
                    what.name,
                    what.params.len(),
                    what.columns.len()
                )
            })
        }
    }
}

fn pg_fault(session: &mut crate::pg::Session, what: &'static Statement) -> Option<String> {
    match session.describe(what) {
        Err(problem) => Some(format!("{}: {problem}", what.name)),
        Ok((params, columns)) => {
            let declared_params: Vec<_> = what.params.iter().map(|p| p.1).collect();
            let declared_columns: Vec<_> = what.columns.iter().map(|c| c.1).collect();
            let fits = params == declared_params && columns == declared_columns;
            (!fits).then(|| {
                format!(
                    "{}: server says {params:?} → {columns:?}, declared {declared_params:?} → {declared_columns:?}",
                    what.name
                )
            })
        }
    }
}

/// Statements that read or write person-owned and unit-owned tables together: refused by a distributed engine.
pub fn mixed_owners(statements: &[&'static Statement], migrations: &[Migration]) -> Result<Vec<String>, Problem> {
    let mut tables = Vec::new();
    for migration in migrations {
        tables.extend(owners(migration)?);
    }
    let mixes = |statement: &&&'static Statement| {
        let sql = statement.sql();
        let words: Vec<_> = sql.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let named: Vec<_> = tables.iter().filter(|(table, _)| words.contains(&table.as_str())).collect();
        named.iter().any(|(_, o)| matches!(o, Owner::Person(_)))
            && named.iter().any(|(_, o)| matches!(o, Owner::Unit(_)))
    };
    Ok(statements.iter().filter(mixes).map(|s| s.name.to_owned()).collect())
}
