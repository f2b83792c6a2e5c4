//! Persons gathered while they are being written: the columns stand when the commit does.

use std::sync::Arc;

use chibo_kernel::Day;

use crate::columns::{Columns, Draft, PersonFacts};
use crate::forest::Forest;

/// Takes the persons of one act as they are written; begun by [`crate::Census::gather`].
pub struct Arrivals {
    draft: Draft,
    forest: Arc<Forest>,
    epoch: u64,
    today: Day,
}

/// The columns of an act that is not committed yet.
pub struct Settled {
    pub(crate) columns: Columns,
    pub(crate) epoch: u64,
}

impl Arrivals {
    pub(crate) fn new(forest: Arc<Forest>, epoch: u64, today: Day) -> Self {
        Self { draft: Draft::new(today, forest.len()), forest, epoch, today }
    }

    /// The units that states are numbered by.
    pub fn forest(&self) -> Arc<Forest> {
        self.forest.clone()
    }

    /// Takes one person. Every person may be pushed only once.
    pub fn push(&mut self, facts: &PersonFacts) {
        self.draft.push(facts);
    }

    /// Clusters what was gathered.
    pub fn settle(self) -> Settled {
        Settled { columns: self.draft.cluster(&self.forest.today(self.today)), epoch: self.epoch }
    }
}
