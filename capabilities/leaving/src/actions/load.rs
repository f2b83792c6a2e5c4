//! Many cases at once, from an older book: demonstration and take-over.

use chibo_kernel::{Id, Problem, Unit};
use chibo_store::Op;

use super::write::{Stamp, case_row, case_values, state_row, state_values, step_row, step_values};
use crate::rules::{Course, Deed, Opening, Step, Taken, Terms};
use crate::store;

/// A case with steps that were taken long ago; standings are there already.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// As opened.
    pub opening: Opening,
    /// The member's branch.
    pub branch: Id<Unit>,
    /// Steps, in order.
    pub steps: Vec<Deed>,
}

/// Writes cases as they stand in a book, without asking the rules again. Only the program itself does that.
///
/// # Errors
/// Denied to everybody else.
pub fn load(op: &mut Op<'_, '_>, loaded: &[Loaded]) -> Result<(), Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let terms = Terms::on(op.today())?;
    let stamp = Stamp::of(op, &terms);
    let (mut cases, mut steps, mut states) = (Vec::new(), Vec::new(), Vec::new());
    for one in loaded {
        let (id, about) = (op.fresh(), &one.opening);
        let committee = one.steps.iter().any(|deed| deed.step == Step::CommitteeVoted);
        let mut course = Course::new(about.kind, about.ground, committee);
        for (seq, deed) in (1u32..).zip(&one.steps) {
            let row = step_row(id, seq, deed, one.branch, &stamp);
            let (effective, ends) = (row.effective_on, row.ends_on);
            course.steps.push(Taken { step: deed.step, on: deed.on, effective, ends, count: deed.count });
            steps.push(row);
        }
        cases.push(case_row(id, about, None, &stamp));
        states.push(state_row(id, about, &course, &terms));
    }
    store::insert_cases(op.tx(), cases.iter().map(case_values))?;
    store::insert_steps(op.tx(), steps.iter().map(step_values))?;
    store::insert_states(op.tx(), states.iter().map(state_values)).map(drop)
}
