//! What a case asks of a member's standing and makes of it.

use chibo_kernel::{Day, Issue, Said};
use chibo_members::codes::Standing;

use super::check::issue;
use super::{Facts, Kind};

/// What a decision makes of a member; none where an earlier standing comes back (MEM-42) or nothing changes.
pub const fn becomes(kind: Kind) -> Option<Standing> {
    match kind {
        Kind::Health | Kind::Other => Some(Standing::Exempted),
        Kind::Return => Some(Standing::Official),
        Kind::StrikingOff | Kind::Request | Kind::Expulsion => Some(Standing::Left),
        Kind::Death => Some(Standing::Deceased),
        Kind::Complaint | Kind::Restoration => None,
    }
}

/// Whether somebody who had left was admitted again: that happens once only (MEM-27). A restoration leaves no trace of
/// having left (MEM-42), so it does not count.
pub fn came_back(standings: &[(Day, Day, Standing)]) -> bool {
    let left = standings.iter().position(|(.., standing)| *standing == Standing::Left);
    left.and_then(|at| standings.get(at..)).is_some_and(|after| after.iter().any(|(.., now)| now.counts_as_member()))
}

/// Whether the standing of today allows a case of a kind, and whether another case must be settled first.
pub(super) fn fits(issues: &mut Vec<Issue>, kind: Kind, facts: &Facts) {
    let member = facts.standing.is_some_and(Standing::counts_as_member);
    let (fits, key) = match kind {
        Kind::Health | Kind::Other => {
            let official = matches!(facts.standing, Some(Standing::Official | Standing::Exempted));
            (official, "leaving-not-official")
        }
        Kind::Return => (facts.standing == Some(Standing::Exempted), "leaving-not-exempted"),
        Kind::StrikingOff | Kind::Request | Kind::Death | Kind::Expulsion => (member, "leaving-not-a-member"),
        Kind::Complaint | Kind::Restoration => (facts.standing == Some(Standing::Left), "leaving-not-left"),
    };
    if !fits {
        issues.push(issue("person", Some(kind.rule()), Said::new(key)));
    }
    if facts.busy && !kind.is_fact() && kind != Kind::Complaint {
        issues.push(issue("person", None, Said::new("leaving-one-open")));
    }
}
