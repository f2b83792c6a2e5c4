//! Planned themes of branches; months of Party groups.

use chibo_kernel::{Day, Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A theme, as last planned.
    pub struct PlanRow {
        /// First month of the quarter.
        quarter: i32,
        /// 1, 2, 3 …
        version: u32,
        /// The theme.
        topic: String,
    }
}

record! {
    /// A branch with a plan.
    pub struct PlannedRow {
        /// Branch.
        unit_id: Id<Unit>,
    }
}

record! {
    /// A month of a group, as last written.
    pub struct GroupRow {
        /// Group.
        group_unit: Id<Unit>,
        /// Month.
        month: i32,
        /// 1, 2, 3 …
        version: u32,
        /// Met on.
        on_day: Day,
        /// Members of the group.
        listed: u32,
        /// Of them present.
        present: u32,
        /// What was discussed and decided.
        done: String,
    }
}

record! {
    /// A group that met.
    pub struct MetRow {
        /// Group.
        group_unit: Id<Unit>,
    }
}

queries! {
    /// Plans a theme.
    fn add_plan(unit_id: Id<Unit>, quarter: i32, version: u32, topic: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_plan (unit_id, quarter, version, topic, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6)";
    /// Themes of a branch from a quarter on, every version.
    fn plans(unit_id: Id<Unit>, quarter: i32) -> many<PlanRow> =
        "SELECT quarter, version, topic FROM meeting_plan WHERE unit_id = $1 AND quarter >= $2 ORDER BY quarter, version";
    /// Branches that planned a quarter.
    fn planned(quarter: i32) -> each<PlannedRow> =
        "SELECT unit_id FROM meeting_plan WHERE quarter = $1 ORDER BY unit_id";
    /// Writes a month of a group.
    fn add_group_month(unit_id: Id<Unit>, group_unit: Id<Unit>, month: i32, version: u32, on_day: Day, listed: u32,
        present: u32, done: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_group (unit_id, group_unit, month, version, on_day, listed, present, done, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Months of the groups of a branch from one on, every version.
    fn group_months(unit_id: Id<Unit>, month: i32) -> many<GroupRow> =
        "SELECT group_unit, month, version, on_day, listed, present, done FROM meeting_group
         WHERE unit_id = $1 AND month >= $2 ORDER BY month, group_unit, version";
    /// Groups that met in a month.
    fn groups_met(month: i32) -> each<MetRow> =
        "SELECT group_unit FROM meeting_group WHERE month = $1 ORDER BY group_unit";
}
