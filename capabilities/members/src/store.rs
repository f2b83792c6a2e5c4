//! Statements of the members capability. The dated tables are written by `ledger` only.

use chibo_kernel::{Account, Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

mod fifty;
pub mod headings;
pub mod holds;
pub mod left;
pub mod merges;
pub mod stays;
pub use fifty::*;

record! {
    /// A person as stored.
    pub struct PersonRow {
        person_id: Id<Person>, full_name: String, ho: Option<String>, dem: Option<String>, ten: Option<String>,
        other_name: String, birth: Day, birth_precision: u8, sex: u8, ethnicity: u8, religion: u8,
        birth_place: String, home_town: String, job_title: String, workplace: String, file_no: String,
        academic_title: u8, languages: String, informatics: String, health: String, policy_family: String,
        admitted: Option<Day>, admission_decision: String, introducers: String, official: Option<Day>,
        sealed: Vec<u8>, identity_hint: String, import_id: Option<Vec<u8>>, version: i64, recorded_at: Moment,
    }
}

record! {
    /// A dated row of one person: posting, standing or attainment.
    pub struct PostingRow { recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment, unit_id: Id<Unit> }
}

record! {
    /// A dated standing.
    pub struct StandingRow { recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment, standing: u8 }
}

record! {
    /// A dated level of one field.
    pub struct AttainmentRow {
        field: u8, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment, level: u8,
    }
}

record! {
    /// What the columns need of a person.
    pub struct FactsRow {
        person_id: Id<Person>, full_name: String, ho: Option<String>, dem: Option<String>, ten: Option<String>,
        birth: Day, sex: u8, ethnicity: u8, religion: u8, admitted: Option<Day>, official: Option<Day>,
    }
}

record! {
    /// What does not change of a person, without the sealed fields.
    pub struct ProfileRow {
        person_id: Id<Person>, full_name: String, birth: Day, birth_precision: u8, sex: u8, ethnicity: u8,
        birth_place: String, home_town: String, file_no: String, admitted: Option<Day>, admission_decision: String,
        introducers: String, official: Option<Day>, identity_hint: String,
    }
}

record! {
    /// Numbers of dossiers in a range.
    pub struct FileNumbersRow { used: i64, greatest: String }
}

record! {
    /// A spreadsheet on its way in.
    pub struct ImportRow {
        import_id: Id<Import>, account_id: Option<Id<Account>>, file_name: String, file_path: String,
        file_digest: String, state: String, unit_id: Option<Id<Unit>>, created_at: Moment,
        confirmed_at: Option<Moment>, members: i64, preview: String,
    }
}

/// Marks identifiers of imports.
#[derive(Debug)]
pub enum Import {}

queries! {
    /// A person.
    fn person(id: Id<Person>) -> one<PersonRow> =
        "SELECT person_id, full_name, ho, dem, ten, other_name, birth, birth_precision, sex, ethnicity, religion,
         birth_place, home_town, job_title, workplace, file_no, academic_title, languages, informatics, health,
         policy_family, admitted, admission_decision, introducers, official, sealed, identity_hint, import_id, version,
         recorded_at FROM person WHERE person_id = $1";
    /// Corrects a person's undated facts if nobody was faster (the version must still be the one read).
    fn correct(id: Id<Person>, version: i64, full_name: &str, ho: Option<String>, dem: Option<String>,
        ten: Option<String>, other_name: &str, birth: Day, birth_precision: u8, sex: u8, ethnicity: u8, religion: u8,
        birth_place: &str, home_town: &str, job_title: &str, workplace: &str, file_no: &str, sealed: &[u8],
        identity_hint: &str) -> run =
        "UPDATE person SET version = version + 1, full_name = $3, ho = $4, dem = $5, ten = $6, other_name = $7,
         birth = $8, birth_precision = $9, sex = $10, ethnicity = $11, religion = $12, birth_place = $13,
         home_town = $14, job_title = $15, workplace = $16, file_no = $17, sealed = $18, identity_hint = $19,
         health = '', policy_family = '' WHERE person_id = $1 AND version = $2";
    /// Who is next with health or policy family unsealed, in order.
    fn plain_after(after: &[u8], most: i64) -> many<Id<Person>> =
        "SELECT person_id FROM person WHERE person_id > $1 AND (health <> '' OR policy_family <> '')
         ORDER BY person_id LIMIT $2";
    /// Seals them, unless the sealed fields were changed meanwhile.
    fn seal_plain(id: Id<Person>, sealed: &[u8], before: &[u8]) -> run =
        "UPDATE person SET sealed = $2, health = '', policy_family = '' WHERE person_id = $1 AND sealed = $3";
    /// Gives a person another name; its parts are derived again.
    fn rename(id: Id<Person>, full_name: &str) -> run =
        "UPDATE person SET version = version + 1, full_name = $2, ho = NULL, dem = NULL, ten = NULL WHERE person_id = $1";
    /// Adds many persons.
    fn add_persons(person_id: Id<Person>, full_name: &str, ho: Option<String>, dem: Option<String>, ten: Option<String>,
        other_name: &str, birth: Day, birth_precision: u8, sex: u8, ethnicity: u8, religion: u8, birth_place: &str,
        home_town: &str, job_title: &str, workplace: &str, file_no: &str, academic_title: u8, languages: &str,
        informatics: &str, health: &str, policy_family: &str, admitted: Option<Day>, admission_decision: &str,
        introducers: &str, official: Option<Day>, sealed: &[u8], identity_hint: &str, import_id: Option<Id<Import>>,
        version: i64, recorded_at: Moment) -> bulk = "person";
    /// Adds many identity keys.
    fn add_keys(key_hash: &[u8], person_id: Id<Person>) -> bulk = "identity_key";
    /// Whose identity number this is.
    fn key_owner(key_hash: &[u8]) -> one<Id<Person>> = "SELECT person_id FROM identity_key WHERE key_hash = $1";
    /// How many identity numbers are known.
    fn count_keys() -> one<i64> = "SELECT COUNT(*) FROM identity_key";
    /// Frees the identity numbers of a person.
    fn drop_keys(person_id: Id<Person>) -> run = "DELETE FROM identity_key WHERE person_id = $1";
    /// Adds many postings.
    fn add_postings(person_id: Id<Person>, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment,
        unit_id: Id<Unit>) -> bulk = "posting";
    /// Adds many standings.
    fn add_standings(person_id: Id<Person>, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment,
        standing: u8) -> bulk = "standing";
    /// Adds many attainments.
    fn add_attainments(person_id: Id<Person>, field: u8, recorded_at: Moment, valid_from: Day, valid_to: Day,
        superseded_at: Moment, level: u8) -> bulk = "attainment";
    /// Stops believing a posting.
    fn close_posting(person_id: Id<Person>, recorded_at: Moment, valid_from: Day, at: Moment) -> run =
        "UPDATE posting SET superseded_at = $4 WHERE person_id = $1 AND recorded_at = $2 AND valid_from = $3";
    /// Stops believing a standing.
    fn close_standing(person_id: Id<Person>, recorded_at: Moment, valid_from: Day, at: Moment) -> run =
        "UPDATE standing SET superseded_at = $4 WHERE person_id = $1 AND recorded_at = $2 AND valid_from = $3";
    /// Stops believing an attainment.
    fn close_attainment(person_id: Id<Person>, field: u8, recorded_at: Moment, valid_from: Day, at: Moment) -> run =
        "UPDATE attainment SET superseded_at = $5
         WHERE person_id = $1 AND field = $2 AND recorded_at = $3 AND valid_from = $4";
    /// Postings of a person.
    fn postings(id: Id<Person>) -> many<PostingRow> =
        "SELECT recorded_at, valid_from, valid_to, superseded_at, unit_id FROM posting WHERE person_id = $1
         ORDER BY recorded_at, valid_from";
    /// Standings of a person.
    fn standings(id: Id<Person>) -> many<StandingRow> =
        "SELECT recorded_at, valid_from, valid_to, superseded_at, standing FROM standing WHERE person_id = $1
         ORDER BY recorded_at, valid_from";
    /// Whoever has left or was interrupted, now or before, as believed.
    fn interrupted(believed: Moment) -> each<Id<Person>> =
        "SELECT DISTINCT person_id FROM standing WHERE standing IN (5, 6) AND superseded_at = $1";
    /// Attainments of a person.
    fn attainments(id: Id<Person>) -> many<AttainmentRow> =
        "SELECT field, recorded_at, valid_from, valid_to, superseded_at, level FROM attainment WHERE person_id = $1
         ORDER BY field, recorded_at, valid_from";
    /// Sets the dates that Party age and lists go by.
    fn set_dates(id: Id<Person>, admitted: Option<Day>, official: Option<Day>) -> run =
        "UPDATE person SET admitted = $2, official = $3, version = version + 1 WHERE person_id = $1";
    /// How many persons there are.
    fn count_persons() -> one<i64> = "SELECT COUNT(*) FROM person";
    /// How many numbers of dossiers lie in a range, and the greatest of them (empty for none).
    fn file_numbers(first: &str, last: &str, letters: &str) -> one<FileNumbersRow> =
        "SELECT CAST(COUNT(*) AS BIGINT), COALESCE(MAX(file_no), '') FROM person
         WHERE file_no >= $1 AND file_no <= $2 AND substr(file_no, 7) = $3";
    /// Whose dossier has a number.
    fn file_no_owner(number: &str) -> one<Id<Person>> = "SELECT person_id FROM person WHERE file_no = $1";
    /// Facts of one person for the columns.
    fn facts_of(id: Id<Person>) -> one<FactsRow> =
        "SELECT person_id, full_name, ho, dem, ten, birth, sex, ethnicity, religion, admitted, official
         FROM person WHERE person_id = $1";
    /// What the columns need of the next persons after an identifier (nothing: from the first), in order.
    fn facts_after(after: &[u8], most: i64) -> each<FactsRow> =
        "SELECT person_id, full_name, ho, dem, ten, birth, sex, ethnicity, religion, admitted, official
         FROM person WHERE person_id > $1 ORDER BY person_id LIMIT $2";
    /// What does not change of the next persons after an identifier (nothing: from the first), in order.
    fn profiles_after(after: &[u8], most: i64) -> each<ProfileRow> =
        "SELECT person_id, full_name, birth, birth_precision, sex, ethnicity, birth_place, home_town, file_no, admitted,
         admission_decision, introducers, official, identity_hint FROM person
         WHERE person_id > $1 ORDER BY person_id LIMIT $2";
    /// Postings of the persons after one identifier up to another, in order.
    fn postings_until(after: &[u8], until: Id<Person>) -> each<PostingOf> =
        "SELECT person_id, recorded_at, valid_from, valid_to, superseded_at, unit_id FROM posting
         WHERE person_id > $1 AND person_id <= $2 ORDER BY person_id";
    /// Believed postings that still hold on a day or begin later, by person.
    fn postings_from(day: Day, believed: Moment) -> each<PostingOf> =
        "SELECT person_id, recorded_at, valid_from, valid_to, superseded_at, unit_id FROM posting
         WHERE valid_to > $1 AND superseded_at = $2 ORDER BY person_id, valid_from";
    /// When a posting was recorded last, not before a moment; -1 when none was.
    fn posting_recorded(since: Moment) -> one<i64> =
        "SELECT COALESCE(MAX(recorded_at), -1) FROM posting WHERE recorded_at >= $1";
    /// The same of standings.
    fn standings_until(after: &[u8], until: Id<Person>) -> each<LevelOf> =
        "SELECT person_id, CAST(0 AS BIGINT), recorded_at, valid_from, valid_to, superseded_at, standing FROM standing
         WHERE person_id > $1 AND person_id <= $2 ORDER BY person_id";
    /// The same of levels.
    fn levels_until(after: &[u8], until: Id<Person>) -> each<LevelOf> =
        "SELECT person_id, field, recorded_at, valid_from, valid_to, superseded_at, level FROM attainment
         WHERE person_id > $1 AND person_id <= $2 ORDER BY person_id";
    /// Notes a spreadsheet that waits for confirmation.
    fn add_import(import_id: Id<Import>, account_id: Option<Id<Account>>, file_name: &str, file_path: &str,
        file_digest: &str, unit_id: Option<Id<Unit>>, created_at: Moment, preview: &str) -> run =
        "INSERT INTO member_import (import_id, account_id, file_name, file_path, file_digest, state, unit_id, created_at,
         confirmed_at, members, preview) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, NULL, 0, $8)";
    /// A spreadsheet.
    fn import(id: Id<Import>) -> one<ImportRow> =
        "SELECT import_id, account_id, file_name, file_path, file_digest, state, unit_id, created_at, confirmed_at,
         members, preview FROM member_import WHERE import_id = $1";
    /// Newest spreadsheets.
    fn imports(most: i64) -> many<ImportRow> =
        "SELECT import_id, account_id, file_name, file_path, file_digest, state, unit_id, created_at, confirmed_at,
         members, '' FROM member_import ORDER BY created_at DESC, import_id LIMIT $1";
    /// Moves a spreadsheet from one state to the next; nothing when it was not in the first.
    fn move_import(id: Id<Import>, from: &str, to: &str, at: Option<Moment>, members: i64) -> run =
        "UPDATE member_import SET state = $3, confirmed_at = $4, members = $5 WHERE import_id = $1 AND state = $2";
    /// Forgets what a preview showed of persons.
    fn drop_preview(id: Id<Import>) -> run = "UPDATE member_import SET preview = '{}' WHERE import_id = $1";
    /// Persons that came with an import and were changed since.
    fn imported_changed(id: Id<Import>) -> one<i64> =
        "SELECT COUNT(*) FROM person p WHERE p.import_id = $1 AND (p.version > 1
         OR EXISTS (SELECT 1 FROM posting x WHERE x.person_id = p.person_id AND x.recorded_at > p.recorded_at)
         OR EXISTS (SELECT 1 FROM standing y WHERE y.person_id = p.person_id AND y.recorded_at > p.recorded_at)
         OR EXISTS (SELECT 1 FROM attainment z WHERE z.person_id = p.person_id AND z.recorded_at > p.recorded_at))";
    /// Frees the identity numbers that came with an import.
    fn remove_imported_keys(id: Id<Import>) -> run =
        "DELETE FROM identity_key WHERE person_id IN (SELECT person_id FROM person WHERE import_id = $1)";
    /// Takes the postings that came with an import out.
    fn remove_imported_postings(id: Id<Import>) -> run =
        "DELETE FROM posting WHERE person_id IN (SELECT person_id FROM person WHERE import_id = $1)";
    /// Takes the standings that came with an import out.
    fn remove_imported_standings(id: Id<Import>) -> run =
        "DELETE FROM standing WHERE person_id IN (SELECT person_id FROM person WHERE import_id = $1)";
    /// Takes the attainments that came with an import out.
    fn remove_imported_attainments(id: Id<Import>) -> run =
        "DELETE FROM attainment WHERE person_id IN (SELECT person_id FROM person WHERE import_id = $1)";
    /// Takes the persons that came with an import out.
    fn remove_imported(id: Id<Import>) -> run = "DELETE FROM person WHERE import_id = $1";
}
