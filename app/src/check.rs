//! The invariants of the store (quality plan §3.1), checked against a database at rest or in use.

use chibo_census::Census;
use chibo_kernel::{AsOf, Day, Id, Moment, Person, Problem};
use chibo_store::{Db, record};

/// One invariant and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Id of the invariant.
    pub id: &'static str,
    /// What must hold.
    pub what: &'static str,
    /// How many things were looked at.
    pub seen: u64,
    /// What is wrong; empty when it holds.
    pub faults: Vec<String>,
}

record! {
    /// A dated row, whatever its value.
    pub struct Span {
        person_id: Id<Person>, line: i64, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment,
    }
}

mod store {
    use super::Span;
    use chibo_store::queries;
    queries! {
        /// Every dated row of every person, line by line.
        fn spans() -> each<Span> =
            "SELECT person_id, 0 AS line, recorded_at, valid_from, valid_to, superseded_at FROM posting
             UNION ALL SELECT person_id, 1, recorded_at, valid_from, valid_to, superseded_at FROM standing
             UNION ALL SELECT person_id, field + 1, recorded_at, valid_from, valid_to, superseded_at FROM attainment
             ORDER BY 1, 2";
        /// Dated rows without a person.
        fn lost_rows() -> one<i64> =
            "SELECT (SELECT COUNT(*) FROM posting p WHERE NOT EXISTS (SELECT 1 FROM person x WHERE x.person_id = p.person_id))
             + (SELECT COUNT(*) FROM standing s WHERE NOT EXISTS (SELECT 1 FROM person y WHERE y.person_id = s.person_id))";
        /// Identity keys without a person.
        fn lost_keys() -> one<i64> =
            "SELECT COUNT(*) FROM identity_key k WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.person_id = k.person_id)";
        /// Members of confirmed imports by the books of the import.
        fn imported() -> one<Option<i64>> = "SELECT CAST(SUM(members) AS BIGINT) FROM member_import WHERE state = 'confirmed'";
        /// Members of confirmed imports by the register.
        fn imported_found() -> one<i64> = "SELECT COUNT(*) FROM person WHERE import_id IS NOT NULL";
        /// Members posted somewhere on a day, by what is believed now.
        fn posted(day: chibo_kernel::Day) -> one<i64> =
            "SELECT COUNT(*) FROM posting WHERE superseded_at = 9223372036854775807 AND valid_from <= $1 AND valid_to > $1";
    }
}

/// Statements of this check, for the catalogue test.
pub const STATEMENTS: &[&chibo_store::Statement] = store::STATEMENTS;

/// Checks everything.
pub fn run(db: &Db) -> Result<Vec<Check>, Problem> {
    let mut found = vec![engine(db)?, single_branch(db)?, tree(db)?, audit(db)?, whole_acts(db)?, columns(db)?];
    found.sort_by_key(|check| check.id);
    Ok(found)
}

fn engine(db: &Db) -> Result<Check, Problem> {
    let faults = db.read(|tx| tx.integrity())?;
    Ok(Check { id: "I3", what: "the engine finds its own files whole", seen: 1, faults })
}

/// I4: no member is in two places at once, in any line, on any day, with any knowledge; nobody is nowhere by accident.
fn single_branch(db: &Db) -> Result<Check, Problem> {
    let (mut faults, mut seen) = (Vec::new(), 0);
    let mut line: Vec<Span> = Vec::new();
    let flush = |line: &mut Vec<Span>, faults: &mut Vec<String>| {
        for (index, a) in line.iter().enumerate() {
            let meets = |b: &&Span| {
                a.valid_from < b.valid_to
                    && b.valid_from < a.valid_to
                    && a.recorded_at < b.superseded_at
                    && b.recorded_at < a.superseded_at
            };
            if line[index + 1..].iter().any(|b| meets(&b)) {
                faults.push(format!("person {}: line {} says two things at once", a.person_id, a.line));
            }
        }
        line.clear();
    };
    db.read(|tx| {
        store::spans(tx, |span| {
            seen += 1;
            if span.valid_from >= span.valid_to || span.recorded_at >= span.superseded_at {
                faults.push(format!("person {}: a row that holds for no time", span.person_id));
            }
            if line.last().is_some_and(|last| last.person_id != span.person_id || last.line != span.line) {
                flush(&mut line, &mut faults);
            }
            line.push(span);
            Ok(())
        })?;
        flush(&mut line, &mut faults);
        let lost = store::lost_rows(tx)?.unwrap_or(0) + store::lost_keys(tx)?.unwrap_or(0);
        if lost > 0 {
            faults.push(format!("{lost} rows of persons that do not exist"));
        }
        Ok(())
    })?;
    Ok(Check { id: "I4", what: "each member has one branch, one standing, one level at a time", seen, faults })
}

fn tree(db: &Db) -> Result<Check, Problem> {
    let forest = db.read(|tx| chibo_organisation::load_forest(tx, None))?;
    let mut faults = Vec::new();
    let mut days: Vec<Day> = forest.change_days().iter().copied().filter(|d| *d < Day::FOREVER).collect();
    days.push(db.today());
    for day in &days {
        let tree = forest.tree(AsOf::on(*day));
        faults
            .extend(tree.faults().iter().map(|f| format!("{}: unit {:?}: {:?}", day.iso(), forest.id(f.unit), f.why)));
    }
    Ok(Check {
        id: "I4b",
        what: "the tree of every day has no cycle, no orphan, one parent each",
        seen: days.len() as u64,
        faults,
    })
}

fn audit(db: &Db) -> Result<Check, Problem> {
    let verdict = db.verify_audit()?;
    Ok(Check { id: "I6", what: "the audit chains verify", seen: verdict.entries, faults: verdict.broken })
}

/// I2: an import is in the register whole or not at all.
fn whole_acts(db: &Db) -> Result<Check, Problem> {
    let (books, found) =
        db.read(|tx| Ok((store::imported(tx)?.flatten().unwrap_or(0), store::imported_found(tx)?.unwrap_or(0))))?;
    let faults = (books != found).then(|| format!("imports say {books} members, the register holds {found}"));
    Ok(Check { id: "I2", what: "every import is whole", seen: found as u64, faults: faults.into_iter().collect() })
}

/// I8: the columns in memory, built anew, count what SQL counts.
fn columns(db: &Db) -> Result<Check, Problem> {
    let census = Census::default();
    chibo_members::columns::fill(db, &census)?;
    compare(db, &census)
}

/// Compares columns with SQL on four days: today, the eve of the reorganisation, 2010 and 1980.
pub fn compare(db: &Db, census: &Census) -> Result<Check, Problem> {
    let today = db.today();
    let mut faults = Vec::new();
    let mut seen = 0;
    for day in [today, Day::from_number(20_269), Day::from_number(14_610), Day::from_number(3_652)] {
        let counted = census.view(today).count(&chibo_census::Query::at(AsOf::on(day)));
        let posted = db.read(|tx| store::posted(tx, day))?.unwrap_or(0);
        seen += counted;
        if counted != posted as u64 {
            faults.push(format!("{}: columns count {counted}, SQL counts {posted}", day.iso()));
        }
    }
    Ok(Check { id: "I8", what: "the columns count what SQL counts", seen, faults })
}
