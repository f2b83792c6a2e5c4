//! What happened to the organisations: 1 July 2025 (districts end, 442 wards become 168), 26 July 2026 (three levels)
//! and September 2026 (wards take their branches back).
//!
//! Branches keep their identity through everything: they are re-parented, renumbered, re-typed, so no member moves.
//! Operations stand in the order of application; kinds and parents are consistent at the end of each day, not between
//! two operations of a decision.

mod first_of_july;
mod three_levels;

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, Setting};

use super::city::City;
use super::{PlannedUnit, places};

/// One thing a decision does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedOperation {
    /// Founds the unit of this number, one of `Transition::units`.
    Establish {
        /// The unit.
        unit: u32,
    },
    /// Puts the unit, with everything under it, under another.
    Reparent {
        /// The unit.
        unit: u32,
        /// The new parent.
        under: u32,
    },
    /// Gives a new name.
    Rename {
        /// The unit.
        unit: u32,
        /// New full name.
        name: String,
        /// New short name.
        short: String,
    },
    /// Changes kind or setting.
    Retype {
        /// The unit.
        unit: u32,
        /// New kind.
        kind: Kind,
        /// New setting.
        setting: Setting,
    },
    /// Ends the unit, already without children, in favour of one successor.
    Merge {
        /// The unit.
        unit: u32,
        /// Its successor.
        into: u32,
    },
    /// Ends the unit, already without children, in favour of several successors.
    Split {
        /// The unit.
        unit: u32,
        /// Its successors; the first takes what cannot be placed more precisely.
        into: Vec<u32>,
    },
    /// Ends the unit, already without children (giải thể); the unit above stands in its place.
    Dissolve {
        /// The unit.
        unit: u32,
        /// The unit that takes its place in history.
        into: u32,
    },
}

/// A dated decision with its operations.
#[derive(Clone, Debug)]
pub struct PlannedDecision {
    /// Number and symbol.
    pub number: String,
    /// Day of signing.
    pub signed: Day,
    /// Day in force.
    pub day: Day,
    /// The unit whose committee decides.
    pub authority: u32,
    /// What it is about, Vietnamese.
    pub title: String,
    /// What it does, in order.
    pub operations: Vec<PlannedOperation>,
}

/// Everything that happened since 30 June 2025.
#[derive(Debug, Default)]
pub struct Transition {
    /// Units founded by the decisions; their numbers go on behind `City::units`.
    pub units: Vec<PlannedUnit>,
    /// The decisions in order of application.
    pub decisions: Vec<PlannedDecision>,
    /// The 168 new wards, in the order of the file.
    pub wards: Vec<NewWardUnit>,
}

/// A ward, commune or special zone since 1 July 2025.
#[derive(Clone, Debug)]
pub struct NewWardUnit {
    /// Its unit.
    pub unit: u32,
    /// Official code.
    pub code: &'static str,
    /// Setting: phường, xã, đặc khu.
    pub setting: Setting,
    /// Organisations of the ward's own offices with their branches: party offices, people's committee.
    pub inner: Vec<(u32, Vec<u32>)>,
    /// Base organisations of the former district it took over.
    pub taken: Vec<u32>,
}

/// The plan for a city.
pub fn plan(city: &City) -> Transition {
    let mut transition = Transition::default();
    let children = children(city);
    first_of_july::plan(city, &children, &mut transition);
    three_levels::plan(city, &mut transition);
    transition
}

/// Children of every unit before the change.
fn children(city: &City) -> Vec<Vec<u32>> {
    let mut children = vec![Vec::new(); city.units.len()];
    for unit in &city.units {
        if let Some(parent) = unit.parent {
            children[parent as usize].push(unit.no);
        }
    }
    children
}

impl Transition {
    fn decide(
        &mut self,
        number: String,
        days: (Day, Day),
        authority: u32,
        title: String,
    ) -> &mut Vec<PlannedOperation> {
        let (signed, day) = days;
        self.decisions.push(PlannedDecision { number, signed, day, authority, title, operations: Vec::new() });
        let last = self.decisions.len() - 1;
        &mut self.decisions[last].operations
    }
}

fn setting_of(name: &str) -> Setting {
    match name.split(' ').next() {
        Some("Phường") => Setting::Ward,
        Some("Đặc") => Setting::SpecialZone,
        _ => Setting::Commune,
    }
}
