//! Assignments.

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_store::{Tx, queries, record};

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
    /// Assignments given at a meeting.
    fn tasks_given(unit_id: Id<Unit>, meeting_no: u32) -> many<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE unit_id = $1 AND meeting_no = $2 ORDER BY due, task_id";
    /// Assignments of a member, wherever they were given.
    fn tasks_of(member_id: Id<Person>) -> many<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE member_id = $1 ORDER BY due, task_id";
    /// Assignments of six members, wherever they were given: one round trip instead of six. Who asks for fewer repeats one.
    fn tasks_of_six(m1: Id<Person>, m2: Id<Person>, m3: Id<Person>, m4: Id<Person>, m5: Id<Person>, m6: Id<Person>)
        -> many<TaskRow> =
        "SELECT unit_id, task_id, meeting_no, member_id, what, product, due, outcome, done_on, note FROM meeting_task
         WHERE member_id IN ($1, $2, $3, $4, $5, $6) ORDER BY due, task_id";
}

/// Assignments of members, wherever they were given.
///
/// # Errors
/// Problems of the database.
pub fn tasks_of_many(tx: &mut Tx<'_>, members: &[Id<Person>]) -> Result<Vec<TaskRow>, Problem> {
    let mut found = Vec::new();
    for some in members.chunks(6) {
        let Some(last) = some.last() else { continue };
        let mut all = [*last; 6];
        all.iter_mut().zip(some).for_each(|(place, id)| *place = *id);
        let [m1, m2, m3, m4, m5, m6] = all;
        found.extend(tasks_of_six(tx, m1, m2, m3, m4, m5, m6)?);
    }
    Ok(found)
}
