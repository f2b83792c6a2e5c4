//! Papers for one or for many (DPD-40): which there are, for whom, as DOCX or PDF. The papers of many come in one file,
//! each from a new page.

mod cases;

use std::collections::HashSet;

use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, Issuer, PDF, bound_docx, bound_pdf};
use chibo_web::{Reply, Visit, html};

use super::found::stage_word;
use super::{Ask, Found, probationers};
use crate::papers::{self, Case};
use crate::rules::{Candidate, Course, Line, Recognition, Road, Step};
use crate::store::{self, annul::annulments_of};

/// Most people one file is about.
const MOST: usize = 500;

/// A paper that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Applications,
    Application,
    History,
    Introduction,
    Union,
    Opinions,
    Branch,
    Vetting,
    Base,
    Decision,
    SelfReview,
    Helper,
    LaterOpinions,
    Recognition,
    LaterVetting,
    LaterBase,
    LaterDecision,
    StrikingOff,
    Cancelling,
}

/// Papers about candidates.
pub(super) const OF_CANDIDATES: [Kind; 10] = [
    Kind::Applications,
    Kind::Application,
    Kind::History,
    Kind::Introduction,
    Kind::Union,
    Kind::Opinions,
    Kind::Branch,
    Kind::Vetting,
    Kind::Base,
    Kind::Decision,
];

/// Papers about members on probation.
pub(super) const OF_MEMBERS: [Kind; 8] = [
    Kind::Recognition,
    Kind::SelfReview,
    Kind::Helper,
    Kind::LaterOpinions,
    Kind::LaterVetting,
    Kind::LaterBase,
    Kind::LaterDecision,
    Kind::StrikingOff,
];

impl Kind {
    /// In the address.
    pub const fn code(self) -> &'static str {
        self.told().0
    }

    /// Key of its name.
    pub const fn word(self) -> &'static str {
        self.told().1
    }

    const fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Applications => ("applications", "development-print-applications"),
            Self::Application => ("application", "development-paper-1"),
            Self::History => ("history", "development-paper-2"),
            Self::Introduction => ("introduction", "development-paper-3"),
            Self::Union => ("union", "development-paper-4"),
            Self::Opinions => ("opinions", "development-paper-5"),
            Self::Branch => ("branch", "development-print-branch"),
            Self::Vetting => ("vetting", "development-paper-7"),
            Self::Base => ("base", "development-paper-8"),
            Self::Decision => ("decision", "development-print-decision"),
            Self::SelfReview => ("self-review", "development-paper-10"),
            Self::Helper => ("helper", "development-paper-11"),
            Self::LaterOpinions => ("later-opinions", "development-paper-12"),
            Self::Recognition => ("recognition", "development-paper-13"),
            Self::LaterVetting => ("later-vetting", "development-paper-14"),
            Self::LaterBase => ("later-base", "development-paper-15"),
            Self::LaterDecision => ("later-decision", "development-paper-16"),
            Self::StrikingOff => ("striking-off", "development-print-striking-off"),
            Self::Cancelling => ("cancelling", "development-print-cancelling"),
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        OF_CANDIDATES.into_iter().chain(OF_MEMBERS).chain([Self::Cancelling]).find(|kind| kind.code() == code)
    }

    /// Whether it is about a member.
    fn of_member(self) -> bool {
        self == Self::Cancelling || OF_MEMBERS.contains(&self)
    }

    /// Whose votes it tells.
    const fn line(self) -> Line {
        match self {
            Self::StrikingOff => Line::StrikingOff,
            _ => Line::Recognition,
        }
    }

    /// The papers of one case; the list of applications is no paper of one.
    fn printed(self, case: &Case) -> Vec<Document> {
        vec![match self {
            Self::Introduction => return papers::introduction(case),
            Self::Helper => return papers::helper_remark(case),
            Self::History => return papers::life_history(case),
            Self::Applications => return Vec::new(),
            Self::Application => papers::application(case),
            Self::Union => papers::union_resolution(case),
            Self::Opinions => papers::opinions(case),
            Self::Branch => papers::branch_resolution(case),
            Self::Vetting => papers::vetting(case),
            Self::Base => papers::base_resolution(case),
            Self::Decision => papers::decision(case),
            Self::SelfReview => papers::self_review(case),
            Self::LaterOpinions => papers::later_opinions(case),
            Self::Recognition => papers::recognition_resolution(case),
            Self::LaterVetting => papers::later_vetting(case),
            Self::LaterBase => papers::later_base_resolution(case),
            Self::LaterDecision => papers::recognition_decision(case),
            Self::StrikingOff => papers::striking_off(case),
            Self::Cancelling => papers::cancelling(case),
        }]
    }
}

fn link(visit: &Visit<'_>, kind: Kind, who: &str) -> Vec<(String, String)> {
    let name = visit.w.t(kind.word());
    let one = |(ending, word): (&str, &str)| {
        (format!("{name} ({word})"), format!("/development/print?kind={}&who={who}&as={ending}", kind.code()))
    };
    [("docx", "DOCX"), ("pdf", "PDF")].into_iter().map(one).collect()
}

/// The papers of one candidate that are due at his step; nothing for those who may not take papers out.
pub(super) fn of_one(visit: &Visit<'_>, id: Id<Candidate>, course: &Course) -> Vec<(String, String)> {
    if !visit.who().may_somewhere(Permission::Export) {
        return Vec::new();
    }
    let fits = |kind: &Kind| match kind {
        Kind::Application | Kind::History => course.done(Step::Certified),
        Kind::Introduction | Kind::Union | Kind::Opinions | Kind::Branch => course.done(Step::Opened),
        Kind::Vetting | Kind::Base => course.done(Step::BranchVoted),
        Kind::Decision => course.done(Step::CommitteeVoted),
        _ => false,
    };
    OF_CANDIDATES.into_iter().filter(fits).flat_map(|kind| link(visit, kind, &id.to_string())).collect()
}

/// The papers of one member on probation that are due where he stands.
pub(super) fn of_member(visit: &Visit<'_>, person: Id<Person>, road: &Road) -> Vec<(String, String)> {
    if !visit.who().may_somewhere(Permission::Export) {
        return Vec::new();
    }
    let (ended, noted) = (road.ended(), |step| road.0.iter().any(|taken| taken.step == step));
    let fits = |kind: &Kind| match (ended, kind) {
        (Some(end), Kind::LaterDecision) => end == Recognition::Recognised,
        (Some(end), Kind::StrikingOff) => end == Recognition::StruckOff,
        (Some(_), _) => false,
        (None, Kind::LaterVetting | Kind::LaterBase) => noted(Recognition::BranchVoted),
        (None, Kind::LaterDecision) => noted(Recognition::CommitteeVoted),
        (None, Kind::StrikingOff) => noted(Recognition::StrikeCommittee),
        (None, _) => true,
    };
    OF_MEMBERS.into_iter().filter(fits).flat_map(|kind| link(visit, kind, &person.to_string())).collect()
}

/// The decisions that cancelled something about a member (MEM-41).
pub(super) fn of_cancelled(visit: &Visit<'_>, person: Id<Person>) -> Vec<(String, String)> {
    if !visit.who().may_somewhere(Permission::Export) {
        return Vec::new();
    }
    link(visit, Kind::Cancelling, &person.to_string())
}

/// A card with links; nothing without any.
pub(super) fn links(visit: &Visit<'_>, all: &[(String, String)]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut out = format!("<section class=\"card\"><h2>{}</h2>", visit.w.t("development-print"));
    out.push_str(&format!("<p class=\"hint\">{}</p><ul class=\"plain\">", visit.w.t("development-print-about")));
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

/// Documents with the unit the audit names and how many people they are about.
type Printed = (Vec<Document>, Option<Id<Unit>>, usize);

/// A member with his branch.
type Homed = (Id<Person>, Id<Unit>);

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
    let cases: Vec<Case> = visit.read(|tx| {
        lines.iter().map(|line| cases::candidate(visit, tx, units, &line.row)).collect::<Result<Vec<_>, _>>()
    })?;
    let top = ask.unit.or_else(|| lines.first().map(|line| line.row.unit_id));
    let count = cases.len();
    let documents = if kind == Kind::Applications {
        let issuer = top.map_or_else(Issuer::default, |unit| Issuer {
            superior: cases::above(units, unit),
            name: units.name(unit),
        });
        let stage = |line: &&super::Line| visit.w.t(stage_word(line.course.stage())).to_owned();
        let cases: Vec<_> = cases.into_iter().zip(lines.iter().map(stage)).collect();
        vec![papers::applications(issuer, visit.today(), &cases)]
    } else {
        cases.iter().flat_map(|case| kind.printed(case)).collect()
    };
    Ok((documents, top, count))
}

/// Members named in the address whom the viewer may take papers out about, with their branches. Whoever is no longer on
/// probation has a road behind him or a decision that was cancelled; other members have no such papers.
fn named(visit: &Visit<'_>, units: &UnitsToday, kind: Kind) -> Result<Vec<Homed>, Problem> {
    let today = visit.today();
    let asked: HashSet<Id<Person>> = visit.query.all("who").filter_map(|who| who.parse().ok()).collect();
    let asked = few(asked.into_iter().collect())?;
    let on_probation: HashSet<Id<Person>> =
        probationers(visit, units, None)?.into_iter().map(|one| one.person).collect();
    let mut found = Vec::new();
    for person in asked {
        let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today));
        let unit = match home {
            Ok(unit) => unit,
            Err(Problem::NotFound) => continue,
            Err(other) => return Err(other),
        };
        let may =
            visit.who().system || units.place(unit).is_some_and(|place| visit.who().may_at(Permission::Export, place));
        let has = may
            && visit.read(|tx| {
                Ok(match kind {
                    Kind::Cancelling => !annulments_of(tx, person)?.is_empty(),
                    _ => on_probation.contains(&person) || !store::recognition_of(tx, person)?.is_empty(),
                })
            })?;
        if has {
            found.push((person, unit));
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn members(visit: &Visit<'_>, kind: Kind) -> Result<Printed, Problem> {
    let unit = Ask::read(visit)?.unit;
    let units = UnitsToday::of(visit);
    let people = if visit.query.all("who").next().is_some() {
        named(visit, &units, kind)?
    } else if kind == Kind::Cancelling {
        Vec::new()
    } else {
        let late = visit.query.get("late") == "yes";
        let mut rows = probationers(visit, &units, unit)?;
        rows.retain(|one| {
            (!late || one.by < visit.today())
                && (visit.who().system || visit.who().may_at(Permission::Export, one.place))
        });
        rows.into_iter().map(|one| (one.person, one.unit)).collect()
    };
    let people = few(people)?;
    let cases = visit.read(|tx| {
        let mut cases = Vec::with_capacity(people.len());
        for &(person, unit) in &people {
            if kind == Kind::Cancelling {
                cases.extend(cases::cancelled(visit, tx, &units, (person, unit))?);
            } else {
                cases.push(cases::member(visit, tx, &units, (person, unit, kind.line()))?);
            }
        }
        Ok::<_, Problem>(cases)
    })?;
    let top = unit.or_else(|| people.first().map(|(_, unit)| *unit));
    Ok((cases.iter().flat_map(|case| kind.printed(case)).collect(), top, people.len()))
}

/// `GET /development/print?kind=&as=&who=…` with the query of the list.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let kind = Kind::from_code(visit.query.get("kind")).unwrap_or(Kind::Applications);
    let (documents, top, count) = if kind.of_member() { members(visit, kind)? } else { candidates(visit, kind)? };
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
