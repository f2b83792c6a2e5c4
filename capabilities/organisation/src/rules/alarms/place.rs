//! What may stand where on the day (ORG-07, 14).

use chibo_kernel::Said;

use super::limits::Limits;
use super::{Act, Breach, Case};
use crate::kinds::{Kind, Setting, allowed_parent, allowed_setting, valid_on};

pub(super) fn check<'b>(limits: &Limits<'b>, case: &Case, found: &mut Vec<Breach<'b>>) {
    let residential = residential(limits, case);
    let by_kind = residential.as_ref().is_some_and(|breach| breach.act == Act::Facts);
    found.extend(residential);
    found.extend(model(limits, case));
    // What ORG-07 says of kind and setting is not said twice.
    if !by_kind {
        found.extend(setting(limits, case));
    }
}

/// ORG-07: in a residential quarter only a branch, directly under the committee of the commune, ward or special zone.
fn residential<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.residential.as_ref()?;
    let setting = case.setting?;
    if !limit.value.contains(&setting) {
        return None;
    }
    if !matches!(case.kind, Kind::Branch | Kind::Group | Kind::Temporary) {
        let reason = Said::new("units-breach-quarter-kind").with("count", case.strength.all);
        return Some(limit.breach(Act::Facts, reason, "units-mend-quarter-kind"));
    }
    let direct = case.parent.is_none_or(|parent| matches!(parent, Kind::Upper | Kind::Base));
    // A base organisation of a school is a base organisation, but not the committee of the commune.
    let commune = case.parent_setting.is_none_or(is_commune);
    let moves = case.kind == Kind::Branch && !(direct && commune);
    moves.then(|| limit.breach(Act::Parent, Said::new("units-breach-quarter-parent"), "units-mend-quarter-parent"))
}

fn is_commune(setting: Setting) -> bool {
    matches!(setting, Setting::Commune | Setting::Ward | Setting::Township | Setting::SpecialZone)
}

/// ORG-14: the kind exists on the day and may sit where it sits. That the kind above does not exist is told of the unit
/// above, not of everything in it.
fn model<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.model.as_ref()?;
    let day = limits.day;
    if !valid_on(case.kind, day) {
        let reason = Said::new("units-breach-kind-not-then").with("day", day);
        return Some(limit.breach(Act::Facts, reason, "units-mend-kind"));
    }
    let parent = case.parent?;
    let wrong = valid_on(parent, day) && !allowed_parent(case.kind, parent, day);
    let reason = || Said::new("units-breach-parent").with("day", day);
    wrong.then(|| limit.breach(Act::Parent, reason(), "units-mend-parent"))
}

/// ORG-14: the kind may have the setting on the day. A kind that does not exist then has been told of already.
fn setting<'b>(limits: &Limits<'b>, case: &Case) -> Option<Breach<'b>> {
    let limit = limits.model.as_ref()?;
    let (setting, day) = (case.setting?, limits.day);
    let wrong = valid_on(case.kind, day) && !allowed_setting(case.kind, setting, day);
    let reason = || Said::new("units-breach-setting").with("day", day);
    wrong.then(|| limit.breach(Act::Facts, reason(), "units-mend-setting"))
}
