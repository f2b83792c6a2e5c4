//! Feeding the census: all members at start, single members after a commit.

use chibo_census::{Forest, PersonFacts};
use chibo_kernel::{Id, Moment, Person, Problem};
use chibo_store::{Row, Tx, Value};

use crate::rules::product::{Fact, Lines};
use crate::store::{self, FactsRow};

const NOWHERE: u32 = u32::MAX;

fn start(row: FactsRow, facts: &mut PersonFacts) {
    facts.id = row.person_id;
    facts.name = row.full_name;
    facts.parts = row.ten.map(|ten| [row.ho.unwrap_or_default(), row.dem.unwrap_or_default(), ten]);
    facts.birth = Some(row.birth);
    facts.sex = row.sex;
    facts.ethnicity = row.ethnicity;
    facts.religion = row.religion;
    facts.admitted = row.admitted;
    facts.official = row.official;
}

/// Reads every member in order of id and hands each to `take`.
pub fn load(
    tx: &mut Tx<'_>,
    forest: &Forest,
    mut take: impl FnMut(&PersonFacts) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut lines = Lines::default();
    let mut facts = PersonFacts::named(Id::from_bytes([0; 16]), "");
    let mut begun = false;
    let mut last_unit = (Id::from_bytes([0; 16]), NOWHERE);
    store::each_line(tx, &mut |row| {
        let id = row.get(0)?;
        if !begun || id != facts.id {
            if begun {
                lines.states(&mut facts.states);
                take(&facts)?;
            }
            begun = true;
            lines.clear();
            facts.id = id;
        }
        match row.get::<u8>(1)? {
            9 => undated(row, &mut facts)?,
            0 => {
                let unit = row.get(8)?;
                if last_unit.0 != unit {
                    last_unit = (unit, forest.no(unit).unwrap_or(NOWHERE));
                }
                if last_unit.1 != NOWHERE {
                    lines.postings.push(dated_row(row, last_unit.1)?);
                }
            }
            1 => lines.standings.push(dated_row(row, row.get(6)?)?),
            line => {
                if let Some(levels) = lines.levels.get_mut(usize::from(line).wrapping_sub(2)) {
                    levels.push(dated_row(row, row.get(6)?)?);
                }
            }
        }
        Ok(())
    })?;
    if begun {
        lines.states(&mut facts.states);
        take(&facts)?;
    }
    Ok(())
}

fn dated_row(row: &Row<'_>, value: u32) -> Result<Fact, Problem> {
    Ok(dated(row.get(3)?, row.get(4)?, row.get(2)?, row.get(5)?, value))
}

fn undated(row: &Row<'_>, facts: &mut PersonFacts) -> Result<(), Problem> {
    facts.birth = Some(row.get(2)?);
    facts.sex = row.get(3)?;
    facts.ethnicity = row.get(4)?;
    facts.religion = row.get(5)?;
    facts.admitted = row.get(6)?;
    facts.official = row.get(7)?;
    facts.name.clear();
    if let Value::Text(name) = row.value(9)? {
        facts.name.push_str(name);
    }
    facts.parts = match row.get::<Option<String>>(12)? {
        Some(ten) => {
            let part = |at| row.get::<Option<String>>(at).map(Option::unwrap_or_default);
            Some([part(10)?, part(11)?, ten])
        }
        None => None,
    };
    Ok(())
}

/// One member as the census wants it; `None` when there is no such person any more.
pub fn facts(tx: &mut Tx<'_>, forest: &Forest, id: Id<Person>) -> Result<Option<PersonFacts>, Problem> {
    let Some(row) = store::facts_of(tx, id)? else { return Ok(None) };
    let mut facts = PersonFacts::named(id, "");
    start(row, &mut facts);
    let mut lines = Lines::default();
    for row in store::postings(tx, id)? {
        let value = forest.no(row.unit_id).unwrap_or(NOWHERE);
        let fact = dated(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, value);
        lines.postings.extend((value != NOWHERE).then_some(fact));
    }
    for row in store::standings(tx, id)? {
        let value = u32::from(row.standing);
        lines.standings.push(dated(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, value));
    }
    for row in store::attainments(tx, id)? {
        if let Some(line) = lines.levels.get_mut(usize::from(row.field).wrapping_sub(1)) {
            let value = u32::from(row.level);
            line.push(dated(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, value));
        }
    }
    lines.states(&mut facts.states);
    Ok(Some(facts))
}

fn dated(from: chibo_kernel::Day, to: chibo_kernel::Day, recorded: Moment, superseded: Moment, value: u32) -> Fact {
    Fact { from, to, recorded, superseded, value }
}
