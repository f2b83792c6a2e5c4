//! What is due: proposing those whose years are reached, before the files must be handed in (BDG-02).

use std::collections::BTreeMap;

use chibo_kernel::{Permission, Problem, Said};
use chibo_web::{Duty, DutySource, Visit};

use crate::pages::{Ask, Roll, Stand};
use crate::rules::terms_on;

/// Days before the files are due on which branches are told.
const AHEAD: i32 = 60;

/// Proposals of branches.
pub(crate) const SOURCE: DutySource =
    DutySource { name: "badges", title: "badges-duties", needs: Permission::EditMembers, find };

fn find(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = terms_on(today)?;
    let Some(award) = terms.next(today).filter(|award| award.files_by.plus_days(-AHEAD) <= today) else {
        return Ok(());
    };
    let mut waiting: BTreeMap<_, u32> = BTreeMap::new();
    for line in Roll::of(visit, &award, &terms, |_| true)?.iter().filter(|line| line.stand == Stand::Due) {
        *waiting.entry(line.unit).or_default() += 1;
    }
    for (unit, count) in waiting {
        let ask = Ask { unit: Some(unit), award, years: None, stand: Some(Stand::Due) };
        let said = Said::new("badges-duty").with("count", count).with("day", award.on);
        each(Duty { rule: "BDG-02", unit, said, due: award.files_by, href: ask.address("/badges") });
    }
    Ok(())
}
