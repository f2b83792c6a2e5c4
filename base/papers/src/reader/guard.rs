//! Looks at the directory of a ZIP before any parser does, and refuses what cannot be an honest workbook.
//!
//! Nothing is inflated here. That the parts are no larger than the directory says is seen to while they are read
//! (`mirror.rs`).

use std::collections::HashSet;

use chibo_kernel::Said;
use zip::CompressionMethod;
use zip::read::{ZipArchive, ZipFileEntry};

use super::limits::Limits;
use super::source::{Cursor, Source};
use crate::PaperProblem;

/// One entry the parser may see.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Path with `/`.
    pub name: String,
    /// Where its local header starts.
    pub header_at: u64,
    /// Bytes in the file.
    pub packed: u64,
    /// Bytes inflated, as declared.
    pub size: u64,
    /// Checksum, as declared.
    pub crc: u32,
    /// Deflated, else stored.
    pub deflated: bool,
}

const END_OF_DIRECTORY: &[u8] = b"PK\x05\x06";
const ZIP64_LOCATOR: &[u8] = b"PK\x06\x07";
const ZIP64_END: &[u8] = b"PK\x06\x06";
const END_SIZE: usize = 22;
const LOCATOR_SIZE: usize = 20;
/// The comment of an archive is at most this long.
const COMMENT_MOST: usize = 0xffff;
/// Directory bytes an entry may take: its header, a long path and extra fields.
const DIRECTORY_BYTES_PER_ENTRY: u64 = 1024;

/// The parts of an honest workbook, or why it is refused.
pub(crate) fn inspect(source: &mut Source, limits: &Limits) -> Result<Vec<Part>, PaperProblem> {
    check_end_record(source, limits)?;
    let mut archive = ZipArchive::new(Cursor::new(source.again()?)).map_err(|_| broken())?;
    if archive.len() > limits.entries {
        return Err(too_many_entries(limits));
    }
    if archive.has_duplicate_names() || archive.has_overlapping_entries().unwrap_or(true) {
        return Err(PaperProblem::refuse("papers-zip-forged"));
    }
    let mut parts = Vec::new();
    let mut names = HashSet::new();
    let mut total = 0_u64;
    for at in 0..archive.len() {
        let entry = archive.by_index_data(at).map_err(|_| broken())?;
        let part = check_entry(&entry, limits)?;
        total = total.saturating_add(part.size);
        if total > limits.inflated_bytes {
            return Err(PaperProblem::Refused(
                Said::new("papers-zip-too-large").with("most", limits.inflated_bytes >> 20),
            ));
        }
        if !names.insert(part.name.to_ascii_lowercase()) {
            return Err(PaperProblem::refuse("papers-zip-forged"));
        }
        if is_archive(source, &part)? {
            return Err(PaperProblem::Refused(Said::new("papers-zip-nested").with("name", short(&part.name))));
        }
        parts.push(part);
    }
    check_is_workbook(&names)?;
    parts.retain(|part| is_markup(&part.name));
    Ok(parts)
}

/// The end record must be the only one, end the file and own up to a directory of bearable size: then no parser can
/// find another directory, nor reserve memory for entries that are not there.
fn check_end_record(source: &mut Source, limits: &Limits) -> Result<(), PaperProblem> {
    let length = source.length()?;
    let window = (END_SIZE + LOCATOR_SIZE + COMMENT_MOST + 8) as u64;
    let start = length.saturating_sub(window);
    let tail = source.bytes_at(start, window as usize)?;
    let ends = places(&tail, END_OF_DIRECTORY);
    let &[at] = ends.as_slice() else {
        return Err(if ends.is_empty() { broken() } else { PaperProblem::refuse("papers-zip-forged") });
    };
    let end = &tail[at..];
    let (Some(entries), Some(size), Some(comment)) = (number(end, 10, 2), number(end, 12, 4), number(end, 20, 2))
    else {
        return Err(broken());
    };
    if END_SIZE as u64 + comment != end.len() as u64 {
        return Err(PaperProblem::refuse("papers-zip-forged"));
    }
    let (mut entries, mut size) = (entries, size);
    match places(&tail, ZIP64_LOCATOR).as_slice() {
        [] => {}
        [locator] if locator + LOCATOR_SIZE == at => {
            let place = number(&tail[*locator..], 8, 8).ok_or_else(broken)?;
            let record = source.bytes_at(place, 56)?;
            if !record.starts_with(ZIP64_END) {
                return Err(PaperProblem::refuse("papers-zip-forged"));
            }
            entries =
                entries.max(number(&record, 24, 8).unwrap_or(u64::MAX)).max(number(&record, 32, 8).unwrap_or(u64::MAX));
            size = number(&record, 40, 8).unwrap_or(u64::MAX);
        }
        _ => return Err(PaperProblem::refuse("papers-zip-forged")),
    }
    // 0xffff in the old field means "see the ZIP64 record"; without one it is a number like any other.
    let most = limits.entries as u64;
    let honest_ffff = entries == 0xffff && size <= most * DIRECTORY_BYTES_PER_ENTRY;
    if (entries > most && !honest_ffff) || size > most * DIRECTORY_BYTES_PER_ENTRY {
        return Err(too_many_entries(limits));
    }
    Ok(())
}

fn check_entry(entry: &ZipFileEntry<'_>, limits: &Limits) -> Result<Part, PaperProblem> {
    let name = entry.name().map_err(|_| broken())?.replace('\\', "/");
    let unsafe_path = name.starts_with('/')
        || name.contains(['\0', ':'])
        || name.split('/').any(|step| step == "..")
        || entry.is_symlink();
    if unsafe_path {
        return Err(PaperProblem::Refused(Said::new("papers-zip-path").with("name", short(&name))));
    }
    if entry.encrypted() {
        return Err(PaperProblem::refuse("papers-zip-encrypted"));
    }
    let deflated = match entry.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        _ => return Err(broken()),
    };
    let (packed, size) = (entry.compressed_size(), entry.size());
    if !deflated && packed != size {
        return Err(PaperProblem::refuse("papers-zip-forged"));
    }
    if size > limits.ratio_from && size > packed.saturating_mul(limits.ratio) {
        return Err(PaperProblem::Refused(Said::new("papers-zip-ratio").with("name", short(&name))));
    }
    Ok(Part { name, header_at: entry.header_start(), packed, size, crc: entry.crc32(), deflated })
}

/// An archive inside the archive, by name or by its first bytes.
fn is_archive(source: &mut Source, part: &Part) -> Result<bool, PaperProblem> {
    const ENDINGS: [&str; 14] = [
        ".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".docm", ".pptx", ".ods", ".odt", ".jar", ".7z", ".rar", ".gz",
        ".xz",
    ];
    let name = part.name.to_ascii_lowercase();
    if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return Ok(true);
    }
    if is_markup(&name) || part.size < 4 {
        return Ok(false);
    }
    let start = super::mirror::data_start(source, part)?;
    let first = if part.deflated {
        let packed = source.bytes_at(start, part.packed.min(512) as usize)?;
        let mut first = Vec::new();
        // A stream cut short gives an error after its first bytes; these are all that is wanted.
        let _ = std::io::Read::read_to_end(
            &mut std::io::Read::take(flate2::read::DeflateDecoder::new(&packed[..]), 4),
            &mut first,
        );
        first
    } else {
        source.bytes_at(start, 4)?
    };
    Ok(first.starts_with(b"PK\x03\x04"))
}

fn check_is_workbook(names: &HashSet<String>) -> Result<(), PaperProblem> {
    if names.iter().any(|name| name.ends_with("workbook.bin")) || names.contains("mimetype") {
        return Err(PaperProblem::refuse("papers-other-spreadsheet"));
    }
    if !names.contains("_rels/.rels") || !names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Err(PaperProblem::refuse("papers-zip-no-workbook"));
    }
    Ok(())
}

/// Only such parts are shown to the parser; pictures, macros and printer settings do not exist for it.
fn is_markup(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn places(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
    bytes.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark).map(|(at, _)| at).collect()
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    Some(bytes.get(at..at + width)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn broken() -> PaperProblem {
    PaperProblem::refuse("papers-zip-broken")
}

fn too_many_entries(limits: &Limits) -> PaperProblem {
    PaperProblem::Refused(Said::new("papers-zip-entries").with("most", limits.entries))
}
