//! What is due while a campaign runs: the branches that still have findings.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Permission, Problem, Said};
use chibo_organisation::UnitsToday;
use chibo_web::{Duty, DutySource, Visit};

use crate::store;

/// Records to be put right.
pub(crate) const SOURCE: DutySource =
    DutySource { name: "quality", title: "quality-duties", needs: Permission::EditMembers, find };

fn find(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let mut campaigns = visit.read(store::campaigns)?;
    campaigns.retain(|row| row.starts_on <= today && today <= row.ends_on.plus_days(30));
    if campaigns.is_empty() {
        return Ok(());
    }
    let units = UnitsToday::of(visit);
    let spans: Vec<_> = campaigns.iter().map(|row| (units.range(Some(row.unit_id)), row.ends_on)).collect();
    let mut open: BTreeMap<_, u32> = BTreeMap::new();
    visit.read(|tx| {
        store::open(tx, Day::FOREVER, |row| {
            *open.entry(row.unit_id).or_default() += 1;
            Ok(())
        })
    })?;
    for (unit, count) in open {
        let Some(place) = units.place(unit) else { continue };
        let due = spans.iter().filter(|(range, _)| range.contains(&place)).map(|(_, ends)| *ends).min();
        if let Some(due) = due {
            let said = Said::new("quality-duty").with("count", count);
            each(Duty { rule: "DPD-33", unit, said, due, href: format!("/quality/list?unit={unit}") });
        }
    }
    Ok(())
}
