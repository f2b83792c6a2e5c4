//! Printing the member's sheet, with or without what is secret, and the index.

use std::collections::{BTreeMap, HashMap};

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::Facts;
use chibo_members::codes::Standing;
use chibo_members::rules::Secret;
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_store::Op;
use chibo_web::form::{Kind, again};
use chibo_web::words::Lang;
use chibo_web::{Field, Form, Reply, Visit};
use serde_json::json;

use super::one::{Seen, Side};
use crate::actions;
use crate::print::{self, Sheet};
use crate::rules::Item;
use crate::rules::items::Values;
use crate::store::ItemRow;

/// Exemption dates on the sheet.
const EXEMPTED: u8 = 20;

/// Loads a dossier that may be printed.
fn load(visit: &Visit<'_>) -> Result<Seen, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::Export, seen.home)?;
    Ok(seen)
}

fn issuer(visit: &Visit<'_>, seen: &Seen) -> Issuer {
    Issuer { superior: seen.units.above(visit, seen.home), name: seen.units.name(seen.home) }
}

fn note(visit: &Visit<'_>, seen: &Seen, what: &'static str, how: &str) -> Result<(), Problem> {
    let (person, unit, detail) = (seen.person, seen.home, json!({ "format": how }));
    // Printing again is printing again, not a form sent twice.
    visit.house.db.write(visit.who(), |op| {
        actions::record(op, person, unit, what, &detail);
        Ok(())
    })
}

fn index(visit: &Visit<'_>, how: &str) -> Result<Document, Problem> {
    let seen = load(visit)?;
    note(visit, &seen, "dossier-index-printed", how)?;
    Ok(print::contents(&issuer(visit, &seen), &seen.facts, &seen.index, visit.today()))
}

/// `GET /dossiers/members/{id}/index.pdf`.
pub(super) fn index_pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = to_pdf(&index(visit, "pdf")?, &chibo_web::fonts())?;
    Ok(Reply::File { name: "muc-luc-ho-so.pdf".to_owned(), kind: PDF, body })
}

/// `GET /dossiers/members/{id}/index.docx`.
pub(super) fn index_docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = to_docx(&index(visit, "docx")?)?;
    Ok(Reply::File { name: "muc-luc-ho-so.docx".to_owned(), kind: DOCX, body })
}

/// `GET /dossiers/members/{id}/sheet`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    page(visit, &seen, None)
}

fn page(visit: &Visit<'_>, seen: &Seen, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let formats = vec![("pdf".to_owned(), "PDF".to_owned()), ("docx".to_owned(), "DOCX".to_owned())];
    let mut fields = vec![Field::new("format", w.t("dossiers-format"), Kind::Radios(formats)).value("pdf").required()];
    if seen.may(visit, Permission::RevealSecrets) {
        let yes = vec![("yes".to_owned(), w.t("dossiers-print-open-yes").to_owned())];
        fields.push(Field::new("open", w.t("dossiers-print-open"), Kind::Checks(yes)));
        fields.push(Field::new("reason", w.t("dossiers-reason"), Kind::Area).hint(w.t("dossiers-print-reason-hint")));
    }
    let mut form = Form::new(seen.address("/sheet"), w.t("dossiers-print-send"), fields)
        .cancel(w.t("dossiers-back"), seen.side(Side::Items));
    if let Some((_, issues)) = refused {
        form = form.refused(&visit.form, issues);
    }
    let body = format!("<section class=\"card\"><p>{}</p>{}</section>", w.t("dossiers-print-about"), form.html(visit));
    visit.page_html(status, seen.head(visit, w.t("dossiers-print-sheet")).with_error(status != 200), &body)
}

/// `POST /dossiers/members/{id}/sheet`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = load(visit)?;
    match written(visit, &seen) {
        Ok(reply) => Ok(reply),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &seen, Some(refused))
        }
    }
}

/// What is secret on a sheet, as far as it was opened for this printing.
pub(super) struct Opened {
    items: HashMap<Id<Item>, Values>,
    identity: String,
    health: String,
}

impl Opened {
    /// Nothing: the identification number by its last digits.
    pub(super) fn sealed(facts: &Facts) -> Self {
        Self { items: HashMap::new(), identity: facts.identity_hint.clone(), health: String::new() }
    }

    /// Everything, each opening with its entry (DPD-05).
    pub(super) fn open(op: &mut Op<'_, '_>, person: Id<Person>, reason: &str) -> Result<Self, Problem> {
        let items = actions::reveal_all(op, person, reason)?.into_iter().collect();
        let identity = chibo_members::actions::reveal(op, person, Secret::Identity, reason)?;
        Ok(Self { items, identity, health: chibo_members::actions::reveal(op, person, Secret::Health, reason)? })
    }
}

/// Whose sheet is printed.
pub(super) struct Subject<'s> {
    pub person: Id<Person>,
    pub home: Id<Unit>,
    pub facts: &'s Facts,
    pub items: &'s [ItemRow],
}

/// Lines of items that are kept elsewhere: exemptions with the member's standings (20), others by whoever keeps them (24).
fn told(visit: &Visit<'_>, person: Id<Person>) -> Result<BTreeMap<u8, Vec<String>>, Problem> {
    visit.read(|tx| {
        let mut told: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        let standings = chibo_members::standings_of(tx, person)?;
        let exempted = standings.into_iter().filter(|(.., standing)| *standing == Standing::Exempted);
        let line = |(from, to, _): (Day, Day, Standing)| match to {
            Day::FOREVER => format!("từ {from} đến nay"),
            to => format!("từ {from} đến {}", to.plus_days(-1)),
        };
        told.entry(EXEMPTED).or_default().extend(exempted.map(line));
        for source in visit.house.capabilities.iter().flat_map(|capability| &capability.sheet) {
            told.entry(source.item).or_default().extend((source.lines)(tx, person)?);
        }
        Ok(told)
    })
}

/// The sheet of a member.
pub(super) fn document(
    visit: &Visit<'_>,
    units: &UnitsToday,
    subject: &Subject<'_>,
    opened: Opened,
) -> Result<Document, Problem> {
    let (person, home, today) = (subject.person, subject.home, visit.today());
    Ok(print::sheet(&Sheet {
        w: visit.house.words.tongue(Lang::Vi),
        issuer: Issuer { superior: units.above(visit, home), name: units.name(home) },
        branch: units.name(home),
        facts: subject.facts,
        levels: visit.read(|tx| chibo_members::levels_on(tx, person, today))?,
        identity: opened.identity,
        health: opened.health,
        items: subject.items,
        opened: &opened.items,
        told: &told(visit, person)?,
        made_on: today,
    }))
}

fn written(visit: &Visit<'_>, seen: &Seen) -> Result<Reply, Problem> {
    let format = match visit.form.get("format") {
        "pdf" => "pdf",
        "docx" => "docx",
        _ => return Err(Problem::field("format", Said::new("dossiers-bad-choice"))),
    };
    let person = seen.person;
    let reason = visit.form.get("reason").to_owned();
    // All openings and their entries in one write, before anything leaves the house.
    let opened = match visit.form.get("open") == "yes" {
        false => Opened::sealed(&seen.facts),
        true => visit.house.db.write(visit.who(), |op| Opened::open(op, person, &reason))?,
    };
    note(visit, seen, "dossier-sheet-printed", format)?;
    let subject = Subject { person, home: seen.home, facts: &seen.facts, items: &seen.items };
    let document = document(visit, &seen.units, &subject, opened)?;
    Ok(match format {
        "docx" => Reply::File { name: "phieu-dang-vien.docx".to_owned(), kind: DOCX, body: to_docx(&document)? },
        _ => Reply::File {
            name: "phieu-dang-vien.pdf".to_owned(),
            kind: PDF,
            body: to_pdf(&document, &chibo_web::fonts())?,
        },
    })
}
