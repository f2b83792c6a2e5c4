//! What changes hands by a decision, and the minutes of it (biên bản bàn giao, Mẫu 01-TCĐ).

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_papers::document::Document;
use chibo_web::{Reply, Visit};

use super::decision::Compared;
use super::papers::{Ending, above, issuer, note_decision, saved};
use super::scene::Scene;
use crate::papers::{self, Handed, HandoverPaper};
use crate::rules::SuccessionKind;
use crate::store::{self, StepRow};

/// `GET /reorganisations/{id}/handover.docx`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    joint(visit, Ending::Docx)
}

/// `GET /reorganisations/{id}/handover.pdf`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    joint(visit, Ending::Pdf)
}

/// Everything that changes hands in one paper. Who decides may always have the form, to be filled in by hand when the
/// program knows of nothing that moves; who has no unit in the decision has none.
fn joint(visit: &Visit<'_>, ending: Ending) -> Result<Reply, Problem> {
    let compared = Compared::load(visit)?;
    let row = &compared.decision;
    let steps = visit.read(|tx| store::steps_of(tx, row.decision_id))?;
    let rows = handed(visit, &compared, &steps);
    if rows.is_empty() {
        visit.permit(Permission::Export, row.unit_id)?;
    }
    note_decision(visit, row, "handover", rows.len())?;
    saved(&minutes(&compared, rows), ending, "bien-ban-ban-giao", row.effective_on)
}

/// The minutes of these hand-overs as a document.
pub(super) fn minutes(compared: &Compared, rows: Vec<Handed>) -> Document {
    let row = &compared.decision;
    papers::handover(&HandoverPaper {
        issuer: issuer(&compared.after, row),
        number: row.number.clone(),
        title: row.title.clone(),
        signed_on: row.signed_on,
        effective_on: row.effective_on,
        rows,
    })
}

/// What changes hands, the viewer's units only: what went into what, what went under another committee (ORG-16), what
/// ended and is collected by the committee above (ORG-12), what began (ORG-15).
pub(super) fn handed(visit: &Visit<'_>, compared: &Compared, steps: &[StepRow]) -> Vec<Handed> {
    let may = |unit: Id<Unit>| visit.permit(Permission::Export, unit).is_ok();
    let pairs = compared.pairs(visit, "");
    let pairs = pairs.iter().filter(|pair| may(pair.row.from_unit) || may(pair.row.into_unit));
    let joined = pairs.map(|pair| Handed {
        from: pair.from.clone(),
        into: pair.into.clone(),
        whole: pair.row.kind != SuccessionKind::Split.code(),
        members: pair.members,
    });
    let mut rows: Vec<Handed> = joined.collect();
    for kind in ["reparent", "dissolve", "establish", "restore"] {
        let steps = steps.iter().filter(|step| step.kind == kind);
        let seen = steps.filter(|step| may(step.unit_id) || other(compared, step).is_some_and(may));
        rows.extend(seen.filter_map(|step| of_step(compared, step)));
    }
    rows
}

/// The other side of a step: the new unit above, or who collects what ended.
fn other(compared: &Compared, step: &StepRow) -> Option<Id<Unit>> {
    if step.kind == "dissolve" { collector(compared, step.unit_id) } else { step.other_unit }
}

/// What one step hands over; nothing when a succession says it already, or when there is no other side.
fn of_step(compared: &Compared, step: &StepRow) -> Option<Handed> {
    let (before, after, unit) = (&compared.before, &compared.after, step.unit_id);
    let other = other(compared, step)?;
    let members = |scene: &Scene| scene.place(unit).map_or(0, |place| scene.members(place));
    match step.kind.as_str() {
        "reparent" => {
            let from = format!("{} ({})", before.name(unit), above(before, unit));
            Some(Handed { from, into: after.name(other), whole: true, members: members(before) })
        }
        "dissolve" if !compared.successions.iter().any(|row| row.from_unit == unit) => {
            Some(Handed { from: before.name(unit), into: after.name(other), whole: true, members: members(before) })
        }
        "establish" | "restore" if !compared.successions.iter().any(|row| row.into_unit == unit) => {
            Some(Handed { from: after.name(other), into: after.name(unit), whole: false, members: members(after) })
        }
        _ => None,
    }
}

/// Who collects the files and the seal of a unit that ends (ORG-12): the nearest unit above that still stands, or the
/// one that continues it.
fn collector(compared: &Compared, unit: Id<Unit>) -> Option<Id<Unit>> {
    let before = &compared.before;
    let mut up = before.tree.parent(before.place(unit)?);
    while let Some(place) = up {
        let id = before.id(place)?;
        if compared.after.place(id).is_some() {
            return Some(id);
        }
        if let Some(row) = compared.successions.iter().find(|row| row.from_unit == id && row.main) {
            return Some(row.into_unit);
        }
        up = before.tree.parent(place);
    }
    None
}
