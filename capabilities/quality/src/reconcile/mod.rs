//! A spreadsheet beside the register: whose row it is, and what it says otherwise. The file is walked row by row; in
//! memory stand the members of the unit as identifier, name key and day of birth, nothing else.

mod job;
mod people;
mod walk;

use std::collections::BTreeMap;

use chibo_kernel::{Id, Person, Unit};
use serde::{Deserialize, Serialize};

pub(crate) use job::{Order, RECONCILE, run};
pub use people::People;
pub(crate) use walk::COLUMNS;
pub use walk::compare;

/// Members of a unit by how they came out: same, different, only here, doubtful; rows only there.
pub type UnitCounts = [u64; 5];

/// What came out of it, as counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Rows read.
    pub rows: u64,
    /// Members who are the same here and there.
    pub same: u64,
    /// Members who differ.
    pub differ: u64,
    /// Fields that differ.
    pub fields: u64,
    /// Members only here.
    pub here: u64,
    /// Rows only there.
    pub there: u64,
    /// Rows that may be of several members, or of one already found.
    pub doubtful: u64,
    /// Rows without a name or without anything to find a member by.
    pub unread: u64,
    /// Differences by field.
    pub by_field: BTreeMap<String, u64>,
    /// By unit, written as identifiers.
    pub by_unit: BTreeMap<String, UnitCounts>,
    /// What is to be said about headings: keys with their arguments.
    pub said: Vec<(String, Vec<(String, String)>)>,
    /// Name of the encoding of an old file.
    pub encoding: Option<String>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `field`, `here`, `there`, `doubt`, `unread`.
    pub kind: &'static str,
    /// Which field, or why it is doubtful.
    pub field: &'static str,
    /// Member.
    pub person: Option<Id<Person>>,
    /// Unit.
    pub unit: Option<Id<Unit>>,
    /// Version of the record.
    pub version: i64,
    /// Row of the file.
    pub row: u32,
    /// Name.
    pub name: String,
    /// The value here; of a doubt the members it may be.
    pub here: String,
    /// The value there.
    pub there: String,
}
