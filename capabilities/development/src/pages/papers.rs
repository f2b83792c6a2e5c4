//! The papers of a file: which are there, which are missing (MEM-13, MEM-32, domain 03 §1).

use std::fmt::Write;

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit, html};

use super::one::One;
use super::recognising::One as Member;
use super::{MENU, again, day_of, missing};
use crate::actions;
use crate::rules::{Course, Paper, PaperSet, PaperStage, Shelf, Step, Terms};
use crate::store::file::{self, PaperRow};

/// The stage whose papers are due next; none once it is over.
pub(super) fn stage_of(course: &Course) -> Option<PaperStage> {
    match course.stage() {
        Some(Step::Stopped | Step::Annulled | Step::Admitted) => None,
        Some(Step::BranchVoted | Step::CommitteeVoted | Step::Decided) => Some(PaperStage::Decision),
        _ => Some(PaperStage::File),
    }
}

fn shelf(mut known: Shelf, rows: &[PaperRow]) -> Shelf {
    for row in rows {
        if let Some(paper) = Paper::from_code(&row.paper) {
            known.0.insert(paper, (row.there, row.on_day, row.note.clone()));
        }
    }
    known
}

fn shelf_of(visit: &Visit<'_>, one: &One) -> Result<Shelf, Problem> {
    let rows = visit.read(|tx| file::papers_of(tx, one.id()))?;
    Ok(shelf(Shelf::of(&one.course), &rows))
}

/// How far the papers of a stage are there and what is missing, with the way to them: shown beside the next step.
fn said(visit: &Visit<'_>, shelf: &Shelf, (stage, set): (PaperStage, &PaperSet), href: &str) -> String {
    let w = visit.w;
    let (there, all) = shelf.share(set);
    let missing: Vec<_> = shelf.missing(set).into_iter().map(|paper| w.t(paper.word())).collect();
    let (count, percent) = (format!("{}/{}", w.n(there), w.n(all)), w.percent(there as u64, all as u64));
    let mut out = String::from("<section class=\"card\"><h2>");
    html::push(&mut out, w.t(stage.word()));
    let colour = if missing.is_empty() { "ok" } else { "warn" };
    let _ = write!(out, "</h2><p><span class=\"tag {colour}\">");
    html::push(&mut out, &w.t2("development-papers-share", ("count", count), ("percent", percent)));
    out.push_str("</span> ");
    if !missing.is_empty() {
        html::push(&mut out, &w.t1("development-papers-missing", "papers", missing.join("; ")));
        out.push(' ');
    }
    let _ = write!(out, "<a href=\"{href}\">");
    html::push(&mut out, w.t("development-papers-open"));
    out.push_str("</a></p></section>");
    out
}

/// The same for a candidate.
pub(super) fn beside(visit: &Visit<'_>, one: &One, stage: PaperStage, terms: &Terms) -> Result<String, Problem> {
    let set = terms.papers(stage)?;
    Ok(said(visit, &shelf_of(visit, one)?, (stage, &set), &one.address("/papers")))
}

/// The same for a member on probation.
pub(super) fn beside_member(visit: &Visit<'_>, one: &Member, terms: &Terms) -> Result<String, Problem> {
    let stage = PaperStage::Recognition;
    let rows = visit.read(|tx| file::recognition_papers_of(tx, one.person))?;
    let href = format!("{}/papers", one.address());
    Ok(said(visit, &shelf(Shelf::default(), &rows), (stage, &terms.papers(stage)?), &href))
}

fn table(visit: &Visit<'_>, shelf: &Shelf, (stage, set): (PaperStage, &PaperSet)) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("paper", w.t("development-paper")),
        Column::new("state", w.t("development-state")),
        Column::new("on", w.t("development-on")),
        Column::sentences("note", w.t("development-note")),
    ];
    let mut table = Table::new(w.t(stage.word()), columns);
    let sometimes = set.sometimes.iter().map(|paper| (*paper, false));
    for (paper, needed) in set.needed.iter().map(|paper| (*paper, true)).chain(sometimes) {
        let entry = shelf.0.get(&paper);
        let state = match (shelf.has(paper), needed) {
            (true, _) => Cell::Tag(w.t("development-paper-there").to_owned(), "ok"),
            (false, true) => Cell::Tag(w.t("development-paper-missing").to_owned(), "warn"),
            (false, false) => Cell::Text(w.t("development-paper-sometimes").to_owned()),
        };
        let on = entry.map_or_else(String::new, |(_, day, _)| w.day(*day));
        let note = entry.map_or_else(String::new, |(.., note)| note.clone());
        table.rows.push(vec![Cell::Text(w.t(paper.word()).to_owned()), state, Cell::Text(on), Cell::Text(note)]);
    }
    let (there, all) = shelf.share(set);
    let (count, percent) = (format!("{}/{}", w.n(there), w.n(all)), w.percent(there as u64, all as u64));
    let share = w.t2("development-papers-share", ("count", count), ("percent", percent));
    format!("<h2>{}</h2><p>{}</p>{}", html::escape(w.t(stage.word())), html::escape(&share), table.html(visit))
}

/// The form that ticks papers; those without an entry first.
fn form(visit: &Visit<'_>, address: String, sets: &[(PaperStage, PaperSet)], shelf: &Shelf) -> Form {
    let w = visit.w;
    let all = sets.iter().flat_map(|(_, set)| set.needed.iter().chain(&set.sometimes)).copied();
    let mut papers: Vec<Paper> = all.collect();
    papers.sort_by_key(|paper| (shelf.has(*paper), *paper));
    let papers = papers.into_iter().map(|paper| (paper.code().to_owned(), w.t(paper.word()).to_owned())).collect();
    let there = vec![
        ("yes".to_owned(), w.t("development-paper-there").to_owned()),
        ("no".to_owned(), w.t("development-paper-missing").to_owned()),
    ];
    let fields = vec![
        Field::new("paper", w.t("development-paper"), Kind::Checks(papers)).required(),
        Field::new("there", w.t("development-state"), Kind::Radios(there)).value("yes").required(),
        Field::new("on", w.t("development-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("note", w.t("development-note")).hint(w.t("development-paper-note-hint")),
    ];
    Form::new(address, w.t("development-new-send"), fields)
}

fn sets(visit: &Visit<'_>, stages: &[PaperStage]) -> Result<Vec<(PaperStage, PaperSet)>, Problem> {
    let terms = Terms::on(visit.today())?;
    stages.iter().map(|stage| Ok((*stage, terms.papers(*stage)?))).collect()
}

type Refused = Option<(u16, Vec<Issue>)>;

fn body(
    visit: &Visit<'_>,
    (sets, shelf): (&[(PaperStage, PaperSet)], &Shelf),
    address: String,
    may: bool,
    refused: Refused,
) -> String {
    let mut body = String::new();
    for (stage, set) in sets {
        body.push_str(&table(visit, shelf, (*stage, set)));
    }
    if may {
        let form = form(visit, address, sets, shelf);
        let form = match refused {
            Some((_, issues)) => form.refused(&visit.form, issues),
            None => form,
        };
        let _ = write!(body, "<section class=\"card\"><h2>{}</h2>", html::escape(visit.w.t("development-papers-tick")));
        body.push_str(&form.html(visit));
        body.push_str("</section>");
    }
    body
}

const CANDIDATE: [PaperStage; 2] = [PaperStage::File, PaperStage::Decision];

/// `GET /development/candidates/{id}/papers`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    page(visit, &one, None)
}

fn page(visit: &Visit<'_>, one: &One, refused: Refused) -> Result<Reply, Problem> {
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let (sets, shelf) = (sets(visit, &CANDIDATE)?, shelf_of(visit, one)?);
    let content = body(visit, (&sets, &shelf), one.address("/papers"), one.may_edit, refused);
    let content = format!("{}{content}", one.tabs(visit, "/papers"));
    visit.page_html(status, one.head(visit, Some(visit.w.t("development-tab-papers")), status != 200), &content)
}

/// What a form about papers says.
struct Ticked {
    papers: Vec<Paper>,
    there: bool,
    on: chibo_kernel::Day,
    note: String,
}

fn read(visit: &Visit<'_>, stages: &[PaperStage], issues: &mut Vec<Issue>) -> Result<Option<Ticked>, Problem> {
    let sets = sets(visit, stages)?;
    let known = |paper: &Paper| sets.iter().any(|(_, set)| set.needed.contains(paper) || set.sometimes.contains(paper));
    let papers: Vec<_> = visit.form.all("paper").filter_map(Paper::from_code).filter(known).collect();
    if papers.is_empty() {
        issues.push(missing("paper", "development-paper-needed"));
    }
    let there = visit.form.get("there") == "yes";
    let note = clean(visit.form.get("note")).into_owned();
    let on = day_of(visit, "on", issues);
    Ok(on.filter(|_| issues.is_empty()).map(|on| Ticked { papers, there, on, note }))
}

/// `POST /development/candidates/{id}/papers`.
pub(super) fn act(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = One::load(visit)?;
    let mut issues = Vec::new();
    let Some(ticked) = read(visit, &CANDIDATE, &mut issues)? else { return page(visit, &one, Some((422, issues))) };
    let Ticked { papers, there, on, note } = &ticked;
    match visit.write(|op| actions::paper(op, one.id(), papers, (*there, *on, note))) {
        Ok(()) => Ok(Reply::done(one.address("/papers"), "saved")),
        Err(problem) => page(visit, &one, Some(again(problem)?)),
    }
}

/// `GET /development/probation/{id}/papers`.
pub(super) fn show_member(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = Member::load(visit)?;
    page_member(visit, &one, None)
}

fn page_member(visit: &Visit<'_>, one: &Member, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let rows = visit.read(|tx| file::recognition_papers_of(tx, one.person))?;
    let (sets, shelf) = (sets(visit, &[PaperStage::Recognition])?, shelf(Shelf::default(), &rows));
    let may = visit.permit(Permission::EditMembers, one.unit).is_ok();
    let address = format!("{}/papers", one.address());
    let content = body(visit, (&sets, &shelf), address, may, refused);
    let title = w.t("development-tab-papers");
    let crumbs = vec![
        Crumb::to(w.t("development-title"), "/development"),
        Crumb::to(w.t("development-probation"), "/development/probation"),
        Crumb::to(one.name.clone(), one.address()),
        Crumb::here(title),
    ];
    let head = Head::new(format!("{title}: {}", one.name), MENU).crumbs(crumbs).with_error(status != 200);
    visit.page_html(status, head, &content)
}

/// `POST /development/probation/{id}/papers`.
pub(super) fn act_member(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let one = Member::load(visit)?;
    let mut issues = Vec::new();
    let ticked = read(visit, &[PaperStage::Recognition], &mut issues)?;
    let Some(ticked) = ticked else { return page_member(visit, &one, Some((422, issues))) };
    let Ticked { papers, there, on, note } = &ticked;
    match visit.write(|op| actions::recognition_paper(op, one.person, papers, (*there, *on, note))) {
        Ok(()) => Ok(Reply::done(format!("{}/papers", one.address()), "saved")),
        Err(problem) => page_member(visit, &one, Some(again(problem)?)),
    }
}
