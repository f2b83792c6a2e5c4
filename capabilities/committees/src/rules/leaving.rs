//! What ends somebody's offices without a decision of removal, and what does not (ORG-27); many moved at once (ORG-28).

use chibo_kernel::{Day, Id, Issue, Person, Said};

use super::{Numbers, issue, wrong};

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Retires; the day is the one stated in the notice.
    Retired,
    /// Leaves management; the day is the one the decision takes effect.
    Management,
    /// Moves to another Party body.
    Moved,
    /// Goes elsewhere for a time: stays in office.
    Temporary,
}

impl Ground {
    /// All.
    pub const ALL: [Self; 4] = [Self::Retired, Self::Management, Self::Moved, Self::Temporary];

    /// As stored, and as the rulebook names it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Retired => "retired",
            Self::Management => "management",
            Self::Moved => "moved",
            Self::Temporary => "temporary",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Retired => "committees-ground-retired",
            Self::Management => "committees-ground-management",
            Self::Moved => "committees-ground-moved",
            Self::Temporary => "committees-ground-temporary",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// What happened to one or several members of a committee on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Why.
    pub ground: Ground,
    /// The first day no longer in office.
    pub on: Day,
    /// Who.
    pub persons: Vec<Id<Person>>,
    /// Number of the notice or decision.
    pub number: String,
    /// Number of the consent two levels up; may be empty.
    pub consent: String,
}

/// Who of the elected moves on the same day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// The elected members in office.
    pub elected: Vec<Id<Person>>,
    /// Those of them already written down as moving on the day.
    pub already: Vec<Id<Person>>,
}

/// What is wrong.
pub fn check_leaving(numbers: &Numbers<'_>, new: &Leaving, moved: &Moved) -> Vec<Issue> {
    let mut issues = Vec::new();
    if new.persons.is_empty() {
        issues.push(wrong("who", "committees-nobody-chosen"));
    }
    if new.number.is_empty() {
        issues.push(wrong("number", "committees-fill-in"));
    }
    if new.on < Day::PARTY_FOUNDED || new.on >= Day::FOREVER {
        issues.push(wrong("on", "committees-day-too-early"));
    }
    let elected = new.persons.iter().filter(|person| moved.elected.contains(person));
    let fresh = elected.filter(|person| !moved.already.contains(person)).count();
    let (count, of) = (fresh + moved.already.len(), moved.elected.len());
    // ORG-28, in integers.
    let many = fresh > 0 && numbers.moved_most.exceeded_by(count as u64, of as u64);
    if new.ground == Ground::Moved && many && new.consent.is_empty() {
        issues.push(issue("consent", "ORG-28", Said::new("committees-many-moved").with("count", count).with("of", of)));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8) -> Id<Person> {
        Id::from_bytes([number; 16])
    }

    fn leaving(who: &[u8]) -> Leaving {
        Leaving {
            ground: Ground::Moved,
            on: Day::from_iso("2026-10-01").unwrap(),
            persons: who.iter().map(|number| person(*number)).collect(),
            number: "12-TB/ĐU".to_owned(),
            consent: String::new(),
        }
    }

    fn rules(new: &Leaving, already: &[u8]) -> Vec<&'static str> {
        let numbers = Numbers::on(new.on).unwrap();
        let moved = Moved {
            elected: (1..=9).map(person).collect(),
            already: already.iter().map(|number| person(*number)).collect(),
        };
        check_leaving(&numbers, new, &moved).into_iter().filter_map(|issue| issue.rule).collect()
    }

    #[test]
    fn org_28_a_third_exactly_needs_no_consent_one_more_does() {
        assert!(rules(&leaving(&[1, 2, 3]), &[]).is_empty());
        assert_eq!(rules(&leaving(&[1, 2, 3, 4]), &[]), ["ORG-28"]);
        assert_eq!(rules(&leaving(&[4]), &[1, 2, 3]), ["ORG-28"], "those of the same day count together");
        assert!(rules(&leaving(&[1, 2, 3, 20]), &[]).is_empty(), "the appointed are not counted");
        assert!(rules(&Leaving { consent: "7-CV/TU".to_owned(), ..leaving(&[1, 2, 3, 4]) }, &[]).is_empty());
        assert!(rules(&Leaving { ground: Ground::Retired, ..leaving(&[1, 2, 3, 4]) }, &[]).is_empty());
    }

    #[test]
    fn org_27_three_grounds_end_offices_and_temporary_transfer_does_not() {
        let numbers = Numbers::on(Day::from_iso("2026-10-01").unwrap()).unwrap();
        let ends = Ground::ALL.map(|ground| numbers.ends(ground.code()));
        assert_eq!(ends, [true, true, true, false]);
    }
}
