//! Transfers with where they stand; both sides see them, and everybody whose box it is.

use chibo_kernel::{Day, Id, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_store::Tx;
use chibo_web::Visit;

use crate::actions::{self, Detail};
use crate::rules::{Clock, Course, Kind, Seal, Stay, Terms, Transfer, Turned};
use crate::store::{self, TransferRow};

/// Which transfers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those with a paper under way.
    Papers,
    /// Those whose stay runs.
    Stays,
    /// Those that ended with something still to be noted.
    Aftermath,
    /// All there ever were.
    All,
}

/// A transfer as stored.
pub(crate) struct Stored {
    /// The row.
    pub row: TransferRow,
    /// What kind.
    pub detail: Detail,
    /// Boxes and steps.
    pub course: Course,
    /// What happened during the stay.
    pub turns: Vec<Turned>,
    /// The name of a newcomer.
    pub name: Option<String>,
}

/// A transfer as shown.
pub(crate) struct Line {
    /// The row.
    pub row: TransferRow,
    /// What kind.
    pub detail: Detail,
    /// Boxes and steps.
    pub course: Course,
    /// The stay, once it began.
    pub stay: Option<Stay>,
    /// The member's name.
    pub name: String,
    /// What runs out.
    pub clock: Option<Clock>,
}

impl Line {
    /// Where the member comes from.
    pub fn from(&self, units: &UnitsToday) -> String {
        origin(&self.detail, &self.course, units)
    }

    /// Where he goes to.
    pub fn to(&self, units: &UnitsToday) -> String {
        target(&self.detail, &self.course, units)
    }
}

fn outside(detail: &Detail) -> String {
    let place = &detail.place;
    if place.province.is_empty() { place.name.clone() } else { format!("{}, {}", place.name, place.province) }
}

fn named(seal: Option<&Seal>, units: &UnitsToday) -> String {
    seal.map_or_else(String::new, |seal| units.name(seal.unit))
}

/// Where a member comes from, in words.
pub(crate) fn origin(detail: &Detail, course: &Course, units: &UnitsToday) -> String {
    if detail.kind == Kind::Incoming { outside(detail) } else { named(course.boxes.first(), units) }
}

/// Where a member goes to, in words.
pub(crate) fn target(detail: &Detail, course: &Course, units: &UnitsToday) -> String {
    if detail.kind.outward() { outside(detail) } else { named(course.boxes.last(), units) }
}

/// Transfers the viewer may see, the most pressing first.
pub(crate) struct Found {
    /// The transfers.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

/// Transfers as stored. Everything comes by transfer: one walk through all of it.
pub(crate) fn stored(tx: &mut Tx<'_>, which: Which) -> Result<Vec<Stored>, Problem> {
    let stay = match which {
        Which::Papers => Some(0),
        Which::Stays => Some(1),
        Which::Aftermath => Some(2),
        Which::All => None,
    };
    let mut all: Vec<Stored> = Vec::new();
    let begin = |row: TransferRow| {
        let course = Course { kind: Kind::Inside, cause: row.cause_on, boxes: Vec::new(), steps: Vec::new() };
        all.push(Stored { course, detail: Detail::default(), turns: Vec::new(), name: None, row });
        Ok(())
    };
    match stay {
        Some(stay) => store::open_transfers(tx, stay, begin)?,
        None => store::transfers(tx, begin)?,
    };
    let mut at = 0;
    let kind = |row: store::KindRow| {
        let one = of(&mut all, &mut at, row.transfer_id)?;
        one.detail = Detail::of(&row)?;
        one.course.kind = one.detail.kind;
        Ok(())
    };
    match stay {
        Some(stay) => store::open_kinds(tx, stay, kind)?,
        None => store::kinds(tx, kind)?,
    };
    let mut at = 0;
    let seal = |row: store::BoxRow| {
        of(&mut all, &mut at, row.transfer_id)?.course.boxes.push(actions::seal(&row)?);
        Ok(())
    };
    match stay {
        Some(stay) => store::open_boxes(tx, stay, seal)?,
        None => store::boxes(tx, seal)?,
    };
    let mut at = 0;
    let step = |row: store::StepRow| {
        of(&mut all, &mut at, row.transfer_id)?.course.steps.push(actions::step(&row)?);
        Ok(())
    };
    match stay {
        Some(stay) => store::open_steps(tx, stay, step)?,
        None => store::steps(tx, step)?,
    };
    more(tx, which, &mut all)?;
    Ok(all)
}

/// What only some transfers have: turns of a stay, names of newcomers.
fn more(tx: &mut Tx<'_>, which: Which, all: &mut [Stored]) -> Result<(), Problem> {
    let mut at = 0;
    let turn = |row: store::TurnRow| {
        of(all, &mut at, row.transfer_id)?.turns.push(actions::turn(&row)?);
        Ok(())
    };
    match which {
        Which::Papers | Which::Aftermath => {}
        Which::Stays => store::open_turns(tx, 1, turn)?,
        Which::All => store::turns(tx, turn)?,
    };
    if which == Which::All {
        let mut at = 0;
        return store::newcomers(tx, |row| {
            of(all, &mut at, row.transfer_id)?.name = Some(row.full_name);
            Ok(())
        });
    }
    for one in all.iter_mut().filter(|one| one.detail.kind == Kind::Incoming) {
        one.name = store::newcomer(tx, one.row.transfer_id)?.map(|row| row.full_name);
    }
    Ok(())
}

/// The transfer at or after a place.
fn of<'a>(all: &'a mut [Stored], at: &mut usize, id: Id<Transfer>) -> Result<&'a mut Stored, Problem> {
    while all.get(*at).is_some_and(|stored| stored.row.transfer_id != id) {
        *at += 1;
    }
    all.get_mut(*at).ok_or_else(|| Problem::fault("a row of no transfer"))
}

/// Whether the viewer holds a permission at one of the boxes.
pub(crate) fn sees(visit: &Visit<'_>, units: &UnitsToday, course: &Course, permission: Permission) -> bool {
    let may = |seal: &Seal| units.place(seal.unit).is_some_and(|place| visit.who().may_at(permission, place));
    visit.who().system || course.boxes.iter().any(may)
}

impl Found {
    /// Those the viewer may see.
    pub fn take(visit: &Visit<'_>, which: Which) -> Result<Self, Problem> {
        let stored = visit.read(|tx| stored(tx, which))?;
        Self::of(visit, stored)
    }

    /// The same of some that were read.
    pub fn of(visit: &Visit<'_>, stored: Vec<Stored>) -> Result<Self, Problem> {
        let (units, today) = (UnitsToday::of(visit), visit.today());
        let terms = Terms::on(today)?;
        let view = visit.house.census.view(today);
        let mut lines: Vec<Line> = stored
            .into_iter()
            .filter(|one| sees(visit, &units, &one.course, Permission::ViewMembers))
            .map(|Stored { row, detail, course, turns, name }| {
                let known = view.no(row.person_id).map(|no| view.name(no));
                let clock = terms.clock(&course, today);
                let stay = actions::stay(&detail, &course, turns);
                Line { stay, row, detail, course, name: known.or(name).unwrap_or_default(), clock }
            })
            .collect();
        let due = |line: &Line| match (line.clock, &line.stay) {
            (Some(clock), _) => clock.due,
            (None, Some(stay)) => stay.due(&terms).map_or(Day::FOREVER, |(due, _)| due),
            (None, None) => Day::FOREVER,
        };
        lines.sort_by(|one, other| (due(one), &one.name).cmp(&(due(other), &other.name)));
        Ok(Self { lines, units })
    }
}
