//! The tables of meetings.

mod draft;
mod meeting;
mod month;
mod task;
mod watcher;

pub use draft::{draft, drop_draft, drop_drafts, put_draft};
pub use meeting::{
    ClosingRow, ItemRow, MeetingRow, RollRow, VoteRow, add_closing, add_item, add_meeting, add_roll, add_vote,
    closings, drop_items, drop_meeting, drop_roll, drop_vote, items, last_no, load_items, load_meetings, meeting,
    meetings_of, presences, roll, save_meeting, set_state, votes,
};
pub use month::{MonthRow, load_months, month, months_of, months_since, put_month};
pub use task::{TaskRow, add_task, end_task, open_of, task, tasks_due, tasks_given};
pub use watcher::{
    VisitRow, WatcherRow, add_watcher, end_watcher, put_visit, visits_of, visits_since, watchers_of, watchers_on,
};

use chibo_store::Statement;

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [meeting::STATEMENTS, month::STATEMENTS, task::STATEMENTS, watcher::STATEMENTS, draft::STATEMENTS].concat()
}
