//! Meetings with their agenda, roll, votes and closings.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A meeting.
    pub struct MeetingRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// 1, 2, 3 … within the branch.
        meeting_no: u32,
        /// Number of the kind.
        kind: u8,
        /// Month it counts for.
        month: i32,
        /// 1 open, 2 closed.
        state: u8,
        /// Grows with every change.
        version: u32,
        /// Held or planned on.
        on_day: Option<Day>,
        /// Minutes of the day.
        begins: Option<u32>,
        /// Minutes of the day.
        ends: Option<u32>,
        /// Where.
        place: String,
        /// Who chairs.
        chair_id: Option<Id<Person>>,
        /// Who keeps the minutes.
        secretary_id: Option<Id<Person>>,
        /// From above or from outside.
        guests: String,
        /// Minutes spent on members' thinking.
        ideology: u32,
        /// Report: results of the month.
        report: String,
        /// Discussion.
        discussion: String,
        /// Conclusion.
        conclusion: String,
        /// Names of confirmed points, by spaces.
        ticks: String,
        /// The branch committee met before.
        prepared: u8,
        /// Members had notice on.
        noticed_on: Option<Day>,
        /// Documents posted on.
        posted_documents: Option<Day>,
        /// Conclusion posted on.
        posted_conclusion: Option<Day>,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A meeting without its texts, for lists.
    pub struct HeadRow {
        /// 1, 2, 3 … within the branch.
        meeting_no: u32,
        /// Number of the kind.
        kind: u8,
        /// Month it counts for.
        month: i32,
        /// 1 open, 2 closed.
        state: u8,
        /// Held or planned on.
        on_day: Option<Day>,
        /// Minutes of the day.
        begins: Option<u32>,
        /// Minutes of the day.
        ends: Option<u32>,
        /// Where.
        place: String,
    }
}

record! {
    /// An item of the agenda.
    pub struct ItemRow {
        /// 1, 2, 3 …
        seq: u32,
        /// 1 regular, 2 thematic.
        part: u8,
        /// Code of a required topic, or empty.
        topic: String,
        /// What it is about.
        title: String,
    }
}

record! {
    /// Somebody on the roll.
    pub struct RollRow {
        /// Who.
        member_id: Id<Person>,
        /// Number of the presence.
        presence: u8,
        /// Why absent.
        reason: String,
        /// Items spoken on.
        spoke_on: String,
    }
}

record! {
    /// Presences of a branch's members over several meetings.
    pub struct PresenceRow {
        /// Meeting.
        meeting_no: u32,
        /// Who.
        member_id: Id<Person>,
        /// Number of the presence.
        presence: u8,
    }
}

record! {
    /// A member at one meeting.
    pub struct AttendedRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// Meeting.
        meeting_no: u32,
        /// Number of the presence.
        presence: u8,
        /// Why absent.
        reason: String,
        /// Items spoken on.
        spoke_on: String,
    }
}

record! {
    /// A vote.
    pub struct VoteRow {
        /// 1, 2, 3 …
        seq: u32,
        /// On what.
        subject: String,
        /// Code of the form.
        form: String,
        /// Denominator.
        base: u32,
        /// Of these present.
        voters: u32,
        /// For.
        yes: u32,
        /// Against.
        no_votes: u32,
        /// Blank.
        blank: u32,
        /// Invalid.
        invalid: u32,
    }
}

record! {
    /// A closing.
    pub struct ClosingRow {
        /// 1, 2, 3 …
        closing_no: u32,
        /// Why again.
        reason: String,
        /// Out of 100.
        score: u32,
        /// Number of the grade.
        grade: u8,
        /// Version of the form.
        form_version: String,
        /// The score sheet.
        sheet: String,
        /// The meeting as it was closed.
        record: String,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Opens a meeting.
    fn add_meeting(unit_id: Id<Unit>, meeting_no: u32, kind: u8, month: i32, on_day: Option<Day>, begins: Option<u32>,
        ends: Option<u32>, place: &str, chair_id: Option<Id<Person>>, secretary_id: Option<Id<Person>>, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO meeting (unit_id, meeting_no, kind, month, state, version, on_day, begins, ends, place, chair_id,
         secretary_id, guests, ideology, report, discussion, conclusion, ticks, prepared, noticed_on, posted_documents,
         posted_conclusion, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, 1, 1, $5, $6, $7, $8, $9, $10, '', 0, '', '', '', '', 0, NULL, NULL, NULL, $11, $12)";
    /// Writes an open meeting over if nobody was faster.
    fn save_meeting(unit_id: Id<Unit>, meeting_no: u32, version: u32, kind: u8, on_day: Option<Day>, begins: Option<u32>,
        ends: Option<u32>, place: &str, chair_id: Option<Id<Person>>, secretary_id: Option<Id<Person>>, guests: &str,
        ideology: u32, report: &str, discussion: &str, conclusion: &str, ticks: &str, prepared: u8,
        noticed_on: Option<Day>, posted_documents: Option<Day>, posted_conclusion: Option<Day>, recorded_at: Moment,
        recorded_by: &str) -> run =
        "UPDATE meeting SET version = version + 1, kind = $4, on_day = $5, begins = $6, ends = $7, place = $8, chair_id = $9,
         secretary_id = $10, guests = $11, ideology = $12, report = $13, discussion = $14, conclusion = $15, ticks = $16,
         prepared = $17, noticed_on = $18, posted_documents = $19, posted_conclusion = $20, recorded_at = $21,
         recorded_by = $22
         WHERE unit_id = $1 AND meeting_no = $2 AND version = $3 AND state = 1";
    /// Opens or closes a meeting if nobody was faster.
    fn set_state(unit_id: Id<Unit>, meeting_no: u32, version: u32, state: u8, recorded_at: Moment, recorded_by: &str) -> run =
        "UPDATE meeting SET version = version + 1, state = $4, recorded_at = $5, recorded_by = $6
         WHERE unit_id = $1 AND meeting_no = $2 AND version = $3";
    /// Says when the conclusion of a closed meeting was posted, if nobody was faster.
    fn put_posted(unit_id: Id<Unit>, meeting_no: u32, version: u32, posted_conclusion: Day, recorded_at: Moment,
        recorded_by: &str) -> run =
        "UPDATE meeting SET version = version + 1, posted_conclusion = $4, recorded_at = $5, recorded_by = $6
         WHERE unit_id = $1 AND meeting_no = $2 AND version = $3 AND state = 2";
    /// Takes out a meeting that never took place.
    fn drop_meeting(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting WHERE unit_id = $1 AND meeting_no = $2";
    /// A meeting.
    fn meeting(unit_id: Id<Unit>, meeting_no: u32) -> one<MeetingRow> =
        "SELECT unit_id, meeting_no, kind, month, state, version, on_day, begins, ends, place, chair_id, secretary_id,
         guests, ideology, report, discussion, conclusion, ticks, prepared, noticed_on, posted_documents,
         posted_conclusion, recorded_at, recorded_by FROM meeting WHERE unit_id = $1 AND meeting_no = $2";
    /// Meetings of a branch between two months, the newest first.
    fn meetings_of(unit_id: Id<Unit>, from: i32, until: i32) -> many<MeetingRow> =
        "SELECT unit_id, meeting_no, kind, month, state, version, on_day, begins, ends, place, chair_id, secretary_id,
         guests, ideology, report, discussion, conclusion, ticks, prepared, noticed_on, posted_documents,
         posted_conclusion, recorded_at, recorded_by FROM meeting
         WHERE unit_id = $1 AND month >= $2 AND month <= $3 ORDER BY month DESC, meeting_no DESC";
    /// The same without their texts.
    fn heads_of(unit_id: Id<Unit>, from: i32, until: i32) -> many<HeadRow> =
        "SELECT meeting_no, kind, month, state, on_day, begins, ends, place FROM meeting
         WHERE unit_id = $1 AND month >= $2 AND month <= $3 ORDER BY month DESC, meeting_no DESC";
    /// The number of the newest meeting of a branch.
    fn last_no(unit_id: Id<Unit>) -> one<Option<i64>> = "SELECT MAX(meeting_no) FROM meeting WHERE unit_id = $1";
    /// The highest number a branch's dropped meetings had.
    fn dropped_no(unit_id: Id<Unit>) -> one<i64> = "SELECT last_no FROM meeting_number WHERE unit_id = $1";
    /// Keeps the number of a dropped meeting.
    fn put_dropped_no(unit_id: Id<Unit>, last_no: u32) -> run =
        "INSERT INTO meeting_number (unit_id, last_no) VALUES ($1, $2)
         ON CONFLICT (unit_id) DO UPDATE SET last_no = excluded.last_no";
    /// Where somebody was, meeting by meeting.
    fn attended(member_id: Id<Person>) -> many<AttendedRow> =
        "SELECT unit_id, meeting_no, presence, reason, spoke_on FROM meeting_roll WHERE member_id = $1
         ORDER BY unit_id, meeting_no";
    /// Adds an item to the agenda.
    fn add_item(unit_id: Id<Unit>, meeting_no: u32, seq: u32, part: u8, topic: &str, title: &str) -> run =
        "INSERT INTO meeting_item (unit_id, meeting_no, seq, part, topic, title) VALUES ($1, $2, $3, $4, $5, $6)";
    /// The agenda.
    fn items(unit_id: Id<Unit>, meeting_no: u32) -> many<ItemRow> =
        "SELECT seq, part, topic, title FROM meeting_item WHERE unit_id = $1 AND meeting_no = $2 ORDER BY seq";
    /// Empties the agenda of an open meeting.
    fn drop_items(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_item WHERE unit_id = $1 AND meeting_no = $2";
    /// Puts somebody on the roll.
    fn add_roll(unit_id: Id<Unit>, meeting_no: u32, member_id: Id<Person>, presence: u8, reason: &str, spoke_on: &str)
        -> bulk = "meeting_roll";
    /// The roll.
    fn roll(unit_id: Id<Unit>, meeting_no: u32) -> many<RollRow> =
        "SELECT member_id, presence, reason, spoke_on FROM meeting_roll WHERE unit_id = $1 AND meeting_no = $2
         ORDER BY member_id";
    /// Empties the roll of an open meeting.
    fn drop_roll(unit_id: Id<Unit>, meeting_no: u32) -> run =
        "DELETE FROM meeting_roll WHERE unit_id = $1 AND meeting_no = $2";
    /// Who was where in a branch's meetings between two numbers.
    fn presences(unit_id: Id<Unit>, from_no: u32, until_no: u32) -> many<PresenceRow> =
        "SELECT meeting_no, member_id, presence FROM meeting_roll
         WHERE unit_id = $1 AND meeting_no >= $2 AND meeting_no <= $3 ORDER BY meeting_no, member_id";
    /// Adds a vote.
    fn add_vote(unit_id: Id<Unit>, meeting_no: u32, seq: u32, subject: &str, form: &str, base: u32, voters: u32, yes: u32,
        no_votes: u32, blank: u32, invalid: u32) -> run =
        "INSERT INTO meeting_vote (unit_id, meeting_no, seq, subject, form, base, voters, yes, no_votes, blank, invalid)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// The votes.
    fn votes(unit_id: Id<Unit>, meeting_no: u32) -> many<VoteRow> =
        "SELECT seq, subject, form, base, voters, yes, no_votes, blank, invalid FROM meeting_vote
         WHERE unit_id = $1 AND meeting_no = $2 ORDER BY seq";
    /// Takes a vote out of an open meeting.
    fn drop_vote(unit_id: Id<Unit>, meeting_no: u32, seq: u32) -> run =
        "DELETE FROM meeting_vote WHERE unit_id = $1 AND meeting_no = $2 AND seq = $3";
    /// Keeps a closing.
    fn add_closing(unit_id: Id<Unit>, meeting_no: u32, closing_no: u32, reason: &str, score: u32, grade: u8,
        form_version: &str, sheet: &str, record: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_closing (unit_id, meeting_no, closing_no, reason, score, grade, form_version, sheet, record,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// The closings of a meeting.
    fn closings(unit_id: Id<Unit>, meeting_no: u32) -> many<ClosingRow> =
        "SELECT closing_no, reason, score, grade, form_version, sheet, record, recorded_at, recorded_by
         FROM meeting_closing WHERE unit_id = $1 AND meeting_no = $2 ORDER BY closing_no";
    /// Many meetings at once, for a loader.
    fn load_meetings(unit_id: Id<Unit>, meeting_no: u32, kind: u8, month: i32, state: u8, version: u32, on_day: Option<Day>,
        begins: Option<u32>, ends: Option<u32>, place: &str, chair_id: Option<Id<Person>>, secretary_id: Option<Id<Person>>,
        guests: &str, ideology: u32, report: &str, discussion: &str, conclusion: &str, ticks: &str, prepared: u8,
        noticed_on: Option<Day>, posted_documents: Option<Day>, posted_conclusion: Option<Day>, recorded_at: Moment,
        recorded_by: &str) -> bulk = "meeting";
    /// Many items of agendas at once, for a loader.
    fn load_items(unit_id: Id<Unit>, meeting_no: u32, seq: u32, part: u8, topic: &str, title: &str) -> bulk = "meeting_item";
}
