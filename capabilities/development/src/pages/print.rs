//! Papers for one or for many (DPD-40): which there are, for whom, as DOCX or PDF.

use std::collections::HashSet;

use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, Issuer, PDF, bound_docx, bound_pdf};
use chibo_store::Tx;
use chibo_web::{Reply, Visit, html};

use super::found::stage_word;
use super::{Ask, Found, probationers};
use crate::actions;
use crate::papers::{self, Case, Taken};
use crate::rules::{Body, Candidate, Course, Recognition, Road, Step, Vote};
use crate::store::{self, RecognitionRow, StepRow};

/// Most people one file is about.
const MOST: usize = 500;

/// A paper that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Applications,
    Branch,
    Base,
    Decision,
    Recognition,
}

/// Papers about candidates.
pub(super) const OF_CANDIDATES: [Kind; 4] = [Kind::Applications, Kind::Branch, Kind::Base, Kind::Decision];

impl Kind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::Branch => "branch",
            Self::Base => "base",
            Self::Decision => "decision",
            Self::Recognition => "recognition",
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Applications => "development-print-applications",
            Self::Branch => "development-paper-6",
            Self::Base => "development-paper-8",
            Self::Decision => "development-paper-9",
            Self::Recognition => "development-paper-13",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        OF_CANDIDATES.into_iter().chain([Self::Recognition]).find(|kind| kind.code() == code)
    }
}

fn link(visit: &Visit<'_>, kind: Kind, who: &str) -> Vec<(String, String)> {
    let name = visit.w.t(kind.word());
    let one = |(ending, word): (&str, &str)| {
        (format!("{name} ({word})"), format!("/development/print?kind={}&who={who}&as={ending}", kind.code()))
    };
    [("docx", "DOCX"), ("pdf", "PDF")].into_iter().map(one).collect()
}

/// The papers of one candidate that make sense now; nothing for those who may not take papers out.
pub(super) fn of_one(visit: &Visit<'_>, id: Id<Candidate>, course: &Course) -> Vec<(String, String)> {
    if !visit.who().may_somewhere(Permission::Export) || !course.done(Step::Opened) {
        return Vec::new();
    }
    let fits = |kind: &Kind| match kind {
        Kind::Branch => true,
        Kind::Base => course.done(Step::BranchVoted),
        Kind::Decision => course.done(Step::CommitteeVoted),
        Kind::Applications | Kind::Recognition => false,
    };
    OF_CANDIDATES.into_iter().filter(fits).flat_map(|kind| link(visit, kind, &id.to_string())).collect()
}

/// The papers of one member on probation.
pub(super) fn of_member(visit: &Visit<'_>, person: Id<Person>, road: &Road) -> Vec<(String, String)> {
    if !visit.who().may_somewhere(Permission::Export) || road.ended().is_some() {
        return Vec::new();
    }
    link(visit, Kind::Recognition, &person.to_string())
}

/// A card with links; nothing without any.
pub(super) fn links(visit: &Visit<'_>, all: &[(String, String)]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut out = format!("<section class=\"card\"><h2>{}</h2><ul class=\"plain\">", visit.w.t("development-print"));
    for (text, href) in all {
        out.push_str("<li>");
        chibo_web::table::link(&mut out, text, href);
        out.push_str("</li>");
    }
    out.push_str("</ul></section>");
    out
}

/// A form about the rows of a list: papers for those ticked, or for all of the list when nobody is.
pub(super) fn about(visit: &Visit<'_>, kinds: &[Kind], table: &str) -> String {
    if !visit.who().may_somewhere(Permission::Export) {
        return table.to_owned();
    }
    let w = visit.w;
    let mut out = String::from("<form class=\"form wide\" method=\"get\" action=\"/development/print\">");
    for name in ["unit", "stage", "late", "q"] {
        if let Some(value) = visit.query.some(name) {
            out.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\""));
            html::push(&mut out, value);
            out.push_str("\">");
        }
    }
    out.push_str(table);
    let mut choice = |name: &str, label: &str, choices: &[(&str, &str)]| {
        out.push_str(&format!("<div class=\"field\"><label for=\"print-{name}\">"));
        html::push(&mut out, label);
        out.push_str(&format!("</label><select id=\"print-{name}\" name=\"{name}\">"));
        for (code, text) in choices {
            out.push_str(&format!("<option value=\"{code}\">"));
            html::push(&mut out, text);
            out.push_str("</option>");
        }
        out.push_str("</select></div>");
    };
    let all: Vec<_> = kinds.iter().map(|kind| (kind.code(), w.t(kind.word()))).collect();
    choice("kind", w.t("development-print-kind"), &all);
    choice("as", w.t("development-print-as"), &[("docx", "DOCX"), ("pdf", "PDF")]);
    out.push_str(&format!("<p class=\"hint\">{}</p>", w.t("development-print-hint")));
    out.push_str(&format!(
        "<div class=\"form-actions\"><button class=\"btn\" type=\"submit\">{}</button></div></form>",
        w.t("development-print-send")
    ));
    out
}

/// A box that picks a row.
pub(super) fn pick(visit: &Visit<'_>, who: &str, name: &str) -> String {
    let label = html::escape(&visit.w.t1("development-print-pick", "name", name));
    format!("<input type=\"checkbox\" name=\"who\" value=\"{who}\" aria-label=\"{label}\">")
}

fn candidate_taken(rows: &[StepRow], step: Step) -> Taken {
    let found = rows.iter().rev().find(|row| row.step == step.code());
    found.map_or_else(Taken::default, |row| {
        let how = (row.body.as_deref().unwrap_or(""), row.form.as_deref().unwrap_or(""));
        taken(&row.number, row.on_day, (row.votes_for, row.votes_base), how)
    })
}

fn member_taken(rows: &[RecognitionRow], step: Recognition) -> Taken {
    let found = rows.iter().rev().find(|row| row.step == step.code());
    found.map_or_else(Taken::default, |row| {
        let how = (row.body.as_deref().unwrap_or(""), row.form.as_deref().unwrap_or(""));
        taken(&row.number, row.on_day, (row.votes_for, row.votes_base), how)
    })
}

fn taken(number: &str, on: chibo_kernel::Day, (yes, base): (u32, u32), (body, form): (&str, &str)) -> Taken {
    let form = chibo_kernel::votes::VotingForm::from_code(form);
    let vote = Vote { yes, base, form, body: Body::from_code(body), ..Vote::default() };
    Taken { number: number.to_owned(), on: Some(on), vote }
}

/// The names of the organisations above a branch: papers name them whether or not one may look into them.
fn above(units: &UnitsToday, unit: Id<Unit>) -> (String, String) {
    let name = |place: Option<u32>| {
        place.and_then(|place| units.tree.facts(place)).map_or_else(String::new, |facts| facts.name.clone())
    };
    let base = units.place(unit).and_then(|place| units.tree.parent(place));
    (name(base), name(base.and_then(|base| units.tree.parent(base))))
}

fn candidate_case(tx: &mut Tx<'_>, units: &UnitsToday, line: &super::Line) -> Result<Case, Problem> {
    let rows = store::steps_of(tx, line.row.candidate_id)?;
    let introduced = rows.iter().rev().find(|row| row.step == Step::Introduced.code());
    let (base, upper) = above(units, line.row.unit_id);
    Ok(Case {
        name: line.row.full_name.clone(),
        birth: line.row.birth.to_string(),
        workplace: line.row.workplace.clone(),
        branch: units.name(line.row.unit_id),
        base,
        upper,
        introducers: introduced.map_or_else(String::new, |row| row.note.clone()),
        voted: candidate_taken(&rows, Step::BranchVoted),
        committee: candidate_taken(&rows, Step::CommitteeVoted),
        decided: candidate_taken(&rows, Step::Decided),
        ends: None,
    })
}

/// Documents with the unit the audit names.
type Printed = (Vec<Document>, Option<Id<Unit>>, usize);

fn few<T>(rows: Vec<T>) -> Result<Vec<T>, Problem> {
    match rows.len() {
        0 => Err(Problem::refuse(Said::new("development-print-nobody"))),
        many if many > MOST => Err(Problem::refuse(Said::new("development-print-many").with("most", MOST as u32))),
        _ => Ok(rows),
    }
}

fn candidates(visit: &Visit<'_>, kind: Kind) -> Result<Printed, Problem> {
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let who: HashSet<&str> = visit.query.all("who").collect();
    let may = |line: &super::Line| visit.who().system || visit.who().may_at(Permission::Export, line.place);
    let lines: Vec<&super::Line> = if who.is_empty() {
        found.fitting(&ask, visit.today())
    } else {
        found.lines.iter().filter(|line| who.contains(line.row.candidate_id.to_string().as_str())).collect()
    };
    let lines = few(lines.into_iter().filter(|line| may(line)).collect::<Vec<_>>())?;
    let units = &found.units;
    let cases =
        visit.read(|tx| lines.iter().map(|line| candidate_case(tx, units, line)).collect::<Result<Vec<_>, _>>())?;
    let top = ask.unit.or_else(|| lines.first().map(|line| line.row.unit_id));
    let count = cases.len();
    let documents = match kind {
        Kind::Branch | Kind::Recognition => cases.iter().map(papers::branch_resolution).collect(),
        Kind::Base => cases.iter().map(papers::base_resolution).collect(),
        Kind::Decision => cases.iter().map(papers::decision).collect(),
        Kind::Applications => {
            let issuer = top
                .map_or_else(Issuer::default, |unit| Issuer { superior: above(units, unit).0, name: units.name(unit) });
            let stage = |line: &&super::Line| visit.w.t(stage_word(line.course.stage())).to_owned();
            let cases: Vec<_> = cases.into_iter().zip(lines.iter().map(stage)).collect();
            vec![papers::applications(issuer, visit.today(), &cases)]
        }
    };
    Ok((documents, top, count))
}

fn members(visit: &Visit<'_>) -> Result<Printed, Problem> {
    let unit = Ask::read(visit)?.unit;
    let units = UnitsToday::of(visit);
    let who: HashSet<&str> = visit.query.all("who").collect();
    let late = visit.query.get("late") == "yes";
    let mut rows = probationers(visit, &units, unit)?;
    rows.retain(|one| {
        let wanted = if who.is_empty() {
            !late || one.by < visit.today()
        } else {
            who.contains(one.person.to_string().as_str())
        };
        wanted && (visit.who().system || visit.who().may_at(Permission::Export, one.place))
    });
    let rows = few(rows)?;
    let case = |tx: &mut Tx<'_>, one: &super::probation::Probationer| -> Result<Case, Problem> {
        let steps = store::recognition_of(tx, one.person)?;
        let (base, upper) = above(&units, one.unit);
        Ok(Case {
            name: one.name.clone(),
            branch: units.name(one.unit),
            base,
            upper,
            voted: member_taken(&steps, Recognition::BranchVoted),
            ends: actions::official_on(tx, one.person, visit.today()).ok().or(Some(one.ends)),
            ..Case::default()
        })
    };
    let cases = visit.read(|tx| rows.iter().map(|one| case(tx, one)).collect::<Result<Vec<_>, _>>())?;
    let top = unit.or_else(|| rows.first().map(|one| one.unit));
    Ok((cases.iter().map(papers::recognition_resolution).collect(), top, cases.len()))
}

/// `GET /development/print?kind=&as=&who=…` with the query of the list.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let kind = Kind::from_code(visit.query.get("kind")).unwrap_or(Kind::Applications);
    let (documents, top, count) = if kind == Kind::Recognition { members(visit)? } else { candidates(visit, kind)? };
    let docx = visit.query.get("as") == "docx";
    let title = documents.first().map_or_else(String::new, |document| document.title.clone());
    let (body, media, ending) = if docx {
        (bound_docx(&title, &documents)?, DOCX, "docx")
    } else {
        (bound_pdf(&title, &documents, &chibo_web::fonts())?, PDF, "pdf")
    };
    if let Some(top) = top {
        let detail = serde_json::json!({ "kind": kind.code(), "people": count, "as": ending });
        visit.taken_out(top, "candidate-papers-printed", &detail)?;
    }
    Ok(Reply::File { name: format!("ket-nap-{}-{}.{ending}", kind.code(), visit.today().iso()), kind: media, body })
}
