//! Named after the rules they check.

use chibo_kernel::votes::VotingForm;
use chibo_kernel::{Day, Id, Issue, Unit};
use chibo_members::codes::Standing;
use chibo_members::rules::deciding::Setting;
use chibo_organisation::kinds::Kind as UnitKind;
use proptest::prelude::*;

use super::*;

const TODAY: Day = Day::from_number(20_779);

fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

pub(super) fn terms() -> Terms {
    Terms::on(TODAY).expect("terms")
}

pub(super) fn facts(standing: Standing) -> Facts {
    Facts {
        born: TODAY.plus_months(-12 * 70),
        standing: Some(standing),
        busy: false,
        booked: false,
        official: 20,
        removal: None,
        setting: Setting::default(),
        today: TODAY,
    }
}

pub(super) fn opening(kind: Kind, ground: Option<Ground>) -> Opening {
    let on = TODAY.plus_days(-20);
    Opening { ground, ends: Day::FOREVER, ..Opening::new(Id::from_bytes([9; 16]), kind, on) }
}

pub(super) fn rules(issues: &[Issue]) -> Vec<(&str, &'static str)> {
    issues.iter().map(|issue| (issue.field.as_deref().unwrap_or(""), issue.rule.unwrap_or(""))).collect()
}

pub(super) fn count(listed: u32, yes: u32) -> Count {
    Count { form: VotingForm::SecretBallot, listed, away: 0, barred: 0, yes, no: listed - yes }
}

fn taken(step: Step, count: Option<Count>) -> Taken {
    let effective = if step == Step::Decided { TODAY } else { Day::FOREVER };
    Taken { step, on: TODAY.plus_days(-5), effective, ends: Day::FOREVER, count }
}

pub(super) fn course(kind: Kind, ground: Ground, steps: &[(Step, Option<Count>)]) -> Course {
    let steps = steps.iter().map(|(step, count)| taken(*step, *count)).collect();
    Course { steps, ..Course::new(kind, Some(ground), true) }
}

pub(super) fn deed(step: Step, votes: Option<Count>) -> Deed {
    Deed { count: votes, note: "Ghi rõ".to_owned(), ..Deed::new(step, 0, TODAY, "12-QĐ/ĐU") }
}

#[test]
fn exi_01_the_branch_attests_health_only_from_eighty_years_on() {
    let (terms, about) = (terms(), opening(Kind::Health, Some(Ground::Age)));
    let start = course(Kind::Health, Ground::Age, &[]);
    let bare = Deed::new(Step::Confirmed, 0, TODAY, "");
    let young = facts(Standing::Official);
    assert_eq!(rules(&check(&start, &about, &bare, &young, &terms)), [("number", "EXI-01")]);
    let old = Facts { born: TODAY.plus_months(-12 * 80), ..young };
    assert_eq!(check(&start, &about, &bare, &old, &terms), []);
    assert_eq!(check(&start, &about, &deed(Step::Confirmed, None), &young, &terms), []);
}

#[test]
fn exi_01_the_branch_decides_by_more_than_half_and_informs_above() {
    let terms = terms();
    let mut way = course(Kind::Health, Ground::Age, &[(Step::Confirmed, None)]);
    assert_eq!(way.phase(terms.limits), Phase::Decision);
    assert_eq!(Step::Decided.actor(Kind::Health), Actor::Branch);
    way.steps.push(taken(Step::Decided, Some(count(10, 6))));
    assert_eq!(way.offered(terms.limits), [Step::Informed]);
    way.steps.push(taken(Step::Informed, None));
    assert_eq!(way.phase(terms.limits), Phase::Done);
    let half = course(Kind::Health, Ground::Age, &[(Step::Confirmed, None), (Step::Decided, Some(count(10, 5)))]);
    assert_eq!(half.phase(terms.limits), Phase::Refused);
    assert!(half.decision(terms.limits).is_none());
}

#[test]
fn exi_02_other_grounds_end_before_twelve_months_and_the_committee_decides() {
    let terms = terms();
    assert_eq!(Step::Decided.actor(Kind::Other), Actor::Committee);
    let asked = |ends: Day| Opening { ends, ..opening(Kind::Other, Some(Ground::Abroad)) };
    let on = asked(Day::FOREVER).on;
    let checked = |ends: Day| {
        let new = asked(ends);
        let known = facts(Standing::Official);
        check_opening(&new, &known, &terms).iter().filter_map(|issue| issue.rule).collect::<Vec<_>>()
    };
    assert_eq!(checked(Day::FOREVER), ["EXI-02"]);
    assert_eq!(checked(on.plus_months(12).plus_days(-1)), ["EXI-02"], "twelve full months are not less than twelve");
    assert_eq!(checked(on.plus_months(12).plus_days(-2)), [""; 0]);
    // Renewed by the same procedure: the exempted may ask again.
    let known = facts(Standing::Exempted);
    assert_eq!(check_opening(&asked(on.plus_months(3)), &known, &terms), []);
}

#[test]
fn exi_10_grounds_are_proven_with_papers_and_numbers() {
    let terms = terms();
    let known = facts(Standing::Official);
    let bare = opening(Kind::StrikingOff, Some(Ground::Fee));
    assert_eq!(rules(&check_opening(&bare, &known, &terms)), [("evidence", "EXI-11"), ("amount", "EXI-10")]);
    let full = Opening { evidence: vec![Evidence::FeeBook], amount: 3, ..bare };
    assert_eq!(check_opening(&full, &known, &terms), []);
    let breach = |amount| Opening {
        evidence: vec![Evidence::Classification],
        amount,
        ..opening(Kind::StrikingOff, Some(Ground::Breach))
    };
    assert_eq!(rules(&check_opening(&breach(1), &known, &terms)), [("amount", "EXI-10")]);
    assert_eq!(check_opening(&breach(2), &known, &terms), []);
    let probation =
        Opening { evidence: vec![Evidence::Probation], ..opening(Kind::StrikingOff, Some(Ground::Probation)) };
    assert_eq!(rules(&check_opening(&probation, &known, &terms)), [("ground", "MEM-34")]);
}

#[test]
fn exi_10_declining_members_have_twelve_months_after_education() {
    let terms = terms();
    let about = Opening { since: TODAY.plus_months(-11), ..opening(Kind::StrikingOff, Some(Ground::Declining)) };
    let way = course(Kind::StrikingOff, Ground::Declining, &[(Step::Reviewed, None)]);
    let vote = deed(Step::BranchVoted, Some(count(9, 6)));
    let known = facts(Standing::Official);
    assert_eq!(rules(&check(&way, &about, &vote, &known, &terms)), [("on", "EXI-10")]);
    let later = Opening { since: TODAY.plus_months(-12), ..about };
    assert_eq!(check(&way, &later, &vote, &known, &terms), []);
}

#[test]
fn exi_11_the_branch_goes_on_after_the_third_demand_or_a_refusal() {
    let limits = terms().limits;
    let way = |steps: &[(Step, Option<Count>)]| course(Kind::StrikingOff, Ground::Absent, steps).phase(limits);
    let demand = (Step::Demanded, None);
    assert_eq!(way(&[demand, demand]), Phase::Preparing);
    assert_eq!(way(&[demand, demand, demand]), Phase::Branch);
    assert_eq!(way(&[(Step::ReviewRefused, None)]), Phase::Branch);
    assert_eq!(way(&[(Step::Reviewed, None)]), Phase::Branch);
    // SCR-10: whoever cannot be reached is not asked three times.
    assert_eq!(way(&[(Step::Unreachable, None)]), Phase::Branch);
}

#[test]
fn x_07_two_thirds_of_branch_and_committee_then_more_than_half() {
    let limits = terms().limits;
    let mut way = course(Kind::StrikingOff, Ground::Absent, &[(Step::Reviewed, None)]);
    way.steps.push(taken(Step::BranchVoted, Some(count(9, 5))));
    assert_eq!(way.phase(limits), Phase::Branch, "five of nine are not two thirds");
    way.steps.push(taken(Step::BranchVoted, Some(count(9, 6))));
    assert_eq!(way.phase(limits), Phase::Committee);
    way.steps.push(taken(Step::CommitteeVoted, Some(count(15, 10))));
    assert_eq!(way.offered(limits), [Step::Decided, Step::Withdrawn]);
    way.steps.push(taken(Step::Decided, Some(count(10, 6))));
    assert!(way.decision(limits).is_some());
    assert_eq!(way.phase(limits), Phase::Closing);
}

#[test]
fn x_11_the_third_failed_vote_goes_up_regardless() {
    let limits = terms().limits;
    let failed = (Step::BranchVoted, Some(count(9, 5)));
    let way = course(Kind::StrikingOff, Ground::Absent, &[(Step::Reviewed, None), failed, failed]);
    assert_eq!(way.phase(limits), Phase::Branch);
    let way = course(Kind::StrikingOff, Ground::Absent, &[(Step::Reviewed, None), failed, failed, failed]);
    assert_eq!(way.phase(limits), Phase::Committee);
}

#[test]
fn x_03_and_x_05_the_roll_is_counted_without_those_the_rule_takes_out() {
    let terms = terms();
    let way = course(Kind::StrikingOff, Ground::Absent, &[(Step::Reviewed, None)]);
    let about = opening(Kind::StrikingOff, Some(Ground::Absent));
    let known = facts(Standing::Official);
    let asked = |count: Count| rules(&check(&way, &about, &deed(Step::BranchVoted, Some(count)), &known, &terms)).len();
    let roll = Count { form: VotingForm::RaisedCard, listed: 12, away: 2, barred: 1, yes: 6, no: 3 };
    assert_eq!(asked(roll), 0);
    let verdict = roll.verdict(Kind::StrikingOff, Step::BranchVoted).expect("a count");
    assert_eq!((verdict.denominator().count(), verdict.passed()), (9, true));
    assert_eq!(verdict.denominator().rule(), "X-03");
    assert_eq!(asked(Count { yes: 7, ..roll }), 1, "more ballots than voters");
    assert_eq!(asked(Count { away: 12, ..roll }), 1, "more taken out than listed");
    assert_eq!(asked(Count { listed: 21, ..roll }), 1, "more than the branch has");
    let committee = roll.verdict(Kind::StrikingOff, Step::CommitteeVoted).expect("a count");
    assert_eq!(committee.denominator().rule(), "X-05");
}

fn removal() -> Removal {
    let left = TODAY.plus_days(-70);
    Removal {
        kind: Kind::StrikingOff,
        left: Some(left),
        delivered: Some(TODAY.plus_days(-40)),
        pending: false,
        final_: false,
        elsewhere: false,
    }
}

#[test]
fn exi_12_late_by_proxy_early_and_final_complaints_are_refused() {
    let terms = terms();
    let asked = |new: Opening, removal: Removal| {
        let known = Facts { removal: Some(removal), ..facts(Standing::Left) };
        rules(&check_opening(&new, &known, &terms)).into_iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
    };
    let new = opening(Kind::Complaint, None);
    assert_eq!(asked(new.clone(), removal()), [""; 0]);
    assert_eq!(asked(Opening { hindered: true, ..new.clone() }, removal()), ["hindered"]);
    assert_eq!(asked(new.clone(), Removal { left: None, ..removal() }), ["about"]);
    assert_eq!(asked(new.clone(), Removal { final_: true, ..removal() }), ["about"]);
    assert_eq!(asked(new.clone(), Removal { delivered: Some(TODAY.plus_days(-69)), ..removal() }), ["on"]);
    let unknown = Removal { delivered: None, ..removal() };
    assert_eq!(asked(new.clone(), unknown), ["since"]);
    assert_eq!(asked(Opening { since: TODAY.plus_days(-30), ..new.clone() }, unknown), [""; 0]);
    // A decision that no case of here has is named by number and day, and was there before it was received.
    let elsewhere = Removal { elsewhere: true, delivered: None, ..removal() };
    let received = Opening { since: TODAY.plus_days(-30), ..new };
    assert_eq!(asked(received.clone(), elsewhere), ["number", "decided"]);
    let named = |days: i32| Opening { number: "7-QĐ".to_owned(), decided: TODAY.plus_days(days), ..received.clone() };
    assert_eq!(asked(named(-29), elsewhere), ["decided"]);
    assert_eq!(asked(named(-70), elsewhere), [""; 0]);
    let by = terms.handle_by(TODAY, false);
    assert!(terms.handle_by(TODAY, true) > by && by > TODAY.plus_days(120));
}

#[test]
fn exi_13_discipline_comes_before_leaving() {
    let terms = terms();
    let known = facts(Standing::Official);
    let new = Opening { hindered: true, ..opening(Kind::Request, Some(Ground::Own)) };
    assert_eq!(rules(&check_opening(&new, &known, &terms)), [("hindered", "EXI-13")]);
    assert_eq!(check_opening(&Opening { hindered: false, ..new }, &known, &terms), []);
}

#[test]
fn exi_14_a_death_is_told_within_thirty_working_days() {
    let terms = terms();
    let due = terms.due(Kind::Death, Phase::Closing, TODAY, false);
    assert!(due > TODAY.plus_days(41) && due < TODAY.plus_days(50), "{due}");
    assert_eq!(terms.due(Kind::Request, Phase::Closing, TODAY, false), Day::FOREVER);
}

#[test]
fn exi_15_card_badge_and_dossier_remain_after_a_sanction() {
    let (must, _) = ticks(Kind::Expulsion);
    assert_eq!(must, [Step::CardReturned, Step::BadgeReturned, Step::DossierSent]);
    let mut way = Course::new(Kind::Expulsion, None, true);
    way.steps.push(taken(Step::Decided, None));
    let limits = terms().limits;
    assert_eq!(way.phase(limits), Phase::Closing);
    way.steps.extend(must.iter().map(|step| taken(*step, None)));
    assert_eq!(way.phase(limits), Phase::Done);
}

#[test]
fn mem_27_some_are_never_admitted_again() {
    let terms = terms();
    let from = |kind, ground| terms.readmitted_from(kind, ground, TODAY);
    assert_eq!(from(Kind::StrikingOff, Some(Ground::Fee)), Some(TODAY.plus_months(36)));
    assert_eq!(from(Kind::StrikingOff, Some(Ground::Absent)), None);
    assert_eq!(from(Kind::Request, Some(Ground::Own)), None);
    assert_eq!(from(Kind::Request, Some(Ground::Hardship)), Some(TODAY.plus_months(36)));
    assert_eq!(from(Kind::Death, None), None);
}

#[test]
fn mem_42_only_those_free_of_breach_are_restored() {
    let terms = terms();
    let new = Opening {
        number: "7-KL/UBKT".to_owned(),
        body: "Ủy ban Kiểm tra".to_owned(),
        ..opening(Kind::Restoration, None)
    };
    let known = facts(Standing::Left);
    assert_eq!(check_opening(&new, &known, &terms), []);
    let breach = Opening { hindered: true, ..new.clone() };
    assert_eq!(rules(&check_opening(&breach, &known, &terms)), [("hindered", "MEM-42")]);
    let member = facts(Standing::Official);
    assert_eq!(rules(&check_opening(&new, &member, &terms)), [("person", "MEM-42")]);
}

#[test]
fn mem_42_who_left_at_his_own_wish_was_not_removed() {
    let new = Opening { number: "7-KL".to_owned(), body: "Thành ủy".to_owned(), ..opening(Kind::Restoration, None) };
    let removal = |kind| {
        Some(Removal {
            kind,
            left: Some(TODAY.plus_days(-90)),
            delivered: None,
            pending: false,
            final_: false,
            elsewhere: false,
        })
    };
    let known = |kind| Facts { removal: removal(kind), ..facts(Standing::Left) };
    assert_eq!(rules(&check_opening(&new, &known(Kind::Request), &terms())), [("person", "MEM-42")]);
    assert_eq!(check_opening(&new, &known(Kind::StrikingOff), &terms()), []);
    assert_eq!(check_opening(&new, &known(Kind::Expulsion), &terms()), []);
}

#[test]
fn mem_27_whoever_came_back_once_is_never_admitted_again() {
    let at = |ago: i32| TODAY.plus_days(-ago);
    let once = [(at(900), at(500), Standing::Official), (at(500), Day::FOREVER, Standing::Left)];
    assert!(!came_back(&once), "the first time he may");
    let again = [
        (at(900), at(500), Standing::Official),
        (at(500), at(100), Standing::Left),
        (at(100), at(50), Standing::Probationary),
        (at(50), Day::FOREVER, Standing::Left),
    ];
    assert!(came_back(&again));
    assert!(!came_back(&[(at(900), Day::FOREVER, Standing::Official)]), "a restoration leaves no gap (MEM-42)");
}

#[test]
fn exi_03_an_exempted_member_is_still_disciplined_and_struck_off() {
    let full = Opening { evidence: vec![Evidence::CardMinutes], ..opening(Kind::StrikingOff, Some(Ground::Card)) };
    assert_eq!(check_opening(&full, &facts(Standing::Exempted), &terms()), []);
    let expelled =
        Opening { number: "5-QĐ".to_owned(), body: "Thành ủy".to_owned(), ..opening(Kind::Expulsion, None) };
    assert_eq!(check_opening(&expelled, &facts(Standing::Exempted), &terms()), []);
}

#[test]
fn exi_11_since_208_the_base_committee_decides_itself() {
    let (branch, section, base) = ((id(1), UnitKind::Branch), (id(2), UnitKind::Section), (id(3), UnitKind::Base));
    let (upper, city) = ((id(4), UnitKind::Upper), (id(5), UnitKind::City));
    let above = [section, base, upper, city];
    let now = Levels::of(branch, &above, true);
    assert_eq!((now.committee, now.decider), (Some(id(3)), id(3)));
    let before = Levels::of(branch, &above, false);
    assert_eq!((before.committee, before.decider), (Some(id(3)), id(4)));
    let alone = Levels::of((id(1), UnitKind::BaseBranch), &[upper, city], false);
    assert_eq!((alone.committee, alone.decider), (None, id(4)));
    assert_eq!(alone.setting, Setting { base_branch: true, under_city: false });
    let under_city = Levels::of(branch, &[section, base, city], false);
    assert_eq!((under_city.decider, under_city.setting.under_city), (id(5), true));
    assert!(!before.setting.under_city, "one committee stands between");
    let day = |text: &str| Terms::on(Day::from_iso(text).expect("a day")).expect("terms").at_base;
    assert_eq!((day("2026-07-25"), day("2026-07-26")), (false, true));
}

proptest! {
    /// No path of offered steps reaches a striking-off in force without the votes of every body and a decision.
    #[test]
    fn x_07_nobody_is_struck_off_without_votes_and_decision(
        picks in prop::collection::vec((0usize..6, 0u32..=12), 0..24),
        committee in any::<bool>(),
    ) {
        let limits = terms().limits;
        let mut way = Course::new(Kind::StrikingOff, Some(Ground::Absent), committee);
        for (pick, yes) in picks {
            let offered = way.offered(limits);
            let Some(step) = offered.get(pick % offered.len().max(1)).copied() else { break };
            let votes = step.is_vote(Kind::StrikingOff).then(|| count(12, yes));
            way.steps.push(taken(step, votes));
        }
        if way.decision(limits).is_none() {
            return Ok(());
        }
        let of = |step: Step| way.steps.iter().filter(move |taken| taken.step == step);
        let met = |taken: &Taken| taken.count.is_some_and(|count| 3 * count.yes >= 2 * count.listed);
        let up = |step: Step| of(step).next_back().is_some_and(met) || of(step).count() >= 3;
        prop_assert!(way.reviewed(limits));
        prop_assert!(up(Step::BranchVoted));
        prop_assert!(!committee || up(Step::CommitteeVoted));
        let decided = way.last(Step::Decided).and_then(|taken| taken.count).map(|count| (count.yes, count.listed));
        prop_assert!(decided.is_some_and(|(yes, listed)| 2 * yes > listed));
    }

    /// Whatever is done, a case that is settled stays settled.
    #[test]
    fn a_settled_case_offers_only_what_remains(kind in 0usize..9, picks in prop::collection::vec(0usize..8, 0..20)) {
        let (limits, kind) = (terms().limits, Kind::ALL[kind]);
        let mut way = Course::new(kind, kind.grounds().first().copied(), true);
        for pick in picks {
            let offered = way.offered(limits);
            let Some(step) = offered.get(pick % offered.len().max(1)).copied() else { break };
            let settled = !way.phase(limits).undecided();
            prop_assert!(!settled || ticks(kind).0.contains(&step) || ticks(kind).1.contains(&step));
            way.steps.push(taken(step, step.is_vote(kind).then(|| count(9, 7))));
        }
    }
}
