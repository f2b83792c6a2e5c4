//! Quarterly briefings and what they asked branches to do.

use chibo_kernel::{Day, Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A briefing.
    pub struct BriefingRow {
        /// 1, 2, 3 … within the committee.
        briefing_no: u32,
        /// First month of the quarter.
        quarter: i32,
        /// Held on.
        on_day: Day,
        /// 1 open, 2 closed.
        state: u8,
        /// Grows with every change.
        version: u32,
        /// Agenda, a line an item.
        agenda: String,
        /// Minutes.
        minutes: String,
        /// Branches whose secretary did not come, by spaces.
        absent: String,
        /// Written down.
        recorded_at: Moment,
        /// By.
        recorded_by: String,
    }
}

record! {
    /// Something a branch has to do.
    pub struct BriefingTaskRow {
        /// Briefing.
        briefing_no: u32,
        /// 1, 2, 3 … within the briefing.
        task_no: u32,
        /// Branch.
        branch_id: Id<Unit>,
        /// What.
        what: String,
        /// Last day.
        due: Day,
        /// Done on; far in the future while it is open.
        done_on: Day,
    }
}

record! {
    /// Something a branch still has to do.
    pub struct OpenTaskRow {
        /// Branch.
        branch_id: Id<Unit>,
        /// What.
        what: String,
        /// Last day.
        due: Day,
    }
}

record! {
    /// Overdue assignments of a branch's members.
    pub struct OverdueRow {
        /// Branch that gave them.
        unit_id: Id<Unit>,
        /// How many.
        count: i64,
    }
}

queries! {
    /// Opens a briefing.
    fn add_briefing(unit_id: Id<Unit>, briefing_no: u32, quarter: i32, on_day: Day, agenda: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO meeting_briefing (unit_id, briefing_no, quarter, on_day, state, version, agenda, minutes, absent,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, 1, 1, $5, '', '', $6, $7)";
    /// Writes an open briefing over, or closes it, if nobody was faster.
    fn save_briefing(unit_id: Id<Unit>, briefing_no: u32, version: u32, on_day: Day, state: u8, agenda: &str, minutes: &str,
        absent: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "UPDATE meeting_briefing SET version = version + 1, on_day = $4, state = $5, agenda = $6, minutes = $7, absent = $8,
         recorded_at = $9, recorded_by = $10
         WHERE unit_id = $1 AND briefing_no = $2 AND version = $3 AND state = 1";
    /// Briefings of a committee, the newest first.
    fn briefings(unit_id: Id<Unit>) -> many<BriefingRow> =
        "SELECT briefing_no, quarter, on_day, state, version, agenda, minutes, absent, recorded_at, recorded_by
         FROM meeting_briefing WHERE unit_id = $1 ORDER BY briefing_no DESC";
    /// Adds a task.
    fn add_briefing_task(unit_id: Id<Unit>, briefing_no: u32, task_no: u32, branch_id: Id<Unit>, what: &str, due: Day,
        done_on: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_briefing_task (unit_id, briefing_no, task_no, branch_id, what, due, done_on, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Tasks of a committee's briefings.
    fn briefing_tasks(unit_id: Id<Unit>) -> many<BriefingTaskRow> =
        "SELECT briefing_no, task_no, branch_id, what, due, done_on FROM meeting_briefing_task
         WHERE unit_id = $1 ORDER BY briefing_no, task_no";
    /// Tasks of every briefing that are not done and due until a day.
    fn open_briefing_tasks(done_on: Day, due: Day) -> many<OpenTaskRow> =
        "SELECT branch_id, what, due FROM meeting_briefing_task
         WHERE done_on = $1 AND due <= $2 ORDER BY unit_id, briefing_no, task_no";
    /// Ends a task.
    fn end_briefing_task(unit_id: Id<Unit>, briefing_no: u32, task_no: u32, done_on: Day, recorded_at: Moment,
        recorded_by: &str) -> run =
        "UPDATE meeting_briefing_task SET done_on = $4, recorded_at = $5, recorded_by = $6
         WHERE unit_id = $1 AND briefing_no = $2 AND task_no = $3 AND done_on > $4";
    /// Open assignments of members past their day, by the branch that gave them.
    fn overdue_by_branch(day: Day) -> many<OverdueRow> =
        "SELECT unit_id, COUNT(*) AS count FROM meeting_task WHERE outcome = 0 AND due < $1 GROUP BY unit_id
         ORDER BY unit_id";
}
