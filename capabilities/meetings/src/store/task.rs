//! Assignments.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Task;

record! {
    /// An assignment.
    pub struct TaskRow {
        /// The branch that gave it.
        unit_id: Id<Unit>,
        /// Which.
        task_id: Id<Task>,
        /// Meeting it was given at.
        meeting_no: u32,
        /// Whose it is.
        member_id: Id<Person>,
        /// What.
        what: String,
        /// What comes out.
        product: String,
        /// Last day.
        due: Day,
        /// 0 open, 1 done in time, 2 done late, 3 dropped.
        outcome: u8,
        /// Done on.
        done_on: Option<Day>,
        /// What was said.
        note: String,
    }
}

queries! {
    /// Gives an assignment.
    fn add_task(unit_id: Id<Unit>, task_id: Id<Task>, meeting_no: u32, member_id: Id<Person>, what: &str, product: &str,
        due: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_task (unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, NULL, '', $8, $9)";
    /// Says what became of an assignment that was open.
    fn end_task(unit_id: Id<Unit>, task_id: Id<Task>, outcome: u8, done_on: Option<Day>, note: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "UPDATE meeting_task SET outcome = $3, done_on = $4, note = $5, recorded_at = $6, recorded_by = $7
         WHERE unit_id = $1 AND task_id = $2 AND outcome = 0";
    /// An assignment.
    fn task(unit_id: Id<Unit>, task_id: Id<Task>) -> one<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE unit_id = $1 AND task_id = $2";
    /// Assignments a branch gave, due between two days.
    fn tasks_due(unit_id: Id<Unit>, from: Day, until: Day) -> many<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE unit_id = $1 AND due >= $2 AND due <= $3 ORDER BY due, task_id";
    /// Assignments given at a meeting.
    fn tasks_given(unit_id: Id<Unit>, meeting_no: u32) -> many<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE unit_id = $1 AND meeting_no = $2 ORDER BY due, task_id";
    /// Open assignments of a member, wherever they were given.
    fn open_of(member_id: Id<Person>) -> many<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE member_id = $1 AND outcome = 0 ORDER BY due, task_id";
}
