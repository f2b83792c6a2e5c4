//! Taking a step.

use chibo_kernel::{Day, Id, Permission, Problem, Said};
use chibo_members::actions as members;
use chibo_store::Op;

use super::open::{hold, put};
use super::{census, effect, write};
use crate::file::{File, about, levels};
use crate::rules::{CaseFile, Deed, Kind, Opening, Phase, Step, Taken, Terms, check};

/// Takes a step; a decision changes the member's standing in the same write.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between; absent for whoever may not act.
pub fn take(op: &mut Op<'_, '_>, id: Id<CaseFile>, deed: &Deed) -> Result<Phase, Problem> {
    let row = crate::store::case_file(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let person = row.person_id;
    let branch = members::home(op, person)?;
    let (census, today) = (census(op)?, op.today());
    let levels = levels(&census, branch, today, &Terms::on(today)?);
    let mut file = File::load(op.tx(), id, |_| levels.committee.is_some())?;
    let kind = file.kind();
    let unit = levels.actor(kind, deed.step, file.row.handler_id);
    op.permit(Permission::EditMembers, unit)?;
    if u32::try_from(file.rows.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("leaving-changed-since")));
    }
    let terms = Terms::on(deed.on.min(today))?;
    let known = about(op.tx(), &census, (person, branch), Some(id), (today, &terms))?;
    let issues = check(&file.course, &file.opening, deed, &known.facts, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let in_force = matches!(deed.step, Step::Decided | Step::Registered);
    let taken = Taken {
        step: deed.step,
        on: deed.on,
        effective: if in_force { deed.effective.unwrap_or(deed.on) } else { Day::FOREVER },
        ends: if in_force { deed.ends } else { Day::FOREVER },
        count: deed.count,
    };
    file.course.steps.push(taken);
    let phase = write::add_step(op, id, (&file.opening, &file.course), deed, unit, &terms)?;
    let decided = file.course.decision(terms.limits) == Some(&taken);
    if deed.step == Step::Decided && decided {
        effect::apply(op, id, person, kind, &taken)?;
    }
    if kind == Kind::Complaint && !phase.undecided() {
        members::lift_hold(op, person, &hold(id), &deed.number)?;
    }
    if deed.step == Step::Overturned {
        // What was wrong is taken back by a case of its own (MEM-42).
        let new = Opening {
            about: file.opening.about,
            number: deed.number.clone(),
            note: deed.note.clone(),
            ..Opening::new(person, Kind::Restoration, deed.on)
        };
        put(op, &new, None, &levels, &terms)?;
    }
    Ok(phase)
}
