//! Places and how they are covered (TSK-23, ORG-01); pilot models. Pure.

mod check;
mod kind;
mod line;
mod pilot;
mod plan;
mod spot;
mod state;
mod tally;

use chibo_kernel::{Id, Issue, Said, Unit};

pub use check::{NewCount, NewFacts, NewLink, check_count, check_facts, check_link, check_names};
pub use kind::{NAMES, PlaceKind};
pub use line::{Line, begun};
pub use pilot::{MOST_CRITERIA, NewPilot, NewStep, Outcome, PilotState, Step, check_pilot, check_step, check_uptake};
pub use plan::{NewPlan, NewReport, Target, check_plan, check_report, last_day, met, presses};
pub use spot::{Spot, degrees, read_degrees};
pub use state::{Cover, State, may_cover, official, state};
pub use tally::{Figures, Seen, Tally};

/// A place (địa bàn): a quarter, a block, a firm, a school.
#[derive(Debug)]
pub enum Place {}
/// A spreadsheet of places on its way in.
#[derive(Debug)]
pub enum PlaceImport {}
/// A pilot model (mô hình thí điểm).
#[derive(Debug)]
pub enum Pilot {}

/// Whether a place is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Standing {
    /// There.
    Open = 1,
    /// Gone: a firm closed, two quarters became one.
    Closed = 2,
    /// Never was: entered by mistake.
    Mistaken = 3,
}

impl Standing {
    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Open, Self::Closed, Self::Mistaken].into_iter().find(|standing| standing.number() == number)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "coverage-standing-open",
            Self::Closed => "coverage-standing-closed",
            Self::Mistaken => "coverage-standing-mistaken",
        }
    }
}

/// What is known of a place from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The unit whose committee answers for it.
    pub unit: Id<Unit>,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether it is there.
    pub standing: Standing,
    /// Where it is.
    pub spot: Option<Spot>,
    /// How many work there.
    pub workers: Option<u32>,
    /// How many households live there.
    pub households: Option<u32>,
    /// Its code, unique.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Something wrong in a field.
pub(crate) fn issue(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}

/// The key places are ordered and found by: no marks, no case, words of letters and digits, numbers of one length, so
/// that quarter 10 follows quarter 9.
pub fn name_key(name: &str) -> String {
    let folded = chibo_kernel::text::fold(name);
    let mut key = String::with_capacity(folded.len() + 8);
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            (word.len()..6).for_each(|_| key.push('0'));
        }
        key.push_str(word);
    }
    key
}

/// Whether every word typed begins a word of the key; numbers must be the same.
pub fn finds(typed_key: &str, key: &str) -> bool {
    typed_key.split(' ').all(|word| key.split(' ').any(|own| own.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_by_number_and_are_found_without_marks() {
        assert!(name_key("Khu phố 9") < name_key("Khu phố 10"));
        let key = name_key("Công ty May Đông Á – xưởng 2");
        for typed in ["đông a", "may", "xuong 2", ""] {
            assert!(finds(&name_key(typed), &key), "{typed}");
        }
        assert!(!finds(&name_key("xưởng 22"), &key) && !finds(&name_key("á đôngx"), &key));
        assert!(!finds(&name_key("khu phố 1"), &name_key("Khu phố 10")));
    }

    #[test]
    fn standings_round_trip() {
        for standing in [Standing::Open, Standing::Closed, Standing::Mistaken] {
            assert_eq!(Standing::from_number(standing.number()), Some(standing));
        }
        assert_eq!(Standing::from_number(0), None);
    }
}
