//! Models of meetings, guidance by setting, resolutions to be studied.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A version of a model meeting.
    pub struct ModelRow {
        /// Committee.
        unit_id: Id<Unit>,
        /// 1, 2, 3 … within the committee.
        model_no: u32,
        /// 1, 2, 3 … the newest holds.
        version_no: u32,
        /// Number of the setting it is for.
        setting: u8,
        /// Title.
        title: String,
        /// Agenda, a line an item.
        agenda: String,
        /// Minutes to read.
        minutes: String,
        /// What others can learn from it.
        lessons: String,
        /// 1 no longer offered.
        withdrawn: u8,
        /// Why not.
        reason: String,
        /// Written down.
        recorded_at: Moment,
        /// By.
        recorded_by: String,
    }
}

record! {
    /// A version of a guidance.
    pub struct GuidanceRow {
        /// Committee.
        unit_id: Id<Unit>,
        /// Number of the setting.
        setting: u8,
        /// 1, 2, 3 …
        version_no: u32,
        /// First day.
        from_day: Day,
        /// First day no longer.
        to_day: Day,
        /// What it says.
        body: String,
        /// Written down.
        recorded_at: Moment,
        /// By.
        recorded_by: String,
    }
}

record! {
    /// A resolution to be studied.
    pub struct StudyRow {
        /// Committee that asks for it.
        unit_id: Id<Unit>,
        /// 1, 2, 3 … within the committee.
        study_no: u32,
        /// Number and sign.
        number: String,
        /// Title.
        title: String,
        /// Who issued it.
        issuer: String,
        /// When.
        issued_on: Day,
        /// Branches study it until.
        due_on: Day,
        /// No longer asked for since.
        withdrawn_on: Day,
        /// Written down.
        recorded_at: Moment,
        /// By.
        recorded_by: String,
    }
}

record! {
    /// A branch that studied one.
    pub struct StudiedRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// Committee that asked for it.
        committee_id: Id<Unit>,
        /// Which.
        study_no: u32,
        /// In which meeting.
        meeting_no: u32,
        /// Held on.
        on_day: Day,
    }
}

record! {
    /// An absence without a reason from a closed regular meeting.
    pub struct AbsenceRow {
        /// Who.
        member_id: Id<Person>,
        /// Month.
        month: i32,
        /// Day of the meeting.
        on_day: Option<Day>,
    }
}

queries! {
    /// Keeps a version of a model.
    fn add_model(unit_id: Id<Unit>, model_no: u32, version_no: u32, setting: u8, title: &str, agenda: &str, minutes: &str,
        lessons: &str, withdrawn: u8, reason: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_model (unit_id, model_no, version_no, setting, title, agenda, minutes, lessons, withdrawn, reason,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Models of a committee, versions in order.
    fn models(unit_id: Id<Unit>) -> many<ModelRow> =
        "SELECT unit_id, model_no, version_no, setting, title, agenda, minutes, lessons, withdrawn, reason, recorded_at,
         recorded_by FROM meeting_model WHERE unit_id = $1 ORDER BY model_no, version_no";
    /// Keeps a version of a guidance.
    fn add_guidance(unit_id: Id<Unit>, setting: u8, version_no: u32, from_day: Day, to_day: Day, body: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_guidance (unit_id, setting, version_no, from_day, to_day, body, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Guidance of a committee, versions in order.
    fn guidance(unit_id: Id<Unit>) -> many<GuidanceRow> =
        "SELECT unit_id, setting, version_no, from_day, to_day, body, recorded_at, recorded_by FROM meeting_guidance
         WHERE unit_id = $1 ORDER BY setting, version_no";
    /// Keeps a resolution to be studied.
    fn add_study(unit_id: Id<Unit>, study_no: u32, number: &str, title: &str, issuer: &str, issued_on: Day, due_on: Day,
        withdrawn_on: Day, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_study (unit_id, study_no, number, title, issuer, issued_on, due_on, withdrawn_on, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Resolutions a committee wants studied, the newest first.
    fn studies(unit_id: Id<Unit>) -> many<StudyRow> =
        "SELECT unit_id, study_no, number, title, issuer, issued_on, due_on, withdrawn_on, recorded_at, recorded_by
         FROM meeting_study WHERE unit_id = $1 ORDER BY study_no DESC";
    /// No longer asks for one.
    fn end_study(unit_id: Id<Unit>, study_no: u32, withdrawn_on: Day) -> run =
        "UPDATE meeting_study SET withdrawn_on = $3 WHERE unit_id = $1 AND study_no = $2 AND withdrawn_on > $3";
    /// Keeps that a branch studied one.
    fn add_studied(unit_id: Id<Unit>, committee_id: Id<Unit>, study_no: u32, meeting_no: u32, on_day: Day,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_studied (unit_id, committee_id, study_no, meeting_no, on_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// What a branch studied.
    fn studied_by(unit_id: Id<Unit>) -> many<StudiedRow> =
        "SELECT unit_id, committee_id, study_no, meeting_no, on_day FROM meeting_studied WHERE unit_id = $1
         ORDER BY on_day, committee_id, study_no";
    /// Which branches studied what a committee asked for.
    fn studied_for(committee_id: Id<Unit>) -> many<StudiedRow> =
        "SELECT unit_id, committee_id, study_no, meeting_no, on_day FROM meeting_studied WHERE committee_id = $1
         ORDER BY study_no, unit_id";
    /// Absences without a reason from closed regular meetings between two months, member by member.
    fn absences(from: i32, until: i32) -> each<AbsenceRow> =
        "SELECT r.member_id, m.month, m.on_day FROM meeting_roll r
         JOIN meeting m ON m.unit_id = r.unit_id AND m.meeting_no = r.meeting_no
         WHERE r.presence = 3 AND m.state = 2 AND m.kind IN (1, 3) AND m.month >= $1 AND m.month <= $2
         ORDER BY r.member_id, m.month";
}
