//! What a unit was called last: for abolished units in logs and histories.

use chibo_kernel::Moment;

use super::{Forest, UnitFacts, UnitNo};

impl Forest {
    /// The latest believed facts of a unit, whether it still stands or not. Walks all facts: for single look-ups.
    pub fn last_facts(&self, unit: UnitNo) -> Option<&UnitFacts> {
        let of_unit = self.facts.iter().filter(|f| f.unit == unit && f.superseded == Moment::FOREVER);
        of_unit.max_by_key(|f| f.valid.from())
    }
}
