//! Writing PDF: pages of the layout drawn with embedded fonts; text stays text, composed as it was written.

use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;

use super::faces::{Faces, Fonts};
use super::layout::{Page, Text, pages};
use super::lines::{Face, Measure};
use super::paper::points;
use super::{Document, Paper};
use crate::PaperProblem;

/// Size of the page number, points.
const NUMBER: f32 = 14.0;

/// The document as a PDF file, with title and language, page numbers in the middle of the upper margin from page 2.
///
/// A fault when a font cannot be read or the paper has no size.
pub fn to_pdf(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PaperProblem> {
    let faces = Faces::read(fonts)?;
    let size = PageSettings::from_wh(points(document.paper.width), points(document.paper.height));
    let size = size.ok_or_else(|| PaperProblem::fault("the paper has no size"))?;
    let mut file = krilla::Document::new();
    let about = Metadata::new().title(document.title.clone()).language("vi-VN".to_owned());
    file.set_metadata(about.creator("Chi Bộ".to_owned()));
    for (at, page) in pages(document, &faces).iter().enumerate() {
        let mut sheet = file.start_page_with(size.clone());
        let mut surface = sheet.surface();
        draw(&mut surface, page, &faces);
        if at > 0 {
            number(&mut surface, at + 1, &document.paper, &faces);
        }
        surface.finish();
        sheet.finish();
    }
    file.finish().map_err(PaperProblem::fault)
}

fn draw(surface: &mut Surface<'_>, page: &Page, faces: &Faces) {
    for bar in &page.bars {
        let Some(rect) = Rect::from_xywh(bar.x, bar.y, bar.width, bar.height) else { continue };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    for text in &page.texts {
        line(surface, text, faces);
    }
}

fn line(surface: &mut Surface<'_>, text: &Text, faces: &Faces) {
    let line = &text.line;
    let mut x = text.x + line.dx;
    for (face, part) in &line.parts {
        x += run(surface, (x, text.y), part, *face, (line.size, line.stretch), faces);
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
    for (at, letter) in text.char_indices() {
        let (glyph, advance) = faces.glyph(letter, face);
        let advance = if letter == ' ' { advance + stretch / size } else { advance };
        width += advance * size;
        glyphs.push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, at..at + letter.len_utf8(), None));
    }
    surface.draw_glyphs(Point::from_xy(x, y), &glyphs, faces.font(face), text, size, false);
    width
}

fn number(surface: &mut Surface<'_>, number: usize, paper: &Paper, faces: &Faces) {
    let text = number.to_string();
    let width: f32 = text.chars().map(|digit| faces.advance(digit, Face::Regular) * NUMBER).sum();
    let x = points(paper.left) + (points(paper.inner_width()) - width) / 2.0;
    let y = points(paper.top) / 2.0 + NUMBER / 2.0;
    run(surface, (x, y), &text, Face::Regular, (NUMBER, 0.0), faces);
}
