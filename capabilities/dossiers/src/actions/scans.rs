//! Scans of documents and the photo: kept sealed before the row, opened with the right and an entry.

use chibo_kernel::{Id, Moment, Permission, Person, Problem, Unit};
use chibo_store::{Files, Keys, Op, Tx, files};
use serde_json::json;

use super::{at_home, record};
use crate::rules::issue;
use crate::rules::scan::Media;
use crate::rules::terms::Terms;
use crate::store::{self, ScanRow};

/// The code a photo is kept under.
pub const PHOTO: &str = "photo";

/// Attaches a file that lies in the files area already to a document, or as the photo; an earlier one is kept.
///
/// # Errors
/// A refusal for an unknown document; absent when the member is out of reach.
pub fn attach(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    (code, slot): (&str, i32),
    (media, kept): (Media, &files::Kept),
) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let known = match Terms::on(op.today())?.kind(code) {
        Some(kind) => slot == 0 || kind.need.several(),
        None => code == PHOTO && slot == 0,
    };
    if !known {
        return Err(Problem::Refused(vec![issue("code", None, "dossiers-bad-choice")]));
    }
    files::note(op, kept)?;
    let (now, by, bytes) = (op.now(), op.viewer().name.clone(), i64::try_from(kept.bytes).map_err(Problem::fault)?);
    let (forever, kind) = (Moment::FOREVER, media.kind());
    store::supersede_scan(op.tx(), person, code, slot, now, forever)?;
    let (stored, digest) = (kept.stored.as_str(), kept.digest.as_str());
    store::insert_scan(op.tx(), person, code, slot, now, forever, stored, digest, kind, bytes, &by)?;
    let detail = json!({ "document": code, "slot": slot, "sha256": digest, "bytes": bytes, "media": kind });
    record(op, person, unit, "dossier-scan-attached", &detail);
    Ok(())
}

/// Says which scan somebody opens; the entry stands before the file leaves the house.
///
/// # Errors
/// Absent when there is none; denied or absent without the right.
pub fn fetch(op: &mut Op<'_, '_>, person: Id<Person>, (code, slot): (&str, i32)) -> Result<ScanRow, Problem> {
    let unit = at_home(op, person, Permission::RevealSecrets)?;
    let row = store::scan_of(op.tx(), person, code, slot, Moment::FOREVER)?.ok_or(Problem::NotFound)?;
    let detail = json!({ "document": code, "slot": slot, "sha256": row.digest });
    record(op, person, unit, "dossier-scan-opened", &detail);
    Ok(row)
}

/// The photo of a member, if there is one, with where he is at home.
///
/// # Errors
/// What the store gives.
pub fn photo(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Option<ScanRow>, Problem> {
    store::scan_of(tx, person, PHOTO, 0, Moment::FOREVER)
}

/// The content of a scan, checked against what was kept.
pub(crate) fn content(
    files: &Files,
    keys: &Keys,
    person: Id<Person>,
    row: &ScanRow,
) -> Result<(Media, Vec<u8>), Problem> {
    let media = Media::from_kind(&row.media).ok_or_else(|| Problem::fault(format!("a scan of {}", row.media)))?;
    Ok((media, files.open(keys, person.bytes(), &row.stored, &row.digest)?))
}

/// Whether the viewer may attach there, before anything is written to disk.
pub(crate) fn may_attach(who: &chibo_web::Visit<'_>, unit: Id<Unit>) -> Result<(), Problem> {
    who.permit(Permission::ViewMembers, unit)?;
    who.permit(Permission::EditMembers, unit)
}
