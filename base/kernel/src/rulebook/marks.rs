//! Confidence marks and texts in both languages.

use serde::Deserialize;
use toml::value::Datetime;

use crate::day::Day;

/// How surely a number is known (domain digest §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Mark {
    /// Verified against the text of the instrument.
    V,
    /// Verified against a published secondary account.
    V2,
    /// From memory: confirm before relying on it.
    M,
    /// Contested or only partly known: switchable, with a visible note.
    C,
}

impl Mark {
    /// The letter shown on screen.
    pub const fn code(self) -> &'static str {
        match self {
            Self::V => "V",
            Self::V2 => "V2",
            Self::M => "M",
            Self::C => "C",
        }
    }

    /// M and C are never shown without a note.
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::M | Self::C)
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Something is said in both languages.
    pub fn is_complete(&self) -> bool {
        !self.vi.trim().is_empty() && !self.en.trim().is_empty()
    }
}

pub(crate) fn note_missing(mark: Mark, note: Option<&Words>) -> bool {
    mark.needs_note() && !note.is_some_and(Words::is_complete)
}

/// A plain date of the data file; `None` when it carries a time or is no calendar day.
pub(crate) fn day_of(date: &Datetime) -> Option<Day> {
    match (date.date, date.time, date.offset) {
        (Some(date), None, None) => Day::from_ymd(i32::from(date.year), date.month, date.day),
        _ => None,
    }
}
