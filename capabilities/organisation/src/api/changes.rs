//! Which units were touched since a number, so that another program asks again only for those.
//!
//! Told is what is written down, not what a day brings: a decision that comes into force later, and a change of rights,
//! have no number. A unit that moves brings what stands below it without a word about each. Whoever keeps a copy takes
//! the tree anew every day, and at once when `missed` is true or a change names no unit.

use std::collections::HashMap;

use chibo_kernel::{AsOf, Id, Problem, Unit};
use chibo_store::Change;
use chibo_web::{Reply, Visit};
use serde::Serialize;

use super::{asked, json};
use crate::finding::sees;
use crate::pages::scene::Scene;

/// Changes looked through when the address does not say.
pub(super) const USUAL: i64 = 200;
/// Most changes looked through at once.
pub(super) const MOST: i64 = 1_000;

#[derive(Serialize)]
struct ChangesShape {
    changes: Vec<ChangeShape>,
    /// The number to ask after next.
    next: i64,
    /// There are more already.
    more: bool,
    /// Numbers after the asked one are not kept any more, or begin anew: only the whole tree is sure.
    missed: bool,
}

#[derive(Serialize)]
struct ChangeShape {
    seq: i64,
    /// The unit; null when so much was changed that the tree should be taken anew.
    unit: Option<String>,
}

/// `GET /api/v1/unit-changes?after=&limit=`. `limit` counts changes of every kind, seen or not: an answer may be empty
/// and still lead on. The same number may come twice (on PostgreSQL), never none instead.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let after = asked::number(visit, "after", 0..=i64::MAX)?.unwrap_or(0);
    let limit = asked::number(visit, "limit", 1..=MOST)?.unwrap_or(USUAL);
    let notes = visit.house.db.noted_after(after, limit)?;
    // A unit another process founded is known only afterwards.
    visit.house.db.catch_up()?;
    let scene = Scene::at(visit, AsOf::on(visit.today()));
    let mut newest: HashMap<Option<Id<Unit>>, i64> = HashMap::new();
    for noted in &notes.noted {
        let unit = match noted.change {
            Change::Unit(unit) => Some(unit),
            Change::Everything => None,
            _ => continue,
        };
        // Numbers ascend: the last one stays.
        newest.insert(unit, noted.seq);
    }
    let seen = |unit: &Option<Id<Unit>>| {
        unit.is_none_or(|unit| scene.no(unit).is_some_and(|no| sees(visit.who(), &scene.places, no)))
    };
    let mut changes: Vec<ChangeShape> = newest
        .into_iter()
        .filter(|(unit, _)| seen(unit))
        .map(|(unit, seq)| ChangeShape { seq, unit: unit.map(|unit| unit.to_string()) })
        .collect();
    changes.sort_by_key(|change| change.seq);
    // Numbers that begin anew (a register restored from a copy) lie below the asked one.
    let anew = after > notes.last;
    let next = if anew { notes.last } else { notes.noted.last().map_or(after, |noted| noted.seq.max(after)) };
    let missed = anew || after.saturating_add(1) < notes.first;
    json(&ChangesShape { changes, next, more: next < notes.last, missed })
}
