//! The papers of a case: drafts until they are decided.

use chibo_kernel::{Day, Permission, Problem};
use chibo_papers::document::{DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::{Reply, Visit};

use super::one::One;
use crate::papers::{self, Sheet};
use crate::rules::{Kind, Step};

/// Words and names of the papers offered.
pub(super) fn offered(visit: &Visit<'_>, one: &One) -> Vec<(&'static str, &'static str)> {
    if visit.permit(Permission::Export, one.home).is_err() {
        return Vec::new();
    }
    let kind = one.file.kind();
    let mut papers = Vec::new();
    if !matches!(kind, Kind::Return | Kind::Expulsion | Kind::Complaint) {
        papers.push(("leaving-paper", "paper"));
    }
    if certified(one) {
        papers.push(("leaving-certificate", "certificate"));
    }
    papers
}

/// Whoever was allowed to leave gets his Party age certified.
fn certified(one: &One) -> bool {
    one.file.kind() == Kind::Request && one.file.course.decision(one.terms.limits).is_some()
}

/// `GET /leaving/cases/{id}/paper.docx`.
pub(super) fn paper_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    give(visit, "docx", false)
}

/// `GET /leaving/cases/{id}/paper.pdf`.
pub(super) fn paper_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    give(visit, "pdf", false)
}

/// `GET /leaving/cases/{id}/certificate.docx`.
pub(super) fn certificate_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    give(visit, "docx", true)
}

/// `GET /leaving/cases/{id}/certificate.pdf`.
pub(super) fn certificate_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    give(visit, "pdf", true)
}

fn sheet(visit: &Visit<'_>, one: &One) -> Result<Sheet, Problem> {
    let (kind, course, person) = (one.file.kind(), &one.file.course, one.file.row.person_id);
    let (born, admitted, age) = visit.read(|tx| {
        let born = chibo_members::born_of(tx, person)?;
        let admitted = chibo_members::admitted_of(tx, &[person])?.get(&person).copied();
        Ok((born, admitted, chibo_members::party_age_of(tx, person)?))
    })?;
    let signer = match kind {
        Kind::Death => one.levels.branch,
        _ => one.actor(Step::Decided),
    };
    let decided = course.decision(one.terms.limits);
    let row = decided.and_then(|decided| {
        let at = course.steps.iter().position(|taken| taken == decided)?;
        one.file.rows.get(at)
    });
    let votes = course.steps.iter().zip(&one.file.rows).filter_map(|(taken, row)| {
        let count = taken.count?;
        let base = count.verdict(kind, taken.step).ok()?.denominator().count();
        let who = one.units.name(row.unit_id);
        Some(format!("Theo kết quả biểu quyết của {who} ngày {}: {}/{base} tán thành", taken.on, count.yes))
    });
    Ok(Sheet {
        issuer: Issuer { superior: one.units.above(visit, signer), name: one.units.name(signer) },
        kind,
        ground: course.ground,
        name: one.name.clone(),
        born,
        branch: one.units.name(one.home),
        number: row.map_or_else(String::new, |row| row.number.clone()),
        on: decided.map(|decided| decided.on),
        effective: decided.map(|decided| decided.effective),
        ends: decided.map(|decided| decided.ends).filter(|ends| *ends != Day::FOREVER),
        votes: votes.collect(),
        at_base: Some(one.levels.decider) == one.levels.committee,
        admitted,
        age,
    })
}

fn give(visit: &Visit<'_>, ending: &str, certificate: bool) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    // Out of reach answers like absent.
    visit.permit(Permission::Export, one.home)?;
    let sheet = sheet(visit, &one)?;
    let (document, name): (Document, _) = match certificate {
        true if certified(&one) => (papers::certificate(&sheet), "giay-xac-nhan-tuoi-dang"),
        true => return Err(Problem::NotFound),
        false => (papers::paper(&sheet).ok_or(Problem::NotFound)?, name_of(sheet.kind)),
    };
    let (kind, body) = match ending {
        "pdf" => (PDF, to_pdf(&document, &chibo_web::fonts())?),
        _ => (DOCX, to_docx(&document)?),
    };
    let stream = *one.file.row.person_id.bytes();
    let detail = serde_json::json!({ "paper": name, "case": one.file.row.case_id.to_string() }).to_string();
    visit.record(Entry {
        stream,
        action: "departure-paper-taken",
        unit: Some(one.home),
        subject: Some(stream),
        detail,
    })?;
    Ok(Reply::File { name: format!("{name}-{}.{ending}", visit.today().iso()), kind, body })
}

/// Name of the file.
const fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Health => "nghi-quyet-mien-sinh-hoat",
        Kind::Other => "quyet-dinh-mien-sinh-hoat",
        Kind::StrikingOff => "quyet-dinh-xoa-ten",
        Kind::Request => "quyet-dinh-cho-ra-khoi-dang",
        Kind::Death => "thong-bao-tu-tran",
        _ => "quyet-dinh-khoi-phuc",
    }
}
