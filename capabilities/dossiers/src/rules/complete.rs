//! Which documents a dossier wants, and how complete it is by stage and priority (DOS-03, DOS-10).

use chibo_kernel::Day;

use super::terms::Terms;

/// Stage a document belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Candidate file.
    A,
    /// Admission decision.
    B,
    /// Recognition as official.
    C,
    /// Later life.
    D,
    /// Removal.
    E,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::A, Self::B, Self::C, Self::D, Self::E];

    /// The letter.
    pub const fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }

    /// From the letter.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::A => "dossiers-stage-a",
            Self::B => "dossiers-stage-b",
            Self::C => "dossiers-stage-c",
            Self::D => "dossiers-stage-d",
            Self::E => "dossiers-stage-e",
        }
    }
}

/// When a document is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Of everybody.
    Always,
    /// Of whoever is official.
    Official,
    /// One for each of the last years.
    Yearly,
    /// Only where there is one.
    Any,
    /// Only where there are some, several of them.
    Many,
}

impl Need {
    /// As written in the rulebook.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "always" => Self::Always,
            "official" => Self::Official,
            "yearly" => Self::Yearly,
            "any" => Self::Any,
            "many" => Self::Many,
            _ => return None,
        })
    }

    /// Whether several of it may stand in one dossier.
    pub const fn several(self) -> bool {
        matches!(self, Self::Yearly | Self::Many)
    }
}

/// A kind of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// As stored.
    pub code: String,
    /// Stage.
    pub stage: Stage,
    /// 1 first, 3 last.
    pub priority: u8,
    /// Code of the printed form; may be empty.
    pub form: String,
    /// When it is wanted.
    pub need: Need,
    /// Its Vietnamese name.
    pub name: String,
}

/// Whether a document is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In the dossier.
    There,
    /// Not there, though it should be.
    Missing,
    /// Does not apply to this member, with a reason.
    NotNeeded,
}

impl State {
    /// All.
    pub const ALL: [Self; 3] = [Self::There, Self::Missing, Self::NotNeeded];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Missing => "missing",
            Self::NotNeeded => "not-needed",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::There => "dossiers-state-there",
            Self::Missing => "dossiers-state-missing",
            Self::NotNeeded => "dossiers-state-not-needed",
        }
    }
}

/// What decides about a member's documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Day of admission.
    pub admitted: Option<Day>,
    /// Official member already.
    pub official: bool,
    /// The index is confirmed and nothing was recorded since.
    pub confirmed: bool,
}

/// One document of the index: kind and slot, with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Place of the kind in [`Terms::kinds`].
    pub kind: usize,
    /// Tells several of one kind apart.
    pub slot: i32,
    /// Its state; what nobody spoke of is missing where it is wanted.
    pub state: State,
    /// Counts.
    pub wanted: bool,
}

/// There, of so many wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Wanted.
    pub needed: u32,
    /// Of them there.
    pub there: u32,
}

impl Tally {
    fn add(&mut self, there: bool) {
        self.needed += 1;
        self.there += u32::from(there);
    }
}

/// How complete a dossier is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// In all.
    pub all: Tally,
    /// By stage.
    pub stages: [Tally; 5],
    /// By priority.
    pub priorities: [Tally; 3],
    /// Missing, but tolerated (DOS-03): not counted as wanted.
    pub tolerated: u32,
    /// Missing and not tolerated, by place in the lines.
    pub lacking: Vec<usize>,
}

/// The lines of a member's index: every wanted document, and every other of which something is recorded.
pub fn lines(terms: &Terms, about: &About, known: &[(&str, i32, State)], today: Day) -> Vec<Line> {
    let mut lines = Vec::new();
    for (no, kind) in terms.kinds.iter().enumerate() {
        let mut slots: Vec<i32> = match kind.need {
            Need::Always => vec![0],
            Need::Official if about.official => vec![0],
            Need::Yearly => review_years(terms, about, today),
            _ => Vec::new(),
        };
        let wanted = slots.len();
        let recorded = known.iter().filter(|(code, ..)| *code == kind.code).map(|(_, slot, _)| *slot);
        let more: Vec<i32> = recorded.filter(|slot| !slots.contains(slot)).collect();
        slots.extend(more);
        for (at, slot) in slots.into_iter().enumerate() {
            let said =
                known.iter().find(|(code, other, _)| *code == kind.code && *other == slot).map(|(.., state)| *state);
            let state = said.unwrap_or(State::Missing);
            // Somebody who says that one is missing says that it is wanted.
            let wanted = state != State::NotNeeded && (at < wanted || said.is_some());
            lines.push(Line { kind: no, slot, state, wanted });
        }
    }
    lines
}

/// Years before this one whose self-review is kept (DOS-10); none from before the admission.
fn review_years(terms: &Terms, about: &About, today: Day) -> Vec<i32> {
    let first = about.admitted.map_or(i32::MIN, Day::year);
    (1..=terms.review_years).map(|back| today.year() - back).filter(|year| *year >= first).collect()
}

/// Whether missing documents are tolerated (DOS-03): admitted before the day of the rule, with a confirmed index.
pub fn tolerates(terms: &Terms, about: &About) -> bool {
    may_lack(terms, about) && about.confirmed
}

/// Whether the index of this member may be confirmed although documents are missing (DOS-03).
pub fn may_lack(terms: &Terms, about: &About) -> bool {
    about.admitted.is_some_and(|day| day < terms.tolerated_before)
}

/// How complete the dossier is. Yearly self-reviews are of today, so they are never tolerated as missing.
pub fn judge(terms: &Terms, about: &About, lines: &[Line]) -> Verdict {
    let mut verdict = Verdict::default();
    let tolerates = tolerates(terms, about);
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.wanted) {
        let Some(kind) = terms.kinds.get(line.kind) else { continue };
        let there = line.state == State::There;
        if !there && tolerates && kind.need != Need::Yearly {
            verdict.tolerated += 1;
            continue;
        }
        verdict.all.add(there);
        if let Some(tally) = verdict.stages.get_mut(kind.stage as usize) {
            tally.add(there);
        }
        if let Some(tally) = verdict.priorities.get_mut(usize::from(kind.priority) - 1) {
            tally.add(there);
        }
        if !there {
            verdict.lacking.push(at);
        }
    }
    verdict
}

#[cfg(test)]
#[path = "complete_tests.rs"]
mod tests;
