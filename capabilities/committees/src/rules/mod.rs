//! What committees may be and how their seats are filled: terms, figures of a count, approvals, ends. Pure.
//!
//! [`Numbers`] reads the rulebook of a day once; every check gives all reasons at once.

mod approval;
mod concern;
mod filling;
mod leaving;
mod numbers;
mod seats;
mod tally;
mod term;

use chibo_kernel::{Issue, Said};
use chibo_organisation::kinds::{Kind, Role};

pub use approval::{NewStep, Request, Step, check_step};
pub use concern::{Concern, Concerns, concerns};
pub use filling::{Bench, Candidate, Election, Filling, Way, check_election, check_filling};
pub use leaving::{Ground, Leaving, Moved, check_leaving};
pub use numbers::Numbers;
pub use seats::{Holding, Post, Vacant, vacant};
pub use tally::{Figures, Gathering, Outcome, check_figures, outcomes};
pub use term::{Fixed, NewTerm, Origin, Term, check_term, current, planned_end};

/// The kinds whose units have a committee or at least a secretary, with terms.
pub const WITH_TERMS: &[Kind] =
    &[Kind::City, Kind::Upper, Kind::Base, Kind::BaseBranch, Kind::UnderBase, Kind::Section, Kind::Branch];

/// Whether units of the kind have terms.
pub fn has_terms(kind: Kind) -> bool {
    WITH_TERMS.contains(&kind)
}

/// A branch: it elects its secretary itself (ORG-20).
pub const fn is_branch(kind: Kind) -> bool {
    matches!(kind, Kind::Branch | Kind::BaseBranch)
}

/// Units of the kind may have a standing committee and an inspection committee (ORG-22).
pub const fn has_standing(kind: Kind) -> bool {
    matches!(kind, Kind::City | Kind::Upper | Kind::Base | Kind::UnderBase)
}

/// Whoever holds it sits in the committee.
pub fn in_committee(role: Role) -> bool {
    role <= Role::BranchCommitteeMember
}

/// A plain seat in the committee, without a leading office.
pub const fn is_seat(role: Role) -> bool {
    matches!(role, Role::CommitteeMember | Role::BranchCommitteeMember)
}

/// Elected from among the members of the committee (ORG-20, ORG-22, ELE-11).
pub const fn from_among(role: Role) -> bool {
    matches!(role, Role::Secretary | Role::StandingDeputy | Role::Deputy | Role::StandingMember)
}

/// The offices units of a kind have, highest first.
pub const fn offices_of(kind: Kind) -> &'static [Role] {
    match kind {
        Kind::Branch | Kind::BaseBranch => &[Role::Secretary, Role::Deputy, Role::BranchCommitteeMember],
        Kind::Section => &[Role::Secretary, Role::Deputy, Role::CommitteeMember],
        Kind::City | Kind::Upper | Kind::Base | Kind::UnderBase => &[
            Role::Secretary,
            Role::StandingDeputy,
            Role::Deputy,
            Role::StandingMember,
            Role::CommitteeMember,
            Role::InspectionChair,
            Role::InspectionDeputy,
            Role::InspectionMember,
        ],
        _ => &[],
    }
}

/// Something that is wrong in a field, by a rule.
fn issue(field: &str, rule: &'static str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some(rule), said }
}

/// Something that is wrong in a field.
fn wrong(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}
