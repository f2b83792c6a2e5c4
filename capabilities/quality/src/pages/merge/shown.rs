//! Facts of a record as words.

use chibo_kernel::{Id, Period, Unit};
use chibo_members::codes::{self, List, entry};
use chibo_members::records::PersonRow;
use chibo_members::rules::Field;
use chibo_members::sheets::birth_text;
use chibo_members::twins::{Fact, LINES, Lines};
use chibo_organisation::UnitsToday;
use chibo_web::words::{Lang, Tongue};

/// A code in words; nothing for "unknown".
pub(crate) fn code(w: Tongue<'_>, list: List, number: u8) -> String {
    let code = entry(list, number);
    match (number, w.lang) {
        (0, _) => String::new(),
        (_, Lang::Vi) => code.vi.to_owned(),
        (_, Lang::En) => code.en.to_owned(),
    }
}

/// A fact of a record in words; nothing when it says nothing.
pub(super) fn fact(w: Tongue<'_>, fact: Fact, p: &PersonRow) -> String {
    let day = |day: Option<chibo_kernel::Day>| day.map_or_else(String::new, |day| w.day(day));
    match fact {
        Fact::Name => p.full_name.clone(),
        Fact::OtherName => p.other_name.clone(),
        Fact::Birth => birth_text(p.birth, p.birth_precision),
        Fact::Sex => code(w, codes::SEXES, p.sex),
        Fact::Ethnicity => code(w, codes::ETHNICITIES, p.ethnicity),
        Fact::Religion => code(w, codes::RELIGIONS, p.religion),
        Fact::BirthPlace => p.birth_place.clone(),
        Fact::HomeTown => p.home_town.clone(),
        Fact::JobTitle => p.job_title.clone(),
        Fact::Workplace => p.workplace.clone(),
        Fact::FileNo => p.file_no.clone(),
        Fact::AcademicTitle => code(w, codes::ACADEMIC_TITLES, p.academic_title),
        Fact::Languages => p.languages.clone(),
        Fact::Informatics => p.informatics.clone(),
        Fact::Admitted => day(p.admitted),
        Fact::AdmissionDecision => p.admission_decision.clone(),
        Fact::Introducers => p.introducers.clone(),
        Fact::Official => day(p.official),
    }
}

fn span(w: Tongue<'_>, valid: Period, value: &str) -> String {
    if valid.is_open() {
        w.t2("quality-merge-since", ("from", w.day(valid.from())), ("what", value))
    } else {
        let (from, to) = (w.day(valid.from()), w.day(valid.to().plus_days(-1)));
        w.with("quality-merge-span", &[("from", from), ("to", to), ("what", value.to_owned())])
    }
}

/// A line of a record, span by span.
pub(super) fn line(w: Tongue<'_>, units: &UnitsToday, name: &str, lines: &Lines) -> Vec<String> {
    let numbers = |list: List, line: &[(Period, u8)]| {
        line.iter().map(|(valid, value)| span(w, *valid, &code(w, list, *value))).collect()
    };
    let posting = |(valid, unit): &(Period, Id<Unit>)| span(w, *valid, &units.name(*unit));
    match name {
        "postings" => lines.postings.iter().map(posting).collect(),
        "standings" => numbers(codes::STANDINGS, &lines.standings),
        _ => {
            let at = LINES.iter().position(|line| *line == name).unwrap_or(2).saturating_sub(2);
            let field = Field::ALL.get(at).copied().unwrap_or(Field::Education);
            numbers(field.list(), lines.levels.get(at).map_or(&[], Vec::as_slice))
        }
    }
}
