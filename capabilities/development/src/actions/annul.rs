//! Cancelling a decision of admission or recognition (MEM-41).

use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{course, last_probation, record, road, since};
use crate::rules::{AnnulGround, Annulment, Candidate, Decision, Recognition, Step, Terms, check_annulment};
use crate::store::{self, RecognitionRow, StepRow};

/// What there is to cancel about a member.
pub(crate) struct Found {
    /// The candidate he was, with his steps.
    pub candidate: Option<(Id<Candidate>, Vec<StepRow>)>,
    /// The steps of his probation.
    pub recognition: Vec<RecognitionRow>,
    /// Whether he is a member now.
    pub member: bool,
}

impl Found {
    /// Of a member.
    pub fn of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Self, Problem> {
        let candidate = match store::annul::was(tx, person)? {
            Some(row) => Some((row.candidate_id, store::steps_of(tx, row.candidate_id)?)),
            None => None,
        };
        let recognition = store::recognition_of(tx, person)?;
        let standings = chibo_members::standings_of(tx, person)?;
        let member = standings.last().is_some_and(|(.., standing)| standing.counts_as_member());
        Ok(Self { candidate, recognition, member })
    }

    /// What cancelling one of his decisions is judged by.
    pub fn ground(
        &self,
        tx: &mut Tx<'_>,
        person: Id<Person>,
        (what, today): (Decision, chibo_kernel::Day),
    ) -> Result<AnnulGround, Problem> {
        let steps = self.candidate.as_ref().map_or(&[] as &[StepRow], |(_, rows)| rows.as_slice());
        let admitted_here = course(steps)?.stage() == Some(Step::Admitted);
        let began = last_probation(tx, person)?;
        let mine = began.map_or(&[] as &[RecognitionRow], |began| since(&self.recognition, began));
        let recognised_here = road(mine)?.ended() == Some(Recognition::Recognised);
        let last = match what {
            Decision::Admission => steps.iter().map(|row| row.on_day).max(),
            Decision::Recognition => mine.iter().map(|row| row.on_day).max(),
        };
        Ok(AnnulGround { member: self.member, admitted_here, recognised_here, last, today })
    }
}

/// Cancels a decision. After a missing standard the member is struck off; otherwise what was faulty is open again, and who
/// was admitted wrongly is no member until the ceremony is held anew. `above`: the committee above his branch, whose right
/// it is, by the caller's census.
///
/// # Errors
/// Every reason at once with its rule; absent for whoever may not act at the committee above.
pub fn annul(op: &mut Op<'_, '_>, person: Id<Person>, above: Id<Unit>, new: &Annulment) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    op.permit(Permission::EditMembers, above)?;
    let (found, today) = (Found::of(op.tx(), person)?, op.today());
    let ground = found.ground(op.tx(), person, (new.what, today))?;
    let issues = check_annulment(new, ground);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let terms = Terms::on(new.on)?;
    match new.what {
        Decision::Admission => {
            members::leave(op, person, Standing::Left, new.on)?;
            if let Some((id, rows)) = &found.candidate {
                let step = new.redone().map_or(Step::Annulled, |redo| redo.of_admission());
                let (seq, now, by) = (next(rows.len()), op.now(), op.viewer().name.clone());
                let (code, number, note) = (step.code(), new.number.as_str(), new.reason.as_str());
                let version = terms.version.as_str();
                store::insert_step(op.tx(), *id, seq, code, new.on, number, 0, 0, note, None, version, now, &by)?;
            }
        }
        Decision::Recognition => {
            members::unrecognise(op, person)?;
            if let Some(redo) = new.redone() {
                let (seq, now, by) = (next(found.recognition.len()), op.now(), op.viewer().name.clone());
                let (code, number, note) = (redo.of_recognition().code(), new.number.as_str(), new.reason.as_str());
                let version = terms.version.as_str();
                store::insert_recognition(op.tx(), person, seq, code, new.on, number, 0, 0, note, version, now, &by)?;
            }
        }
    }
    write(op, (person, above), new, &terms)
}

fn next(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX).saturating_add(1)
}

fn write(
    op: &mut Op<'_, '_>,
    (person, above): (Id<Person>, Id<Unit>),
    new: &Annulment,
    terms: &Terms,
) -> Result<(), Problem> {
    let seq = next(store::annul::annulments_of(op.tx(), person)?.len());
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (what, flaw, redo) = (new.what.code(), new.flaw.code(), new.redone().map_or("", |redo| redo.code()));
    let (number, reason, version) = (new.number.as_str(), new.reason.as_str(), terms.version.as_str());
    store::annul::insert_annulment(
        op.tx(),
        person,
        seq,
        what,
        flaw,
        redo,
        number,
        new.on,
        reason,
        above,
        version,
        now,
        &by,
    )?;
    let detail = json!({ "decision": what, "flaw": flaw, "redo": redo, "number": number, "on": new.on.iso() });
    record(op, *person.bytes(), above, "admission-cancelled", &detail);
    Ok(())
}
