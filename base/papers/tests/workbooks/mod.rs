//! Workbooks made by hand, part by part, so that they can be wrong in any way.
#![allow(dead_code)] // each test program uses some of it
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
/// Style 1 is a date.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// A ZIP of these parts, deflated.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(parts, CompressionMethod::Deflated)
}

pub fn zip_with(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a workbook of one sheet `Danh sách`, whose data and what follows it are given as XML.
pub struct Workbook {
    pub sheet: String,
    pub properties: &'static str,
    pub extra: Vec<(String, Vec<u8>)>,
}

/// A sheet with this inside `<worksheet>`.
pub fn sheet(inside: &str) -> Workbook {
    let sheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inside}</worksheet>"#
    );
    Workbook { sheet, properties: "", extra: Vec::new() }
}

impl Workbook {
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.extra.push((name.to_owned(), bytes.into()));
        self
    }

    pub fn properties(mut self, properties: &'static str) -> Self {
        self.properties = properties;
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let book = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{}<sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
            self.properties
        );
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("_rels/.rels", RELATIONS.as_bytes()),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", self.sheet.as_bytes()),
        ];
        if !self.extra.iter().any(|(name, _)| name == "xl/styles.xml") {
            parts.push(("xl/styles.xml", STYLES.as_bytes()));
        }
        parts.extend(self.extra.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        zip(&parts)
    }
}
