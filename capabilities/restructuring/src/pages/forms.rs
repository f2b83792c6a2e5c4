//! Parts of forms: which version of the plan they were filled in on.

use chibo_kernel::Issue;
use chibo_web::{Field, Form, Pairs, Visit};

use super::Bench;

/// The version a form belongs to; in a form shown again after a conflict the present one, so that sending it again
/// takes effect.
pub(super) fn version(bench: &Bench) -> Field {
    Field::hidden("version", bench.plan.version.to_string())
}

/// The version the form was filled in on.
pub(super) fn sent_version(visit: &Visit<'_>) -> i64 {
    visit.form.get("version").parse().unwrap_or(0)
}

/// A form as it is shown: after a refusal or a conflict with everything typed, but on the present version.
pub(super) fn shown(visit: &Visit<'_>, form: Form, refused: Option<(u16, Vec<Issue>)>) -> (u16, Form) {
    match refused {
        Some((status, issues)) => {
            let typed = visit.form.0.iter().filter(|(name, _)| name != "version").cloned().collect();
            (status, form.refused(&Pairs(typed), issues))
        }
        None => (200, form),
    }
}
