//! Whole campaigns at once, as they stand: for the demonstration and for the records of earlier years.

use chibo_kernel::{Id, Problem, Unit};
use chibo_store::{Op, Param, Value};

use crate::rules::Subject;
use crate::store;
pub use crate::store::{CampaignRow, SubjectRow};

/// A figure of a subject: unit, subject, code, number.
pub type Figure = (Id<Unit>, Id<Subject>, String, u32);

/// A campaign with its subjects and their figures.
pub struct FilledCampaign {
    /// The campaign.
    pub row: CampaignRow,
    /// Its subjects.
    pub subjects: Vec<SubjectRow>,
    /// Their figures.
    pub figures: Vec<Figure>,
}

/// Writes them as they are: the caller answers for what they say.
///
/// # Errors
/// Problems of the database.
pub fn fill(op: &mut Op<'_, '_>, campaign: &FilledCampaign) -> Result<(), Problem> {
    let row = &campaign.row;
    store::insert_campaign(
        op.tx(),
        row.campaign_id,
        row.unit_id,
        &row.kind,
        row.year,
        row.quarter,
        row.rules_on,
        row.opens_on,
        row.self_by,
        row.decide_by,
        &row.number,
        row.closed_on,
        row.recorded_at,
        &row.recorded_by,
    )?;
    store::bulk_subjects(op.tx(), campaign.subjects.iter().map(subject_values))?;
    let figures = campaign
        .figures
        .iter()
        .map(|(unit, subject, code, counted)| [unit.value(), subject.value(), Value::Text(code), counted.value()]);
    store::bulk_figures(op.tx(), figures).map(drop)
}

fn subject_values(row: &SubjectRow) -> [Value<'_>; 19] {
    [
        row.unit_id.value(),
        row.subject_id.value(),
        row.campaign_id.value(),
        row.person_id.as_ref().map_or(Value::Null, Param::value),
        row.sort.value(),
        row.post.value(),
        row.decider_id.value(),
        row.excluded.value(),
        row.state.value(),
        row.points.value(),
        row.self_points.value(),
        row.self_class.value(),
        row.voted_class.value(),
        row.appraised_class.value(),
        row.class.value(),
        row.overridden.value(),
        row.decided_on.value(),
        row.version.value(),
        row.by_account.value(),
    ]
}
