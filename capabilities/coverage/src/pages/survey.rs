//! How every place stands on a day (TSK-23).

use std::collections::HashMap;

use chibo_kernel::{Id, Problem};
use chibo_web::Visit;

use super::scene::Scene;
use crate::rules::{
    Cover, Figures, Place, PlaceKind, Seen, Standing, State, begun, may_cover, name_key, official, state,
};
use crate::store::{CountRow, FactRow, History, LinkRow};

/// One place on the day.
pub(crate) struct Line<'h> {
    /// The place.
    pub id: Id<Place>,
    /// Where the unit that answers stands in the tree of the day.
    pub stand: u32,
    /// Its facts.
    pub facts: &'h FactRow,
    /// What it is.
    pub kind: PlaceKind,
    /// The link of the day, whether or not the organisation stands.
    pub link: Option<&'h LinkRow>,
    /// The organisation that covers it: its place in the tree, and how.
    pub cover: Option<(u32, Cover)>,
    /// What was counted.
    pub count: Option<&'h CountRow>,
    /// How it stands.
    pub state: State,
    /// What it is found and ordered by.
    pub key: String,
}

impl Line<'_> {
    /// Official members, where known.
    pub fn official(&self) -> Option<u32> {
        official(self.cover.map(|(_, cover)| cover), self.count.and_then(|count| count.official))
    }

    /// As the figures see it.
    pub fn seen(&self) -> Seen {
        Seen {
            kind: self.kind,
            state: self.state,
            official: self.official(),
            households: self.facts.households,
            served: self.count.and_then(|count| count.served),
        }
    }
}

/// Every place of the day the viewer may see, by unit, kind and name.
pub(crate) struct Survey<'h> {
    /// The places.
    pub lines: Vec<Line<'h>>,
}

/// A place that is there, and what may cover it.
struct There<'h> {
    id: Id<Place>,
    facts: &'h FactRow,
    history: &'h History,
    link: Option<&'h LinkRow>,
    cover: Option<u32>,
}

/// All places of a day, and how many each organisation covers, seen or not.
struct Ground<'h> {
    places: Vec<There<'h>>,
    shared: HashMap<u32, u32>,
}

impl<'h> Ground<'h> {
    fn of(scene: &Scene, all: &'h HashMap<Id<Place>, History>) -> Self {
        let mut ground = Self { places: Vec::with_capacity(all.len()), shared: HashMap::new() };
        for (id, history) in all {
            let Some(facts) = begun(&history.facts, scene.at) else { continue };
            if facts.standing != Standing::Open.number() {
                continue;
            }
            let link = begun(&history.links, scene.at);
            let covers = |place: &u32| scene.what(*place).is_some_and(|(kind, setting)| may_cover(kind, setting));
            let cover = link.and_then(|link| link.unit_id).and_then(|unit| scene.stands(unit)).filter(covers);
            if let Some(place) = cover {
                *ground.shared.entry(place).or_default() += 1;
            }
            ground.places.push(There { id: *id, facts, history, link, cover });
        }
        ground
    }

    /// The organisation that covers a place, what was counted, how it stands. A joint organisation is one so called, or
    /// one that covers more than one place.
    fn judge(&self, scene: &Scene, place: &There<'h>) -> (Option<(u32, Cover)>, Option<&'h CountRow>, State) {
        let count = begun(&place.history.counts, scene.at);
        let typed_joint = place.link.is_some_and(|link| link.joint);
        let cover = place.cover.map(|at| {
            let joint = typed_joint || self.shared.get(&at).is_some_and(|count| *count > 1);
            (at, Cover { joint, official: scene.official(at) })
        });
        let known = count.and_then(|count| count.official);
        (cover, count, state(cover.map(|(_, cover)| cover), known, scene.least))
    }

    /// Where the unit that answers for a place stands, if the viewer may see it.
    fn stand(&self, visit: &Visit<'_>, scene: &Scene, place: &There<'h>) -> Option<u32> {
        let unit = place.facts.unit_id;
        scene.stands(unit).filter(|_| scene.sees(visit, unit))
    }
}

impl<'h> Survey<'h> {
    /// Asks every place.
    pub fn take(visit: &Visit<'_>, scene: &Scene, all: &'h HashMap<Id<Place>, History>) -> Result<Self, Problem> {
        let ground = Ground::of(scene, all);
        let mut lines = Vec::with_capacity(ground.places.len());
        for place in &ground.places {
            let Some(stand) = ground.stand(visit, scene, place) else { continue };
            let (cover, count, state) = ground.judge(scene, place);
            let (id, facts, link) = (place.id, place.facts, place.link);
            let kind = facts.facts()?.kind;
            lines.push(Line { id, stand, facts, kind, link, cover, count, state, key: name_key(&facts.name) });
        }
        lines.sort_by(|a, b| (a.stand, a.kind, &a.key, a.id).cmp(&(b.stand, b.kind, &b.key, b.id)));
        Ok(Self { lines })
    }

    /// Only where places stand and how, for days that are counted and not listed.
    pub fn states(
        visit: &Visit<'_>,
        scene: &Scene,
        all: &'h HashMap<Id<Place>, History>,
    ) -> Vec<(Id<Place>, u32, State)> {
        let ground = Ground::of(scene, all);
        let stand = |place: &There<'h>| {
            let stand = ground.stand(visit, scene, place)?;
            Some((place.id, stand, ground.judge(scene, place).2))
        };
        ground.places.iter().filter_map(stand).collect()
    }
}

/// The figures of TSK-23 of some places.
pub(super) fn figures(lines: &[&Line<'_>], least: u32) -> Figures {
    let mut figures = Figures::default();
    lines.iter().for_each(|line| figures.add(line.seen(), least));
    figures
}
