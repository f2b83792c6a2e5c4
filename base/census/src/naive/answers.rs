//! The obvious way: every question answered by looking at every row.

use std::collections::BTreeMap;
use std::ops::Range;

use chibo_kernel::text::{Collator, NameParts, NameQuery, Rank, Word, syllables};
use chibo_kernel::{AsOf, Day, Id, Moment, Period, Person, Unit};

use super::World;
use crate::*;

/// A register and the day on which it is asked.
pub(crate) struct Naive<'a> {
    pub world: &'a World,
    pub forest: &'a Forest,
    pub today: Day,
}

impl Naive<'_> {
    fn id(&self, unit: UnitNo) -> Id<Unit> {
        self.forest.id(unit).unwrap()
    }

    /// Root … unit, if it stands in the tree.
    fn path(&self, unit: UnitNo, at: AsOf) -> Option<Vec<UnitNo>> {
        let holds = |valid: Period, recorded: Moment, superseded: Moment| {
            let believed = superseded == Moment::FOREVER || at.known < superseded;
            valid.contains(at.day) && recorded <= at.known && believed
        };
        let mut path = vec![unit];
        while path.len() < 100 {
            let id = self.id(*path.last()?);
            self.world.units.iter().find(|row| row.id == id && holds(row.valid, row.recorded, row.superseded))?;
            let edge = self.world.edges.iter().find(|e| e.id == id && holds(e.valid, e.recorded, e.superseded))?;
            match edge.parent {
                Some(parent) => path.push(self.forest.no(parent)?),
                None => {
                    path.reverse();
                    return Some(path);
                }
            }
        }
        None
    }

    /// The unit as which it stands today.
    fn stands_as(&self, mut unit: UnitNo) -> Option<UnitNo> {
        for _ in 0..100 {
            if self.path(unit, AsOf::on(self.today)).is_some() {
                return Some(unit);
            }
            let id = self.id(unit);
            let mut into: Vec<_> = self.world.successions.iter().filter(|s| s.from == id).collect();
            into.sort_by_key(|s| (s.main, s.on));
            let believed = self.world.edges.iter().filter(|e| e.id == id && e.superseded == Moment::FOREVER);
            let parent = believed.max_by_key(|e| e.valid.from()).and_then(|e| e.parent);
            unit = self.forest.no(into.last().map(|s| s.into).or(parent)?)?;
        }
        None
    }

    fn allowed(&self, unit: UnitNo, allowed: Option<&[Range<u32>]>) -> bool {
        let Some(allowed) = allowed else { return true };
        let tree = self.forest.tree(AsOf::on(self.today));
        let place = self.stands_as(unit).and_then(|unit| tree.place_of(unit));
        place.is_some_and(|place| allowed.iter().any(|range| range.contains(&place)))
    }

    fn believed(row: &StateRow, known: Moment) -> bool {
        if known == Moment::FOREVER {
            return row.superseded == Moment::FOREVER;
        }
        row.recorded.day() <= known.day() && (row.superseded == Moment::FOREVER || known.day() < row.superseded.day())
    }

    /// The unit that stands for a branch, and the day and knowledge of the tree it stands in.
    fn branch(&self, query: &Query, unit: UnitNo) -> Option<(UnitNo, AsOf)> {
        match query.bounds {
            Bounds::Then => Some((unit, query.at)),
            Bounds::Now => Some((self.stands_as(unit)?, AsOf::on(self.today))),
        }
    }

    fn code(&self, dim: Dim, query: &Query, who: &PersonFacts, row: &StateRow) -> Option<u32> {
        let at = query.at;
        let branch = || self.branch(query, row.unit);
        let facts = || {
            let (unit, at) = branch()?;
            let tree = self.forest.tree(at);
            let facts = tree.facts(tree.place_of(unit)?)?;
            Some((facts.kind, facts.setting))
        };
        let years = |then: Day| (at.day.month_number() - then.month_number()).max(0) / 12;
        Some(match dim {
            Dim::Kind => facts()?.0.into(),
            Dim::Setting => facts()?.1.into(),
            Dim::Sex => who.sex.into(),
            Dim::Ethnicity => who.ethnicity.into(),
            Dim::Religion => who.religion.into(),
            Dim::Standing => row.standing.into(),
            Dim::Education => row.education.into(),
            Dim::Degree => row.degree.into(),
            Dim::Theory => row.theory.into(),
            Dim::Occupation => row.occupation.into(),
            Dim::AgeBand => who.birth.map_or(8, |birth| match years(birth) {
                ..=30 => 0,
                31..=35 => 1,
                36..=40 => 2,
                41..=45 => 3,
                46..=50 => 4,
                51..=55 => 5,
                56..=60 => 6,
                _ => 7,
            }),
            Dim::PartyAgeBand => {
                let begun = who.restarts.iter().rfind(|(on, _)| *on <= row.valid_from).map(|(_, since)| *since);
                let then = who.admitted.map(|day| begun.unwrap_or(day));
                then.map_or(21, |then| (years(then) / 5).min(20) as u32)
            }
            Dim::BirthDecade => who.birth.map_or(0, |then| (then.year() / 10 - 179) as u32),
            Dim::AdmittedYear => who.admitted.map_or(0, |then| (then.year() - 1800) as u32),
            Dim::AdmittedMonth => who.admitted.map_or(0, crate::cube::month_code),
            Dim::Child(unit) => {
                let (branch, at) = branch()?;
                let tree = self.forest.tree(at);
                let path = self.path(branch, at)?;
                let level = path.iter().position(|step| *step == unit)?;
                let Some(child) = path.get(level + 1) else { return Some(0) };
                let place = tree.place_of(unit)?;
                tree.children(place).position(|place| tree.unit(place) == Some(*child))? as u32 + 1
            }
        })
    }

    /// Every state the query is about.
    pub fn found(&self, query: &Query) -> Vec<(&PersonFacts, StateRow)> {
        let inside = |unit: UnitNo| {
            let Some((unit, at)) = self.branch(query, unit) else { return false };
            let Some(path) = self.path(unit, at) else { return false };
            let tree = self.forest.tree(at);
            match &query.scope {
                Scope::Everywhere => true,
                Scope::Unit(top) => path.contains(top),
                Scope::Places(places) => places.iter().any(|range| range.contains(&tree.place_of(unit).unwrap())),
            }
        };
        let mut found = Vec::new();
        for who in &self.world.people {
            for row in &who.states {
                let now = row.valid_from <= query.at.day && query.at.day < row.valid_to;
                if now
                    && Self::believed(row, query.at.known)
                    && inside(row.unit)
                    && self.allowed(row.unit, query.allowed.as_deref())
                    && self.passes(query, who, row)
                {
                    found.push((who, *row));
                }
            }
        }
        found
    }

    fn passes(&self, query: &Query, who: &PersonFacts, row: &StateRow) -> bool {
        let members = query.members.as_ref().is_none_or(|codes| codes.has(row.standing.into()));
        let has = |(dim, codes): &(Dim, Codes)| self.code(*dim, query, who, row).is_some_and(|code| codes.has(code));
        members && query.filters.iter().all(has)
    }

    pub fn cube(&self, query: &Query) -> BTreeMap<Vec<u32>, u64> {
        let mut cells = BTreeMap::new();
        for (who, row) in self.found(query) {
            let codes: Option<Vec<u32>> = query.dims.iter().map(|dim| self.code(*dim, query, who, &row)).collect();
            if let Some(codes) = codes {
                *cells.entry(codes).or_insert(0) += 1;
            }
        }
        cells
    }

    pub fn headcounts(&self, query: &Query) -> Vec<u32> {
        let at = if query.bounds == Bounds::Now { AsOf::on(self.today) } else { query.at };
        let tree = self.forest.tree(at);
        let mut counts = vec![0; tree.len() as usize];
        for (_, row) in self.found(query) {
            let (branch, at) = self.branch(query, row.unit).unwrap();
            for unit in self.path(branch, at).unwrap() {
                counts[tree.place_of(unit).unwrap() as usize] += 1;
            }
        }
        counts
    }

    /// `query.scope` is a unit or everywhere.
    pub fn series(&self, query: &Query, days: &[Day]) -> Vec<u64> {
        let today = AsOf::on(self.today);
        let inside = |unit: UnitNo| match &query.scope {
            Scope::Unit(top) => self.stands_as(*top).is_some_and(|top| {
                let path = self.stands_as(unit).and_then(|unit| self.path(unit, today));
                path.is_some_and(|path| path.contains(&top))
            }),
            _ => true,
        };
        let rows = || self.world.people.iter().flat_map(|who| who.states.iter().map(move |row| (who, row)));
        let count = |day: &Day| {
            let now = rows().filter(|(_, row)| row.valid_from <= *day && *day < row.valid_to);
            let now = now.filter(|(_, row)| Self::believed(row, query.at.known) && inside(row.unit));
            let now = now.filter(|(_, row)| self.allowed(row.unit, query.allowed.as_deref()));
            now.filter(|(who, row)| self.passes(query, who, row)).count() as u64
        };
        days.iter().map(count).collect()
    }

    /// Everybody found by name, best first: rank, sort key, id.
    pub fn search(&self, typed: &str, allowed: Option<&[Range<u32>]>) -> Vec<(Rank, Vec<u8>, Id<Person>)> {
        let words = NameQuery::parse(typed).words;
        let mut found = Vec::new();
        for who in self.world.people.iter().filter(|_| !words.is_empty()) {
            let home = who.home(self.today).is_some_and(|unit| self.allowed(unit, allowed));
            if allowed.is_none() || home {
                let names = syllables(&who.name);
                let names: Vec<_> = names.iter().map(|s| (s.folded.as_str(), s.marked.as_str())).collect();
                found.extend(best(&words, &names).map(|rank| (rank, sort_key(who), who.id)));
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found
    }
}

/// The best of all ways to give every word a syllable of its own; a way is as good as its worst word.
fn best(words: &[Word], names: &[(&str, &str)]) -> Option<Rank> {
    let Some((word, rest)) = words.split_first() else { return Some(Rank::ExactMarked) };
    let with = |i: usize| {
        let rank = word.matches_syllable(names[i].0, names[i].1)?;
        let others: Vec<_> = names.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, name)| *name).collect();
        Some(rank.min(best(rest, &others)?))
    };
    (0..names.len()).filter_map(with).max()
}

pub(crate) fn sort_key(who: &PersonFacts) -> Vec<u8> {
    let parts = match &who.parts {
        Some([ho, dem, ten]) => NameParts { ho, dem, ten },
        None => NameParts::split(&who.name),
    };
    Collator::shared().unwrap().name_sort_key(parts)
}
