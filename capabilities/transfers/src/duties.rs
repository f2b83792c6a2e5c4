//! Who signs next and by when (TRF-01, TRF-03, TRF-12).

use chibo_kernel::{Permission, Problem, Said};
use chibo_web::{Duty, DutySource, Visit};

use crate::pages::everything;
use crate::rules::Terms;

/// The next signature of every open transfer.
pub(crate) const SIGNATURES: DutySource =
    DutySource { name: "transfers", title: "transfers-duties", needs: Permission::EditMembers, find: signatures };

fn signatures(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    for line in visit.read(everything)? {
        let (Some(seal), Some(clock)) = (line.course.next(), terms.clock(&line.course, today)) else { continue };
        let href = format!("/transfers/{}", line.row.transfer_id);
        each(Duty { rule: clock.rule, unit: seal.unit, said: Said::new(clock.word), due: clock.due, href });
    }
    Ok(())
}
