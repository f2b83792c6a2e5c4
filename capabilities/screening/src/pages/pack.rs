//! The evidence pack of a proposed removal, printed (SCR-09).

use chibo_kernel::{Permission, Problem, Said};
use chibo_papers::document::{DOCX, Document, PDF, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::{Lang, Reply, Visit};

use super::member::Member;
use super::{member_parts, sentence};
use crate::actions;
use crate::papers::{self, Pack, Vote};
use crate::rules::{Item, State, Step};

/// `GET /screening/members/{id}/pack.docx`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let document = document(visit, "docx")?;
    Ok(Reply::File { name: name(visit, "docx"), kind: DOCX, body: to_docx(&document)? })
}

/// `GET /screening/members/{id}/pack.pdf`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let document = document(visit, "pdf")?;
    Ok(Reply::File { name: name(visit, "pdf"), kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? })
}

fn name(visit: &Visit<'_>, ending: &str) -> String {
    format!("ho-so-minh-chung-{}.{ending}", visit.today().iso())
}

/// The pack, in Vietnamese whatever the reader's language: it goes to the standing committee.
fn document(visit: &Visit<'_>, how: &'static str) -> Result<Document, Problem> {
    let member = Member::load(visit)?;
    visit.permit(Permission::Export, member.home)?;
    let state = member.state();
    let proposed = state.proposed() || state == State::Removed;
    let nothing = || Problem::rule("SCR-09", Said::new("screening-pack-nothing"));
    let file = member.file.as_ref().filter(|_| proposed).ok_or_else(nothing)?;
    let w = visit.house.words.tongue(Lang::Vi);
    let (flags, admitted, official) = visit.read(|tx| {
        let flags = actions::open_flags_of(tx, member.person)?;
        let admitted = chibo_members::admitted_of(tx, &[member.person])?.get(&member.person).copied();
        Ok((flags, admitted, chibo_members::official_of(tx, member.person)?))
    })?;
    let form = file.course.form();
    let votes = file.rows.iter().filter_map(|row| {
        let verdict = actions::verdict_of(file, row.seq)?;
        let word = Step::from_code(&row.step).map_or("", |step| w.t(step.word()));
        Some(Vote {
            what: format!("{word} ({}, {})", w.day(row.on_day), row.number),
            lines: verdict.explain().iter().map(|step| w.said(&step.said)).collect(),
        })
    });
    let said = |row: &crate::store::StepRow| {
        let step = Step::from_code(&row.step).filter(|step| step.body().is_none())?;
        Some(vec![w.day(row.on_day), w.t(step.word()).to_owned(), row.number.clone()])
    };
    let item = |row: &crate::store::EvidenceRow| {
        let word = Item::from_code(&row.item).map_or("", |item| w.t(item.word()));
        vec![word.to_owned(), row.number.clone(), w.day(row.on_day)]
    };
    let pack = Pack {
        issuer: member.units.name(member.home),
        superior: member.units.above(visit, member.home),
        made_on: visit.today(),
        name: member.name.clone(),
        admitted,
        official,
        form: form.map_or_else(String::new, |form| w.t(form.word()).to_owned()),
        grounds: flags.iter().map(|flag| vec![flag.rule.to_owned(), sentence(w, flag), w.day(flag.since)]).collect(),
        steps: file.rows.iter().filter_map(said).collect(),
        votes: votes.collect(),
        items: member.evidence.iter().map(item).collect(),
        lacks: member_parts::lacks(w, &member, form),
    };
    let (home, person) = (member.home, member.person);
    visit.write(|op| {
        op.permit(Permission::Export, home)?;
        let detail = serde_json::json!({ "as": how }).to_string();
        let (stream, subject) = (*person.bytes(), Some(*person.bytes()));
        op.record(Entry { stream, action: "screen-pack-printed", unit: Some(home), subject, detail });
        Ok(())
    })?;
    Ok(papers::pack(&pack))
}
