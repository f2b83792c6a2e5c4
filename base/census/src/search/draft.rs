//! Names while they are loaded: codes in the order of first appearance.

use std::collections::{BTreeMap, HashMap};

use super::dictionary::each_piece;

/// Names in the order they came.
#[derive(Debug, Default)]
pub(crate) struct DraftNames {
    known: HashMap<Box<str>, u32>,
    codes: Vec<u32>,
    end: Vec<u32>,
    pub(super) corrected: BTreeMap<u32, [Box<str>; 3]>,
}

impl DraftNames {
    pub fn reserve(&mut self, names: usize) {
        self.end.reserve_exact(names);
        self.codes.reserve(names * 3);
    }

    pub fn push(&mut self, name: &str, parts: Option<&[String; 3]>) {
        let (known, codes) = (&mut self.known, &mut self.codes);
        each_piece(name, |piece| {
            let next = known.len() as u32;
            let code = match known.get(piece) {
                Some(code) => *code,
                None => *known.entry(piece.into()).or_insert(next),
            };
            codes.push(code);
        });
        if let Some(parts) = parts {
            self.corrected.insert(self.end.len() as u32, parts.each_ref().map(|part| part.as_str().into()));
        }
        self.end.push(self.codes.len() as u32);
    }

    pub fn len(&self) -> usize {
        self.end.len()
    }

    /// The provisional codes of a name.
    pub fn codes(&self, i: usize) -> &[u32] {
        let start = if i == 0 { 0 } else { self.end[i - 1] };
        &self.codes[start as usize..self.end[i] as usize]
    }

    /// The pieces by provisional code.
    pub fn pieces(&self) -> Vec<&str> {
        let mut pieces = vec![""; self.known.len()];
        self.known.iter().for_each(|(piece, code)| pieces[*code as usize] = piece);
        pieces
    }
}
