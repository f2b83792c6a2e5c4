//! Cards: steps, the state they led to, keys of old numbers.

use chibo_kernel::{Day, Id, Moment, Person};
use chibo_store::{queries, record};

record! {
    /// Where the card of a member stands.
    pub struct StateRow {
        /// Member.
        person_id: Id<Person>,
        /// Number of the state.
        state: u8,
        /// Number of the model.
        model: u8,
        /// Number of the matter.
        matter: u8,
        /// How many steps there are.
        steps: u32,
        /// Day of the last step that moved it.
        since: Day,
        /// Day of the last check or hand-over.
        checked_on: Day,
        /// Last digits of an old number; empty for the new model.
        hint: String,
        /// Changed.
        changed_at: Moment,
    }
}

record! {
    /// A step.
    pub struct StepRow {
        /// Member.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the step.
        step: String,
        /// On which day.
        on_day: Day,
        /// Number of the matter.
        matter: u8,
        /// Number of the model.
        model: u8,
        /// Last digits of an old number.
        hint: String,
        /// Number of the decision, the list, the line of the book.
        number: String,
        /// What was said.
        note: String,
        /// Version decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// The state of a member's card.
    fn state_of(person_id: Id<Person>) -> one<StateRow> =
        "SELECT person_id, state, model, matter, steps, since, checked_on, hint, changed_at FROM card_state
         WHERE person_id = $1";
    /// States changed from a moment on.
    fn changed_since(at: Moment) -> each<StateRow> =
        "SELECT person_id, state, model, matter, steps, since, checked_on, hint, changed_at FROM card_state
         WHERE changed_at >= $1";
    /// The first state of a member's card.
    fn insert_state(person_id: Id<Person>, state: u8, model: u8, matter: u8, steps: u32, since: Day, checked_on: Day,
        hint: &str, changed_at: Moment) -> run =
        "INSERT INTO card_state (person_id, state, model, matter, steps, since, checked_on, hint, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The state after one more step, when nobody was faster.
    fn change_state(person_id: Id<Person>, state: u8, model: u8, matter: u8, steps: u32, since: Day, checked_on: Day,
        hint: &str, changed_at: Moment) -> run =
        "UPDATE card_state SET state = $2, model = $3, matter = $4, steps = $5, since = $6, checked_on = $7, hint = $8,
         changed_at = $9 WHERE person_id = $1 AND steps + 1 = $5";
    /// Steps of a member.
    fn steps_of(person_id: Id<Person>) -> many<StepRow> =
        "SELECT person_id, seq, step, on_day, matter, model, hint, number, note, rulebook, recorded_at, recorded_by
         FROM card_step WHERE person_id = $1 ORDER BY seq";
    /// Adds a step.
    fn insert_step(person_id: Id<Person>, seq: u32, step: &str, on_day: Day, matter: u8, model: u8, hint: &str,
        number: &str, note: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO card_step (person_id, seq, step, on_day, matter, model, hint, number, note, rulebook, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Whose old number this is.
    fn key_owner(key_hash: &[u8]) -> one<Id<Person>> = "SELECT person_id FROM card_key WHERE key_hash = $1";
    /// Adds many states.
    fn add_states(person_id: Id<Person>, state: u8, model: u8, matter: u8, steps: u32, since: Day, checked_on: Day,
        hint: &str, changed_at: Moment) -> bulk = "card_state";
    /// Adds many steps.
    fn add_steps(person_id: Id<Person>, seq: u32, step: &str, on_day: Day, matter: u8, model: u8, hint: &str,
        number: &str, note: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> bulk = "card_step";
    /// Adds many keys of old numbers.
    fn add_keys(key_hash: &[u8], person_id: Id<Person>) -> bulk = "card_key";
}
