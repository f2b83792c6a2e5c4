//! What is known about somebody, and what it allows; votes and their rolls.

use super::super::{About, Former, Paper, Reason, check_fact, check_former, unheard};
use super::*;

#[test]
fn mem_01_above_sixty_only_with_the_consent_of_the_city() {
    let (birth, on) = (day(1966, 10, 10), day(2026, 11, 10));
    let (course, terms) = (ready(day(2026, 3, 1), day(2026, 6, 1)), Terms::on(on).expect("terms"));
    let alone = deed(Step::BranchVoted, on, (9, 9));
    assert_eq!(rules(&check(&course, &alone, &ground(birth), &terms)), ["MEM-01"]);
    let agreed = Deed { consent: "12-CV/TU".to_owned(), ..alone };
    let judged = rules(&check(&course, &agreed, &ground(birth), &terms)).len();
    assert_eq!(judged, 2, "neither the ground nor his health is known");
    let mut known = fit();
    known.0.extend([Fact::OlderNeed, Fact::Health].map(|fact| noted(fact, on)));
    let old = Ground { known: &known, ..ground(birth) };
    assert_eq!(check(&course, &agreed, &old, &terms), []);
    let late = Known(known.0.iter().map(|one| Noted { on: on.plus_days(1), ..one.clone() }).collect());
    let late = Ground { known: &late, ..ground(birth) };
    assert_eq!(rules(&check(&course, &agreed, &late, &terms)), ["MEM-01"], "health is confirmed before the vote");
    let young = ground(day(2009, 1, 1));
    assert_eq!(rules(&check(&course, &agreed, &young, &terms)), ["MEM-01"], "nobody consents to seventeen");
}

#[test]
fn mem_05_a_new_certificate_opens_the_way_again() {
    let on = day(2026, 11, 10);
    let terms = Terms::on(on).expect("terms");
    let mut old = ready(day(2021, 1, 4), day(2026, 6, 1));
    let vote = deed(Step::BranchVoted, on, (9, 9));
    assert_eq!(rules(&check(&old, &vote, &ground(day(2000, 1, 1)), &terms)), ["MEM-05"]);
    assert!(old.next().contains(&Step::Certified));
    old.0.push(Taken { step: Step::Certified, on: day(2026, 10, 1), passed: true });
    assert_eq!(check(&old, &vote, &ground(day(2000, 1, 1)), &terms), []);
}

#[test]
fn mem_27_a_former_member_waits_thirty_six_months_and_comes_back_once() {
    let on = day(2026, 11, 10);
    let (course, terms) = (ready(day(2026, 3, 1), day(2026, 6, 1)), Terms::on(on).expect("terms"));
    let judged = |(left, again): (Day, bool)| {
        let former = Former { left, again, reason: Some(Reason::Removed), paper: false, cleared: None };
        let ground = Ground { former: Some(former), ..ground(day(1980, 1, 1)) };
        rules(&check(&course, &deed(Step::BranchVoted, on, (9, 9)), &ground, &terms))
    };
    assert_eq!(judged((day(2023, 11, 10), false)), [""; 0]);
    assert_eq!(judged((day(2023, 11, 11), false)), ["MEM-27"]);
    assert_eq!(judged((day(2010, 1, 1), true)), ["MEM-27"], "once only");
}

#[test]
fn mem_27_some_reasons_bar_for_good_and_others_ask_for_more() {
    let (left, on) = (day(2015, 1, 15), day(2026, 11, 10));
    let terms = Terms::on(on).expect("terms");
    let judged = |reason, paper, cleared| {
        let former = Former { left, again: false, reason, paper, cleared };
        check_former(&former, on, &terms, "on").first().map(|issue| issue.said.key)
    };
    for reason in Reason::ALL {
        let never = judged(Some(*reason), true, Some(day(2016, 1, 1))) == Some("development-former-never");
        assert_eq!(never, reason.bars(), "{reason:?}");
    }
    assert_eq!(judged(None, false, None), Some("development-reason-needed"));
    assert_eq!(judged(Some(Reason::Hardship), false, None), Some("development-hardship-paper"));
    assert_eq!(judged(Some(Reason::Hardship), true, None), None);
    let crime = |cleared| judged(Some(Reason::LesserCrime), false, cleared);
    assert_eq!(crime(None), Some("development-cleared-needed"));
    assert_eq!(crime(Some(day(2021, 11, 10))), None, "sixty months today");
    assert_eq!(crime(Some(day(2021, 11, 11))), Some("development-former-early"));
}

/// What the branch's vote on a day meets, when this is known.
fn vote_on(on: Day, known: &Known) -> Vec<&'static str> {
    let course = ready(on.plus_months(-6), on.plus_months(-2));
    let ground = Ground { known, today: day(2027, 1, 1), ..ground(day(1990, 1, 1)) };
    rules(&check(&course, &deed(Step::BranchVoted, on, (9, 9)), &ground, &Terms::on(on).expect("terms")))
}

fn with(fact: Fact, on: Day) -> Known {
    let mut known = fit();
    known.0.push(noted(fact, on));
    known
}

#[test]
fn mem_02_schooling_follows_the_version_the_area_and_the_person() {
    let (old, now) = (day(2026, 3, 2), day(2026, 9, 1));
    let judged = |on: Day, facts: &[Fact]| {
        let mut known = fit();
        known.0.extend(facts.iter().map(|fact| noted(*fact, day(2026, 2, 1))));
        vote_on(on, &known)
    };
    assert_eq!(judged(old, &[]), [""; 0]);
    assert_eq!(judged(old, &[Fact::LowerCompleted]), ["MEM-02"], "294 asks for the certificate");
    assert_eq!(judged(now, &[Fact::LowerCompleted]), [""; 0], "208 for the completed programme");
    assert_eq!(judged(now, &[Fact::Primary]), ["MEM-02"]);
    assert_eq!(judged(now, &[Fact::Primary, Fact::HardArea]), [""; 0]);
    assert_eq!(judged(now, &[Fact::Literate, Fact::HardArea]), ["MEM-02"]);
    assert_eq!(judged(now, &[Fact::Literate, Fact::Elder]), [""; 0]);
    let mut unknown = fit();
    unknown.0.retain(|one| one.fact.about() != About::Schooling);
    assert_eq!(vote_on(now, &unknown), ["MEM-02"]);
}

#[test]
fn mem_06_consent_comes_before_the_vote_where_the_case_exceeds_the_committee() {
    let on = day(2026, 9, 1);
    assert_eq!(vote_on(on, &with(Fact::PoliticsExceeds, on)), [""; 0]);
    assert_eq!(vote_on(on, &with(Fact::PoliticsExceeds, on.plus_days(1))), ["MEM-06"]);
    let mut unknown = fit();
    unknown.0.retain(|one| one.fact.about() != About::Politics);
    assert_eq!(vote_on(on, &unknown), ["MEM-06"]);
    let bare = Noted { number: String::new(), ..noted(Fact::PoliticsExceeds, on) };
    assert_eq!(rules(&check_fact(&bare, on)), ["MEM-06"], "a consent has a number");
}

#[test]
fn mem_26_owners_and_people_with_an_instrument_of_their_own_need_its_papers_before_the_vote() {
    let on = day(2026, 9, 1);
    let asks = [
        (Fact::OwnerOfAll, Fact::EnterpriseFit),
        (Fact::OwnerOfMost, Fact::EnterpriseFit),
        (Fact::OwnInstrument, Fact::InstrumentMet),
    ];
    for (case, papers) in asks {
        let mut known = with(case, on);
        assert_eq!(vote_on(on, &known), ["MEM-26"], "{case:?}");
        known.0.push(noted(papers, on.plus_days(1)));
        assert_eq!(vote_on(on, &known), ["MEM-26"], "papers of after the vote");
        known.0.push(noted(papers, on));
        assert_eq!(vote_on(on, &known), [""; 0]);
        let bare = Noted { number: String::new(), ..noted(papers, on) };
        assert_eq!(rules(&check_fact(&bare, on)), ["MEM-26"], "a document has a number");
    }
}

#[test]
fn mem_23_where_somebody_is_admitted_follows_from_his_contract_or_study() {
    let on = day(2026, 9, 1);
    let judged = |fact: Fact, months: u32, branch: Fact| {
        let mut known = fit();
        known.0.extend([Noted { months, ..noted(fact, on) }, noted(branch, on)]);
        vote_on(on, &known)
    };
    let (work, home) = (Fact::BranchOfWork, Fact::BranchOfResidence);
    for fact in [Fact::Student, Fact::Seconded, Fact::Contract] {
        assert_eq!(judged(fact, 12, work), [""; 0]);
        assert_eq!(judged(fact, 12, home), ["MEM-23"]);
        assert_eq!(judged(fact, 11, work), ["MEM-23"]);
        assert_eq!(judged(fact, 11, home), [""; 0]);
    }
    assert_eq!(judged(Fact::Graduate, 0, home), [""; 0]);
    assert_eq!(judged(Fact::Graduate, 0, work), ["MEM-23"]);
    assert_eq!(judged(Fact::Settled, 0, work), [""; 0]);
}

#[test]
fn mem_17_everybody_who_has_to_be_heard_is() {
    let of = |facts: &[Fact]| Known(facts.iter().map(|fact| noted(*fact, day(2026, 1, 5))).collect());
    assert_eq!(unheard(&Known::default()), None);
    assert_eq!(unheard(&of(&[Fact::InNone])), Some(vec![Fact::ResidenceSaid]));
    let two = of(&[Fact::InYouth, Fact::InUnion, Fact::YouthSaid]);
    assert_eq!(unheard(&two), Some(vec![Fact::UnionSaid, Fact::ResidenceSaid]));
    assert_eq!(unheard(&of(&[Fact::InYouth, Fact::InNone, Fact::ResidenceSaid])), Some(vec![]));
    let (on, terms) = (day(2026, 11, 10), Terms::on(day(2026, 11, 10)).expect("terms"));
    let mut course = ready(day(2026, 3, 1), day(2026, 6, 1));
    course.0.retain(|taken| taken.step != Step::Heard);
    let heard = Deed { note: "Tán thành".to_owned(), ..deed(Step::Heard, on, (0, 0)) };
    let judged = |known: &Known| rules(&check(&course, &heard, &Ground { known, ..ground(day(2000, 1, 1)) }, &terms));
    assert_eq!(judged(&two), ["MEM-17"]);
    assert_eq!(judged(&fit()), [""; 0]);
    let bare = check(&course, &deed(Step::Heard, on, (0, 0)), &ground(day(2000, 1, 1)), &terms);
    assert_eq!(bare.len(), 1, "summarised in writing");
}

#[test]
fn x_03_x_05_the_denominator_is_the_roll_without_those_who_do_not_count() {
    let vote = Vote { listed: 12, away: 2, barred: 1, yes: 6, ..Vote::default() };
    assert_eq!(vote.reckoned(true).base, 9);
    assert_eq!(vote.reckoned(false).base, 9);
    assert!(passed((6, 9)) && !passed((6, 12)), "who is taken out decides the vote");
    let on = day(2026, 11, 10);
    let (course, terms) = (ready(day(2026, 3, 1), day(2026, 6, 1)), Terms::on(on).expect("terms"));
    let judged = |vote: Vote, suspended: u32| {
        let branch = Electorate { official: 9, suspended, under_city: false };
        let vote = Vote { listed: 9, form: Some(VotingForm::SecretBallot), ..vote }.reckoned(true);
        let ground = Ground { branch, ..ground(day(2000, 1, 1)) };
        rules(&check(&course, &Deed { vote, ..deed(Step::BranchVoted, on, (0, 0)) }, &ground, &terms))
    };
    let all = Vote { yes: 9, ..Vote::default() };
    assert_eq!(judged(all, 0), [""; 0]);
    assert_eq!(judged(all, 1), ["X-03"], "the register knows of somebody suspended");
    assert_eq!(judged(Vote { yes: 8, barred: 1, ..all }, 1), [""; 0]);
    assert_eq!(judged(Vote { yes: 8, no: 1, barred: 1, ..all }, 1), ["X-12"], "nine votes of eight");
    assert_eq!(judged(Vote { away: 6, barred: 4, yes: 0, ..all }, 0), ["X-03"]);
}

#[test]
fn mem_18_mem_19_two_thirds_propose_exactly() {
    for base in 1..60u32 {
        let least = (1..=base).find(|yes| passed((*yes, base))).expect("all of them");
        assert!(3 * least >= 2 * base && 3 * (least - 1) < 2 * base, "{least} of {base}");
        assert!(carried(false, &Vote { yes: least, base, ..Vote::default() }));
        assert!(!carried(false, &Vote { yes: least - 1, base, ..Vote::default() }));
    }
}

#[test]
fn mem_20_the_city_decides_only_on_what_stands_directly_under_it() {
    let terms = |on| Terms::on(on).expect("terms");
    let (pilot, now) = (terms(day(2025, 8, 1)), terms(day(2026, 9, 1)));
    assert!(pilot.deciders(true).contains(&Body::CityStanding));
    assert!(!pilot.deciders(false).contains(&Body::CityStanding));
    assert_eq!(now.deciders(true), [Body::BaseStanding]);
    let vote = |yes| vote((yes, 10), Some(Body::CityStanding));
    assert!(carried(true, &vote(6)) && !carried(true, &vote(5)), "more than half");
}

#[test]
fn mem_30_mem_32_nobody_is_recognised_without_certificate_and_papers() {
    let (on, ends) = (day(2026, 11, 10), day(2026, 11, 1));
    let terms = Terms::on(on).expect("terms");
    let missing = [Paper::NewCertificate, Paper::SelfReview, Paper::HelperRemark];
    let ground = ProbationGround { missing: &missing, ..probation(ends, on) };
    let judged = |deed: &Deed<Recognition>| check_recognition(&Road::default(), deed, &ground, &terms);
    let issues = judged(&done(Recognition::BranchVoted, on, (9, 9)));
    assert_eq!(rules(&issues), ["MEM-30", "MEM-32"]);
    assert_eq!(issues[1].said.args, [("papers", "10-KNĐ, 11-KNĐ".to_owned())]);
    let strike = Deed { note: "Vi phạm".to_owned(), ..done(Recognition::StrikeBranch, on, (9, 9)) };
    assert_eq!(judged(&strike), [], "striking off needs none of them");
}

#[test]
fn mem_33_the_time_to_decide_is_made_longer_once_and_a_refusal_is_notified() {
    use Recognition::{BranchVoted, CommitteeVoted, Extended, Notified, Recognised};
    let terms = Terms::on(day(2026, 11, 10)).expect("terms");
    let voted = day(2026, 9, 7);
    assert_eq!(terms.recognise_by(voted, false), day(2026, 10, 19), "thirty working days");
    assert_eq!(terms.recognise_by(voted, true), day(2026, 11, 9), "and fifteen more");
    let road = way(&[(BranchVoted, true)], voted);
    let deed = |on| Deed { note: "Phải xác minh thêm".to_owned(), ..done(Extended, on, (0, 0)) };
    let judged = |on| rules(&check_recognition(&road, &deed(on), &probation(voted, day(2026, 11, 25)), &terms));
    assert_eq!(judged(day(2026, 10, 19)), [""; 0]);
    assert_eq!(judged(day(2026, 10, 20)), ["MEM-33"], "after the time is over");
    let bare = done(Extended, voted, (0, 0));
    assert_eq!(rules(&check_recognition(&road, &bare, &probation(voted, voted), &terms)), ["MEM-33"], "why");
    let refused = [(BranchVoted, true), (Extended, true), (CommitteeVoted, true), (Recognised, false)];
    assert!(way(&refused, voted).next(3).contains(&Notified));
    assert!(!way(&refused, voted).next(3).contains(&Extended), "once");
    let carried = [(BranchVoted, true), (CommitteeVoted, true), (Recognised, true)];
    assert_eq!(way(&carried, voted).next(3), [Recognition::Announced], "at the next meeting of the branch");
    let bare = Deed { number: String::new(), ..done(Recognition::Announced, voted, (0, 0)) };
    let terms_of = probation(voted, voted);
    assert_eq!(check_recognition(&way(&carried, voted), &bare, &terms_of, &terms), []);
    let told = [&refused[..], &[(Notified, true)]].concat();
    assert!(!way(&told, voted).next(3).contains(&Notified));
}
