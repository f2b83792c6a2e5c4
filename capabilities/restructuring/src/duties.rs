//! What is due: plans that could not be carried out, signed plans whose day has come, drafts that wait for a signature.

use chibo_kernel::{Permission, Problem, Said};
use chibo_web::{Duty, DutySource, Visit};

use crate::rules::State;
use crate::store;

/// Plans that wait for somebody.
pub(crate) const SOURCE: DutySource =
    DutySource { name: "restructuring", title: "plans-duties", needs: Permission::Reorganise, find };

fn find(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for row in visit.read(store::plans)? {
        let (key, due) = match State::from_code(&row.state) {
            Some(State::Stuck) => ("plans-duty-stuck", row.effective_on),
            Some(State::Draft) => ("plans-duty-draft", row.effective_on.plus_days(-1)),
            Some(State::Signed) if row.effective_on < visit.today() => ("plans-duty-signed", row.effective_on),
            _ => continue,
        };

        let said = Said::new(key).with("title", &row.title).with("day", row.effective_on);
        each(Duty { rule: "ORG-18", unit: row.unit_id, said, due, href: format!("/restructuring/{}", row.plan_id) });
    }
    Ok(())
}
