//! The tables of rolls, facts, moves, former memberships, reviews.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Candidate;

record! {
    /// Something known about a candidate.
    pub struct FactRow {
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the fact.
        fact: String,
        /// Months it lasts.
        months: u32,
        /// Since when, or the day of the document.
        on_day: Day,
        /// Number of the document.
        number: String,
        /// Words.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A move.
    pub struct MoveRow {
        /// The step that noted it.
        seq: u32,
        /// From this branch.
        from_unit: Id<Unit>,
        /// To this branch.
        to_unit: Id<Unit>,
    }
}

record! {
    /// Why a former member left.
    pub struct LeftRow {
        /// Code of the reason.
        reason: String,
        /// Number of the paper about hardship.
        paper: String,
        /// When his record was cleared.
        cleared_on: Option<Day>,
    }
}

record! {
    /// A review of the lists by a base committee.
    pub struct ReviewRow {
        /// The base organisation.
        unit_id: Id<Unit>,
        /// On which day.
        on_day: Day,
        /// Number of the conclusion.
        number: String,
        /// What was concluded.
        note: String,
        /// By whom it was written down.
        recorded_by: String,
    }
}

record! {
    /// Somebody admitted.
    pub struct AdmittedRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
        /// His branch.
        unit_id: Id<Unit>,
        /// Day of the ceremony.
        on_day: Day,
    }
}

record! {
    /// What was said about a paper of somebody.
    pub struct DeclaredRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
        /// Which paper.
        paper: String,
        /// Whether it is there.
        there: bool,
    }
}

record! {
    /// What a road from probation is made of.
    pub struct RoadRow {
        /// Member.
        person_id: Id<Person>,
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

queries! {
    /// All roads from probation, by member.
    fn all_roads() -> each<RoadRow> =
        "SELECT s.person_id, s.step, s.on_day, s.votes_for, s.votes_base, v.body FROM recognition_step s
         LEFT JOIN recognition_vote v ON v.person_id = s.person_id AND v.seq = s.seq ORDER BY s.person_id, s.seq";
    /// Adds many facts.
    fn bulk_facts(candidate_id: Id<Candidate>, seq: u32, fact: String, months: u32, on_day: Day, number: String,
        note: String, recorded_at: Moment, recorded_by: String) -> bulk = "candidate_fact";
    /// Adds the roll of a vote.
    fn insert_roll(candidate_id: Id<Candidate>, seq: u32, listed: u32, away: u32, barred: u32, votes_against: u32) -> run =
        "INSERT INTO candidate_roll (candidate_id, seq, listed, away, barred, votes_against) VALUES ($1, $2, $3, $4, $5, $6)";
    /// Adds the roll of a vote on a recognition.
    fn insert_recognition_roll(person_id: Id<Person>, seq: u32, listed: u32, away: u32, barred: u32,
        votes_against: u32) -> run =
        "INSERT INTO recognition_roll (person_id, seq, listed, away, barred, votes_against) VALUES ($1, $2, $3, $4, $5, $6)";
    /// Adds a fact.
    fn insert_fact(candidate_id: Id<Candidate>, seq: u32, fact: &str, months: u32, on_day: Day, number: &str, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO candidate_fact (candidate_id, seq, fact, months, on_day, number, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Facts, in order.
    fn facts_of(candidate_id: Id<Candidate>) -> many<FactRow> =
        "SELECT seq, fact, months, on_day, number, note, recorded_at, recorded_by FROM candidate_fact
         WHERE candidate_id = $1 ORDER BY seq";
    /// Adds a move.
    fn insert_move(candidate_id: Id<Candidate>, seq: u32, from_unit: Id<Unit>, to_unit: Id<Unit>) -> run =
        "INSERT INTO candidate_move (candidate_id, seq, from_unit, to_unit) VALUES ($1, $2, $3, $4)";
    /// Moves, in order.
    fn moves_of(candidate_id: Id<Candidate>) -> many<MoveRow> =
        "SELECT seq, from_unit, to_unit FROM candidate_move WHERE candidate_id = $1 ORDER BY seq";
    /// The candidate belongs to another branch now.
    fn set_unit(candidate_id: Id<Candidate>, unit_id: Id<Unit>) -> run =
        "UPDATE candidate SET unit_id = $2 WHERE candidate_id = $1";
    /// Says why a former member left.
    fn insert_left(candidate_id: Id<Candidate>, reason: &str, paper: &str, cleared_on: Option<Day>, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO candidate_left (candidate_id, reason, paper, cleared_on, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Why a former member left.
    fn left_of(candidate_id: Id<Candidate>) -> one<LeftRow> =
        "SELECT reason, paper, cleared_on FROM candidate_left WHERE candidate_id = $1";
    /// Adds a review.
    fn insert_review(unit_id: Id<Unit>, month: u32, seq: u32, on_day: Day, number: &str, note: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO candidate_review (unit_id, month, seq, on_day, number, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Reviews of a month, in order.
    fn reviews(month: u32) -> many<ReviewRow> =
        "SELECT unit_id, on_day, number, note, recorded_by FROM candidate_review WHERE month = $1 ORDER BY unit_id, seq";
    /// Everybody admitted since a day.
    fn admitted_since(on_day: Day) -> each<AdmittedRow> =
        "SELECT s.candidate_id, c.unit_id, s.on_day FROM candidate_step s
         JOIN candidate c ON c.candidate_id = s.candidate_id
         WHERE s.step = 'admitted' AND s.on_day >= $1 ORDER BY s.candidate_id";
    /// What was said about life history and sheet of new members, in order.
    fn declared() -> each<DeclaredRow> =
        "SELECT candidate_id, paper, there FROM candidate_paper WHERE paper IN ('1-hsdv', '2-hsdv')
         ORDER BY candidate_id, seq";
}
