//! Files of a dossier: scans come in and go out as attachments, the photo is shown.

use chibo_kernel::{Permission, Problem, Said};
use chibo_store::Files;
use chibo_web::form::again;
use chibo_web::{Reply, Visit};

use super::one::{self, Seen, Side};
use super::papers;
use crate::actions::{self, PHOTO, content, may_attach};
use crate::rules::scan::{self, Media};

/// The bytes of the file that came with the form.
fn uploaded(visit: &Visit<'_>, most: usize, large: &'static str) -> Result<Vec<u8>, Problem> {
    let Some(upload) = visit.files.first().filter(|upload| upload.size > 0) else {
        return Err(Problem::field("file", Said::new("dossiers-no-file")));
    };
    if usize::try_from(upload.size).unwrap_or(usize::MAX) > most {
        return Err(Problem::field("file", Said::new(large)));
    }
    std::fs::read(&upload.path).map_err(Problem::fault)
}

/// Keeps a checked file, then writes its row: the file is on disk before anything speaks of it.
fn keep(visit: &Visit<'_>, seen: &Seen, place: (&str, i32), (media, plain): (Media, Vec<u8>)) -> Result<(), Problem> {
    let db = &visit.house.db;
    let kept = Files::of(db)?.keep(db.keys(), seen.person.bytes(), &plain, db.random())?;
    visit.write(|op| actions::attach(op, seen.person, place, (media, &kept)))
}

/// `POST /dossiers/members/{id}/scans?code=&slot=`.
pub(super) fn upload(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    may_attach(visit, seen.home)?;
    let (kind, slot) = papers::named(&seen, visit.query.get("code"), visit.query.get("slot"))?;
    let file = uploaded(visit, scan::LARGEST_SCAN, "dossiers-scan-large").and_then(|bytes| scan::scan(&bytes));
    match file.and_then(|file| keep(visit, &seen, (&kind.code, slot), file)) {
        Ok(()) => Ok(Reply::done(seen.side(Side::Papers), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            papers::paper(visit, &seen, (kind, slot), Some(("scan", status, issues)))
        }
    }
}

/// `POST /dossiers/members/{id}/photo`.
pub(super) fn upload_photo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    may_attach(visit, seen.home)?;
    let file = uploaded(visit, scan::LARGEST_PHOTO, "dossiers-photo-large").and_then(|bytes| scan::photo(&bytes));
    match file.and_then(|file| keep(visit, &seen, (PHOTO, 0), file)) {
        Ok(()) => Ok(Reply::done(seen.side(Side::Papers), "saved")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            one::page(visit, &seen, Side::Papers, Some(("photo", status, issues)))
        }
    }
}

/// `GET /dossiers/members/{id}/scans?code=&slot=`: always as an attachment, never shown by the browser.
pub(super) fn download(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::RevealSecrets, seen.home)?;
    if visit.query.some("code").is_none() {
        return Ok(Reply::Redirect(seen.side(Side::Papers)));
    }
    let (kind, slot) = papers::named(&seen, visit.query.get("code"), visit.query.get("slot"))?;
    let row = visit.write(|op| actions::fetch(op, seen.person, (&kind.code, slot)))?;
    let db = &visit.house.db;
    let (media, body) = content(&*Files::of(db)?, db.keys(), seen.person, &row)?;
    Ok(Reply::File { name: format!("{}-{slot}.{}", kind.code, media.ending()), kind: media.kind(), body })
}

/// `GET /dossiers/members/{id}/photo`.
pub(super) fn photo(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (person, today) = (visit.id("id")?, visit.today());
    let (home, row) = visit.read(|tx| {
        let home = chibo_members::actions::home_of(tx, person, today)?;
        Ok((home, actions::photo(tx, person)?))
    })?;
    visit.permit(Permission::ViewMembers, home).map_err(|_| Problem::NotFound)?;
    let db = &visit.house.db;
    let (media, body) = content(&*Files::of(db)?, db.keys(), person, &row.ok_or(Problem::NotFound)?)?;
    Ok(Reply::Picture { kind: media.kind(), body })
}
