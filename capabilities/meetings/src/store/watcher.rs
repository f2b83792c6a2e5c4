//! Who attends from above, and whether he did.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// Somebody assigned to a branch.
    pub struct WatcherRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// 1, 2, 3 … within the branch.
        watcher_no: u32,
        /// Who.
        member_id: Id<Person>,
        /// First day.
        from_day: Day,
        /// First day no longer.
        to_day: Day,
    }
}

record! {
    /// A meeting with whether he was there.
    pub struct VisitRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// Meeting.
        meeting_no: u32,
        /// Whose.
        watcher_no: u32,
        /// Day of the meeting.
        on_day: Day,
        /// 1 was there.
        attended: u8,
        /// What he remarked.
        remark: String,
    }
}

queries! {
    /// Assigns somebody.
    fn add_watcher(unit_id: Id<Unit>, watcher_no: u32, member_id: Id<Person>, from_day: Day, to_day: Day,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_watcher (unit_id, watcher_no, member_id, from_day, to_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Ends an assignment.
    fn end_watcher(unit_id: Id<Unit>, watcher_no: u32, to_day: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "UPDATE meeting_watcher SET to_day = $3, recorded_at = $4, recorded_by = $5
         WHERE unit_id = $1 AND watcher_no = $2 AND to_day > $3";
    /// Everybody ever assigned to a branch.
    fn watchers_of(unit_id: Id<Unit>) -> many<WatcherRow> =
        "SELECT unit_id, watcher_no, member_id, from_day, to_day FROM meeting_watcher WHERE unit_id = $1
         ORDER BY watcher_no";
    /// Everybody assigned anywhere on a day.
    fn watchers_on(day: Day) -> each<WatcherRow> =
        "SELECT unit_id, watcher_no, member_id, from_day, to_day FROM meeting_watcher
         WHERE from_day <= $1 AND to_day > $1 ORDER BY unit_id, watcher_no";
    /// Says whether somebody attended.
    fn put_visit(unit_id: Id<Unit>, meeting_no: u32, watcher_no: u32, on_day: Day, attended: u8, remark: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_visit (unit_id, meeting_no, watcher_no, on_day, attended, remark, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (unit_id, meeting_no, watcher_no) DO UPDATE SET on_day = excluded.on_day,
         attended = excluded.attended, remark = excluded.remark, recorded_at = excluded.recorded_at,
         recorded_by = excluded.recorded_by";
    /// Forgets the visits of a meeting that never took place.
    fn drop_visits(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_visit WHERE unit_id = $1 AND meeting_no = $2";
    /// Visits to a branch.
    fn visits_of(unit_id: Id<Unit>) -> many<VisitRow> =
        "SELECT unit_id, meeting_no, watcher_no, on_day, attended, remark FROM meeting_visit WHERE unit_id = $1
         ORDER BY on_day DESC, meeting_no, watcher_no";
    /// Visits everywhere since a day.
    fn visits_since(day: Day) -> each<VisitRow> =
        "SELECT unit_id, meeting_no, watcher_no, on_day, attended, remark FROM meeting_visit WHERE on_day >= $1
         ORDER BY unit_id, watcher_no, on_day";
}
