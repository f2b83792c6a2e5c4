//! Results as words.

use chibo_kernel::{Day, Id, Unit};
use chibo_members::codes;
use chibo_members::sheets;
use chibo_organisation::UnitsToday;
use chibo_web::Visit;

use super::super::merge::code;
use crate::rules::differ::{SEALED, birth_of};
use crate::store::reconciliations::LineRow;

/// The name of a field.
pub(super) fn field(visit: &Visit<'_>, field: &str) -> String {
    let key = match field {
        "admission-decision" | "academic-title" | "policy-family" => format!("members-{field}"),
        other => format!("members-{other}"),
    };
    visit.w.or(&key, "").to_owned()
}

/// A stored value in words.
pub(super) fn value(visit: &Visit<'_>, units: &UnitsToday, field: &str, stored: &str) -> String {
    let w = visit.w;
    let list = match field {
        "sex" => codes::SEXES,
        "ethnicity" => codes::ETHNICITIES,
        "religion" => codes::RELIGIONS,
        "academic-title" => codes::ACADEMIC_TITLES,
        "standing" => codes::STANDINGS,
        "education" => codes::GENERAL_EDUCATION,
        "degree" => codes::DEGREES,
        "theory" => codes::THEORY,
        "occupation" => codes::OCCUPATIONS,
        _ => &[],
    };
    if SEALED.contains(&field) {
        return w.t(if stored.is_empty() { "quality-merge-nothing" } else { "quality-sealed-differs" }).to_owned();
    }
    match field {
        _ if stored.is_empty() => String::new(),
        "birth" | "there" => birth_of(stored).map_or_else(String::new, |(day, known)| sheets::birth_text(day, known)),
        "admitted" | "official" => Day::from_iso(stored).map_or_else(String::new, |day| w.day(day)),
        "unit" => stored.parse::<Id<Unit>>().map_or_else(|_| String::new(), |unit| units.name(unit)),
        _ if !list.is_empty() => code(w, list, stored.parse().unwrap_or(0)),
        _ => stored.to_owned(),
    }
}

/// The name of the member of a result: of members only here from the columns.
pub(super) fn name(visit: &Visit<'_>, line: &LineRow) -> String {
    if !line.name.is_empty() {
        return line.name.clone();
    }
    let view = visit.house.census.view(visit.today());
    line.person_id.and_then(|person| view.no(person)).map(|no| view.name(no)).unwrap_or_default()
}

/// Why a row is doubtful or was not read.
pub(super) fn why(line: &LineRow) -> &'static str {
    match line.field.as_str() {
        "number" => "quality-doubt-number",
        "several" => "quality-doubt-several",
        "twice" => "quality-doubt-twice",
        _ => "quality-doubt-unread",
    }
}
