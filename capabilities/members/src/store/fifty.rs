//! Statements for fifty persons at once: for pages of lists and for exports, which would otherwise spend more time on
//! starting statements than on reading rows.

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_store::statement::{Slot, Text};
use chibo_store::{Param, Record, SqlType, Statement, Tx, Value, record};

use super::PersonRow;

/// Persons asked for at once.
pub const AT_ONCE: usize = 50;

const FIFTY: [Slot; AT_ONCE] = [("person_id", SqlType::Bytes, true); AT_ONCE];

record! {
    /// What a line of a list shows that the columns do not keep to the day.
    pub struct DatesRow {
        person_id: Id<Person>, birth: Day, birth_precision: u8, admitted: Option<Day>, official: Option<Day>,
    }
}

record! {
    /// A posting of somebody.
    pub struct PostingOf {
        person_id: Id<Person>, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment, unit_id: Id<Unit>,
    }
}

record! {
    /// A standing (field 0) or a level of somebody.
    pub struct LevelOf {
        person_id: Id<Person>, field: u8, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment, level: u8,
    }
}

/// Exact days.
static DATES: Statement = Statement::new(
    "chibo_members::store::dates",
    Text::Sql(
        "SELECT person_id, birth, birth_precision, admitted, official FROM person WHERE person_id IN (
         $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
         $45, $46, $47, $48, $49, $50)",
    ),
    &FIFTY,
    <DatesRow as Record>::COLUMNS,
);

/// Everything undated.
static PERSONS: Statement = Statement::new(
    "chibo_members::store::persons",
    Text::Sql(
        "SELECT person_id, full_name, ho, dem, ten, other_name, birth, birth_precision, sex, ethnicity, religion,
         birth_place, home_town, job_title, workplace, file_no, academic_title, languages, informatics, health,
         policy_family, admitted, admission_decision, introducers, official, sealed, identity_hint, import_id, version,
         recorded_at FROM person WHERE person_id IN (
         $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
         $45, $46, $47, $48, $49, $50)",
    ),
    &FIFTY,
    <PersonRow as Record>::COLUMNS,
);

/// Postings ever recorded.
static POSTINGS: Statement = Statement::new(
    "chibo_members::store::postings",
    Text::Sql(
        "SELECT person_id, recorded_at, valid_from, valid_to, superseded_at, unit_id FROM posting WHERE person_id IN (
         $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
         $45, $46, $47, $48, $49, $50)",
    ),
    &FIFTY,
    <PostingOf as Record>::COLUMNS,
);

/// Standings ever recorded.
static STANDINGS: Statement = Statement::new(
    "chibo_members::store::standings",
    Text::Sql(
        "SELECT person_id, CAST(0 AS BIGINT), recorded_at, valid_from, valid_to, superseded_at, standing FROM standing WHERE person_id IN (
         $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
         $45, $46, $47, $48, $49, $50)",
    ),
    &FIFTY,
    <LevelOf as Record>::COLUMNS,
);

/// Levels ever recorded.
static LEVELS: Statement = Statement::new(
    "chibo_members::store::levels",
    Text::Sql(
        "SELECT person_id, field, recorded_at, valid_from, valid_to, superseded_at, level FROM attainment WHERE person_id IN (
         $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
         $45, $46, $47, $48, $49, $50)",
    ),
    &FIFTY,
    <LevelOf as Record>::COLUMNS,
);

/// These statements, for the catalogue test.
pub const FIFTY_STATEMENTS: &[&Statement] = &[&DATES, &PERSONS, &POSTINGS, &STANDINGS, &LEVELS];

fn fifty(ids: &[Id<Person>]) -> [Value<'_>; AT_ONCE] {
    std::array::from_fn(|at| ids.get(at).map_or(Value::Null, Param::value))
}

macro_rules! for_fifty {
    ($($(#[$doc:meta])* $name:ident = $statement:ident, $row:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name(
            tx: &mut Tx<'_>,
            ids: &[Id<Person>],
            take: impl FnMut($row) -> Result<(), Problem>,
        ) -> Result<(), Problem> {
            tx.each(&$statement, &fifty(ids), take)
        }
    )*};
}

for_fifty! {
    /// Exact days of up to [`AT_ONCE`] persons, in any order; further persons are left out.
    dates_of = DATES, DatesRow;
    /// Undated facts of up to [`AT_ONCE`] persons, in any order; further persons are left out.
    persons_of = PERSONS, PersonRow;
    /// Postings of up to [`AT_ONCE`] persons, in any order; further persons are left out.
    postings_of = POSTINGS, PostingOf;
    /// Standings of up to [`AT_ONCE`] persons, in any order; further persons are left out.
    standings_of = STANDINGS, LevelOf;
    /// Levels of up to [`AT_ONCE`] persons, in any order; further persons are left out.
    levels_of = LEVELS, LevelOf;
}
