//! What branches owe: the month's meeting, the quarter's theme, weak months in a row (MTG-01, MTG-02, MTG-22).

use std::sync::{Arc, Mutex};

use chibo_census::Tree;
use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::{Duty, DutySource, Visit};

use crate::rules::{Debt, Month, MonthFacts, Terms, debts, weak_in_a_row};
use crate::shelf::{self, Months};
use crate::sums::is_branch;

/// The branch's own.
pub(crate) const OWED: DutySource =
    DutySource { name: "meetings", title: "meetings-duties", needs: Permission::EditMembers, find: find_owed };
/// Of the level above.
pub(crate) const WEAK: DutySource =
    DutySource { name: "weak-meetings", title: "meetings-weak-duties", needs: Permission::EditUnits, find: find_weak };

/// What briefings asked branches to do (MTG-12).
pub(crate) const BRIEFED: DutySource = DutySource {
    name: "briefing-tasks",
    title: "meetings-briefing-duties",
    needs: Permission::EditMembers,
    find: find_briefed,
};

/// Days before its last day on which a task of a briefing is told.
const AHEAD: i32 = 30;

fn find_briefed(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let until = visit.today().plus_days(AHEAD);
    for row in visit.read(|tx| crate::store::open_briefing_tasks(tx, Day::FOREVER, until))? {
        let said = Said::new("meetings-duty-briefing").with("what", row.what);
        // Both the branch and the committee that asked see the branch's page.
        let href = format!("/meetings/units/{}", row.branch_id);
        each(Duty { rule: "MTG-12", unit: row.branch_id, said, due: row.due, href });
    }
    Ok(())
}

/// Farther back no debt is asked for: last year's meetings cannot be held any more.
const BACK: i32 = 11;

/// Which branches stood when: what was founded later owed nothing.
struct Standing {
    first: Month,
    now: Month,
    trees: Vec<Arc<Tree>>,
    terms: Terms,
}

impl Standing {
    fn new(units: &UnitsToday, months: &Months, today: Day) -> Result<Self, Problem> {
        let now = Month::of(today);
        // Before anybody wrote anything nobody used this program: nothing is owed for then.
        let first = months.begins().unwrap_or(now).max(now.plus(-BACK)).min(now);
        let tree = |month: i32| units.forest.tree(AsOf::on(Month(month).last().min(today)));
        Ok(Self { first, now, trees: (first.0..=now.0).map(tree).collect(), terms: Terms::on(today)? })
    }

    fn debts(&self, units: &UnitsToday, months: &Months, unit: Id<Unit>) -> Vec<Debt> {
        let (line, no) = (months.of(unit), units.forest.no(unit));
        let facts = |month: Month| {
            let seen = shelf::at(line, month);
            let at = usize::try_from(month.0 - self.first.0).ok()?;
            let stood = || no.is_some_and(|no| self.trees.get(at).is_some_and(|tree| tree.place_of(no).is_some()));
            match seen {
                Some(seen) => Some(seen.facts()),
                None => stood().then(MonthFacts::default),
            }
        };
        debts(self.first, self.now, &self.terms, facts)
    }
}

/// What one branch owes (MTG-01, MTG-02).
///
/// # Errors
/// Problems of the database.
pub(crate) fn debts_of(visit: &Visit<'_>, units: &UnitsToday, unit: Id<Unit>) -> Result<Vec<Debt>, Problem> {
    if !units.place(unit).is_some_and(|place| is_branch(units, place)) {
        return Ok(Vec::new());
    }
    let months = shelf::months(&visit.house.db)?;
    Ok(Standing::new(units, &months, visit.today())?.debts(units, &months, unit))
}

/// What was found on a state of the shelf and of the tree.
struct Found {
    version: u64,
    tree: Arc<Tree>,
    today: Day,
    debts: Vec<(Id<Unit>, Vec<Debt>)>,
    /// Branch, the unit above it, weak months in a row.
    weak: Vec<(Id<Unit>, Id<Unit>, u32)>,
}

/// Duties as they were found last: looking at every branch again is only worth it when something changed.
#[derive(Default)]
struct Memo(Mutex<Option<Arc<Found>>>);

fn found(visit: &Visit<'_>) -> Result<Arc<Found>, Problem> {
    let db = &visit.house.db;
    let (units, months, today) = (UnitsToday::of(visit), shelf::months(db)?, visit.today());
    let memo = db.beside::<Memo>().unwrap_or_else(|| {
        let memo = Arc::new(Memo::default());
        db.put_beside(memo.clone());
        memo
    });
    let known = memo.0.lock().ok().and_then(|kept| kept.clone());
    let fits = |kept: &Arc<Found>| {
        kept.version == months.version() && kept.today == today && Arc::ptr_eq(&kept.tree, &units.tree)
    };
    if let Some(kept) = known.filter(fits) {
        return Ok(kept);
    }
    let standing = Standing::new(&units, &months, today)?;
    let mut made =
        Found { version: months.version(), tree: units.tree.clone(), today, debts: Vec::new(), weak: Vec::new() };
    for place in (0..units.tree.len()).filter(|place| is_branch(&units, *place)) {
        let Some(unit) = units.id(place) else { continue };
        let owed = standing.debts(&units, &months, unit);
        if !owed.is_empty() {
            made.debts.push((unit, owed));
        }
        let line = months.of(unit);
        let grade = |month| shelf::at(line, month).filter(|seen| seen.met == 2).and_then(|seen| seen.grade);
        let weak = weak_in_a_row(standing.now, grade);
        let above = units.tree.parent(place).and_then(|up| units.id(up));
        if let (true, Some(above)) = (weak >= standing.terms.weak.max(1), above) {
            made.weak.push((unit, above, weak));
        }
    }
    let made = Arc::new(made);
    if let Ok(mut kept) = memo.0.lock() {
        *kept = Some(made.clone());
    }
    Ok(made)
}

/// Months one after the other, as read.
pub(crate) fn months_text(months: &[Month]) -> String {
    months.iter().map(|month| month.text()).collect::<Vec<_>>().join(", ")
}

/// One duty for every rule a branch owes something by; the oldest month says since when.
fn find_owed(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for (unit, debts) in &found(visit)?.debts {
        for (rule, word, months) in debts {
            let said = Said::new(word).with("month", months_text(months));
            let due = months.first().map_or(Day::FOREVER, |month| month.last());
            each(Duty { rule, unit: *unit, said, due, href: format!("/meetings/units/{unit}") });
        }
    }
    Ok(())
}

/// Branches whose last months were weak one after the other.
fn find_weak(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let units = UnitsToday::of(visit);
    for (unit, above, weak) in &found(visit)?.weak {
        let said = Said::new("meetings-weak-said").with("name", units.name(*unit)).with("months", weak);
        let href = format!("/meetings/units/{unit}");
        each(Duty { rule: "MTG-22", unit: *above, said, due: Day::FOREVER, href });
    }
    Ok(())
}
