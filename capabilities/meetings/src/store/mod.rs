//! The tables of meetings.

mod beside;
mod briefing;
mod draft;
mod draw;
mod library;
mod meeting;
mod month;
mod offline;
mod pilot;
mod plan;
mod task;
mod undone;
mod watcher;

pub use beside::{
    FileRow, PostingRow, add_file, add_posting, drop_link, drop_postings, files, fill_conclusion, fill_documents,
    fill_noticed, link, linked, postings, put_link, remove_file,
};
pub use briefing::{
    BriefingRow, BriefingTaskRow, add_briefing, add_briefing_task, briefing_tasks, briefings, end_briefing_task,
    open_briefing_tasks, overdue_by_branch, save_briefing,
};
pub use draft::{draft, drop_draft, drop_drafts, put_draft};
pub use draw::{DrawRow, DrawnRow, add_draw, add_drawn, drawn, draws, one_draw, put_seen};
pub use library::{
    GuidanceRow, ModelRow, StudiedRow, StudyRow, absences, add_guidance, add_model, add_studied, add_study, end_study,
    guidance, models, studied_by, studied_for, studies,
};
pub use meeting::{
    AttendedRow, ClosingRow, HeadRow, ItemRow, MeetingRow, RollRow, VoteRow, add_closing, add_item, add_meeting,
    add_roll, add_vote, attended, closings, drop_items, drop_meeting, drop_roll, drop_vote, dropped_no, heads_of,
    items, last_no, load_items, load_meetings, meeting, meetings_of, presences, put_dropped_no, put_posted, roll,
    save_meeting, set_state, votes,
};
pub use month::{MonthRow, load_months, month, months_of, months_since, put_month};
pub use offline::{offline, put_offline};
pub use pilot::{add_pilot, pilots};
pub use plan::{GroupRow, PlanRow, add_group_month, add_plan, group_months, groups_met, planned, plans};
pub use task::{TaskRow, add_task, end_task, task, tasks_given, tasks_of, tasks_of_many};
pub use undone::{add_undone, drop_studied, undone};
pub use watcher::{
    VisitRow, WatcherRow, add_watcher, drop_visits, end_watcher, put_visit, visits_of, visits_since, watchers_of,
    watchers_on,
};

use chibo_store::Statement;

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [
        meeting::STATEMENTS,
        month::STATEMENTS,
        task::STATEMENTS,
        watcher::STATEMENTS,
        draft::STATEMENTS,
        beside::STATEMENTS,
        draw::STATEMENTS,
        library::STATEMENTS,
        briefing::STATEMENTS,
        offline::STATEMENTS,
        plan::STATEMENTS,
        pilot::STATEMENTS,
        undone::STATEMENTS,
    ]
    .concat()
}
