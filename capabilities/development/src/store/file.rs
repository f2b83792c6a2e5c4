//! The tables of a candidate's file: help, introducers, verification, papers, a membership before.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Candidate;

record! {
    /// An entry about help (MEM-04).
    pub struct HelpRow {
        /// 1, 2, 3 …
        seq: u32,
        /// What.
        act: String,
        /// Who helps.
        helper_id: Option<Id<Person>>,
        /// When.
        on_day: Day,
        /// Words.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// An introducer (MEM-10).
    pub struct IntroducerRow {
        /// The step by which he introduced.
        step_seq: u32,
        /// Member or union.
        kind: String,
        /// The member.
        introducer_id: Option<Id<Person>>,
        /// Together since, or day of the resolution.
        since: Day,
        /// Number of the resolution.
        number: String,
    }
}

record! {
    /// Somebody whose background is verified (MEM-14), with the answer (MEM-15).
    pub struct CheckRow {
        /// 1, 2, 3 …
        seq: u32,
        /// Relation to the candidate.
        relation: String,
        /// Name.
        full_name: String,
        /// How.
        way: String,
        /// Where it was asked.
        place: String,
        /// In another country.
        abroad: bool,
        /// Sent on.
        on_day: Day,
        /// Words.
        note: String,
        /// Answered on.
        answered: Option<Day>,
        /// What the answer says.
        outcome: Option<String>,
        /// Who verified.
        verifier: Option<String>,
        /// Words of the answer.
        said: Option<String>,
    }
}

record! {
    /// A request without an answer.
    pub struct OpenCheckRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
        /// His branch.
        unit_id: Id<Unit>,
        /// In another country.
        abroad: bool,
        /// Sent on.
        on_day: Day,
    }
}

record! {
    /// An entry about a paper.
    pub struct PaperRow {
        /// 1, 2, 3 …
        seq: u32,
        /// Which.
        paper: String,
        /// Whether it is there.
        there: bool,
        /// Since when.
        on_day: Day,
        /// Number, remark.
        note: String,
    }
}

record! {
    /// A membership before.
    pub struct FormerRow {
        /// The member he was.
        former_id: Id<Person>,
        /// Number of the consent.
        consent: String,
    }
}

queries! {
    /// Adds an entry about help.
    fn insert_help(candidate_id: Id<Candidate>, seq: u32, act: &str, helper_id: Option<Id<Person>>, on_day: Day, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO candidate_help (candidate_id, seq, act, helper_id, on_day, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Adds many.
    fn bulk_help(candidate_id: Id<Candidate>, seq: u32, act: String, helper_id: Option<Id<Person>>, on_day: Day, note: String,
        recorded_at: Moment, recorded_by: String) -> bulk = "candidate_help";
    /// Entries about help, in order.
    fn help_of(candidate_id: Id<Candidate>) -> many<HelpRow> =
        "SELECT seq, act, helper_id, on_day, note, recorded_at, recorded_by FROM candidate_help
         WHERE candidate_id = $1 ORDER BY seq";
    /// Adds an introducer.
    fn insert_introducer(candidate_id: Id<Candidate>, step_seq: u32, seq: u32, kind: &str, introducer_id: Option<Id<Person>>,
        since: Day, number: &str) -> run =
        "INSERT INTO candidate_introducer (candidate_id, step_seq, seq, kind, introducer_id, since, number)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Adds many.
    fn bulk_introducers(candidate_id: Id<Candidate>, step_seq: u32, seq: u32, kind: String,
        introducer_id: Option<Id<Person>>, since: Day, number: String) -> bulk = "candidate_introducer";
    /// Introducers, in order.
    fn introducers_of(candidate_id: Id<Candidate>) -> many<IntroducerRow> =
        "SELECT step_seq, kind, introducer_id, since, number FROM candidate_introducer
         WHERE candidate_id = $1 ORDER BY step_seq, seq";
    /// Adds somebody whose background is verified.
    fn insert_check(candidate_id: Id<Candidate>, seq: u32, relation: &str, full_name: &str, way: &str, place: &str,
        abroad: bool, on_day: Day, note: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO candidate_check (candidate_id, seq, relation, full_name, way, place, abroad, on_day, note, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Adds many.
    fn bulk_checks(candidate_id: Id<Candidate>, seq: u32, relation: String, full_name: String, way: String, place: String,
        abroad: bool, on_day: Day, note: String, recorded_at: Moment, recorded_by: String) -> bulk = "candidate_check";
    /// Everybody whose background is verified, with answers.
    fn checks_of(candidate_id: Id<Candidate>) -> many<CheckRow> =
        "SELECT c.seq, c.relation, c.full_name, c.way, c.place, c.abroad, c.on_day, c.note, a.on_day, a.outcome, a.verifier,
         a.note FROM candidate_check c
         LEFT JOIN candidate_answer a ON a.candidate_id = c.candidate_id AND a.seq = c.seq
         WHERE c.candidate_id = $1 ORDER BY c.seq";
    /// Adds an answer.
    fn insert_answer(candidate_id: Id<Candidate>, seq: u32, on_day: Day, outcome: &str, verifier: &str, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO candidate_answer (candidate_id, seq, on_day, outcome, verifier, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Requests without an answer, of candidates still on the way.
    fn open_checks() -> each<OpenCheckRow> =
        "SELECT c.candidate_id, p.unit_id, c.abroad, c.on_day FROM candidate_check c
         JOIN candidate p ON p.candidate_id = c.candidate_id
         LEFT JOIN candidate_answer a ON a.candidate_id = c.candidate_id AND a.seq = c.seq
         WHERE c.way = 'asked' AND a.seq IS NULL AND NOT EXISTS (SELECT 1 FROM candidate_step s
         WHERE s.candidate_id = c.candidate_id AND s.step IN ('stopped', 'admitted'))";
    /// Adds an entry about a paper.
    fn insert_paper(candidate_id: Id<Candidate>, seq: u32, paper: &str, there: bool, on_day: Day, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO candidate_paper (candidate_id, seq, paper, there, on_day, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Entries about papers, in order.
    fn papers_of(candidate_id: Id<Candidate>) -> many<PaperRow> =
        "SELECT seq, paper, there, on_day, note FROM candidate_paper WHERE candidate_id = $1 ORDER BY seq";
    /// Adds an entry about a paper of the recognition.
    fn insert_recognition_paper(person_id: Id<Person>, seq: u32, paper: &str, there: bool, on_day: Day, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO recognition_paper (person_id, seq, paper, there, on_day, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Entries about papers of the recognition, in order.
    fn recognition_papers_of(person_id: Id<Person>) -> many<PaperRow> =
        "SELECT seq, paper, there, on_day, note FROM recognition_paper WHERE person_id = $1 ORDER BY seq";
    /// Says that a candidate was a member before.
    fn insert_former(candidate_id: Id<Candidate>, former_id: Id<Person>, consent: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO candidate_former (candidate_id, former_id, consent, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5)";
    /// The membership before.
    fn former_of(candidate_id: Id<Candidate>) -> one<FormerRow> =
        "SELECT former_id, consent FROM candidate_former WHERE candidate_id = $1";
}
