//! What the plan remembers of the units it founds, for the members and for the decisions of 2025.

use chibo_kernel::Day;
use chibo_organisation::kinds::Setting;

use super::catalogue::{Field, Goes};

/// A unit that members are posted to today.
#[derive(Clone, Copy, Debug)]
pub struct Branch {
    /// Its unit.
    pub unit: u32,
    /// Day of founding.
    pub from: Day,
    /// Its setting.
    pub setting: Setting,
    /// Number of its first member.
    pub first: u32,
    /// How many members it has today.
    pub size: u32,
    /// Province: 0 TP.HCM, 1 Bình Dương, 2 Bà Rịa – Vũng Tàu.
    pub province: u8,
    /// Which peoples live there more than elsewhere.
    pub area: Area,
}

/// Parts of the city with a population of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// No difference.
    Common,
    /// Chợ Lớn: many Hoa.
    ChoLon,
    /// Châu Đức and Xuyên Mộc: Chơ-ro villages.
    ChoRo,
}

/// A former district.
#[derive(Clone, Debug)]
pub struct District {
    /// Its unit.
    pub unit: u32,
    /// Province it stood in.
    pub province: u8,
    /// Official code of the old ward its seat stood in.
    pub seat: &'static str,
}

/// An old ward or commune.
#[derive(Clone, Debug)]
pub struct Ward {
    /// Its unit.
    pub unit: u32,
    /// Official code.
    pub code: &'static str,
    /// Place of its district in `City::districts`.
    pub district: usize,
}

/// A base organisation outside the wards.
#[derive(Clone, Debug)]
pub struct BaseOrganisation {
    /// Its unit.
    pub unit: u32,
    /// Where it goes on 1 July 2025.
    pub goes: Goes,
    /// The district it stands in, by place in `City::districts`; `None` under other attached organisations.
    pub district: Option<usize>,
}

/// An attached organisation that is not a district.
#[derive(Clone, Debug)]
pub struct AttachedUnit {
    /// Its unit.
    pub unit: u32,
    /// Province it stood in.
    pub province: u8,
    /// What its base organisations are.
    pub field: Field,
}
