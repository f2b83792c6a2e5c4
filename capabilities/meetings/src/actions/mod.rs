//! What is done for meetings.

mod briefing;
mod close;
mod draws;
mod facts;
mod files;
mod intake;
mod keep;
mod library;
mod load;
mod months;
mod offline;
mod open;
mod pilot;
mod plan;
mod posting;
mod task;
mod undo;
mod vote;
mod watch;
mod write;

pub use briefing::{Briefing, brief_task, end_brief_task, open_briefing, write_briefing};
pub(crate) use close::whole;
pub use close::{close, posted, reopen};
pub use draws::{closed_criteria, draw_meetings, score_drawn};
pub(crate) use facts::facts_of;
pub use facts::{facts, roll_of};
pub(crate) use files::content;
pub use files::{LARGEST, MOST, attach, fetch, remove};
pub use intake::{Intake, Part, take_in};
pub(crate) use keep::{about as draft_owner, any_kept};
pub use keep::{keep, kept};
pub use library::{Model, guide, publish, register_study, studied, withdraw_model, withdraw_study};
pub(crate) use library::{newest, newest_by};
pub use load::{LoadedMeeting, MeetingRow, MonthRow, is_begun, load};
pub use months::{observe, say_none};
pub use offline::{allow_offline, may_offline, take_along};
pub(crate) use open::next_no;
pub use open::{New, drop_open, open};
pub use pilot::pilot;
pub use plan::{group_met, plan_theme};
pub use posting::post;
pub use task::{NewTask, Outcome, assign, end};
pub use undo::unmark_studied;
pub use vote::{Vote, take_vote, undo_vote};
pub use watch::{unwatch, visited, watch};
pub use write::{Content, Item, Seat, write};

use chibo_census::Census;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Entry, Op};

use crate::branch::{Member, members};
use crate::store;

/// Number of an open meeting's state.
pub(crate) const OPEN: u8 = 1;
/// Number of a closed meeting's state.
pub(crate) const CLOSED: u8 = 2;

fn record(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    let stream = *unit.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: None, detail: detail.to_string() });
}

/// Refused by a rule in one field.
pub(crate) fn refused(field: &str, rule: &'static str, said: Said) -> Problem {
    Problem::Refused(vec![Issue { field: Some(field.to_owned()), rule: Some(rule), said }])
}

/// Somebody was faster, or it is closed.
fn changed() -> Problem {
    Problem::Conflict(Said::new("meetings-changed-since"))
}

/// A meeting its keeper may write to, as he saw it.
fn held(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32) -> Result<MeetingRow, Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let row = store::meeting(op.tx(), unit, no)?.ok_or(Problem::NotFound)?;
    if row.version == version { Ok(row) } else { Err(changed()) }
}

/// The same, open: what is closed is corrected by opening it again (MTG-20).
fn draft(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32) -> Result<MeetingRow, Problem> {
    let row = held(op, unit, no, version)?;
    if row.state == OPEN { Ok(row) } else { Err(Problem::Conflict(Said::new("meetings-is-closed"))) }
}

fn members_on(op: &Op<'_, '_>, unit: Id<Unit>, on: Day) -> Result<Vec<Member>, Problem> {
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    Ok(members(&census, unit, on, op.today()))
}
