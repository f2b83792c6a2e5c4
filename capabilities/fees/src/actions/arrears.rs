//! Months unpaid: opened and settled as closed books say (FEE-08).

use std::collections::BTreeSet;

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::{Op, Param, Tx};

use crate::rules::{Limit, Month, State, since};
use crate::store::{self, ArrearRow};

/// Brings the months unpaid of these members up to what the closed books say now.
///
/// # Errors
/// Problems of the database.
pub(super) fn follow(op: &mut Op<'_, '_>, touched: &BTreeSet<(Id<Person>, Month)>) -> Result<(), Problem> {
    let today = op.today();
    for (person, month) in touched {
        let lines = store::lines_about(op.tx(), *person, month.0, month.0, Moment::FOREVER)?;
        let says = |state: State| lines.iter().find(|line| line.closed && line.state == state.number());
        let paid = says(State::Paid).is_some() || says(State::Exempt).is_some();
        let unpaid = says(State::Unpaid).filter(|_| !paid);
        let rows = store::arrears_of(op.tx(), *person)?;
        let of_month = || rows.iter().filter(|row| row.month == month.0);
        let open = of_month().find(|row| row.settled_on == Day::FOREVER);
        if open.map(|row| row.reason.as_str()) == unpaid.map(|line| line.reason.as_str()) {
            continue;
        }
        if let Some(row) = open {
            store::settle(op.tx(), *person, month.0, row.seq, today)?;
        }
        if let Some(line) = unpaid {
            let seq = of_month().map(|row| row.seq).max().unwrap_or(0) + 1;
            let (unit, forever) = (line.unit_id, Day::FOREVER);
            let row = [
                person.value(),
                month.0.value(),
                seq.value(),
                unit.value(),
                line.reason.value(),
                today.value(),
                forever.value(),
            ];
            store::bulk_arrears(op.tx(), std::iter::once(row))?;
        }
    }
    Ok(())
}

/// What a member has not paid in a calendar year.
#[derive(Clone, Debug)]
pub struct Debtor {
    /// Who.
    pub person: Id<Person>,
    /// Months without a reason.
    pub silent: Vec<Month>,
    /// Months with one.
    pub excused: Vec<Month>,
    /// The day the alert came about (FEE-08), if it did.
    pub since: Option<Day>,
}

fn debtor(rows: &[ArrearRow], limit: Limit) -> Option<Debtor> {
    let person = rows.first()?.person_id;
    let months = |excused: bool| {
        rows.iter().filter(|row| row.reason.is_empty() != excused).map(|row| Month(row.month)).collect::<Vec<_>>()
    };
    let silent = months(false);
    Some(Debtor { person, since: since(&silent, limit), excused: months(true), silent })
}

/// Everybody with months unpaid in the calendar year of a day, in any order.
///
/// # Errors
/// Problems of the database.
pub fn debtors(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Debtor>, Problem> {
    let limit = Limit::on(day)?;
    let (mut rows, mut found): (Vec<ArrearRow>, Vec<Debtor>) = (Vec::new(), Vec::new());
    let first = Month(day.year() * 12);
    store::open_arrears(tx, Day::FOREVER, first.0, first.0 + 11, |row| {
        if rows.last().is_some_and(|last| last.person_id != row.person_id) {
            found.extend(debtor(&rows, limit));
            rows.clear();
        }
        rows.push(row);
        Ok(())
    })?;
    found.extend(debtor(&rows, limit));
    Ok(found)
}

/// What one member has not paid in the calendar year of a day; `None` when there is nothing.
///
/// # Errors
/// Problems of the database.
pub fn debtors_of(tx: &mut Tx<'_>, person: Id<Person>, day: Day) -> Result<Option<Debtor>, Problem> {
    let mut rows = store::arrears_of(tx, person)?;
    rows.retain(|row| row.settled_on == Day::FOREVER && Month(row.month).year() == day.year());
    Ok(debtor(&rows, Limit::on(day)?))
}
