//! The questions about a member, and the answers as facts.

use chibo_kernel::text::{FullName, NameParts, clean};
use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_web::form::Kind;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Field, Pairs};

use super::issue;
use crate::codes::{self, List};
use crate::rules::{NewMember, Secrets};
use crate::store::PersonRow;

/// Characters of a text at most.
const MOST: usize = 200;

/// The choices of a list, "unknown" first.
pub(super) fn choices(w: Tongue<'_>, list: List) -> Vec<(String, String)> {
    let text = |code: &codes::Code| if w.lang == Lang::Vi { code.vi } else { code.en }.to_owned();
    list.iter().map(|code| (code.number.to_string(), text(code))).collect()
}

fn birth_value(person: &PersonRow) -> String {
    let (year, month, day) = person.birth.ymd();
    match person.birth_precision {
        0 => format!("{day}/{month}/{year}"),
        1 => format!("/{month}/{year}"),
        _ => format!("//{year}"),
    }
}

/// The undated facts; those of `before` are filled in, secret ones never.
pub(super) fn facts(w: Tongue<'_>, before: Option<&PersonRow>) -> Vec<Field> {
    let text = |name: &str, key: &str, value: fn(&PersonRow) -> &str| {
        Field::text(name, w.t(key)).value(before.map_or("", value))
    };
    let number = |value: fn(&PersonRow) -> u8| before.map_or_else(|| "0".to_owned(), |p| value(p).to_string());
    let part = |name: &str, key: &str, value: Option<&String>| {
        Field::text(name, w.t(key)).value(value.map_or("", String::as_str))
    };
    let parts = before.map(|p| (p.ho.as_ref(), p.dem.as_ref(), p.ten.as_ref())).unwrap_or_default();
    vec![
        text("name", "members-name", |p| &p.full_name).required().autocomplete("off"),
        part("ho", "members-ho", parts.0).hint(w.t("members-parts-hint")),
        part("dem", "members-dem", parts.1),
        part("ten", "members-ten", parts.2),
        text("other-name", "members-other-name", |p| &p.other_name),
        Field::new("birth", w.t("members-birth"), Kind::Day)
            .hint(w.t("members-birth-hint"))
            .value(before.map_or_else(String::new, birth_value))
            .required(),
        Field::new("sex", w.t("members-sex"), Kind::Radios(choices(w, codes::SEXES).split_off(1)))
            .value(number(|p| p.sex)),
        Field::new("ethnicity", w.t("members-ethnicity"), Kind::Select(choices(w, codes::ETHNICITIES)))
            .value(number(|p| p.ethnicity)),
        Field::new("religion", w.t("members-religion"), Kind::Select(choices(w, codes::RELIGIONS)))
            .value(number(|p| p.religion)),
        text("birth-place", "members-birth-place", |p| &p.birth_place),
        text("home-town", "members-home-town", |p| &p.home_town),
        text("job-title", "members-job-title", |p| &p.job_title),
        text("workplace", "members-workplace", |p| &p.workplace),
        text("file-no", "members-file-no", |p| &p.file_no),
    ]
}

/// The sealed facts; what is stored is never shown, an empty answer keeps it.
pub(super) fn secrets(w: Tongue<'_>, keeps: bool) -> Vec<Field> {
    let hint = if keeps { w.t("members-secret-keeps") } else { "" };
    let field = |name: &str, key: &str| Field::text(name, w.t(key)).hint(hint).autocomplete("off");
    vec![
        field("identity", "members-identity"),
        field("phone", "members-phone"),
        field("email", "members-email"),
        field("residence", "members-residence"),
        field("health", "members-health"),
        field("policy-family", "members-policy-family"),
    ]
}

/// Clean text of a field, cut where nobody would miss it.
pub(super) fn text(form: &Pairs, name: &str) -> String {
    clean(form.get(name)).chars().take(MOST).collect()
}

fn code(form: &Pairs, name: &str, list: List, issues: &mut Vec<Issue>) -> u8 {
    let typed = form.get(name);
    match typed.parse::<u8>() {
        Ok(number) if usize::from(number) < list.len() => number,
        _ if typed.is_empty() => 0,
        _ => {
            issues.push(issue(name, "members-bad-choice"));
            0
        }
    }
}

/// A day of three boxes; the issue goes to its field.
pub(super) fn day(form: &Pairs, name: &str, today: Day, issues: &mut Vec<Issue>) -> Option<Day> {
    match form.day(name, today) {
        Ok(day) => day,
        Err(Problem::Refused(found)) => {
            issues.extend(found);
            None
        }
        Err(_) => None,
    }
}

/// A birth day as far as it is known: the day, the month, or only the year.
fn birth(form: &Pairs, today: Day, issues: &mut Vec<Issue>) -> (Option<Day>, u8) {
    let part = |name: &str| form.get(name).trim().to_owned();
    let (day, month, year) = (part("birth-day"), part("birth-month"), part("birth-year"));
    if !day.is_empty() || year.is_empty() {
        return (self::day(form, "birth", today, issues), 0);
    }
    let precision = if month.is_empty() { 2 } else { 1 };
    let month = if month.is_empty() { Ok(1) } else { month.parse() };
    let found = match (year.parse(), month) {
        (Ok(year), Ok(month)) if (1800..=today.year()).contains(&year) => Day::from_ymd(year, month, 1),
        _ => None,
    };
    if found.is_none() {
        let text = format!("{}/{year}", form.get("birth-month"));
        issues.push(Issue {
            field: Some("birth".into()),
            rule: None,
            said: Said::new("form-bad-day").with("text", text),
        });
    }
    (found, precision)
}

/// The undated facts as sent, with everything that cannot be read.
pub(super) fn read(form: &Pairs, today: Day) -> (NewMember, Vec<Issue>) {
    let mut issues = Vec::new();
    let (birth, birth_precision) = birth(form, today, &mut issues);
    let mut member = NewMember {
        name: text(form, "name"),
        other_name: text(form, "other-name"),
        birth,
        birth_precision,
        sex: code(form, "sex", codes::SEXES, &mut issues),
        ethnicity: code(form, "ethnicity", codes::ETHNICITIES, &mut issues),
        religion: code(form, "religion", codes::RELIGIONS, &mut issues),
        birth_place: text(form, "birth-place"),
        home_town: text(form, "home-town"),
        job_title: text(form, "job-title"),
        workplace: text(form, "workplace"),
        file_no: text(form, "file-no"),
        secrets: secrets_of(form),
        ..NewMember::default()
    };
    member.parts = parts(form, &member.name, &mut issues);
    (member, issues)
}

fn secrets_of(form: &Pairs) -> Secrets {
    let identity: String = text(form, "identity").chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    Secrets {
        identity,
        phone: text(form, "phone"),
        residence: text(form, "residence"),
        email: text(form, "email"),
        health: text(form, "health"),
        policy_family: text(form, "policy-family"),
    }
}

/// Corrected parts; `None` when nothing was stated or it says what the name says anyway.
fn parts(form: &Pairs, name: &str, issues: &mut Vec<Issue>) -> Option<[String; 3]> {
    let [ho, dem, ten] = ["ho", "dem", "ten"].map(|part| text(form, part));
    if ho.is_empty() && dem.is_empty() && ten.is_empty() {
        return None;
    }
    let corrected = FullName::parse(name).map(|full| full.correct(NameParts { ho: &ho, dem: &dem, ten: &ten }));
    match corrected {
        Some(Ok(full)) => full.corrected().map(|p| [p.ho, p.dem, p.ten].map(str::to_owned)),
        _ => {
            issues.push(issue("ten", "members-parts-do-not-fit"));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Pairs {
        Pairs::parse(text)
    }

    fn today() -> Day {
        Day::from_iso("2026-11-22").unwrap()
    }

    #[test]
    fn a_birth_day_may_be_known_to_the_month_or_the_year_only() {
        for (typed, day, precision) in [
            ("birth-day=3&birth-month=2&birth-year=1958", Some("1958-02-03"), 0),
            ("birth-month=2&birth-year=1958", Some("1958-02-01"), 1),
            ("birth-year=1958", Some("1958-01-01"), 2),
            ("", None, 0),
        ] {
            let mut issues = Vec::new();
            let read = birth(&form(typed), today(), &mut issues);
            assert_eq!(read, (day.and_then(Day::from_iso), precision), "{typed}");
            assert!(issues.is_empty(), "{typed}");
        }
        for wrong in ["birth-day=31&birth-month=2&birth-year=1958", "birth-month=13&birth-year=1958", "birth-year=19x8"]
        {
            let mut issues = Vec::new();
            assert_eq!(birth(&form(wrong), today(), &mut issues).0, None, "{wrong}");
            assert_eq!(issues.len(), 1, "{wrong}");
        }
    }

    #[test]
    fn parts_of_a_name_must_be_its_words() {
        let read = |typed: &str| read(&form(typed), today());
        let (member, issues) = read("name=H'Hen+Ni%C3%AA&ho=Ni%C3%AA&ten=H'Hen&birth-year=1992");
        assert_eq!(member.parts, Some(["Niê".into(), String::new(), "H'Hen".into()]));
        assert!(issues.is_empty());
        let (member, issues) = read("name=Tr%E1%BA%A7n+Ph%C3%BA&ten=Minh&birth-year=1992");
        assert_eq!((member.parts, issues.len()), (None, 1));
        let (member, _) = read("name=Tr%E1%BA%A7n+Ph%C3%BA&ho=Tr%E1%BA%A7n&ten=Ph%C3%BA&birth-year=1992");
        assert_eq!(member.parts, None, "what the name says anyway is not stored");
    }
}
