//! Offices in force: as numbers, for all units of a day and for one unit on many days; with their holders, for whoever
//! fills and ends them.

use std::collections::HashSet;

use chibo_kernel::{AsOf, Id, Period, Person, Problem, Unit};
use chibo_store::Tx;

use crate::forest::{BELIEVED, period};
use crate::kinds::Role;
use crate::rules::How;
use crate::rules::alarms::Seats;
use crate::store::{self, OfficeRow, SeatRow};

/// An office somebody holds or held, as believed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// In which unit.
    pub unit: Id<Unit>,
    /// Who.
    pub person: Id<Person>,
    /// Which office.
    pub role: Role,
    /// When.
    pub valid: Period,
    /// Way into it.
    pub how: How,
    /// Number of the deciding or approving decision; may be empty.
    pub decision: String,
}

impl Held {
    fn of(row: OfficeRow) -> Result<Self, Problem> {
        let how = How::from_code(&row.how)
            .ok_or_else(|| Problem::Fault(format!("the database holds a way into office {}", row.how)))?;
        let valid = period(row.valid_from, row.valid_to)?;
        let (unit, person, role) = (row.unit_id, row.person_id, role(row.role)?);
        Ok(Self { unit, person, role, valid, how, decision: row.decision_number })
    }
}

fn believed(rows: Vec<OfficeRow>) -> Result<Vec<Held>, Problem> {
    rows.into_iter().filter(|row| row.superseded_at == BELIEVED).map(Held::of).collect()
}

/// Every office ever held in a unit, as believed now, from the highest down.
///
/// # Errors
/// Problems of the database.
pub fn held_in(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Vec<Held>, Problem> {
    believed(store::offices_of(tx, unit)?)
}

/// Every office somebody ever held anywhere, as believed now, in order of time.
///
/// # Errors
/// Problems of the database.
pub fn held_by(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Held>, Problem> {
    believed(store::offices_held(tx, person)?)
}

/// Who holds which office in all units on a day as known at a moment: by unit, by person, the highest office first.
///
/// # Errors
/// Problems of the database, and what `each` gives.
pub fn holders_on(
    tx: &mut Tx<'_>,
    at: AsOf,
    mut each: impl FnMut(Id<Unit>, Id<Person>, Role) -> Result<(), Problem>,
) -> Result<(), Problem> {
    store::seats_on(tx, at.day, at.known, BELIEVED, |row| each(row.unit_id, row.person_id, role(row.role)?))
}

/// How many hold which office in every unit, on a day as known at a moment. Whoever holds several offices of a unit is
/// counted once, in the highest. Units follow one another, their offices in no order.
pub fn offices_on(tx: &mut Tx<'_>, at: AsOf) -> Result<Vec<(Id<Unit>, Role, u32)>, Problem> {
    let mut tally = Tally { found: Vec::new(), last: None, first: 0 };
    store::seats_on(tx, at.day, at.known, BELIEVED, |row| tally.take(&row))?;
    Ok(tally.found)
}

/// Rows come by unit, then by person, then from the highest office down.
struct Tally {
    found: Vec<(Id<Unit>, Role, u32)>,
    /// Unit and person of the last row.
    last: Option<(Id<Unit>, Id<Person>)>,
    /// Where the numbers of the last row's unit begin.
    first: usize,
}

impl Tally {
    fn take(&mut self, row: &SeatRow) -> Result<(), Problem> {
        if self.last == Some((row.unit_id, row.person_id)) {
            return Ok(());
        }
        if self.last.is_none_or(|(unit, _)| unit != row.unit_id) {
            self.first = self.found.len();
        }
        self.last = Some((row.unit_id, row.person_id));
        let role = role(row.role)?;
        match self.found.iter_mut().skip(self.first).find(|(_, other, _)| *other == role) {
            Some((_, _, count)) => *count += 1,
            None => self.found.push((row.unit_id, role, 1)),
        }
        Ok(())
    }
}

/// The committee of a unit on each of several days; everybody counted once, in the highest office.
pub fn committees_of(tx: &mut Tx<'_>, unit: Id<Unit>, days: &[AsOf]) -> Result<Vec<Seats>, Problem> {
    let rows = store::offices_of(tx, unit)?;
    let mut found = Vec::with_capacity(days.len());
    for at in days {
        let mut seats = Seats::default();
        let mut counted: HashSet<Id<Person>> = HashSet::new();
        // By role: the highest office of a person comes first.
        for row in rows.iter().filter(|row| holds(row, *at)) {
            if counted.insert(row.person_id) {
                seats.add(role(row.role)?, 1);
            }
        }
        found.push(seats);
    }
    Ok(found)
}

fn role(number: u8) -> Result<Role, Problem> {
    Role::from_number(number).ok_or_else(|| Problem::Fault(format!("the database holds an office {number}")))
}

fn holds(row: &OfficeRow, at: AsOf) -> bool {
    let known = row.recorded_at <= at.known && (at.known < row.superseded_at || row.superseded_at == BELIEVED);
    known && row.valid_from <= at.day && at.day < row.valid_to
}
