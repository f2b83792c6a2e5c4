//! The unit a page is about, and what the columns know of it and its members.

use std::collections::HashMap;

use chibo_census::{Codes, Query, Scope, State, View};
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind;
use chibo_web::Visit;
use chibo_web::words::Tongue;

use crate::actions::Place;
use crate::rules::has_terms;

/// The unit a page is about.
pub(super) struct Ground {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its name.
    pub name: String,
    /// Its kind today; none when it no longer stands.
    pub kind: Option<Kind>,
    /// The unit whose committee stands above it.
    pub above: Id<Unit>,
    /// The organisation.
    pub units: UnitsToday,
}

impl Ground {
    /// The unit in the address, for whoever holds a permission on it.
    pub fn load(visit: &Visit<'_>, needs: Permission) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(needs, unit)?;
        let units = UnitsToday::of(visit);
        let place = units.tree.place_of(units.forest.no(unit).ok_or(Problem::NotFound)?);
        let kind = place.and_then(|place| Kind::from_number(units.tree.kind(place)));
        let above = place.and_then(|place| above(&units, place)).unwrap_or(unit);
        Ok(Self { unit, name: units.name(unit), kind, above, units })
    }

    /// As acts see it; a unit that no longer stands or has no terms takes none.
    pub fn place(&self) -> Result<Place, Problem> {
        let kind = self.kind.ok_or(Problem::NotFound)?;
        if !has_terms(kind) {
            return Err(Problem::rule("ORG-20", chibo_kernel::Said::new("committees-no-committee")));
        }
        Ok(Place { unit: self.unit, kind, above: self.above })
    }

    /// The address of its page, with what follows.
    pub fn address(&self, rest: &str) -> String {
        format!("/committees/units/{}{rest}", self.unit)
    }

    /// Whether the viewer may write for the committee above.
    pub fn may_above(&self, visit: &Visit<'_>) -> bool {
        [self.unit, self.above].iter().all(|unit| visit.permit(Permission::EditUnits, *unit).is_ok())
    }
}

/// The unit whose committee decides for the one at a place: the next above it that decides on cadres, which a section
/// does not (ORG-06); none for what stands at the top of the register.
pub(crate) fn above(units: &UnitsToday, place: u32) -> Option<Id<Unit>> {
    let mut up = units.tree.parent(place)?;
    while units.tree.kind(up) == Kind::Section.number() {
        up = units.tree.parent(up)?;
    }
    if units.tree.kind(up) == Kind::Central.number() { None } else { units.id(up) }
}

/// How many official members a unit has today; none while they are being loaded.
pub(super) fn official(visit: &Visit<'_>, unit: Id<Unit>) -> Option<u32> {
    if visit.house.census.state() != State::Ready {
        return None;
    }
    let official = Standing::ALL.iter().filter(|standing| standing.is_official());
    let codes: Vec<u32> = official.map(|standing| u32::from(standing.number())).collect();
    let view = visit.house.census.view(visit.today());
    let scope = Scope::Unit(view.forest().no(unit)?);
    let query = Query { members: Some(Codes::of(&codes)), scope, ..Query::at(AsOf::on(visit.today())) };
    u32::try_from(view.count(&query)).ok()
}

/// Whether somebody is an official member today; none while that is not known.
pub(super) fn is_official(view: &View<'_>, person: Id<Person>) -> Option<bool> {
    let (_, codes) = view.person(view.no(person)?)?.today?;
    Standing::from_number(codes.standing).map(Standing::is_official)
}

/// The names of persons, as far as they are loaded.
pub(super) fn names(visit: &Visit<'_>, persons: &[Id<Person>]) -> HashMap<Id<Person>, String> {
    let view = visit.house.census.view(visit.today());
    let unknown = || visit.w.t("committees-person-unknown").to_owned();
    let name = |person: &Id<Person>| view.name_of(*person).unwrap_or_else(unknown);
    persons.iter().map(|person| (*person, name(person))).collect()
}

/// What a kind is called on a day.
pub(crate) fn kind_name(w: Tongue<'_>, kind: Kind, on: Day) -> &str {
    w.t(kind.name_key(on))
}
