//! The checks, in the order of lists: errors, then doubts, then gaps.

use chibo_kernel::calendar::age_in_years;
use chibo_kernel::text::{is_all_capitals, spelling_key};
use chibo_kernel::{Day, Id, Unit};
use chibo_members::codes::Standing;
use chibo_members::{Dossier, Held};

use super::look::{Look, Terms};
use super::spelling;

/// The ceremony comes up to 30 working days after the decision (MEM-24), and probation counts from it: in days, with a
/// long New Year in them.
const CEREMONY_DAYS: i32 = 60;
/// Suspension from activity: 90 days and one extension of 30 (DIS-12).
const SUSPENDED_DAYS: i32 = 120;
/// From this age on somebody exempted without end is no surprise.
const OLD: i32 = 60;
/// Code of the occupation "retired".
const RETIRED: u8 = 9;
/// Code of the lowest university degree.
const UNIVERSITY: u8 = 5;

/// Checks over all members at once; [`found`] never gives them.
pub const DOUBLES: [&str; 2] = ["double", "file-number-double"];

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

/// Who puts it right (nơi xử lý).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The branch asks the member (chi bộ).
    Branch,
    /// The base committee, which keeps the dossier (DOS-02, đảng ủy cơ sở).
    Base,
    /// The committee above, which keeps numbers and organisations (cấp trên).
    Upper,
}

impl Owner {
    /// All, from below.
    pub const ALL: [Self; 3] = [Self::Branch, Self::Base, Self::Upper];

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Base => "base",
            Self::Upper => "upper",
        }
    }

    /// Key of its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Branch => "quality-owner-branch",
            Self::Base => "quality-owner-base",
            Self::Upper => "quality-owner-upper",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|owner| owner.code() == code)
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
    /// Who puts it right.
    pub owner: Owner,
    finds: Finds,
}

type Finds = fn(&Dossier, &Look, &Terms) -> bool;

macro_rules! checks {
    ($($degree:ident $owner:ident $rule:literal $code:literal $finds:expr;)*) => {
        /// Every check. Doubles are found over all members and stand at the end of the errors.
        pub static CHECKS: &[Check] = &[$(Check {
            code: $code,
            title: concat!("quality-", $code),
            mend: concat!("quality-", $code, "-mend"),
            rule: $rule,
            degree: Degree::$degree,
            owner: Owner::$owner,
            finds: $finds,
        }),*];
    };
}

checks! {
    Error Branch "MEM-01" "age-impossible" |d, _, t| { let age = age(d, t.today); !(18..=115).contains(&age) && counts(d, t) };
    Error Base "MEM-24" "admitted-missing" |d, _, t| d.profile.admitted.is_none() && counts(d, t);
    Error Base "MEM-01" "admitted-too-young" |d, _, t| d.profile.admitted.is_some_and(|on| age(d, on) < t.youngest);
    Error Base "" "admitted-in-future" |d, _, t| d.profile.admitted.is_some_and(|on| on > t.today);
    Error Base "" "admitted-before-party" |d, _, _| d.profile.admitted.is_some_and(|on| on < Day::PARTY_FOUNDED);
    Error Base "MEM-30" "official-before-admitted" |d, _, _| both(d).is_some_and(|(admitted, official)| official < admitted);
    Error Base "MEM-30" "official-too-early" |d, _, _| both(d).is_some_and(|(admitted, official)| {
        official >= admitted && official < admitted.plus_months(12)
    });
    Error Base "" "official-in-future" |d, _, t| d.profile.official.is_some_and(|on| on > t.today) && is_official(d, t);
    Error Base "MEM-31" "official-date-missing" |d, _, t| d.profile.official.is_none() && is_official(d, t);
    Error Base "MEM-31" "still-probationary" |d, _, t| {
        d.profile.official.is_some_and(|on| on <= t.today) && standing(d, t) == Some(Standing::Probationary)
    };
    Error Base "" "standing-missing" |d, _, t| standing(d, t).is_none();
    Error Base "" "standings-overlap" |d, _, _| overlap(&d.standings);
    Error Base "" "posting-missing" |d, _, t| counts(d, t) && posting(d, t).is_none();
    Error Upper "ORG-12" "posting-in-ended-unit" |d, l, t| posting(d, t).is_some_and(|unit| !l.stands(unit));
    Error Upper "" "posting-in-wrong-kind" |d, l, t| posting(d, t).is_some_and(|unit| l.stands(unit) && !l.takes(unit));
    Error Base "" "postings-overlap" |d, _, _| overlap(&d.postings);
    Error Base "EXI-15" "posting-after-leaving" |d, _, t| {
        matches!(standing(d, t), Some(Standing::Left | Standing::Deceased)) && posting(d, t).is_some()
    };
    Error Branch "" "born-in-future" |d, _, t| d.profile.birth > t.today;
    Error Upper "DPD-33" "double" |_, _, _| false;
    Error Upper "" "file-number-double" |_, _, _| false;
    Error Upper "ORG-12" "posting-past-unit-end" |d, l, t| {
        d.postings.iter().any(|held| !held.on(t.today) && l.life(held.value).is_some_and(|life| held.to > life.to()))
    };
    Error Base "" "posting-in-future" |d, _, t| d.postings.iter().any(|held| held.from > t.today);
    Error Base "" "standing-in-future" |d, _, t| d.standings.iter().any(|held| held.from > t.today);
    Error Base "EXI-14" "standing-after-death" |d, _, _| follows(d, Standing::Deceased, |next| next != Standing::Deceased);
    Error Upper "DOS-08" "file-number-malformed" |d, _, _| {
        !d.profile.file_no.is_empty() && !spelling::is_file_number(&d.profile.file_no)
    };
    Error Branch "" "name-spaces" |d, _, _| spelling::has_stray_spaces(&d.profile.full_name);
    Doubt Base "MEM-01" "admitted-old" |d, _, t| d.profile.admitted.is_some_and(|on| age(d, on) > t.oldest);
    Doubt Base "MEM-31" "probation-late" |d, _, t| {
        standing(d, t) == Some(Standing::Probationary) && d.profile.admitted.is_some_and(|on| on < t.late_before)
    };
    Doubt Branch "" "name-one-word" |d, _, _| !d.profile.full_name.trim().contains(' ');
    Doubt Branch "" "name-odd-signs" |d, _, _| {
        d.profile.full_name.chars().any(|c| !c.is_alphabetic() && !matches!(c, ' ' | '\'' | '’' | '-' | '.'))
    };
    Doubt Branch "" "name-capitals" |d, _, _| is_all_capitals(&d.profile.full_name);
    Doubt Base "" "postings-gap" |d, _, t| counts(d, t) && gap(&d.postings);
    Doubt Base "" "standings-gap" |d, _, _| gap(&d.standings);
    Doubt Base "MEM-24" "posting-before-admission" |d, _, _| match (d.profile.admitted, d.postings.first()) {
        (Some(admitted), Some(first)) => first.from < admitted,
        _ => false,
    };
    Doubt Branch "MEM-02" "schooling-low" |d, _, t| {
        let since = d.profile.admitted.is_some_and(|on| on.year() >= 1997);
        since && matches!(level(d, 0, t), Some(1 | 2))
    };
    Doubt Branch "" "levels-overlap" |d, _, _| d.levels.iter().any(|line| overlap(line));
    Doubt Branch "EXI-16" "birth-not-to-the-day" |d, _, _| d.profile.birth_precision == 1;
    Doubt Branch "" "admitted-on-birthday" |d, _, _| d.profile.admitted.is_some_and(|on| on == d.profile.birth);
    Doubt Base "" "dates-turned" |d, _, t| {
        let (year, month, day) = d.profile.birth.ymd();
        let turned = d.profile.admitted.is_some_and(|on| on.year() == year);
        turned && u32::from(month) == u32::from(day) && counts(d, t)
    };
    Doubt Base "" "party-age-long" |d, _, t| d.profile.admitted.is_some_and(|on| age_in_years(on, t.today) > 90) && counts(d, t);
    Doubt Upper "ORG-12" "posting-before-unit" |d, l, _| {
        d.postings.iter().any(|held| l.life(held.value).is_some_and(|life| held.from < life.from()))
    };
    Doubt Base "MEM-31" "official-long-after" |d, _, t| both(d).is_some_and(|(admitted, official)| {
        admitted >= t.files_whole_since && official > admitted.plus_months(12).plus_days(CEREMONY_DAYS)
    });
    Doubt Base "MEM-31" "official-day-differs" |d, _, _| {
        let began = d.standings.iter().find(|held| held.value == Standing::Official.number()).map(|held| held.from);
        began.zip(d.profile.official).is_some_and(|(began, official)| began != official)
    };
    Doubt Base "MEM-24" "standing-before-admission" |d, _, _| {
        d.standings.first().zip(d.profile.admitted).is_some_and(|(first, admitted)| first.from < admitted)
    };
    Doubt Base "EXI-02" "exempted-young" |d, _, t| {
        age(d, t.today) < OLD && since(d, Standing::Exempted, t).is_some_and(|from| from.plus_months(t.exempted_months) <= t.today)
    };
    Doubt Base "DIS-12" "suspended-long" |d, _, t| {
        since(d, Standing::Suspended, t).is_some_and(|from| from.plus_days(SUSPENDED_DAYS) < t.today)
    };
    Doubt Base "MEM-27" "returned-without-probation" |d, _, _| {
        follows(d, Standing::Left, |next| matches!(next, Standing::Official | Standing::Exempted))
    };
    Doubt Branch "" "name-lower-case" |d, _, _| spelling::has_small_initial(&d.profile.full_name);
    Doubt Branch "" "name-tone" |d, _, _| spelling::has_tone_astray(&d.profile.full_name);
    Doubt Branch "EXI-16" "very-old" |d, _, t| counts(d, t) && (105..=115).contains(&age(d, t.today));
    Doubt Branch "EXI-16" "birth-year-only" |d, _, _| d.profile.birth_precision == 2;
    Doubt Branch "" "retired-young" |d, _, t| level(d, 3, t) == Some(RETIRED) && age(d, t.today) < 40;
    Doubt Branch "" "degree-above-schooling" |d, _, t| {
        matches!(level(d, 0, t), Some(1..=3)) && matches!(level(d, 1, t), Some(UNIVERSITY..))
    };
    Doubt Base "MEM-10" "introducer-self" |d, _, _| {
        let own = spelling_key(&d.profile.full_name);
        !own.is_empty() && spelling_key(&d.profile.introducers).contains(&own)
    };
    Doubt Base "MEM-24" "decision-odd" |d, _, _| {
        let number = &d.profile.admission_decision;
        !number.is_empty() && !number.contains(|c: char| c.is_ascii_digit())
    };
    Gap Base "DOS-03" "decision-missing-1997" |d, _, t| {
        counts(d, t) && whole_file(d, t) && d.profile.admission_decision.is_empty()
    };
    Gap Base "MEM-10" "introducers-missing" |d, _, t| {
        counts(d, t) && whole_file(d, t) && d.profile.introducers.is_empty()
    };
    Gap Branch "" "birth-place-missing" |d, _, t| counts(d, t) && d.profile.birth_place.is_empty();
    Gap Base "" "theory-missing-holder" |d, l, t| {
        l.holds_office(d.profile.person_id) && matches!(level(d, 2, t), None | Some(0 | 1))
    };
    Gap Branch "EXI-16" "identity-missing" |d, _, t| counts(d, t) && d.profile.identity_hint.is_empty();
    Gap Branch "" "sex-missing" |d, _, t| counts(d, t) && d.profile.sex == 0;
    Gap Branch "" "ethnicity-missing" |d, _, t| counts(d, t) && d.profile.ethnicity == 0;
    Gap Branch "" "home-town-missing" |d, _, t| counts(d, t) && d.profile.home_town.is_empty();
    Gap Base "" "file-number-missing" |d, _, t| counts(d, t) && d.profile.file_no.is_empty();
    Gap Base "MEM-24" "decision-missing" |d, _, t| counts(d, t) && !whole_file(d, t) && d.profile.admission_decision.is_empty();
    Gap Branch "" "education-missing" |d, _, t| counts(d, t) && matches!(level(d, 0, t), None | Some(0));
    Gap Branch "" "degree-missing" |d, _, t| counts(d, t) && matches!(level(d, 1, t), None | Some(0));
    Gap Branch "" "theory-missing" |d, _, t| is_official(d, t) && matches!(level(d, 2, t), None | Some(0));
    Gap Branch "" "occupation-missing" |d, _, t| counts(d, t) && matches!(level(d, 3, t), None | Some(0));
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

/// Whether his file must be whole: admitted after missing papers stopped being tolerated (DOS-03).
fn whole_file(dossier: &Dossier, terms: &Terms) -> bool {
    dossier.profile.admitted.is_some_and(|on| on >= terms.files_whole_since)
}

/// Since when he has the standing he has today.
fn since(dossier: &Dossier, standing: Standing, terms: &Terms) -> Option<Day> {
    let now = dossier.standings.iter().find(|held| held.on(terms.today));
    now.filter(|held| held.value == standing.number()).map(|held| held.from)
}

/// Whether a standing is followed at once by one of these.
fn follows(dossier: &Dossier, standing: Standing, next: fn(Standing) -> bool) -> bool {
    dossier.standings.windows(2).any(|pair| match pair {
        [one, other] => one.value == standing.number() && Standing::from_number(other.value).is_some_and(next),
        _ => false,
    })
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
