//! How many members make which organisation (ORG-01, 03, 04, 05).

use chibo_kernel::Said;

use super::limits::Limits;
use super::{Act, Breach, Case, counted};
use crate::kinds::Kind;

pub(super) fn check<'b>(limits: &Limits<'b>, case: &Case, found: &mut Vec<Breach<'b>>) {
    found.extend(official(limits, case));
    found.extend(base_branch(limits, case));
    found.extend(consent(limits, case));
    found.extend(groups(limits, case));
}

/// ORG-01; abroad the probationary members count too (294-QĐ/TW §6.3.3b), as the kind declares.
fn official<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.official.as_ref()?;
    let declared = case.kind.declared().founding.iter().find(|threshold| threshold.rule == "ORG-01")?;
    let (count, key) = if declared.official_only {
        (case.strength.official, "units-breach-few-official")
    } else {
        (case.strength.all, "units-breach-few-members")
    };
    let few = count < limit.value;
    few.then(|| limit.breach(Act::Unit, counted(key, count, limit.value), "units-mend-introduce"))
}

/// ORG-03: a base branch that has grown into a base organisation. A base organisation that has shrunk is ORG-04 (1).
fn base_branch<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.base.as_ref()?;
    let base = limit.value;
    let count = if base.probationary { case.strength.all } else { case.strength.official };
    let grown = case.kind == Kind::BaseBranch && base.has_branch && count >= base.from;
    let reason = || counted("units-breach-base-branch", count, base.from);
    grown.then(|| limit.breach(Act::Facts, reason(), "units-mend-make-base"))
}

/// ORG-04: three cases that need the prior consent of the directly higher committee.
fn consent<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.consent.as_ref().filter(|_| !case.consent)?;
    let (bounds, count) = (limit.value, case.strength.all);
    let reason = match case.kind {
        Kind::Base if count < bounds.base_below => counted("units-breach-base-consent", count, bounds.base_below),
        Kind::Branch if count > bounds.branch_above => {
            counted("units-breach-branch-consent", count, bounds.branch_above)
        }
        Kind::Section if bounds.section => Said::new("units-breach-section-consent").with("count", count),
        _ => return None,
    };
    Some(limit.breach(Act::Consent, reason, "units-mend-consent"))
}

/// ORG-05: a large branch is divided into groups.
fn groups<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.groups.as_ref()?;
    let count = case.strength.all;
    let undivided = case.kind == Kind::Branch && !case.groups && count >= limit.value;
    let reason = || counted("units-breach-groups", count, limit.value);
    undivided.then(|| limit.breach(Act::Groups, reason(), "units-mend-groups"))
}
