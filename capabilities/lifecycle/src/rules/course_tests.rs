use super::*;
use proptest::prelude::*;

const ROUTES: [Route; 3] = [Route::Inside, Route::Between, Route::Provinces];
const KINDS: [Kind; 4] = [Kind::Branch, Kind::Base, Kind::Section, Kind::Group];

fn needs(kind: CaseKind) -> Needs {
    Needs { kind, unit_kind: Kind::Branch, consent: false, route: Route::Inside }
}

/// Takes steps that must be allowed.
fn walk(needs: &Needs, steps: &[Step]) -> Vec<Step> {
    let mut taken = Vec::new();
    for step in steps {
        assert!(may_take(needs, &taken, *step), "{step:?} after {taken:?}");
        taken.push(*step);
    }
    taken
}

#[test]
fn org_15_papers_decision_report_seal_minutes() {
    use Step::{
        Decided, InForce, MemberList, Minutes, NoSeal, Proposal, Reported, Request, SealRequested, UnitDecision,
    };
    let of = needs(CaseKind::Founding);
    let mut taken = walk(&of, &[UnitDecision, MemberList, Request]);
    assert_eq!(phase(&of, &taken), Phase::Preparing);
    assert!(!may_take(&of, &taken, Decided), "a paper is missing");
    taken = walk(&of, &[Proposal, UnitDecision, MemberList, Request, Decided]);
    assert_eq!(phase(&of, &taken), Phase::Waiting);
    taken.push(InForce);
    assert!(may_take(&of, &taken, NoSeal) && may_take(&of, &taken, SealRequested));
    taken.push(NoSeal);
    assert!(!may_take(&of, &taken, SealRequested), "one answer about the seal is enough");
    taken.extend([Reported, Minutes]);
    assert_eq!(phase(&of, &taken), Phase::Done);
}

#[test]
fn org_04_where_consent_is_needed_nothing_is_decided_without_it() {
    let of = Needs { consent: true, ..needs(CaseKind::Founding) };
    let mut taken = vec![Step::UnitDecision, Step::MemberList, Step::Request, Step::Proposal];
    assert_eq!(phase(&of, &taken), Phase::Preparing);
    taken.push(Step::Consent);
    assert_eq!(phase(&of, &taken), Phase::Ready);
    assert_eq!(phase(&Needs { consent: false, ..of }, &taken), Phase::Ready);
}

#[test]
fn org_12_members_dossiers_and_seal_close_an_ending() {
    let of = needs(CaseKind::Dissolution);
    let begun = walk(&of, &[Step::MemberList, Step::Proposal, Step::Decided, Step::InForce, Step::MembersMoved]);
    assert_eq!(phase(&of, &begun), Phase::Closing);
    let mut all = begun.clone();
    all.extend([Step::DossiersCollected, Step::SealCollected, Step::Reported]);
    assert_eq!(phase(&of, &all), Phase::Done);
    let section = Needs { unit_kind: Kind::Section, ..of };
    assert!(!may_take(&section, &begun, Step::SealCollected), "a section has no seal (ORG-06)");
}

#[test]
fn x_08_two_votes_before_the_decision_and_a_failed_one_may_be_repeated() {
    use Step::{Decided, DecidingVote, Proposal, ProposingVote, VoteFailed};
    let of = needs(CaseKind::Disbandment);
    let taken = walk(&of, &[Proposal, VoteFailed, VoteFailed, ProposingVote, VoteFailed, DecidingVote, Decided]);
    assert_eq!(phase(&of, &taken), Phase::Waiting);
    assert!(!may_take(&of, &[Proposal], DecidingVote) && !may_take(&of, &[Proposal], Decided));
    assert!(!may_take(&of, &[Proposal, ProposingVote], Decided));
    assert!(!may_take(&needs(CaseKind::Dissolution), &[Step::MemberList, Proposal], ProposingVote));
}

#[test]
fn org_16_in_transit_until_both_have_decided_and_signed() {
    use Step::{Accepted, CentralConsent, Decided, HandedOver, InForce, Proposal, TakenOver};
    let of = Needs { route: Route::Between, ..needs(CaseKind::Transfer) };
    let taken = walk(&of, &[Proposal, Decided]);
    assert_eq!(phase(&of, &taken), Phase::InTransit);
    assert!(!may_take(&of, &taken, HandedOver) && !may_take(&of, &taken, TakenOver));
    for order in [[HandedOver, TakenOver], [TakenOver, HandedOver]] {
        let taken = walk(&of, &[&[Proposal, Decided, Accepted][..], &order[..1]].concat());
        assert_eq!(phase(&of, &taken), Phase::InTransit);
        let taken = walk(&of, &[&[Proposal, Decided, Accepted][..], &order].concat());
        assert_eq!(phase(&of, &taken), Phase::Waiting);
    }
    let inside = walk(&needs(CaseKind::Transfer), &[Proposal, Decided, InForce]);
    assert_eq!(phase(&needs(CaseKind::Transfer), &inside), Phase::Closing);
    let far = Needs { route: Route::Provinces, ..of };
    assert!(!may_take(&far, &[Proposal], Decided) && may_take(&far, &[Proposal], CentralConsent));
}

#[test]
fn trf_08_a_temporary_branch_works_until_it_ends() {
    let of = needs(CaseKind::Temporary);
    let taken = walk(&of, &[Step::MemberList, Step::Request, Step::Decided, Step::InForce, Step::Reported]);
    assert_eq!(phase(&of, &taken), Phase::Closing);
    assert_eq!(phase(&of, &[&taken[..], &[Step::Ended]].concat()), Phase::Done);
}

fn arb_needs() -> impl Strategy<Value = Needs> {
    (0..5usize, 0..4usize, any::<bool>(), 0..3usize).prop_map(|(kind, unit_kind, consent, route)| {
        let kind = CaseKind::ALL[kind];
        let route = if kind == CaseKind::Transfer { ROUTES[route] } else { Route::Inside };
        Needs { kind, unit_kind: KINDS[unit_kind], consent, route }
    })
}

proptest! {
    /// Whatever is tried in whatever order: nothing comes into force without its papers and decisions, nothing happens
    /// twice, nothing follows the end, and a case that is not over can always go on.
    #[test]
    fn org_11_org_15_org_16_no_order_of_steps_breaks_the_course(
        needs in arb_needs(), tries in proptest::collection::vec(0..23usize, 0..200)
    ) {
        let mut taken: Vec<Step> = Vec::new();
        for number in tries {
            let step = Step::ALL[number];
            let before = phase(&needs, &taken);
            if !may_take(&needs, &taken, step) {
                continue;
            }
            prop_assert!(before.is_open(), "{:?} after the end", step);
            prop_assert!(step == Step::VoteFailed || !taken.contains(&step));
            if step == Step::Decided {
                prop_assert!(papers(&needs).iter().all(|paper| taken.contains(paper)));
            }
            if step == Step::InForce {
                prop_assert!(decisions(&needs).iter().all(|decision| taken.contains(decision)));
            }
            if matches!(step, Step::MembersMoved | Step::DossiersCollected | Step::Minutes | Step::Ended) {
                prop_assert!(taken.contains(&Step::InForce));
            }
            taken.push(step);
            let after = phase(&needs, &taken);
            prop_assert!(after >= before, "{:?} went back from {:?} to {:?}", step, before, after);
        }
        let now = phase(&needs, &taken);
        let ways = Step::ALL.into_iter().filter(|step| may_take(&needs, &taken, *step) && *step != Step::VoteFailed);
        prop_assert_eq!(ways.count() > 0, now.is_open());
    }
}
