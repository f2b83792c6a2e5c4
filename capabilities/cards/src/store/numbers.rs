//! Numbers of dossiers: blocks, numbers given out, reports.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A block.
    pub struct BlockRow {
        /// Allotted to.
        unit_id: Id<Unit>,
        /// 1, 2, 3 …
        seq: u32,
        /// First number.
        first_no: u32,
        /// Last number.
        last_no: u32,
        /// Letters.
        letters: String,
        /// Members at that time.
        headcount: u32,
        /// On which day.
        on_day: Day,
        /// Number of the paper.
        number: String,
    }
}

record! {
    /// A report on the use of numbers.
    pub struct ReportRow {
        /// Of.
        unit_id: Id<Unit>,
        /// About.
        year: i32,
        /// 1, 2, 3 …
        seq: u32,
        /// Numbers allotted.
        allotted: u32,
        /// Numbers used.
        used: u32,
        /// Made.
        on_day: Day,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A number given out.
    pub struct NumberRow {
        /// To.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// The number.
        file_number: String,
        /// From the blocks of.
        unit_id: Id<Unit>,
        /// On which day.
        on_day: Day,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Every block.
    fn blocks() -> many<BlockRow> =
        "SELECT unit_id, seq, first_no, last_no, letters, headcount, on_day, number FROM lot_block
         ORDER BY letters, first_no";
    /// The blocks of an organisation, in the order they were allotted.
    fn blocks_of(unit_id: Id<Unit>) -> many<BlockRow> =
        "SELECT unit_id, seq, first_no, last_no, letters, headcount, on_day, number FROM lot_block
         WHERE unit_id = $1 ORDER BY seq";
    /// How many blocks an organisation has.
    fn block_count(unit_id: Id<Unit>) -> one<i64> =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM lot_block WHERE unit_id = $1";
    /// Adds a block.
    fn insert_block(unit_id: Id<Unit>, seq: u32, first_no: u32, last_no: u32, letters: &str, headcount: u32, on_day: Day,
        number: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO lot_block (unit_id, seq, first_no, last_no, letters, headcount, on_day, number, rulebook,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Reports about a year.
    fn reports_of_year(year: i32) -> many<ReportRow> =
        "SELECT unit_id, year, seq, allotted, used, on_day, recorded_by FROM lot_report WHERE year = $1
         ORDER BY unit_id, seq";
    /// Adds a report.
    fn insert_report(unit_id: Id<Unit>, year: i32, seq: u32, allotted: u32, used: u32, on_day: Day, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO lot_report (unit_id, year, seq, allotted, used, on_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Numbers given to a member.
    fn numbers_of(person_id: Id<Person>) -> many<NumberRow> =
        "SELECT person_id, seq, file_number, unit_id, on_day, recorded_by FROM lot_number WHERE person_id = $1
         ORDER BY seq";
    /// Gives a number to a member.
    fn insert_number(person_id: Id<Person>, seq: u32, file_number: &str, unit_id: Id<Unit>, on_day: Day, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO lot_number (person_id, seq, file_number, unit_id, on_day, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Whom a number was given to.
    fn number_owner(file_number: &str) -> one<Id<Person>> =
        "SELECT person_id FROM lot_key WHERE file_number = $1";
    /// Keeps a number from being given again.
    fn add_number(file_number: &str, person_id: Id<Person>) -> run =
        "INSERT INTO lot_key (file_number, person_id) VALUES ($1, $2)";
    /// Numbers given out in a range.
    fn given_between(first: &str, last: &str) -> many<String> =
        "SELECT file_number FROM lot_key WHERE file_number >= $1 AND file_number <= $2 ORDER BY file_number";
}
