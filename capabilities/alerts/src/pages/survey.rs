//! Which rules the units of a part of the tree do not keep, as of a day.

use std::collections::HashMap;
use std::ops::Range;

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Id, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::Consents;
use chibo_organisation::rules::alarms::{Breach, Case, Limits, Seats, breaches};
use chibo_web::Visit;

use super::scene::Scene;

/// One rule one unit does not keep.
pub(crate) struct Line {
    /// Its place in the tree of the day.
    pub place: u32,
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind on the day.
    pub kind: Kind,
    /// What it does not keep.
    pub breach: Breach<'static>,
}

/// Every breach the viewer may see in a part of the tree, in its order.
pub(crate) struct Survey {
    /// The breaches.
    pub lines: Vec<Line>,
    /// All consents, for other days.
    pub consents: Consents,
}

impl Survey {
    /// Reads offices and consents on one snapshot and asks every unit.
    pub fn take(visit: &Visit<'_>, scene: &Scene, places: Range<u32>) -> Result<Self, Problem> {
        let limits = Limits::on(Rulebook::built_in()?, scene.at.day)?;
        let (offices, consents) =
            visit.read(|tx| Ok((chibo_organisation::offices_on(tx, scene.at)?, chibo_organisation::consents(tx)?)))?;
        let mut seats: HashMap<Id<Unit>, Seats> = HashMap::with_capacity(offices.len() / 2);
        for (unit, role, count) in offices {
            seats.entry(unit).or_default().add(role, count);
        }
        let mut lines = Vec::new();
        for place in places.filter(|place| scene.sees(visit, *place)) {
            let (Some(unit), Some(kind)) = (scene.id(place), Kind::from_number(scene.tree.kind(place))) else {
                continue;
            };
            let consent = consents.holds(unit, kind, scene.at);
            let seats = seats.get(&unit).copied().unwrap_or_default();
            let case = Case::of(&scene.tree, (place, kind), scene.strength(place), seats, consent);
            let found = breaches(&limits, &case).into_iter();
            lines.extend(found.map(|breach| Line { place, unit, kind, breach }));
        }
        Ok(Self { lines, consents })
    }
}
