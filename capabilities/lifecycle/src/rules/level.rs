//! Which committee decides, and who acts at each step (ORG-02, ORG-06, ORG-11, ORG-16, X-08).

use chibo_kernel::{Id, Unit};
use chibo_organisation::kinds::Kind;

use super::{CaseKind, Step};

/// A unit on the way up, with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind.
    pub kind: Kind,
}

/// Where a case plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What shall happen.
    pub kind: CaseKind,
    /// The unit concerned.
    pub unit: Id<Unit>,
    /// Its kind.
    pub unit_kind: Kind,
    /// From the unit above it up to the root.
    pub above: Vec<Rung>,
    /// From the new unit above up to the root; empty but for a transfer.
    pub target: Vec<Rung>,
    /// The committee that founded it, where a case says so (ORG-11).
    pub founder: Option<Id<Unit>>,
}

/// How far a transfer goes (ORG-16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// It stays inside one base organisation, or nothing is transferred.
    Inside,
    /// From one organisation to another.
    Between,
    /// From one province or city to another.
    Provinces,
}

/// Whose act is what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// Prepares the papers.
    pub keeper: Id<Unit>,
    /// The unit above: it sees to seal, dossiers and members (ORG-12).
    pub higher: Id<Unit>,
    /// Proposes a disbandment.
    pub proposer: Option<Id<Unit>>,
    /// Decides.
    pub decider: Option<Id<Unit>>,
    /// Decides to accept (ORG-16).
    pub acceptor: Option<Id<Unit>>,
    /// The new unit above.
    pub taker: Option<Id<Unit>>,
    /// How far a transfer goes.
    pub route: Route,
}

impl Levels {
    /// The unit whose committee or office takes a step after these; `None` when nobody in the tree can.
    pub fn actor(&self, step: Step, taken: &[Step]) -> Option<Id<Unit>> {
        match step {
            // What a committee decided only that committee takes back.
            Step::Withdrawn if taken.contains(&Step::Decided) => self.decider,
            Step::UnitDecision
            | Step::MemberList
            | Step::Request
            | Step::Proposal
            | Step::Consent
            | Step::CentralConsent
            | Step::Withdrawn => Some(self.keeper),
            Step::ProposingVote => self.proposer,
            Step::DecidingVote | Step::Decided => self.decider,
            Step::Accepted => self.acceptor,
            Step::TakenOver => self.taker,
            Step::HandedOver
            | Step::Reported
            | Step::SealRequested
            | Step::NoSeal
            | Step::Minutes
            | Step::MembersMoved
            | Step::DossiersCollected
            | Step::SealCollected
            | Step::Ended => Some(self.higher),
            Step::InForce | Step::VoteFailed => None,
        }
    }
}

/// Whether the committee of such a unit decides organisation matters: that of a section does not (ORG-06), and a party
/// group has none.
const fn decides(kind: Kind) -> bool {
    !matches!(kind, Kind::Section | Kind::Group | Kind::History)
}

/// The first committee on the way up that decides organisation matters.
pub fn directly_higher(rungs: &[Rung]) -> Option<usize> {
    rungs.iter().position(|rung| decides(rung.kind))
}

fn unit_at(rungs: &[Rung], at: Option<usize>) -> Option<Id<Unit>> {
    rungs.get(at?).map(|rung| rung.unit)
}

/// The next deciding committee above one.
fn next_above(rungs: &[Rung], at: Option<usize>) -> Option<usize> {
    let after = at? + 1;
    directly_higher(rungs.get(after..)?).map(|more| after + more)
}

/// The base organisation something lies in; the unit directly above where there is none.
fn side(site: &Site, rungs: &[Rung]) -> Option<usize> {
    let base = rungs.iter().position(|rung| rung.kind == Kind::Base);
    let own_base = site.unit_kind.is_base_organisation();
    base.filter(|_| !own_base).or((!rungs.is_empty()).then_some(0))
}

fn city(rungs: &[Rung]) -> Option<Id<Unit>> {
    rungs.iter().find(|rung| rung.kind == Kind::City).map(|rung| rung.unit)
}

fn route(site: &Site, giver: Option<usize>, taker: Option<usize>) -> Route {
    if site.kind != CaseKind::Transfer {
        return Route::Inside;
    }
    let base = |rungs: &[Rung], at: Option<usize>| {
        at.and_then(|at| rungs.get(at)).filter(|rung| rung.kind == Kind::Base).map(|rung| rung.unit)
    };
    let (from, into) = (base(&site.above, giver), base(&site.target, taker));
    if from.is_some() && from == into && !site.unit_kind.is_base_organisation() {
        Route::Inside
    } else if city(&site.above) != city(&site.target) {
        Route::Provinces
    } else {
        Route::Between
    }
}

/// Whose act is what in a case; `None` when nothing stands above the unit.
pub fn levels(site: &Site) -> Option<Levels> {
    let higher = site.above.first()?.unit;
    let keeper = if site.kind.founds() { higher } else { site.unit };
    let first = directly_higher(&site.above);
    let (giver, taker) = (side(site, &site.above), side(site, &site.target));
    let route = route(site, giver, taker);
    let none = Levels { keeper, higher, proposer: None, decider: None, acceptor: None, taker: None, route };
    let decider = match site.kind {
        CaseKind::Dissolution => site.founder.or(unit_at(&site.above, first)),
        CaseKind::Disbandment => unit_at(&site.above, next_above(&site.above, first)),
        CaseKind::Transfer if route == Route::Inside => unit_at(&site.above, giver),
        CaseKind::Transfer => unit_at(&site.above, next_above(&site.above, giver).or(giver)),
        CaseKind::Founding | CaseKind::Temporary => unit_at(&site.above, first),
    };
    Some(Levels {
        proposer: unit_at(&site.above, first).filter(|_| site.kind == CaseKind::Disbandment),
        decider,
        acceptor: unit_at(&site.target, taker).filter(|_| route != Route::Inside),
        taker: site.target.first().map(|rung| rung.unit),
        ..none
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTRAL: u8 = 1;
    const CITY: u8 = 2;
    const WARD: u8 = 3;
    const SECTION: u8 = 4;
    const OTHER_WARD: u8 = 5;
    const OTHER_CITY: u8 = 6;
    const UNIT: u8 = 9;

    fn id(number: u8) -> Id<Unit> {
        Id::from_bytes([number; 16])
    }

    fn rungs(list: &[(u8, Kind)]) -> Vec<Rung> {
        list.iter().map(|(number, kind)| Rung { unit: id(*number), kind: *kind }).collect()
    }

    fn in_section() -> Vec<Rung> {
        rungs(&[(SECTION, Kind::Section), (WARD, Kind::Base), (CITY, Kind::City), (CENTRAL, Kind::Central)])
    }

    fn site(kind: CaseKind, unit_kind: Kind, above: Vec<Rung>, target: Vec<Rung>) -> Site {
        Site { kind, unit: id(UNIT), unit_kind, above, target, founder: None }
    }

    #[test]
    fn org_02_and_org_06_the_base_committee_founds_even_inside_a_section() {
        let found = levels(&site(CaseKind::Founding, Kind::Branch, in_section(), Vec::new())).unwrap();
        assert_eq!((found.keeper, found.higher, found.decider), (id(SECTION), id(SECTION), Some(id(WARD))));
        let group = rungs(&[(7, Kind::Branch), (WARD, Kind::Base), (CITY, Kind::City)]);
        let found = levels(&site(CaseKind::Founding, Kind::Group, group, Vec::new())).unwrap();
        assert_eq!(found.decider, Some(id(7)), "a branch divides itself into groups");
    }

    #[test]
    fn org_11_whoever_founded_it_dissolves_it() {
        let mut one = site(CaseKind::Dissolution, Kind::Branch, in_section(), Vec::new());
        assert_eq!(levels(&one).unwrap().decider, Some(id(WARD)));
        one.founder = Some(id(CITY));
        assert_eq!(levels(&one).unwrap().decider, Some(id(CITY)));
        assert_eq!(levels(&one).unwrap().keeper, id(UNIT));
    }

    #[test]
    fn x_08_the_committee_above_proposes_and_the_next_above_decides() {
        let found = levels(&site(CaseKind::Disbandment, Kind::Branch, in_section(), Vec::new())).unwrap();
        assert_eq!((found.proposer, found.decider), (Some(id(WARD)), Some(id(CITY))));
        assert_eq!(found.actor(Step::ProposingVote, &[]), Some(id(WARD)));
        assert_eq!(found.actor(Step::DecidingVote, &[]), Some(id(CITY)));
        assert_eq!(found.actor(Step::Withdrawn, &[Step::Proposal]), Some(id(UNIT)));
        assert_eq!(found.actor(Step::Withdrawn, &[Step::Decided]), Some(id(CITY)), "what the city decided");
        let top = rungs(&[(CENTRAL, Kind::Central)]);
        let nobody = levels(&site(CaseKind::Disbandment, Kind::City, top, Vec::new())).unwrap();
        assert_eq!(nobody.decider, None);
    }

    #[test]
    fn org_16_inside_a_base_organisation_its_committee_decides_alone() {
        let target = rungs(&[(WARD, Kind::Base), (CITY, Kind::City), (CENTRAL, Kind::Central)]);
        let found = levels(&site(CaseKind::Transfer, Kind::Branch, in_section(), target)).unwrap();
        assert_eq!((found.route, found.decider, found.acceptor), (Route::Inside, Some(id(WARD)), None));
    }

    #[test]
    fn org_16_outside_it_the_givers_higher_committee_and_the_receiver_decide() {
        let target = rungs(&[(OTHER_WARD, Kind::Base), (CITY, Kind::City), (CENTRAL, Kind::Central)]);
        let found = levels(&site(CaseKind::Transfer, Kind::Branch, in_section(), target)).unwrap();
        assert_eq!(found.route, Route::Between);
        assert_eq!((found.decider, found.acceptor), (Some(id(CITY)), Some(id(OTHER_WARD))));
        assert_eq!(
            (found.actor(Step::HandedOver, &[]), found.actor(Step::TakenOver, &[])),
            (Some(id(SECTION)), Some(id(5)))
        );
        let far = rungs(&[(OTHER_WARD, Kind::Base), (OTHER_CITY, Kind::City), (CENTRAL, Kind::Central)]);
        let found = levels(&site(CaseKind::Transfer, Kind::Branch, in_section(), far)).unwrap();
        assert_eq!(found.route, Route::Provinces);
    }

    #[test]
    fn org_16_a_base_organisation_itself_is_never_handed_over_inside() {
        let above = rungs(&[(8, Kind::Upper), (CITY, Kind::City), (CENTRAL, Kind::Central)]);
        let target = rungs(&[(CITY, Kind::City), (CENTRAL, Kind::Central)]);
        let found = levels(&site(CaseKind::Transfer, Kind::Base, above, target)).unwrap();
        assert_eq!((found.route, found.decider, found.acceptor), (Route::Between, Some(id(CITY)), Some(id(CITY))));
    }
}
