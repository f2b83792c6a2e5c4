//! What the address asks for, and the address of what a number counts.

use std::ops::Range;

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::Visit;
use chibo_web::chart::Part;

use super::plans::Plans;
use super::scene::{Scene, dated};
use super::survey::Line;
use crate::rules::{PlaceKind, State, finds, name_key};

/// Which plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planned {
    /// Places with a plan for the year.
    Any,
    /// Whose plan is met.
    Met,
    /// Whose plan is not met.
    Open,
}

impl Planned {
    /// All, in the order of lists.
    pub const ALL: [Planned; 3] = [Self::Any, Self::Met, Self::Open];

    /// The code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Met => "met",
            Self::Open => "open",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "coverage-planned-any",
            Self::Met => "coverage-planned-met",
            Self::Open => "coverage-planned-open",
        }
    }
}

/// A question about places.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Only of this kind.
    pub kind: Option<PlaceKind>,
    /// Only in this state; of several any.
    pub states: Vec<State>,
    /// Only with a plan like this.
    pub planned: Option<Planned>,
    /// The year of plans.
    pub year: i32,
    /// Only with these words in name or code.
    pub words: String,
    /// Only in this part of the map.
    pub part: Option<Part>,
}

/// `lat,lat,lon,lon`.
fn read_part(text: &str) -> Option<Part> {
    let numbers: Vec<i32> = text.split(',').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let [low, high, left, right] = numbers.as_slice() else { return None };
    Some(Part { lat: (*low, *high), lon: (*left, *right) })
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewUnits, unit))?;
        let planned = visit.query.get("plan");
        Ok(Self {
            unit,
            kind: visit.query.some("kind").and_then(PlaceKind::from_code),
            states: visit.query.all("state").filter_map(State::from_code).collect(),
            planned: Planned::ALL.into_iter().find(|one| one.code() == planned),
            year: visit.query.get("year").parse().unwrap_or_else(|_| visit.as_of().day.year()),
            words: visit.query.get("q").to_owned(),
            part: visit.query.some("box").and_then(read_part),
        })
    }

    /// Everything in the unit, without any other filter.
    pub fn whole(&self) -> Self {
        let (unit, year) = (self.unit, self.year);
        Self { unit, kind: None, states: Vec::new(), planned: None, year, words: String::new(), part: None }
    }

    /// The part of the tree asked about; empty when the unit does not stand on the day.
    pub fn places(&self, scene: &Scene) -> Range<u32> {
        match self.unit {
            None => 0..scene.tree.len(),
            Some(unit) => scene.stands(unit).map_or(0..0, |place| place..scene.tree.end(place)),
        }
    }

    /// Whether anything but the unit is asked for.
    pub fn is_narrow(&self) -> bool {
        let typed = self.kind.is_some() || self.planned.is_some() || self.part.is_some();
        typed || !self.states.is_empty() || !self.words.is_empty()
    }

    /// The places asked for, in their order.
    pub fn fitting<'l, 'h>(&self, scene: &Scene, lines: &'l [Line<'h>], plans: &Plans) -> Vec<&'l Line<'h>> {
        let (range, typed) = (self.places(scene), name_key(&self.words));
        let inside = |line: &&Line<'h>| range.contains(&line.stand) && self.fits(scene, line, plans, &typed);
        lines.iter().filter(inside).collect()
    }

    fn fits(&self, scene: &Scene, line: &Line<'_>, plans: &Plans, typed: &str) -> bool {
        let spot = line.facts.spot();
        let within = |part: Part| {
            spot.is_some_and(|spot| {
                (part.lat.0..=part.lat.1).contains(&spot.lat) && (part.lon.0..=part.lon.1).contains(&spot.lon)
            })
        };
        let planned = |wanted: Planned| {
            plans.standing(line.id, line.state, self.year, scene.at).is_some_and(|plan| match wanted {
                Planned::Any => true,
                Planned::Met => plan.met,
                Planned::Open => !plan.met,
            })
        };
        self.kind.is_none_or(|kind| kind == line.kind)
            && (self.states.is_empty() || self.states.contains(&line.state))
            && (typed.is_empty() || finds(typed, &line.key) || finds(typed, &name_key(&line.facts.code)))
            && self.part.is_none_or(within)
            && self.planned.is_none_or(planned)
    }

    /// The address of this question on the page of a path.
    pub fn address(&self, visit: &Visit<'_>, path: &str) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let year = if self.planned.is_some() { self.year.to_string() } else { String::new() };
        let part = self
            .part
            .map_or_else(String::new, |part| format!("{},{},{},{}", part.lat.0, part.lat.1, part.lon.0, part.lon.1));
        let mut more = vec![("unit", unit.as_str()), ("kind", self.kind.map_or("", PlaceKind::code))];
        more.extend(self.states.iter().map(|state| ("state", state.code())));
        more.extend([("plan", self.planned.map_or("", Planned::code)), ("year", year.as_str())]);
        more.extend([("q", self.words.as_str()), ("box", part.as_str())]);
        format!("{path}{}", dated(visit, &more))
    }

    /// The list of the places asked for.
    pub fn list(&self, visit: &Visit<'_>) -> String {
        self.address(visit, "/coverage/places")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_map_is_four_numbers() {
        let part = Part { lat: (10_500_000, 10_600_000), lon: (106_700_000, 106_800_000) };
        assert_eq!(read_part("10500000,10600000,106700000,106800000"), Some(part));
        for text in ["", "1,2,3", "1,2,3,x", "1,2,3,4,5"] {
            assert_eq!(read_part(text), None, "{text}");
        }
    }
}
