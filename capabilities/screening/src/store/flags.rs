//! Flags, grounds, evidence, runs, campaigns, plans, reports.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::{Campaign, Report};

record! {
    /// A flag.
    pub struct FlagRow {
        /// Whose.
        person_id: Id<Person>,
        /// By which rule.
        rule: String,
        /// The day of the fact.
        since: Day,
        /// First seen.
        seen_on: Day,
        /// The fact is gone since; `Day::FOREVER` while it stands.
        closed_on: Day,
        /// Where the member was at home.
        unit_id: Id<Unit>,
        /// Key of the sentence.
        said_key: String,
        /// Its arguments, as JSON.
        said_args: String,
        /// Where the evidence is.
        href: String,
    }
}

record! {
    /// A ground raised or lifted.
    pub struct GroundRow {
        /// Whose.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the ground.
        ground: String,
        /// 1 raised, 0 lifted.
        raised: u8,
        /// Number of the document.
        number: String,
        /// Its day.
        on_day: Day,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A piece of evidence.
    pub struct EvidenceRow {
        /// Whose.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the item.
        item: String,
        /// Number of the document.
        number: String,
        /// Its day.
        on_day: Day,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A campaign.
    pub struct CampaignRow {
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// Whose subtree.
        unit_id: Id<Unit>,
        /// Of which year.
        year: i64,
        /// First day.
        opens_on: Day,
        /// Branches plan by.
        plan_by: Day,
        /// Lists are complete by.
        lists_by: Day,
        /// Number of the plan of the committee.
        number: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// The plan of a branch.
    pub struct PlanRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// Number of the plan.
        number: String,
        /// Its day.
        on_day: Day,
        /// By whom it was written down.
        recorded_by: String,
    }
}

record! {
    /// A report.
    pub struct ReportRow {
        /// Report.
        report_id: Id<Report>,
        /// Campaign.
        campaign_id: Id<Campaign>,
        /// Of which subtree.
        unit_id: Id<Unit>,
        /// When.
        made_at: Moment,
        /// By whom.
        made_by: String,
    }
}

record! {
    /// A figure of a report.
    pub struct FigureRow {
        /// Code.
        figure: String,
        /// So many.
        counted: i64,
    }
}

record! {
    /// A run.
    pub struct RunRow {
        /// When.
        run_at: Moment,
        /// Signals seen.
        signals: i64,
        /// Flags that are new.
        found: i64,
        /// Flags that closed.
        closed: i64,
        /// Who asked for it; empty at night.
        by_name: String,
    }
}

queries! {
    /// Flags closed on a day; with `Day::FOREVER` those that are open.
    fn open_flags(closed_on: Day) -> each<FlagRow> =
        "SELECT person_id, rule, since, seen_on, closed_on, unit_id, said_key, said_args, href FROM screening_flag
         WHERE closed_on = $1 ORDER BY person_id, rule, since";
    /// Flags of a member, open and closed.
    fn flags_of(person_id: Id<Person>) -> many<FlagRow> =
        "SELECT person_id, rule, since, seen_on, closed_on, unit_id, said_key, said_args, href FROM screening_flag
         WHERE person_id = $1 ORDER BY rule, since, seen_on";
    /// Adds flags.
    fn bulk_flags(person_id: Id<Person>, rule: String, since: Day, seen_on: Day, closed_on: Day, unit_id: Id<Unit>,
        said_key: String, said_args: String, href: String) -> bulk = "screening_flag";
    /// The fact is gone.
    fn close_flag(person_id: Id<Person>, rule: &str, since: Day, seen_on: Day, closed_on: Day) -> run =
        "UPDATE screening_flag SET closed_on = $5 WHERE person_id = $1 AND rule = $2 AND since = $3 AND seen_on = $4";
    /// The fact stands, told anew: the member moved, or the sentence counts on. Also opens what was closed the same day.
    fn retell_flag(person_id: Id<Person>, rule: &str, since: Day, seen_on: Day, closed_on: Day, unit_id: Id<Unit>,
        said_key: &str, said_args: &str, href: &str) -> run =
        "UPDATE screening_flag SET closed_on = $5, unit_id = $6, said_key = $7, said_args = $8, href = $9
         WHERE person_id = $1 AND rule = $2 AND since = $3 AND seen_on = $4";
    /// Raises or lifts a ground.
    fn insert_ground(person_id: Id<Person>, seq: u32, ground: &str, raised: u8, number: &str, on_day: Day,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO screening_ground (person_id, seq, ground, raised, number, on_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Grounds of a member, in order.
    fn grounds_of(person_id: Id<Person>) -> many<GroundRow> =
        "SELECT person_id, seq, ground, raised, number, on_day, recorded_at, recorded_by FROM screening_ground
         WHERE person_id = $1 ORDER BY seq";
    /// All grounds, by member and in order: raised by hand, and few.
    fn grounds() -> each<GroundRow> =
        "SELECT person_id, seq, ground, raised, number, on_day, recorded_at, recorded_by FROM screening_ground
         ORDER BY person_id, seq";
    /// Adds evidence.
    fn insert_evidence(person_id: Id<Person>, seq: u32, item: &str, number: &str, on_day: Day, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO screening_evidence (person_id, seq, item, number, on_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Evidence of a member.
    fn evidence_of(person_id: Id<Person>) -> many<EvidenceRow> =
        "SELECT person_id, seq, item, number, on_day, recorded_at, recorded_by FROM screening_evidence
         WHERE person_id = $1 ORDER BY seq";
    /// Adds a campaign.
    fn insert_campaign(campaign_id: Id<Campaign>, unit_id: Id<Unit>, year: i64, opens_on: Day, plan_by: Day, lists_by: Day,
        number: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO screening_campaign (campaign_id, unit_id, year, opens_on, plan_by, lists_by, number, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// All campaigns, the last first.
    fn campaigns() -> many<CampaignRow> =
        "SELECT campaign_id, unit_id, year, opens_on, plan_by, lists_by, number, recorded_at, recorded_by
         FROM screening_campaign ORDER BY year DESC, opens_on DESC, campaign_id";
    /// A campaign.
    fn campaign(campaign_id: Id<Campaign>) -> one<CampaignRow> =
        "SELECT campaign_id, unit_id, year, opens_on, plan_by, lists_by, number, recorded_at, recorded_by
         FROM screening_campaign WHERE campaign_id = $1";
    /// Adds the plan of a branch.
    fn insert_plan(unit_id: Id<Unit>, campaign_id: Id<Campaign>, number: &str, on_day: Day, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO screening_plan (unit_id, campaign_id, number, on_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Plans of a campaign.
    fn plans(campaign_id: Id<Campaign>) -> many<PlanRow> =
        "SELECT unit_id, number, on_day, recorded_by FROM screening_plan WHERE campaign_id = $1 ORDER BY unit_id";
    /// Adds a report.
    fn insert_report(report_id: Id<Report>, campaign_id: Id<Campaign>, unit_id: Id<Unit>, made_at: Moment, made_by: &str) -> run =
        "INSERT INTO screening_report (report_id, campaign_id, unit_id, made_at, made_by) VALUES ($1, $2, $3, $4, $5)";
    /// Reports of a unit in a campaign, the last first.
    fn reports(campaign_id: Id<Campaign>, unit_id: Id<Unit>) -> many<ReportRow> =
        "SELECT report_id, campaign_id, unit_id, made_at, made_by FROM screening_report
         WHERE campaign_id = $1 AND unit_id = $2 ORDER BY made_at DESC, report_id";
    /// A report.
    fn report(report_id: Id<Report>) -> one<ReportRow> =
        "SELECT report_id, campaign_id, unit_id, made_at, made_by FROM screening_report WHERE report_id = $1";
    /// Adds a figure.
    fn insert_figure(report_id: Id<Report>, figure: &str, counted: i64) -> run =
        "INSERT INTO screening_figure (report_id, figure, counted) VALUES ($1, $2, $3)";
    /// Figures of a report.
    fn figures(report_id: Id<Report>) -> many<FigureRow> =
        "SELECT figure, counted FROM screening_figure WHERE report_id = $1 ORDER BY figure";
    /// Adds a run.
    fn insert_run(run_at: Moment, signals: i64, found: i64, closed: i64, by_name: &str) -> run =
        "INSERT INTO screening_run (run_at, signals, found, closed, by_name) VALUES ($1, $2, $3, $4, $5)";
    /// The last run.
    fn last_run() -> one<RunRow> =
        "SELECT run_at, signals, found, closed, by_name FROM screening_run ORDER BY run_at DESC LIMIT 1";
}
