//! Books of dossiers: reading, checks, hand-overs.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A dossier given out for reading.
    pub struct LoanRow {
        /// Whose.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// Kept by.
        unit_id: Id<Unit>,
        /// Who reads.
        borrower: String,
        /// What for.
        purpose: String,
        /// Number of the consent.
        consent: String,
        /// Given out.
        out_on: Day,
        /// To be back.
        due_on: Day,
        /// 1 until it is back.
        is_out: u8,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A dossier that came back.
    pub struct ReturnRow {
        /// Whose.
        person_id: Id<Person>,
        /// Number of the loan.
        seq: u32,
        /// Back.
        on_day: Day,
        /// In which state.
        note: String,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A check of the list against the dossiers.
    pub struct CheckRow {
        /// Keeper.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        seq: u32,
        /// On which day.
        on_day: Day,
        /// On the list.
        listed: u32,
        /// Found.
        found: u32,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A difference.
    pub struct GapRow {
        /// Keeper.
        unit_id: Id<Unit>,
        /// Number of the check.
        seq: u32,
        /// 1, 2, 3 …
        line: u32,
        /// 1 without a dossier, 2 not on the list.
        side: u8,
        /// Whose.
        what: String,
    }
}

record! {
    /// Dossiers handed to the next keeper.
    pub struct HandoverRow {
        /// Keeper.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        seq: u32,
        /// On which day.
        on_day: Day,
        /// By.
        giver: String,
        /// To.
        taker: String,
        /// How many.
        dossiers: u32,
        /// Number of the minutes.
        minutes: String,
        /// What was said.
        note: String,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// The last check of a keeper.
    pub struct LastRow {
        /// Keeper.
        unit_id: Id<Unit>,
        /// On which day.
        on_day: Day,
    }
}

queries! {
    /// Dossiers that are out.
    fn out() -> many<LoanRow> =
        "SELECT person_id, seq, unit_id, borrower, purpose, consent, out_on, due_on, is_out, recorded_by FROM file_loan
         WHERE is_out = 1 ORDER BY due_on, person_id";
    /// The last loans of a keeper.
    fn loans_of(unit_id: Id<Unit>, most: i64) -> many<LoanRow> =
        "SELECT person_id, seq, unit_id, borrower, purpose, consent, out_on, due_on, is_out, recorded_by FROM file_loan
         WHERE unit_id = $1 ORDER BY out_on DESC, person_id, seq DESC LIMIT $2";
    /// Loans of a member's dossier.
    fn loans_of_person(person_id: Id<Person>) -> many<LoanRow> =
        "SELECT person_id, seq, unit_id, borrower, purpose, consent, out_on, due_on, is_out, recorded_by FROM file_loan
         WHERE person_id = $1 ORDER BY seq";
    /// One loan.
    fn loan(person_id: Id<Person>, seq: u32) -> one<LoanRow> =
        "SELECT person_id, seq, unit_id, borrower, purpose, consent, out_on, due_on, is_out, recorded_by FROM file_loan
         WHERE person_id = $1 AND seq = $2";
    /// Adds a loan.
    fn insert_loan(person_id: Id<Person>, seq: u32, unit_id: Id<Unit>, borrower: &str, purpose: &str, consent: &str,
        out_on: Day, due_on: Day, is_out: u8, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO file_loan (person_id, seq, unit_id, borrower, purpose, consent, out_on, due_on, is_out, rulebook,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// No longer out; nothing when somebody was faster.
    fn returned(person_id: Id<Person>, seq: u32) -> run =
        "UPDATE file_loan SET is_out = 0 WHERE person_id = $1 AND seq = $2 AND is_out = 1";
    /// Adds a return.
    fn insert_return(person_id: Id<Person>, seq: u32, on_day: Day, note: &str, recorded_at: Moment, recorded_by: &str)
        -> run =
        "INSERT INTO file_return (person_id, seq, on_day, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Returns of a member's dossier.
    fn returns_of(person_id: Id<Person>) -> many<ReturnRow> =
        "SELECT person_id, seq, on_day, note, recorded_by FROM file_return WHERE person_id = $1 ORDER BY seq";
    /// Checks of a keeper.
    fn checks_of(unit_id: Id<Unit>) -> many<CheckRow> =
        "SELECT unit_id, seq, on_day, listed, found, recorded_by FROM file_check WHERE unit_id = $1 ORDER BY seq";
    /// The last check of every keeper.
    fn last_checks() -> many<LastRow> =
        "SELECT unit_id, MAX(on_day) FROM file_check GROUP BY unit_id ORDER BY unit_id";
    /// Adds a check.
    fn insert_check(unit_id: Id<Unit>, seq: u32, on_day: Day, listed: u32, found: u32, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO file_check (unit_id, seq, on_day, listed, found, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Adds a difference.
    fn insert_gap(unit_id: Id<Unit>, seq: u32, line: u32, side: u8, what: &str) -> run =
        "INSERT INTO file_gap (unit_id, seq, line, side, what) VALUES ($1, $2, $3, $4, $5)";
    /// Differences of a keeper's checks.
    fn gaps_of(unit_id: Id<Unit>) -> many<GapRow> =
        "SELECT unit_id, seq, line, side, what FROM file_gap WHERE unit_id = $1 ORDER BY seq, line";
    /// Hand-overs of a keeper.
    fn handovers_of(unit_id: Id<Unit>) -> many<HandoverRow> =
        "SELECT unit_id, seq, on_day, giver, taker, dossiers, minutes, note, recorded_by FROM file_handover
         WHERE unit_id = $1 ORDER BY seq";
    /// Adds a hand-over.
    fn insert_handover(unit_id: Id<Unit>, seq: u32, on_day: Day, giver: &str, taker: &str, dossiers: u32, minutes: &str,
        note: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO file_handover (unit_id, seq, on_day, giver, taker, dossiers, minutes, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}
