//! Papers of a selection: the decision with its list, decisions and certificates for each member (BDG-07).

use std::collections::{BTreeMap, HashSet};

use chibo_kernel::{Day, Issue, Permission, Problem, Said};
use chibo_papers::document::{DOCX, Document, Issuer, PDF, bound_docx, bound_pdf};
use chibo_store::Entry;
use chibo_web::form::{Kind, again, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::MENU;
use super::ask::{Ask, Stand};
use super::list::ground_word;
use super::roll::{Line, Roll};
use crate::papers::{Given, Honoured, Paper, papers};
use crate::rules::{Ground, Step};

/// Members on one page.
const ROWS: usize = 100;
/// Most members printed at once.
const MOST: usize = 500;

/// Those of whom there are papers and the viewer may take them: proposed, decided, handed over.
fn printable<'r>(visit: &Visit<'_>, roll: &'r Roll, ask: &Ask) -> Vec<&'r Line> {
    let may = |line: &&Line| visit.who().system || visit.who().may_at(Permission::Export, line.place);
    let some = |line: &&Line| matches!(line.stand, Stand::At(step) if matches!(step, Step::Proposed | Step::Decided | Step::Awarded));
    roll.fitting(ask).into_iter().filter(some).filter(may).collect()
}

/// `GET /badges/papers` with the query of the roll.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, terms) = Ask::read(visit)?;
    let roll = Roll::take(visit, &ask, &terms)?;
    let lines = printable(visit, &roll, &ask);
    page(visit, &ask, &roll, &lines, None)
}

fn page(
    visit: &Visit<'_>,
    ask: &Ask,
    roll: &Roll,
    lines: &[&Line],
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("name", w.t("badges-member")),
        Column::new("badge", w.t("badges-badge")),
        Column::new("unit", w.t("badges-branch")),
        Column::new("number", w.t("badges-number")),
        Column::new("state", w.t("badges-state")),
    ];
    let mut table = Table::new(w.t("badges-list"), columns);
    table.empty = w.t("badges-papers-nobody").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let mut link = String::new();
        chibo_web::table::link(&mut link, &line.name, &format!("/badges/members/{}", line.person));
        let badge = w.t1("badges-of-years", "years", line.years);
        let reached = line.ground == Ground::Reached.code();
        let badge = if reached { badge } else { format!("{badge} ({})", w.t(ground_word(&line.ground))) };
        table.rows.push(vec![
            boxed(visit, ("who", &line.key()), &w.t1("badges-choose", "name", &line.name), &link),
            Cell::Text(badge),
            Cell::Text(roll.units.name(line.unit)),
            Cell::Text(line.decision.clone()),
            Cell::Text(w.t(line.stand.word()).to_owned()),
        ]);
    }
    table.page(visit, &page, lines.len(), "badges-rows");
    let rows = table.html(visit);
    let body = if lines.is_empty() {
        rows
    } else {
        let mut form = form(visit, ask, lines.len()).about(rows);
        if let Some((_, issues)) = refused {
            form = form.refused(&visit.form, issues);
        }
        format!("<p>{}</p>{}", w.t("badges-papers-about"), form.html(visit))
    };
    let day = w.day(ask.award.on);
    let back = Crumb::to(w.t1("badges-title-on", "day", &day), ask.address("/badges"));
    let crumbs = vec![back, Crumb::here(w.t("badges-papers"))];
    let title = w.t1("badges-papers-on", "day", &day);
    visit.page_html(status, Head::new(title, MENU).crumbs(crumbs).with_error(status != 200), &body)
}

fn form(visit: &Visit<'_>, ask: &Ask, all: usize) -> Form {
    let w = visit.w;
    let everybody = vec![("yes".to_owned(), w.t1("badges-papers-everybody", "count", w.n(all)))];
    let kinds = Paper::ALL.iter().map(|paper| (paper.code().to_owned(), w.t(paper.word()).to_owned())).collect();
    let formats = vec![("pdf".to_owned(), "PDF".to_owned()), ("docx".to_owned(), "DOCX".to_owned())];
    let fields = vec![
        Field::new("all", w.t("badges-for-whom"), Kind::Checks(everybody)).hint(w.t("badges-for-whom-hint")),
        Field::new("paper", w.t("badges-paper"), Kind::Radios(kinds)).value(Paper::Decision.code()).required(),
        Field::new("format", w.t("badges-format"), Kind::Radios(formats)).value("pdf").required(),
    ];
    Form::new(ask.address("/badges/papers"), w.t("badges-papers-make"), fields)
}

/// `POST /badges/papers` with the query of the roll.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, terms) = Ask::read(visit)?;
    let roll = Roll::take(visit, &ask, &terms)?;
    let lines = printable(visit, &roll, &ask);
    match written(visit, &ask, &roll, &lines) {
        Ok(reply) => Ok(reply),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &ask, &roll, &lines, Some(refused))
        }
    }
}

/// Those the form names, in the order of the roll.
fn chosen<'r>(visit: &Visit<'_>, lines: &[&'r Line], paper: Paper) -> Result<Vec<&'r Line>, Problem> {
    let decided = |line: &Line| line.decided_on.is_some();
    let everybody = visit.form.get("all") == "yes";
    let who: HashSet<&str> = visit.form.all("who").collect();
    let wanted = |line: &&&Line| if everybody { true } else { who.contains(line.key().as_str()) };
    let mut some: Vec<&Line> = lines.iter().filter(wanted).copied().collect();
    if paper == Paper::Certificate {
        if !everybody && !some.iter().all(|line| decided(line)) {
            return Err(Problem::field("paper", Said::new("badges-paper-undecided")));
        }
        some.retain(|line| decided(line));
    }
    match some.len() {
        0 => Err(Problem::field("all", Said::new("badges-papers-none-chosen"))),
        many if many > MOST => Err(Problem::field("all", Said::new("badges-too-many").with("most", MOST))),
        _ => Ok(some),
    }
}

fn written(visit: &Visit<'_>, ask: &Ask, roll: &Roll, lines: &[&Line]) -> Result<Reply, Problem> {
    let paper = Paper::from_code(visit.form.get("paper"));
    let paper = paper.ok_or_else(|| Problem::field("paper", Said::new("badges-pick-paper")))?;
    let format = visit.form.get("format");
    if !matches!(format, "pdf" | "docx") {
        return Err(Problem::field("format", Said::new("badges-pick-format")));
    }
    let lines = chosen(visit, lines, paper)?;
    let documents = documents(visit, ask, roll, &lines, paper)?;
    let title = visit.w.t(paper.word());
    let (kind, body) = match format {
        "docx" => (DOCX, bound_docx(title, &documents)?),
        _ => (PDF, bound_pdf(title, &documents, &chibo_web::fonts())?),
    };
    taken(visit, &lines, paper, format)?;
    let name = match paper {
        Paper::Decision => "quyet-dinh-tang-huy-hieu-dang",
        Paper::Single => "quyet-dinh-huy-hieu-dang-tung-nguoi",
        Paper::Certificate => "giay-chung-nhan-huy-hieu-dang",
    };
    Ok(Reply::File { name: format!("{name}-{}.{format}", ask.award.on.iso()), kind, body })
}

/// The papers, those of one decision together; what is only proposed gives a draft.
fn documents(
    visit: &Visit<'_>,
    ask: &Ask,
    roll: &Roll,
    lines: &[&Line],
    paper: Paper,
) -> Result<Vec<Document>, Problem> {
    let mut decisions: BTreeMap<(Option<Day>, &str, &str), Given> = BTreeMap::new();
    let said = visit.read(|tx| {
        lines.iter().map(|line| chibo_members::printed_of(tx, line.person)).collect::<Result<Vec<_>, _>>()
    })?;
    // The committee that decides is the highest above the member (BDG-07).
    let top = |mut place: u32| {
        while let Some(up) = roll.units.tree.parent(place) {
            place = up;
        }
        roll.units.tree.facts(place).map_or("", |facts| facts.name.as_str())
    };
    for (line, said) in lines.iter().zip(said) {
        let said = said.unwrap_or_default();
        let name = top(line.place);
        let new = || Given {
            issuer: Issuer { superior: String::new(), name: name.to_owned() },
            award_on: ask.award.on,
            number: line.decision.clone(),
            on: line.decided_on,
            members: Vec::new(),
        };
        let given = decisions.entry((line.decided_on, &line.decision, name)).or_insert_with(new);
        given.members.push(Honoured {
            name: line.name.clone(),
            birth: said.birth,
            home_town: said.home_town,
            branch: roll.units.name(line.unit),
            admitted: line.admitted,
            years: line.years,
            ground: Ground::from_code(&line.ground).unwrap_or(Ground::Reached),
            serial: line.serial.clone(),
        });
    }
    Ok(decisions.into_values().flat_map(|given| papers(&given, paper)).collect())
}

/// What was taken leaves a trace on every member it is about, before it leaves the house (DPD-12). Not by `Visit::write`:
/// the same paper may be printed again from the same form.
fn taken(visit: &Visit<'_>, lines: &[&Line], paper: Paper, format: &str) -> Result<(), Problem> {
    visit.house.db.write(visit.who(), |op| {
        for line in lines {
            let stream = *line.person.bytes();
            let detail = serde_json::json!({ "paper": paper.code(), "years": line.years, "format": format });
            let (unit, subject, detail) = (Some(line.unit), Some(stream), detail.to_string());
            op.record(Entry { stream, action: "badge-paper-taken", unit, subject, detail });
        }
        Ok(())
    })
}
