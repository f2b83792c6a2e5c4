//! The organisation as of today, as the rules ask about it: ladders of committees, strengths, members of a unit.

use chibo_members::codes::Standing;
use chibo_members::dims::member_standings;
use std::sync::Arc;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Forest, Query, Scope, TodayPlaces, Tree};
use chibo_kernel::text::{Collator, NameParts};
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::Strength;
use chibo_store::Op;
use chibo_web::Visit;

use crate::rules::Rung;

/// More members than this no unit has that is ended here.
const MOST: usize = 20_000;

/// A member as lists show one.
pub(crate) struct Listed {
    /// Who.
    pub id: Id<Person>,
    /// Full name; empty for whoever may not see members there.
    pub name: String,
    /// The branch.
    pub home: Option<Id<Unit>>,
    /// An official member.
    pub official: bool,
}

/// The organisation of one request or one write.
pub(crate) struct Scene {
    census: Arc<Census>,
    /// All units.
    pub forest: Arc<Forest>,
    /// Today's tree.
    pub tree: Arc<Tree>,
    places: Arc<TodayPlaces>,
    /// Today.
    pub today: Day,
}

impl Scene {
    fn of(census: &Arc<Census>, today: Day) -> Self {
        let forest = census.forest();
        let (tree, places) = (forest.tree(AsOf::on(today)), forest.today(today));
        Self { census: census.clone(), forest, tree, places, today }
    }

    /// As a page sees it.
    pub fn seen(visit: &Visit<'_>) -> Self {
        Self::of(&visit.house.census, visit.today())
    }

    /// As a write sees it.
    ///
    /// # Errors
    /// A fault when nobody put the columns beside the data.
    pub fn within(op: &Op<'_, '_>) -> Result<Self, Problem> {
        let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
        Ok(Self::of(&census, op.today()))
    }

    /// Where a unit stands itself today.
    pub fn stands(&self, unit: Id<Unit>) -> Option<u32> {
        self.tree.place_of(self.forest.no(unit)?)
    }

    /// Kind of a unit that stands today.
    pub fn kind(&self, unit: Id<Unit>) -> Option<Kind> {
        self.stands(unit).and_then(|place| Kind::from_number(self.tree.kind(place)))
    }

    /// The unit above one that stands today.
    pub fn parent(&self, unit: Id<Unit>) -> Option<Id<Unit>> {
        let above = self.tree.parent(self.stands(unit)?)?;
        self.forest.id(self.tree.unit(above)?)
    }

    /// The name of a unit, today's or the last it had; empty for one that is not there yet.
    pub fn name(&self, unit: Id<Unit>) -> String {
        let Some(no) = self.forest.no(unit) else { return String::new() };
        let facts = self.tree.place_of(no).and_then(|place| self.tree.facts(place));
        facts.or_else(|| self.forest.last_facts(no)).map_or_else(String::new, |facts| facts.name.clone())
    }

    /// From a unit up to the root; an abolished one stands where its successor stands.
    pub fn ladder(&self, unit: Id<Unit>) -> Vec<Rung> {
        let Some(place) = self.forest.no(unit).and_then(|no| self.places.place(no)) else { return Vec::new() };
        let rung = |at: u32| {
            let unit = self.forest.id(self.tree.unit(at)?)?;
            Some(Rung { unit, kind: Kind::from_number(self.tree.kind(at))? })
        };
        self.tree.path(place).into_iter().rev().filter_map(rung).collect()
    }

    /// How many units stand directly under one.
    pub fn children(&self, unit: Id<Unit>) -> usize {
        self.stands(unit).map_or(0, |place| self.tree.children(place).count())
    }

    /// How many of these people are members, and official ones, today.
    pub fn strength(&self, people: &[Id<Person>]) -> Strength {
        let view = self.census.view(self.today);
        let mut strength = Strength::default();
        for person in people {
            let brief = view.no(*person).and_then(|no| view.person(no));
            let standing =
                brief.and_then(|brief| brief.today).and_then(|(_, codes)| Standing::from_number(codes.standing));
            strength.all += u32::from(standing.is_some_and(Standing::counts_as_member));
            strength.official += u32::from(standing.is_some_and(Standing::is_official));
        }
        strength
    }

    /// Everybody who is a member of a unit on a day.
    pub fn members_on(&self, unit: Id<Unit>, day: Day) -> Vec<Id<Person>> {
        let view = self.census.view(self.today);
        let Some(no) = view.forest().no(unit) else { return Vec::new() };
        let query = Query { scope: Scope::Unit(no), members: Some(member_standings()), ..Query::at(AsOf::on(day)) };
        let list = view.list(&query, ListOrder::Place, None, MOST);
        list.into_iter().filter_map(|no| view.id(no)).collect()
    }

    /// These people in the order of names; `may` says in which branch names may be seen.
    ///
    /// # Errors
    /// A fault when the program was built without the order of names.
    pub fn listed(&self, people: &[Id<Person>], may: &dyn Fn(Id<Unit>) -> bool) -> Result<Vec<Listed>, Problem> {
        let order = Collator::shared()?;
        let view = self.census.view(self.today);
        let one = |person: &Id<Person>| {
            let brief = view.no(*person).and_then(|no| view.person(no));
            let home = brief.as_ref().and_then(|brief| brief.home).and_then(|no| self.forest.id(no));
            let today = brief.as_ref().and_then(|brief| brief.today.as_ref());
            let standing = today.and_then(|(_, codes)| Standing::from_number(codes.standing));
            Listed {
                id: *person,
                name: brief.filter(|_| home.is_some_and(may)).map_or_else(String::new, |brief| brief.name),
                home,
                official: standing.is_some_and(Standing::is_official),
            }
        };
        let mut listed: Vec<Listed> = people.iter().map(one).collect();
        listed.sort_by_cached_key(|one| order.name_sort_key(NameParts::split(&one.name)));
        Ok(listed)
    }

    /// Where units stand today.
    pub fn places(&self) -> &TodayPlaces {
        &self.places
    }

    /// How many members and official members a unit has today.
    pub fn strength_of(&self, unit: Id<Unit>) -> Strength {
        self.strength(&self.members_on(unit, self.today))
    }
}
