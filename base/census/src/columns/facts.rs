//! What capabilities tell the census about a person.

use chibo_kernel::{Day, Id, Moment, Person};

use crate::forest::UnitNo;

/// Number of a person inside one loading of the columns; never stored, never shown.
pub type PersonNo = u32;

/// Everything the census keeps of one person. Loaders reuse one value for all persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFacts {
    /// The person.
    pub id: Id<Person>,
    /// Full name as stored: clean (`chibo_kernel::text::clean`).
    pub name: String,
    /// Họ, đệm, tên, only when they were corrected: else `NameParts::split` of the name. They decide the order.
    pub parts: Option<[String; 3]>,
    /// Birth day; of an incompletely known one the first possible day.
    pub birth: Option<Day>,
    /// Sex, 0–3.
    pub sex: u8,
    /// Ethnicity (dân tộc).
    pub ethnicity: u8,
    /// Religion (tôn giáo), 0–63.
    pub religion: u8,
    /// The day of the admission decision: from it Party age counts (MEM-40).
    pub admitted: Option<Day>,
    /// Where Party age stood still: the day on which it goes on, and from when it counts then. In order of days; most have
    /// none.
    pub restarts: Vec<(Day, Day)>,
    /// The day of becoming an official member (chính thức).
    pub official: Option<Day>,
    /// All states ever recorded: the product of the person's timelines.
    pub states: Vec<StateRow>,
}

impl PersonFacts {
    /// A person about whom nothing is known but the id and the name.
    pub fn named(id: Id<Person>, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            parts: None,
            birth: None,
            sex: 0,
            ethnicity: 0,
            religion: 0,
            admitted: None,
            restarts: Vec::new(),
            official: None,
            states: Vec::new(),
        }
    }

    /// The day from which Party age counts in a state that begins on a day (MEM-40).
    pub(crate) fn counted(&self, begins: Day) -> Option<Day> {
        let admitted = self.admitted?;
        let last = self.restarts.iter().rfind(|(on, _)| *on <= begins);
        Some(last.map_or(admitted, |(_, since)| *since))
    }

    /// Where the person is looked for: the branch of today, else the last one before, else the first one after.
    pub(crate) fn home(&self, today: Day) -> Option<UnitNo> {
        let believed = self.states.iter().filter(|s| s.superseded == Moment::FOREVER && s.valid_from < s.valid_to);
        let rank = |s: &&StateRow| {
            let begun = s.valid_from <= today;
            let distance = if begun { s.valid_from.number() } else { -s.valid_from.number() };
            (begun && today < s.valid_to, begun, distance)
        };
        believed.max_by_key(rank).map(|s| s.unit)
    }
}

/// One span of a person's life in the Party with everything countable in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// The branch.
    pub unit: UnitNo,
    /// First day.
    pub valid_from: Day,
    /// First day no longer.
    pub valid_to: Day,
    /// When it was written down; counted by the Vietnam day.
    pub recorded: Moment,
    /// When it stopped being believed; counted by the Vietnam day.
    pub superseded: Moment,
    /// Standing (official, probationary, exempted …), 0–15.
    pub standing: u8,
    /// General education, 0–15.
    pub education: u8,
    /// Degree (trình độ chuyên môn), 0–15.
    pub degree: u8,
    /// Political theory (lý luận chính trị), 0–15.
    pub theory: u8,
    /// Occupation.
    pub occupation: u8,
}
