//! Somebody who was a member before: why he left, from when he may come back, whether ever (MEM-27).

use chibo_kernel::{Day, Issue, Said};

use super::issue;
use super::terms::Terms;

chibo_kernel::coded! {
    /// Why somebody left the Party.
    Reason {
        /// Struck off or expelled for none of the reasons below.
        Removed = "removed", "development-reason-removed";
        /// Allowed to leave for special hardship of the family, with a paper.
        Hardship = "hardship", "development-reason-hardship";
        /// Convicted of a crime of lesser seriousness; the record is cleared.
        LesserCrime = "lesser-crime", "development-reason-lesser";
        /// Gave up Party life by himself: never again.
        Abandoned = "abandoned", "development-reason-abandoned";
        /// Asked to leave: never again.
        Request = "request", "development-reason-request";
        /// Serious disunity: never again.
        Disunity = "disunity", "development-reason-disunity";
        /// Convicted of corruption: never again.
        Corruption = "corruption", "development-reason-corruption";
        /// Convicted of a serious crime or a graver one: never again.
        SeriousCrime = "serious-crime", "development-reason-serious";
    }
}

impl Reason {
    /// Whether it bars for good.
    pub const fn bars(self) -> bool {
        matches!(self, Self::Abandoned | Self::Request | Self::Disunity | Self::Corruption | Self::SeriousCrime)
    }
}

/// What is known about the membership before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// The day he left.
    pub left: Day,
    /// Whether he was admitted again already.
    pub again: bool,
    /// Why he left; `None`: nobody wrote it down.
    pub reason: Option<Reason>,
    /// Whether a paper proves the hardship.
    pub paper: bool,
    /// When his record was cleared.
    pub cleared: Option<Day>,
}

/// From when he may be admitted again; later where a record had to be cleared first.
pub fn again_from(former: &Former, terms: &Terms) -> Day {
    let from = terms.again_from(former.left);
    let cleared = former.cleared.filter(|_| former.reason == Some(Reason::LesserCrime));
    cleared.map_or(from, |day| from.max(terms.again_from_clearance(day)))
}

/// What bars him on a day (MEM-27). `field`: where the day was asked.
pub fn check_former(former: &Former, on: Day, terms: &Terms, field: &str) -> Vec<Issue> {
    let refused = |field: &str, said| vec![issue(field, Some("MEM-27"), said)];
    if former.again {
        return refused("former", Said::new("development-former-once"));
    }
    match former.reason {
        None => return refused("reason", Said::new("development-reason-needed")),
        Some(reason) if reason.bars() => return refused("reason", Said::new("development-former-never")),
        Some(Reason::Hardship) if !former.paper => {
            return refused("paper", Said::new("development-hardship-paper"));
        }
        Some(Reason::LesserCrime) if former.cleared.is_none() => {
            return refused("cleared", Said::new("development-cleared-needed"));
        }
        Some(_) => {}
    }
    let from = again_from(former, terms);
    if on < from {
        return refused(field, Said::new("development-former-early").with("day", from));
    }
    Vec::new()
}
