//! Counting cards: how many members stand where, in a unit and in each of its parts.

use std::ops::Range;

use chibo_census::cube::ListOrder;
use chibo_census::{Codes, Query, Scope};
use chibo_kernel::{AsOf, Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::Visit;

use super::ask::{Show, unchecked};
use super::gone::{gone, many};
use crate::rules::{Model, State};
use crate::shelf::Cards;

/// More than anybody has.
const EVERYBODY: usize = u32::MAX as usize;

/// Members of some standings, where the viewer holds a permission; `None` for everywhere.
pub(crate) fn query(visit: &Visit<'_>, standings: Codes, needs: Option<Permission>) -> Query {
    let allowed = needs.map(|needs| visit.who().ranges(needs));
    Query { members: Some(standings), allowed, ..Query::at(AsOf::on(visit.today())) }
}

/// The same in some places of today's tree.
pub(super) fn within(query: Query, places: Range<u32>) -> Query {
    Query { scope: Scope::Places(vec![places]), ..query }
}

/// How many members of a unit stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Official members.
    pub members: u64,
    /// With a card of the old model in hand.
    pub old: u64,
    /// With one of the new model.
    pub new: u64,
    /// Without a card and without one under way.
    pub without: u64,
    /// On the way.
    pub under_way: u64,
    /// Lost or damaged, not asked for again.
    pub lost: u64,
    /// Damaged.
    pub damaged: u64,
    /// Not seen this year.
    pub unchecked: u64,
    /// Left, card not taken back.
    pub unreturned: u64,
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            members: a.members + b.members,
            old: a.old + b.old,
            new: a.new + b.new,
            without: a.without + b.without,
            under_way: a.under_way + b.under_way,
            lost: a.lost + b.lost,
            damaged: a.damaged + b.damaged,
            unchecked: a.unchecked + b.unchecked,
            unreturned: a.unreturned + b.unreturned,
        })
    }
}

impl Count {
    /// The figure a list of these members has.
    pub const fn of(&self, show: Show) -> u64 {
        match show {
            Show::All => self.members,
            Show::Without => self.without,
            Show::UnderWay => self.under_way,
            Show::At(State::Damaged) => self.damaged,
            Show::At(_) => self.lost,
            Show::Unreturned => self.unreturned,
            Show::Unchecked => self.unchecked,
            Show::Of(Model::Old) => self.old,
            Show::Of(_) => self.new,
        }
    }
}

/// A part of the unit asked for.
pub(super) struct PartOf {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub count: Count,
}

/// Figures of a unit: all, and by part.
pub(super) struct Counted {
    /// All.
    pub all: Count,
    /// The parts, in the order of the tree.
    pub parts: Vec<PartOf>,
    /// The organisation.
    pub units: UnitsToday,
}

/// What lies in a range and in none of the parts, which come in order.
fn between(range: &Range<u32>, parts: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut at = range.start;
    let mut rest = Vec::new();
    for part in parts {
        rest.push(at..part.start.max(at));
        at = at.max(part.end);
    }
    rest.push(at..range.end.max(at));
    rest.retain(|range| !range.is_empty());
    rest
}

/// Counts the members of a unit in the viewer's sight.
///
/// # Errors
/// Problems of the database.
pub(super) fn count(visit: &Visit<'_>, unit: Option<Id<Unit>>, cards: &Cards) -> Result<Counted, Problem> {
    let units = UnitsToday::of(visit);
    let places = units.parts(visit, unit);
    let ranges: Vec<Range<u32>> = places.iter().map(|place| *place..units.tree.end(*place)).collect();
    let view = visit.house.census.view(visit.today());
    let needs = Some(Permission::ViewMembers);
    let official = query(visit, Show::All.standings(), needs);
    let left = gone(visit, needs)?;
    let year = visit.today().year();
    let of = |range: &Range<u32>| {
        let mut count = Count::default();
        for no in view.list(&within(official.clone(), range.clone()), ListOrder::Place, None, EVERYBODY) {
            let kept = view.id(no).and_then(|person| cards.get(&person));
            count.members += 1;
            let add = |figure: &mut u64, show: Show| *figure += u64::from(show.fits(kept, year));
            add(&mut count.old, Show::Of(Model::Old));
            add(&mut count.new, Show::Of(Model::New));
            add(&mut count.without, Show::Without);
            add(&mut count.under_way, Show::UnderWay);
            add(&mut count.lost, Show::At(State::Lost));
            add(&mut count.damaged, Show::At(State::Damaged));
            count.unchecked += u64::from(unchecked(kept, year));
        }
        count.unreturned = many(&left, range, |person| Show::Unreturned.fits(cards.get(&person), year));
        count
    };
    let part = |(place, range): (&u32, &Range<u32>)| {
        let unit = units.id(*place)?;
        Some(PartOf { unit, name: units.name(unit), count: of(range) })
    };
    let parts: Vec<PartOf> = places.iter().zip(&ranges).filter_map(part).collect();
    let own = between(&units.range(unit), &ranges).iter().map(of).sum();
    let all = parts.iter().map(|part| part.count).chain([own]).sum();
    drop(view);
    Ok(Counted { all, parts, units })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_the_parts_is_counted_once() {
        assert_eq!(between(&(0..10), &[1..4, 4..8]), [0..1, 8..10]);
        assert_eq!(between(&(3..9), &[4..5, 5..6]), [3..4, 6..9]);
        assert_eq!(between(&(3..9), &[3..6, 6..9]), [] as [Range<u32>; 0]);
    }
}
