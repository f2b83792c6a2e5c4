//! Which unit is asked about, as of which day, and how it answers for that day.

use std::ops::Range;
use std::sync::Arc;

use chibo_census::{Bounds, Forest, Query, TodayPlaces, Tree, UnitNo, View};
use chibo_kernel::{AsOf, Day, Id, Moment, Permission, Places, Problem, Unit, Viewer};
use chibo_members::dims::{self, Ground};
use chibo_organisation::kinds::Kind;
use chibo_web::{Crumb, Visit};

/// A unit and a day, with everything a report asks of them.
pub(crate) struct Spot {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its number.
    pub no: UnitNo,
    /// The day and the knowledge.
    pub at: AsOf,
    /// Whether units are those of the day or today's.
    pub bounds: Bounds,
    /// Today.
    pub today: Day,
    /// Its name on the day, or the nearest it had.
    pub name: String,
    /// How it answers.
    pub ground: Ground,
    /// All units.
    pub forest: Arc<Forest>,
    /// The tree of the day.
    pub tree: Arc<Tree>,
    /// Where units stand today.
    pub places: Arc<TodayPlaces>,
    /// Where the viewer may see reports: ranges of today's places.
    pub allowed: Vec<Range<u32>>,
}

/// The units granted to the viewer for reports, each once, the largest subtree first. For an abolished unit stands what
/// took its place.
pub(crate) fn granted(visit: &Visit<'_>) -> Vec<Id<Unit>> {
    let who = visit.who();
    let forest = visit.house.census.forest();
    let today = forest.tree(AsOf::on(visit.today()));
    let standing = |place: u32| today.unit(place).and_then(|no| forest.id(no));
    let reports = who.scopes.iter().zip(&who.units).filter(|((_, set), _)| set.has(Permission::ViewReports));
    let mut units: Vec<(u32, Id<Unit>)> = Vec::new();
    for ((span, _), unit) in reports {
        let unit = standing(span.start).unwrap_or(*unit);
        if units.iter().all(|(_, known)| *known != unit) {
            units.push((span.end - span.start, unit));
        }
    }
    // Stable: among equals the first grant comes first.
    units.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    units.into_iter().map(|(_, unit)| unit).collect()
}

/// The unit in the address, or the viewer's first one; permitted.
///
/// # Errors
/// [`Problem::NotFound`] out of scope; [`Problem::Denied`] with sight of the unit but not of its reports.
pub(crate) fn asked_unit(visit: &Visit<'_>) -> Result<Id<Unit>, Problem> {
    let unit = match visit.query.some("unit") {
        Some(text) => text.parse().map_err(|_| Problem::NotFound)?,
        None => granted(visit).first().copied().ok_or(Problem::NotFound)?,
    };
    visit.permit(Permission::ViewReports, unit)?;
    Ok(unit)
}

impl Spot {
    /// The unit as of the asked day, in the view all its figures come from. Permit first.
    pub fn new(visit: &Visit<'_>, view: &View<'_>, unit: Id<Unit>) -> Result<Self, Problem> {
        let (at, today) = (visit.as_of(), visit.today());
        let (forest, places) = (view.forest().clone(), view.places().clone());
        let no = forest.no(unit).ok_or(Problem::NotFound)?;
        let bounds = dims::bounds_of(&visit.query);
        let tree = if bounds == Bounds::Now { places.tree().clone() } else { forest.tree(at) };
        let ground = dims::ground(no, &tree, &places);
        let standing = match ground {
            Ground::Itself => Some(&tree),
            Ground::Forerunners => Some(places.tree()),
            Ground::Absent => None,
        };
        let facts = standing.and_then(|tree| tree.facts(tree.place_of(no)?));
        let facts = facts.or_else(|| forest.last_facts(no));
        let name = facts.map_or_else(String::new, |facts| facts.name.clone());
        let allowed = visit.who().ranges(Permission::ViewReports);
        Ok(Self { unit, no, at, bounds, today, name, ground, tree, places, forest, allowed })
    }

    /// The question about its members.
    pub fn members(&self) -> Query {
        let query = dims::members_of(self.no, self.at, self.ground, &self.places, self.allowed.clone());
        Query { bounds: self.bounds, ..query }
    }

    /// Whether it stood itself: only then has the member list the same scope.
    pub fn is_itself(&self) -> bool {
        self.ground == Ground::Itself
    }

    /// Its place in the tree of the day.
    pub fn place(&self) -> Option<u32> {
        self.tree.place_of(self.no)
    }

    /// What it stands on today, if it still stands itself.
    pub fn stands_today(&self) -> Option<Range<u32>> {
        self.places.tree().span(self.no)
    }

    /// Its kind on the day (or today, when its forerunners answer).
    pub fn kind(&self) -> Option<Kind> {
        let today = self.places.tree();
        let here = self.place().map(|place| self.tree.kind(place));
        here.or_else(|| today.place_of(self.no).map(|place| today.kind(place))).and_then(Kind::from_number)
    }

    /// Whether the unit at a place of the tree of the day lies where the viewer may look.
    pub fn may_see(&self, place: u32) -> bool {
        let unit = self.tree.unit(place).and_then(|unit| self.places.place(unit));
        unit.is_some_and(|today| self.allowed.iter().any(|range| range.contains(&today)))
    }

    /// Calls back for the place of every unit that is counted, in the tree of the day.
    pub fn each_place(&self, mut take: impl FnMut(u32)) {
        match (self.ground, self.tree.span(self.no), self.stands_today()) {
            (Ground::Itself, Some(span), _) => {
                // In today's own tree a subtree is permitted as a whole.
                let whole = Arc::ptr_eq(&self.tree, self.places.tree());
                span.filter(|place| whole || self.may_see(*place)).for_each(take);
            }
            (Ground::Forerunners, _, Some(span)) => {
                self.places.standing_in(&span).iter().filter_map(|unit| self.tree.place_of(*unit)).for_each(&mut take);
            }
            _ => {}
        }
    }

    /// `&day=…&known=…`, without what is today anyway.
    pub fn when(&self) -> String {
        let mut out = String::new();
        if self.at.day != self.today {
            out.push_str("&day=");
            out.push_str(&self.at.day.iso());
        }
        if self.at.known != Moment::FOREVER {
            out.push_str("&known=");
            out.push_str(&self.at.known.day().iso());
        }
        if self.bounds == Bounds::Now {
            out.push_str("&bounds=now");
        }
        out
    }

    /// The same question by the boundaries of the day and by today's: word key, address part, whether it is this one.
    /// Nothing on a day whose tree is today's.
    pub fn both_bounds(&self) -> Vec<(&'static str, String, bool)> {
        let then = self.forest.tree(self.at);
        if Arc::ptr_eq(&then, self.places.tree()) {
            return Vec::new();
        }
        let rest = self.asked();
        let rest = rest.strip_suffix("&bounds=now").unwrap_or(&rest);
        let now = self.bounds == Bounds::Now;
        vec![("reports-bounds-then", rest.to_owned(), !now), ("reports-bounds-now", format!("{rest}&bounds=now"), now)]
    }

    /// `unit=…&day=…&known=…`.
    pub fn asked(&self) -> String {
        format!("unit={}{}", self.unit, self.when())
    }

    /// The dashboard of a unit of the tree of the day, as of the same day.
    pub fn dashboard_of(&self, unit: UnitNo) -> Option<String> {
        self.forest.id(unit).map(|id| format!("/?unit={id}{}", self.when()))
    }

    /// The units above it that the viewer may see, from the top, each with its dashboard, then itself.
    pub fn crumbs(&self) -> Vec<Crumb> {
        let above = self.place().map(|place| self.tree.path(place)).unwrap_or_default();
        let above = above.into_iter().filter(|place| self.tree.unit(*place) != Some(self.no) && self.may_see(*place));
        let crumb = |place: u32| {
            let facts = self.tree.facts(place)?;
            Some(Crumb::to(dims::short(facts), self.dashboard_of(facts.unit)?))
        };
        above.filter_map(crumb).collect()
    }

    /// A day on which it stood itself: the last one up to today.
    pub fn last_day(&self) -> Option<Day> {
        let last = self.forest.last_facts(self.no)?.valid.to();
        let day = if last > self.today { self.today } else { last.plus_days(-1) };
        self.forest.tree(AsOf::on(day)).place_of(self.no).map(|_| day)
    }

    /// The unit that continues an abolished one today, with its name.
    pub fn successor(&self) -> Option<(Id<Unit>, String)> {
        let tree = self.places.tree();
        let facts = tree.facts(self.places.place(self.no)?)?;
        Some((self.forest.id(facts.unit)?, facts.name.clone()))
    }
}

/// Whether the viewer may open the lists behind the figures: holds the permission where the unit stands, and everybody
/// counted lies where it is held. Only then may links be shown, and small cells (STA-04).
pub(crate) fn lists_open(who: &Viewer, view: &View<'_>, spot: &Spot, query: &Query, total: u64) -> bool {
    let here = spot.places.span(spot.unit).is_some_and(|span| who.may_at(Permission::ViewMembers, span.start));
    if !here {
        return false;
    }
    let ranges = who.ranges(Permission::ViewMembers);
    if ranges == spot.allowed {
        return true;
    }
    // Today's subtree is permitted as a whole; an older one may reach beyond the grant.
    if spot.ground == Ground::Itself && Arc::ptr_eq(&spot.tree, spot.places.tree()) {
        return true;
    }
    let open = dims::members_of(spot.no, spot.at, spot.ground, &spot.places, ranges);
    view.count(&Query { filters: query.filters.clone(), bounds: spot.bounds, ..open }) == total
}
