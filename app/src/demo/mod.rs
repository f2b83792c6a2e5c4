//! The plan of the demonstration: a real city's organisations, made-up members, and the two reorganisations.
//!
//! Pure and deterministic: the same number of members gives the same plan everywhere. Nothing here writes; the caller
//! inserts the plan through the capabilities. Walk: `Plan::new` draws the organisations ([`city`]) and the decisions
//! ([`transition`]); [`Plan::person`] draws any member by number, in any order and on any thread; [`officers::plan`]
//! draws who holds which office. [`tree`] says how the organisations stand on a day.

pub mod admissions;
pub mod cards;
pub mod city;
pub mod dossiers;
pub mod doubles;
pub mod fees;
pub mod grounds;
pub mod leaving;
pub mod library;
pub mod load;
pub mod meetings;
pub mod moves;
pub mod names;
pub mod officers;
pub mod people;
pub mod places;
pub mod screening;
pub mod seed;
pub mod transition;
pub mod tree;
pub mod work;

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, Setting};

pub use city::City;
pub use officers::PlannedOffice;
pub use people::PlannedPerson;
pub use transition::{PlannedDecision, PlannedOperation, Transition};

/// The day the demonstration is told from: 22 November 2026. Everybody planned is a member on this day.
pub const TODAY: Day = Day::from_number(20_779);
/// Members of the city in the demonstration at full scale.
pub const FULL_SCALE: u32 = 248_736;
/// Fewest members a plan can be made for.
pub const SMALLEST: u32 = 1_000;
/// Most members a plan can be made for.
pub const LARGEST: u32 = 6_000_000;

/// A unit to be founded.
#[derive(Clone, Debug)]
pub struct PlannedUnit {
    /// Its number in the plan: the place in `City::units`, then in `Transition::units` behind them.
    pub no: u32,
    /// The unit it is founded under; `None` for the root.
    pub parent: Option<u32>,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Kind at founding.
    pub kind: Kind,
    /// Setting at founding.
    pub setting: Setting,
    /// Dotted code, or empty.
    pub code: String,
    /// Day of founding.
    pub from: Day,
    /// Latitude and longitude in millionths of a degree.
    pub at: Option<(i32, i32)>,
    /// Official code of the administrative unit it serves.
    pub admin_code: Option<String>,
}

/// Everything planned for one number of members.
#[derive(Debug)]
pub struct Plan {
    /// The organisations as they stood on 30 June 2025.
    pub city: City,
    /// What happened to them since.
    pub transition: Transition,
}

impl Plan {
    /// A plan for so many members, held between [`SMALLEST`] and [`LARGEST`].
    pub fn new(members: u32) -> Self {
        let city = City::new(members.clamp(SMALLEST, LARGEST));
        let transition = transition::plan(&city);
        Self { city, transition }
    }

    /// How many members there are.
    pub fn members(&self) -> u32 {
        self.city.members
    }

    /// Member `index` (from 0; beyond the last one the last branch goes on).
    pub fn person(&self, index: u32) -> PlannedPerson {
        people::person(&self.city, index)
    }

    /// A planned unit by its number, founded before or in the transition.
    pub fn unit(&self, no: u32) -> Option<&PlannedUnit> {
        let before = self.city.units.len();
        self.city.units.get(no as usize).or_else(|| self.transition.units.get((no as usize).checked_sub(before)?))
    }
}

#[cfg(test)]
mod tests;
