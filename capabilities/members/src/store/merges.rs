//! Statements of merges: what is kept of them, and writing a record's facts as a whole.

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_store::{Param, Tx, Value, queries, record};

use super::PersonRow;

/// Marks identifiers of merges.
#[derive(Debug)]
pub enum Merge {}

record! {
    /// A merge as listed.
    pub struct MergeRow {
        /// The record that went.
        person_id: Id<Person>,
        /// The merge.
        merge_id: Id<Merge>,
        /// The record that stayed.
        into_id: Id<Person>,
        /// Where the record that went was kept.
        from_unit: Id<Unit>,
        /// When.
        merged_at: Moment,
        /// By whom.
        merged_by: String,
        /// Why.
        reason: String,
        /// Undone at; for ever away while it stands.
        undone_at: Moment,
        /// By whom.
        undone_by: String,
        /// Why.
        undone_reason: String,
    }
}

record! {
    /// What undoing a merge needs.
    pub struct SealedRow {
        /// Both records as they were, sealed.
        sealed: Vec<u8>,
        /// The record that went, right after.
        person_mark: String,
        /// The record that stayed, right after.
        into_mark: String,
    }
}

queries! {
    /// Notes a merge.
    fn add_merge(person_id: Id<Person>, merge_id: Id<Merge>, into_id: Id<Person>, from_unit: Id<Unit>, merged_at: Moment,
        merged_by: &str, reason: &str, sealed: &[u8], person_mark: &str, into_mark: &str, undone_at: Moment) -> run =
        "INSERT INTO person_merge (person_id, merge_id, into_id, from_unit, merged_at, merged_by, reason, sealed, person_mark,
         into_mark, undone_at, undone_by, undone_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '')";
    /// A merge.
    fn merge(id: Id<Merge>) -> one<MergeRow> =
        "SELECT person_id, merge_id, into_id, from_unit, merged_at, merged_by, reason, undone_at, undone_by, undone_reason
         FROM person_merge WHERE merge_id = $1";
    /// What undoing it needs.
    fn merge_sealed(id: Id<Merge>) -> one<SealedRow> =
        "SELECT sealed, person_mark, into_mark FROM person_merge WHERE merge_id = $1";
    /// The newest merges since a moment, undone ones too.
    fn merges(since: Moment, most: i64) -> many<MergeRow> =
        "SELECT person_id, merge_id, into_id, from_unit, merged_at, merged_by, reason, undone_at, undone_by, undone_reason
         FROM person_merge WHERE merged_at >= $1 ORDER BY merged_at DESC, merge_id LIMIT $2";
    /// Where a record went, while the merge stands.
    fn merged_into(id: Id<Person>, standing: Moment) -> one<Id<Person>> =
        "SELECT into_id FROM person_merge WHERE person_id = $1 AND undone_at = $2";
    /// A merge is undone, once.
    fn undo_merge(id: Id<Merge>, standing: Moment, at: Moment, by: &str, reason: &str) -> run =
        "UPDATE person_merge SET undone_at = $3, undone_by = $4, undone_reason = $5 WHERE merge_id = $1 AND undone_at = $2";
    /// In how many merges a record is.
    fn merges_with(id: Id<Person>) -> one<i64> =
        "SELECT COUNT(*) FROM person_merge WHERE person_id = $1 OR into_id = $1";
    /// A record is marked anew that says what it said, kept otherwise: it went.
    fn mark_gone(id: Id<Person>, before: &str, mark: &str) -> run =
        "UPDATE person_merge SET person_mark = $3 WHERE person_id = $1 AND person_mark = $2";
    /// The same: it stayed.
    fn mark_kept(id: Id<Person>, before: &str, mark: &str) -> run =
        "UPDATE person_merge SET into_mark = $3 WHERE into_id = $1 AND into_mark = $2";
    /// Writes all undated facts of a record.
    fn restate(id: Id<Person>, full_name: &str, ho: Option<String>, dem: Option<String>, ten: Option<String>,
        other_name: &str, birth: Day, birth_precision: u8, sex: u8, ethnicity: u8, religion: u8, birth_place: &str,
        home_town: &str, job_title: &str, workplace: &str, file_no: &str, academic_title: u8, languages: &str,
        informatics: &str, health: &str, policy_family: &str, admitted: Option<Day>, admission_decision: &str,
        introducers: &str, official: Option<Day>, sealed: &[u8], identity_hint: &str) -> run =
        "UPDATE person SET version = version + 1, full_name = $2, ho = $3, dem = $4, ten = $5, other_name = $6, birth = $7,
         birth_precision = $8, sex = $9, ethnicity = $10, religion = $11, birth_place = $12, home_town = $13, job_title = $14,
         workplace = $15, file_no = $16, academic_title = $17, languages = $18, informatics = $19, health = $20,
         policy_family = $21, admitted = $22, admission_decision = $23, introducers = $24, official = $25, sealed = $26,
         identity_hint = $27 WHERE person_id = $1";
}

/// A stored value as kept in a sealed former state.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Held {
    /// Nothing.
    No,
    /// A number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Held {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Null => Self::No,
            Value::Int(number) => Self::Int(number),
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::No => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

/// The undated facts of a record in the order of [`restate`].
pub fn undated(p: &PersonRow) -> Vec<Held> {
    vec![
        Held::of(p.full_name.value()),
        Held::of(p.ho.value()),
        Held::of(p.dem.value()),
        Held::of(p.ten.value()),
        Held::of(p.other_name.value()),
        Held::of(p.birth.value()),
        Held::of(p.birth_precision.value()),
        Held::of(p.sex.value()),
        Held::of(p.ethnicity.value()),
        Held::of(p.religion.value()),
        Held::of(p.birth_place.value()),
        Held::of(p.home_town.value()),
        Held::of(p.job_title.value()),
        Held::of(p.workplace.value()),
        Held::of(p.file_no.value()),
        Held::of(p.academic_title.value()),
        Held::of(p.languages.value()),
        Held::of(p.informatics.value()),
        Held::of(p.health.value()),
        Held::of(p.policy_family.value()),
        Held::of(p.admitted.value()),
        Held::of(p.admission_decision.value()),
        Held::of(p.introducers.value()),
        Held::of(p.official.value()),
        Held::of(p.sealed.value()),
        Held::of(p.identity_hint.value()),
    ]
}

/// Writes the undated facts of a record as [`undated`] gave them.
///
/// # Errors
/// Absent when there is no such record.
pub fn state_again(tx: &mut Tx<'_>, id: Id<Person>, facts: &[Held]) -> Result<(), Problem> {
    let values: Vec<_> = std::iter::once(id.value()).chain(facts.iter().map(Held::value)).collect();
    if values.len() != declared::restate.params.len() {
        return Err(Problem::fault("a former record has other facts than this program knows"));
    }
    if tx.run(&declared::restate, &values)? == 0 { Err(Problem::NotFound) } else { Ok(()) }
}
