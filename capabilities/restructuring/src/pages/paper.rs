//! The decision of a plan on paper, before and after it is signed.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::papers::{Act, DecisionPaper, Issuer, decision};
use chibo_papers::document::{DOCX, PDF, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::{Reply, Visit};

use super::Bench;
use crate::rules::{Extent, Operation, State};

/// `GET /restructuring/{id}/decision.docx`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (bench, paper) = paper(visit)?;
    let body = to_docx(&decision(&paper))?;
    Ok(Reply::File { name: format!("quyet-dinh-{}.docx", bench.plan.effective_on.iso()), kind: DOCX, body })
}

/// `GET /restructuring/{id}/decision.pdf`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (bench, paper) = paper(visit)?;
    let body = to_pdf(&decision(&paper), &chibo_web::fonts())?;
    Ok(Reply::File { name: format!("quyet-dinh-{}.pdf", bench.plan.effective_on.iso()), kind: PDF, body })
}

fn paper(visit: &Visit<'_>) -> Result<(Bench, DecisionPaper), Problem> {
    let bench = Bench::load(visit)?;
    visit.permit(Permission::Export, bench.plan.unit_id)?;
    let plan = &bench.plan;
    let up = bench.before.get(plan.unit_id).and_then(|standing| standing.parent);
    let superior = up.map_or_else(String::new, |up| bench.name(visit, up));
    let signed = !matches!(bench.state, State::Draft | State::Dropped);
    let paper = DecisionPaper {
        issuer: Issuer { superior, name: plan.authority.clone() },
        number: plan.number.clone(),
        title: plan.title.clone(),
        signed_on: signed.then_some(plan.signed_on),
        effective_on: plan.effective_on,
        remark: match bench.state {
            State::Draft | State::Dropped => Some("(Dự thảo)"),
            State::Withdrawn => Some("(Đã rút, không có hiệu lực)"),
            State::Stuck => Some("(Chưa thi hành được)"),
            State::Signed | State::InForce => None,
        },
        acts: acts(visit, &bench)?,
    };
    let (stream, unit) = (*plan.plan_id.bytes(), plan.unit_id);
    let detail = serde_json::json!({ "paper": "decision", "lines": bench.lines.len() }).to_string();
    visit.record(Entry { stream, action: "plan-exported", unit: Some(unit), subject: Some(stream), detail })?;
    Ok((bench, paper))
}

/// The lines as a decision says them.
fn acts(visit: &Visit<'_>, bench: &Bench) -> Result<Vec<Act>, Problem> {
    let (on, members) = (bench.plan.effective_on, bench.members_of_units(visit));
    let name = |unit: Id<Unit>| bench.full_name(visit, unit);
    let act = |line: &Operation| match line {
        Operation::Establish(new) => {
            Act::Establish { unit: new.facts.name.clone(), kind: new.facts.kind.name(on).vi, above: name(new.parent) }
        }
        Operation::Restore { facts, parent, .. } => {
            Act::Restore { unit: facts.name.clone(), above: parent.map_or_else(String::new, name) }
        }
        Operation::Rename { unit, name: after, .. } => Act::Rename { before: name(*unit), after: after.clone() },
        Operation::Retype { unit, kind, .. } => Act::Retype { unit: name(*unit), kind: kind.name(on).vi },
        Operation::Move { unit, parent } => Act::Move { unit: name(*unit), above: name(*parent) },
        Operation::Join { from, into, extent } => Act::Merge {
            from: name(*from),
            into: name(*into),
            whole: *extent == Extent::Whole,
            members: members(*from),
        },
        Operation::Dissolve { unit } => Act::Dissolve { unit: name(*unit) },
    };
    Ok(bench.lines.iter().map(act).collect())
}
