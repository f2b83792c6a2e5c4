//! What transfers are besides boxes and steps: kind, newcomer, what is carried, what happens during a stay.

use chibo_kernel::{Day, Id, Moment};
use chibo_store::{Statement, queries, record};

use crate::rules::Transfer;

record! {
    /// The kind of a transfer.
    pub struct KindRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// Number of the kind.
        kind: u8,
        /// Number of the purpose of a stay; 0 for none.
        purpose_no: u8,
        /// The organisation outside the register.
        outside: String,
        /// Its province or country.
        outside_province: String,
        /// Number of the paper written outside.
        outside_no: String,
        /// 1 for somebody who comes from abroad.
        from_abroad: u8,
        /// First day of a stay.
        begins_on: Day,
        /// Its last day as asked for.
        until_on: Day,
    }
}

record! {
    /// What a transfer rests on.
    pub struct BasisRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// Code of the contract.
        contract: String,
        /// 1 for a graduate who leaves his school.
        graduate: u8,
    }
}

record! {
    /// Somebody who comes from outside.
    pub struct NewcomerRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// Name.
        full_name: String,
        /// Birth day.
        birth: Day,
        /// Sex.
        sex: u8,
        /// Admission.
        admitted: Option<Day>,
        /// Official day.
        official: Option<Day>,
        /// Home town.
        home_town: String,
        /// Job.
        job_title: String,
        /// Workplace.
        workplace: String,
    }
}

record! {
    /// Something that happened during a stay.
    pub struct TurnRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code.
        turn: String,
        /// On which day.
        on_day: Day,
        /// The last day of the stay from then on.
        until_on: Day,
        /// Number of the paper.
        number: String,
        /// What was said.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// What is carried, as last written down.
    pub struct CarriedRow {
        /// Transfer.
        transfer_id: Id<Transfer>,
        /// 1, 2, 3 …
        seq: u32,
        /// The member's sheet.
        with_sheet: u8,
        /// The card.
        with_card: u8,
        /// The sealed dossier.
        with_dossier: u8,
        /// The sender confirmed the index of the dossier.
        index_confirmed: u8,
        /// The self-review with remarks.
        with_review: u8,
        /// Both notices were posted.
        with_notices: u8,
        /// The last month of which the fee is paid, by its first day.
        fee_through: Option<Day>,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Notes the kind of a transfer.
    fn insert_kind(transfer_id: Id<Transfer>, kind: u8, purpose_no: u8, outside: &str, outside_province: &str,
        outside_no: &str, from_abroad: u8, begins_on: Day, until_on: Day) -> run =
        "INSERT INTO transfer_kind (transfer_id, kind, purpose_no, outside, outside_province, outside_no, from_abroad,
         begins_on, until_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// The kind of a transfer.
    fn kind_of(transfer_id: Id<Transfer>) -> one<KindRow> =
        "SELECT transfer_id, kind, purpose_no, outside, outside_province, outside_no, from_abroad, begins_on, until_on
         FROM transfer_kind WHERE transfer_id = $1";
    /// All kinds.
    fn kinds() -> each<KindRow> =
        "SELECT transfer_id, kind, purpose_no, outside, outside_province, outside_no, from_abroad, begins_on, until_on
         FROM transfer_kind ORDER BY transfer_id";
    /// Kinds of the work list.
    fn open_kinds(stay: u8) -> each<KindRow> =
        "SELECT t.transfer_id, t.kind, t.purpose_no, t.outside, t.outside_province, t.outside_no, t.from_abroad,
         t.begins_on, t.until_on FROM transfer_kind t JOIN transfer_open o ON o.transfer_id = t.transfer_id
         WHERE o.stay = $1 ORDER BY t.transfer_id";
    /// Notes what a transfer rests on.
    fn insert_basis(transfer_id: Id<Transfer>, contract: &str, graduate: u8) -> run =
        "INSERT INTO transfer_basis (transfer_id, contract, graduate) VALUES ($1, $2, $3)";
    /// What a transfer rests on.
    fn basis_of(transfer_id: Id<Transfer>) -> one<BasisRow> =
        "SELECT transfer_id, contract, graduate FROM transfer_basis WHERE transfer_id = $1";
    /// Puts a transfer on the work list.
    fn insert_open(transfer_id: Id<Transfer>, stay: u8) -> run =
        "INSERT INTO transfer_open (transfer_id, stay) VALUES ($1, $2)";
    /// Takes it off.
    fn delete_open(transfer_id: Id<Transfer>) -> run = "DELETE FROM transfer_open WHERE transfer_id = $1";
    /// Notes a newcomer.
    fn insert_newcomer(transfer_id: Id<Transfer>, full_name: &str, birth: Day, sex: u8, admitted: Option<Day>,
        official: Option<Day>, home_town: &str, job_title: &str, workplace: &str) -> run =
        "INSERT INTO transfer_newcomer (transfer_id, full_name, birth, sex, admitted, official, home_town, job_title,
         workplace) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// A newcomer.
    fn newcomer(transfer_id: Id<Transfer>) -> one<NewcomerRow> =
        "SELECT transfer_id, full_name, birth, sex, admitted, official, home_town, job_title, workplace
         FROM transfer_newcomer WHERE transfer_id = $1";
    /// All newcomers.
    fn newcomers() -> each<NewcomerRow> =
        "SELECT transfer_id, full_name, birth, sex, admitted, official, home_town, job_title, workplace
         FROM transfer_newcomer ORDER BY transfer_id";
    /// Adds what happened during a stay.
    fn insert_turn(transfer_id: Id<Transfer>, seq: u32, turn: &str, on_day: Day, until_on: Day, number: &str, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO transfer_turn (transfer_id, seq, turn, on_day, until_on, number, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// What happened during a stay.
    fn turns_of(transfer_id: Id<Transfer>) -> many<TurnRow> =
        "SELECT transfer_id, seq, turn, on_day, until_on, number, note, recorded_at, recorded_by FROM transfer_turn
         WHERE transfer_id = $1 ORDER BY seq";
    /// All of it.
    fn turns() -> each<TurnRow> =
        "SELECT transfer_id, seq, turn, on_day, until_on, number, note, recorded_at, recorded_by FROM transfer_turn
         ORDER BY transfer_id, seq";
    /// What happened during the stays of the work list.
    fn open_turns(stay: u8) -> each<TurnRow> =
        "SELECT t.transfer_id, t.seq, t.turn, t.on_day, t.until_on, t.number, t.note, t.recorded_at, t.recorded_by
         FROM transfer_turn t JOIN transfer_open o ON o.transfer_id = t.transfer_id WHERE o.stay = $1
         ORDER BY t.transfer_id, t.seq";
    /// Writes down what is carried.
    fn insert_carried(transfer_id: Id<Transfer>, seq: u32, with_sheet: u8, with_card: u8, with_dossier: u8,
        index_confirmed: u8, with_review: u8, with_notices: u8, fee_through: Option<Day>, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO transfer_carried (transfer_id, seq, with_sheet, with_card, with_dossier, index_confirmed,
         with_review, with_notices, fee_through, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// What is carried, as last written down.
    fn carried(transfer_id: Id<Transfer>) -> one<CarriedRow> =
        "SELECT transfer_id, seq, with_sheet, with_card, with_dossier, index_confirmed, with_review, with_notices,
         fee_through, recorded_at, recorded_by FROM transfer_carried WHERE transfer_id = $1 ORDER BY seq DESC LIMIT 1";
}

/// Statements of this file, under another name.
pub const KINDS: &[&Statement] = STATEMENTS;
