//! Lines put on pages: where everything stands, before any file is written.

use super::Document;
use super::body::{Para, Piece, Rule, pieces};
use super::lines::{Measure, SetLine, set};
use super::paper::points;
use super::reading::{Part, Reading};

/// Thickness of every line drawn, points.
const STROKE: f32 = 0.6;
/// What a paragraph that belongs to the next needs below it, points: two lines of content.
const FOLLOWED: f32 = 40.0;

/// A page, ready to be drawn. The origin is the upper left corner of the paper; points.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub texts: Vec<Text>,
    pub bars: Vec<Bar>,
}

/// A line of text in its place: `x` is the left edge of its column, `y` the foot of its letters.
#[derive(Debug)]
pub(super) struct Text {
    pub x: f32,
    pub y: f32,
    pub line: SetLine,
    /// Number of the part it belongs to; none for what is not read, as the repeated heading of a table.
    pub part: Option<usize>,
}

/// A filled rectangle: rules and borders of tables.
#[derive(Debug)]
pub(super) struct Bar {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// The part of the page that is written on, points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub x: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// A document on pages, and the order in which it is read.
#[derive(Debug)]
pub(super) struct Laid {
    /// Never none.
    pub pages: Vec<Page>,
    pub parts: Vec<Part>,
}

/// Puts the document on pages.
pub(super) fn lay(document: &Document, measure: &impl Measure) -> Laid {
    let paper = &document.paper;
    let frame = Frame {
        x: points(paper.left),
        top: points(paper.top),
        width: points(paper.inner_width()),
        height: points(paper.inner_height()),
    };
    let (page, reading) = (Page::default(), Reading::default());
    let mut press = Press { frame, measure, reading, done: Vec::new(), page, y: frame.top };
    for piece in pieces(document) {
        match piece {
            Piece::Para(para) => press.para(&para),
            Piece::Columns { left, right, share } => press.columns(&left, &right, share),
            Piece::Table(table) => press.table(table),
            Piece::Space(points) => press.space(points),
            Piece::Break => press.turn(),
        }
    }
    press.turn();
    Laid { pages: press.done, parts: press.reading.parts }
}

/// Fills page after page from top to bottom.
pub(super) struct Press<'m, M> {
    pub frame: Frame,
    pub measure: &'m M,
    pub reading: Reading,
    done: Vec<Page>,
    page: Page,
    /// Where the next piece begins.
    pub y: f32,
}

impl<M: Measure> Press<'_, M> {
    /// What is left of the page, points.
    pub fn room(&self) -> f32 {
        self.frame.top + self.frame.height - self.y
    }

    /// Nothing stands on the page yet.
    pub fn at_top(&self) -> bool {
        self.page.texts.is_empty() && self.page.bars.is_empty()
    }

    /// Begins a new page.
    pub fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        self.y = self.frame.top;
    }

    /// Puts a line of a part into the column at `x`, its top at `y`.
    pub fn put(&mut self, x: f32, y: f32, line: SetLine, part: Option<usize>) {
        let foot = y + line.foot();
        let below = match line.rule {
            Rule::None => None,
            Rule::Under => Some(1.5),
            Rule::Below => Some(5.0),
        };
        if let Some(below) = below {
            self.bar(x + line.dx, foot + below, line.width, STROKE);
        }
        self.page.texts.push(Text { x, y: foot, line, part });
    }

    /// Draws a rectangle.
    pub fn bar(&mut self, x: f32, y: f32, width: f32, height: f32) {
        if width > 0.0 && height > 0.0 {
            self.page.bars.push(Bar { x, y, width, height });
        }
    }

    /// Draws a horizontal line.
    pub fn across(&mut self, x: f32, y: f32, width: f32) {
        self.bar(x, y - STROKE / 2.0, width, STROKE);
    }

    /// Draws a vertical line.
    pub fn down(&mut self, x: f32, y: f32, height: f32) {
        self.bar(x - STROKE / 2.0, y, STROKE, height);
    }

    /// Leaves space, as far as the page goes.
    fn space(&mut self, points: u16) {
        if !self.at_top() {
            self.y = (self.y + f32::from(points)).min(self.frame.top + self.frame.height);
        }
    }

    fn para(&mut self, para: &Para) {
        let part = self.reading.para(para);
        let lines = set(para, self.frame.width, self.measure);
        let whole: f32 = lines.iter().map(SetLine::tall).sum();
        if para.keep && whole + FOLLOWED > self.room() && !self.at_top() {
            self.turn();
        }
        for line in lines {
            if line.tall() > self.room() && !self.at_top() {
                self.turn();
            }
            let tall = line.tall();
            self.put(self.frame.x, self.y, line, Some(part));
            self.y += tall;
        }
    }

    /// Both columns on one page; what is longer than a page goes below each other instead.
    fn columns(&mut self, left: &[Para], right: &[Para], share: u16) {
        let gap = points(4);
        let first = (self.frame.width - gap) * f32::from(share.min(90)) / 100.0;
        let second = self.frame.width - gap - first;
        let measure = self.measure;
        let lines = |paras: &[Para], width: f32| -> Vec<(usize, SetLine)> {
            let lines = |(at, para): (usize, &Para)| set(para, width, measure).into_iter().map(move |line| (at, line));
            paras.iter().enumerate().flat_map(lines).collect()
        };
        let sides = [(self.frame.x, lines(left, first)), (self.frame.x + first + gap, lines(right, second))];
        let tall = |lines: &[(usize, SetLine)]| lines.iter().map(|(_, line)| line.tall()).sum::<f32>();
        let height = sides.iter().map(|(_, lines)| tall(lines)).fold(0.0, f32::max);
        if height > self.frame.height {
            left.iter().chain(right).for_each(|para| self.para(para));
            return;
        }
        if height > self.room() && !self.at_top() {
            self.turn();
        }
        let top = self.y;
        for ((x, lines), paras) in sides.into_iter().zip([left, right]) {
            let parts: Vec<usize> = paras.iter().map(|para| self.reading.para(para)).collect();
            let mut y = top;
            for (at, line) in lines {
                let tall = line.tall();
                self.put(x, y, line, parts.get(at).copied());
                y += tall;
            }
        }
        self.y = top + height;
    }
}
