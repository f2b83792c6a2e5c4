//! How every unit that must have a working regulation stands, as of a day (ORG-32).

use std::collections::HashMap;
use std::ops::Range;

use chibo_kernel::{Id, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::Visit;

use super::scene::Scene;
use crate::rules::{Model, State, begun, must_adopt, state};
use crate::store::{self, ModelRow, RegulationRow};

/// One unit that must have a working regulation.
pub(crate) struct Line {
    /// Its place in the tree of the day.
    pub place: u32,
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind on the day.
    pub kind: Kind,
    /// Its setting on the day.
    pub setting: Option<Setting>,
    /// How it stands.
    pub state: State,
    /// The version that had begun last.
    pub own: Option<RegulationRow>,
}

/// Every unit the viewer may see in a part of the tree, in its order.
pub(crate) struct Survey {
    /// The units that must have one.
    pub lines: Vec<Line>,
    /// All texts for kinds.
    pub models: Vec<ModelRow>,
}

impl Survey {
    /// Reads everything on one snapshot.
    pub fn take(visit: &Visit<'_>, scene: &Scene, places: Range<u32>) -> Result<Self, Problem> {
        let (models, mut adopted) = visit.read(|tx| {
            let mut adopted: HashMap<Id<Unit>, Vec<RegulationRow>> = HashMap::new();
            store::all_regulations(tx, |row| {
                adopted.entry(row.unit_id).or_default().push(row);
                Ok(())
            })?;
            Ok((store::all_models(tx)?, adopted))
        })?;
        let known = store::models(&models)?;
        let mut lines = Vec::new();
        for place in places.filter(|place| scene.sees(visit, *place)) {
            let (Some(unit), Some((kind, setting))) = (scene.id(place), scene.kind(place)) else { continue };
            if must_adopt(kind) {
                let rows = adopted.remove(&unit).unwrap_or_default();
                lines.push(line(scene, (place, unit, kind, setting), rows, &known)?);
            }
        }
        Ok(Self { lines, models })
    }

    /// The text for a kind with this identifier.
    pub fn model(&self, own: &RegulationRow) -> Option<&ModelRow> {
        self.models.iter().find(|row| Some(row.model_id) == own.model_id)
    }
}

fn line(
    scene: &Scene,
    (place, unit, kind, setting): (u32, Id<Unit>, Kind, Option<Setting>),
    rows: Vec<RegulationRow>,
    models: &[Model],
) -> Result<Line, Problem> {
    let own = store::adopted(&rows)?;
    let state = state(&own, models, (kind, setting), scene.at);
    let last = begun(&own, scene.at).map(|last| last.version);
    let own = rows.into_iter().find(|row| Some(row.version) == last);
    Ok(Line { place, unit, kind, setting, state, own })
}
