//! The tables of fees.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// What a member pays by, from a month on.
    pub struct CategoryRow {
        /// Whose.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// From this month on.
        from_month: i32,
        /// Number of the category.
        category: u8,
        /// Code of the ground of an exemption.
        ground: String,
        /// Region of the minimum wage.
        region: u8,
        /// Sealed base; empty when there is none.
        base: Vec<u8>,
        /// What there is to say.
        note: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A book with its totals.
    pub struct BookRow {
        /// Whose.
        unit_id: Id<Unit>,
        /// Month.
        month: i32,
        /// 1, 2, 3 …
        version: u32,
        /// Closed.
        closed: bool,
        /// Members in it.
        members: i64,
        /// Who owe something.
        liable: i64,
        /// Who have paid.
        payers: i64,
        /// Who have not, with a reason.
        excused: i64,
        /// Who owe nothing.
        exempt: i64,
        /// Owed.
        due: i64,
        /// Collected.
        collected: i64,
        /// For earlier months.
        back: i64,
        /// For later months.
        ahead: i64,
        /// More than owed.
        extra: i64,
        /// Why it was corrected.
        reason: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
        /// Until when it held.
        superseded_at: Moment,
    }
}

record! {
    /// The few totals a grid of many months needs.
    pub struct GridRow {
        /// Whose.
        unit_id: Id<Unit>,
        /// Month.
        month: i32,
        /// Closed.
        closed: bool,
        /// Who owe something.
        liable: i64,
        /// Who have paid.
        payers: i64,
    }
}

record! {
    /// A line of a book.
    pub struct LineRow {
        /// Whose book.
        unit_id: Id<Unit>,
        /// The month of the book.
        book_month: i32,
        /// Version of the book.
        version: u32,
        /// Who.
        person_id: Id<Person>,
        /// For which month.
        for_month: i32,
        /// The book is closed.
        closed: bool,
        /// Number of the state.
        state: u8,
        /// Owed.
        due: i64,
        /// Paid.
        amount: i64,
        /// Code of the way.
        way: String,
        /// Number of the receipt.
        receipt: String,
        /// Code of the reason.
        reason: String,
        /// What there is to say.
        note: String,
        /// Version decided under.
        rulebook: String,
        /// Until when it held.
        superseded_at: Moment,
    }
}

record! {
    /// A month unpaid.
    pub struct ArrearRow {
        /// Who.
        person_id: Id<Person>,
        /// Which month.
        month: i32,
        /// 1, 2, 3 …
        seq: u32,
        /// In whose book.
        unit_id: Id<Unit>,
        /// Code of the reason.
        reason: String,
        /// Since when.
        opened_on: Day,
        /// Until when.
        settled_on: Day,
    }
}

record! {
    /// A remittance.
    pub struct RemittanceRow {
        /// Who sends.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        no: u32,
        /// Who receives.
        to_unit: Id<Unit>,
        /// First month.
        from_month: i32,
        /// Last month.
        to_month: i32,
        /// What it is a share of.
        base: i64,
        /// What should be passed.
        expected: i64,
        /// What was.
        sent: i64,
        /// When.
        sent_on: Day,
        /// Number of the paper.
        number: String,
        /// What there is to say.
        note: String,
        /// Version decided under.
        rulebook: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// How a remittance ended.
    pub struct EndRow {
        /// Who sent.
        unit_id: Id<Unit>,
        /// Its number.
        no: u32,
        /// 1 received, 2 withdrawn.
        state: u8,
        /// What arrived.
        amount: i64,
        /// When.
        on_day: Day,
        /// Number of the receipt.
        number: String,
        /// What there is to say.
        note: String,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A remittance nobody has ended.
    pub struct OpenRow {
        /// Who sent.
        unit_id: Id<Unit>,
        /// Its number.
        no: u32,
        /// Who receives.
        to_unit: Id<Unit>,
        /// When it was sent.
        sent_on: Day,
    }
}

record! {
    /// What a level keeps.
    pub struct ShareRow {
        /// Who set it.
        unit_id: Id<Unit>,
        /// Code of the level.
        level: String,
        /// 1, 2, 3 …
        seq: u32,
        /// From this month on.
        from_month: i32,
        /// Parts kept.
        part: u32,
        /// Of so many.
        whole: u32,
        /// Why.
        reason: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Adds categories.
    fn bulk_categories(person_id: Id<Person>, seq: u32, from_month: i32, category: u8, ground: String, region: u8,
        base: Vec<u8>, note: String, recorded_at: Moment, recorded_by: String) -> bulk = "fee_category";
    /// Categories of a member.
    fn categories_of(person_id: Id<Person>) -> many<CategoryRow> =
        "SELECT person_id, seq, from_month, category, ground, region, base, note, recorded_at, recorded_by
         FROM fee_category WHERE person_id = $1 ORDER BY seq";
    /// Adds books.
    fn bulk_books(unit_id: Id<Unit>, month: i32, version: u32, closed: bool, members: i64, liable: i64, payers: i64,
        excused: i64, exempt: i64, due: i64, collected: i64, back: i64, ahead: i64, extra: i64, reason: String,
        recorded_at: Moment, recorded_by: String, superseded_at: Moment) -> bulk = "fee_book";
    /// A book as it is believed.
    fn book(unit_id: Id<Unit>, month: i32, superseded_at: Moment) -> one<BookRow> =
        "SELECT unit_id, month, version, closed, members, liable, payers, excused, exempt, due, collected, back, ahead, extra,
         reason, recorded_at, recorded_by, superseded_at FROM fee_book
         WHERE unit_id = $1 AND month = $2 AND superseded_at = $3";
    /// All versions of a book, the newest first.
    fn versions(unit_id: Id<Unit>, month: i32) -> many<BookRow> =
        "SELECT unit_id, month, version, closed, members, liable, payers, excused, exempt, due, collected, back, ahead, extra,
         reason, recorded_at, recorded_by, superseded_at FROM fee_book
         WHERE unit_id = $1 AND month = $2 ORDER BY version DESC";
    /// The books of a unit between two months.
    fn books_of(unit_id: Id<Unit>, from_month: i32, to_month: i32, superseded_at: Moment) -> many<BookRow> =
        "SELECT unit_id, month, version, closed, members, liable, payers, excused, exempt, due, collected, back, ahead, extra,
         reason, recorded_at, recorded_by, superseded_at FROM fee_book
         WHERE unit_id = $1 AND month >= $2 AND month <= $3 AND superseded_at = $4 ORDER BY month";
    /// The books of all units for a month.
    fn books_in(month: i32, superseded_at: Moment) -> each<BookRow> =
        "SELECT unit_id, month, version, closed, members, liable, payers, excused, exempt, due, collected, back, ahead, extra,
         reason, recorded_at, recorded_by, superseded_at FROM fee_book
         WHERE month = $1 AND superseded_at = $2";
    /// The few totals of all units for a month.
    fn grid_in(month: i32, superseded_at: Moment) -> each<GridRow> =
        "SELECT unit_id, month, closed, liable, payers FROM fee_book WHERE month = $1 AND superseded_at = $2";
    /// A book no longer holds.
    fn supersede_book(unit_id: Id<Unit>, month: i32, believed: Moment, superseded_at: Moment) -> run =
        "UPDATE fee_book SET superseded_at = $4 WHERE unit_id = $1 AND month = $2 AND superseded_at = $3";
    /// Adds lines.
    fn bulk_lines(unit_id: Id<Unit>, book_month: i32, version: u32, person_id: Id<Person>, for_month: i32, closed: bool,
        state: u8, due: i64, amount: i64, way: String, receipt: String, reason: String, note: String, rulebook: String,
        superseded_at: Moment) -> bulk = "fee_line";
    /// Lines of a version of a book.
    fn lines_of(unit_id: Id<Unit>, book_month: i32, version: u32) -> many<LineRow> =
        "SELECT unit_id, book_month, version, person_id, for_month, closed, state, due, amount, way, receipt, reason, note,
         rulebook, superseded_at FROM fee_line
         WHERE unit_id = $1 AND book_month = $2 AND version = $3 ORDER BY person_id, for_month";
    /// Lines of a version of a book no longer hold.
    fn supersede_lines(unit_id: Id<Unit>, book_month: i32, version: u32, superseded_at: Moment) -> run =
        "UPDATE fee_line SET superseded_at = $4 WHERE unit_id = $1 AND book_month = $2 AND version = $3";
    /// Lines about a member and the months between two, as they are believed.
    fn lines_about(person_id: Id<Person>, from_month: i32, to_month: i32, superseded_at: Moment) -> many<LineRow> =
        "SELECT unit_id, book_month, version, person_id, for_month, closed, state, due, amount, way, receipt, reason, note,
         rulebook, superseded_at FROM fee_line
         WHERE person_id = $1 AND for_month >= $2 AND for_month <= $3 AND superseded_at = $4
         ORDER BY for_month, book_month";
    /// Adds months unpaid.
    fn bulk_arrears(person_id: Id<Person>, month: i32, seq: u32, unit_id: Id<Unit>, reason: String, opened_on: Day,
        settled_on: Day) -> bulk = "fee_arrear";
    /// Months unpaid of a member.
    fn arrears_of(person_id: Id<Person>) -> many<ArrearRow> =
        "SELECT person_id, month, seq, unit_id, reason, opened_on, settled_on FROM fee_arrear
         WHERE person_id = $1 ORDER BY month, seq";
    /// A month is settled.
    fn settle(person_id: Id<Person>, month: i32, seq: u32, settled_on: Day) -> run =
        "UPDATE fee_arrear SET settled_on = $4 WHERE person_id = $1 AND month = $2 AND seq = $3";
    /// Months unpaid between two, not settled, by member.
    fn open_arrears(settled_on: Day, from_month: i32, to_month: i32) -> each<ArrearRow> =
        "SELECT person_id, month, seq, unit_id, reason, opened_on, settled_on FROM fee_arrear
         WHERE settled_on = $1 AND month >= $2 AND month <= $3 ORDER BY person_id, month";
    /// Adds a remittance.
    fn insert_remittance(unit_id: Id<Unit>, no: u32, to_unit: Id<Unit>, from_month: i32, to_month: i32, base: i64,
        expected: i64, sent: i64, sent_on: Day, number: &str, note: &str, rulebook: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO fee_remittance (unit_id, no, to_unit, from_month, to_month, base, expected, sent, sent_on, number, note,
         rulebook, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    /// Remittances of a unit.
    fn remittances_of(unit_id: Id<Unit>) -> many<RemittanceRow> =
        "SELECT unit_id, no, to_unit, from_month, to_month, base, expected, sent, sent_on, number, note, rulebook, recorded_at,
         recorded_by FROM fee_remittance WHERE unit_id = $1 ORDER BY no";
    /// Remittances to a unit whose last month lies between two.
    fn remittances_to(to_unit: Id<Unit>, from_month: i32, to_month: i32) -> many<RemittanceRow> =
        "SELECT unit_id, no, to_unit, from_month, to_month, base, expected, sent, sent_on, number, note, rulebook, recorded_at,
         recorded_by FROM fee_remittance WHERE to_unit = $1 AND to_month >= $2 AND to_month <= $3
         ORDER BY to_month, unit_id, no";
    /// Ends a remittance.
    fn insert_end(unit_id: Id<Unit>, no: u32, state: u8, amount: i64, on_day: Day, number: &str, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO fee_remittance_end (unit_id, no, state, amount, on_day, number, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// How the remittances of a unit ended.
    fn ends_of(unit_id: Id<Unit>) -> many<EndRow> =
        "SELECT unit_id, no, state, amount, on_day, number, note, recorded_by FROM fee_remittance_end
         WHERE unit_id = $1 ORDER BY no";
    /// Remittances nobody has ended.
    fn open_remittances() -> each<OpenRow> =
        "SELECT r.unit_id, r.no, r.to_unit, r.sent_on FROM fee_remittance r
         LEFT JOIN fee_remittance_end e ON e.unit_id = r.unit_id AND e.no = r.no WHERE e.no IS NULL";
    /// Adds a share.
    fn insert_share(unit_id: Id<Unit>, level: &str, seq: u32, from_month: i32, part: u32, whole: u32, reason: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO fee_share (unit_id, level, seq, from_month, part, whole, reason, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Shares set by a unit.
    fn shares_of(unit_id: Id<Unit>) -> many<ShareRow> =
        "SELECT unit_id, level, seq, from_month, part, whole, reason, recorded_at, recorded_by FROM fee_share
         WHERE unit_id = $1 ORDER BY level, seq";
}
