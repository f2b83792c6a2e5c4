//! Everything the dashboard shows, asked of the census in one view.

use chibo_census::{Dim, Query, Scope, Tree, UnitNo, View};
use chibo_kernel::{AsOf, Day, Problem, Viewer};
use chibo_members::codes::{Sex, Standing};
use chibo_members::dims::{self, Ground};
use chibo_organisation::kinds::{Kind, PILOT_BEGINS, Setting};

use super::july::{self, July};
use crate::spot::{Spot, lists_open};

/// How many organisations of which kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UnitCounts {
    by_kind: [u32; 16],
    /// Organisations of communes, wards, townships and special zones.
    pub local: u32,
}

impl UnitCounts {
    /// Counts the unit at a place. What only holds history is no organisation.
    pub fn add(&mut self, tree: &Tree, place: u32) {
        let Some(kind) = Kind::from_number(tree.kind(place)).filter(|kind| *kind != Kind::History) else { return };
        self.by_kind[usize::from(kind.number()) % 16] += 1;
        let setting = Setting::from_number(tree.setting(place));
        let commune = matches!(
            setting,
            Some(Setting::Commune | Setting::Ward | Setting::Township | Setting::SpecialZone) //
        );
        self.local += u32::from(commune && matches!(kind, Kind::Upper | Kind::Base));
    }

    /// How many kinds there are.
    pub fn kinds(&self) -> usize {
        self.by_kind.iter().filter(|count| **count > 0).count()
    }

    /// How many of a kind.
    pub fn of(&self, kind: Kind) -> u32 {
        self.by_kind[usize::from(kind.number()) % 16]
    }
}

/// A direct child with its members.
pub(super) struct Child {
    /// The unit.
    pub unit: UnitNo,
    /// Short name.
    pub name: String,
    /// Members in its subtree.
    pub count: u32,
}

/// The figures of a unit on a day.
#[derive(Default)]
pub(super) struct Facts {
    /// Members.
    pub total: u64,
    /// Members by age band (as the census numbers them) and sex.
    pub by_age: [[u64; 4]; 9],
    /// Probationary members.
    pub probationary: u64,
    /// Women.
    pub women: u64,
    /// Members by kind of their branch.
    pub by_kind: Vec<(u8, u64)>,
    /// Members by setting of their branch.
    pub by_setting: Vec<(u8, u64)>,
    /// Direct children.
    pub children: Vec<Child>,
    /// Organisations in the subtree.
    pub units: UnitCounts,
    /// Members at the end of each year and on the day, in the scope of today.
    pub growth: Vec<(Day, u64)>,
    /// Members a year before and on the day, counted alike.
    pub year_before: Option<(u64, u64)>,
    /// What 1 July 2025 changed here.
    pub july: Option<July>,
    /// The lists behind the figures may be opened.
    pub lists_open: bool,
}

impl Facts {
    pub fn gather(who: &Viewer, view: &View<'_>, spot: &Spot) -> Result<Self, Problem> {
        let query = spot.members();
        let mut facts = Self::default();
        let cube = view.cube(&query.clone().by(&[Dim::Sex, Dim::AgeBand, Dim::Standing])).map_err(Problem::fault)?;
        cube.each(|codes, count| {
            if let [sex, age, standing] = *codes {
                facts.by_age[age.min(8) as usize][sex.min(3) as usize] += count;
                facts.women += if sex == u32::from(Sex::Female.number()) { count } else { 0 };
                facts.probationary += if standing == u32::from(Standing::Probationary.number()) { count } else { 0 };
            }
        });
        facts.total = cube.total();
        facts.lists_open = lists_open(who, view, spot, &query, facts.total);
        facts.by_branch(view, spot, &query);
        spot.each_place(|place| facts.units.add(&spot.tree, place));
        facts.over_time(view, spot, &query);
        Ok(facts)
    }

    /// One pass for everything the branch decides: members of every subtree, of every kind and setting.
    fn by_branch(&mut self, view: &View<'_>, spot: &Spot, query: &Query) {
        let (tree, heads) = (&spot.tree, view.headcounts(query));
        let head = |place: u32| heads.get(place as usize).copied().unwrap_or(0);
        let span = if spot.ground == Ground::Itself { tree.span(spot.no).unwrap_or(0..0) } else { 0..tree.len() };
        let (mut kinds, mut settings) = ([0i64; 256], [0i64; 256]);
        for place in span.clone() {
            let count = i64::from(head(place));
            if count == 0 {
                continue;
            }
            kinds[usize::from(tree.kind(place))] += count;
            settings[usize::from(tree.setting(place))] += count;
            // Members of the subtree are not those of the unit itself.
            if let Some(parent) = tree.parent(place).filter(|parent| span.contains(parent)) {
                kinds[usize::from(tree.kind(parent))] -= count;
                settings[usize::from(tree.setting(parent))] -= count;
            }
        }
        self.by_kind = counted(&kinds);
        self.by_setting = counted(&settings);
        let children = spot.place().filter(|_| spot.ground == Ground::Itself).map(|place| tree.children(place));
        for place in children.into_iter().flatten().filter(|place| spot.may_see(*place)) {
            let Some(facts) = tree.facts(place).filter(|facts| facts.kind != Kind::History.number()) else { continue };
            self.children.push(Child { unit: facts.unit, name: dims::short(facts).to_owned(), count: head(place) });
        }
    }

    fn over_time(&mut self, view: &View<'_>, spot: &Spot, query: &Query) {
        let day = spot.at.day;
        let before = day.plus_months(-12);
        if spot.stands_today().is_none() {
            // An abolished unit has no scope of today; the same subtree a year before is counted instead.
            let at = AsOf { day: before, ..spot.at };
            let stood = spot.forest.tree(at).place_of(spot.no).is_some();
            self.year_before = stood.then(|| (view.count(&Query { at, ..query.clone() }), self.total));
            return;
        }
        let year_ends = (Day::PARTY_FOUNDED.year()..day.year()).filter_map(|year| Day::from_ymd(year, 12, 31));
        let mut days: Vec<Day> = year_ends.chain([day]).collect();
        let years = days.len();
        days.extend([before, PILOT_BEGINS.plus_days(-1), PILOT_BEGINS]);
        let scope = Query { scope: Scope::Unit(spot.no), allowed: Some(spot.allowed.clone()), ..query.clone() };
        let counts = view.series(&scope, &days);
        if let [before, eve, first] = counts[years.min(counts.len())..] {
            self.year_before = counts.get(years - 1).map(|now| (before, *now)).filter(|(then, _)| *then > 0);
            self.july = july::compare(spot, (eve, first));
        }
        let growth = days.into_iter().zip(counts).take(years);
        self.growth = growth.skip_while(|(_, count)| *count == 0).collect();
    }
}

fn counted(counts: &[i64; 256]) -> Vec<(u8, u64)> {
    let codes = (0..=u8::MAX).zip(counts).filter(|(_, count)| **count > 0);
    codes.map(|(code, count)| (code, count.unsigned_abs())).collect()
}
