//! What every page is drawn from: the tree of the asked day, where units stand today, official members.

use std::sync::Arc;

use chibo_census::{Codes, Forest, Query, State, TodayPlaces, Tree};
use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{AsOf, Day, Id, Problem, Unit};
use chibo_organisation::finding::sees;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::words::Tongue;
use chibo_web::{Pairs, Visit};

/// Numbers of the standings (trạng thái) of official members.
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
    /// How many official members make an organisation on the day (ORG-01).
    pub least: u32,
    official: Vec<u32>,
}

impl Scene {
    /// As of a day and a knowledge, without headcounts.
    pub fn at(visit: &Visit<'_>, at: AsOf) -> Result<Self, Problem> {
        let forest = visit.house.census.forest();
        let (tree, places) = (forest.tree(at), forest.today(visit.today()));
        Ok(Self { at, tree, places, forest, least: least(at.day)?, official: Vec::new() })
    }

    /// With the official members of every unit. Not only members the viewer may look at: how a place stands does not
    /// depend on who asks, and only places in sight are shown.
    pub fn counted(visit: &Visit<'_>, at: AsOf) -> Result<Self, Problem> {
        let view = visit.house.census.view(visit.today());
        let (forest, places) = (view.forest().clone(), view.places().clone());
        let query = Query { members: Some(Codes::of(&OFFICIAL)), ..Query::at(at) };
        let official = view.headcounts(&query);
        Ok(Self { at, tree: forest.tree(at), places, forest, least: least(at.day)?, official })
    }

    /// As of today, for forms.
    pub fn today(visit: &Visit<'_>) -> Result<Self, Problem> {
        Self::at(visit, AsOf::on(visit.today()))
    }

    /// Whether members are still being loaded: every organisation would seem empty.
    pub fn is_loading(visit: &Visit<'_>) -> bool {
        matches!(visit.house.census.state(), State::Loading { .. })
    }

    /// Official members at a place of the tree.
    pub fn official(&self, place: u32) -> u32 {
        self.official.get(place as usize).copied().unwrap_or(0)
    }

    /// The place of a unit on the asked day; of one that had ended by then, that of what stands for it today, if that
    /// stood already.
    pub fn stands(&self, unit: Id<Unit>) -> Option<u32> {
        let no = self.forest.no(unit)?;
        let heir = || self.tree.place_of(self.places.tree().unit(self.places.place(no)?)?);
        self.tree.place_of(no).or_else(heir)
    }

    /// The unit at a place of the tree.
    pub fn id(&self, place: u32) -> Option<Id<Unit>> {
        self.forest.id(self.tree.unit(place)?)
    }

    /// Whether the viewer may see a unit, by where it stands today.
    pub fn sees(&self, visit: &Visit<'_>, unit: Id<Unit>) -> bool {
        self.forest.no(unit).is_some_and(|no| sees(visit.who(), &self.places, no))
    }

    /// What stands at a place of the tree.
    pub fn what(&self, place: u32) -> Option<(Kind, Option<Setting>)> {
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
        let seen = |place: &u32| self.tree.unit(*place).is_some_and(|no| sees(visit.who(), &self.places, no));
        let seen: Vec<bool> = (0..self.tree.len()).map(|place| seen(&place)).collect();
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

/// How many official members make an organisation on a day; before there was a rule as by the first one (ORG-01).
fn least(day: Day) -> Result<u32, Problem> {
    let book = Rulebook::built_in()?;
    let first = || book.versions_of("ORG-01").first();
    let rule = book.on(day).rule("ORG-01").or_else(first).ok_or_else(|| Problem::fault("no rule ORG-01"))?;
    u32::try_from(rule.int("min_official_members")?).map_err(Problem::fault)
}

/// What is doubtful about the figures: marks M and C are never shown without their note (TSK-23).
pub(super) fn doubt(w: Tongue<'_>, day: Day) -> Result<Option<&'static str>, Problem> {
    let note = Rulebook::built_in()?.on(day).rule("TSK-23").and_then(|rule| rule.note.as_ref());
    Ok(note.map(|note| w.of(note)))
}

/// The part of the address that says day and knowledge, with more; `?…` or nothing.
pub(super) fn dated(visit: &Visit<'_>, more: &[(&str, &str)]) -> String {
    let kept = visit.query.0.iter().filter(|(name, _)| matches!(name.as_str(), "day" | "known"));
    Pairs(kept.cloned().collect()).with(more)
}
