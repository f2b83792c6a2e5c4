//! The tables of the desk.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

pub mod merge_rows;
pub mod reconciliations;

/// A cleaning campaign (đợt làm sạch dữ liệu).
#[derive(Debug)]
pub enum Campaign {}

record! {
    /// An open finding.
    pub struct FindingRow {
        /// Member.
        person_id: Id<Person>,
        /// Which check.
        code: String,
        /// First seen.
        seen_on: Day,
        /// Where his record is kept.
        unit_id: Id<Unit>,
    }
}

record! {
    /// A finding with its time.
    pub struct SpanRow {
        /// Which check.
        code: String,
        /// First seen.
        seen_on: Day,
        /// No more; for ever away while it is open.
        closed_on: Day,
        /// Where the record is kept.
        unit_id: Id<Unit>,
    }
}

record! {
    /// Two records of two people.
    pub struct ApartRow {
        /// One.
        person_id: Id<Person>,
        /// The other.
        other_id: Id<Person>,
    }
}

record! {
    /// A run over the register.
    pub struct RunRow {
        /// When.
        run_at: Moment,
        /// Members looked at.
        members: i64,
        /// Findings that are new.
        found: i64,
        /// Findings that are no more.
        closed: i64,
        /// Who asked for it.
        by_name: String,
    }
}

record! {
    /// How many a check found in a run.
    pub struct CountRow {
        /// Check.
        code: String,
        /// So many.
        count: i64,
    }
}

record! {
    /// A campaign.
    pub struct CampaignRow {
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// Whose records.
        unit_id: Id<Unit>,
        /// What it is called.
        title: String,
        /// First day.
        starts_on: Day,
        /// Last day.
        ends_on: Day,
        /// Findings when it began.
        opened: i64,
        /// Begun at.
        created_at: Moment,
        /// By whom.
        created_name: String,
    }
}

queries! {
    /// Open findings, by member.
    fn open(closed_on: Day) -> each<FindingRow> =
        "SELECT person_id, code, seen_on, unit_id FROM finding WHERE closed_on = $1 ORDER BY person_id, code";
    /// Findings that were open after a day.
    fn open_after(day: Day) -> each<SpanRow> = "SELECT code, seen_on, closed_on, unit_id FROM finding WHERE closed_on > $1";
    /// Adds findings.
    fn bulk_findings(person_id: Id<Person>, code: String, seen_on: Day, closed_on: Day, unit_id: Id<Unit>) -> bulk = "finding";
    /// A finding is no more.
    fn close(person_id: Id<Person>, code: &str, seen_on: Day, closed_on: Day) -> run =
        "UPDATE finding SET closed_on = $4 WHERE person_id = $1 AND code = $2 AND seen_on = $3";
    /// A finding of a record that is kept elsewhere by now.
    fn moved(person_id: Id<Person>, code: &str, seen_on: Day, unit_id: Id<Unit>) -> run =
        "UPDATE finding SET unit_id = $4 WHERE person_id = $1 AND code = $2 AND seen_on = $3";
    /// A finding that went away and came back on one day stands again.
    fn again(person_id: Id<Person>, code: &str, seen_on: Day, closed_on: Day, unit_id: Id<Unit>) -> run =
        "UPDATE finding SET closed_on = $4, unit_id = $5 WHERE person_id = $1 AND code = $2 AND seen_on = $3";
    /// How many findings went away on a day.
    fn closed_on(closed_on: Day) -> one<i64> = "SELECT COUNT(*) FROM finding WHERE closed_on = $1";
    /// All open findings of a record are no more.
    fn close_all(person_id: Id<Person>, open: Day, closed_on: Day) -> run =
        "UPDATE finding SET closed_on = $3 WHERE person_id = $1 AND closed_on = $2";
    /// An open finding of a record is no more, whenever it was seen first.
    fn close_code(person_id: Id<Person>, code: &str, open: Day, closed_on: Day) -> run =
        "UPDATE finding SET closed_on = $4 WHERE person_id = $1 AND code = $2 AND closed_on = $3";
    /// Notes that two records are of two people; once is enough.
    fn apart(person_id: Id<Person>, other_id: Id<Person>, noted_at: Moment, noted_by: &str, reason: &str) -> run =
        "INSERT INTO quality_apart (person_id, other_id, noted_at, noted_by, reason) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (person_id, other_id) DO NOTHING";
    /// Every two records of two people.
    fn all_apart() -> many<ApartRow> = "SELECT person_id, other_id FROM quality_apart";
    /// Adds a run.
    fn insert_run(run_at: Moment, members: i64, found: i64, closed: i64, by_name: &str) -> run =
        "INSERT INTO quality_run (run_at, members, found, closed, by_name) VALUES ($1, $2, $3, $4, $5)";
    /// Adds counts of a run.
    fn bulk_counts(run_at: Moment, code: String, count: i64) -> bulk = "quality_count";
    /// The last runs.
    fn runs(most: i64) -> many<RunRow> =
        "SELECT run_at, members, found, closed, by_name FROM quality_run ORDER BY run_at DESC LIMIT $1";
    /// Counts of a run.
    fn counts(run_at: Moment) -> many<CountRow> =
        "SELECT code, count FROM quality_count WHERE run_at = $1 ORDER BY code";
    /// Adds a campaign.
    fn insert_campaign(campaign_id: Id<Campaign>, unit_id: Id<Unit>, title: &str, starts_on: Day, ends_on: Day,
        opened: i64, created_at: Moment, created_name: &str) -> run =
        "INSERT INTO quality_campaign (campaign_id, unit_id, title, starts_on, ends_on, opened, created_at, created_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// All campaigns, the last first.
    fn campaigns() -> many<CampaignRow> =
        "SELECT campaign_id, unit_id, title, starts_on, ends_on, opened, created_at, created_name
         FROM quality_campaign ORDER BY ends_on DESC, campaign_id";
}
