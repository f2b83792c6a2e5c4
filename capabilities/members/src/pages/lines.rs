//! What a line of a list shows of a member: from the columns where they suffice, else from the store.

use chibo_census::{PersonNo, UnitNo, View};
use chibo_kernel::{AsOf, Day, Id, Moment, Period, Person, Problem};
use chibo_store::Tx;

use crate::store;

/// A member in a list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: Id<Person>,
    pub name: String,
    pub unit: Option<UnitNo>,
    pub birth: Option<Day>,
    pub birth_precision: u8,
    pub admitted: Option<Day>,
    pub sex: u8,
    pub ethnicity: u8,
    pub standing: u8,
    pub education: u8,
    pub degree: u8,
    pub theory: u8,
    pub occupation: u8,
}

/// Names and today's states from the columns.
pub(crate) fn from_view(view: &View<'_>, persons: &[PersonNo]) -> Vec<Line> {
    let line = |no: &PersonNo| {
        let brief = view.person(*no)?;
        let mut line = Line {
            id: brief.id,
            name: brief.name,
            unit: brief.today.map(|(unit, _)| unit).or(brief.home),
            birth: brief.born,
            birth_precision: 1,
            admitted: brief.admitted,
            sex: 0,
            ethnicity: 0,
            standing: 0,
            education: 0,
            degree: 0,
            theory: 0,
            occupation: 0,
        };
        if let Some((_, codes)) = brief.today {
            (line.sex, line.ethnicity, line.standing) = (codes.sex, codes.ethnicity, codes.standing);
            (line.education, line.degree) = (codes.education, codes.degree);
            (line.theory, line.occupation) = (codes.theory, codes.occupation);
        }
        Some(line)
    };
    persons.iter().filter_map(line).collect()
}

/// Fills in what the columns know to the month only: birth and admission.
pub(crate) fn fill_dates(tx: &mut Tx<'_>, lines: &mut [Line]) -> Result<(), Problem> {
    for chunk in lines.chunks_mut(store::AT_ONCE) {
        let ids: Vec<_> = chunk.iter().map(|line| line.id).collect();
        store::dates_of(tx, &ids, |row| {
            if let Some(line) = chunk.iter_mut().find(|line| line.id == row.person_id) {
                (line.birth, line.birth_precision, line.admitted) =
                    (Some(row.birth), row.birth_precision, row.admitted);
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Whether a dated row is the one of that day with that knowledge.
pub(crate) fn holds(from: Day, to: Day, recorded: Moment, superseded: Moment, at: AsOf) -> bool {
    let known = match at.known {
        Moment::FOREVER => superseded == Moment::FOREVER,
        known => recorded <= known && known < superseded,
    };
    known && Period::new(from, to).is_some_and(|valid| valid.contains(at.day))
}

/// Replaces today's state by that of another day or knowledge; `no` numbers units.
pub(crate) fn fill_past(
    tx: &mut Tx<'_>,
    lines: &mut [Line],
    at: AsOf,
    no: impl Fn(Id<chibo_kernel::Unit>) -> Option<UnitNo>,
) -> Result<(), Problem> {
    for chunk in lines.chunks_mut(store::AT_ONCE) {
        let ids: Vec<_> = chunk.iter().map(|line| line.id).collect();
        for line in chunk.iter_mut() {
            line.unit = None;
            (line.standing, line.education, line.degree, line.theory, line.occupation) = (0, 0, 0, 0, 0);
        }
        store::persons_of(tx, &ids, |row| {
            if let Some(line) = chunk.iter_mut().find(|line| line.id == row.person_id) {
                (line.sex, line.ethnicity) = (row.sex, row.ethnicity);
            }
            Ok(())
        })?;
        store::postings_of(tx, &ids, |row| {
            let held = holds(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, at);
            if let Some(line) = chunk.iter_mut().find(|line| held && line.id == row.person_id) {
                line.unit = no(row.unit_id);
            }
            Ok(())
        })?;
        let mut take = |row: store::LevelOf| {
            let held = holds(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, at);
            if let Some(line) = chunk.iter_mut().find(|line| held && line.id == row.person_id) {
                match row.field {
                    0 => line.standing = row.level,
                    1 => line.education = row.level,
                    2 => line.degree = row.level,
                    3 => line.theory = row.level,
                    4 => line.occupation = row.level,
                    _ => {}
                }
            }
            Ok(())
        };
        store::standings_of(tx, &ids, &mut take)?;
        store::levels_of(tx, &ids, &mut take)?;
    }
    Ok(())
}

/// A birth day as far as it is known; nothing when it is not.
pub(crate) fn birth_text(birth: Option<Day>, precision: u8) -> String {
    birth.map_or_else(String::new, |day| crate::sheets::birth_text(day, precision))
}

/// Completed years by month from a day to the asked one.
pub(crate) fn years(since: Option<Day>, on: Day) -> Option<i32> {
    since.map(|since| (on.month_number() - since.month_number()).div_euclid(12)).filter(|years| *years >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Day> {
        Day::from_iso(text)
    }

    #[test]
    fn x_02_party_age_is_counted_by_month() {
        let on = day("2026-11-22").unwrap();
        assert_eq!(years(day("1986-11-30"), on), Some(40));
        assert_eq!(years(day("1986-12-01"), on), Some(39));
        assert_eq!(years(day("2027-01-01"), on), None);
        assert_eq!(years(None, on), None);
    }
}
