//! Books to close, arrears to look into, remittances to take in (FEE-07, FEE-08, FEE-10).

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Moment, Permission, Problem, Said, Unit};
use chibo_web::{Duty, DutySource, Visit};

use crate::actions::arrears::debtors;
use crate::rules::{Month, Rates};
use crate::store;

/// Books of the last month nobody has closed: of branches that kept one the month before or began this one.
pub(crate) const BOOKS: DutySource =
    DutySource { name: "dues-books", title: "fees-duties-books", needs: Permission::EditMembers, find: books };

/// Members who have not paid three months of the year without reason.
pub(crate) const ARREARS: DutySource =
    DutySource { name: "dues-arrears", title: "fees-duties-arrears", needs: Permission::EditMembers, find: arrears };

/// Remittances nobody has taken in.
pub(crate) const REMITTANCES: DutySource = DutySource {
    name: "dues-remittances",
    title: "fees-duties-remittances",
    needs: Permission::EditMembers,
    find: remittances,
};

fn books(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let last = Month::of(visit.today()).plus(-1);
    let close_by = Rates::of(last)?.close_by;
    let mut waiting: BTreeMap<Id<Unit>, bool> = BTreeMap::new();
    visit.read(|tx| {
        store::grid_in(tx, last.plus(-1).0, Moment::FOREVER, |row| {
            waiting.insert(row.unit_id, true);
            Ok(())
        })?;
        store::grid_in(tx, last.0, Moment::FOREVER, |row| {
            waiting.insert(row.unit_id, !row.closed);
            Ok(())
        })
    })?;
    let due = last.plus(1).first().plus_days(close_by - 1);
    let census = &visit.house.census;
    let forest = census.forest();
    let tree = forest.tree(chibo_kernel::AsOf::on(visit.today()));
    let stands = |unit: Id<Unit>| forest.no(unit).is_some_and(|no| tree.place_of(no).is_some());
    for (unit, _) in waiting.into_iter().filter(|(unit, open)| *open && stands(*unit)) {
        let said = Said::new("fees-duty-close").with("month", last.text());
        each(Duty { rule: "FEE-11", unit, said, due, href: format!("/fees/units/{unit}?month={}", last.code()) });
    }
    Ok(())
}

fn arrears(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let all = visit.read(|tx| debtors(tx, today))?;
    let view = visit.house.census.view(today);
    let mut homes: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
    for debtor in all.iter().filter(|debtor| debtor.since.is_some()) {
        let home = view.no(debtor.person).and_then(|no| view.person(no)).and_then(|brief| brief.today);
        if let Some(unit) = home.and_then(|(unit, _)| view.forest().id(unit)) {
            *homes.entry(unit).or_default() += 1;
        }
    }
    for (unit, count) in homes {
        let said = Said::new("fees-duty-arrears").with("count", count);
        each(Duty { rule: "FEE-08", unit, said, due: Day::FOREVER, href: format!("/fees/arrears?unit={unit}") });
    }
    Ok(())
}

fn remittances(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let mut waiting: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
    visit.read(|tx| {
        store::open_remittances(tx, |row| {
            *waiting.entry(row.to_unit).or_default() += 1;
            Ok(())
        })
    })?;
    for (unit, count) in waiting {
        let said = Said::new("fees-duty-receive").with("count", count);
        each(Duty { rule: "FEE-10", unit, said, due: Day::FOREVER, href: format!("/fees/units/{unit}/remittances") });
    }
    Ok(())
}
