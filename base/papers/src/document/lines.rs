//! Paragraphs broken into lines. Pure: how wide a letter is, [`Measure`] says.

use unicode_normalization::UnicodeNormalization;

use super::body::{Para, Rule};
use super::paper::points;
use super::{Align, Run};

/// Which of the four fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

impl Face {
    fn of(run: &Run) -> Self {
        match (run.bold, run.italic) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }
}

/// Knows how wide letters are.
pub(super) trait Measure {
    /// Advance of a letter at size 1.
    fn advance(&self, letter: char, face: Face) -> f32;
}

/// Height of a line in relation to the size of its letters.
const LINE: f32 = 1.3;
/// What a sum of widths may be over the edge: floats are not exact, letters are wider than this.
const SLACK: f32 = 0.01;

/// A line with its look, to be put anywhere.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SetLine {
    /// Texts of one font each, from left to right.
    pub parts: Vec<(Face, String)>,
    /// From the left edge, points.
    pub dx: f32,
    /// Width of the text as drawn, points.
    pub width: f32,
    /// Added to every space, points.
    pub stretch: f32,
    /// Size of the letters, points.
    pub size: f32,
    /// Space above, points.
    pub above: f32,
    /// Space below, points.
    pub below: f32,
    pub rule: Rule,
    /// The words go on in the next line: whoever copies or hears the text needs a space here that nobody sees.
    pub goes_on: bool,
}

impl SetLine {
    /// All it takes from top to bottom, points.
    pub fn tall(&self) -> f32 {
        self.above + self.size * LINE + self.below
    }

    /// From its top to the foot of its letters, points.
    pub fn foot(&self) -> f32 {
        self.above + self.size
    }
}

/// A paragraph as lines of at most this width, points; never none.
pub(super) fn set(para: &Para, width: f32, measure: &impl Measure) -> Vec<SetLine> {
    let size = f32::from(para.size) / 2.0;
    let first = points(para.first).min(width / 2.0);
    let broken = broken(&para.runs, size, first, width, measure);
    let last = broken.len().saturating_sub(1);
    let place = |(at, line): (usize, Line)| {
        let indent = if at == 0 { first } else { 0.0 };
        let left = (width - indent - line.width).max(0.0);
        let spaces = line.spaces();
        let full = para.align == Align::Justified && line.end != End::Said;
        let stretch = if full && spaces > 0.0 { left / spaces } else { 0.0 };
        let shift = match para.align {
            Align::Left | Align::Justified => 0.0,
            Align::Centre => left / 2.0,
            Align::Right => left,
        };
        SetLine {
            dx: indent + shift,
            width: line.width + stretch * spaces,
            parts: line.parts,
            stretch,
            size,
            above: if at == 0 { f32::from(para.before) } else { 0.0 },
            below: if at == last { f32::from(para.after) } else { 0.0 },
            rule: para.rule,
            goes_on: at < last && line.end != End::Cut,
        }
    };
    broken.into_iter().enumerate().map(place).collect()
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy)]
enum Gap {
    None,
    Space(Face),
    LineEnd,
}

struct Word {
    gap: Gap,
    parts: Vec<(Face, String)>,
}

impl Word {
    /// An empty word says something only after a line feed.
    fn counts(&self) -> bool {
        !self.parts.is_empty() || matches!(self.gap, Gap::LineEnd)
    }
}

/// Cut at spaces, tabs and line feeds; a hard space holds two words together. Letters are composed (NFC).
fn words(runs: &[Run]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word { gap: Gap::None, parts: Vec::new() };
    for run in runs {
        let face = Face::of(run);
        for letter in run.text.chars().nfc() {
            match letter {
                '\n' => {
                    let ended = std::mem::replace(&mut word, Word { gap: Gap::LineEnd, parts: Vec::new() });
                    if ended.counts() {
                        words.push(ended);
                    }
                }
                ' ' | '\t' | '\r' if !word.parts.is_empty() => {
                    words.push(std::mem::replace(&mut word, Word { gap: Gap::Space(face), parts: Vec::new() }));
                }
                ' ' | '\t' | '\r' => {}
                _ => append(&mut word.parts, face, letter),
            }
        }
    }
    if word.counts() {
        words.push(word);
    }
    words
}

fn append(parts: &mut Vec<(Face, String)>, face: Face, letter: char) {
    match parts.last_mut() {
        Some((known, text)) if *known == face => text.push(letter),
        _ => parts.push((face, letter.to_string())),
    }
}

/// Why a line ends.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum End {
    /// The last of its paragraph, or before a line feed.
    #[default]
    Said,
    /// The next word had no room.
    Space,
    /// A word wider than the line was cut.
    Cut,
}

/// A line without its look.
#[derive(Default)]
struct Line {
    parts: Vec<(Face, String)>,
    width: f32,
    end: End,
}

impl Line {
    fn spaces(&self) -> f32 {
        self.parts.iter().flat_map(|(_, text)| text.chars()).filter(|letter| *letter == ' ').map(|_| 1.0).sum()
    }
}

struct Breaker<'m, M> {
    measure: &'m M,
    size: f32,
    first: f32,
    width: f32,
    done: Vec<Line>,
    line: Line,
}

fn broken(runs: &[Run], size: f32, first: f32, width: f32, measure: &impl Measure) -> Vec<Line> {
    let mut breaker = Breaker { measure, size, first, width, done: Vec::new(), line: Line::default() };
    for word in words(runs) {
        breaker.word(&word);
    }
    breaker.end_line(End::Said);
    breaker.done
}

impl<M: Measure> Breaker<'_, M> {
    fn wide(&self, letter: char, face: Face) -> f32 {
        self.measure.advance(letter, face) * self.size
    }

    fn fits(&self, more: f32) -> bool {
        let room = if self.done.is_empty() { self.width - self.first } else { self.width };
        self.line.width + more <= room + SLACK
    }

    fn end_line(&mut self, end: End) {
        let line = std::mem::take(&mut self.line);
        self.done.push(Line { end, ..line });
    }

    fn letter(&mut self, face: Face, letter: char) {
        self.line.width += self.wide(letter, face);
        append(&mut self.line.parts, face, letter);
    }

    fn word(&mut self, word: &Word) {
        let letters = || word.parts.iter().flat_map(|(face, text)| text.chars().map(move |letter| (*face, letter)));
        let width: f32 = letters().map(|(face, letter)| self.wide(letter, face)).sum();
        match word.gap {
            Gap::None => {}
            Gap::LineEnd => self.end_line(End::Said),
            Gap::Space(_) if self.line.parts.is_empty() => {}
            Gap::Space(face) if self.fits(self.wide(' ', face) + width) => self.letter(face, ' '),
            Gap::Space(_) => self.end_line(End::Space),
        }
        for (face, letter) in letters() {
            // Only a word wider than the whole line is cut.
            if !self.line.parts.is_empty() && !self.fits(self.wide(letter, face)) {
                self.end_line(End::Cut);
            }
            self.letter(face, letter);
        }
    }
}
