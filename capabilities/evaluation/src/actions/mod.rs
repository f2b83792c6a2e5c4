//! What is done in an evaluation: load, permit, decide by the rules, save, record; the cap in the same transaction.

mod course;
mod fill;
mod group;
mod load;
mod open;

pub use course::{Deed, take};
pub use fill::{CampaignRow, Figure, FilledCampaign, SubjectRow, fill};
pub use group::{Choice, close, decide_group, fix, fixed, plan_of};
pub use load::{File, file, terms_of};
pub use open::{NewCampaign, open};

use chibo_census::Census;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::{Entry, Op};

fn record(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    let stream = *unit.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

fn census(op: &Op<'_, '_>) -> Result<std::sync::Arc<Census>, Problem> {
    op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))
}

fn issue(field: &str, rule: Option<&'static str>, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said: Said::new(key) }
}

/// A closed campaign is not edited.
fn still_open(campaign: &CampaignRow) -> Result<(), Problem> {
    match campaign.closed_on {
        Day::FOREVER => Ok(()),
        day => Err(Problem::rule("EVAL-06", Said::new("evaluation-closed").with("day", day))),
    }
}

/// What belongs to the body that decides is done there and by nobody below (EVAL-31).
fn permit_above(op: &Op<'_, '_>, home: Id<Unit>, decider: Id<Unit>) -> Result<(), Problem> {
    match op.permit(Permission::EditMembers, decider) {
        Err(Problem::Denied | Problem::NotFound) => {
            op.permit(Permission::EditMembers, home)?;
            Err(Problem::rule("EVAL-31", Said::new("evaluation-wrong-level")))
        }
        other => other,
    }
}
