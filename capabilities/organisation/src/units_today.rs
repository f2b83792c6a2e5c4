//! The organisation as it stands today, for pages that name units and count by them.

use std::ops::Range;
use std::sync::Arc;

use chibo_census::{Forest, TodayPlaces, Tree};
use chibo_kernel::{AsOf, Id, Permission, Unit};
use chibo_web::Visit;

/// Today's tree with what is needed to place and name units, abolished ones too.
pub struct UnitsToday {
    /// All units there ever were.
    pub forest: Arc<Forest>,
    /// Today's tree.
    pub tree: Arc<Tree>,
    /// Where units stand today, abolished ones in their successors.
    pub places: Arc<TodayPlaces>,
}

impl UnitsToday {
    /// As of the moment of the request.
    pub fn of(visit: &Visit<'_>) -> Self {
        let (forest, today) = (visit.house.census.forest(), visit.today());
        Self { tree: forest.tree(AsOf::on(today)), places: forest.today(today), forest }
    }

    /// Where a unit stands; an abolished one where its successor stands.
    pub fn place(&self, unit: Id<Unit>) -> Option<u32> {
        self.places.place(self.forest.no(unit)?)
    }

    /// The unit at a place.
    pub fn id(&self, place: u32) -> Option<Id<Unit>> {
        self.forest.id(self.tree.unit(place)?)
    }

    /// The places of a unit with everything under it; of no unit all places; of one that is not there none.
    pub fn range(&self, unit: Option<Id<Unit>>) -> Range<u32> {
        match unit {
            None => 0..self.tree.len(),
            Some(unit) => self.place(unit).map_or(0..0, |place| place..self.tree.end(place)),
        }
    }

    /// Whether the viewer may see what stands at a place.
    pub fn sees(&self, visit: &Visit<'_>, place: u32) -> bool {
        visit.who().system || visit.who().may_at(Permission::ViewUnits, place)
    }

    /// The full name of a unit, today's or the last it had.
    pub fn name(&self, unit: Id<Unit>) -> String {
        let Some(no) = self.forest.no(unit) else { return unit.to_string() };
        let facts = self.tree.place_of(no).and_then(|place| self.tree.facts(place));
        facts.or_else(|| self.forest.last_facts(no)).map_or_else(|| unit.to_string(), |facts| facts.name.clone())
    }

    /// The code of a unit, the last it had.
    pub fn code(&self, unit: Id<Unit>) -> &str {
        self.forest.no(unit).and_then(|no| self.forest.last_facts(no)).map_or("", |facts| facts.code.as_str())
    }

    /// The name of what stands above a unit, as far as the viewer may see it.
    pub fn above(&self, visit: &Visit<'_>, unit: Id<Unit>) -> String {
        let up = self.place(unit).and_then(|place| self.tree.parent(place)).filter(|up| self.sees(visit, *up));
        up.and_then(|up| self.tree.facts(up)).map_or_else(String::new, |facts| facts.name.clone())
    }

    /// The units to divide a page by: the children of the asked unit, or the highest the viewer may see; of a single
    /// highest one its children.
    pub fn parts(&self, visit: &Visit<'_>, unit: Option<Id<Unit>>) -> Vec<u32> {
        let children = |place: u32| self.tree.children(place).filter(|child| self.sees(visit, *child)).collect();
        match unit.map(|unit| self.place(unit)) {
            Some(Some(place)) => return children(place),
            Some(None) => return Vec::new(),
            None => {}
        }
        let sees = |place: u32| self.sees(visit, place);
        let tops = (0..self.tree.len()).filter(|place| sees(*place) && !self.tree.parent(*place).is_some_and(sees));
        let tops: Vec<u32> = tops.collect();
        match tops.as_slice() {
            [only] => children(*only),
            _ => tops,
        }
    }
}
