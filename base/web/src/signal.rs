//! Signals: facts about a member that a body of people may have to look into (SCR-02…SCR-05). A signal decides nothing; it
//! says which rule asks, since when, and where the evidence is. Nothing that anybody thinks, believes or says is one.

use chibo_kernel::{Day, Id, Person, Problem, Said};
use chibo_store::Tx;

/// A fact about a member with the rule that asks people to look at it.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Whom it is about.
    pub person: Id<Person>,
    /// The rule.
    pub rule: &'static str,
    /// The day it came about; the same fact has the same day whenever it is looked for.
    pub since: Day,
    /// The fact, as a sentence.
    pub said: Said,
    /// Where the evidence is, one click away.
    pub href: String,
}

/// Hands over the signals of the whole register as they are on a day, in any order.
pub type FindSignals = fn(&mut Tx<'_>, Day, &mut dyn FnMut(Signal)) -> Result<(), Problem>;

/// Signals of one sort, as a capability finds them.
#[derive(Clone, Copy)]
pub struct SignalSource {
    /// Short English name, unique.
    pub name: &'static str,
    /// Word key of the heading.
    pub title: &'static str,
    /// Finds them.
    pub find: FindSignals,
}

/// Where signals come from, put beside the database: work at night has no house to ask.
#[derive(Default)]
pub struct SignalSources(pub Vec<SignalSource>);

impl SignalSources {
    /// Of these capabilities.
    pub fn of(capabilities: &[crate::Capability]) -> Self {
        Self(capabilities.iter().flat_map(|capability| capability.signals.iter().copied()).collect())
    }
}
