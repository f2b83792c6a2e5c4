//! Feeding the census: all members at start, single members after a commit.

use chibo_census::{Census, Forest, PersonFacts};
use chibo_kernel::{Id, Moment, Person, Problem, Unit};
use chibo_store::{Db, Tx};

use crate::codes::Standing;
use crate::ledger::{self, Entry};
use crate::rules::party_age::{PartyAge, stands_still};
use crate::rules::product::{Fact, Lines};
use crate::store::{self, FactsRow, LevelOf};

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

/// Where Party age stood still, as believed now (MEM-40): in answers of what was known before, too, for few ever had a gap.
fn restarts(standings: &[Fact], facts: &mut PersonFacts) {
    facts.restarts.clear();
    let still = |fact: &&Fact| {
        fact.superseded == Moment::FOREVER
            && u8::try_from(fact.value).ok().and_then(Standing::from_number).is_some_and(stands_still)
    };
    let Some(admitted) = facts.admitted else { return };
    if !standings.iter().any(|fact| still(&fact)) {
        return;
    }
    let age = PartyAge::new(admitted, standings.iter().filter(still).map(|fact| (fact.from, fact.to)));
    facts.restarts.extend(age.gaps().iter().map(|(_, to)| (*to, age.counted_from(*to))));
}

/// Members read at once: enough that starting four statements costs nothing, few enough to be held.
const AT_ONCE: i64 = 2_000;

/// Fills the columns with every member of the database.
///
/// # Errors
/// Problems of the database; whatever the columns refuse.
pub fn fill(db: &Db, census: &Census) -> Result<(), Problem> {
    let before = census.forest();
    db.read(|tx| {
        let expected = store::count_persons(tx)?.unwrap_or(0);
        let forest = chibo_organisation::load_forest(tx, Some(&before))?;
        // The loader takes a forest of its own; this one only numbers the units, alike in both.
        let numbers = chibo_organisation::load_forest(tx, Some(&before))?;
        census.replace_all(forest, db.today(), |loader| {
            let persons = usize::try_from(expected).unwrap_or(0);
            loader.expect(persons, persons * 5);
            load(tx, &numbers, |facts| {
                loader.push(facts);
                Ok(())
            })
        })
    })
}

/// Reads every member in order of id and hands each to `take`.
pub fn load(
    tx: &mut Tx<'_>,
    forest: &Forest,
    mut take: impl FnMut(&PersonFacts) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut batch = Batch::default();
    let mut lines = Lines::default();
    let mut facts = PersonFacts::named(Id::from_bytes([0; 16]), "");
    let mut last: Option<Id<Person>> = None;
    while batch.read(tx, forest, last)? {
        for row in batch.persons.drain(..) {
            last = Some(row.person_id);
            lines.clear();
            lines.postings.extend(batch.postings.of(row.person_id));
            lines.standings.extend(batch.standings.of(row.person_id));
            for (line, levels) in lines.levels.iter_mut().zip(&mut batch.levels) {
                line.extend(levels.of(row.person_id));
            }
            start(row, &mut facts);
            restarts(&lines.standings, &mut facts);
            lines.states(&mut facts.states);
            take(&facts)?;
        }
    }
    Ok(())
}

/// Some members with their dated rows, all in order of id. Four statements read side by side are cheaper than one that
/// puts the four tables in one order, and no engine has to sort or hold a table.
#[derive(Default)]
struct Batch {
    persons: Vec<FactsRow>,
    postings: Dated,
    standings: Dated,
    levels: [Dated; 4],
    /// Members of one branch are often neighbours.
    unit: Option<(Id<Unit>, u32)>,
}

impl Batch {
    /// Reads the next members after `last`; whether there were any.
    fn read(&mut self, tx: &mut Tx<'_>, forest: &Forest, last: Option<Id<Person>>) -> Result<bool, Problem> {
        let after = last.as_ref().map_or(&[][..], |id| id.bytes().as_slice());
        let persons = &mut self.persons;
        store::facts_after(tx, after, AT_ONCE, |row| {
            persons.push(row);
            Ok(())
        })?;
        let Some(until) = self.persons.last().map(|row| row.person_id) else { return Ok(false) };
        self.postings.clear();
        self.standings.clear();
        self.levels.iter_mut().for_each(Dated::clear);
        let (unit, postings) = (&mut self.unit, &mut self.postings);
        store::postings_until(tx, after, until, |row| {
            let no = match *unit {
                Some((id, no)) if id == row.unit_id => no,
                _ => forest.no(row.unit_id).unwrap_or(NOWHERE),
            };
            *unit = Some((row.unit_id, no));
            let fact = dated(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, no);
            postings.rows.extend((no != NOWHERE).then_some((row.person_id, fact)));
            Ok(())
        })?;
        store::standings_until(tx, after, until, |row| {
            self.standings.rows.push(level(&row));
            Ok(())
        })?;
        store::levels_until(tx, after, until, |row| {
            if let Some(line) = self.levels.get_mut(usize::from(row.field).wrapping_sub(1)) {
                line.rows.push(level(&row));
            }
            Ok(())
        })?;
        Ok(true)
    }
}

/// Dated rows of some members, in order of id.
#[derive(Default)]
struct Dated {
    rows: Vec<(Id<Person>, Fact)>,
    next: usize,
}

impl Dated {
    fn clear(&mut self) {
        self.rows.clear();
        self.next = 0;
    }

    /// The rows of a member. Ask in order of id.
    fn of(&mut self, id: Id<Person>) -> impl Iterator<Item = Fact> {
        let rest = &self.rows[self.next..];
        let from = rest.iter().take_while(|row| row.0 < id).count();
        let count = rest[from..].iter().take_while(|row| row.0 == id).count();
        self.next += from + count;
        rest[from..from + count].iter().map(|row| row.1)
    }
}

fn level(row: &LevelOf) -> (Id<Person>, Fact) {
    let value = u32::from(row.level);
    (row.person_id, dated(row.valid_from, row.valid_to, row.recorded_at, row.superseded_at, value))
}

/// Turns entries into what the columns take, on their way to the tables.
pub struct Newcomers {
    forest: std::sync::Arc<Forest>,
    now: Moment,
    lines: Lines,
    facts: PersonFacts,
    unit: Option<(Id<Unit>, Option<u32>)>,
}

impl Newcomers {
    /// Of a write at `now`.
    pub fn new(forest: std::sync::Arc<Forest>, now: Moment) -> Self {
        let facts = PersonFacts::named(Id::from_bytes([0; 16]), "");
        Self { forest, now, lines: Lines::default(), facts, unit: None }
    }

    /// The facts of one entry, good until the next.
    pub fn facts(&mut self, entry: &Entry) -> &PersonFacts {
        let (forest, member) = (&self.forest, &entry.member);
        let last = std::cell::Cell::new(self.unit);
        let no = |unit: Id<Unit>| match last.get() {
            Some((known, no)) if known == unit => no,
            _ => {
                let no = forest.no(unit);
                last.set(Some((unit, no)));
                no
            }
        };
        ledger::lines(entry, self.now, no, &mut self.lines);
        self.unit = last.get();
        let facts = &mut self.facts;
        facts.id = entry.id;
        facts.name.clone_from(&member.name);
        facts.parts.clone_from(&member.parts);
        facts.birth = member.birth;
        (facts.sex, facts.ethnicity, facts.religion) = (member.sex, member.ethnicity, member.religion);
        (facts.admitted, facts.official) = (member.admitted, member.official);
        restarts(&self.lines.standings, facts);
        self.lines.states(&mut facts.states);
        facts
    }
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
    restarts(&lines.standings, &mut facts);
    lines.states(&mut facts.states);
    Ok(Some(facts))
}

fn dated(from: chibo_kernel::Day, to: chibo_kernel::Day, recorded: Moment, superseded: Moment, value: u32) -> Fact {
    Fact { from, to, recorded, superseded, value }
}
