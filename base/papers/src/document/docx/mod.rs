//! Writing DOCX: a ZIP of a few small parts in WordprocessingML, so that an office can go on working on the document.

mod parts;
mod text;
mod write;

use zip::CompressionMethod;

use super::Document;
use crate::PaperProblem;
use crate::archive::pack;

/// The document as a DOCX file, with title and language, page numbers in the middle of the upper margin from page 2.
///
/// A fault when the file cannot be packed.
pub fn to_docx(document: &Document) -> Result<Vec<u8>, PaperProblem> {
    file(&document.title, &[document])
}

/// Documents one after the other as one DOCX file, each from a new page on, on the paper of the first.
///
/// A fault as in [`to_docx`].
pub fn bound_docx(title: &str, documents: &[Document]) -> Result<Vec<u8>, PaperProblem> {
    file(title, &documents.iter().collect::<Vec<_>>())
}

fn file(title: &str, documents: &[&Document]) -> Result<Vec<u8>, PaperProblem> {
    let core = parts::core(title);
    let body = write::document(documents);
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
    pack(files.into_iter().map(|(name, text)| (name, text.as_bytes())), CompressionMethod::Deflated)
}
