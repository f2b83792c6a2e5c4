//! Unit identifiers ↔ numbers.

use chibo_kernel::{Id, Unit};

/// The numbering of units; old numbers are never given to another unit.
#[derive(Debug, Default)]
pub(crate) struct Index {
    ids: Vec<Id<Unit>>,
    /// Numbers in the order of their ids.
    sorted: Vec<u32>,
}

impl Index {
    /// `before` keep their numbers; new ids follow in the order of their first appearance.
    pub fn new(before: &[Id<Unit>], ids: impl Iterator<Item = Id<Unit>>) -> Self {
        let mut seen: Vec<(Id<Unit>, u32)> = Vec::new();
        seen.extend(before.iter().copied().zip(0u32..));
        let first_new = seen.len() as u32;
        seen.extend(ids.zip(first_new..));
        seen.sort_unstable();
        seen.dedup_by_key(|(id, _)| *id);
        seen.sort_unstable_by_key(|(_, order)| *order);
        let ids: Vec<Id<Unit>> = seen.into_iter().map(|(id, _)| id).collect();
        let mut sorted: Vec<u32> = (0..ids.len() as u32).collect();
        sorted.sort_unstable_by_key(|no| ids[*no as usize]);
        Self { ids, sorted }
    }

    pub fn ids(&self) -> &[Id<Unit>] {
        &self.ids
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn no(&self, id: Id<Unit>) -> Option<u32> {
        let at = self.sorted.binary_search_by_key(&id, |no| self.ids[*no as usize]).ok()?;
        self.sorted.get(at).copied()
    }
}
