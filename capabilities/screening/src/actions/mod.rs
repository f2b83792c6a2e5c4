//! What is done in screening. A flag alone does nothing: only a decision after its votes changes a standing.

mod campaign;
mod course;
mod flags;
mod report;

pub use campaign::{NewCampaign, clear, covers, open, plan};
pub(crate) use course::verdict_of;
pub use course::{File, assessed_rules, evidence, file, take, take_by};
pub(crate) use course::{setting, trace};
pub use flags::{Flag, Seen, look, note, open_flags, open_flags_of, order, raise, tonight};
pub(crate) use report::changes;
pub use report::{Moved, count, make_report};

use chibo_census::Census;
use chibo_kernel::{AsOf, Id, Person, Problem, Unit};
use chibo_store::{Entry, Op};

fn record(op: &mut Op<'_, '_>, stream: [u8; 16], unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

fn census(op: &Op<'_, '_>) -> Result<std::sync::Arc<Census>, Problem> {
    op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))
}

/// Units from the root down to one, today, with the numbers of their kinds; empty for one that does not stand.
fn path(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<Vec<(Id<Unit>, u8)>, Problem> {
    let forest = census(op)?.forest();
    let places = forest.today(op.today());
    let tree = places.tree();
    let Some(place) = forest.no(unit).and_then(|no| places.place(no)) else { return Ok(Vec::new()) };
    let up = |at: u32| Some((forest.id(tree.unit(at)?)?, tree.kind(at)));
    Ok(tree.path(place).into_iter().filter_map(up).collect())
}

/// The branch and the standing of a member today, by the columns.
fn stands(op: &Op<'_, '_>, person: Id<Person>) -> Result<Option<(Id<Unit>, u8)>, Problem> {
    let census = census(op)?;
    let view = census.view(op.today());
    let state = view.no(person).and_then(|no| view.person(no)).and_then(|brief| brief.today);
    Ok(state.and_then(|(unit, codes)| Some((view.forest().id(unit)?, codes.standing))))
}

/// Official members of a branch on a day, by the columns: the roll of its vote.
pub fn official_on(census: &Census, unit: Id<Unit>, day: chibo_kernel::Day, today: chibo_kernel::Day) -> u32 {
    let view = census.view(today);
    let Some(no) = view.forest().no(unit) else { return 0 };
    let query = chibo_census::Query {
        scope: chibo_census::Scope::Unit(no),
        members: Some(chibo_members::dims::official_standings()),
        ..chibo_census::Query::at(AsOf::on(day))
    };
    u32::try_from(view.count(&query)).unwrap_or(u32::MAX)
}
