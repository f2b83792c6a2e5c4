//! The duties of a viewer with what is needed to place and name their units.

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
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
    /// The organisation.
    pub units: UnitsToday,
}

impl Found {
    /// Asks every capability.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        Ok(Self { lines: duties_of(visit)?, units: UnitsToday::of(visit) })
    }

    /// Whether a duty is among those asked for.
    pub fn fits(&self, ask: Ask, today: Day, (source, duty): &Line) -> bool {
        let inside = |unit| self.units.place(unit).is_some_and(|place| self.units.range(ask.unit).contains(&place));
        ask.source.is_none_or(|name| name == source.name)
            && ask.pressing.is_none_or(|degree| degree == Pressing::of(duty.due, today))
            && ask.on.is_none_or(|day| day == duty.due)
            && (ask.unit.is_none() || inside(duty.unit))
    }

    /// The duties asked for.
    pub fn fitting(&self, ask: Ask, today: Day) -> Vec<&Line> {
        self.lines.iter().filter(|line| self.fits(ask, today, line)).collect()
    }
}
