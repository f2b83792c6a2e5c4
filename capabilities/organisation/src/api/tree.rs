//! The units of a day, from the highest the viewer may see downwards.

use std::collections::BTreeSet;

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::{Reply, Visit};
use serde::Serialize;

use super::shapes::{Counted, UnitShape};
use super::{asked, json, ready};

#[derive(Serialize)]
struct TreeShape<'a> {
    day: String,
    /// The number to ask for changes after.
    next: i64,
    units: Vec<UnitShape<'a>>,
}

/// `GET /api/v1/tree?day=&unit=&depth=`: parents before children, siblings in their order.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let day = asked::day(visit)?;
    let depth = asked::number(visit, "depth", 0..=99)?.and_then(|depth| u16::try_from(depth).ok());
    let unit = match visit.query.some("unit") {
        Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
        None => None,
    };
    unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewUnits, unit))?;
    ready(visit)?;
    // The number first, so that whatever comes while the tree is read is told as a change; then what others committed.
    let next = visit.house.db.last_noted()?;
    visit.house.db.catch_up()?;
    let counted = Counted::on(visit, day);
    let scene = &counted.scene;
    let tops = match unit {
        Some(unit) => vec![scene.place(unit).ok_or(Problem::NotFound)?],
        None => scene.tops(visit),
    };
    // A unit may stand below two tops when what lies between is out of sight: it is told once.
    let mut places = BTreeSet::new();
    for top in tops {
        let lowest = depth.map_or(u16::MAX, |depth| scene.tree.depth(top).saturating_add(depth));
        places.extend((top..scene.tree.end(top)).filter(|place| scene.tree.depth(*place) <= lowest));
    }
    let seen = places.into_iter().filter(|place| scene.sees(visit, *place));
    let units = seen.filter_map(|place| counted.shape(visit, place)).collect();
    json(&TreeShape { day: day.iso(), next, units })
}
