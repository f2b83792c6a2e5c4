//! Finding units by what people type: part of a name, with or without marks, or a code.

use chibo_census::{Forest, TodayPlaces, Tree, UnitNo};
use chibo_kernel::text::{NameQuery, fold, syllables};
use chibo_kernel::{Id, Permission, Unit, Viewer};

/// A unit found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitHit {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its place in the asked tree.
    pub place: u32,
}

/// Whether a viewer may see a unit, by where it stands today.
pub fn sees(viewer: &Viewer, places: &TodayPlaces, unit: UnitNo) -> bool {
    viewer.system || places.place(unit).is_some_and(|place| viewer.may_at(Permission::ViewUnits, place))
}

/// Units of a tree the viewer may see, found by name or code: the best first, then in the order of the tree.
///
/// Every typed word must begin a syllable of the name; marks typed are honoured. Digits (with or without dots) find
/// codes that begin with them.
pub fn find_units(
    (forest, tree, places): (&Forest, &Tree, &TodayPlaces),
    viewer: &Viewer,
    typed: &str,
    limit: usize,
) -> Vec<UnitHit> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let by_code = digits.len() >= 2 && typed.trim().chars().all(|c| c.is_ascii_digit() || c == '.');
    let query = NameQuery::parse(typed);
    if query.words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, u32)> = Vec::new();
    for place in 0..tree.len() {
        let Some(facts) = tree.facts(place).filter(|facts| sees(viewer, places, facts.unit)) else { continue };
        if by_code && starts_with_digits(&facts.code, &digits) {
            found.push((0, place));
        } else if let Some(loss) = fit(&query, &facts.name) {
            found.push((loss, place));
        }
    }
    found.sort_unstable();
    found.truncate(limit);
    let hit = |(_, place): (usize, u32)| Some(UnitHit { unit: forest.id(tree.unit(place)?)?, place });
    found.into_iter().filter_map(hit).collect()
}

fn starts_with_digits(code: &str, digits: &str) -> bool {
    let mut own = code.bytes().filter(u8::is_ascii_digit);
    digits.bytes().all(|digit| own.next() == Some(digit))
}

/// How badly a name fits (0: the words are the name); `None` when a word finds nothing.
fn fit(query: &NameQuery, name: &str) -> Option<usize> {
    // Folding alone is cheap and drops nearly every name.
    let folded = fold(name);
    if !query.words.iter().all(|word| folded.contains(&word.folded)) {
        return None;
    }
    let own = syllables(name);
    let best = |word: &chibo_kernel::text::Word| {
        own.iter().filter_map(|syllable| word.matches_syllable(&syllable.folded, &syllable.marked)).max()
    };
    let ranks = query.words.iter().map(best).collect::<Option<Vec<_>>>()?;
    let loss: usize = ranks.iter().map(|rank| 2 - *rank as usize).sum();
    Some(1 + loss * 64 + own.len().saturating_sub(query.words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_and_without_marks_and_the_nearest_first() {
        let loss = |typed: &str, name: &str| fit(&NameQuery::parse(typed), name);
        assert!(loss("ben nghe", "Đảng bộ phường Bến Nghé").is_some());
        assert!(loss("bến nghé", "Đảng bộ phường Bến Nghé") < loss("ben nghe", "Đảng bộ phường Bến Nghé"));
        assert!(loss("ben nghe", "Phường Bến Nghé") < loss("ben nghe", "Chi bộ khu phố 1 phường Bến Nghé"));
        assert_eq!(loss("bền", "Phường Bến Nghé"), None);
        assert_eq!(loss("nghe x", "Phường Bến Nghé"), None);
        assert!(starts_with_digits("79.001.000.000.001", "79001"));
        assert!(!starts_with_digits("", "79"));
    }
}
