//! The tables of transfers.

mod contacts;
mod kinds;

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Transfer;

pub use contacts::*;
pub use kinds::*;

record! {
    /// A transfer.
    pub struct TransferRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// Who moves.
        person_id: Id<Person>,
        /// The day of the move behind it.
        cause_on: Day,
        /// Why.
        reason: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A box.
    pub struct BoxRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// 1, 2, 3 …
        seq: u32,
        /// Who signs.
        unit_id: Id<Unit>,
        /// Number of the side.
        side: u8,
    }
}

record! {
    /// A step.
    pub struct StepRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the step.
        step: String,
        /// On which day.
        on_day: Day,
        /// Number of the paper.
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
    /// Adds a transfer.
    fn insert(transfer_id: Id<Transfer>, person_id: Id<Person>, cause_on: Day, reason: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO transfer (transfer_id, person_id, cause_on, reason, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Adds a box.
    fn insert_box(transfer_id: Id<Transfer>, seq: u32, unit_id: Id<Unit>, side: u8) -> run =
        "INSERT INTO transfer_box (transfer_id, seq, unit_id, side) VALUES ($1, $2, $3, $4)";
    /// Adds a step.
    fn insert_step(transfer_id: Id<Transfer>, seq: u32, step: &str, on_day: Day, number: &str, note: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO transfer_step (transfer_id, seq, step, on_day, number, note, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// A transfer.
    fn transfer(transfer_id: Id<Transfer>) -> one<TransferRow> =
        "SELECT transfer_id, person_id, cause_on, reason, recorded_at, recorded_by FROM transfer WHERE transfer_id = $1";
    /// All transfers.
    fn transfers() -> each<TransferRow> =
        "SELECT transfer_id, person_id, cause_on, reason, recorded_at, recorded_by FROM transfer ORDER BY transfer_id";
    /// Transfers on the work list: with a paper under way (0), a stay that runs (1), something still to be noted (2).
    fn open_transfers(stay: u8) -> each<TransferRow> =
        "SELECT t.transfer_id, t.person_id, t.cause_on, t.reason, t.recorded_at, t.recorded_by FROM transfer t
         JOIN transfer_open o ON o.transfer_id = t.transfer_id WHERE o.stay = $1 ORDER BY t.transfer_id";
    /// Transfers of a member.
    fn of_person(person_id: Id<Person>) -> many<TransferRow> =
        "SELECT transfer_id, person_id, cause_on, reason, recorded_at, recorded_by FROM transfer
         WHERE person_id = $1 ORDER BY transfer_id";
    /// Boxes of a transfer.
    fn boxes_of(transfer_id: Id<Transfer>) -> many<BoxRow> =
        "SELECT transfer_id, seq, unit_id, side FROM transfer_box WHERE transfer_id = $1 ORDER BY seq";
    /// All boxes.
    fn boxes() -> each<BoxRow> =
        "SELECT transfer_id, seq, unit_id, side FROM transfer_box ORDER BY transfer_id, seq";
    /// Boxes of the work list.
    fn open_boxes(stay: u8) -> each<BoxRow> =
        "SELECT t.transfer_id, t.seq, t.unit_id, t.side FROM transfer_box t
         JOIN transfer_open o ON o.transfer_id = t.transfer_id WHERE o.stay = $1 ORDER BY t.transfer_id, t.seq";
    /// Steps of a transfer.
    fn steps_of(transfer_id: Id<Transfer>) -> many<StepRow> =
        "SELECT transfer_id, seq, step, on_day, number, note, rulebook, recorded_at, recorded_by FROM transfer_step
         WHERE transfer_id = $1 ORDER BY seq";
    /// All steps.
    fn steps() -> each<StepRow> =
        "SELECT transfer_id, seq, step, on_day, number, note, rulebook, recorded_at, recorded_by FROM transfer_step
         ORDER BY transfer_id, seq";
    /// Steps of the work list.
    fn open_steps(stay: u8) -> each<StepRow> =
        "SELECT t.transfer_id, t.seq, t.step, t.on_day, t.number, t.note, t.rulebook, t.recorded_at, t.recorded_by
         FROM transfer_step t JOIN transfer_open o ON o.transfer_id = t.transfer_id WHERE o.stay = $1
         ORDER BY t.transfer_id, t.seq";
}
