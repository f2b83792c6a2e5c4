//! What every page is drawn from: the tree of the asked day and where units stand today.

use std::sync::Arc;

use chibo_census::{Forest, TodayPlaces, Tree};
use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Unit};
use chibo_organisation::finding::sees;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::words::Tongue;
use chibo_web::{Pairs, Visit};

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
}

impl Scene {
    /// As of a day and a knowledge.
    pub fn at(visit: &Visit<'_>, at: AsOf) -> Self {
        let forest = visit.house.census.forest();
        Self { at, tree: forest.tree(at), places: forest.today(visit.today()), forest }
    }

    /// As of today, for forms.
    pub fn today(visit: &Visit<'_>) -> Self {
        Self::at(visit, AsOf::on(visit.today()))
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

    /// Kind and setting at a place.
    pub fn kind(&self, place: u32) -> Option<(Kind, Option<Setting>)> {
        Some((Kind::from_number(self.tree.kind(place))?, Setting::from_number(self.tree.setting(place))))
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

/// The unit whose committee issues texts for kinds (ORG-32): the city; the root of the tree where not exactly one city
/// stands in it.
pub(super) fn issuer(scene: &Scene) -> Option<Id<Unit>> {
    let today = scene.places.tree();
    let cities: Vec<u32> = (0..today.len()).filter(|place| today.kind(*place) == Kind::City.number()).collect();
    let top = match cities.as_slice() {
        [only] => *only,
        _ => today.roots().next()?,
    };
    scene.forest.id(today.unit(top)?)
}

/// The issuing unit, if the viewer may issue for it.
pub(super) fn may_issue(visit: &Visit<'_>, scene: &Scene) -> Result<Id<Unit>, Problem> {
    let top = issuer(scene).ok_or(Problem::NotFound)?;
    // Texts for kinds are seen by everybody who sees a unit: who may not issue them is denied, not lost.
    visit.permit(Permission::EditUnits, top).map_err(|_| Problem::Denied)?;
    Ok(top)
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

/// What a setting is called; none means every setting.
pub(crate) fn setting_name(w: Tongue<'_>, setting: Option<Setting>) -> &str {
    setting.map_or_else(|| w.t("regulations-every-setting"), |setting| w.t(setting.name_key()))
}
