//! Which committees act in the cases of a branch (EXI-02, EXI-11, X-07).

use chibo_kernel::{Id, Unit};
use chibo_members::rules::deciding::Setting;
use chibo_organisation::kinds::Kind as UnitKind;

use super::{Actor, Kind, Step};

/// A unit on the way up from the branch, with its kind.
pub type Rung = (Id<Unit>, UnitKind);

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// The member's branch.
    pub branch: Id<Unit>,
    /// The base committee; none for a base branch.
    pub committee: Option<Id<Unit>>,
    /// Decides on removal.
    pub decider: Id<Unit>,
    /// Where the base organisation stands: what the deciding body depends on (MEM-20).
    pub setting: Setting,
}

/// The committees of such units decide about members: those of sections and groups do not.
const fn decides(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Section | UnitKind::Group | UnitKind::History)
}

impl Levels {
    /// From the branch and what stands above it, the nearest first. `at_base`: the standing committee of the base
    /// organisation decides on removal itself, since 208.
    pub fn of(branch: Rung, above: &[Rung], at_base: bool) -> Self {
        let next = |from: usize| (from..above.len()).find(|at| above.get(*at).is_some_and(|rung| decides(rung.1)));
        let city = |at: Option<usize>| at.and_then(|at| above.get(at)).is_some_and(|rung| rung.1 == UnitKind::City);
        let unit = |at: Option<usize>| at.and_then(|at| above.get(at)).map(|rung| rung.0);
        if branch.1.is_base_organisation() {
            let setting = Setting { base_branch: true, under_city: city(next(0)) };
            return Self { branch: branch.0, committee: None, decider: unit(next(0)).unwrap_or(branch.0), setting };
        }
        let base = above.iter().position(|rung| rung.1.is_base_organisation()).or_else(|| next(0));
        let higher = base.and_then(|base| next(base + 1));
        let decider = if at_base { unit(base) } else { unit(higher).or(unit(base)) };
        let setting = Setting { base_branch: false, under_city: city(higher) };
        Self { branch: branch.0, committee: unit(base), decider: decider.unwrap_or(branch.0), setting }
    }

    /// Whose committee takes a step; `handler` handles a complaint.
    pub fn actor(&self, kind: Kind, step: Step, handler: Option<Id<Unit>>) -> Id<Unit> {
        match step.actor(kind) {
            Actor::Branch => self.branch,
            Actor::Committee => self.committee.unwrap_or(self.branch),
            Actor::Decider => self.decider,
            Actor::Handler => handler.unwrap_or(self.decider),
        }
    }

    /// Who opens a case of a kind: the branch, except for what only a committee does.
    pub fn opener(&self, kind: Kind) -> Id<Unit> {
        match kind {
            Kind::Complaint | Kind::Restoration => self.decider,
            Kind::Expulsion => self.committee.unwrap_or(self.branch),
            _ => self.branch,
        }
    }
}
