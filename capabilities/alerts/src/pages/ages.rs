//! Since when the breaches of some lines hold: every month end before the day is asked anew, with the tree, the
//! members, the offices, the consents and the rulebook of that day, until a breach does not hold.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use chibo_census::{Query, Scope, Tree};
use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{AsOf, Id, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::alarms::{Case, Limits, Seats, breaches};
use chibo_organisation::rules::{Consents, Strength};
use chibo_web::Visit;

use super::scene::{Scene, questions};
use super::survey::{Line, Survey};
use crate::rules::{MONTHS, Since, month_ends};

/// The committees of a unit on the month ends, in their order.
type Committees = HashMap<Id<Unit>, Vec<Seats>>;

/// Since when each line holds, in their order. The same breach is the same rule for the same reason.
pub(super) fn of(visit: &Visit<'_>, scene: &Scene, survey: &Survey, lines: &[&Line]) -> Result<Vec<Since>, Problem> {
    let mut ages = vec![Since::default(); lines.len()];
    if lines.is_empty() {
        return Ok(ages);
    }
    let days = month_ends(scene.at.day).map(|day| AsOf { day, known: scene.at.known });
    let committees = committees(visit, lines, &days)?;
    let mut open: Vec<usize> = (0..lines.len()).collect();
    for (index, at) in days.iter().enumerate() {
        if open.is_empty() {
            break;
        }
        let asked: Vec<&Line> = open.iter().filter_map(|line| lines.get(*line).copied()).collect();
        let then = Then::look(visit, *at, &asked, &survey.consents)?;
        open.retain(|number| {
            let (Some(line), Some(age)) = (lines.get(*number), ages.get_mut(*number)) else { return false };
            let seats = committees.get(&line.unit).and_then(|seats| seats.get(index)).copied().unwrap_or_default();
            let held = then.broken(line, seats);
            if held {
                age.held(at.day);
            }
            held
        });
    }
    Ok(ages)
}

fn committees(visit: &Visit<'_>, lines: &[&Line], days: &[AsOf; MONTHS]) -> Result<Committees, Problem> {
    visit.read(|tx| {
        let mut found = Committees::new();
        for line in lines {
            if let Entry::Vacant(free) = found.entry(line.unit) {
                free.insert(chibo_organisation::committees_of(tx, line.unit, days)?);
            }
        }
        Ok(found)
    })
}

/// Some units on one earlier day.
struct Then<'a> {
    at: AsOf,
    limits: Limits<'static>,
    tree: Arc<Tree>,
    consents: &'a Consents,
    /// Where those units stood that did, with their members.
    found: HashMap<Id<Unit>, (u32, Strength)>,
}

impl<'a> Then<'a> {
    fn look(visit: &Visit<'_>, at: AsOf, lines: &[&Line], consents: &'a Consents) -> Result<Self, Problem> {
        let limits = Limits::on(Rulebook::built_in()?, at.day)?;
        // Held for one month end only: a commit need not wait for the whole walk back.
        let view = visit.house.census.view(visit.today());
        let tree = view.forest().tree(at);
        let place = |line: &Line| tree.place_of(view.forest().no(line.unit)?);
        // Counted is only what may be decided by size: the standing committee of a city needs no headcount of the city.
        let sized = lines.iter().copied().filter(|line| line.breach.by_size()).filter_map(&place);
        let spans: Vec<Range<u32>> = sized.map(|place| place..tree.end(place)).collect();
        let base = Query { scope: Scope::Places(spans), ..Query::at(at) };
        let [official, all] = questions(&base).map(|query| view.headcounts(&query));
        let of = |counts: &[u32], place: u32| counts.get(place as usize).copied().unwrap_or(0);
        let stood = lines.iter().copied().filter_map(|line| Some((line.unit, place(line)?)));
        let found = stood.map(|(unit, place)| {
            let strength = Strength { official: of(&official, place), all: of(&all, place) };
            (unit, (place, strength))
        });
        let found = found.collect();
        Ok(Self { at, limits, tree, consents, found })
    }

    /// Whether the unit of a line did not keep the same rule for the same reason.
    fn broken(&self, line: &Line, seats: Seats) -> bool {
        let Some((place, strength)) = self.found.get(&line.unit).copied() else { return false };
        let Some(kind) = Kind::from_number(self.tree.kind(place)) else { return false };
        let consent = self.consents.holds(line.unit, kind, self.at);
        let case = Case::of(&self.tree, (place, kind), strength, seats, consent);
        let same = |rule: &str, reason: &str| rule == line.breach.rule && reason == line.breach.reason.key;
        breaches(&self.limits, &case).iter().any(|breach| same(breach.rule, breach.reason.key))
    }
}
