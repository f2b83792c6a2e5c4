//! Several files in one ZIP. Entries carry no time of day, so the same content gives the same bytes.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use crate::PaperProblem;

/// Media type of a ZIP file.
pub const ZIP: &str = "application/zip";

/// Finished files, each with its name in the ZIP, in this order. They are stored as they are: the files of an office
/// are squeezed already.
///
/// A fault when two have the same name.
pub fn archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, PaperProblem> {
    pack(files.iter().map(|(name, body)| (name.as_str(), body.as_slice())), CompressionMethod::Stored)
}

/// Packs files; every one gets the first day a ZIP can name, whatever the clock says.
pub(crate) fn pack<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    method: CompressionMethod,
) -> Result<Vec<u8>, PaperProblem> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
    for (name, body) in files {
        zip.start_file(name, options).map_err(PaperProblem::fault)?;
        zip.write_all(body)?;
    }
    Ok(zip.finish().map_err(PaperProblem::fault)?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn files() -> Vec<(String, Vec<u8>)> {
        vec![("001-quyết-định.docx".to_owned(), b"mot".to_vec()), ("002-bien-ban.docx".to_owned(), vec![0; 70_000])]
    }

    #[test]
    fn files_come_out_as_they_went_in_and_in_order() {
        let mut zip = zip::ZipArchive::new(Cursor::new(archive(&files()).unwrap())).unwrap();
        assert_eq!(zip.len(), 2);
        for (at, (name, body)) in files().iter().enumerate() {
            let mut file = zip.by_index(at).unwrap();
            assert_eq!(file.name().unwrap(), name.as_str());
            let mut found = Vec::new();
            file.read_to_end(&mut found).unwrap();
            assert_eq!(&found, body);
        }
    }

    #[test]
    fn no_entry_carries_a_time_so_the_same_files_give_the_same_bytes() {
        let bytes = archive(&files()).unwrap();
        assert_eq!(bytes, archive(&files()).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..zip.len() {
            assert_eq!(zip.by_index(at).unwrap().last_modified(), Some(DateTime::default()));
        }
    }

    #[test]
    fn two_files_of_one_name_are_a_fault() {
        let twice = [files().remove(0), files().remove(0)];
        assert!(matches!(archive(&twice), Err(PaperProblem::Fault(_))));
    }
}
