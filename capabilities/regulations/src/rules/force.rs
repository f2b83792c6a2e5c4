//! Which of several dated versions is in force, and how a unit stands by that.

use chibo_kernel::{AsOf, Moment, Period};
use chibo_organisation::kinds::{Kind, Setting};

use super::{Adopted, Mark, Model, Series, Subject};

/// Something of which there are versions, each with its time.
pub trait Version {
    /// 1, 2, 3 …
    fn number(&self) -> u32;
    /// When it holds, unless a later version replaced it.
    fn valid(&self) -> Period;
    /// When it was written down.
    fn recorded(&self) -> Moment;
}

impl Version for Model {
    fn number(&self) -> u32 {
        self.version
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn recorded(&self) -> Moment {
        self.recorded
    }
}

impl Version for Adopted {
    fn number(&self) -> u32 {
        self.version
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn recorded(&self) -> Moment {
        self.recorded
    }
}

/// The version that had begun last by the day, as known at the moment; it may have ended since. What a version
/// replaced does not come back when that version ends.
pub fn begun<'a, V: Version + 'a>(all: impl IntoIterator<Item = &'a V>, at: AsOf) -> Option<&'a V> {
    let by_then = all.into_iter().filter(|version| version.recorded() <= at.known && version.valid().from() <= at.day);
    by_then.max_by_key(|version| (version.valid().from(), version.number()))
}

/// The text in force for a kind and setting: the one for the setting, else the one for every setting.
pub fn model_in_force(
    models: &[Model],
    subject: Subject,
    (kind, setting): (Kind, Option<Setting>),
    at: AsOf,
) -> Option<&Model> {
    let of = |setting: Option<Setting>| {
        let series = Series { subject, kind, setting };
        begun(models.iter().filter(|model| model.series == series), at).filter(|model| model.valid.contains(at.day))
    };
    setting.and_then(|setting| of(Some(setting))).or_else(|| of(None))
}

/// The models a unit of a kind and setting may base its working regulation on, the newest first.
pub fn candidates(models: &[Model], (kind, setting): (Kind, Option<Setting>)) -> Vec<&Model> {
    let fits = |model: &&Model| {
        let series = model.series;
        let here = series.setting.is_none() || series.setting == setting;
        series.subject == Subject::Working && series.kind == kind && here
    };
    let mut found: Vec<&Model> = models.iter().filter(fits).collect();
    found.sort_by_key(|model| std::cmp::Reverse((model.series.setting.is_some(), model.valid.from(), model.version)));
    found
}

/// How a unit that must have a working regulation stands (ORG-32). The first that applies, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// None was ever in force.
    Never,
    /// The last one has ended and nothing replaced it.
    Ended,
    /// In force, but made under an older model than the one in force, or under that of another kind.
    Older,
    /// In force under the model of the day, but not reported up or not announced down.
    Unsent,
    /// In force, under the model of the day, reported and announced.
    Current,
}

impl State {
    /// Every state, worst first.
    pub const ALL: &'static [State] = &[Self::Never, Self::Ended, Self::Older, Self::Unsent, Self::Current];

    /// Text code used in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Ended => "ended",
            Self::Older => "older",
            Self::Unsent => "unsent",
            Self::Current => "current",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "regulations-state-never",
            Self::Ended => "regulations-state-ended",
            Self::Older => "regulations-state-older",
            Self::Unsent => "regulations-state-unsent",
            Self::Current => "regulations-state-current",
        }
    }

    /// Colour class of its tag; the word says the same.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Never | Self::Ended => "bad",
            Self::Older | Self::Unsent => "warn",
            Self::Current => "ok",
        }
    }

    /// From the text code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// How a unit of a kind and setting stands with the regulations it adopted (ORG-32).
pub fn state(own: &[Adopted], models: &[Model], place: (Kind, Option<Setting>), at: AsOf) -> State {
    let Some(last) = begun(own, at) else { return State::Never };
    if !last.valid.contains(at.day) {
        return State::Ended;
    }
    if model_in_force(models, Subject::Working, place, at).is_some_and(|model| is_older(last, models, model)) {
        return State::Older;
    }
    let sent = |mark: Option<Mark>| mark.is_some_and(|mark| mark.on <= at.day && mark.recorded <= at.known);
    if sent(last.reported) && sent(last.announced) { State::Current } else { State::Unsent }
}

/// Whether a regulation is behind the model in force. One that follows no model is behind a model that came later; one
/// that follows a later version of the same series, in force only soon, is not behind.
fn is_older(own: &Adopted, models: &[Model], in_force: &Model) -> bool {
    let Some(based_on) = own.model else { return own.adopted_on < in_force.valid.from() };
    let ahead = |model: &Model| model.series == in_force.series && model.version >= in_force.version;
    !models.iter().any(|model| model.id == based_on && ahead(model))
}

#[cfg(test)]
#[path = "force_tests.rs"]
mod tests;
