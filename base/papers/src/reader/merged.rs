//! Merged cells: only the first holds a value, so an importer can say why the others are empty.
//!
//! The list stands behind the last row of a sheet, so finding it costs inflating the sheet once more (no parsing).

use std::io::Read;

use super::guard::Part;
use super::mirror::part_stream;
use super::source::Source;
use crate::PaperProblem;

/// A rectangle of merged cells, zero-based, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First row and column: the one that holds the value.
    pub first: (u32, u32),
    /// Last row and column.
    pub last: (u32, u32),
}

impl Merged {
    /// Whether a zero-based cell is covered and therefore empty.
    pub fn hides(&self, row: u32, column: u32) -> bool {
        (row, column) != self.first
            && (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column)
    }
}

/// More than this many rectangles are not looked at.
const MOST: usize = 100_000;
/// No tag of interest is longer than this.
const TAG_MOST: usize = 80;
const MARK: &[u8] = b"mergeCell ";

/// The merged cells of one sheet part.
pub(crate) fn merged_in(source: Source, part: &Part) -> Result<Vec<Merged>, PaperProblem> {
    let mut stream = part_stream(source, part)?;
    let mut found = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    let mut tag: Option<Vec<u8>> = None;
    loop {
        let count = stream.read(&mut chunk).map_err(|_| PaperProblem::refuse("papers-zip-broken"))?;
        if count == 0 || found.len() >= MOST {
            return Ok(found);
        }
        let mut rest = &chunk[..count];
        while let Some(byte) = rest.first() {
            match &mut tag {
                None => {
                    let Some(at) = rest.iter().position(|byte| *byte == b'<') else { break };
                    rest = &rest[at..];
                    tag = Some(Vec::new());
                }
                Some(name) if *byte == b'>' || name.len() == TAG_MOST => {
                    found.extend(name.strip_prefix(MARK).and_then(rectangle));
                    tag = None;
                }
                Some(name) => {
                    name.push(*byte);
                    // Nearly every tag is another one and is left at its first letter.
                    if name.len() <= MARK.len() && !MARK.starts_with(name) {
                        tag = None;
                    }
                }
            }
            rest = &rest[1..];
        }
    }
}

/// `ref="B2:C3"…` → the rectangle.
fn rectangle(attributes: &[u8]) -> Option<Merged> {
    let text = std::str::from_utf8(attributes).ok()?;
    let (_, rest) = text.split_once("ref=")?;
    let quote = rest.chars().next()?;
    let (first, last) = rest[1..].split(quote).next()?.split_once(':')?;
    Some(Merged { first: address(first)?, last: address(last)? })
}

/// `B7` → zero-based (row, column).
fn address(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0_u32;
    for letter in text[..digits].bytes() {
        let place = letter.to_ascii_uppercase().checked_sub(b'A').filter(|place| *place < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(place) + 1)?;
    }
    let row: u32 = text[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_hides_all_but_its_first_cell() {
        let merged = rectangle(br#"ref="B2:C3"/"#);
        assert_eq!(merged, Some(Merged { first: (1, 1), last: (2, 2) }));
        let merged = merged.unwrap();
        assert!(!merged.hides(1, 1) && merged.hides(1, 2) && merged.hides(2, 1) && !merged.hides(3, 1));
        assert_eq!(rectangle(br#"ref="B2"/"#), None);
        assert_eq!(address("AAAAAAAAAAAAA99"), None);
    }
}
