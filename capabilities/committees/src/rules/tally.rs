//! The figures of a count and what follows for each candidate (X-03…, ELE-05, ELE-15).

use chibo_kernel::votes::{
    Attendance, Ballots, DelegateEntry, Denominator, Matter, MemberKind, Occasion, Reason, RollEntry, Stage,
    VotingForm, decide, denominator_of_committee, denominator_of_delegates, denominator_of_members,
};
use chibo_kernel::{Id, Issue, Person, Problem, Said};

use super::{issue, wrong};

/// Most people at one vote; a greater number is a slip of the pen.
const MOST: u32 = 20_000;

/// Who voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// A congress of all members (đại hội đảng viên), X-03.
    Congress,
    /// A congress of delegates (đại hội đại biểu), X-04.
    Delegates,
    /// A meeting of a branch between congresses (hội nghị chi bộ), X-03.
    Meeting,
    /// The committee (hội nghị cấp ủy), X-05.
    Committee,
}

impl Gathering {
    /// All.
    pub const ALL: [Self; 4] = [Self::Congress, Self::Delegates, Self::Meeting, Self::Committee];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Congress => "congress",
            Self::Delegates => "delegates",
            Self::Meeting => "meeting",
            Self::Committee => "committee",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Congress => "committees-gathering-congress",
            Self::Delegates => "committees-gathering-delegates",
            Self::Meeting => "committees-gathering-meeting",
            Self::Committee => "committees-gathering-committee",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gathering| gathering.code() == code)
    }

    /// It is the congress of the term.
    pub const fn is_congress(self) -> bool {
        matches!(self, Self::Congress | Self::Delegates)
    }
}

/// What the counting board wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Who voted.
    pub gathering: Gathering,
    /// Summoned, or members of the committee.
    pub summoned: u32,
    /// Suspended, prosecuted or detained; delegates without valid standing.
    pub barred: u32,
    /// Absent on temporary transfer or exempted; at a delegates' congress convening members absent throughout.
    pub elsewhere: u32,
    /// Absent throughout with an accepted reason; delegates absent throughout whose seat nobody took.
    pub excused: u32,
    /// Present.
    pub present: u32,
    /// Ballots issued.
    pub issued: u32,
    /// Ballots returned.
    pub returned: u32,
    /// Valid ballots.
    pub valid: u32,
}

impl Figures {
    /// The number to divide by, with its rule.
    pub fn denominator(&self) -> Denominator {
        let away = [self.barred, self.elsewhere, self.excused];
        let away_until = |count: usize| away.iter().take(count).fold(0u32, |sum, part| sum.saturating_add(*part));
        let (barred, elsewhere, excused) = (away_until(1), away_until(2), away_until(3));
        let present = excused.saturating_add(self.present);
        let group = |place: u32| match place {
            _ if place < barred => Some(Reason::Suspended),
            _ if place < elsewhere => Some(Reason::TemporarilyElsewhere),
            _ if place < excused => Some(Reason::ExcusedFromCongress),
            _ => None,
        };
        let is_present = |place: u32| place >= excused && place < present;
        let places = 0..self.summoned.min(MOST);
        if self.gathering == Gathering::Delegates {
            let delegate = |place: u32| DelegateEntry {
                person: person(place),
                valid: group(place) != Some(Reason::Suspended),
                convening_member: group(place) == Some(Reason::TemporarilyElsewhere),
                attendance: match group(place) {
                    Some(_) => Attendance::AbsentThroughout,
                    None if is_present(place) => Attendance::Present,
                    None => Attendance::AwayAtTheVote,
                },
            };
            return denominator_of_delegates(&places.map(delegate).collect::<Vec<_>>());
        }
        let member = |place: u32| RollEntry {
            person: person(place),
            kind: MemberKind::Official,
            present: is_present(place),
            reasons: group(place).into_iter().collect(),
        };
        let roll: Vec<_> = places.map(member).collect();
        match self.gathering {
            Gathering::Committee => denominator_of_committee(&roll),
            Gathering::Meeting => denominator_of_members(&roll, Occasion::Meeting),
            Gathering::Congress | Gathering::Delegates => denominator_of_members(&roll, Occasion::Congress),
        }
    }
}

/// Somebody on the roll: only the number matters.
fn person(place: u32) -> Id<Person> {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&place.to_be_bytes());
    Id::from_bytes(bytes)
}

/// What became of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Elected (trúng cử).
    Elected,
    /// More than half, but others had more.
    Beaten,
    /// More than half, and as many as another for the last seat: voted on again among them (ELE-05).
    Tied,
    /// Not more than half.
    Short,
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 4] = [Self::Elected, Self::Beaten, Self::Tied, Self::Short];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Elected => "elected",
            Self::Beaten => "beaten",
            Self::Tied => "tied",
            Self::Short => "short",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Elected => "committees-outcome-elected",
            Self::Beaten => "committees-outcome-beaten",
            Self::Tied => "committees-outcome-tied",
            Self::Short => "committees-outcome-short",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

fn more(field: &str, key: &'static str, count: u32, of: u32) -> Issue {
    issue(field, "ELE-15", Said::new(key).with("count", count).with("of", of))
}

/// What does not add up in a count of so many seats; the votes of the candidates in their order.
pub fn check_figures(figures: &Figures, votes: &[u32], seats: u32) -> Vec<Issue> {
    let Figures { summoned, barred, elsewhere, excused, present, issued, returned, valid, .. } = *figures;
    let mut issues = Vec::new();
    if summoned == 0 || summoned > MOST {
        return vec![wrong("summoned", "committees-nobody-summoned")];
    }
    let listed = [barred, elsewhere, excused, present].iter().map(|part| u64::from(*part)).sum::<u64>();
    if listed > u64::from(summoned) {
        let said = Said::new("committees-more-than-summoned").with("count", listed).with("of", summoned);
        issues.push(issue("present", figures.denominator().rule(), said));
    }
    if present == 0 {
        issues.push(wrong("present", "committees-nobody-present"));
    }
    if issued > present {
        issues.push(more("issued", "committees-issued-more", issued, present));
    }
    if returned > issued {
        issues.push(more("returned", "committees-returned-more", returned, issued));
    }
    if valid > returned {
        issues.push(more("valid", "committees-valid-more", valid, returned));
    }
    for (place, count) in votes.iter().copied().enumerate().filter(|(_, count)| *count > valid) {
        issues.push(more(&format!("votes-{}", place + 1), "committees-votes-more", count, valid));
    }
    let sum = votes.iter().map(|count| u64::from(*count)).sum::<u64>();
    let most = u64::from(valid) * u64::from(seats.max(1));
    if sum > most && issues.is_empty() {
        let said = Said::new("committees-choices-more").with("count", sum).with("of", most);
        issues.push(issue("valid", "ELE-15", said));
    }
    issues
}

/// What becomes of every candidate, in their order. The figures have been checked.
///
/// # Errors
/// A refusal when the kernel finds the count impossible.
pub fn outcomes(figures: &Figures, votes: &[u32], seats: u32) -> Result<Vec<Outcome>, Problem> {
    let denominator = figures.denominator();
    let mut passed = Vec::with_capacity(votes.len());
    for count in votes.iter().copied() {
        let no = figures.valid.saturating_sub(count);
        let ballots = Ballots { yes: count, no, blank: 0, invalid: figures.returned.saturating_sub(figures.valid) };
        let form = VotingForm::SecretBallot;
        passed.push(decide(Matter::Ordinary, Stage::Deciding, form, denominator.clone(), ballots)?.passed());
    }
    let over = votes.iter().zip(&passed).filter(|(_, passed)| **passed);
    let mut over: Vec<u32> = over.map(|(count, _)| *count).collect();
    over.sort_unstable_by(|one, other| other.cmp(one));
    // The votes of the first who finds no seat any more.
    let beaten = over.get(seats as usize).copied();
    let of = |(count, passed): (&u32, &bool)| match beaten {
        _ if !passed => Outcome::Short,
        Some(beaten) if *count < beaten => Outcome::Beaten,
        Some(beaten) if *count == beaten => tie(&over, beaten, seats),
        _ => Outcome::Elected,
    };
    Ok(votes.iter().zip(&passed).map(of).collect())
}

/// Whoever has as many votes as the first without a seat: tied when one of them would have the last seat, else beaten.
fn tie(over: &[u32], beaten: u32, seats: u32) -> Outcome {
    let ahead = over.iter().filter(|count| **count > beaten).count();
    if ahead < seats as usize { Outcome::Tied } else { Outcome::Beaten }
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
