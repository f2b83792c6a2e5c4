//! The register of instruments (REG-01…) and the eras of the statute (domain digest §3).

use serde::Deserialize;

use super::marks::{Mark, Words};
use crate::day::Day;
use crate::period::Period;

/// One subject of the register: the successive instruments on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// `REG-06`.
    pub id: String,
    /// What it is about.
    pub subject: Words,
    /// The instruments, oldest first.
    pub texts: Vec<InstrumentText>,
    /// Register ids of what replaced it, when that stands under another id.
    pub replaced_by: Vec<String>,
    /// Confidence.
    pub mark: Mark,
    /// What is doubtful.
    pub note: Option<Words>,
}

/// One instrument (văn bản).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentText {
    /// Number and sign: `294-QĐ/TW`.
    pub number: String,
    /// Who issued it, as abbreviated there.
    pub issuer: String,
    /// The day it was signed; `None` when only the year or month is known.
    pub dated: Option<Day>,
    /// The first day in force; the day of signing when not stated otherwise.
    pub effective_from: Option<Day>,
    /// The first day no longer in force; `None` while in force or when unknown.
    pub effective_to: Option<Day>,
}

/// A stretch of time under one implementation of the Party Statute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Era {
    /// Short name: `24`, `294`, `20`, `208`.
    pub id: String,
    /// Its instruments by register id, the main one first.
    pub instruments: Vec<String>,
    /// When it holds.
    pub valid: Period,
    /// Confidence in the interval.
    pub mark: Mark,
    /// What is doubtful.
    pub note: Option<Words>,
    /// The organisational model.
    pub model: Words,
    /// What a program must switch.
    pub consequences: Words,
    /// Mark and note of a rule whose number is carried into this era unverified.
    pub carried: Option<(Mark, Words)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInstrument {
    pub id: String,
    pub vi: String,
    pub en: String,
    pub mark: Mark,
    pub note: Option<Words>,
    pub note_like: Option<String>,
    #[serde(default)]
    pub replaced_by: Vec<String>,
    pub texts: Vec<RawText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    pub number: String,
    pub issuer: String,
    pub dated: Option<toml::value::Datetime>,
    pub from: Option<toml::value::Datetime>,
    pub to: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEra {
    pub id: String,
    pub instruments: Vec<String>,
    pub valid_from: toml::value::Datetime,
    pub valid_to: Option<toml::value::Datetime>,
    pub mark: Mark,
    pub note: Option<Words>,
    pub model: Words,
    pub consequences: Words,
    pub carried_mark: Option<Mark>,
    pub carried_note: Option<Words>,
}
