//! The papers of a case: drafts until they are decided.

use chibo_kernel::{Day, Id, Permission, Problem, Said};
use chibo_papers::document::{DOCX, Document, Issuer, PDF, bound_docx, bound_pdf, to_docx, to_pdf};
use chibo_store::{Entry, Op};
use chibo_web::{Reply, Visit};

use super::one::One;
use crate::papers::{self, Numbers, Sheet};
use crate::rules::{CaseFile, Kind, Step, Terms};

/// Most papers printed at once.
const MOST: usize = 200;
/// Title of many papers in one file; papers are Vietnamese.
const TITLE: &str = "Văn bản miễn sinh hoạt, ra khỏi Đảng";
/// Its name.
const BOUND: &str = "van-ban-mien-sinh-hoat-ra-khoi-dang";

/// Words and names of the papers offered.
pub(super) fn offered(visit: &Visit<'_>, one: &One) -> Vec<(&'static str, &'static str)> {
    if visit.permit(Permission::Export, one.home).is_err() {
        return Vec::new();
    }
    let mut papers = Vec::new();
    if has_paper(one) {
        papers.push(("leaving-paper", "paper"));
    }
    if certified(one) {
        papers.push(("leaving-certificate", "certificate"));
    }
    papers
}

/// Every case has a paper; a complaint only once it was answered.
fn has_paper(one: &One) -> bool {
    one.file.kind() != Kind::Complaint || answer(one).is_some()
}

/// What a complaint came to.
fn answer(one: &One) -> Option<Step> {
    let answers = [Step::Upheld, Step::Overturned];
    one.file.course.steps.iter().rev().map(|taken| taken.step).find(|step| answers.contains(step))
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
        Kind::Complaint => one.actor(Step::Upheld),
        _ => one.actor(Step::Decided),
    };
    let answer = answer(one);
    let decided = answer.map_or_else(|| course.decision(one.terms.limits), |step| course.last(step));
    let terms = Terms::on(decided.map_or(visit.today(), |decided| decided.on))?;
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
        numbers: Numbers::of(&terms),
        ground: course.ground,
        name: one.name.clone(),
        born,
        branch: one.units.name(one.home),
        number: row.map_or_else(String::new, |row| row.number.clone()),
        on: decided.map(|decided| decided.on),
        effective: decided.map(|decided| decided.effective),
        opened: one.file.opening.on,
        body: one.file.opening.body.clone(),
        decider: row.and_then(|row| one.body(row.seq)),
        upheld: answer.map(|step| step == Step::Upheld),
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
        false if has_paper(&one) => (papers::paper(&sheet), name_of(sheet.kind)),
        _ => return Err(Problem::NotFound),
    };
    let (kind, body) = match ending {
        "pdf" => (PDF, to_pdf(&document, &chibo_web::fonts())?),
        _ => (DOCX, to_docx(&document)?),
    };
    visit.write(|op| {
        taken(op, &one, name);
        Ok(())
    })?;
    Ok(Reply::File { name: format!("{name}-{}.{ending}", visit.today().iso()), kind, body })
}

/// A paper that was taken leaves a trace on the member.
fn taken(op: &mut Op<'_, '_>, one: &One, name: &str) {
    let stream = *one.file.row.person_id.bytes();
    let detail = serde_json::json!({ "paper": name, "case": one.file.row.case_id.to_string() }).to_string();
    let (unit, subject) = (Some(one.home), Some(stream));
    op.record(Entry { stream, action: "departure-paper-taken", unit, subject, detail });
}

/// `GET /leaving/papers.pdf?id=&id=`.
pub(super) fn bound_as_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let documents = several(visit)?;
    let body = bound_pdf(TITLE, &documents, &chibo_web::fonts())?;
    Ok(Reply::File { name: format!("{BOUND}-{}.pdf", visit.today().iso()), kind: PDF, body })
}

/// `GET /leaving/papers.docx?id=&id=`.
pub(super) fn bound_as_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = bound_docx(TITLE, &several(visit)?)?;
    Ok(Reply::File { name: format!("{BOUND}-{}.docx", visit.today().iso()), kind: DOCX, body })
}

/// The papers of the cases ticked that have one, each on its own pages.
fn several(visit: &Visit<'_>) -> Result<Vec<Document>, Problem> {
    let ids: Vec<Id<CaseFile>> = visit.query.all("id").filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Err(Problem::refuse(Said::new("leaving-papers-nobody")));
    }
    if ids.len() > MOST {
        return Err(Problem::refuse(Said::new("leaving-papers-many").with("most", MOST)));
    }
    let (mut cases, mut documents) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
    for id in ids {
        let one = One::of(visit, id)?;
        visit.permit(Permission::Export, one.home)?;
        if has_paper(&one) {
            documents.push(papers::paper(&sheet(visit, &one)?));
            cases.push(one);
        }
    }
    if documents.is_empty() {
        return Err(Problem::refuse(Said::new("leaving-papers-none")));
    }
    visit.write(|op| {
        cases.iter().for_each(|one| taken(op, one, name_of(one.file.kind())));
        Ok(())
    })?;
    Ok(documents)
}

/// Name of the file.
const fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Health => "nghi-quyet-mien-sinh-hoat",
        Kind::Other => "quyet-dinh-mien-sinh-hoat",
        Kind::StrikingOff => "quyet-dinh-xoa-ten",
        Kind::Request => "quyet-dinh-cho-ra-khoi-dang",
        Kind::Death => "thong-bao-tu-tran",
        Kind::Return => "thong-bao-tro-lai-sinh-hoat",
        Kind::Expulsion => "thong-bao-khai-tru",
        Kind::Complaint => "thong-bao-giai-quyet-khieu-nai",
        Kind::Restoration => "quyet-dinh-khoi-phuc",
    }
}
