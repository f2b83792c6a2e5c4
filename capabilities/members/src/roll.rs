//! Members as lines of a printed list, and the numbers of their dossiers: for capabilities above.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Tx;

use crate::codes::{self, List};
use crate::rules::Field;
use crate::store;

/// A member as a list names him; the sealed fields stay sealed.
#[derive(Clone, Debug)]
pub struct RollLine {
    /// Full name.
    pub name: String,
    /// Birth as far as it is known: day, month or year.
    pub birth: String,
    /// Sex.
    pub sex: u8,
    /// Party age counts from here.
    pub admitted: Option<Day>,
    /// Official since.
    pub official: Option<Day>,
    /// Number of the dossier (số lý lịch); may be empty.
    pub file_no: String,
    /// The last digits of the identification number; empty when none is known.
    pub identity_hint: String,
    /// Present job title.
    pub job_title: String,
    /// Standing on the asked day.
    pub standing: u8,
    /// General education, degree, political theory, occupation on the asked day, in Vietnamese; may be empty.
    pub levels: [&'static str; 4],
}

/// These members with what holds on a day, as known now; those who are not there are left out.
///
/// # Errors
/// What the store gives.
pub fn roll_of(tx: &mut Tx<'_>, ids: &[Id<Person>], day: Day) -> Result<HashMap<Id<Person>, RollLine>, Problem> {
    let mut roll = HashMap::with_capacity(ids.len());
    for some in ids.chunks(store::AT_ONCE) {
        store::persons_of(tx, some, |row| {
            let line = RollLine {
                birth: crate::sheets::birth_text(row.birth, row.birth_precision),
                name: row.full_name,
                sex: row.sex,
                admitted: row.admitted,
                official: row.official,
                file_no: row.file_no,
                identity_hint: row.identity_hint,
                job_title: row.job_title,
                standing: 0,
                levels: [""; 4],
            };
            roll.insert(row.person_id, line);
            Ok(())
        })?;
        let holds = |from: Day, to: Day, superseded: Moment| superseded == Moment::FOREVER && from <= day && day < to;
        store::standings_of(tx, some, |row| {
            if holds(row.valid_from, row.valid_to, row.superseded_at)
                && let Some(line) = roll.get_mut(&row.person_id)
            {
                line.standing = row.level;
            }
            Ok(())
        })?;
        store::levels_of(tx, some, |row| {
            let field = Field::ALL.into_iter().zip(0usize..).find(|(field, _)| field.number() == row.field);
            if holds(row.valid_from, row.valid_to, row.superseded_at)
                && let Some((field, at)) = field
                && let Some(level) = roll.get_mut(&row.person_id).and_then(|line| line.levels.get_mut(at))
            {
                *level = level_name(field.list(), row.level);
            }
            Ok(())
        })?;
    }
    Ok(roll)
}

fn level_name(list: List, number: u8) -> &'static str {
    let code = codes::entry(list, number);
    if code.number == 0 { "" } else { code.vi }
}

/// How many dossiers have a number from `first` to `last` with these letters, and the greatest of them.
///
/// # Errors
/// What the store gives.
pub fn file_numbers(
    tx: &mut Tx<'_>,
    (first, last, letters): (&str, &str, &str),
) -> Result<(u32, Option<String>), Problem> {
    let row = store::file_numbers(tx, first, last, letters)?;
    let (used, greatest) = row.map_or((0, String::new()), |row| (row.used, row.greatest));
    Ok((u32::try_from(used).map_err(Problem::fault)?, Some(greatest).filter(|text| !text.is_empty())))
}

/// Whether a dossier has this number.
///
/// # Errors
/// What the store gives.
pub fn file_no_taken(tx: &mut Tx<'_>, number: &str) -> Result<bool, Problem> {
    Ok(store::file_no_owner(tx, number)?.is_some())
}
