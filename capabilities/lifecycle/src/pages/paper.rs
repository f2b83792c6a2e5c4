//! The papers of a case: the decision, as a draft until it is signed, and the minutes of handing over.

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_organisation::papers::{Act, DecisionPaper, Handed, HandoverPaper, Issuer, decision, handover};
use chibo_papers::document::{DOCX, Document, PDF, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::{Reply, Visit};

use super::seen::Seen;
use crate::rules::{CaseKind, Step};

/// `GET /lifecycle/cases/{id}/decision.docx`.
pub(super) fn decision_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (seen, document) = decided(visit)?;
    saved(visit, &seen, "quyet-dinh", "docx", &document)
}

/// `GET /lifecycle/cases/{id}/decision.pdf`.
pub(super) fn decision_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (seen, document) = decided(visit)?;
    saved(visit, &seen, "quyet-dinh", "pdf", &document)
}

/// `GET /lifecycle/cases/{id}/handover.docx`.
pub(super) fn handover_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (seen, document) = handed(visit)?;
    saved(visit, &seen, "bien-ban-ban-giao", "docx", &document)
}

/// `GET /lifecycle/cases/{id}/handover.pdf`.
pub(super) fn handover_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (seen, document) = handed(visit)?;
    saved(visit, &seen, "bien-ban-ban-giao", "pdf", &document)
}

/// Whether the viewer may take papers of the case out of the program.
pub(super) fn may_print(visit: &Visit<'_>, seen: &Seen) -> bool {
    visit.permit(Permission::Export, seen.file.plan.keeper()).is_ok()
}

/// Whether something is handed over between two committees.
pub(super) const fn hands_over(kind: CaseKind) -> bool {
    matches!(kind, CaseKind::Transfer | CaseKind::Dissolution)
}

fn saved(visit: &Visit<'_>, seen: &Seen, name: &str, ending: &str, document: &Document) -> Result<Reply, Problem> {
    let (kind, body) = match ending {
        "pdf" => (PDF, to_pdf(document, &chibo_web::fonts())?),
        _ => (DOCX, to_docx(document)?),
    };
    let (stream, unit) = (*seen.file.id().bytes(), seen.file.plan.keeper());
    let detail = serde_json::json!({ "paper": name, "name": seen.file.plan.facts.name }).to_string();
    visit.record(Entry { stream, action: "life-paper-taken", unit: Some(unit), subject: Some(stream), detail })?;
    Ok(Reply::File { name: format!("{name}-{}.{ending}", seen.scene.today.iso()), kind, body })
}

/// Who decides, with the unit above.
fn issuer(visit: &Visit<'_>, seen: &Seen) -> Issuer {
    let decider = seen.actor(Step::Decided).unwrap_or_else(|| seen.file.plan.keeper());
    let up = seen.scene.parent(decider).map_or_else(String::new, |up| seen.name(visit, up));
    let signed = seen.file.last(Step::Decided).map(|row| row.authority.clone()).filter(|name| !name.is_empty());
    Issuer { superior: up, name: signed.unwrap_or_else(|| seen.name(visit, decider)) }
}

fn load(visit: &Visit<'_>) -> Result<Seen, Problem> {
    let seen = Seen::load(visit)?;
    if may_print(visit, &seen) { Ok(seen) } else { Err(Problem::NotFound) }
}

/// What the case is about, as the title of a decision.
fn title(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Founding => "thành lập tổ chức đảng",
        CaseKind::Temporary => "lập chi bộ sinh hoạt tạm thời",
        CaseKind::Transfer => "chuyển giao tổ chức đảng",
        CaseKind::Dissolution => "giải thể tổ chức đảng",
        CaseKind::Disbandment => "giải tán tổ chức đảng",
    }
}

fn decided(visit: &Visit<'_>) -> Result<(Seen, Document), Problem> {
    let seen = load(visit)?;
    let (plan, row) = (&seen.file.plan, seen.file.last(Step::Decided));
    let name = |unit: Id<Unit>| seen.name(visit, unit);
    let unit = plan.facts.name.clone();
    let act = match plan.kind {
        CaseKind::Founding | CaseKind::Temporary => {
            Act::Establish { unit, kind: plan.unit_kind().name(seen.scene.today).vi, above: name(plan.parent) }
        }
        CaseKind::Transfer => Act::Move { unit, above: plan.target.map_or_else(String::new, name) },
        CaseKind::Dissolution | CaseKind::Disbandment => Act::Dissolve { unit },
    };
    let effective_on = seen.file.effective_on();
    let document = decision(&DecisionPaper {
        issuer: issuer(visit, &seen),
        number: row.map(|row| row.number.clone()).unwrap_or_default(),
        title: title(plan.kind).to_owned(),
        signed_on: row.map(|row| row.on_day),
        effective_on: if effective_on == Day::FOREVER { seen.scene.today } else { effective_on },
        remark: row.is_none().then_some("(Dự thảo)"),
        acts: vec![act],
    });
    Ok((seen, document))
}

fn handed(visit: &Visit<'_>) -> Result<(Seen, Document), Problem> {
    let seen = load(visit)?;
    let plan = &seen.file.plan;
    let Some(row) = seen.file.last(Step::Decided).filter(|_| hands_over(plan.kind)) else {
        return Err(Problem::NotFound);
    };
    let (from, into) = match plan.kind {
        CaseKind::Transfer => (format!("{} ({})", plan.facts.name, seen.name(visit, plan.parent)), plan.target),
        _ => (plan.facts.name.clone(), plan.target.or(Some(plan.parent))),
    };
    let into = into.map_or_else(String::new, |into| seen.name(visit, into));
    let document = handover(&HandoverPaper {
        issuer: issuer(visit, &seen),
        number: row.number.clone(),
        title: title(plan.kind).to_owned(),
        signed_on: row.on_day,
        effective_on: row.effective_on,
        rows: vec![Handed { from, into, whole: true, members: seen.course.strength.all }],
    });
    Ok((seen, document))
}
