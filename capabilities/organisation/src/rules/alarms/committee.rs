//! Who has to be elected and how many at most (ORG-06, 20, 21, 22).

use chibo_kernel::Said;

use super::limits::Limits;
use super::{Act, Breach, Case, counted};
use crate::kinds::Kind;

/// ORG-06: the committee of a section organisation.
pub(super) fn section<'b>(limits: &Limits<'b>, case: &Case, found: &mut Vec<Breach<'b>>) {
    let Some(limit) = limits.section.as_ref().filter(|_| case.kind == Kind::Section) else { return };
    let count = case.seats.committee();
    if count > limit.value {
        let reason = counted("units-breach-section-committee", count, limit.value);
        found.push(limit.breach(Act::Leaving, reason, "units-mend-fewer-seats"));
    }
}

/// ORG-20 and the first half of ORG-21: secretary, deputy and committee of a branch. A committee elected when the
/// branch was larger stays until the end of its term: too few members for one is no breach.
pub(super) fn branch<'b>(limits: &Limits<'b>, case: &Case, found: &mut Vec<Breach<'b>>) {
    if !matches!(case.kind, Kind::Branch | Kind::BaseBranch) {
        return;
    }
    let (seats, official) = (case.seats, case.strength.official);
    if let Some(limit) = &limits.elects {
        let elects = limit.value;
        if official >= elects.committee_from && seats.members == 0 {
            let reason = counted("units-breach-no-committee", official, elects.committee_from);
            found.push(limit.breach(Act::Offices, reason, "units-mend-elect-committee"));
        } else if official > 0 && seats.secretaries == 0 {
            let reason = Said::new("units-breach-no-secretary").with("count", official);
            found.push(limit.breach(Act::Offices, reason, "units-mend-elect-secretary"));
        }
        if official >= elects.committee_from && seats.members > 0 && seats.deputies == 0 {
            let reason = counted("units-breach-no-deputy", official, elects.committee_from);
            found.push(limit.breach(Act::Offices, reason, "units-mend-elect-deputy"));
        }
        if seats.deputies > elects.deputies {
            let reason = counted("units-breach-deputies", seats.deputies, elects.deputies);
            found.push(limit.breach(Act::Leaving, reason, "units-mend-fewer-deputies"));
        }
    }
    if let Some(limit) = &limits.sizes
        && seats.committee() > limit.value.branch
    {
        let reason = counted("units-breach-branch-committee", seats.committee(), limit.value.branch);
        found.push(limit.breach(Act::Leaving, reason, "units-mend-fewer-seats"));
    }
}

/// The second half of ORG-21 (at most a third, in integers) and ORG-22: the standing committee.
pub(super) fn standing<'b>(limits: &Limits<'b>, case: &Case, found: &mut Vec<Breach<'b>>) {
    if !matches!(case.kind, Kind::City | Kind::Upper | Kind::Base | Kind::UnderBase) {
        return;
    }
    let (standing, committee) = (case.seats.standing_committee(), case.seats.committee());
    if let Some(limit) = &limits.sizes {
        let ratio = limit.value.standing;
        if ratio.exceeded_by(u64::from(standing), u64::from(committee)) {
            let reason = Said::new("units-breach-standing").with("count", standing).with("committee", committee);
            let reason = reason.with("most", ratio.floor_of(u64::from(committee)));
            found.push(limit.breach(Act::Leaving, reason, "units-mend-fewer-standing"));
        }
    }
    if let Some(limit) = &limits.standing
        && case.kind == Kind::Base
        && committee >= limit.value
        && standing == 0
    {
        let reason = counted("units-breach-no-standing", committee, limit.value);
        found.push(limit.breach(Act::Offices, reason, "units-mend-elect-standing"));
    }
}
