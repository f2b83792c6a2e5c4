//! Statements of temporary stays.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::actions::Stay;

record! {
    /// A temporary stay, as last said.
    pub struct StayRow {
        /// Who.
        person_id: Id<Person>,
        /// Which stay of his.
        stay_id: Id<Stay>,
        /// 1, 2, 3 …
        seq: u32,
        /// Where; `None` outside the register.
        unit_id: Option<Id<Unit>>,
        /// First day.
        from_on: Day,
        /// The first day no longer in it.
        to_on: Day,
    }
}

queries! {
    /// Says a stay, or says it again.
    fn add_stay(person_id: Id<Person>, stay_id: Id<Stay>, seq: u32, unit_id: Option<Id<Unit>>, from_on: Day, to_on: Day,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO member_stay (person_id, stay_id, seq, unit_id, from_on, to_on, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Everything said about a stay, the last first.
    fn stay(person_id: Id<Person>, stay_id: Id<Stay>) -> many<StayRow> =
        "SELECT person_id, stay_id, seq, unit_id, from_on, to_on FROM member_stay
         WHERE person_id = $1 AND stay_id = $2 ORDER BY seq DESC";
    /// The stays that run on a day.
    fn stays_on(day: Day) -> many<StayRow> =
        "SELECT s.person_id, s.stay_id, s.seq, s.unit_id, s.from_on, s.to_on FROM member_stay s
         WHERE s.to_on > $1 AND s.from_on <= $1 AND NOT EXISTS (SELECT 1 FROM member_stay l
         WHERE l.person_id = s.person_id AND l.stay_id = s.stay_id AND l.seq > s.seq)
         ORDER BY s.person_id, s.stay_id";
}
