//! The checks, in the order of lists: errors, then doubts, then gaps.

use chibo_kernel::calendar::age_in_years;
use chibo_kernel::text::is_all_capitals;
use chibo_kernel::{Day, Id, Unit};
use chibo_members::codes::Standing;
use chibo_members::{Dossier, Held};

use super::look::{Look, Terms};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// Cannot be so (lỗi): figures are wrong.
    Error,
    /// May be so (nghi vấn): somebody has to look.
    Doubt,
    /// Something is missing (thiếu).
    Gap,
}

impl Degree {
    /// All, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Doubt, Self::Gap];

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Doubt => "doubt",
            Self::Gap => "gap",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|degree| degree.code() == code)
    }
}

/// A check.
pub struct Check {
    /// The stored code.
    pub code: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// Key of what to do.
    pub mend: &'static str,
    /// The rule it rests on; empty for the form itself.
    pub rule: &'static str,
    /// How bad it is.
    pub degree: Degree,
    finds: Finds,
}

type Finds = fn(&Dossier, &Look, &Terms) -> bool;

macro_rules! checks {
    ($($degree:ident $rule:literal $code:literal $finds:expr;)*) => {
        /// Every check. Doubles are found over all members and stand at the end of the errors.
        pub static CHECKS: &[Check] = &[$(Check {
            code: $code,
            title: concat!("quality-", $code),
            mend: concat!("quality-", $code, "-mend"),
            rule: $rule,
            degree: Degree::$degree,
            finds: $finds,
        }),*];
    };
}

checks! {
    Error "MEM-01" "age-impossible" |d, _, t| { let age = age(d, t.today); !(18..=115).contains(&age) && counts(d, t) };
    Error "MEM-24" "admitted-missing" |d, _, t| d.profile.admitted.is_none() && counts(d, t);
    Error "MEM-01" "admitted-too-young" |d, _, t| d.profile.admitted.is_some_and(|on| age(d, on) < t.youngest);
    Error "" "admitted-in-future" |d, _, t| d.profile.admitted.is_some_and(|on| on > t.today);
    Error "" "admitted-before-party" |d, _, _| d.profile.admitted.is_some_and(|on| on < Day::PARTY_FOUNDED);
    Error "MEM-30" "official-before-admitted" |d, _, _| both(d).is_some_and(|(admitted, official)| official < admitted);
    Error "MEM-30" "official-too-early" |d, _, _| both(d).is_some_and(|(admitted, official)| {
        official >= admitted && official < admitted.plus_months(12)
    });
    Error "" "official-in-future" |d, _, t| d.profile.official.is_some_and(|on| on > t.today) && is_official(d, t);
    Error "MEM-31" "official-date-missing" |d, _, t| d.profile.official.is_none() && is_official(d, t);
    Error "MEM-31" "still-probationary" |d, _, t| {
        d.profile.official.is_some_and(|on| on <= t.today) && standing(d, t) == Some(Standing::Probationary)
    };
    Error "" "standing-missing" |d, _, t| standing(d, t).is_none();
    Error "" "standings-overlap" |d, _, _| overlap(&d.standings);
    Error "" "posting-missing" |d, _, t| counts(d, t) && posting(d, t).is_none();
    Error "ORG-12" "posting-in-ended-unit" |d, l, t| posting(d, t).is_some_and(|unit| !l.stands(unit));
    Error "" "posting-in-wrong-kind" |d, l, t| posting(d, t).is_some_and(|unit| l.stands(unit) && !l.takes(unit));
    Error "" "postings-overlap" |d, _, _| overlap(&d.postings);
    Error "EXI-15" "posting-after-leaving" |d, _, t| {
        matches!(standing(d, t), Some(Standing::Left | Standing::Deceased)) && posting(d, t).is_some()
    };
    Error "" "born-in-future" |d, _, t| d.profile.birth > t.today;
    Error "DPD-33" "double" |_, _, _| false;
    Error "" "file-number-double" |_, _, _| false;
    Doubt "MEM-01" "admitted-old" |d, _, t| d.profile.admitted.is_some_and(|on| age(d, on) > t.oldest);
    Doubt "MEM-31" "probation-late" |d, _, t| {
        standing(d, t) == Some(Standing::Probationary) && d.profile.admitted.is_some_and(|on| on < t.late_before)
    };
    Doubt "" "name-one-word" |d, _, _| !d.profile.full_name.trim().contains(' ');
    Doubt "" "name-odd-signs" |d, _, _| {
        d.profile.full_name.chars().any(|c| !c.is_alphabetic() && !matches!(c, ' ' | '\'' | '’' | '-' | '.'))
    };
    Doubt "" "name-capitals" |d, _, _| is_all_capitals(&d.profile.full_name);
    Doubt "" "postings-gap" |d, _, t| counts(d, t) && gap(&d.postings);
    Doubt "" "standings-gap" |d, _, _| gap(&d.standings);
    Doubt "MEM-24" "posting-before-admission" |d, _, _| match (d.profile.admitted, d.postings.first()) {
        (Some(admitted), Some(first)) => first.from < admitted,
        _ => false,
    };
    Doubt "MEM-02" "schooling-low" |d, _, t| {
        let since = d.profile.admitted.is_some_and(|on| on.year() >= 1997);
        since && matches!(level(d, 0, t), Some(1 | 2))
    };
    Doubt "" "levels-overlap" |d, _, _| d.levels.iter().any(|line| overlap(line));
    Doubt "EXI-16" "birth-not-to-the-day" |d, _, _| d.profile.birth_precision > 0;
    Doubt "" "admitted-on-birthday" |d, _, _| d.profile.admitted.is_some_and(|on| on == d.profile.birth);
    Doubt "" "dates-turned" |d, _, t| {
        let (year, month, day) = d.profile.birth.ymd();
        let turned = d.profile.admitted.is_some_and(|on| on.year() == year);
        turned && u32::from(month) == u32::from(day) && counts(d, t)
    };
    Doubt "" "party-age-long" |d, _, t| d.profile.admitted.is_some_and(|on| age_in_years(on, t.today) > 90) && counts(d, t);
    Gap "EXI-16" "identity-missing" |d, _, t| counts(d, t) && d.profile.identity_hint.is_empty();
    Gap "" "sex-missing" |d, _, t| counts(d, t) && d.profile.sex == 0;
    Gap "" "ethnicity-missing" |d, _, t| counts(d, t) && d.profile.ethnicity == 0;
    Gap "" "home-town-missing" |d, _, t| counts(d, t) && d.profile.home_town.is_empty();
    Gap "" "file-number-missing" |d, _, t| counts(d, t) && d.profile.file_no.is_empty();
    Gap "MEM-24" "decision-missing" |d, _, t| counts(d, t) && d.profile.admission_decision.is_empty();
    Gap "" "education-missing" |d, _, t| counts(d, t) && matches!(level(d, 0, t), None | Some(0));
    Gap "" "degree-missing" |d, _, t| counts(d, t) && matches!(level(d, 1, t), None | Some(0));
    Gap "" "theory-missing" |d, _, t| is_official(d, t) && matches!(level(d, 2, t), None | Some(0));
    Gap "" "occupation-missing" |d, _, t| counts(d, t) && matches!(level(d, 3, t), None | Some(0));
}

/// A check by its code.
pub fn check_of(code: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.code == code)
}

/// The checks that find something in a record, without the doubles.
pub fn found<'l>(dossier: &'l Dossier, look: &'l Look, terms: &'l Terms) -> impl Iterator<Item = &'static Check> + 'l {
    CHECKS.iter().filter(|check| (check.finds)(dossier, look, terms))
}

fn age(dossier: &Dossier, on: Day) -> i32 {
    age_in_years(dossier.profile.birth, on)
}

fn both(dossier: &Dossier) -> Option<(Day, Day)> {
    Some((dossier.profile.admitted?, dossier.profile.official?))
}

fn standing(dossier: &Dossier, terms: &Terms) -> Option<Standing> {
    Dossier::on(&dossier.standings, terms.today).and_then(Standing::from_number)
}

/// Whether he is a member today; without a standing he is taken for one.
fn counts(dossier: &Dossier, terms: &Terms) -> bool {
    standing(dossier, terms).is_none_or(Standing::counts_as_member)
}

fn is_official(dossier: &Dossier, terms: &Terms) -> bool {
    standing(dossier, terms).is_some_and(Standing::is_official)
}

fn posting(dossier: &Dossier, terms: &Terms) -> Option<Id<Unit>> {
    Dossier::on(&dossier.postings, terms.today)
}

fn level(dossier: &Dossier, field: usize, terms: &Terms) -> Option<u8> {
    dossier.levels.get(field).and_then(|line| Dossier::on(line, terms.today))
}

/// Two of a line at once; the line is in order of first days.
fn overlap<T>(line: &[Held<T>]) -> bool {
    line.windows(2).any(|pair| matches!(pair, [one, next] if next.from < one.to))
}

/// A time without any between two of a line.
fn gap<T>(line: &[Held<T>]) -> bool {
    line.windows(2).any(|pair| matches!(pair, [one, next] if next.from > one.to))
}
