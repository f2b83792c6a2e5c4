//! Founding thresholds (ORG-01, 03, 04, 05, 06) as alarms: they need a decision or a consent, they refuse nothing.

use chibo_kernel::Said;

use crate::kinds::{Kind, Threshold};

/// How many members a unit has, subtree included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strength {
    /// Official members (đảng viên chính thức).
    pub official: u32,
    /// Official and probationary.
    pub all: u32,
}

/// A threshold that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Rule id.
    pub rule: &'static str,
    /// What it means and what to do.
    pub said: Said,
}

/// The thresholds of a kind that this strength does not meet. `groups`: the branch has party groups already.
pub fn alarms(kind: Kind, strength: Strength, groups: bool) -> Vec<Alarm> {
    let mut found: Vec<Alarm> =
        kind.declared().founding.iter().filter(|_| kind != Kind::Group).filter_map(|t| unmet(t, strength)).collect();
    if kind == Kind::Branch && !groups {
        found.extend(Kind::Group.declared().founding.iter().filter(|t| met(t, strength)).map(|threshold| {
            let said = Said::new("units-alarm-groups").with("least", threshold.at_least.unwrap_or(0));
            Alarm { rule: threshold.rule, said: said.with("count", strength.all) }
        }));
    }
    found
}

fn count(threshold: &Threshold, strength: Strength) -> u32 {
    if threshold.official_only { strength.official } else { strength.all }
}

fn met(threshold: &Threshold, strength: Strength) -> bool {
    let count = count(threshold, strength);
    threshold.at_least.is_none_or(|least| count >= u32::from(least))
        && threshold.below.is_none_or(|most| count < u32::from(most))
}

fn unmet(threshold: &Threshold, strength: Strength) -> Option<Alarm> {
    if met(threshold, strength) {
        return None;
    }
    let (key, bound) = match (threshold.at_least, threshold.below) {
        (Some(least), _) if threshold.consent => ("units-alarm-few-consent", least),
        (Some(least), _) => ("units-alarm-few", least),
        (None, Some(most)) if threshold.consent => ("units-alarm-many-consent", most - 1),
        (None, most) => ("units-alarm-many", most.unwrap_or(0)),
    };
    let said = Said::new(key).with("bound", bound).with("count", count(threshold, strength));
    Some(Alarm { rule: threshold.rule, said })
}
