//! Who is counted where: standings that count, and how a unit answers for a day on which it did not stand.

use std::ops::Range;

use chibo_census::{Bounds, Codes, Query, Scope, TodayPlaces, Tree, UnitNo};
use chibo_kernel::AsOf;

use crate::codes::Standing;

/// The standings that count as members (row D of form 1-TCTW).
pub fn member_standings() -> Codes {
    let counted = Standing::ALL.iter().filter(|standing| standing.counts_as_member());
    Codes::of(&counted.map(|standing| u32::from(standing.number())).collect::<Vec<_>>())
}

/// The standings of official members (ORG-01, ORG-20).
pub fn official_standings() -> Codes {
    let official = Standing::ALL.iter().filter(|standing| standing.is_official());
    Codes::of(&official.map(|standing| u32::from(standing.number())).collect::<Vec<_>>())
}

/// By which boundaries an address asks (`bounds=now`): a report of a past day as things lay then, or as they lie now.
pub fn bounds_of(pairs: &chibo_web::Pairs) -> Bounds {
    if pairs.get("bounds") == "now" { Bounds::Now } else { Bounds::Then }
}

/// How a unit answers for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// It stands in the tree of that day.
    Itself,
    /// It did not stand then but stands today: everything that stands in it now answers, forerunners included.
    Forerunners,
    /// It did not stand then and does not today.
    Absent,
}

/// How a unit answers for the day of a tree.
pub fn ground(unit: UnitNo, tree: &Tree, places: &TodayPlaces) -> Ground {
    if tree.place_of(unit).is_some() {
        Ground::Itself
    } else if places.tree().place_of(unit).is_some() {
        Ground::Forerunners
    } else {
        Ground::Absent
    }
}

/// The question about the members of a unit as of a day. `allowed` are the viewer's ranges of today's places;
/// [`Ground::Absent`] counts nobody.
pub fn members_of(unit: UnitNo, at: AsOf, ground: Ground, places: &TodayPlaces, allowed: Vec<Range<u32>>) -> Query {
    let mut query = Query { members: Some(member_standings()), ..Query::at(at) };
    if ground == Ground::Forerunners {
        let span = places.tree().span(unit).unwrap_or(0..0);
        let inside = allowed.iter().map(|range| range.start.max(span.start)..range.end.min(span.end));
        query.allowed = Some(inside.filter(|range| !range.is_empty()).collect());
    } else {
        query.scope = Scope::Unit(unit);
        query.allowed = Some(allowed);
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sta_01_those_who_left_or_died_are_not_counted() {
        let counted = member_standings();
        let all: Vec<u32> = (0..16).filter(|code| counted.has(*code)).collect();
        assert_eq!(all, [1, 2, 3, 4, 5]);
    }
}
