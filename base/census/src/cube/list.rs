//! The members behind a number, page by page.

use super::plan::{Base, Ground, Plan};
use super::scan::{Sink, row_holds, row_passes, scan};
use super::{ListOrder, Query, TooMuch};
use crate::columns::{PersonNo, Segment, pack_asked};
use crate::search::First;

/// Names looked at in their order before giving up and looking at all rows instead.
const WALK: usize = 4000;

impl Ground<'_> {
    /// The members themselves, at most `limit` of them after `after`.
    pub fn list(
        &self,
        query: &Query,
        order: ListOrder,
        after: Option<PersonNo>,
        limit: usize,
    ) -> Result<Vec<PersonNo>, TooMuch> {
        let plan = Plan::new(self, &Query { dims: Vec::new(), ..query.clone() }, Base::Cell)?;
        if order == ListOrder::Name
            && plan.rows as usize > self.columns.rows.len() / 8
            && let Some(list) = self.walk(&plan, after, limit)
        {
            return Ok(list);
        }
        let names = &self.columns.people.names;
        let key = |no: PersonNo| match order {
            ListOrder::Name => u64::from(names.rank(no)) << 32 | u64::from(no),
            ListOrder::Place => u64::from(no),
        };
        let mut list = List { key, first: First::new(limit, after.map(key)) };
        scan(&plan, self, Base::Cell, &mut list);
        Ok(list.first.finish().into_iter().map(|key| key as u32).collect())
    }

    /// For the large lists: down the order of names, asking each person. Only for the day on which persons were sent
    /// home, as known now, when the state of a person is found at home. `None` when too few of them are members.
    fn walk(&self, plan: &Plan, after: Option<PersonNo>, limit: usize) -> Option<Vec<PersonNo>> {
        if plan.at.day != pack_asked(self.columns.loaded_on) || !plan.at.known_now() {
            return None;
        }
        let mut list = Vec::new();
        let mut names = self.columns.people.names.in_order(after);
        for no in names.by_ref().take(WALK.max(limit * 4)) {
            if list.len() == limit {
                return Some(list);
            }
            if self.is_counted(plan, no) {
                list.push(no);
            }
        }
        (list.len() == limit || names.next().is_none()).then_some(list)
    }

    fn is_counted(&self, plan: &Plan, no: PersonNo) -> bool {
        let counted = |segment: &Segment, row: usize| {
            segment.person[row] == no && row_holds(segment, row, plan.at) && row_passes(segment, row, &plan.sieves)
        };
        let columns = self.columns;
        match columns.people.home(no) {
            Ok(slot) => columns.unit_of(slot).is_some_and(|unit| {
                let mut rows = columns.rows_of(slot);
                plan.tail_base(unit, Base::Cell).is_some() && rows.any(|row| counted(&columns.rows, row as usize))
            }),
            Err(_) => columns
                .tail_rows_of(no)
                .any(|row| counted(&columns.tail, row) && plan.tail_base(columns.tail_unit[row], Base::Cell).is_some()),
        }
    }
}

struct List<K> {
    key: K,
    first: First,
}

impl<K: Fn(PersonNo) -> u64> Sink for List<K> {
    fn take(&mut self, segment: &Segment, rows: &[u32], _: &[u32]) {
        rows.iter().for_each(|row| self.first.offer((self.key)(segment.person[*row as usize])));
    }
}
