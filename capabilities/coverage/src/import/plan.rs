//! One walk over a file: what each row would do.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use chibo_kernel::{Day, Id, Issue, Problem, Said, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_papers::{Cells, Preview, RowState, SheetSource, Step, Table};

use super::row::{self, Read};
use super::{COLUMNS, at};
use crate::rules::{Facts, NewFacts, NewLink, Place, Standing, check_facts, check_link};

/// Defects shown at most.
const ISSUES: usize = 200;
/// Sample rows of each state.
const SAMPLES: usize = 20;

/// A unit a file may name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedUnit {
    /// The unit.
    pub id: Id<Unit>,
    /// What it is today.
    pub what: (Kind, Option<Setting>),
}

/// A place that is there already.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The place.
    pub id: Id<Place>,
    /// Its first day.
    pub first: Day,
    /// Its facts of today.
    pub facts: Facts,
    /// The organisation that covers it today, and whether it is joint.
    pub link: Option<(Id<Unit>, bool)>,
    /// Official members known today.
    pub official: Option<u32>,
}

/// What rows are compared with.
pub(crate) struct Ground<'g> {
    /// Places by code.
    pub places: &'g HashMap<String, Known>,
    /// The unit a text means, by code or whole name; none when there is no such, or more than one.
    pub unit: &'g dyn Fn(&str) -> Option<NamedUnit>,
    /// Whether a unit stands on a day.
    pub stands: &'g dyn Fn(Id<Unit>, Day) -> bool,
    /// Whether the importer may write there.
    pub may: &'g dyn Fn(Id<Unit>) -> bool,
    /// Today.
    pub today: Day,
}

/// What a row writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    /// The place.
    pub id: Id<Place>,
    /// It is not there yet.
    pub is_new: bool,
    /// From this day.
    pub from: Day,
    /// The unit that answers for it today, or will.
    pub unit: Id<Unit>,
    /// Its facts, if they differ.
    pub facts: Option<Facts>,
    /// Its organisation, if that differs.
    pub link: Option<(Id<Unit>, bool)>,
    /// Official members, if that differs.
    pub official: Option<u32>,
}

/// What a file would do.
pub(crate) struct Plan {
    /// Counts, samples, defects.
    pub preview: Preview,
    /// Rows that would write, in the order of the file.
    pub rows: Vec<Planned>,
}

/// Reads a file and says what it would do. `fresh` draws identifiers.
pub(crate) fn plan(
    source: &mut SheetSource,
    ground: &Ground<'_>,
    fresh: &dyn Fn() -> Id<Place>,
) -> Result<Plan, Problem> {
    let mut table = Table::new(&COLUMNS, ground.today);
    let mut plan = Plan { preview: Preview::new(ISSUES, SAMPLES), rows: Vec::new() };
    let mut seen: HashSet<String> = HashSet::new();
    source.for_each_row(|sheet_row| {
        if let Step::Row(cells) = table.read(sheet_row) {
            let state = judge(&mut plan.rows, &mut seen, ground, fresh, cells);
            let issues = cells.take_issues();
            plan.preview.row(cells.row(), state, issues, || cells.shown());
        }
        ControlFlow::Continue(())
    })?;
    plan.preview.note(table.finish());
    Ok(plan)
}

fn judge(
    rows: &mut Vec<Planned>,
    seen: &mut HashSet<String>,
    ground: &Ground<'_>,
    fresh: &dyn Fn() -> Id<Place>,
    cells: &mut Cells,
) -> RowState {
    let Some(read) = row::read(cells) else { return RowState::Refused };
    if !seen.insert(read.code.clone()) {
        return RowState::Duplicate;
    }
    let known = ground.places.get(&read.code);
    if known.is_some_and(|known| !(ground.may)(known.facts.unit)) {
        // Somebody else's place: its code is taken, and that is all this file learns.
        cells.error(at::CODE, Said::new("coverage-code-taken"));
        return RowState::Refused;
    }
    let from = read.from.unwrap_or(ground.today);
    let facts = facts(ground, cells, &read, known, from);
    let link = link(ground, cells, &read, known, from);
    let (Some(facts), false) = (facts, cells.refused()) else { return RowState::Refused };
    let planned = Planned {
        id: known.map_or_else(fresh, |known| known.id),
        is_new: known.is_none(),
        from,
        unit: known.map_or(facts.unit, |known| known.facts.unit),
        link: link.filter(|link| known.is_none_or(|known| known.link != Some(*link))),
        official: read.official.filter(|count| known.is_none_or(|known| known.official != Some(*count))),
        facts: Some(facts).filter(|facts| known.is_none_or(|known| known.facts != *facts)),
    };
    if planned.facts.is_none() && planned.link.is_none() && planned.official.is_none() {
        return RowState::Same;
    }
    rows.push(planned);
    if known.is_some() { RowState::Changed } else { RowState::New }
}

/// The column of a field of the rules.
fn note(cells: &mut Cells, issues: Vec<Issue>) {
    for issue in issues {
        let column = COLUMNS.iter().position(|column| Some(column.key) == issue.field.as_deref());
        cells.error(column.unwrap_or(at::CODE), issue.said);
    }
}

fn facts(ground: &Ground<'_>, cells: &mut Cells, read: &Read, known: Option<&Known>, from: Day) -> Option<Facts> {
    // Out of scope answers as absent.
    let unit = (ground.unit)(&read.unit).filter(|unit| (ground.may)(unit.id));
    let Some(unit) = unit else {
        cells.error(at::UNIT, Said::new("coverage-import-no-unit").with("text", &read.unit));
        return None;
    };
    let before = known.map(|known| &known.facts);
    let facts = Facts {
        unit: unit.id,
        kind: read.kind,
        standing: Standing::Open,
        spot: read.spot.unwrap_or_else(|| before.and_then(|facts| facts.spot)),
        workers: read.workers.unwrap_or_else(|| before.and_then(|facts| facts.workers)),
        households: read.households.unwrap_or_else(|| before.and_then(|facts| facts.households)),
        code: read.code.clone(),
        name: read.name.clone(),
    };
    let new = NewFacts { from, facts, stands: (ground.stands)(unit.id, from) };
    note(cells, check_facts(&new, ground.today));
    Some(new.facts)
}

fn link(
    ground: &Ground<'_>,
    cells: &mut Cells,
    read: &Read,
    known: Option<&Known>,
    from: Day,
) -> Option<(Id<Unit>, bool)> {
    let named = read.branch.as_deref()?;
    let Some(branch) = (ground.unit)(named) else {
        cells.error(at::BRANCH, Said::new("coverage-import-no-unit").with("text", named));
        return None;
    };
    let what = (ground.stands)(branch.id, from).then_some(branch.what);
    let new = NewLink { from, unit: Some(branch.id), joint: read.joint, what };
    let first = known.map_or(from, |known| known.first.min(from));
    note(cells, check_link(&new, first, ground.today));
    Some((branch.id, read.joint))
}
