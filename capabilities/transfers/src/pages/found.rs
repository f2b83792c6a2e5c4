//! Transfers with where they stand; both sides see them, and everybody whose box it is.

use chibo_kernel::{Id, Permission, Problem};
use chibo_organisation::UnitsToday;
use chibo_store::Tx;
use chibo_web::Visit;

use crate::rules::{Clock, Course, Seal, Side, Step, Terms, Transfer};
use crate::store::{self, TransferRow};

/// A transfer as stored.
pub(crate) struct Stored {
    /// The row.
    pub row: TransferRow,
    /// Boxes and steps.
    pub course: Course,
}

/// A transfer as shown.
pub(crate) struct Line {
    /// The row.
    pub row: TransferRow,
    /// Boxes and steps.
    pub course: Course,
    /// The member's name.
    pub name: String,
    /// What runs out.
    pub clock: Option<Clock>,
}

/// Transfers the viewer may see, the most pressing first.
pub(crate) struct Found {
    /// The transfers.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

/// All transfers. Rows, boxes and steps all come by transfer: one walk through the three.
pub(crate) fn everything(tx: &mut Tx<'_>) -> Result<Vec<Stored>, Problem> {
    let mut all: Vec<Stored> = Vec::new();
    store::transfers(tx, |row| {
        all.push(Stored { course: Course { cause: row.cause_on, boxes: Vec::new(), steps: Vec::new() }, row });
        Ok(())
    })?;
    let mut at = 0;
    store::boxes(tx, |row| {
        let side = Side::from_number(row.side).ok_or_else(|| Problem::fault(format!("a side {}", row.side)))?;
        of(&mut all, &mut at, row.transfer_id)?.boxes.push(Seal { unit: row.unit_id, side });
        Ok(())
    })?;
    let mut at = 0;
    store::steps(tx, |row| {
        let step = Step::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a step {}", row.step)))?;
        of(&mut all, &mut at, row.transfer_id)?.steps.push((step, row.on_day));
        Ok(())
    })?;
    Ok(all)
}

/// The course of a transfer at or after a place.
fn of<'a>(all: &'a mut [Stored], at: &mut usize, id: Id<Transfer>) -> Result<&'a mut Course, Problem> {
    while all.get(*at).is_some_and(|stored| stored.row.transfer_id != id) {
        *at += 1;
    }
    all.get_mut(*at).map(|stored| &mut stored.course).ok_or_else(|| Problem::fault("a row of no transfer"))
}

/// Whether the viewer holds a permission at one of the boxes.
pub(crate) fn sees(visit: &Visit<'_>, units: &UnitsToday, course: &Course, permission: Permission) -> bool {
    let may = |seal: &Seal| units.place(seal.unit).is_some_and(|place| visit.who().may_at(permission, place));
    visit.who().system || course.boxes.iter().any(may)
}

impl Found {
    /// Those the viewer may see.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        let (units, today) = (UnitsToday::of(visit), visit.today());
        let terms = Terms::on(today)?;
        let stored = visit.read(everything)?;
        let view = visit.house.census.view(today);
        let mut lines: Vec<Line> = stored
            .into_iter()
            .filter(|one| sees(visit, &units, &one.course, Permission::ViewMembers))
            .map(|Stored { row, course }| {
                let name = view.no(row.person_id).map_or_else(String::new, |no| view.name(no));
                let clock = terms.clock(&course, today);
                Line { row, course, name, clock }
            })
            .collect();
        let due = |line: &Line| line.clock.map_or(chibo_kernel::Day::FOREVER, |clock| clock.due);
        lines.sort_by(|one, other| (due(one), &one.name).cmp(&(due(other), &other.name)));
        Ok(Self { lines, units })
    }
}
