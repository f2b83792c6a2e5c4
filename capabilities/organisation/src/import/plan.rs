//! Two walks over a file: first which units it names, then what each row would do.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use chibo_census::Forest;
use chibo_kernel::{AsOf, Day, Id, Issue, Problem, Said, Unit};
use chibo_papers::{Cells, Preview, RowState, SheetSource, Step, Table};

use super::row::{self, Read};
use super::{COLUMNS, at};
use crate::kinds::{Kind, Setting};
use crate::rules::{Facts, NewUnit, check_facts};

/// Defects shown at most.
const ISSUES: usize = 200;
/// Sample rows of each state.
const SAMPLES: usize = 20;

/// What rows are compared with.
pub(crate) struct Ground<'g> {
    /// The tree of any day.
    pub forest: &'g Forest,
    /// Believed codes with their unit.
    pub codes: &'g HashMap<String, Id<Unit>>,
    /// Whether the importer may write under or at a unit.
    pub may: &'g dyn Fn(Id<Unit>) -> bool,
    /// Today.
    pub today: Day,
}

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Planned {
    /// Establishes a unit.
    New(Box<NewUnit>),
    /// Changes one: facts and place from a day on.
    Change {
        /// The unit.
        unit: Id<Unit>,
        /// From this day.
        from: Day,
        /// What it is then.
        facts: Facts,
        /// Its new parent, if that differs.
        parent: Option<Id<Unit>>,
        /// Whether kind or setting differ.
        retyped: bool,
    },
}

/// What a file would do.
pub(crate) struct Plan {
    /// Counts, samples, defects.
    pub preview: Preview,
    /// Rows that would write, in the order of the file.
    pub rows: Vec<Planned>,
}

/// A unit the file itself brings.
struct Coming {
    id: Id<Unit>,
    kind: Kind,
    from: Day,
}

/// Reads a file twice and says what it would do. `fresh` draws identifiers.
pub(crate) fn plan(
    source: &mut SheetSource,
    ground: &Ground<'_>,
    fresh: &dyn Fn() -> Id<Unit>,
) -> Result<Plan, Problem> {
    let mut coming: HashMap<String, Coming> = HashMap::new();
    let mut first = Table::new(&COLUMNS, ground.today);
    source.for_each_row(|sheet_row| {
        if let Step::Row(cells) = first.read(sheet_row)
            && let Some(read) = row::read(cells)
            && !ground.codes.contains_key(&read.facts.code)
        {
            let unit = Coming { id: fresh(), kind: read.facts.kind, from: read.from.unwrap_or(ground.today) };
            coming.entry(read.facts.code).or_insert(unit);
        }
        ControlFlow::Continue(())
    })?;
    let mut second = Table::new(&COLUMNS, ground.today);
    let mut plan = Plan { preview: Preview::new(ISSUES, SAMPLES), rows: Vec::new() };
    let mut seen: HashSet<String> = HashSet::new();
    source.for_each_row(|sheet_row| {
        if let Step::Row(cells) = second.read(sheet_row) {
            judge(&mut plan, &mut seen, ground, &coming, cells);
        }
        ControlFlow::Continue(())
    })?;
    plan.preview.note(second.finish());
    Ok(plan)
}

fn judge(
    plan: &mut Plan,
    seen: &mut HashSet<String>,
    ground: &Ground<'_>,
    coming: &HashMap<String, Coming>,
    cells: &mut Cells,
) {
    let state = match row::read(cells) {
        None => RowState::Refused,
        Some(read) if !seen.insert(read.facts.code.clone()) => RowState::Duplicate,
        Some(read) => match ground.codes.get(&read.facts.code) {
            Some(unit) => existing(plan, ground, coming, cells, *unit, &read),
            None => new(plan, ground, coming, cells, &read),
        },
    };
    let issues = cells.take_issues();
    plan.preview.row(cells.row(), state, issues, || cells.shown());
}

/// The unit above a row and its kind on the day; what is wrong is noted.
fn parent_of(
    ground: &Ground<'_>,
    coming: &HashMap<String, Coming>,
    cells: &mut Cells,
    code: &str,
    day: Day,
) -> Option<(Id<Unit>, Kind)> {
    let said = |key| Said::new(key).with("code", code).with("day", day);
    if let Some(unit) = ground.codes.get(code) {
        if !(ground.may)(*unit) {
            // Out of scope answers as absent.
            cells.error(at::PARENT, said("units-import-no-parent"));
            return None;
        }
        let tree = ground.forest.tree(AsOf::on(day));
        let place = ground.forest.no(*unit).and_then(|no| tree.place_of(no));
        let kind = place.and_then(|place| Kind::from_number(tree.kind(place)));
        if kind.is_none() {
            cells.error(at::PARENT, said("units-import-parent-not-then"));
        }
        return kind.map(|kind| (*unit, kind));
    }
    match coming.get(code) {
        Some(unit) if unit.from <= day => Some((unit.id, unit.kind)),
        Some(_) => {
            cells.error(at::PARENT, said("units-import-parent-not-then"));
            None
        }
        None => {
            cells.error(at::PARENT, said("units-import-no-parent"));
            None
        }
    }
}

fn note(cells: &mut Cells, issues: Vec<Issue>) -> bool {
    let column = |field: Option<&str>| COLUMNS.iter().position(|column| Some(column.key) == field).unwrap_or(at::CODE);
    let sound = issues.is_empty();
    issues.into_iter().for_each(|issue| cells.error(column(issue.field.as_deref()), issue.said));
    sound
}

fn new(
    plan: &mut Plan,
    ground: &Ground<'_>,
    coming: &HashMap<String, Coming>,
    cells: &mut Cells,
    read: &Read,
) -> RowState {
    let from = read.from.unwrap_or(ground.today);
    if read.facts.code.is_empty() {
        return RowState::Refused;
    }
    if read.parent.is_empty() {
        cells.error(at::PARENT, Said::new("units-parent-needed"));
        return RowState::Refused;
    }
    let Some((parent, parent_kind)) = parent_of(ground, coming, cells, &read.parent, from) else {
        return RowState::Refused;
    };
    let Some(own) = coming.get(&read.facts.code) else { return RowState::Refused };
    if !note(cells, check_facts(&read.facts, Some(parent_kind), from)) {
        return RowState::Refused;
    }
    let facts = read.facts.clone();
    plan.rows.push(Planned::New(Box::new(NewUnit::new(own.id, Some(parent), facts, from))));
    RowState::New
}

fn existing(
    plan: &mut Plan,
    ground: &Ground<'_>,
    coming: &HashMap<String, Coming>,
    cells: &mut Cells,
    unit: Id<Unit>,
    read: &Read,
) -> RowState {
    if !(ground.may)(unit) {
        cells.error(at::CODE, Said::new("units-import-code-taken").with("code", &read.facts.code));
        return RowState::Refused;
    }
    // A row that repeats what holds is no change, whatever its day; a change needs a day.
    let today = ground.forest.tree(AsOf::on(ground.today));
    if let Some(now) = standing(ground, &today, unit)
        && now.facts == with_short(&read.facts, cells, &now.facts)
        && (read.parent.is_empty() || now.parent_code == read.parent)
    {
        return RowState::Same;
    }
    let Some(from) = read.from else {
        cells.error(at::FROM, Said::new("units-import-day-needed"));
        return RowState::Refused;
    };
    let tree = ground.forest.tree(AsOf::on(from));
    let Some(then) = standing(ground, &tree, unit) else {
        cells.error(at::FROM, Said::new("units-not-there").with("unit", &read.facts.name).with("day", from));
        return RowState::Refused;
    };
    let facts = with_short(&read.facts, cells, &then.facts);
    let code = if read.parent.is_empty() { &then.parent_code } else { &read.parent };
    let moved = !read.parent.is_empty() && then.parent_code != read.parent;
    let parent = if moved || !code.is_empty() { parent_of(ground, coming, cells, code, from) } else { None };
    if cells.refused() || !note(cells, check_facts(&facts, parent.map(|(_, kind)| kind), from)) {
        return RowState::Refused;
    }
    let retyped = facts.kind != then.facts.kind || facts.setting != then.facts.setting;
    let parent = parent.filter(|_| moved).map(|(parent, _)| parent);
    if facts == then.facts && parent.is_none() {
        return RowState::Same;
    }
    plan.rows.push(Planned::Change { unit, from, facts, parent, retyped });
    RowState::Changed
}

/// A file without the column of short names changes none.
fn with_short(read: &Facts, cells: &Cells, now: &Facts) -> Facts {
    let short = if cells.text(at::SHORT).is_some() { read.short.clone() } else { now.short.clone() };
    Facts { short, ..read.clone() }
}

struct Now {
    facts: Facts,
    parent_code: String,
}

fn standing(ground: &Ground<'_>, tree: &chibo_census::Tree, unit: Id<Unit>) -> Option<Now> {
    let place = tree.place_of(ground.forest.no(unit)?)?;
    let facts = tree.facts(place)?;
    let above = tree.parent(place).and_then(|up| tree.facts(up));
    Some(Now {
        facts: Facts {
            name: facts.name.clone(),
            short: facts.short.clone(),
            kind: Kind::from_number(facts.kind)?,
            setting: Setting::from_number(facts.setting)?,
            code: facts.code.clone(),
        },
        parent_code: above.map(|facts| facts.code.clone()).unwrap_or_default(),
    })
}
