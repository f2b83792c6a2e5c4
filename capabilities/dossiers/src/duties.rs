//! Yearly supplements that branches have still to receive (DOS-04).

use std::collections::HashMap;

use chibo_census::Query;
use chibo_kernel::{AsOf, Id, Moment, Permission, Problem, Said, Unit};
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_web::{Duty, DutySource, Visit};

use crate::pages::round_address;
use crate::rules::supplement::Step;
use crate::rules::terms::Terms;
use crate::store;

/// Branches in the last quarter.
pub(crate) const SUPPLEMENTS: DutySource =
    DutySource { name: "dossiers", title: "dossiers-duties", needs: Permission::EditMembers, find };

fn find(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let year = today.year();
    let Some((_, due)) = Terms::on(today)?.supplement(year).filter(|(from, _)| *from <= today) else { return Ok(()) };
    let mut received: HashMap<Id<Unit>, i64> = HashMap::new();
    visit.read(|tx| {
        store::supplement_counts(tx, year, Step::Received.number(), Moment::FOREVER, |row| {
            received.insert(row.unit_id, row.people);
            Ok(())
        })
    })?;
    let units = UnitsToday::of(visit);
    let heads = {
        let view = visit.house.census.view(today);
        view.headcounts(&Query { members: Some(member_standings()), ..Query::at(AsOf::on(today)) })
    };
    for (place, members) in (0u32..).zip(heads).filter(|(_, members)| *members > 0) {
        // A branch is where nothing stands below.
        let Some(unit) = units.id(place).filter(|_| units.tree.end(place) == place + 1) else { continue };
        let open = i64::from(members) - received.get(&unit).copied().unwrap_or(0);
        if open > 0 {
            let said = Said::new("dossiers-duty").with("count", open).with("year", year);
            each(Duty { rule: "DOS-04", unit, said, due, href: round_address(Some(unit), year) });
        }
    }
    Ok(())
}
