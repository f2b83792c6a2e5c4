//! What every page is drawn from: the tree of the asked day, where units stand today, headcounts.

use std::sync::Arc;

use chibo_census::{Codes, Forest, Query, TodayPlaces, Tree};
use chibo_kernel::{AsOf, Day, Id, Unit};
use chibo_organisation::finding::sees;
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::Strength;
use chibo_web::words::Tongue;
use chibo_web::{Pairs, Visit};

/// Numbers of the standings (trạng thái) that count as members: probationary, then the official ones.
const PROBATIONARY: u32 = 1;
const OFFICIAL: [u32; 4] = [2, 3, 4, 5];

/// The organisation as one request sees it.
pub(crate) struct Scene {
    /// The asked day and knowledge.
    pub at: AsOf,
    /// All units.
    pub forest: Arc<Forest>,
    /// The tree of the asked day.
    pub tree: Arc<Tree>,
    /// Where units stand today.
    pub places: Arc<TodayPlaces>,
    all: Vec<u32>,
    official: Vec<u32>,
}

/// Official members, and those on probation with them. Not only members the viewer may look at: what a unit is on a day
/// does not depend on who asks, and only units in sight are shown.
pub(super) fn questions(base: &Query) -> [Query; 2] {
    let official = Codes::of(&OFFICIAL);
    let mut all = official.clone();
    all.insert(PROBATIONARY);
    [Query { members: Some(official), ..base.clone() }, Query { members: Some(all), ..base.clone() }]
}

impl Scene {
    /// As of a day and a knowledge, without headcounts.
    pub fn at(visit: &Visit<'_>, at: AsOf) -> Self {
        let forest = visit.house.census.forest();
        let (tree, places) = (forest.tree(at), forest.today(visit.today()));
        Self { at, tree, places, forest, all: Vec::new(), official: Vec::new() }
    }

    /// With the headcounts of every unit, of one moment.
    pub fn counted(visit: &Visit<'_>, at: AsOf) -> Self {
        let view = visit.house.census.view(visit.today());
        let (forest, places) = (view.forest().clone(), view.places().clone());
        let [official, all] = questions(&Query::at(at)).map(|query| view.headcounts(&query));
        Self { at, tree: forest.tree(at), places, forest, all, official }
    }

    /// As of today, for forms.
    pub fn today(visit: &Visit<'_>) -> Self {
        Self::at(visit, AsOf::on(visit.today()))
    }

    /// Members in the subtree at a place.
    pub fn strength(&self, place: u32) -> Strength {
        let of = |counts: &[u32]| counts.get(place as usize).copied().unwrap_or(0);
        Strength { official: of(&self.official), all: of(&self.all) }
    }

    /// The place of a unit on the asked day.
    pub fn place(&self, unit: Id<Unit>) -> Option<u32> {
        self.tree.place_of(self.forest.no(unit)?)
    }

    /// The unit at a place.
    pub fn id(&self, place: u32) -> Option<Id<Unit>> {
        self.forest.id(self.tree.unit(place)?)
    }

    /// Whether the viewer may see what stands at a place.
    pub fn sees(&self, visit: &Visit<'_>, place: u32) -> bool {
        self.tree.unit(place).is_some_and(|unit| sees(visit.who(), &self.places, unit))
    }

    /// The full name of a unit: of the asked day, else the last one it had.
    pub fn name(&self, unit: Id<Unit>) -> String {
        let Some(no) = self.forest.no(unit) else { return unit.to_string() };
        let facts = self.tree.place_of(no).and_then(|place| self.tree.facts(place));
        facts.or_else(|| self.forest.last_facts(no)).map_or_else(|| unit.to_string(), |facts| facts.name.clone())
    }

    /// The units to divide a page by: the children of the asked unit, or the highest the viewer may see; of a single
    /// highest one its children.
    pub fn parts(&self, visit: &Visit<'_>, asked: Option<u32>) -> Vec<u32> {
        let seen: Vec<bool> = (0..self.tree.len()).map(|place| self.sees(visit, place)).collect();
        let is = |place: u32| seen.get(place as usize).copied().unwrap_or(false);
        let tops = (0..self.tree.len()).filter(|place| is(*place) && !self.tree.parent(*place).is_some_and(is));
        let tops: Vec<u32> = tops.collect();
        let above = match (asked, tops.as_slice()) {
            (Some(place), _) => place,
            (None, [only]) => *only,
            (None, _) => return tops,
        };
        self.tree.children(above).filter(|child| is(*child)).collect()
    }
}

/// The part of the address that says day and knowledge, with more; `?…` or nothing.
pub(super) fn dated(visit: &Visit<'_>, more: &[(&str, &str)]) -> String {
    let kept = visit.query.0.iter().filter(|(name, _)| matches!(name.as_str(), "day" | "known"));
    Pairs(kept.cloned().collect()).with(more)
}

/// What a kind is called on a day.
pub(crate) fn kind_name(w: Tongue<'_>, kind: Kind, on: Day) -> &str {
    w.t(kind.name_key(on))
}
