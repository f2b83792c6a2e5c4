//! Files of a meeting: kept sealed before the row, given out as attachments (MTG-04).

use chibo_kernel::{Id, Moment, Permission, Problem, Said, Unit};
use chibo_papers::media::Media;
use chibo_store::{Files, Keys, Op, files};
use serde_json::json;

use super::{posting, record};
use crate::rules::Posted;
use crate::store::{self, FileRow};

/// Most bytes of a file.
pub const LARGEST: usize = 10 << 20;
/// Most files of a meeting.
pub const MOST: usize = 20;
/// Longest name, characters.
const TITLE: usize = 200;

/// Attaches a file that lies in the files area already. The first one before the meeting counts as posting its documents.
///
/// # Errors
/// A refusal without a name or for one file too many; absent for whoever may not write to the branch.
pub fn attach(
    op: &mut Op<'_, '_>,
    (unit, no): (Id<Unit>, u32),
    title: &str,
    (media, kept): (Media, &files::Kept),
) -> Result<u32, Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let row = store::meeting(op.tx(), unit, no)?.ok_or(Problem::NotFound)?;
    let before = store::files(op.tx(), unit, no)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    if before.iter().filter(|row| row.removed_at > now).count() >= MOST {
        return Err(Problem::field("file", Said::new("meetings-files-many").with("most", MOST)));
    }
    let title: String = title.trim().chars().take(TITLE).collect();
    if title.is_empty() {
        return Err(Problem::field("title", Said::new("meetings-file-no-title")));
    }
    files::note(op, kept)?;
    let file = before.last().map_or(0, |row| row.file_no) + 1;
    let bytes = i64::try_from(kept.bytes).map_err(Problem::fault)?;
    let (stored, digest, kind) = (kept.stored.as_str(), kept.digest.as_str(), media.kind());
    store::add_file(op.tx(), unit, no, file, &title, stored, digest, kind, bytes, Moment::FOREVER, now, &by)?;
    if before.is_empty() && row.on_day.is_none_or(|on| now.day() <= on) {
        posting::post(op, (unit, no), (Posted::Documents, now), "")?;
    }
    record(op, unit, "meeting-file-attached", &json!({ "no": no, "file": file, "sha256": digest, "bytes": bytes }));
    Ok(file)
}

/// Takes a file out of the documents; what it was is kept.
///
/// # Errors
/// Absent when there is none of this number.
pub fn remove(op: &mut Op<'_, '_>, (unit, no): (Id<Unit>, u32), file: u32) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let now = op.now();
    if store::remove_file(op.tx(), unit, no, file, now)? == 0 {
        return Err(Problem::NotFound);
    }
    record(op, unit, "meeting-file-removed", &json!({ "no": no, "file": file }));
    Ok(())
}

/// Says which file somebody opens; the entry stands before the file leaves the house.
///
/// # Errors
/// Absent when there is none, or when the branch is out of reach.
pub fn fetch(op: &mut Op<'_, '_>, (unit, no): (Id<Unit>, u32), file: u32) -> Result<FileRow, Problem> {
    op.permit(Permission::ViewMembers, unit)?;
    let now = op.now();
    let rows = store::files(op.tx(), unit, no)?;
    let row = rows.into_iter().find(|row| row.file_no == file && row.removed_at > now).ok_or(Problem::NotFound)?;
    record(op, unit, "meeting-file-opened", &json!({ "no": no, "file": file, "sha256": row.digest }));
    Ok(row)
}

/// The content of a file, checked against what was kept.
pub(crate) fn content(files: &Files, keys: &Keys, unit: Id<Unit>, row: &FileRow) -> Result<(Media, Vec<u8>), Problem> {
    let media = Media::from_kind(&row.media).ok_or_else(|| Problem::fault(format!("a file of {}", row.media)))?;
    Ok((media, files.open(keys, unit.bytes(), &row.stored, &row.digest)?))
}
