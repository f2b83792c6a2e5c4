//! The main part: paragraphs and tables in WordprocessingML. The order of elements inside properties is fixed by the
//! schema (ECMA-376 part 1, §17).

use super::text::escaped;
use crate::document::body::{Para, Piece, Rule, cell, pieces};
use crate::document::paper::{Paper, twips};
use crate::document::reading::Role;
use crate::document::{Align, Document, Run, Table};

/// Closes a table: two tables without a paragraph between them would become one, and the last thing on the paper must
/// be a paragraph.
const AFTER_TABLE: &str =
    r#"<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>"#;
/// Tallest line, twentieths of a point (22 inches).
const TALLEST: u32 = 31_680;
const PAGE_BREAK: &str = r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#;
const BORDERS: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];

/// `word/document.xml`: one document after the other, each from a new page on, on the paper of the first.
pub(super) fn document(documents: &[&Document]) -> String {
    let paper = documents.first().map(|document| document.paper).unwrap_or_default();
    let width = twips(paper.inner_width());
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#
    ));
    let all = documents.iter().enumerate().flat_map(|(at, document)| {
        let begins = (at > 0).then_some(Piece::Break);
        begins.into_iter().chain(pieces(document))
    });
    for piece in all {
        match piece {
            Piece::Para(para) => out.push_str(&paragraph(&para)),
            Piece::Columns { left, right, share } => out.push_str(&columns(&left, &right, share, width)),
            Piece::Table(table) => out.push_str(&grid(table, width)),
            Piece::Space(points) => out.push_str(&space(points)),
            Piece::Break => out.push_str(PAGE_BREAK),
        }
    }
    out.push_str(&section(&paper));
    out.push_str("</w:body></w:document>");
    out
}

/// An empty line of exactly this height, as far as the schema lets one go.
fn space(points: u16) -> String {
    let line = (u32::from(points) * 20).clamp(1, TALLEST);
    format!(r#"<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/></w:pPr></w:p>"#)
}

fn section(paper: &Paper) -> String {
    let [width, height, top, right, bottom, left] =
        [paper.width, paper.height, paper.top, paper.right, paper.bottom, paper.left].map(twips);
    let header = top / 2;
    format!(
        concat!(
            r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/>"#,
            r#"<w:headerReference w:type="first" r:id="rId3"/><w:pgSz w:w="{width}" w:h="{height}"/>"#,
            r#"<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" "#,
            r#"w:header="{header}" w:footer="{header}" w:gutter="0"/><w:titlePg/></w:sectPr>"#
        ),
        width = width,
        height = height,
        top = top,
        right = right,
        bottom = bottom,
        left = left,
        header = header
    )
}

fn paragraph(para: &Para) -> String {
    let mut out = String::from("<w:p><w:pPr>");
    if para.keep {
        out.push_str("<w:keepNext/>");
    }
    if para.rule == Rule::Below {
        out.push_str(r#"<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>"#);
    }
    let (before, after) = (para.before * 20, para.after * 20);
    out.push_str(&format!(r#"<w:spacing w:before="{before}" w:after="{after}" w:line="276" w:lineRule="auto"/>"#));
    if para.first > 0 {
        out.push_str(&format!(r#"<w:ind w:firstLine="{}"/>"#, twips(para.first)));
    }
    let side = match para.align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
        Align::Justified => "both",
    };
    out.push_str(&format!(r#"<w:jc w:val="{side}"/>"#));
    // Headings show in the navigation of the office and are read aloud as such.
    match para.role {
        Role::Kind => out.push_str(r#"<w:outlineLvl w:val="0"/>"#),
        Role::Title => out.push_str(r#"<w:outlineLvl w:val="1"/>"#),
        _ => {}
    }
    out.push_str("</w:pPr>");
    for piece in &para.runs {
        out.push_str(&run(piece, para));
    }
    out.push_str("</w:p>");
    out
}

fn run(run: &Run, para: &Para) -> String {
    let mut out = String::from("<w:r><w:rPr>");
    if run.bold {
        out.push_str("<w:b/><w:bCs/>");
    }
    if run.italic {
        out.push_str("<w:i/><w:iCs/>");
    }
    out.push_str(&format!(r#"<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>"#, para.size));
    if para.rule == Rule::Under {
        out.push_str(r#"<w:u w:val="single"/>"#);
    }
    out.push_str("</w:rPr>");
    for (at, line) in run.text.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str(&format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line)));
    }
    out.push_str("</w:r>");
    out
}

/// Opens a table of these widths; with borders or without.
fn open(widths: &[u32], borders: bool) -> String {
    let whole: u32 = widths.iter().sum();
    let mut out = format!(r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/>"#);
    if borders {
        let line = |side: &&str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#);
        let lines: String = BORDERS.iter().map(line).collect();
        out.push_str(&format!("<w:tblBorders>{lines}</w:tblBorders>"));
    }
    out.push_str(r#"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    out.extend(widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)));
    out.push_str("</w:tblGrid>");
    out
}

fn boxed(paras: &[Para], width: u32) -> String {
    let inside: String = paras.iter().map(paragraph).collect();
    // A cell without a paragraph is not well formed.
    let inside = if inside.is_empty() { "<w:p/>".to_owned() } else { inside };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>"#)
}

fn columns(left: &[Para], right: &[Para], share: u16, width: u32) -> String {
    let first = width * u32::from(share.min(90)) / 100;
    let widths = [first, width - first];
    let cells = format!("{}{}", boxed(left, widths[0]), boxed(right, widths[1]));
    format!("{}<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>{AFTER_TABLE}", open(&widths, false))
}

fn grid(table: &Table, width: u32) -> String {
    if table.columns.is_empty() {
        return String::new();
    }
    let shares: Vec<u32> = table.columns.iter().map(|column| u32::from(column.width.max(1))).collect();
    let all: u32 = shares.iter().sum();
    let widths: Vec<u32> = shares.iter().map(|share| width * share / all).collect();
    let mut out = open(&widths, true);
    if table.headed() {
        let titles: Vec<(&str, Align)> =
            table.columns.iter().map(|column| (column.title.as_str(), Align::Centre)).collect();
        out.push_str(&row(&titles, true, &widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"));
    }
    for (at, texts) in table.rows.iter().enumerate() {
        let (texts, bold) = table.cells(at, texts);
        out.push_str(&row(&texts, bold, &widths, ""));
    }
    out.push_str("</w:tbl>");
    out.push_str(AFTER_TABLE);
    out
}

fn row(texts: &[(&str, Align)], bold: bool, widths: &[u32], properties: &str) -> String {
    let cells: String =
        texts.iter().zip(widths).map(|((text, align), width)| boxed(&[cell(text, *align, bold)], *width)).collect();
    format!("<w:tr>{properties}{cells}</w:tr>")
}
