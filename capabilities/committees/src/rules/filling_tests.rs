use super::*;
use crate::rules::Fixed;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn person(number: u8) -> Id<Person> {
    Id::from_bytes([number; 16])
}

/// A branch of five with four members in office, elected on 1 September 2025.
fn branch() -> Bench<'static> {
    let from = day("2025-09-01");
    let fixed = Fixed { committee: 5, deputies: 1, ..Fixed::default() };
    let mut holding = Holding::default();
    holding.add(&[Role::Secretary]);
    (0..3).for_each(|_| holding.add(&[Role::BranchCommitteeMember]));
    Bench {
        numbers: Numbers::on(day("2026-11-01")).unwrap(),
        kind: Kind::Branch,
        term: Term { ordinal: 3, version: 1, congress_on: from, from, to: from.plus_months(60), fixed },
        members: (1..=4).map(person).collect(),
        holding,
        failed: 0,
        short: vec![(person(9), from)],
    }
}

fn figures(gathering: Gathering, all: u32) -> Figures {
    let (barred, elsewhere, excused) = (0, 0, 0);
    let (present, issued, returned, valid) = (all, all, all, all);
    Figures { gathering, summoned: all, barred, elsewhere, excused, present, issued, returned, valid }
}

fn candidate(number: u8, votes: u32) -> Candidate {
    Candidate { person: person(number), votes, official: Some(true) }
}

fn election(role: Role, candidates: &[Candidate]) -> Election {
    let figures = figures(Gathering::Meeting, 20);
    Election { role, on: day("2026-10-01"), seats: 1, figures, candidates: candidates.to_vec() }
}

fn filling(way: Way, who: Candidate) -> Filling {
    Filling {
        way,
        role: Role::BranchCommitteeMember,
        candidate: who,
        from: day("2026-10-01"),
        number: "5-QĐ/ĐU".to_owned(),
        authority: "Đảng ủy phường".to_owned(),
        proposal: "2-TTr/CB".to_owned(),
        consent: String::new(),
        figures: (way == Way::Added).then(|| figures(Gathering::Committee, 4)),
    }
}

fn of(issues: Vec<Issue>) -> Vec<(String, &'static str)> {
    issues.into_iter().map(|issue| (issue.field.unwrap_or_default(), issue.rule.unwrap_or_default())).collect()
}

fn against(bench: &Bench<'_>, new: &Election) -> Vec<(String, &'static str)> {
    of(check_election(bench, new, day("2026-11-22")))
}

fn refused(bench: &Bench<'_>, new: &Filling) -> Vec<(String, &'static str)> {
    of(check_filling(bench, new, day("2026-11-22")))
}

fn one(field: &str, rule: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), rule)]
}

#[test]
fn org_20_secretary_and_deputy_come_from_the_committee_and_x_09_nobody_on_probation_stands() {
    let deputy = |who| election(Role::Deputy, &[who]);
    assert!(against(&branch(), &deputy(candidate(2, 15))).is_empty());
    assert_eq!(against(&branch(), &deputy(candidate(7, 15))), one("person-1", "ORG-20"));
    let probationary = Candidate { official: Some(false), ..candidate(2, 15) };
    assert_eq!(against(&branch(), &deputy(probationary)), one("person-1", "X-09"));
    let mut small = branch();
    small.term.fixed.committee = 0;
    assert!(against(&small, &deputy(candidate(7, 15))).is_empty(), "without a committee from among the members");
    let seat = election(Role::BranchCommitteeMember, &[candidate(7, 15)]);
    assert_eq!(against(&small, &seat)[0], ("role".to_owned(), "ORG-20"));
    assert_eq!(against(&branch(), &election(Role::StandingMember, &[candidate(2, 15)]))[0].0, "role");
}

#[test]
fn x_05_a_committee_that_elects_counts_all_its_members() {
    let few = Election { figures: figures(Gathering::Committee, 3), ..election(Role::Deputy, &[candidate(2, 3)]) };
    assert_eq!(against(&branch(), &few), one("summoned", "X-05"));
    assert!(against(&branch(), &Election { figures: figures(Gathering::Committee, 4), ..few }).is_empty());
}

#[test]
fn org_21_no_more_are_elected_than_the_congress_fixed() {
    let two = Election { seats: 2, ..election(Role::BranchCommitteeMember, &[candidate(7, 15), candidate(8, 14)]) };
    assert_eq!(against(&branch(), &two), one("seats", "ORG-21"));
    assert!(against(&branch(), &Election { seats: 1, candidates: vec![candidate(7, 15)], ..two }).is_empty());
    let twice = election(Role::BranchCommitteeMember, &[candidate(7, 10), candidate(7, 10)]);
    assert_eq!(against(&branch(), &twice), one("person-2", ""));
}

#[test]
fn org_25_after_three_failed_rounds_nobody_elects_a_secretary_and_the_level_above_appoints() {
    let secretary = election(Role::Secretary, &[candidate(2, 15)]);
    let failed = |failed| Bench { failed, ..branch() };
    assert!(against(&failed(2), &secretary).is_empty());
    assert_eq!(against(&failed(3), &secretary), one("role", "ORG-25"));
    let appointed = filling(Way::Appointed, candidate(2, 0));
    let unasked = Filling { role: Role::Secretary, proposal: String::new(), ..appointed };
    assert_eq!(refused(&failed(2), &unasked), one("proposal", "ORG-24"));
    assert!(refused(&failed(3), &unasked).is_empty());
}

#[test]
fn org_24_without_a_proposal_only_when_nobody_is_left_and_only_since_208() {
    let unasked = Filling { proposal: String::new(), ..filling(Way::Appointed, candidate(7, 0)) };
    assert_eq!(refused(&branch(), &unasked), one("proposal", "ORG-24"));
    let mut empty = Bench { members: Vec::new(), holding: Holding::default(), ..branch() };
    assert!(refused(&empty, &unasked).is_empty());
    empty.numbers = Numbers::on(day("2026-07-25")).unwrap();
    assert_eq!(refused(&empty, &unasked), one("proposal", "ORG-24"));
}

#[test]
fn org_21_extra_members_up_to_a_fifth_at_base_a_tenth_above_and_beyond_with_an_answer() {
    let appointed = filling(Way::Appointed, candidate(20, 0));
    let mut bench = branch();
    bench.members = (1..=5).map(person).collect();
    assert!(refused(&bench, &appointed).is_empty(), "five and a fifth of five");
    bench.members = (1..=6).map(person).collect();
    assert_eq!(refused(&bench, &appointed), one("consent", "ORG-21"));
    assert!(refused(&bench, &Filling { consent: "9-CV/BTCTW".to_owned(), ..appointed.clone() }).is_empty());
    bench.members = (1..=7).map(person).collect();
    let consented = Filling { consent: "9-CV/BTCTW".to_owned(), ..appointed };
    assert_eq!(refused(&bench, &consented), one("role", "ORG-21"), "a branch committee has seven at most");
    let numbers = Numbers::on(day("2026-11-01")).unwrap();
    assert_eq!([19, 20, 29].map(|fixed| numbers.extra(Kind::City, fixed)), [1, 2, 2]);
    assert_eq!([4, 5, 9, 10].map(|fixed| numbers.extra(Kind::Base, fixed)), [0, 1, 1, 2]);
}

#[test]
fn org_26_who_failed_at_the_congress_waits_twelve_months_and_needs_more_than_half_of_the_committee() {
    let added = |votes| filling(Way::Added, candidate(9, votes));
    assert!(refused(&branch(), &added(3)).is_empty());
    assert_eq!(refused(&branch(), &added(2)), one("votes-1", "ORG-26"), "two of four are not more than half");
    let early = Filling { from: day("2026-08-31"), ..added(4) };
    assert_eq!(refused(&branch(), &early), one("person", "ORG-26"));
    assert!(refused(&branch(), &Filling { from: day("2026-09-01"), ..added(4) }).is_empty());
    assert_eq!(refused(&branch(), &filling(Way::Appointed, candidate(9, 0))), one("how", "ORG-26"));
    assert_eq!(refused(&branch(), &Filling { figures: None, ..added(4) }), one("summoned", "ORG-26"));
    let few = Filling { figures: Some(figures(Gathering::Committee, 3)), ..added(3) };
    assert_eq!(refused(&branch(), &few), one("summoned", "X-05"), "all present members count");
}

#[test]
fn a_decision_has_a_number_and_an_authority_and_a_day_in_the_term() {
    let appointed = filling(Way::Appointed, candidate(7, 0));
    let nameless = Filling { number: String::new(), authority: String::new(), ..appointed };
    assert_eq!(refused(&branch(), &nameless), [one("number", ""), one("authority", "")].concat());
    let early = Filling { from: day("2025-08-31"), ..filling(Way::Appointed, candidate(7, 0)) };
    assert_eq!(refused(&branch(), &early), one("from", ""));
    let late = Filling { from: day("2026-11-23"), ..filling(Way::Appointed, candidate(7, 0)) };
    assert_eq!(refused(&branch(), &late), one("from", ""));
}
