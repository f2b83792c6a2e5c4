//! Contact with the branch of residence, its yearly remarks; checks of notices.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{Statement, queries, record};

use crate::rules::Contact;

record! {
    /// An introduction to the branch of residence.
    pub struct ContactRow {
        /// Who.
        person_id: Id<Person>,
        /// Introduction.
        contact_id: Id<Contact>,
        /// The branch of residence in the register.
        unit_id: Option<Id<Unit>>,
        /// Its name when it is outside.
        outside: String,
        /// Since.
        since: Day,
        /// Number of the paper.
        number: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// The end of a contact.
    pub struct ContactEndRow {
        /// Who.
        person_id: Id<Person>,
        /// Introduction.
        contact_id: Id<Contact>,
        /// Last day.
        on_day: Day,
        /// Why.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A remark of the branch of residence on a year.
    pub struct RemarkRow {
        /// Who.
        person_id: Id<Person>,
        /// Introduction.
        contact_id: Id<Contact>,
        /// The year.
        year: i32,
        /// 1, 2, 3 …
        seq: u32,
        /// Number of the remark.
        remark_no: u8,
        /// What else is said.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// How many contacts of a branch wait for a remark.
    pub struct WaitingRow {
        /// The branch.
        unit_id: Id<Unit>,
        /// How many.
        many: i64,
    }
}

record! {
    /// Transfers with a signature in some time that have a box of a committee.
    pub struct NoticesRow {
        /// The committee.
        unit_id: Id<Unit>,
        /// How many.
        many: i64,
    }
}

record! {
    /// A check of the notices of a quarter.
    pub struct CheckRow {
        /// The base committee.
        unit_id: Id<Unit>,
        /// year * 4 + 0…3.
        quarter: i32,
        /// 1, 2, 3 …
        seq: u32,
        /// On which day.
        on_day: Day,
        /// Notices counted.
        counted: u32,
        /// What was found.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Introduces somebody to his branch of residence.
    fn insert_contact(person_id: Id<Person>, contact_id: Id<Contact>, unit_id: Option<Id<Unit>>, outside: &str, since: Day,
        number: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO transfer_contact (person_id, contact_id, unit_id, outside, since, number, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Introductions of a member.
    fn contacts_of(person_id: Id<Person>) -> many<ContactRow> =
        "SELECT person_id, contact_id, unit_id, outside, since, number, recorded_at, recorded_by FROM transfer_contact
         WHERE person_id = $1 ORDER BY since, contact_id";
    /// Members introduced to a branch whose contact has not ended.
    fn contacts_at(unit_id: Id<Unit>) -> many<ContactRow> =
        "SELECT c.person_id, c.contact_id, c.unit_id, c.outside, c.since, c.number, c.recorded_at, c.recorded_by
         FROM transfer_contact c WHERE c.unit_id = $1 AND NOT EXISTS (SELECT 1 FROM transfer_contact_end e
         WHERE e.person_id = c.person_id AND e.contact_id = c.contact_id) ORDER BY c.since, c.contact_id";
    /// Ends a contact.
    fn insert_contact_end(person_id: Id<Person>, contact_id: Id<Contact>, on_day: Day, note: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO transfer_contact_end (person_id, contact_id, on_day, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Ends of a member's contacts.
    fn contact_ends_of(person_id: Id<Person>) -> many<ContactEndRow> =
        "SELECT person_id, contact_id, on_day, note, recorded_at, recorded_by FROM transfer_contact_end
         WHERE person_id = $1 ORDER BY contact_id";
    /// Writes a remark.
    fn insert_remark(person_id: Id<Person>, contact_id: Id<Contact>, year: i32, seq: u32, remark_no: u8, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO transfer_remark (person_id, contact_id, year, seq, remark_no, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Remarks about a member.
    fn remarks_of(person_id: Id<Person>) -> many<RemarkRow> =
        "SELECT person_id, contact_id, year, seq, remark_no, note, recorded_at, recorded_by FROM transfer_remark
         WHERE person_id = $1 ORDER BY year, contact_id, seq";
    /// Open contacts of every branch that wait for the remark of a year.
    fn waiting(since: Day, year: i32) -> each<WaitingRow> =
        "SELECT c.unit_id, CAST(COUNT(*) AS BIGINT) FROM transfer_contact c WHERE c.since <= $1 AND c.unit_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM transfer_contact_end e
         WHERE e.person_id = c.person_id AND e.contact_id = c.contact_id)
         AND NOT EXISTS (SELECT 1 FROM transfer_remark r
         WHERE r.person_id = c.person_id AND r.contact_id = c.contact_id AND r.year = $2) GROUP BY c.unit_id";
    /// Transfers with a step between two days, counted by every committee whose box they have.
    fn notices(from: Day, to: Day) -> each<NoticesRow> =
        "SELECT b.unit_id, CAST(COUNT(DISTINCT s.transfer_id) AS BIGINT) FROM transfer_step s
         JOIN transfer_box b ON b.transfer_id = s.transfer_id WHERE s.on_day >= $1 AND s.on_day < $2 GROUP BY b.unit_id";
    /// Writes down a check of notices.
    fn insert_check(unit_id: Id<Unit>, quarter: i32, seq: u32, on_day: Day, counted: u32, note: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO notice_check (unit_id, quarter, seq, on_day, counted, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Checks of a quarter.
    fn checks_of(quarter: i32) -> many<CheckRow> =
        "SELECT unit_id, quarter, seq, on_day, counted, note, recorded_at, recorded_by FROM notice_check
         WHERE quarter = $1 ORDER BY unit_id, seq";
}

/// Statements of this file, under another name.
pub const CONTACTS: &[&Statement] = STATEMENTS;
