//! Schema changes: forward only, checksummed, each table with its declared owner.

use std::collections::BTreeMap;

use chibo_kernel::{Moment, Problem, Said};
use sha2::{Digest, Sha256};

use crate::statement::Tx;

/// One migration file of one capability.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The capability that owns the tables.
    pub capability: &'static str,
    /// 1, 2, 3 … within the capability.
    pub version: u32,
    /// Short name, for messages.
    pub name: &'static str,
    /// DDL with engine words in braces and an `-- owner:` line before each table.
    pub sql: &'static str,
}

/// Who owns the rows of a table; decides where they live on a distributed database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Rows of one person, by this column.
    Person(String),
    /// Rows of one organisation, by this column.
    Unit(String),
    /// Small and copied everywhere.
    Reference,
    /// Stays on the first node.
    Local,
}

pub(crate) mod store {
    use crate::queries;
    use chibo_kernel::Moment;

    crate::record! {
        /// A migration already applied.
        pub struct Applied { capability: String, version: i64, checksum: String }
    }
    queries! {
        /// What has been applied.
        fn applied() -> many<Applied> = "SELECT capability, version, checksum FROM schema_migration ORDER BY capability, version";
        /// Notes one as applied.
        fn note(capability: &str, version: u32, name: &str, checksum: &str, at: Moment) -> run =
            "INSERT INTO schema_migration (capability, version, name, checksum, applied_at) VALUES ($1, $2, $3, $4, $5)";
    }
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
  capability {text} NOT NULL, version {int} NOT NULL, name {text} NOT NULL,
  checksum {text} NOT NULL, applied_at {int} NOT NULL, PRIMARY KEY (capability, version)) {clustered};";

/// The DDL in an engine's words.
pub fn ddl(sql: &str, sqlite: bool) -> String {
    let words: [(&str, &str, &str); 7] = [
        ("{id}", "BLOB", "BYTEA"),
        ("{int}", "INTEGER", "BIGINT"),
        ("{text}", "TEXT", "TEXT COLLATE \"C\""),
        ("{bytes}", "BLOB", "BYTEA"),
        ("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
        ("{clustered}", "STRICT, WITHOUT ROWID", ""),
        ("{strict}", "STRICT", ""),
    ];
    words.iter().fold(sql.to_owned(), |text, (word, lite, pg)| text.replace(word, if sqlite { lite } else { pg }))
}

/// The tables a migration declares, with their owners.
pub fn owners(migration: &Migration) -> Result<BTreeMap<String, Owner>, Problem> {
    let mut found = BTreeMap::new();
    let mut owner = None;
    for line in migration.sql.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("-- owner:") {
            owner = Some(parse_owner(text.trim()).ok_or_else(|| bad(migration, line))?);
        } else if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let name = rest.split(['(', ' ']).next().unwrap_or_default().to_owned();
            found.insert(name, owner.take().ok_or_else(|| bad(migration, line))?);
        }
    }
    Ok(found)
}

fn parse_owner(text: &str) -> Option<Owner> {
    let (kind, column) = text.split_once('(').map_or((text, ""), |(k, c)| (k, c.trim_end_matches(')')));
    match (kind, column) {
        ("person", column) if !column.is_empty() => Some(Owner::Person(column.to_owned())),
        ("unit", column) if !column.is_empty() => Some(Owner::Unit(column.to_owned())),
        ("reference", "") => Some(Owner::Reference),
        ("local", "") => Some(Owner::Local),
        _ => None,
    }
}

fn bad(migration: &Migration, line: &str) -> Problem {
    Problem::Fault(format!("{}/{}: no valid owner for: {line}", migration.capability, migration.name))
}

/// What a PostgreSQL with the `citus` extension is told about a migration's tables.
pub fn distribution(migration: &Migration) -> Result<Vec<String>, Problem> {
    Ok(owners(migration)?
        .into_iter()
        .filter_map(|(table, owner)| match owner {
            Owner::Person(column) | Owner::Unit(column) => {
                Some(format!("SELECT create_distributed_table('{table}', '{column}')"))
            }
            Owner::Reference => Some(format!("SELECT create_reference_table('{table}')")),
            Owner::Local => None,
        })
        .collect())
}

fn checksum(migration: &Migration) -> String {
    Sha256::digest(migration.sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a run did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Migrations applied now, `capability/name`.
    pub applied: Vec<String>,
    /// Migrations found applied already.
    pub present: usize,
}

/// Brings the schema to this program's version inside the caller's transaction.
///
/// Refuses a database that a newer program has changed, and one whose history differs from ours.
pub fn run(tx: &mut Tx<'_>, migrations: &[Migration], now: Moment, citus: bool) -> Result<Report, Problem> {
    let sqlite = tx.is_sqlite();
    tx.raw(&ddl(LEDGER, sqlite))?;
    let applied = store::applied(tx)?;
    for row in &applied {
        let known = migrations.iter().find(|m| m.capability == row.capability && i64::from(m.version) == row.version);
        let Some(known) = known else { return Err(newer(&row.capability, row.version)) };
        if checksum(known) != row.checksum {
            let said = Said::new("store-migration-changed").with("name", format!("{}/{}", row.capability, known.name));
            return Err(Problem::refuse(said));
        }
    }
    let mut report = Report { applied: Vec::new(), present: applied.len() };
    for migration in migrations {
        let done =
            applied.iter().any(|a| a.capability == migration.capability && a.version == i64::from(migration.version));
        if done {
            continue;
        }
        tx.raw(&ddl(migration.sql, sqlite))?;
        if citus {
            for command in distribution(migration)? {
                tx.raw(&command)?;
            }
        }
        store::note(tx, migration.capability, migration.version, migration.name, &checksum(migration), now)?;
        report.applied.push(format!("{}/{}", migration.capability, migration.name));
    }
    Ok(report)
}

fn newer(capability: &str, version: i64) -> Problem {
    Problem::refuse(Said::new("store-newer-database").with("name", format!("{capability}/{version}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: Migration = Migration {
        capability: "sample",
        version: 1,
        name: "first",
        sql: "-- owner: person(person_id)\nCREATE TABLE a (\n person_id {id}) {clustered};\n-- owner: reference\nCREATE TABLE b (x {int}) {strict};\n-- owner: local\nCREATE TABLE c (y {text}) {strict};",
    };

    #[test]
    fn owners_are_declared_and_become_distribution_commands() {
        let commands = distribution(&SAMPLE).unwrap();
        assert_eq!(
            commands,
            ["SELECT create_distributed_table('a', 'person_id')", "SELECT create_reference_table('b')"]
        );
    }

    #[test]
    fn a_table_without_an_owner_is_a_fault() {
        let migration = Migration { sql: "CREATE TABLE a (x {int});", ..SAMPLE };
        assert!(owners(&migration).is_err());
        let migration = Migration { sql: "-- owner: person\nCREATE TABLE a (x {int});", ..SAMPLE };
        assert!(owners(&migration).is_err());
    }

    #[test]
    fn engine_words_are_all_replaced() {
        for sqlite in [true, false] {
            for migration in crate::MIGRATIONS {
                assert!(!ddl(migration.sql, sqlite).contains('{'));
            }
        }
    }
}
