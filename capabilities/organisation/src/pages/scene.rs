//! What every page of units is drawn from: the tree of the asked day, where units stand today, headcounts.

use std::sync::Arc;

use chibo_census::{Codes, Forest, Query, Scope, TodayPlaces, Tree, UnitNo};
use chibo_kernel::{AsOf, Day, Id, Permission, Unit};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Pairs, Visit};

use crate::finding::sees;
use crate::kinds::{Kind, Setting};
use crate::rules::Strength;

/// Numbers of the standings (trạng thái) that count as members: probationary, then the official ones.
const PROBATIONARY: u32 = 1;
const OFFICIAL: [u32; 4] = [2, 3, 4, 5];

/// The organisation as one request sees it.
pub(crate) struct Scene {
    pub at: AsOf,
    pub today: Day,
    pub forest: Arc<Forest>,
    pub tree: Arc<Tree>,
    pub places: Arc<TodayPlaces>,
    heads: Vec<u32>,
}

/// Who counts, as far as the viewer may look.
pub(super) fn question(visit: &Visit<'_>, at: AsOf) -> Query {
    let allowed = (!everywhere(visit)).then(|| visit.who().ranges(Permission::ViewUnits));
    let mut members = Codes::of(&OFFICIAL);
    members.insert(PROBATIONARY);
    Query { allowed, members: Some(members), ..Query::at(at) }
}

/// Whether the viewer may see every unit there is.
fn everywhere(visit: &Visit<'_>) -> bool {
    matches!(visit.who().ranges(Permission::ViewUnits).as_slice(), [range] if *range == (0..u32::MAX))
}

impl Scene {
    /// Of a day, without headcounts.
    pub fn at(visit: &Visit<'_>, at: AsOf) -> Self {
        let (forest, today) = (visit.house.census.forest(), visit.today());
        Self { at, today, tree: forest.tree(at), places: forest.today(today), forest, heads: Vec::new() }
    }

    /// With headcounts.
    pub fn counted(visit: &Visit<'_>, at: AsOf) -> Self {
        let today = visit.today();
        let view = visit.house.census.view(today);
        let (forest, places) = (view.forest().clone(), view.places().clone());
        let heads = view.headcounts(&question(visit, at));
        Self { at, today, tree: forest.tree(at), places, forest, heads }
    }

    /// With headcounts, and those of official members beside them, of one moment.
    pub fn counted_with_official(visit: &Visit<'_>, at: AsOf) -> (Self, Vec<u32>) {
        let today = visit.today();
        let view = visit.house.census.view(today);
        let (forest, places) = (view.forest().clone(), view.places().clone());
        let heads = view.headcounts(&question(visit, at));
        let official = view.headcounts(&Query { members: Some(Codes::of(&OFFICIAL)), ..question(visit, at) });
        (Self { at, today, tree: forest.tree(at), places, forest, heads }, official)
    }

    /// Members in the subtree at a place.
    pub fn members(&self, place: u32) -> u32 {
        self.heads.get(place as usize).copied().unwrap_or(0)
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

    /// The children the viewer may see.
    pub fn children(&self, visit: &Visit<'_>, place: u32) -> Vec<u32> {
        self.tree.children(place).filter(|child| self.sees(visit, *child)).collect()
    }

    /// The highest units the viewer may see on the asked day.
    pub fn tops(&self, visit: &Visit<'_>) -> Vec<u32> {
        if everywhere(visit) {
            return self.tree.roots().collect();
        }
        let seen: Vec<bool> = (0..self.tree.len()).map(|place| self.sees(visit, place)).collect();
        let is = |place: u32| seen.get(place as usize).copied().unwrap_or(false);
        (0..self.tree.len()).filter(|place| is(*place) && !self.tree.parent(*place).is_some_and(is)).collect()
    }

    /// The full name of a unit: of the asked day, else the last one it had.
    pub fn name(&self, unit: Id<Unit>) -> String {
        let Some(no) = self.forest.no(unit) else { return unit.to_string() };
        let facts = self.tree.place_of(no).and_then(|place| self.tree.facts(place));
        facts.or_else(|| self.forest.last_facts(no)).map_or_else(|| unit.to_string(), |facts| facts.name.clone())
    }

    /// The number of a unit.
    pub fn no(&self, unit: Id<Unit>) -> Option<UnitNo> {
        self.forest.no(unit)
    }

    /// The way down to a place as breadcrumb, as far up as the viewer may see, ending before the place itself.
    pub fn crumbs(&self, visit: &Visit<'_>, place: u32) -> Vec<Crumb> {
        let dated = dated(visit);
        let above = self.tree.path(place).into_iter().filter(|up| *up != place && self.sees(visit, *up));
        let crumb =
            |up: u32| Some(Crumb::to(self.tree.facts(up)?.short.clone(), format!("/units/{}{dated}", self.id(up)?)));
        let list = Crumb::to(visit.w.t("units-title"), format!("/units{dated}"));
        std::iter::once(list).chain(above.filter_map(crumb)).collect()
    }

    /// How many official and all members a unit has.
    pub fn strength(&self, visit: &Visit<'_>, unit: UnitNo) -> Strength {
        let view = visit.house.census.view(self.today);
        let all = Query { scope: Scope::Unit(unit), ..question(visit, self.at) };
        let official = Query { members: Some(Codes::of(&OFFICIAL)), ..all.clone() };
        let count = |query: &Query| u32::try_from(view.count(query)).unwrap_or(u32::MAX);
        Strength { official: count(&official), all: count(&all) }
    }
}

/// The part of the address that says day and knowledge, `?…` or nothing.
pub(super) fn dated(visit: &Visit<'_>) -> String {
    dated_with(visit, &[])
}

/// The same with more.
pub(super) fn dated_with(visit: &Visit<'_>, more: &[(&str, &str)]) -> String {
    let kept = visit.query.0.iter().filter(|(name, _)| matches!(name.as_str(), "day" | "known"));
    Pairs(kept.cloned().collect()).with(more)
}

/// What a stored kind is called on a day.
pub(super) fn kind_name(w: Tongue<'_>, kind: u8, on: Day) -> &str {
    Kind::from_number(kind).map_or("", |kind| w.t(kind.name_key(on)))
}

/// What a stored setting is called.
pub(super) fn setting_name(w: Tongue<'_>, setting: u8) -> &str {
    Setting::from_number(setting).map_or("", |setting| w.t(setting.name_key()))
}
