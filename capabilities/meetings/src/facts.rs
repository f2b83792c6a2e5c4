//! What those who review branches and members may know of their meetings: how often a branch met in a period and how well,
//! what became of a member's assignments (MTG-11, MTG-22). Read by key, nothing is kept.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_store::Tx;
use chibo_web::figures::{BranchFigures, FigureSource, MemberFigures};

use crate::rules::{Grade, Month, Year};
use crate::shelf::Seen;
use crate::store::{self, MonthRow, TaskRow};

/// For the house.
pub(crate) const FIGURES: FigureSource = FigureSource { branch, members };

/// How a branch met in the months that touch a period (MTG-01, MTG-02, MTG-22).
///
/// # Errors
/// Problems of the database.
pub fn branch(tx: &mut Tx<'_>, unit: Id<Unit>, (from, until): (Day, Day)) -> Result<BranchFigures, Problem> {
    Ok(of_months(&store::months_of(tx, unit, Month::of(from).0, Month::of(until).0)?))
}

/// What became of the assignments of members that were due in a period (MTG-11), in the order asked.
///
/// # Errors
/// Problems of the database.
pub fn members(tx: &mut Tx<'_>, people: &[Id<Person>], period: (Day, Day)) -> Result<Vec<MemberFigures>, Problem> {
    let mut found: HashMap<Id<Person>, MemberFigures> = HashMap::new();
    for row in store::tasks_of_many(tx, people)? {
        count(found.entry(row.member_id).or_default(), &row, period);
    }
    Ok(people.iter().map(|person| found.get(person).copied().unwrap_or_default()).collect())
}

fn of_months(rows: &[MonthRow]) -> BranchFigures {
    let year = Year::of(rows.iter().map(|row| Seen::from(row).facts()));
    let mut figures =
        BranchFigures { met: year.met, thematic: year.thematic, average: year.average, ..BranchFigures::default() };
    for row in rows {
        figures.excused += u32::from(row.met == 3);
        if row.met != 2 {
            continue;
        }
        figures.late += u32::from(row.late);
        figures.attendance.0 += row.due;
        figures.attendance.1 += row.present;
        let at = Grade::from_number(row.grade).and_then(|grade| Grade::ALL.iter().position(|one| *one == grade));
        figures.grades.iter_mut().skip(at.unwrap_or(Grade::ALL.len())).take(1).for_each(|count| *count += 1);
    }
    figures
}

/// What was done after the period was open at its end; what was dropped counts nowhere.
fn count(figures: &mut MemberFigures, task: &TaskRow, (from, until): (Day, Day)) {
    if task.due < from || task.due > until {
        return;
    }
    match (task.outcome, task.done_on.is_some_and(|day| day <= until)) {
        (3, _) => {}
        (1, true) => figures.done += 1,
        (2, true) => figures.late += 1,
        _ => figures.open += 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_number(20_000 + number)
    }

    fn task(due: i32, outcome: u8, done: Option<i32>) -> TaskRow {
        TaskRow {
            unit_id: Id::from_bytes([1; 16]),
            task_id: Id::from_bytes([2; 16]),
            meeting_no: 1,
            member_id: Id::from_bytes([3; 16]),
            what: String::new(),
            product: String::new(),
            due: day(due),
            outcome,
            done_on: done.map(day),
            note: String::new(),
        }
    }

    #[test]
    fn mtg_11_assignments_due_in_a_period_stand_as_on_its_last_day() {
        let of = |due, outcome, done| {
            let mut figures = MemberFigures::default();
            count(&mut figures, &task(due, outcome, done), (day(10), day(20)));
            (figures.done, figures.late, figures.open)
        };
        assert_eq!(of(10, 1, Some(9)), (1, 0, 0), "due on the first day, done before");
        assert_eq!(of(20, 1, Some(20)), (1, 0, 0), "due on the last day");
        assert_eq!(of(15, 2, Some(17)), (0, 1, 0));
        assert_eq!(of(15, 2, Some(21)), (0, 0, 1), "done after the period: open at its end");
        assert_eq!(of(15, 0, None), (0, 0, 1));
        assert_eq!(of(15, 3, None), (0, 0, 0), "dropped");
        assert_eq!(of(9, 0, None), (0, 0, 0), "due before");
        assert_eq!(of(21, 1, Some(15)), (0, 0, 0), "due after");
    }
}
