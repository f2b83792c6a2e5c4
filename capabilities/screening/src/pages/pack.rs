//! Papers of members in a campaign: evidence pack, minutes of votes, decision, notice (SCR-09, SCR-11); of one or of many.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said};
use chibo_members::rules::deciding::Body;
use chibo_papers::document::{DOCX, Document, PDF, bound_docx, bound_pdf, to_docx, to_pdf};
use chibo_store::{Entry, Op};
use chibo_web::{Lang, Reply, Visit};

use super::member::Member;
use super::{member_parts, sentence};
use crate::actions::{self, File};
use crate::papers::{self, Act, Help, Pack, Sort, Vote};
use crate::rules::{Item, State, Step};

/// Most papers printed at once.
const MOST: usize = 200;

/// `GET /screening/members/{id}/pack.docx?paper=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, document) = one(visit)?;
    Ok(Reply::File { name: name(visit, sort, "docx"), kind: DOCX, body: to_docx(&document)? })
}

/// `GET /screening/members/{id}/pack.pdf?paper=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, document) = one(visit)?;
    Ok(Reply::File { name: name(visit, sort, "pdf"), kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? })
}

/// `GET /screening/papers.docx?paper=&id=&id=`.
pub(super) fn bound_as_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, documents) = several(visit)?;
    let body = bound_docx(sort.title(), &documents)?;
    Ok(Reply::File { name: name(visit, sort, "docx"), kind: DOCX, body })
}

/// `GET /screening/papers.pdf?paper=&id=&id=`.
pub(super) fn bound_as_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (sort, documents) = several(visit)?;
    let body = bound_pdf(sort.title(), &documents, &chibo_web::fonts())?;
    Ok(Reply::File { name: name(visit, sort, "pdf"), kind: PDF, body })
}

fn name(visit: &Visit<'_>, sort: Sort, ending: &str) -> String {
    format!("{}-{}.{ending}", sort.file(), visit.today().iso())
}

/// The papers a member has now.
pub(super) fn offered(member: &Member) -> Vec<Sort> {
    let Some(file) = &member.file else { return Vec::new() };
    let state = member.state();
    let decided = file.course.last(Step::Decided).is_some();
    let struck_elsewhere = file.course.last(Step::StruckElsewhere).is_some();
    let fits = |sort: &Sort| match sort {
        Sort::Pack => state.proposed() || (state == State::Removed && !struck_elsewhere),
        Sort::Minutes => !file.votes.is_empty(),
        Sort::Decision => state == State::AtDecider || (state == State::Removed && decided),
        Sort::Notice => state == State::Helping || (decided && matches!(state, State::Removed | State::Refused)),
    };
    Sort::ALL.iter().copied().filter(fits).collect()
}

/// Which paper the address asks for; the pack when it names none.
fn asked(visit: &Visit<'_>) -> Result<Sort, Problem> {
    match visit.query.some("paper") {
        Some(code) => Sort::from_code(code).ok_or(Problem::NotFound),
        None => Ok(Sort::Pack),
    }
}

fn one(visit: &Visit<'_>) -> Result<(Sort, Document), Problem> {
    let (sort, member) = (asked(visit)?, Member::load(visit)?);
    visit.permit(Permission::Export, member.home)?;
    let document = document(visit, &member, sort)?.ok_or_else(|| nothing(sort))?;
    visit.write(|op| printed(op, &member, sort))?;
    Ok((sort, document))
}

fn nothing(sort: Sort) -> Problem {
    match sort {
        Sort::Pack => Problem::rule("SCR-09", Said::new("screening-pack-nothing")),
        _ => Problem::rule("SCR-11", Said::new("screening-paper-not-yet")),
    }
}

/// The papers of the members ticked that have this one.
fn several(visit: &Visit<'_>) -> Result<(Sort, Vec<Document>), Problem> {
    let sort = asked(visit)?;
    let ids: Vec<Id<Person>> = visit.query.all("id").filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Err(Problem::refuse(Said::new("screening-papers-nobody")));
    }
    if ids.len() > MOST {
        return Err(Problem::refuse(Said::new("screening-papers-many").with("most", MOST)));
    }
    let (mut members, mut documents) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
    for id in ids {
        let member = Member::of(visit, id)?;
        visit.permit(Permission::Export, member.home)?;
        if let Some(document) = document(visit, &member, sort)? {
            documents.push(document);
            members.push(member);
        }
    }
    if documents.is_empty() {
        return Err(nothing(sort));
    }
    visit.write(|op| members.iter().try_for_each(|member| printed(op, member, sort)))?;
    Ok((sort, documents))
}

/// What was printed leaves a trace on the member.
fn printed(op: &mut Op<'_, '_>, member: &Member, sort: Sort) -> Result<(), Problem> {
    op.permit(Permission::Export, member.home)?;
    let detail = serde_json::json!({ "paper": sort.code() }).to_string();
    let (stream, subject) = (*member.person.bytes(), Some(*member.person.bytes()));
    op.record(Entry { stream, action: "screen-pack-printed", unit: Some(member.home), subject, detail });
    Ok(())
}

/// A paper in Vietnamese whatever the reader's language: it goes into the file. `None`: he has no such paper now.
fn document(visit: &Visit<'_>, member: &Member, sort: Sort) -> Result<Option<Document>, Problem> {
    let Some(file) = member.file.as_ref().filter(|_| offered(member).contains(&sort)) else { return Ok(None) };
    Ok(Some(match sort {
        Sort::Pack => papers::pack(&pack(visit, member, file)?),
        Sort::Minutes => papers::minutes(&act(visit, member, file, None)),
        Sort::Decision => papers::decision(&act(visit, member, file, Some(Step::Decided))),
        Sort::Notice => papers::notice(&act(visit, member, file, None)),
    }))
}

/// The votes with their reckoning.
fn votes(visit: &Visit<'_>, member: &Member, file: &File) -> Vec<Vote> {
    let w = visit.house.words.tongue(Lang::Vi);
    let vote = |row: &crate::store::StepRow| {
        let verdict = actions::verdict_of(file, row.seq)?;
        let word = Step::from_code(&row.step).map_or("", |step| w.t(step.word()));
        let by = member.deciders.iter().find(|decided| decided.seq == row.seq);
        let by = by.and_then(|decided| Body::from_code(&decided.body)).map(|body| format!(" – {}", w.t(body.word())));
        Some(Vote {
            what: format!("{word}{} ({}, {})", by.unwrap_or_default(), w.day(row.on_day), row.number),
            lines: verdict.explain().iter().map(|step| w.said(&step.said)).collect(),
        })
    };
    file.rows.iter().filter_map(vote).collect()
}

/// What the minutes, the decision and the notice are printed from; `by`: whose committee signs, the branch when none.
fn act(visit: &Visit<'_>, member: &Member, file: &File, by: Option<Step>) -> Act {
    let w = visit.house.words.tongue(Lang::Vi);
    let signer = by.map_or(member.home, |step| file.actor(step, member.home));
    let row = |step: Step| file.rows.iter().rev().find(|row| row.step == step.code());
    let decided = row(Step::Decided);
    let view = visit.house.census.view(visit.today());
    let help = file.course.help().zip(row(Step::Helped)).map(|((from, until), row)| Help {
        from,
        until,
        helper: row.helper_id.and_then(|helper| view.name_of(helper)).unwrap_or_default(),
        tasks: member_parts::tasks_text(w, &row.tasks),
    });
    let informed: Option<Day> = file.course.last(Step::Informed).map(|taken| member.terms.complain_by(taken.on));
    let body = decided.and_then(|row| member.deciders.iter().find(|decided| decided.seq == row.seq));
    Act {
        issuer: member.units.name(signer),
        superior: member.units.above(visit, signer),
        made_on: visit.today(),
        name: member.name.clone(),
        branch: member.units.name(member.home),
        number: decided.map_or_else(String::new, |row| row.number.clone()),
        decided: decided.map(|row| row.on_day),
        body: body.and_then(|row| Body::from_code(&row.body)).map(|body| w.t(body.word()).to_owned()),
        removed: member.state() == State::Removed,
        form: file.course.form(),
        votes: votes(visit, member, file),
        help,
        complain_by: informed,
        complain: member.terms.complain(),
    }
}

fn pack(visit: &Visit<'_>, member: &Member, file: &File) -> Result<Pack, Problem> {
    let w = visit.house.words.tongue(Lang::Vi);
    let (flags, admitted, official) = visit.read(|tx| {
        let flags = actions::open_flags_of(tx, member.person)?;
        let admitted = chibo_members::admitted_of(tx, &[member.person])?.get(&member.person).copied();
        Ok((flags, admitted, chibo_members::official_of(tx, member.person)?))
    })?;
    let form = file.course.form();
    let said = |row: &crate::store::StepRow| {
        let step = Step::from_code(&row.step).filter(|step| step.body().is_none())?;
        Some(vec![w.day(row.on_day), w.t(step.word()).to_owned(), row.number.clone()])
    };
    let item = |row: &crate::store::EvidenceRow| {
        let word = Item::from_code(&row.item).map_or("", |item| w.t(item.word()));
        vec![word.to_owned(), row.number.clone(), w.day(row.on_day)]
    };
    Ok(Pack {
        issuer: member.units.name(member.home),
        superior: member.units.above(visit, member.home),
        made_on: visit.today(),
        name: member.name.clone(),
        admitted,
        official,
        form: form.map_or_else(String::new, |form| w.t(form.word()).to_owned()),
        grounds: flags.iter().map(|flag| vec![flag.rule.to_owned(), sentence(w, flag), w.day(flag.since)]).collect(),
        steps: file.rows.iter().filter_map(said).collect(),
        votes: votes(visit, member, file),
        items: member.evidence.iter().map(item).collect(),
        lacks: member_parts::lacks(w, member, form),
    })
}
