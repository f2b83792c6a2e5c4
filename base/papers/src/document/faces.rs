//! The four fonts: which glyph a letter is, and how wide.

use krilla::text::{Font, GlyphId};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::lines::{Face, Measure};
use crate::PaperProblem;

/// The files of one typeface, TrueType.
#[derive(Clone, Copy)]
pub struct Fonts {
    /// Upright.
    pub regular: &'static [u8],
    /// Bold.
    pub bold: &'static [u8],
    /// Italic.
    pub italic: &'static [u8],
    /// Bold italic.
    pub bold_italic: &'static [u8],
}

impl Fonts {
    /// The letters of a text that one of the fonts does not have; a fault when a file is not a font.
    pub fn missing(&self, text: &str) -> Result<Vec<char>, PaperProblem> {
        let faces = Faces::read(self)?;
        let all = [&faces.regular, &faces.bold, &faces.italic, &faces.bold_italic];
        Ok(text.chars().filter(|letter| all.iter().any(|face| face.letters.map(*letter).is_none())).collect())
    }
}

/// A letter as it is drawn and copied: the hard space and the hard hyphen have done their work when the lines are
/// broken, and would only trouble whoever searches the text.
pub(super) const fn plain(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
        '\u{2011}' => '-',
        other => other,
    }
}

/// One font, read.
struct FaceFont {
    font: Font,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    /// Units of the font in one em.
    em: f32,
}

impl FaceFont {
    fn read(bytes: &'static [u8]) -> Result<Self, PaperProblem> {
        let known = FontRef::new(bytes).map_err(PaperProblem::fault)?;
        let font = Font::new(bytes.into(), 0).ok_or_else(|| PaperProblem::fault("the font cannot be read"))?;
        let widths = known.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = font.units_per_em().max(1.0);
        Ok(Self { font, letters: known.charmap(), widths, em })
    }
}

/// The four fonts, read.
pub(super) struct Faces {
    regular: FaceFont,
    bold: FaceFont,
    italic: FaceFont,
    bold_italic: FaceFont,
}

impl Faces {
    /// Reads the files; a fault when one is not a font.
    pub fn read(fonts: &Fonts) -> Result<Self, PaperProblem> {
        Ok(Self {
            regular: FaceFont::read(fonts.regular)?,
            bold: FaceFont::read(fonts.bold)?,
            italic: FaceFont::read(fonts.italic)?,
            bold_italic: FaceFont::read(fonts.bold_italic)?,
        })
    }

    fn face(&self, face: Face) -> &FaceFont {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Italic => &self.italic,
            Face::BoldItalic => &self.bold_italic,
        }
    }

    /// The font as the PDF writer knows it.
    pub fn font(&self, face: Face) -> Font {
        self.face(face).font.clone()
    }

    /// The glyph of a letter and its advance at size 1. Composed Vietnamese letters have one glyph each, so nothing
    /// needs shaping; a letter the font does not have becomes its empty box and stays in the text that is copied.
    pub fn glyph(&self, letter: char, face: Face) -> (GlyphId, f32) {
        let face = self.face(face);
        let glyph = face.letters.map(plain(letter)).unwrap_or(skrifa::GlyphId::NOTDEF);
        let advance = face.widths.advance_width(glyph).unwrap_or(0.0);
        (GlyphId::new(glyph.to_u32()), advance / face.em)
    }
}

impl Measure for Faces {
    fn advance(&self, letter: char, face: Face) -> f32 {
        self.glyph(letter, face).1
    }
}
