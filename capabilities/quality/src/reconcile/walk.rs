//! Walking a file: each row finds its member by identity number, else by name and birth; members are compared fifty at a
//! time.

use std::ops::ControlFlow;

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_members::ledger::secrets_of;
use chibo_members::records::{AT_ONCE, owner_of, whole_records_of};
use chibo_members::rules::NewMember;
use chibo_members::sheets;
use chibo_members::sheets::read::{Branches, MemberReader, problem};
use chibo_papers::{Column, SheetSource, Step, Table};
use chibo_store::{Keys, Tx};

use super::{Line, Outcome, People};
use crate::rules::differ::differences;

/// The columns of an import, none of them a must but the name: a row is found by whatever it has.
pub(crate) static COLUMNS: &[Column] = &{
    let mut columns =
        [Column { key: "", titles: &[], kind: chibo_papers::Kind::Bool, required: false }; sheets::COLUMNS.len()];
    let mut at = 0;
    while at < columns.len() {
        columns[at] = sheets::COLUMNS[at];
        columns[at].required = at == 0;
        at += 1;
    }
    columns
};

/// What the walk needs besides the file.
pub struct Beside<'b> {
    /// Keys of the sealed fields.
    pub keys: &'b Keys,
    /// Branches rows may name.
    pub branches: &'b Branches,
    /// Today.
    pub today: Day,
}

/// A row with the member it is of.
struct Match {
    at: usize,
    row: u32,
    member: NewMember,
}

struct Walk<'w, 'c> {
    tx: &'w mut Tx<'c>,
    beside: &'w Beside<'w>,
    people: &'w mut People,
    out: &'w mut dyn FnMut(Line) -> Result<(), Problem>,
    outcome: Outcome,
    matches: Vec<Match>,
}

/// Compares a file with the members, hands every result to `out`; `progress` hears after every thousand rows.
///
/// # Errors
/// A refusal for a file that cannot be read or has no heading; problems of the database; what `out` and `progress` give.
pub fn compare(
    tx: &mut Tx<'_>,
    source: &mut SheetSource,
    beside: &Beside<'_>,
    people: &mut People,
    out: &mut dyn FnMut(Line) -> Result<(), Problem>,
    progress: &mut dyn FnMut(u64) -> Result<(), Problem>,
) -> Result<Outcome, Problem> {
    let mut table = Table::new(COLUMNS, beside.today);
    let mut reader = MemberReader::new(beside.branches, beside.today);
    let mut walk = Walk { tx, beside, people, out, outcome: Outcome::default(), matches: Vec::new() };
    let mut failed = None;
    let mut member = NewMember::default();
    let standing = sheets::COLUMNS.iter().position(|column| column.key == "standing").unwrap_or(usize::MAX);
    let walked = source.for_each_row(|row| {
        let Step::Row(cells) = table.read(row) else { return ControlFlow::Continue(()) };
        let states = cells.text(standing).is_some();
        reader.member(cells, &mut member);
        if !states {
            // A standing made up from dates is not what the file says.
            member.standings.clear();
        }
        let told = if walk.outcome.rows.is_multiple_of(1_000) { progress(walk.outcome.rows) } else { Ok(()) };
        match told.and_then(|()| walk.row(cells.row(), &mut member)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(problem) => {
                failed = Some(problem);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(problem) = failed {
        return Err(problem);
    }
    walked.map_err(problem)?;
    walk.flush()?;
    let mut outcome = walk.finish()?;
    for issue in table.finish() {
        let args = issue.said.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        outcome.said.push((issue.said.key.to_owned(), args));
    }
    outcome.encoding = source.facts().encoding.map(str::to_owned);
    Ok(outcome)
}

impl Walk<'_, '_> {
    fn count(&mut self, unit: Option<Id<Unit>>, at: usize) {
        let unit = unit.map_or_else(String::new, |unit| unit.to_string());
        let counts = self.outcome.by_unit.entry(unit).or_default();
        counts.get_mut(at).into_iter().for_each(|count| *count += 1);
    }

    fn row(&mut self, row: u32, member: &mut NewMember) -> Result<(), Problem> {
        self.outcome.rows += 1;
        let named = member.posted();
        let line = |kind, field, here: String| Line {
            kind,
            field,
            person: None,
            unit: named,
            version: 0,
            row,
            name: member.name.clone(),
            here,
            there: String::new(),
        };
        let identity = &member.secrets.identity;
        if member.name.is_empty() || (identity.is_empty() && member.birth.is_none()) {
            self.outcome.unread += 1;
            return (self.out)(line("unread", "unread", String::new()));
        }
        let birth = member.birth.map(|day| (day, member.birth_precision));
        let owner = owner_of(self.tx, self.beside.keys, identity)?.and_then(|owner| self.people.at(owner));
        let alike = birth.map(|birth| self.people.named(&member.name, birth)).unwrap_or_default();
        let (found, doubt) = match (owner, alike.as_slice()) {
            (Some(at), alike) if alike.contains(&at) || alike.is_empty() => (Some(at), None),
            // The number is of one member, name and birth are of another.
            (Some(at), _) => (None, Some(("number", [&[at], alike.as_slice()].concat()))),
            (None, []) => (None, None),
            (None, [at]) => (Some(*at), None),
            (None, several) => (None, Some(("several", several.to_vec()))),
        };
        match (found, doubt) {
            (Some(at), _) if self.people.find(at) => {
                let unit = self.people.get(at).map(|here| here.unit);
                self.doubt(line("doubt", "twice", self.ids(&[at])), unit)
            }
            (Some(at), _) => {
                self.matches.push(Match { at, row, member: std::mem::take(member) });
                if self.matches.len() == AT_ONCE { self.flush() } else { Ok(()) }
            }
            (None, Some((why, several))) => {
                // Whoever may be meant is not missing there.
                for at in &several {
                    self.people.find(*at);
                }
                let unit = several.first().and_then(|at| self.people.get(*at)).map(|here| here.unit);
                self.doubt(line("doubt", why, self.ids(&several)), unit)
            }
            (None, None) => {
                self.outcome.there += 1;
                let mut line = line("there", "there", String::new());
                line.there = birth.map_or_else(String::new, |birth| crate::rules::differ::birth_text(birth.0, birth.1));
                self.count(named, 4);
                (self.out)(line)
            }
        }
    }

    fn ids(&self, several: &[usize]) -> String {
        let ids = several.iter().filter_map(|at| self.people.get(*at)).map(|here| here.id.to_string());
        ids.collect::<Vec<_>>().join(" ")
    }

    fn doubt(&mut self, mut line: Line, unit: Option<Id<Unit>>) -> Result<(), Problem> {
        self.outcome.doubtful += 1;
        line.unit = unit;
        self.count(unit, 3);
        (self.out)(line)
    }

    /// Compares the rows that wait.
    fn flush(&mut self) -> Result<(), Problem> {
        let matches = std::mem::take(&mut self.matches);
        let ids: Vec<Id<Person>> =
            matches.iter().filter_map(|one| self.people.get(one.at)).map(|here| here.id).collect();
        let records = whole_records_of(self.tx, &ids)?;
        for Match { at, row, member } in matches {
            let Some(here) = self.people.get(at) else { continue };
            let Some((person, lines)) = records.get(&here.id) else { continue };
            let secrets = secrets_of(self.beside.keys, person)?;
            let found = differences((person, &secrets, lines), &member, self.beside.today);
            self.count(Some(here.unit), usize::from(!found.is_empty()));
            if found.is_empty() {
                self.outcome.same += 1;
                continue;
            }
            self.outcome.differ += 1;
            for one in found {
                self.outcome.fields += 1;
                *self.outcome.by_field.entry(one.field.to_owned()).or_default() += 1;
                (self.out)(Line {
                    kind: "field",
                    field: one.field,
                    person: Some(here.id),
                    unit: Some(here.unit),
                    version: person.version,
                    row,
                    name: person.full_name.clone(),
                    here: one.here,
                    there: one.there,
                })?;
            }
        }
        Ok(())
    }

    /// Who stands in no row.
    fn finish(mut self) -> Result<Outcome, Problem> {
        let left: Vec<_> = self.people.left().copied().collect();
        for here in left {
            self.outcome.here += 1;
            self.count(Some(here.unit), 2);
            let (person, unit) = (Some(here.id), Some(here.unit));
            let nothing = String::new();
            (self.out)(Line {
                kind: "here",
                field: "here",
                person,
                unit,
                version: 0,
                row: 0,
                name: nothing.clone(),
                here: nothing.clone(),
                there: nothing,
            })?;
        }
        Ok(self.outcome)
    }
}

/// The branch a row names.
trait Posted {
    fn posted(&self) -> Option<Id<Unit>>;
}

impl Posted for NewMember {
    fn posted(&self) -> Option<Id<Unit>> {
        self.postings.last().map(|(unit, _)| *unit)
    }
}
