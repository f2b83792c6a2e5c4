//! What a row of a file says otherwise than a record. Pure. Values are compared as they are meant: names without regard
//! to where the tone stands, texts without case and punctuation, dates as far as both are known. What the file leaves
//! empty is no difference.

use chibo_kernel::text::spelling_key;
use chibo_kernel::{Day, Id, Unit};
use chibo_members::records::PersonRow;
use chibo_members::rules::{NewMember, Secrets};
use chibo_members::twins::Lines;

/// A field that differs, with both values as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which field: the key of the column of an import.
    pub field: &'static str,
    /// Here.
    pub here: String,
    /// There.
    pub there: String,
}

/// Fields that can be taken over one by one by correcting the record.
pub const TAKEABLE: [&str; 11] = [
    "name",
    "other-name",
    "birth",
    "sex",
    "ethnicity",
    "religion",
    "birth-place",
    "home-town",
    "job-title",
    "workplace",
    "file-no",
];

/// Fields that are sealed: only that they differ is ever said.
pub const SEALED: [&str; 6] = ["identity", "phone", "email", "residence", "health", "policy-family"];

/// A birth day as stored: day and how far it is known.
pub fn birth_text(day: Day, precision: u8) -> String {
    format!("{}/{precision}", day.iso())
}

/// A stored birth day.
pub fn birth_of(text: &str) -> Option<(Day, u8)> {
    let (day, precision) = text.split_once('/')?;
    Some((Day::from_iso(day)?, precision.parse().ok()?))
}

/// Whether a birth day known as far as `one` may be the day `other`.
pub fn may_be(one: (Day, u8), other: (Day, u8)) -> bool {
    let (a, b) = (one.0.ymd(), other.0.ymd());
    match one.1.max(other.1) {
        0 => one.0 == other.0,
        1 => (a.0, a.1) == (b.0, b.1),
        _ => a.0 == b.0,
    }
}

fn bare(text: &str) -> String {
    spelling_key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Everything that differs, in the order of the columns; `today` says which of the dated rows are meant.
pub fn differences(here: (&PersonRow, &Secrets, &Lines), there: &NewMember, today: Day) -> Vec<Difference> {
    let (person, secrets, lines) = here;
    let mut found = Vec::new();
    texts(person, there, &mut found);
    if let Some(birth) = there.birth.map(|day| (day, there.birth_precision)) {
        let own = (person.birth, person.birth_precision);
        // Less exact and fitting is no difference; more exact is one.
        if !may_be(own, birth) || birth.1 < own.1 {
            found.push(Difference {
                field: "birth",
                here: birth_text(own.0, own.1),
                there: birth_text(birth.0, birth.1),
            });
        }
    }
    let now = |line: &[(chibo_kernel::Period, u8)]| {
        line.iter().find(|(valid, _)| valid.contains(today)).map_or(0, |row| row.1)
    };
    let stated = there.standings.last().map_or(0, |(standing, _)| *standing);
    let level = |at: usize| lines.levels.get(at).map_or(0, |line| now(line));
    let meant = |at: usize| {
        let field = chibo_members::rules::Field::ALL.get(at);
        there.attainments.iter().rfind(|row| Some(&row.0) == field).map_or(0, |row| row.1)
    };
    for (field, here, there) in [
        ("sex", person.sex, there.sex),
        ("ethnicity", person.ethnicity, there.ethnicity),
        ("religion", person.religion, there.religion),
        ("academic-title", person.academic_title, there.academic_title),
        ("standing", now(&lines.standings), stated),
        ("education", level(0), meant(0)),
        ("degree", level(1), meant(1)),
        ("theory", level(2), meant(2)),
        ("occupation", level(3), meant(3)),
    ] {
        if there != 0 && here != there {
            found.push(Difference { field, here: here.to_string(), there: there.to_string() });
        }
    }
    for (field, here, there) in
        [("admitted", person.admitted, there.admitted), ("official", person.official, there.official)]
    {
        if there.is_some() && here != there {
            let text = |day: Option<Day>| day.map_or_else(String::new, Day::iso);
            found.push(Difference { field, here: text(here), there: text(there) });
        }
    }
    let unit: Option<Id<Unit>> = lines.postings.iter().find(|(valid, _)| valid.contains(today)).map(|row| row.1);
    if let Some((there, _)) = there.postings.last()
        && unit != Some(*there)
    {
        found.push(Difference {
            field: "unit",
            here: unit.map_or_else(String::new, |unit| unit.to_string()),
            there: there.to_string(),
        });
    }
    sealed(secrets, &there.secrets, &mut found);
    found
}

fn texts(here: &PersonRow, there: &NewMember, found: &mut Vec<Difference>) {
    for (field, here, there) in [
        ("name", &here.full_name, &there.name),
        ("other-name", &here.other_name, &there.other_name),
        ("birth-place", &here.birth_place, &there.birth_place),
        ("home-town", &here.home_town, &there.home_town),
        ("job-title", &here.job_title, &there.job_title),
        ("workplace", &here.workplace, &there.workplace),
        ("file-no", &here.file_no, &there.file_no),
        ("languages", &here.languages, &there.languages),
        ("informatics", &here.informatics, &there.informatics),
        ("admission-decision", &here.admission_decision, &there.admission_decision),
        ("introducers", &here.introducers, &there.introducers),
    ] {
        if !there.is_empty() && bare(here) != bare(there) {
            found.push(Difference { field, here: here.clone(), there: there.clone() });
        }
    }
}

fn sealed(here: &Secrets, there: &Secrets, found: &mut Vec<Difference>) {
    let has = |text: &str| if text.is_empty() { String::new() } else { "x".to_owned() };
    let number = |one: &str, other: &str| digits(one) == digits(other);
    let text = |one: &str, other: &str| bare(one) == bare(other);
    for (field, here, there, same) in [
        ("identity", &here.identity, &there.identity, number(&here.identity, &there.identity)),
        ("phone", &here.phone, &there.phone, number(&here.phone, &there.phone)),
        ("email", &here.email, &there.email, here.email.eq_ignore_ascii_case(&there.email)),
        ("residence", &here.residence, &there.residence, text(&here.residence, &there.residence)),
        ("health", &here.health, &there.health, text(&here.health, &there.health)),
        ("policy-family", &here.policy_family, &there.policy_family, text(&here.policy_family, &there.policy_family)),
    ] {
        if !there.is_empty() && !same {
            found.push(Difference { field, here: has(here), there: has(there) });
        }
    }
}
