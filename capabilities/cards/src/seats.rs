//! Who stands above a branch: the committees a card goes through (CRD-03), the keeper of a dossier (DOS-02).

use chibo_census::{Census, Forest};
use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_store::Op;

use crate::rules::Level;

/// The committees of a branch, today; an abolished branch has those of its successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seats {
    /// The branch itself.
    pub branch: Id<Unit>,
    /// The base organisation; keeps the dossiers.
    pub base: Id<Unit>,
    /// The organisation directly under the city.
    pub upper: Id<Unit>,
    /// The city.
    pub city: Id<Unit>,
}

impl Seats {
    /// Of a unit. Where a level is missing the next higher one stands for it.
    pub fn of(forest: &Forest, today: Day, unit: Id<Unit>) -> Option<Self> {
        let places = forest.today(today);
        let tree = places.tree();
        let path = tree.path(places.place(forest.no(unit)?)?);
        let kind = |place: &u32| Kind::from_number(tree.kind(*place));
        let id = |place: &u32| forest.id(tree.unit(*place)?);
        let at = path.iter().position(|place| kind(place) == Some(Kind::City)).unwrap_or(0);
        let city = id(path.get(at)?)?;
        let upper = path.get(at + 1).and_then(id).unwrap_or(city);
        let base = path.iter().rfind(|place| kind(place).is_some_and(Kind::is_base_organisation));
        Some(Self { branch: id(path.last()?)?, base: base.and_then(id).unwrap_or(upper), upper, city })
    }

    /// Inside a write.
    pub fn within(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<Self, Problem> {
        let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
        Self::of(&census.forest(), op.today(), unit).ok_or(Problem::NotFound)
    }

    /// Whose act a step of a level is.
    pub const fn at(&self, level: Level) -> Id<Unit> {
        match level {
            Level::Branch => self.branch,
            Level::Base => self.base,
            Level::Upper => self.upper,
            Level::City => self.city,
        }
    }
    /// The committee above the base organisation: it agrees that a lost dossier is made again (DOS-09). Where the base
    /// organisation is directly under the city, the city does.
    pub fn above_base(&self) -> Id<Unit> {
        if self.upper == self.base { self.city } else { self.upper }
    }
}
