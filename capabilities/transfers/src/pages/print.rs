//! Papers of one transfer or of several, as PDF and DOCX.

use chibo_kernel::{Id, Permission, Problem, Said};
use chibo_members::printed_of;
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, PDF, bound_pdf, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::{Reply, Visit};

use super::found::{origin, sees, target};
use crate::actions::{self, Case};
use crate::papers::{Boxed, Paper, Sort, Struck, document, together};
use crate::rules::{Kind, Seal, State, Step, Transfer};
use crate::store;

/// Most papers printed at once.
const MOST: usize = 200;

/// Which papers a transfer has: nobody here introduces who comes from outside, and nobody here receives who goes there.
pub(super) fn offered(case: &Case) -> Vec<Sort> {
    let (kind, state) = (case.detail.kind, case.course.state());
    let under_way = kind != Kind::Incoming && state != State::Withdrawn;
    let fits = |sort: &Sort| match sort {
        Sort::Introduction => under_way,
        Sort::Notice => under_way && case.course.introduced().is_some(),
        Sort::Receipt => !kind.outward() && state == State::Accepted,
        Sort::StruckOff => state == State::StruckOff,
    };
    Sort::ALL.into_iter().filter(fits).collect()
}

/// What a paper of a transfer is printed from; `None` when it has no such paper.
fn paper(visit: &Visit<'_>, units: &UnitsToday, id: Id<Transfer>, sort: Sort) -> Result<Option<Paper>, Problem> {
    let (case, carried, newcomer) =
        visit.read(|tx| Ok((Case::load(tx, id)?, store::carried(tx, id)?, store::newcomer(tx, id)?)))?;
    let case = case.ok_or(Problem::NotFound)?;
    if !sees(visit, units, &case.course, Permission::EditMembers) {
        return Err(Problem::NotFound);
    }
    if !offered(&case).contains(&sort) {
        return Ok(None);
    }
    let mut member = visit.read(|tx| printed_of(tx, case.row.person_id))?.unwrap_or_default();
    if let Some(row) = newcomer.filter(|_| member.name.is_empty()) {
        member.name = row.full_name;
    }
    let mut signed = case.steps.iter().filter(|row| row.step == Step::Signed.code());
    let boxed = |seal: &Seal| {
        let row = signed.next();
        Boxed {
            signer: units.name(seal.unit),
            on: row.map(|row| row.on_day),
            number: row.map_or_else(String::new, |row| row.number.clone()),
        }
    };
    let boxes = case.course.boxes.iter().map(boxed).collect();
    let above = |seal: Option<&Seal>| seal.map_or_else(String::new, |seal| upper(units, seal.unit));
    let (first, last) = (case.course.boxes.first(), case.course.boxes.last());
    let decided = case.steps.iter().find(|row| row.step == Step::StruckOff.code());
    let body = case.course.boxes.get(case.course.signed()).map(|seal| seal.unit);
    let struck = decided.zip(body).map(|(row, unit)| Struck {
        body: units.name(unit),
        above: upper(units, unit),
        number: row.number.clone(),
        on: row.on_day,
        ground: row.note.clone(),
    });
    let arrived = case
        .course
        .steps
        .iter()
        .rfind(|(step, _)| *step != Step::Considered)
        .map(|(_, on)| *on)
        .filter(|_| case.course.state() == State::Accepted);
    Ok(Some(Paper {
        sort,
        kind: case.detail.kind,
        member,
        from: origin(&case.detail, &case.course, units),
        above_from: if case.detail.kind == Kind::Incoming { String::new() } else { above(first) },
        to: target(&case.detail, &case.course, units),
        above_to: if case.detail.kind.outward() { String::new() } else { above(last) },
        boxes,
        introduced: case.course.introduced(),
        arrived,
        reason: case.row.reason.clone(),
        carried: carried.as_ref().map(actions::carried_of).unwrap_or_default(),
        struck,
        span: case.detail.span,
        made_on: visit.today(),
    }))
}

/// The name of what stands above a unit: it stands on the paper whoever prints it.
fn upper(units: &UnitsToday, unit: Id<chibo_kernel::Unit>) -> String {
    let up = units.place(unit).and_then(|place| units.tree.parent(place));
    up.and_then(|up| units.tree.facts(up)).map_or_else(String::new, |facts| facts.name.clone())
}

/// Which paper the address asks for; the introduction when it names none.
fn asked(visit: &Visit<'_>) -> Result<Sort, Problem> {
    match visit.query.some("paper") {
        Some(code) => Sort::from_code(code).ok_or(Problem::NotFound),
        None => Ok(Sort::Introduction),
    }
}

fn record(visit: &Visit<'_>, about: [u8; 16], sort: Sort, many: usize) -> Result<(), Problem> {
    let detail = serde_json::json!({ "paper": sort.code(), "papers": many }).to_string();
    visit.record(Entry { stream: about, action: "transfer-paper-printed", unit: None, subject: Some(about), detail })
}

fn one(visit: &Visit<'_>) -> Result<(Sort, Paper), Problem> {
    let (sort, id): (_, Id<Transfer>) = (asked(visit)?, visit.id("id")?);
    let paper = paper(visit, &UnitsToday::of(visit), id, sort)?;
    let paper = paper.ok_or_else(|| Problem::refuse(Said::new("transfers-paper-not-yet")))?;
    let person = visit.read(|tx| store::transfer(tx, id))?.ok_or(Problem::NotFound)?.person_id;
    record(visit, *person.bytes(), sort, 1)?;
    Ok((sort, paper))
}

/// `GET /transfers/{id}/paper.pdf?paper=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, paper) = one(visit)?;
    let body = to_pdf(&document(&paper), &chibo_web::fonts())?;
    Ok(Reply::File { name: format!("{}.pdf", sort.file()), kind: PDF, body })
}

/// `GET /transfers/{id}/paper.docx?paper=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, paper) = one(visit)?;
    Ok(Reply::File { name: format!("{}.docx", sort.file()), kind: DOCX, body: to_docx(&document(&paper))? })
}

/// The papers of the transfers ticked that have this paper.
fn several(visit: &Visit<'_>) -> Result<(Sort, Vec<Paper>), Problem> {
    let sort = asked(visit)?;
    let ids: Vec<Id<Transfer>> = visit.query.all("id").filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Err(Problem::refuse(Said::new("transfers-papers-nobody")));
    }
    if ids.len() > MOST {
        return Err(Problem::refuse(Said::new("transfers-papers-many").with("most", MOST)));
    }
    let units = UnitsToday::of(visit);
    let mut papers = Vec::with_capacity(ids.len());
    for id in &ids {
        papers.extend(paper(visit, &units, *id, sort)?);
    }
    if papers.is_empty() {
        return Err(Problem::refuse(Said::new("transfers-paper-not-yet")));
    }
    let first = ids.first().and_then(|id| visit.read(|tx| store::transfer(tx, *id)).ok().flatten());
    if let Some(row) = first {
        record(visit, *row.person_id.bytes(), sort, papers.len())?;
    }
    Ok((sort, papers))
}

/// `GET /transfers/papers.pdf?paper=&id=&id=`.
pub(super) fn bound(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, papers) = several(visit)?;
    let documents: Vec<_> = papers.iter().map(document).collect();
    let body = bound_pdf(visit.w.t(sort.word()), &documents, &chibo_web::fonts())?;
    Ok(Reply::File { name: format!("{}-{}.pdf", sort.file(), visit.today().iso()), kind: PDF, body })
}

/// `GET /transfers/papers.docx?paper=&id=&id=`.
pub(super) fn bound_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, papers) = several(visit)?;
    let body = to_docx(&together(visit.w.t(sort.word()), &papers))?;
    Ok(Reply::File { name: format!("{}-{}.docx", sort.file(), visit.today().iso()), kind: DOCX, body })
}
