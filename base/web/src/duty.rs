//! Duties (việc phải làm): what is due, found live from the facts. Nobody types one and nobody ticks one off: it goes
//! when the facts change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chibo_kernel::{Account, Day, Id, Moment, Permission, Problem, Said, Unit, Viewer};

use crate::house::{House, Signed};
use crate::visit::Visit;
use crate::words::Lang;

/// Something a unit has to do by a day.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The rule that asks for it.
    pub rule: &'static str,
    /// Whose act it is.
    pub unit: Id<Unit>,
    /// What is to be done, as a sentence.
    pub said: Said,
    /// The last day; [`Day::FOREVER`] when no rule names one.
    pub due: Day,
    /// Where it is done, one click away.
    pub href: String,
}

/// Hands over everything due in the whole register, in any order.
pub type FindDuties = fn(&Visit<'_>, &mut dyn FnMut(Duty)) -> Result<(), Problem>;

/// Duties of one sort, as a capability finds them.
#[derive(Clone, Copy)]
pub struct DutySource {
    /// Short English name, unique; part of addresses.
    pub name: &'static str,
    /// Word key of the heading.
    pub title: &'static str,
    /// Who acts: a duty is shown to those who hold this on its unit.
    pub needs: Permission,
    /// Finds them.
    pub find: FindDuties,
}

/// How pressing a duty is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressing {
    /// Its last day has passed.
    Overdue,
    /// Due today or in the next seven days.
    Now,
    /// Due in the next thirty days.
    Soon,
    /// Later, or without a day.
    Later,
}

impl Pressing {
    /// All, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Now, Self::Soon, Self::Later];

    /// Of a last day, seen from today.
    pub fn of(due: Day, today: Day) -> Self {
        match due.number().saturating_sub(today.number()) {
            left if left < 0 => Self::Overdue,
            0..=7 => Self::Now,
            8..=30 => Self::Soon,
            _ => Self::Later,
        }
    }

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

/// A duty with the source that found it.
pub type Found = (DutySource, Duty);

/// How old the register's duties may be for somebody who has changed nothing since, ms. They are found anew each minute
/// while people ask for them ([`each_minute`]); a minute more is for a machine that is busy.
const OLD_MS: i64 = 120_000;
/// How long after somebody asked the duties are still found anew behind the pages, ms.
const ASKED_MS: i64 = 600_000;

/// The duties of the whole register as they were found last: finding them for every page would cost too much. Whoever
/// writes sees his own doing at once, what others did within about a minute.
#[derive(Default)]
pub struct DutyShelf {
    found: Mutex<Option<(Moment, Arc<Vec<Found>>)>>,
    /// When anybody asked last.
    asked: Mutex<Option<Moment>>,
    /// When each account wrote last.
    touched: Mutex<HashMap<Id<Account>, Moment>>,
}

impl DutyShelf {
    /// Notes that an account has written something.
    pub(crate) fn touched(&self, account: Option<Id<Account>>, now: Moment) {
        let Some(account) = account else { return };
        if let Ok(mut touched) = self.touched.lock() {
            touched.retain(|_, at| now.0 - at.0 < OLD_MS);
            touched.insert(account, now);
        }
    }

    /// Whether an account has written something at or after a moment.
    fn wrote_since(&self, account: Option<Id<Account>>, moment: Moment) -> bool {
        let at = account.and_then(|account| self.touched.lock().ok()?.get(&account).copied());
        at.is_some_and(|at| at >= moment)
    }
}

/// Every duty there is, found anew.
fn find(visit: &Visit<'_>) -> Result<Arc<Vec<Found>>, Problem> {
    let mut found = Vec::new();
    for source in visit.house.capabilities.iter().flat_map(|capability| &capability.duties) {
        (source.find)(visit, &mut |duty| found.push((*source, duty)))?;
    }
    found.sort_by_key(|(_, duty)| duty.due);
    let found = Arc::new(found);
    if let Ok(mut shelf) = visit.house.duties.found.lock() {
        *shelf = Some((visit.now, found.clone()));
    }
    Ok(found)
}

/// Finds the duties anew behind the pages, so that nobody waits for it, as long as people ask for them.
///
/// # Errors
/// What reading the facts gives.
pub fn each_minute(house: &House) -> Result<(), Problem> {
    let now = house.db.now();
    let asked = house.duties.asked.lock().ok().and_then(|asked| *asked);
    if asked.is_none_or(|at| now.0 - at.0 > ASKED_MS) {
        return Ok(());
    }
    let viewer = Viewer::program("chibo serve");
    let signed = Arc::new(Signed { viewer, detour: None, until: Moment::FOREVER });
    find(&Visit::behind(house, signed, Lang::Vi, "/")).map(drop)
}

/// What was found a short while ago on the same day, if the viewer has written nothing since; else found anew.
fn recent(visit: &Visit<'_>) -> Result<Arc<Vec<Found>>, Problem> {
    let shelf = &visit.house.duties;
    if let Ok(mut asked) = shelf.asked.lock() {
        *asked = Some(visit.now);
    }
    let shelved = shelf.found.lock().ok().and_then(|shelf| shelf.clone());
    let young = |at: &Moment| at.day() == visit.today() && (0..OLD_MS).contains(&(visit.now.0 - at.0));
    let fresh = |at: &Moment| young(at) && !shelf.wrote_since(visit.who().account, *at);
    match shelved.filter(|(at, _)| fresh(at)) {
        Some((_, found)) => Ok(found),
        None => find(visit),
    }
}

/// Whether the viewer is the one who acts.
fn acts(visit: &Visit<'_>) -> impl Fn(&Found) -> bool {
    let (places, who) = (visit.house.db.places(), visit.who().clone());
    move |(source, duty)| who.permit(source.needs, duty.unit, &*places).is_ok()
}

/// Everything the viewer has to do, with its source, by its last day; what others did shows within about a minute.
///
/// # Errors
/// What reading the facts gives.
pub fn duties_of(visit: &Visit<'_>) -> Result<Vec<Found>, Problem> {
    let acts = acts(visit);
    Ok(recent(visit)?.iter().filter(|found| acts(found)).cloned().collect())
}

/// How many duties the viewer has of each degree, in the order of [`Pressing::ALL`].
///
/// # Errors
/// What reading the facts gives.
pub fn pressing_of(visit: &Visit<'_>) -> Result<[usize; 4], Problem> {
    let (acts, today) = (acts(visit), visit.today());
    let mut counts = [0; 4];
    for (_, duty) in recent(visit)?.iter().filter(|found| acts(found)) {
        let degree = Pressing::of(duty.due, today);
        let place = counts.iter_mut().zip(Pressing::ALL).find(|(_, other)| *other == degree);
        place.into_iter().for_each(|(count, _)| *count += 1);
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_itself_is_not_overdue() {
        let today = Day::from_ymd(2026, 11, 26).unwrap();
        let of = |days: i32| Pressing::of(today.plus_days(days), today);
        let all = [of(-1), of(0), of(7), of(8), of(30), of(31), Pressing::of(Day::FOREVER, today)];
        use Pressing::{Later, Now, Overdue, Soon};
        assert_eq!(all, [Overdue, Now, Now, Soon, Soon, Later, Later]);
    }
}
