//! Printing the member's sheet, with or without what is secret, and the index.

use std::collections::HashMap;

use chibo_kernel::{Issue, Permission, Problem, Said};
use chibo_members::rules::Secret;
use chibo_papers::document::{DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_web::form::{Kind, again};
use chibo_web::words::Lang;
use chibo_web::{Field, Form, Reply, Visit};
use serde_json::json;

use super::one::{Seen, Side};
use crate::actions;
use crate::print::{self, Sheet};

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
    visit.write(|op| {
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

fn written(visit: &Visit<'_>, seen: &Seen) -> Result<Reply, Problem> {
    let format = match visit.form.get("format") {
        "pdf" => "pdf",
        "docx" => "docx",
        _ => return Err(Problem::field("format", Said::new("dossiers-bad-choice"))),
    };
    let (person, today) = (seen.person, visit.today());
    let reason = visit.form.get("reason").to_owned();
    // Both openings and their entries in one write, before anything leaves the house.
    let (opened, identity, health) = match visit.form.get("open") == "yes" {
        false => (HashMap::new(), seen.facts.identity_hint.clone(), String::new()),
        true => visit.write(|op| {
            let opened = actions::reveal_all(op, person, &reason)?.into_iter().collect();
            let identity = chibo_members::actions::reveal(op, person, Secret::Identity, &reason)?;
            Ok((opened, identity, chibo_members::actions::reveal(op, person, Secret::Health, &reason)?))
        })?,
    };
    note(visit, seen, "dossier-sheet-printed", format)?;
    let document = print::sheet(&Sheet {
        w: visit.house.words.tongue(Lang::Vi),
        issuer: issuer(visit, seen),
        branch: seen.units.name(seen.home),
        facts: &seen.facts,
        levels: visit.read(|tx| chibo_members::levels_on(tx, person, today))?,
        identity,
        health,
        items: &seen.items,
        opened: &opened,
        made_on: today,
    });
    Ok(match format {
        "docx" => Reply::File { name: "phieu-dang-vien.docx".to_owned(), kind: DOCX, body: to_docx(&document)? },
        _ => Reply::File {
            name: "phieu-dang-vien.pdf".to_owned(),
            kind: PDF,
            body: to_pdf(&document, &chibo_web::fonts())?,
        },
    })
}
