//! A document as a row of pieces, in the order and look of DPD-40 and DPD-41; both writers read this.

use super::reading::Role;
use super::{Align, Block, Closing, Document, Heading, Run, Signature, Table};

/// Size of the content, half points.
const BODY: u16 = 28;
/// Size of the Party's name, half points.
const PARTY: u16 = 30;
/// Size of the type, half points.
const KIND: u16 = 32;
/// Size of tables and of the distribution list, half points.
const SMALL: u16 = 24;
/// Indent of a first line, millimetres (DPD-41).
const INDENT: u16 = 10;
/// Room for a signature, points.
const SIGNING: u16 = 64;

/// A line under a paragraph's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Rule {
    /// None.
    #[default]
    None,
    /// The text is underlined.
    Under,
    /// A line of the text's width stands clear below it.
    Below,
}

/// A paragraph with its look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Para {
    pub runs: Vec<Run>,
    pub align: Align,
    /// Half points.
    pub size: u16,
    /// Indent of the first line, millimetres.
    pub first: u16,
    /// Space above, points.
    pub before: u16,
    /// Space below, points.
    pub after: u16,
    pub rule: Rule,
    /// Stays on the page of what follows.
    pub keep: bool,
    /// What it is to somebody who hears it read.
    pub role: Role,
}

/// A part of the paper from edge to edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'d> {
    /// A paragraph.
    Para(Para),
    /// Two columns side by side, together on one page.
    Columns {
        left: Vec<Para>,
        right: Vec<Para>,
        /// Width of the left one, per cent.
        share: u16,
    },
    /// A table.
    Table(&'d Table),
    /// Empty space, points.
    Space(u16),
    /// A new page.
    Break,
}

fn centred(run: Run, size: u16) -> Para {
    Para { runs: vec![run], align: Align::Centre, size, ..Para::default() }
}

fn body(runs: Vec<Run>) -> Para {
    Para { runs, align: Align::Justified, size: BODY, first: INDENT, after: 6, ..Para::default() }
}

/// The whole document, from the heading to the last annex.
pub(super) fn pieces(document: &Document) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    if !document.heading.form.is_empty() {
        let form = Para { runs: vec![Run::italic(document.heading.form.clone())], ..Para::default() };
        pieces.push(Piece::Para(Para { align: Align::Right, size: SMALL, after: 6, ..form }));
    }
    if document.heading != (Heading { form: document.heading.form.clone(), ..Heading::default() }) {
        pieces.push(heading(&document.heading));
    }
    if !document.kind.is_empty() {
        let kind = centred(Run::bold(document.kind.to_uppercase()), KIND);
        pieces.push(Piece::Para(Para { before: 18, keep: true, role: Role::Kind, ..kind }));
    }
    if !document.subject.is_empty() {
        let subject = centred(Run::bold(document.subject.clone()), BODY);
        pieces.push(Piece::Para(Para { after: 14, keep: true, ..subject }));
    }
    let mut articles = 0;
    content(&document.blocks, &mut articles, &mut pieces);
    match &document.closing {
        Closing::Open => {}
        Closing::Signed { recipients, signature } => {
            pieces.push(Piece::Columns { left: receivers(recipients), right: signed(signature), share: 48 });
        }
        Closing::TwoSides { left, right } => {
            pieces.push(Piece::Columns { left: signed(left), right: signed(right), share: 50 });
        }
    }
    if !document.annex.is_empty() {
        pieces.push(Piece::Break);
        content(&document.annex, &mut articles, &mut pieces);
    }
    pieces
}

fn heading(heading: &Heading) -> Piece<'_> {
    let mut left = Vec::new();
    if !heading.superior.is_empty() {
        left.push(centred(Run::plain(heading.superior.to_uppercase()), BODY));
    }
    left.push(centred(Run::bold(heading.issuer.to_uppercase()), BODY));
    left.push(centred(Run::plain("*"), BODY));
    if !heading.number.is_empty() {
        left.push(centred(Run::plain(heading.number.clone()), BODY));
    }
    let party = centred(Run::bold("ĐẢNG CỘNG SẢN VIỆT NAM"), PARTY);
    let mut right = vec![Para { rule: Rule::Below, after: 12, ..party }];
    if !heading.dated.is_empty() {
        right.push(centred(Run::italic(heading.dated.clone()), BODY));
    }
    Piece::Columns { left, right, share: 42 }
}

fn content<'d>(blocks: &'d [Block], articles: &mut u32, pieces: &mut Vec<Piece<'d>>) {
    for block in blocks {
        match block {
            Block::Title(text) => {
                let title = centred(Run::bold(text.clone()), BODY);
                pieces.push(Piece::Para(Para { before: 8, after: 8, keep: true, role: Role::Title, ..title }));
            }
            Block::Paragraph(runs) => pieces.push(Piece::Para(body(runs.clone()))),
            Block::Article(runs) => {
                *articles += 1;
                let label = Run::bold(format!("Điều {articles}. "));
                let runs = std::iter::once(label).chain(runs.iter().cloned()).collect();
                pieces.push(Piece::Para(body(runs)));
            }
            Block::Bullets(items) => pieces.extend(items.iter().map(|item| {
                let runs = std::iter::once(Run::plain("- ")).chain(item.iter().cloned()).collect();
                Piece::Para(Para { role: Role::Item, ..body(runs) })
            })),
            Block::Table(table) => pieces.push(Piece::Table(table)),
            Block::Space(points) => pieces.push(Piece::Space(*points)),
            Block::PageBreak => pieces.push(Piece::Break),
        }
    }
}

fn receivers(recipients: &[String]) -> Vec<Para> {
    let small = |run: Run| Para { runs: vec![run], size: SMALL, ..Para::default() };
    let mut list = Vec::with_capacity(recipients.len() + 1);
    if !recipients.is_empty() {
        list.push(Para { rule: Rule::Under, before: 10, ..small(Run::plain("Nơi nhận:")) });
    }
    list.extend(recipients.iter().map(|line| small(Run::plain(format!("- {line}")))));
    list
}

fn signed(signature: &Signature) -> Vec<Para> {
    let mut lines = Vec::new();
    if !signature.on_behalf.is_empty() {
        lines.push(Para { before: 10, ..centred(Run::bold(signature.on_behalf.clone()), BODY) });
    }
    if !signature.position.is_empty() {
        lines.push(centred(Run::plain(signature.position.clone()), BODY));
    }
    lines.push(Para { before: SIGNING, ..centred(Run::bold(signature.name.clone()), BODY) });
    lines
}

/// A cell of a table; headings and sums are bold.
pub(super) fn cell(text: &str, align: Align, bold: bool) -> Para {
    let run = if bold { Run::bold(text) } else { Run::plain(text) };
    Para { runs: vec![run], align, size: SMALL, ..Para::default() }
}
