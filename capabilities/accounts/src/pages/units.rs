//! Units by what people type and units by name: the only place of this crate that asks the tree.

use std::sync::Arc;

use chibo_census::{Forest, Tree};
use chibo_kernel::{AsOf, Id, Unit};
use chibo_web::Visit;

use crate::rules::authority::EVERYWHERE;

/// Today's tree, for names and codes.
pub(super) struct Units {
    forest: Arc<Forest>,
    tree: Arc<Tree>,
    everywhere: String,
}

impl Units {
    /// Of a visit.
    pub(super) fn of(visit: &Visit<'_>) -> Self {
        let forest = visit.house.census.forest();
        let tree = forest.tree(AsOf::on(visit.today()));
        Self { tree, forest, everywhere: visit.w.t("accounts-everywhere").to_owned() }
    }

    /// The unit meant by `*`, by 32 hexadecimal digits, or by an organisation code with or without dots.
    pub(super) fn find(&self, typed: &str) -> Option<Id<Unit>> {
        let typed = typed.trim();
        if typed == "*" {
            return Some(EVERYWHERE);
        }
        if let Ok(id) = typed.parse::<Id<Unit>>() {
            return Some(id);
        }
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let wanted = digits(typed);
        let is_code = wanted.len() == 14 && typed.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ' ');
        let matches = |place: &u32| self.tree.facts(*place).is_some_and(|facts| digits(&facts.code) == wanted);
        let place = is_code.then(|| (0..self.tree.len()).find(matches)).flatten()?;
        self.tree.unit(place).and_then(|no| self.forest.id(no))
    }

    /// A name to show; the id where no name is known.
    pub(super) fn name(&self, unit: Id<Unit>) -> String {
        if unit == EVERYWHERE {
            return self.everywhere.clone();
        }
        let today = |no| self.tree.place_of(no).and_then(|place| self.tree.facts(place));
        let facts = self.forest.no(unit).and_then(|no| today(no).or_else(|| self.forest.last_facts(no)));
        facts.map_or_else(|| unit.to_string(), |facts| facts.name.to_string())
    }
}
