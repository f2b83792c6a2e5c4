//! Sums of months over the tree, kept while neither the month nor the tree changes: a picture of the city asks for two dozen of
//! them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chibo_census::Tree;
use chibo_kernel::rulebook::Ratio;
use chibo_kernel::{AsOf, Day};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_store::Db;

use crate::rules::{Counts, Month, One, Sum, Terms};
use crate::shelf::{Months, Seen};

/// The sums of one month by place, of everything that has parts.
pub(crate) struct MonthSums {
    /// The month.
    pub month: Month,
    inner: HashMap<u32, Sum>,
    /// Attendance wanted in that month (MTG-06).
    target: Ratio,
    /// The tree as it stood at the end of the month: what was founded later owed nothing.
    then: Arc<Tree>,
}

/// What sums were made from.
struct Kept {
    version: u64,
    tree: Arc<Tree>,
    today: Day,
    sums: Arc<MonthSums>,
}

/// Sums kept beside the data.
#[derive(Default)]
struct Memo(Mutex<HashMap<i32, Kept>>);

/// Months kept; the oldest go first.
const MOST: usize = 40;

fn one(seen: &Seen, target: Ratio) -> One {
    let counts = Counts {
        present: u32::from(seen.counts.1),
        excused: u32::from(seen.counts.0.saturating_sub(seen.counts.1)),
        ..Counts::default()
    };
    One {
        met: seen.met == 2,
        late: seen.late,
        excused: seen.met == 3,
        thematic: seen.thematic,
        counts: seen.counts,
        scores: seen.scores,
        below: counts.below(target),
        grade: seen.grade,
    }
}

/// Whether a branch's month has fewer there than the target wants (MTG-06).
pub(crate) fn is_below(seen: &Seen, target: Ratio) -> bool {
    seen.met == 2 && one(seen, target).below
}

/// Whether members belong to what stands at a place. What only holds the membership of former times meets no more and owes nothing.
pub(crate) fn is_branch(units: &UnitsToday, place: u32) -> bool {
    let kind = UnitKind::from_number(units.tree.kind(place));
    kind.is_some_and(|kind| kind.holds_members() && kind != UnitKind::History)
}

impl MonthSums {
    fn new(units: &UnitsToday, months: &Months, month: Month, target: Ratio, today: Day) -> Self {
        let then = units.forest.tree(AsOf::on(month.last().min(today)));
        let mut made = Self { month, inner: HashMap::new(), target, then };
        let mut all: Vec<Sum> =
            (0..units.tree.len()).map(|place| made.own(units, months, place).unwrap_or_default()).collect();
        // Places lie in the order of the tree: whoever stands above comes earlier, so from the end every part is whole.
        for place in (0..units.tree.len()).rev() {
            let sum = all.get(place as usize).copied().unwrap_or_default();
            if let Some(up) = units.tree.parent(place).and_then(|up| all.get_mut(up as usize)) {
                *up = up.and(&sum);
            }
            if units.tree.end(place) > place + 1 {
                made.inner.insert(place, sum);
            }
        }
        made
    }

    /// What the branch at a place itself adds; nothing for what is no branch or did not stand in that month.
    pub(crate) fn own(&self, units: &UnitsToday, months: &Months, place: u32) -> Option<Sum> {
        if !is_branch(units, place) {
            return None;
        }
        let no = units.tree.unit(place)?;
        let seen = months.at(units.forest.id(no)?, self.month);
        if seen.is_none() && self.then.place_of(no).is_none() {
            return None;
        }
        let mut sum = Sum::default();
        sum.add(seen.map(|seen| one(seen, self.target)));
        Some(sum)
    }

    /// Everything at and under a place, as far as `sees` says: who sees a unit sees what is under it.
    pub(crate) fn at(&self, units: &UnitsToday, months: &Months, place: u32, sees: &impl Fn(u32) -> bool) -> Sum {
        let known = self.inner.get(&place);
        match (sees(place), known) {
            (true, Some(sum)) => *sum,
            (true, None) => self.own(units, months, place).unwrap_or_default(),
            (false, None) => Sum::default(),
            (false, Some(_)) => units
                .tree
                .children(place)
                .fold(Sum::default(), |sum, child| sum.and(&self.at(units, months, child, sees))),
        }
    }
}

/// The sums of a month, made once for every state of the month and of the tree. `usual`: the attendance wanted where the rulebook
/// of that month names none.
pub(crate) fn of(
    db: &Db,
    units: &UnitsToday,
    months: &Months,
    (month, today): (Month, Day),
    usual: Ratio,
) -> Arc<MonthSums> {
    let memo = db.beside::<Memo>().unwrap_or_else(|| {
        let memo = Arc::new(Memo::default());
        db.put_beside(memo.clone());
        memo
    });
    let version = months.version_of(month);
    let fits = |kept: &Kept| kept.version == version && kept.today == today && Arc::ptr_eq(&kept.tree, &units.tree);
    let known =
        memo.0.lock().ok().and_then(|kept| kept.get(&month.0).filter(|kept| fits(kept)).map(|k| k.sums.clone()));
    if let Some(sums) = known {
        return sums;
    }
    let target = Terms::attendance_on(month.last().min(today)).unwrap_or(usual);
    let sums = Arc::new(MonthSums::new(units, months, month, target, today));
    if let Ok(mut kept) = memo.0.lock() {
        kept.insert(month.0, Kept { version, tree: units.tree.clone(), today, sums: sums.clone() });
        while kept.len() > MOST {
            let Some(oldest) = kept.keys().min().copied() else { break };
            kept.remove(&oldest);
        }
    }
    sums
}
