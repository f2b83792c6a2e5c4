//! The tables of development.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Candidate;

pub mod annul;
pub mod file;
pub mod ground;
pub mod stay;

record! {
    /// A candidate.
    pub struct CandidateRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
        /// The branch that helps.
        unit_id: Id<Unit>,
        /// Full name.
        full_name: String,
        /// Day of birth.
        birth: Day,
        /// Sex.
        sex: u8,
        /// Code of the source.
        source: String,
        /// Where he works or studies.
        workplace: String,
        /// Entered at.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A step of a candidate.
    pub struct StepRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the step.
        step: String,
        /// On which day.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// Votes for.
        votes_for: u32,
        /// Of so many who count.
        votes_base: u32,
        /// What was said.
        note: String,
        /// The member he became.
        person_id: Option<Id<Person>>,
        /// Version decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
        /// The body that decided.
        body: Option<String>,
        /// Secret ballot or raised card.
        form: Option<String>,
        /// Number of the consent for somebody older.
        consent: Option<String>,
        /// The roll of the vote, where it was kept.
        listed: Option<u32>,
        /// Of it away.
        away: Option<u32>,
        /// Of it barred.
        barred: Option<u32>,
        /// Votes against.
        votes_against: Option<u32>,
    }
}

record! {
    /// What a course is made of.
    pub struct CourseRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
        /// Code of the step.
        step: String,
        /// On which day.
        on_day: Day,
        /// Votes for.
        votes_for: u32,
        /// Of so many who count.
        votes_base: u32,
        /// The body that decided, where that is known.
        body: Option<String>,
    }
}

record! {
    /// A step from probation to recognition.
    pub struct RecognitionRow {
        /// Member.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the step.
        step: String,
        /// On which day.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// Votes for.
        votes_for: u32,
        /// Of so many who count.
        votes_base: u32,
        /// What was said.
        note: String,
        /// Version decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
        /// The body that decided.
        body: Option<String>,
        /// Secret ballot or raised card.
        form: Option<String>,
        /// The roll of the vote, where it was kept.
        listed: Option<u32>,
        /// Of it away.
        away: Option<u32>,
        /// Of it barred.
        barred: Option<u32>,
        /// Votes against.
        votes_against: Option<u32>,
    }
}

record! {
    /// A target.
    pub struct TargetRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Year.
        year: i64,
        /// 1, 2, 3 …
        version: u32,
        /// Admissions wanted.
        wanted: u32,
    }
}

queries! {
    /// Adds a candidate.
    fn insert(candidate_id: Id<Candidate>, unit_id: Id<Unit>, full_name: &str, birth: Day, sex: u8, source: &str,
        workplace: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO candidate (candidate_id, unit_id, full_name, birth, sex, source, workplace, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Adds many.
    fn bulk_candidates(candidate_id: Id<Candidate>, unit_id: Id<Unit>, full_name: String, birth: Day, sex: u8,
        source: String, workplace: String, recorded_at: Moment, recorded_by: String) -> bulk = "candidate";
    /// A candidate.
    fn candidate(candidate_id: Id<Candidate>) -> one<CandidateRow> =
        "SELECT candidate_id, unit_id, full_name, birth, sex, source, workplace, recorded_at, recorded_by
         FROM candidate WHERE candidate_id = $1";
    /// All candidates.
    fn candidates() -> each<CandidateRow> =
        "SELECT candidate_id, unit_id, full_name, birth, sex, source, workplace, recorded_at, recorded_by
         FROM candidate ORDER BY candidate_id";
    /// Adds a step.
    fn insert_step(candidate_id: Id<Candidate>, seq: u32, step: &str, on_day: Day, number: &str, votes_for: u32,
        votes_base: u32, note: &str, person_id: Option<Id<Person>>, rulebook: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO candidate_step (candidate_id, seq, step, on_day, number, votes_for, votes_base, note, person_id,
         rulebook, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Adds many steps.
    fn bulk_steps(candidate_id: Id<Candidate>, seq: u32, step: String, on_day: Day, number: String, votes_for: u32,
        votes_base: u32, note: String, person_id: Option<Id<Person>>, rulebook: String, recorded_at: Moment,
        recorded_by: String) -> bulk = "candidate_step";
    /// Steps of a candidate, in order.
    fn steps_of(candidate_id: Id<Candidate>) -> many<StepRow> =
        "SELECT s.candidate_id, s.seq, s.step, s.on_day, s.number, s.votes_for, s.votes_base, s.note, s.person_id, s.rulebook,
         s.recorded_at, s.recorded_by, v.body, v.form, v.consent, r.listed, r.away, r.barred, r.votes_against FROM candidate_step s
         LEFT JOIN candidate_vote v ON v.candidate_id = s.candidate_id AND v.seq = s.seq
         LEFT JOIN candidate_roll r ON r.candidate_id = s.candidate_id AND r.seq = s.seq
         WHERE s.candidate_id = $1 ORDER BY s.seq";
    /// Adds how a vote was taken.
    fn insert_vote(candidate_id: Id<Candidate>, seq: u32, body: &str, form: &str, consent: &str) -> run =
        "INSERT INTO candidate_vote (candidate_id, seq, body, form, consent) VALUES ($1, $2, $3, $4, $5)";
    /// Adds how many votes were taken.
    fn bulk_votes(candidate_id: Id<Candidate>, seq: u32, body: String, form: String, consent: String) -> bulk =
        "candidate_vote";
    /// All steps as courses need them, by candidate.
    fn all_courses() -> each<CourseRow> =
        "SELECT s.candidate_id, s.step, s.on_day, s.votes_for, s.votes_base, v.body FROM candidate_step s
         LEFT JOIN candidate_vote v ON v.candidate_id = s.candidate_id AND v.seq = s.seq
         ORDER BY s.candidate_id, s.seq";
    /// Adds a step from probation.
    fn insert_recognition(person_id: Id<Person>, seq: u32, step: &str, on_day: Day, number: &str, votes_for: u32,
        votes_base: u32, note: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO recognition_step (person_id, seq, step, on_day, number, votes_for, votes_base, note, rulebook,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Steps of a member on probation.
    fn recognition_of(person_id: Id<Person>) -> many<RecognitionRow> =
        "SELECT s.person_id, s.seq, s.step, s.on_day, s.number, s.votes_for, s.votes_base, s.note, s.rulebook, s.recorded_at,
         s.recorded_by, v.body, v.form, r.listed, r.away, r.barred, r.votes_against FROM recognition_step s
         LEFT JOIN recognition_vote v ON v.person_id = s.person_id AND v.seq = s.seq
         LEFT JOIN recognition_roll r ON r.person_id = s.person_id AND r.seq = s.seq
         WHERE s.person_id = $1 ORDER BY s.seq";
    /// Adds how a vote was taken.
    fn insert_recognition_vote(person_id: Id<Person>, seq: u32, body: &str, form: &str) -> run =
        "INSERT INTO recognition_vote (person_id, seq, body, form) VALUES ($1, $2, $3, $4)";
    /// Adds a target.
    fn insert_target(unit_id: Id<Unit>, year: i64, version: u32, wanted: u32, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO admission_target (unit_id, year, version, wanted, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Targets of a year, the last version of a unit last.
    fn targets(year: i64) -> many<TargetRow> =
        "SELECT unit_id, year, version, wanted FROM admission_target WHERE year = $1 ORDER BY unit_id, version";
}
