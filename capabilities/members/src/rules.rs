//! What a member's facts must satisfy, and what is only doubtful. Pure.

pub mod birth;
pub mod correction;
pub mod deciding;
pub mod hold;
pub mod identity;
pub mod party_age;
pub mod product;
pub mod provinces;
pub mod restored;
pub mod union;

use chibo_kernel::{Day, Id, Issue, Moment, Problem, Said, Unit};

use crate::codes::Standing;

/// Fields whose levels are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Field {
    /// General education (giáo dục phổ thông).
    Education = 1,
    /// Degree (trình độ chuyên môn).
    Degree = 2,
    /// Political theory (lý luận chính trị).
    Theory = 3,
    /// Occupation (nghề nghiệp).
    Occupation = 4,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 4] = [Self::Education, Self::Degree, Self::Theory, Self::Occupation];

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Its code list.
    pub const fn list(self) -> crate::codes::List {
        match self {
            Self::Education => crate::codes::GENERAL_EDUCATION,
            Self::Degree => crate::codes::DEGREES,
            Self::Theory => crate::codes::THEORY,
            Self::Occupation => crate::codes::OCCUPATIONS,
        }
    }

    /// Its word key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Education => "members-education",
            Self::Degree => "members-degree",
            Self::Theory => "members-theory",
            Self::Occupation => "members-occupation",
        }
    }
}

/// Fields that are sealed in storage, masked on screen, revealed with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Secrets {
    /// Personal identification number (số định danh, 12 digits), or empty.
    pub identity: String,
    /// Telephone.
    pub phone: String,
    /// Permanent residence.
    pub residence: String,
    /// E-mail.
    pub email: String,
    /// Health (DPD-05); records of before had it unsealed.
    #[serde(default)]
    pub health: String,
    /// Policy family (gia đình chính sách), the same.
    #[serde(default)]
    pub policy_family: String,
}

impl Secrets {
    /// Takes over what a record of before says unsealed, where nothing is sealed.
    pub fn absorb(&mut self, health: &str, policy_family: &str) {
        for (own, plain) in [(&mut self.health, health), (&mut self.policy_family, policy_family)] {
            if own.is_empty() {
                plain.clone_into(own);
            }
        }
    }
}

/// One of the sealed fields, as it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// Personal identification number.
    Identity,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Permanent residence.
    Residence,
    /// Health.
    Health,
    /// Policy family.
    PolicyFamily,
}

impl Secret {
    /// All, in the order they are shown.
    pub const ALL: [Secret; 6] =
        [Self::Identity, Self::Phone, Self::Email, Self::Residence, Self::Health, Self::PolicyFamily];

    /// As sent and recorded.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Residence => "residence",
            Self::Health => "health",
            Self::PolicyFamily => "policy-family",
        }
    }

    /// From what was sent.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// Its word key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Identity => "members-identity",
            Self::Phone => "members-phone",
            Self::Email => "members-email",
            Self::Residence => "members-residence",
            Self::Health => "members-health",
            Self::PolicyFamily => "members-policy-family",
        }
    }

    /// Its value among all.
    pub fn of(self, secrets: &Secrets) -> &str {
        match self {
            Self::Identity => &secrets.identity,
            Self::Phone => &secrets.phone,
            Self::Email => &secrets.email,
            Self::Residence => &secrets.residence,
            Self::Health => &secrets.health,
            Self::PolicyFamily => &secrets.policy_family,
        }
    }
}

/// A member to be entered: facts, and dated rows given by their first days; each lasts until the next.
#[derive(Clone, Debug, Default)]
pub struct NewMember {
    /// Full name, clean.
    pub name: String,
    /// Corrected parts (họ, đệm, tên), when the derived ones are wrong.
    pub parts: Option<[String; 3]>,
    /// Another name (tên gọi khác).
    pub other_name: String,
    /// Birth day; the first possible one when only month or year is known.
    pub birth: Option<Day>,
    /// 0 day known, 1 month known, 2 only the year.
    pub birth_precision: u8,
    /// Sex.
    pub sex: u8,
    /// Ethnicity.
    pub ethnicity: u8,
    /// Religion.
    pub religion: u8,
    /// Place of birth registration.
    pub birth_place: String,
    /// Home town (quê quán).
    pub home_town: String,
    /// Present job title.
    pub job_title: String,
    /// Present workplace.
    pub workplace: String,
    /// Number of the dossier (số lý lịch).
    pub file_no: String,
    /// Academic title.
    pub academic_title: u8,
    /// Foreign languages.
    pub languages: String,
    /// Informatics.
    pub informatics: String,
    /// Day of the admission decision (ngày vào Đảng).
    pub admitted: Option<Day>,
    /// Number of the admission decision.
    pub admission_decision: String,
    /// Introducers.
    pub introducers: String,
    /// Official day (ngày chính thức).
    pub official: Option<Day>,
    /// Sealed fields.
    pub secrets: Secrets,
    /// Branches with the day from which.
    pub postings: Vec<(Id<Unit>, Day)>,
    /// Standings with the day from which.
    pub standings: Vec<(u8, Day)>,
    /// Levels with the day from which.
    pub attainments: Vec<(Field, u8, Day)>,
    /// When it became known; `None` for now. Only loaders of old data set it.
    pub recorded: Option<Moment>,
}

/// Months of probation (MEM-30).
const PROBATION_MONTHS: i32 = 12;
/// Youngest age at admission, in months (MEM-01).
const YOUNGEST_MONTHS: i32 = 18 * 12;

/// What is wrong with a new member's facts. Errors refuse the row; doubts are shown and kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Must be mended first.
    pub errors: Vec<Issue>,
    /// Should be looked at.
    pub doubts: Vec<Issue>,
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// Checks a new member against the rules that concern the facts themselves.
pub fn check(member: &NewMember, today: Day) -> Findings {
    let mut found = Findings::default();
    if member.name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        found.errors.push(issue("name", None, Said::new("members-bad-name")));
    }
    let Some(birth) = member.birth else {
        found.errors.push(issue("birth", None, Said::new("members-no-birth")));
        return found;
    };
    if birth > today {
        found.errors.push(issue("birth", None, Said::new("members-birth-in-future").with("day", birth)));
        return found;
    }
    check_dates(member, birth, today, &mut found);
    if let Some(said) = identity::doubt(&member.secrets.identity, birth, member.sex) {
        found.doubts.push(issue("identity", Some("DPD-30"), said));
    }
    found
}

fn check_dates(member: &NewMember, birth: Day, today: Day, found: &mut Findings) {
    if let Some(admitted) = member.admitted {
        if admitted > today {
            found.errors.push(issue("admitted", None, Said::new("members-admitted-in-future").with("day", admitted)));
        } else if admitted < Day::PARTY_FOUNDED {
            found.errors.push(issue("admitted", None, Said::new("members-admitted-too-early").with("day", admitted)));
        } else if admitted.month_number() - birth.month_number() < YOUNGEST_MONTHS {
            found.doubts.push(issue(
                "admitted",
                Some("MEM-01"),
                Said::new("members-admitted-young").with("day", admitted),
            ));
        }
    }
    if let Some(official) = member.official {
        match member.admitted {
            Some(admitted) if official < admitted => {
                let said = Said::new("members-official-before-admitted").with("day", official);
                found.errors.push(issue("official", Some("MEM-31"), said));
            }
            Some(admitted) if official < admitted.plus_months(PROBATION_MONTHS) => {
                let said = Said::new("members-official-early").with("day", admitted.plus_months(PROBATION_MONTHS));
                found.doubts.push(issue("official", Some("MEM-30"), said));
            }
            _ if official > today => {
                found.errors.push(issue(
                    "official",
                    None,
                    Said::new("members-official-in-future").with("day", official),
                ));
            }
            _ => {}
        }
    }
}

/// The standings that follow from the two dates when nothing else is said (MEM-30, MEM-31).
pub fn standings_from_dates(admitted: Option<Day>, official: Option<Day>, since: Day) -> Vec<(u8, Day)> {
    match (admitted, official) {
        (Some(admitted), Some(official)) if admitted < official => {
            vec![(Standing::Probationary.number(), admitted), (Standing::Official.number(), official)]
        }
        (Some(admitted), None) => vec![(Standing::Probationary.number(), admitted)],
        (_, Some(official)) => vec![(Standing::Official.number(), official)],
        (None, None) => vec![(Standing::Official.number(), since)],
    }
}

/// A move to another branch may not be dated before the member's first posting nor after today.
pub fn check_posting(from: Day, first: Option<Day>, today: Day) -> Result<(), Problem> {
    if from > today {
        return Err(Problem::field("from", Said::new("members-posting-in-future").with("day", from)));
    }
    match first {
        Some(first) if from < first => {
            Err(Problem::field("from", Said::new("members-posting-before-first").with("day", first)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn member() -> NewMember {
        NewMember {
            name: "Nguyễn Văn An".into(),
            birth: Some(day("1980-05-20")),
            sex: 1,
            admitted: Some(day("2005-05-19")),
            official: Some(day("2006-05-19")),
            ..NewMember::default()
        }
    }

    fn keys(issues: &[Issue]) -> Vec<&str> {
        issues.iter().map(|i| i.said.key).collect()
    }

    #[test]
    fn mem_01_admission_before_18_is_a_doubt_counted_by_month() {
        let today = day("2026-11-22");
        let mut young = member();
        young.admitted = Some(day("1998-04-30"));
        assert_eq!(keys(&check(&young, today).doubts), ["members-admitted-young"]);
        young.admitted = Some(day("1998-05-01"));
        assert!(check(&young, today).doubts.is_empty());
    }

    #[test]
    fn mem_30_probation_lasts_twelve_months_and_mem_31_never_ends_before_it_began() {
        let today = day("2026-11-22");
        let mut early = member();
        early.official = Some(day("2006-05-18"));
        assert_eq!(keys(&check(&early, today).doubts), ["members-official-early"]);
        early.official = Some(day("2005-05-18"));
        assert_eq!(keys(&check(&early, today).errors), ["members-official-before-admitted"]);
        assert!(check(&member(), today).errors.is_empty());
    }

    #[test]
    fn impossible_birth_days_refuse_the_row() {
        let today = day("2026-11-22");
        let unborn = NewMember { birth: Some(day("2027-01-01")), ..member() };
        assert_eq!(keys(&check(&unborn, today).errors), ["members-birth-in-future"]);
        assert_eq!(keys(&check(&NewMember { birth: None, ..member() }, today).errors), ["members-no-birth"]);
        assert_eq!(keys(&check(&NewMember { name: "?".into(), ..member() }, today).errors), ["members-bad-name"]);
    }
}
