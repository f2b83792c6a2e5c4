//! The open findings a viewer may see, with where their units stand.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::Visit;

use super::Ask;
use crate::rules::{Check, check_of};
use crate::store;

/// An open finding.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    /// Member.
    pub person: Id<Person>,
    /// What is wrong.
    pub check: &'static Check,
    /// First seen.
    pub seen_on: Day,
    /// Where his record is kept.
    pub unit: Id<Unit>,
    /// Where that stands today.
    pub place: u32,
}

/// The findings in sight, by unit.
pub(crate) struct Found {
    /// The findings.
    pub lines: Vec<Line>,
    /// The organisation.
    pub units: UnitsToday,
}

impl Found {
    /// Reads them.
    pub fn take(visit: &Visit<'_>) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let allowed = visit.who().ranges(Permission::ViewMembers);
        let may = |place: u32| visit.who().system || allowed.iter().any(|range| range.contains(&place));
        let mut lines = Vec::new();
        visit.read(|tx| {
            store::open(tx, Day::FOREVER, |row| {
                let place = units.place(row.unit_id).filter(|place| may(*place));
                if let (Some(place), Some(check)) = (place, check_of(&row.code)) {
                    lines.push(Line { person: row.person_id, check, seen_on: row.seen_on, unit: row.unit_id, place });
                }
                Ok(())
            })
        })?;
        lines.sort_by_key(|line| (line.place, line.person));
        Ok(Self { lines, units })
    }

    /// Those asked for.
    pub fn fitting(&self, ask: Ask) -> Vec<&Line> {
        let range = self.units.range(ask.unit);
        let fits = |line: &&Line| range.contains(&line.place) && ask.takes(line.check);
        self.lines.iter().filter(fits).collect()
    }
}
