//! A meeting on paper: minutes, resolution, attendance sheet, as Word or PDF.

use std::collections::HashMap;

use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_papers::document::{DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_web::words::Lang;
use chibo_web::{Reply, Visit};

use super::desk::{self, Desk};
use super::tasks;
use crate::papers::{self, Printed, Seat, Work};
use crate::rules::{Month, Presence};
use crate::store::{self, TaskRow};

/// A paper: its name in the address, and what makes it.
type Paper = (&'static str, fn(&Printed) -> Document);

/// What can be printed.
const PAPERS: [Paper; 3] =
    [("minutes", papers::minutes), ("resolution", papers::resolution), ("attendance", papers::attendance)];

fn work(visit: &Visit<'_>, row: &TaskRow, ended: bool) -> Work {
    let w = visit.house.words.tongue(Lang::Vi);
    let view = visit.house.census.view(visit.today());
    let who = view.name_of(row.member_id).unwrap_or_default();
    let result = if ended { w.t(tasks::state(row, visit.today()).0).to_owned() } else { row.product.clone() };
    Work { what: row.what.clone(), who, due: row.due.to_string(), result }
}

fn printed(visit: &Visit<'_>, desk: &Desk) -> Printed {
    // Papers are Vietnamese whatever language their maker reads.
    let w = visit.house.words.tongue(Lang::Vi);
    let row = &desk.row;
    let unit = desk.place.unit;
    let names: HashMap<Id<Person>, String> =
        desk.members.iter().map(|member| (member.id, member.name.clone())).collect();
    let name = |id: Option<Id<Person>>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let item = |seq: &str| {
        let item = desk.items.iter().find(|item| item.seq.to_string() == seq);
        item.map_or_else(|| w.t("meetings-spoke-generally").to_owned(), |item| item.title.clone())
    };
    let seat = |member: &crate::branch::Member| {
        let row = desk.roll.iter().find(|seat| seat.member_id == member.id);
        let presence = row.and_then(|row| Presence::from_number(row.presence)).unwrap_or(Presence::Present);
        let spoke = row.map_or_else(String::new, |row| {
            row.spoke_on.split(',').filter(|s| !s.is_empty()).map(item).collect::<Vec<_>>().join("; ")
        });
        Seat {
            name: member.name.clone(),
            was: if presence == Presence::Present { String::new() } else { w.t(presence.word()).to_owned() },
            why: row.map_or_else(String::new, |row| row.reason.clone()),
            spoke,
        }
    };
    let grade = w.t(desk.grade.word());
    let lost = desk.score.lines.iter().filter_map(|line| {
        let why = line.why.as_ref()?;
        let item = w.t(&format!("meetings-item-{}", line.item));
        Some(format!("{item}: {}/{}. {}", line.got, line.most, w.said(why)))
    });
    let score = std::iter::once(w.t2("meetings-score-tag", ("points", desk.score.total), ("grade", grade))).chain(lost);
    let vote = |vote: &store::VoteRow| {
        format!("{}: tán thành {}/{}, không tán thành {}", vote.subject, vote.yes, vote.base, vote.no_votes)
    };
    Printed {
        issuer: Issuer { superior: desk.place.units.above(visit, unit), name: desk.place.name() },
        meeting: w.t2(
            "meetings-title-one",
            ("kind", w.t(desk.kind().word()).to_lowercase()),
            ("month", Month(row.month).text()),
        ),
        month: Month(row.month).text(),
        on: row.on_day,
        time: desk::time_text(row),
        place: row.place.clone(),
        chair: name(row.chair_id),
        secretary: name(row.secretary_id),
        guests: row.guests.clone(),
        counts: desk::counts_text(w, desk),
        items: desk.items.iter().map(|item| item.title.clone()).collect(),
        texts: [row.report.clone(), row.discussion.clone(), row.conclusion.clone()],
        votes: desk.votes.iter().map(vote).collect(),
        roll: desk.members.iter().map(seat).collect(),
        before: desk.before.iter().map(|row| work(visit, row, true)).collect(),
        works: desk.tasks.iter().map(|row| work(visit, row, false)).collect(),
        score: score.collect::<Vec<_>>().join("\n"),
    }
}

/// `GET …/{paper}.docx` and `.pdf`: the roll holds names, so it is for those who may take lists out.
fn file(visit: &Visit<'_>, pdf: bool) -> Result<Reply, Problem> {
    let desk = Desk::load(visit)?;
    let unit = desk.place.unit;
    if visit.permit(Permission::Export, unit).is_err() && !desk.place.may_keep {
        return Err(Problem::Denied);
    }
    let asked = visit.query.get("paper");
    let (name, make) = PAPERS.iter().find(|(name, _)| *name == asked).ok_or(Problem::NotFound)?;
    let document = make(&printed(visit, &desk));
    let detail = serde_json::json!({ "no": desk.row.meeting_no, "paper": name });
    visit.taken_out(unit, "meeting-printed", &detail)?;
    let ending = if pdf { "pdf" } else { "docx" };
    let name = format!("{name}-{}.{ending}", Month(desk.row.month).code());
    Ok(if pdf {
        Reply::File { name, kind: PDF, body: to_pdf(&document, &chibo_web::fonts())? }
    } else {
        Reply::File { name, kind: DOCX, body: to_docx(&document)? }
    })
}

/// `GET /meetings/units/{id}/{no}/paper.pdf?paper=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    file(visit, true)
}

/// `GET /meetings/units/{id}/{no}/paper.docx?paper=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    file(visit, false)
}

/// Where the papers are: word, Word file, PDF.
pub(super) fn links<'a>(visit: &Visit<'a>, desk: &Desk) -> Vec<(&'a str, String, String)> {
    let words = ["meetings-paper-minutes", "meetings-paper-resolution", "meetings-paper-attendance"];
    let link = |((name, _), word): (&Paper, &'static str)| {
        let address = |ending: &str| desk.address(&format!("/paper.{ending}?paper={name}"));
        (visit.w.t(word), address("docx"), address("pdf"))
    };
    PAPERS.iter().zip(words).map(link).collect()
}
