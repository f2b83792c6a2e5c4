//! Writing DOCX: a ZIP of a few small parts in WordprocessingML, so that an office can go on working on the document.

mod parts;
mod text;
mod write;

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::Document;
use crate::PaperProblem;

/// The document as a DOCX file, with title and language, page numbers in the middle of the upper margin from page 2.
///
/// A fault when the file cannot be packed.
pub fn to_docx(document: &Document) -> Result<Vec<u8>, PaperProblem> {
    let core = parts::core(&document.title);
    let body = write::document(document);
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", core.as_str()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        ("word/document.xml", body.as_str()),
        ("word/styles.xml", parts::STYLES),
        ("word/header1.xml", parts::PAGE_NUMBER),
        ("word/header2.xml", parts::NO_PAGE_NUMBER),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in files {
        zip.start_file(name, options).map_err(PaperProblem::fault)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish().map_err(PaperProblem::fault)?.into_inner())
}
