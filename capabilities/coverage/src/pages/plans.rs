//! The plans to fill places and how far they have come, as known at a moment.

use std::collections::HashMap;

use chibo_kernel::{AsOf, Id, Problem};
use chibo_store::Tx;

use crate::rules::{Place, State, Target, begun, last_day, met};
use crate::store::{self, PlanRow, ProgressRow};

/// How the plan of a year for a place stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'p> {
    /// The plan.
    pub row: &'p PlanRow,
    /// What it is after.
    pub target: Target,
    /// Admitted since the year began.
    pub admitted: u32,
    /// Whether it is met.
    pub met: bool,
}

/// All plans.
pub(crate) struct Plans {
    rows: HashMap<(Id<Place>, i32), (PlanRow, Target)>,
    progress: HashMap<(Id<Place>, i32), Vec<ProgressRow>>,
}

impl Plans {
    /// Reads them; of each year the last version known at the moment holds.
    pub fn load(tx: &mut Tx<'_>, at: AsOf) -> Result<Self, Problem> {
        Self::of(store::all_plans(tx)?, store::all_progress(tx)?, at)
    }

    /// From rows in the order of their versions.
    pub fn of(plans: Vec<PlanRow>, progress: Vec<ProgressRow>, at: AsOf) -> Result<Self, Problem> {
        let mut rows = HashMap::new();
        for row in plans.into_iter().filter(|row| row.recorded_at <= at.known) {
            let target = row.aim()?;
            rows.insert((row.place_id, row.year), (row, target));
        }
        let mut found: HashMap<(Id<Place>, i32), Vec<ProgressRow>> = HashMap::new();
        for row in progress {
            found.entry((row.place_id, row.year)).or_default().push(row);
        }
        Ok(Self { rows, progress: found })
    }

    /// The plan of a year for a place that stands so on a day.
    pub fn standing(&self, place: Id<Place>, state: State, year: i32, at: AsOf) -> Option<Standing<'_>> {
        let (row, target) = self.rows.get(&(place, year))?;
        let reports = self.progress.get(&(place, year));
        // What came after the year does not count for it.
        let by = AsOf { day: at.day.min(last_day(year)), known: at.known };
        let admitted = reports.and_then(|rows| begun(rows, by)).map_or(0, |row| row.admitted);
        let met = met(*target, row.wanted, admitted, state.covered());
        Some(Standing { row, target: *target, admitted, met })
    }

    /// The years a place has plans for, the latest first.
    pub fn years_of(&self, place: Id<Place>) -> Vec<i32> {
        let own = self.rows.keys().filter(|(id, _)| *id == place);
        let mut years: Vec<i32> = own.map(|(_, year)| *year).collect();
        years.sort_unstable_by_key(|year| std::cmp::Reverse(*year));
        years
    }
}
