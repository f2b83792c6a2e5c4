//! Which body may decide in a case: refused with its rule when the wrong level did (EXI-02, EXI-11, EXI-13, MEM-42).

use chibo_kernel::{Issue, Said};
use chibo_members::rules::deciding::{Body, Setting};

use super::check::issue;
use super::{Deed, Facts, Kind, Step, Terms};

/// The body that decides in a case of a kind; none where the branch does or a fact is entered.
pub fn decider(kind: Kind, setting: Setting, terms: &Terms) -> Option<Body> {
    match kind {
        Kind::Other => Some(terms.exempted_by),
        Kind::StrikingOff | Kind::Request | Kind::Restoration => Some(terms.deciding.body(setting)),
        Kind::Health | Kind::Return | Kind::Death | Kind::Expulsion | Kind::Complaint => None,
    }
}

/// The rule behind it.
pub const fn decider_rule(kind: Kind) -> &'static str {
    match kind {
        Kind::StrikingOff => "EXI-11",
        _ => kind.rule(),
    }
}

/// The sentence that names who has to decide.
const fn sentence(body: Body) -> &'static str {
    match body {
        Body::BaseCommittee => "leaving-decider-base-committee",
        Body::BaseStanding => "leaving-decider-base-standing",
        Body::Upper => "leaving-decider-upper",
        Body::District => "leaving-decider-district",
        Body::City => "leaving-decider-city",
    }
}

/// A body that was named is the one of the day and the setting. Rights are restored by it or by one above: a complaint goes
/// up (EXI-12).
pub(super) fn competent(issues: &mut Vec<Issue>, kind: Kind, deed: &Deed, facts: &Facts, terms: &Terms) {
    let Some((must, named)) = decider(kind, facts.setting, terms).zip(deed.decider) else { return };
    if deed.step != Step::Decided || named == must {
        return;
    }
    if kind != Kind::Restoration || named.height() < must.height() {
        issues.push(issue("decider", Some(decider_rule(kind)), Said::new(sentence(must))));
    }
}
