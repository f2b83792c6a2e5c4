//! Statements about whoever left or died.

use chibo_kernel::{Day, Id, Moment, Person};
use chibo_store::{queries, record};

record! {
    /// A day on which somebody ceased to be a member.
    pub struct LeftRow {
        /// Who.
        person_id: Id<Person>,
        /// Since when.
        valid_from: Day,
        /// As what: left or deceased.
        standing: u8,
    }
}

queries! {
    /// Who left or died from one day until before another, as believed at a moment; whoever died after he had left is named
    /// once.
    fn left_between(known: Moment, first: Day, until: Day) -> each<LeftRow> =
        "SELECT s.person_id, s.valid_from, s.standing FROM standing s
         WHERE s.standing IN (6, 7) AND s.recorded_at <= $1 AND s.superseded_at > $1
         AND s.valid_from >= $2 AND s.valid_from < $3
         AND NOT EXISTS (SELECT 1 FROM standing b WHERE b.person_id = s.person_id AND b.standing IN (6, 7)
         AND b.recorded_at <= $1 AND b.superseded_at > $1 AND b.valid_to = s.valid_from) ORDER BY s.valid_from, s.person_id";
}
