//! Who may take an office and how: election, appointment, addition (ORG-20…22, ORG-24…26, X-09).

use chibo_kernel::{Day, Id, Issue, Person, Said};
use chibo_organisation::kinds::{Kind, Role};
use chibo_organisation::rules::How;

use super::{
    Figures, Gathering, Holding, Numbers, Outcome, Term, check_figures, from_among, in_committee, is_branch, is_seat,
    issue, offices_of, outcomes, wrong,
};

/// What is known of a unit when somebody is to take an office in it.
#[derive(Clone, Debug)]
pub struct Bench<'b> {
    /// The numbers of the day.
    pub numbers: Numbers<'b>,
    /// Kind of the unit.
    pub kind: Kind,
    /// The term of the day.
    pub term: Term,
    /// Who sits in the committee on the day.
    pub members: Vec<Id<Person>>,
    /// The same as numbers.
    pub holding: Holding,
    /// Failed rounds for the secretary in a row (ORG-25).
    pub failed: u32,
    /// Who did not get more than half for a seat at the congress of the term, with its day (ORG-26).
    pub short: Vec<(Id<Person>, Day)>,
}

/// Somebody on the ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: Id<Person>,
    /// Votes.
    pub votes: u32,
    /// An official member; none while it is not known.
    pub official: Option<bool>,
}

/// A count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// For which office.
    pub role: Role,
    /// On which day.
    pub on: Day,
    /// How many are to be elected.
    pub seats: u32,
    /// What was counted.
    pub figures: Figures,
    /// Who stood.
    pub candidates: Vec<Candidate>,
}

impl Election {
    /// The votes in the order of the candidates.
    pub fn votes(&self) -> Vec<u32> {
        self.candidates.iter().map(|candidate| candidate.votes).collect()
    }
}

/// Without an election.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Appointed by the committee above (chỉ định).
    Appointed,
    /// Added after a vote of the committee (bổ sung).
    Added,
}

impl Way {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Appointed, Self::Added];

    /// As the office stores it.
    pub const fn how(self) -> How {
        match self {
            Self::Appointed => How::Appointed,
            Self::Added => How::Added,
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.how().code() == code)
    }
}

/// Somebody takes an office without an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// How.
    pub way: Way,
    /// Which office.
    pub role: Role,
    /// Who, with the votes of an addition.
    pub candidate: Candidate,
    /// First day.
    pub from: Day,
    /// Number of the decision.
    pub number: String,
    /// Who decided.
    pub authority: String,
    /// Number of the unit's proposal; may be empty.
    pub proposal: String,
    /// Number of the written answer that allows more than the extra seats; may be empty.
    pub consent: String,
    /// The vote of the committee, for an addition.
    pub figures: Option<Figures>,
}

/// The rule by which the leaders of a unit come from its committee.
fn leading_rule(kind: Kind) -> &'static str {
    if is_branch(kind) { "ORG-20" } else { "ORG-22" }
}

/// The office exists, and the day lies in the term and not to come.
fn common(bench: &Bench<'_>, role: Role, (field, day): (&str, Day), today: Day, issues: &mut Vec<Issue>) {
    if !offices_of(bench.kind).contains(&role) {
        issues.push(issue("role", leading_rule(bench.kind), Said::new("committees-no-such-office")));
    } else if is_branch(bench.kind) && is_seat(role) && bench.term.fixed.committee == 0 {
        issues.push(issue("role", "ORG-20", Said::new("committees-has-no-committee")));
    }
    if day > today {
        issues.push(wrong(field, "committees-day-to-come"));
    } else if day < bench.term.from {
        let said = Said::new("committees-before-term").with("day", bench.term.from);
        issues.push(Issue { field: Some(field.to_owned()), rule: None, said });
    }
}

/// A deputy or a member of the standing committee more than was fixed.
fn free(bench: &Bench<'_>, role: Role) -> Option<u32> {
    let (fixed, seats) = (bench.term.fixed, bench.holding.seats);
    match role {
        Role::Deputy | Role::StandingDeputy => Some(fixed.deputies.saturating_sub(seats.deputies)),
        Role::StandingMember => Some(fixed.standing.saturating_sub(seats.standing_committee())),
        _ => None,
    }
}

/// What is wrong with an election.
pub fn check_election(bench: &Bench<'_>, new: &Election, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    common(bench, new.role, ("on", new.on), today, &mut issues);
    if new.role == Role::Secretary && is_branch(bench.kind) && bench.failed >= bench.numbers.failed_rounds {
        let said = Said::new("committees-appoint-now").with("rounds", bench.numbers.failed_rounds);
        issues.push(issue("role", "ORG-25", said));
    }
    seats(bench, new, &mut issues);
    if new.candidates.is_empty() {
        issues.push(wrong("person-1", "committees-nobody-stands"));
    }
    for (place, candidate) in new.candidates.iter().enumerate() {
        let field = format!("person-{}", place + 1);
        if new.candidates.iter().take(place).any(|other| other.person == candidate.person) {
            issues.push(wrong(&field, "committees-stands-twice"));
        }
        issues.extend(fit(bench, new.role, candidate, &field));
    }
    let wrong_figures = check_figures(&new.figures, &new.votes(), new.seats);
    if wrong_figures.is_empty() && new.figures.gathering == Gathering::Committee {
        issues.extend(all_members(bench, &new.figures));
    }
    issues.extend(wrong_figures);
    issues
}

/// X-09, and the leaders come from the committee (ORG-20, ORG-22, ELE-11).
fn fit(bench: &Bench<'_>, role: Role, candidate: &Candidate, field: &str) -> Option<Issue> {
    if candidate.official == Some(false) {
        return Some(issue(field, "X-09", Said::new("committees-not-official")));
    }
    let among = from_among(role) && bench.term.fixed.committee > 0;
    let outside = among && !bench.members.contains(&candidate.person);
    outside.then(|| issue(field, leading_rule(bench.kind), Said::new("committees-not-in-committee")))
}

fn seats(bench: &Bench<'_>, new: &Election, issues: &mut Vec<Issue>) {
    if new.seats == 0 {
        issues.push(wrong("seats", "committees-number-needed"));
    } else if new.role.is_single() && new.seats > 1 {
        issues.push(wrong("seats", "committees-one-only"));
    }
    let left = if is_seat(new.role) {
        let held = u32::try_from(bench.members.len()).unwrap_or(u32::MAX);
        Some(bench.term.fixed.committee.saturating_sub(held))
    } else {
        free(bench, new.role)
    };
    if let Some(left) = left.filter(|left| new.seats > *left) {
        issues.push(issue("seats", "ORG-21", Said::new("committees-seats-exceed").with("left", left)));
    }
}

/// What is wrong with an appointment or an addition.
pub fn check_filling(bench: &Bench<'_>, new: &Filling, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    common(bench, new.role, ("from", new.from), today, &mut issues);
    for (field, text) in [("number", &new.number), ("authority", &new.authority)] {
        if text.is_empty() {
            issues.push(wrong(field, "committees-fill-in"));
        }
    }
    if new.candidate.official == Some(false) {
        issues.push(issue("person", "X-09", Said::new("committees-not-official")));
    }
    match new.way {
        Way::Appointed => issues.extend(proposal(bench, new)),
        Way::Added => vote(bench, new, &mut issues),
    }
    extra(bench, new, &mut issues);
    waiting(bench, new, &mut issues);
    issues
}

/// ORG-24: on the proposal of the branch; directly when nobody is left, by the rulebook of the day, and after three
/// failed rounds for the secretary (ORG-25).
fn proposal(bench: &Bench<'_>, new: &Filling) -> Option<Issue> {
    let failed = new.role == Role::Secretary && bench.failed >= bench.numbers.failed_rounds;
    let nobody = bench.numbers.direct_if_all_missing && bench.holding.is_empty();
    let needed = is_branch(bench.kind) && !failed && !nobody && new.proposal.is_empty();
    needed.then(|| issue("proposal", "ORG-24", Said::new("committees-proposal-needed")))
}

/// a committee that votes counts all its present members.
fn all_members(bench: &Bench<'_>, figures: &Figures) -> Option<Issue> {
    let members = u32::try_from(bench.members.len()).unwrap_or(u32::MAX);
    let said = Said::new("committees-fewer-than-members").with("count", figures.summoned).with("of", members);
    (figures.summoned < members).then(|| issue("summoned", "X-05", said))
}

/// ORG-26: more than half of the present committee.
fn vote(bench: &Bench<'_>, new: &Filling, issues: &mut Vec<Issue>) {
    let Some(figures) = &new.figures else {
        issues.push(issue("summoned", "ORG-26", Said::new("committees-vote-needed")));
        return;
    };
    let wrong_figures = check_figures(figures, &[new.candidate.votes], 1);
    if !wrong_figures.is_empty() {
        issues.extend(wrong_figures);
        return;
    }
    if let Some(few) = all_members(bench, figures) {
        issues.push(few);
        return;
    }
    let found = outcomes(figures, &[new.candidate.votes], 1).unwrap_or_default();
    if found.first() != Some(&Outcome::Elected) {
        let count = figures.denominator().count();
        let needed = chibo_kernel::votes::Threshold::MoreThanHalf.needed(count);
        let said = Said::new("committees-not-half").with("needed", needed).with("count", count);
        issues.push(issue("votes-1", "ORG-26", said));
    }
}

/// ORG-21: no more than the extra seats; beyond them only with the written answer, and never over the most of a kind.
fn extra(bench: &Bench<'_>, new: &Filling, issues: &mut Vec<Issue>) {
    if free(bench, new.role) == Some(0) {
        issues.push(issue("role", "ORG-21", Said::new("committees-post-full")));
    }
    let fixed = bench.term.fixed.committee;
    if !in_committee(new.role) || fixed == 0 || bench.members.contains(&new.candidate.person) {
        return;
    }
    let after = u32::try_from(bench.members.len()).unwrap_or(u32::MAX).saturating_add(1);
    if let Some((most, rule)) = bench.numbers.most(bench.kind).filter(|(most, _)| after > *most) {
        issues.push(issue("role", rule, Said::new("committees-too-many").with("most", most)));
        return;
    }
    let allowed = fixed.saturating_add(bench.numbers.extra(bench.kind, fixed));
    if after > allowed && new.consent.is_empty() {
        let said = Said::new("committees-extra-needs-consent").with("fixed", fixed).with("allowed", allowed);
        issues.push(issue("consent", "ORG-21", said));
    }
}

/// ORG-26: whoever failed at the congress waits twelve months and needs the vote of the committee.
fn waiting(bench: &Bench<'_>, new: &Filling, issues: &mut Vec<Issue>) {
    let failed = bench.short.iter().find(|(person, _)| *person == new.candidate.person);
    let Some((_, on)) = failed.filter(|_| in_committee(new.role)) else { return };
    let earliest = bench.numbers.after(bench.numbers.wait, *on);
    if new.from < earliest {
        let said = Said::new("committees-must-wait").with("failed", on).with("earliest", earliest);
        issues.push(issue("person", "ORG-26", said));
    }
    if new.way == Way::Appointed {
        issues.push(issue("how", "ORG-26", Said::new("committees-needs-vote")));
    }
}

#[cfg(test)]
#[path = "filling_tests.rs"]
mod tests;
