//! What the leniency meter asks beside the subjects; figures in bulk.

use chibo_kernel::{Id, Unit};
use chibo_store::{queries, record};

use crate::rules::{Campaign, Subject};

record! {
    /// A subject something is known about.
    pub struct MarkedRow {
        /// Subject.
        subject_id: Id<Subject>,
    }
}

queries! {
    /// Adds figures.
    fn bulk_figures(unit_id: Id<Unit>, subject_id: Id<Subject>, code: String, counted: u32) -> bulk = "evaluation_figure";
    /// Subjects classed good or above though tasks were late or main targets missed.
    fn weak(campaign_id: Id<Campaign>) -> each<MarkedRow> =
        "SELECT DISTINCT s.subject_id FROM evaluation_subject s
         JOIN evaluation_figure f ON f.unit_id = s.unit_id AND f.subject_id = s.subject_id
         WHERE s.campaign_id = $1 AND s.class IN ('good', 'excellent')
         AND f.code IN ('fact.late', 'fact.main-missed') AND f.counted > 0";
    /// Subjects whose complaint changed the class.
    fn upheld(campaign_id: Id<Campaign>) -> each<MarkedRow> =
        "SELECT DISTINCT s.subject_id FROM evaluation_subject s
         JOIN evaluation_step a ON a.unit_id = s.unit_id AND a.subject_id = s.subject_id AND a.step = 'answer'
         JOIN evaluation_step d ON d.unit_id = s.unit_id AND d.subject_id = s.subject_id AND d.step = 'decision'
         WHERE s.campaign_id = $1 AND a.class <> d.class";
}
