//! The duties of a viewer with what is needed to place and name their units.

use std::ops::Range;
use std::sync::Arc;

use chibo_census::{Forest, TodayPlaces, Tree};
use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Unit};
use chibo_web::{Duty, DutySource, Pressing, Visit, duties_of};

/// A duty of a source.
pub(crate) type Line = (DutySource, Duty);

/// What the address asks for.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    /// Only in the subtree of this unit.
    pub unit: Option<Id<Unit>>,
    /// Only of this source.
    pub source: Option<&'static str>,
    /// Only as pressing as this.
    pub pressing: Option<Pressing>,
    /// Only due on this day.
    pub on: Option<Day>,
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewUnits, unit))?;
        let named = |code: &str| Pressing::ALL.into_iter().find(|degree| degree.code() == code);
        let sources = visit.house.capabilities.iter().flat_map(|capability| &capability.duties);
        Ok(Self {
            unit,
            source: sources.map(|source| source.name).find(|name| *name == visit.query.get("sort")),
            pressing: named(visit.query.get("due")),
            on: visit.query.day("on", visit.today()).unwrap_or_default(),
        })
    }

    /// The address of a question, on a page of today.
    pub fn address(self, page: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let on = self.on.map_or_else(String::new, Day::iso);
        let due = self.pressing.map_or("", Pressing::code);
        let pairs = [("unit", unit.as_str()), ("sort", self.source.unwrap_or("")), ("due", due), ("on", &on)];
        format!("{page}{}", chibo_web::Pairs::default().with(&pairs))
    }
}

/// Everything the viewer has to do.
pub(crate) struct Found {
    /// Duties by their last day.
    pub lines: Vec<Line>,
    /// All units.
    pub forest: Arc<Forest>,
    /// Today's tree.
    pub tree: Arc<Tree>,
    /// Where units stand today.
    pub places: Arc<TodayPlaces>,
}

impl Found {
    /// Asks every capability.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        let forest = visit.house.census.forest();
        let (tree, places) = (forest.tree(AsOf::on(visit.today())), forest.today(visit.today()));
        Ok(Self { lines: duties_of(visit)?, tree, places, forest })
    }

    /// Where a unit stands in today's tree; an abolished one where its successor stands.
    pub fn place(&self, unit: Id<Unit>) -> Option<u32> {
        self.places.place(self.forest.no(unit)?)
    }

    /// The part of today's tree asked about.
    pub fn range(&self, unit: Option<Id<Unit>>) -> Range<u32> {
        match unit {
            None => 0..self.tree.len(),
            Some(unit) => self.place(unit).map_or(0..0, |place| place..self.tree.end(place)),
        }
    }

    /// Whether a duty is among those asked for.
    pub fn fits(&self, ask: Ask, today: Day, (source, duty): &Line) -> bool {
        ask.source.is_none_or(|name| name == source.name)
            && ask.pressing.is_none_or(|degree| degree == Pressing::of(duty.due, today))
            && ask.on.is_none_or(|day| day == duty.due)
            && (ask.unit.is_none() || self.place(duty.unit).is_some_and(|place| self.range(ask.unit).contains(&place)))
    }

    /// The duties asked for.
    pub fn fitting(&self, ask: Ask, today: Day) -> Vec<&Line> {
        self.lines.iter().filter(|line| self.fits(ask, today, line)).collect()
    }

    /// The name of a unit, today's or the last it had.
    pub fn name(&self, unit: Id<Unit>) -> String {
        let Some(no) = self.forest.no(unit) else { return unit.to_string() };
        let facts = self.tree.place_of(no).and_then(|place| self.tree.facts(place));
        facts.or_else(|| self.forest.last_facts(no)).map_or_else(|| unit.to_string(), |facts| facts.name.clone())
    }

    /// The code of a unit.
    pub fn code(&self, unit: Id<Unit>) -> &str {
        self.forest.no(unit).and_then(|no| self.forest.last_facts(no)).map_or("", |facts| facts.code.as_str())
    }

    /// The name of what stands above a unit, as far as the viewer may see it.
    pub fn above(&self, visit: &Visit<'_>, unit: Id<Unit>) -> String {
        let up = self.place(unit).and_then(|place| self.tree.parent(place));
        let seen = up.filter(|up| visit.who().system || visit.who().may_at(Permission::ViewUnits, *up));
        seen.and_then(|up| self.tree.facts(up)).map_or_else(String::new, |facts| facts.name.clone())
    }
}
