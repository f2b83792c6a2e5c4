//! The table of badges.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A step as stored.
    pub struct StepRow {
        /// Member.
        person_id: Id<Person>,
        /// Which badge.
        years: u16,
        /// 1, 2, 3 …
        seq: u32,
        /// What was done.
        step: String,
        /// On which day.
        on_day: Day,
        /// For which award day.
        award_on: Day,
        /// The branch at that time.
        unit_id: Id<Unit>,
        /// `reached`, `illness`, `posthumous`.
        ground: String,
        /// Measure one waited after; empty for none.
        discipline: String,
        /// When that was decided; [`Day::FOREVER`] for none.
        disciplined_on: Day,
        /// Number of the decision.
        number: String,
        /// Number of the badge.
        serial: String,
        /// What was said about it.
        note: String,
        /// Version of BDG-01 decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A badge whose way is not at its end.
    pub struct OpenRow {
        /// Member.
        person_id: Id<Person>,
        /// Which badge.
        years: u16,
        /// What was done last.
        step: String,
        /// For which award day.
        award_on: Day,
    }
}

queries! {
    /// The last steps of all badges that were proposed, decided or handed over.
    fn open_steps() -> each<OpenRow> =
        "SELECT person_id, years, step, award_on FROM badge_step
         WHERE step IN ('proposed', 'decided', 'awarded') AND NOT EXISTS (SELECT 1 FROM badge_step AS later
         WHERE later.person_id = badge_step.person_id AND later.years = badge_step.years AND later.seq > badge_step.seq)
         ORDER BY person_id, years";
    /// All steps of a member.
    fn steps_of(person_id: Id<Person>) -> many<StepRow> =
        "SELECT person_id, years, seq, step, on_day, award_on, unit_id, ground, discipline, disciplined_on, number,
         serial, note, rulebook, recorded_at, recorded_by FROM badge_step WHERE person_id = $1 ORDER BY years, seq";
    /// All steps meant for award days of a time.
    fn steps_between(first: Day, last: Day) -> each<StepRow> =
        "SELECT person_id, years, seq, step, on_day, award_on, unit_id, ground, discipline, disciplined_on, number,
         serial, note, rulebook, recorded_at, recorded_by FROM badge_step
         WHERE award_on >= $1 AND award_on <= $2 ORDER BY person_id, years, seq";
    /// The greatest number given out of a badge; empty for none.
    fn last_serial(years: u16) -> one<String> =
        "SELECT COALESCE(MAX(serial), '') FROM badge_step WHERE years = $1 AND step = 'decided' AND serial <> ''";
    /// How many carry a number of a badge.
    fn count_serial(years: u16, serial: &str) -> one<i64> =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM badge_step WHERE years = $1 AND serial = $2 AND step = 'decided'";
    /// Adds one.
    fn insert(person_id: Id<Person>, years: u16, seq: u32, step: &str, on_day: Day, award_on: Day, unit_id: Id<Unit>,
        ground: &str, discipline: &str, disciplined_on: Day, number: &str, serial: &str, note: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO badge_step (person_id, years, seq, step, on_day, award_on, unit_id, ground, discipline,
         disciplined_on, number, serial, note, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
}
