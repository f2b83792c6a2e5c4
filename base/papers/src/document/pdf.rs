//! Writing PDF: pages of the layout drawn with embedded fonts; text stays text, composed as it was written, and is
//! tagged with what it is, so that it can be copied, searched and read aloud in order.

use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::KrillaGlyph;

use super::faces::{Faces, Fonts, plain};
use super::layout::{Bar, Laid, Page, Text, lay};
use super::lines::{Face, Measure};
use super::paper::points;
use super::reading::{Part, Role};
use super::{Document, Paper};
use crate::PaperProblem;

/// Size of the page number, points.
const NUMBER: f32 = 14.0;
/// Language of every paper.
const LANGUAGE: &str = "vi-VN";

/// The document as a PDF file, with title, language and reading order, page numbers in the middle of the upper margin
/// from page 2.
///
/// A fault when a font cannot be read or the paper has no size.
pub fn to_pdf(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PaperProblem> {
    write(&document.title, &[document], fonts)
}

/// Documents one after the other as one PDF file. Each begins on a new page, counts its own pages and stands under its
/// title in the outline.
///
/// A fault as in [`to_pdf`].
pub fn bound_pdf(title: &str, documents: &[Document], fonts: &Fonts) -> Result<Vec<u8>, PaperProblem> {
    write(title, &documents.iter().collect::<Vec<_>>(), fonts)
}

fn write(title: &str, documents: &[&Document], fonts: &Fonts) -> Result<Vec<u8>, PaperProblem> {
    let faces = Faces::read(fonts)?;
    let mut file = krilla::Document::new();
    let about = Metadata::new().title(title.to_owned()).language(LANGUAGE.to_owned());
    file.set_metadata(about.creator("Chi Bộ".to_owned()));
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let (mut outline, mut first) = (Outline::new(), 0);
    for document in documents {
        let laid = lay(document, &faces);
        let top = XyzDestination::new(first, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(document.title.clone(), top));
        first += laid.pages.len();
        tree.push(sheets(&mut file, &document.paper, &laid, &faces)?);
    }
    if documents.len() > 1 {
        file.set_outline(outline);
    }
    file.set_tag_tree(tree);
    file.finish().map_err(PaperProblem::fault)
}

/// Draws the pages of one document; gives its reading order.
fn sheets(file: &mut krilla::Document, paper: &Paper, laid: &Laid, faces: &Faces) -> Result<TagGroup, PaperProblem> {
    let size = PageSettings::from_wh(points(paper.width), points(paper.height));
    let size = size.ok_or_else(|| PaperProblem::fault("the paper has no size"))?;
    let mut leaves: Vec<Vec<Node>> = laid.parts.iter().map(|_| Vec::new()).collect();
    for (at, page) in laid.pages.iter().enumerate() {
        let mut sheet = file.start_page_with(size.clone());
        let mut surface = sheet.surface();
        draw(&mut surface, page, faces, &mut leaves);
        if at > 0 {
            number(&mut surface, at + 1, paper, faces);
        }
        surface.finish();
        sheet.finish();
    }
    Ok(TagGroup::with_children(Tag::Part, nodes(&laid.parts, leaves)))
}

fn draw(surface: &mut Surface<'_>, page: &Page, faces: &Faces, leaves: &mut [Vec<Node>]) {
    for bar in &page.bars {
        rule(surface, bar);
    }
    for text in page.texts.iter().filter(|text| !text.line.parts.is_empty()) {
        match text.part.and_then(|part| leaves.get_mut(part)) {
            Some(leaves) => leaves.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())).into()),
            None => unread(surface, ArtifactType::PaginationOther),
        }
        line(surface, text, faces);
        surface.end_tagged();
    }
}

/// Begins what is not read aloud.
fn unread(surface: &mut Surface<'_>, kind: ArtifactType) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
}

fn rule(surface: &mut Surface<'_>, bar: &Bar) {
    let Some(rect) = Rect::from_xywh(bar.x, bar.y, bar.width, bar.height) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    if let Some(path) = path.finish() {
        unread(surface, ArtifactType::Layout);
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

fn line(surface: &mut Surface<'_>, text: &Text, faces: &Faces) {
    let line = &text.line;
    let (mut x, last) = (text.x + line.dx, line.parts.len().saturating_sub(1));
    for (at, (face, part)) in line.parts.iter().enumerate() {
        let place = (x, text.y);
        let goes_on = line.goes_on && at == last;
        let part = if goes_on { format!("{part} ") } else { part.clone() };
        x += run(surface, place, &part, *face, (line.size, line.stretch), faces);
    }
}

/// Draws a text of one font; gives its width.
fn run(
    surface: &mut Surface<'_>,
    (x, y): (f32, f32),
    text: &str,
    face: Face,
    (size, stretch): (f32, f32),
    faces: &Faces,
) -> f32 {
    let mut width = 0.0;
    let mut glyphs = Vec::with_capacity(text.len());
    let mut copied = String::with_capacity(text.len());
    for letter in text.chars() {
        let (glyph, advance) = faces.glyph(letter, face);
        let advance = if letter == ' ' { advance + stretch / size } else { advance };
        width += advance * size;
        let from = copied.len();
        copied.push(plain(letter));
        glyphs.push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, from..copied.len(), None));
    }
    surface.draw_glyphs(Point::from_xy(x, y), &glyphs, faces.font(face), &copied, size, false);
    width
}

fn number(surface: &mut Surface<'_>, number: usize, paper: &Paper, faces: &Faces) {
    let text = number.to_string();
    let width: f32 = text.chars().map(|digit| faces.advance(digit, Face::Regular) * NUMBER).sum();
    let x = points(paper.left) + (points(paper.inner_width()) - width) / 2.0;
    let y = points(paper.top) / 2.0 + NUMBER / 2.0;
    unread(surface, ArtifactType::PageNumber);
    run(surface, (x, y), &text, Face::Regular, (NUMBER, 0.0), faces);
    surface.end_tagged();
}

/// The parts as a tree, each with the texts drawn for it. A part without text is left out, a cell is not.
fn nodes(parts: &[Part], leaves: Vec<Vec<Node>>) -> Vec<Node> {
    // From the last to the first, so that whatever belongs to a part is ready when the part's turn comes.
    let mut below: Vec<Vec<Node>> = parts.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for (part, mut children) in parts.iter().zip(leaves).rev() {
        children.extend(below.pop().unwrap_or_default().into_iter().rev());
        if children.is_empty() && !part.role.is_cell() {
            continue;
        }
        let node = Node::from(TagGroup::with_children(tag(part), children));
        match part.within.and_then(|up| below.get_mut(up)) {
            Some(siblings) => siblings.push(node),
            None => roots.push(node),
        }
    }
    roots.reverse();
    roots
}

fn tag(part: &Part) -> TagKind {
    let heading = |level: NonZeroU16| TagKind::from(Tag::Hn(level, Some(part.text.clone())));
    match part.role {
        Role::Para => Tag::P.into(),
        Role::Kind => heading(NonZeroU16::MIN),
        Role::Title => heading(NonZeroU16::MIN.saturating_add(1)),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::ItemBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Heads => Tag::THead.into(),
        Role::Rows => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::Head => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
    }
}
