//! Lost dossiers: every step from the report to a dossier that is whole again (DOS-09).

use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_members::codes::Standing;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::record;
use crate::rules::{Case, LossDeed, LossStep, Piece, Terms, check_loss, dossier_kept};
use crate::seats::Seats;
use crate::store::{self, LostRow};

/// Where the steps of a dossier led.
pub(crate) fn case_of(rows: &[LostRow]) -> Result<Case, Problem> {
    rows.iter().try_fold(Case::default(), |case, row| {
        let step = LossStep::from_code(&row.step).ok_or_else(|| Problem::fault("unknown step of a lost dossier"))?;
        Ok(case.after(step, Piece::from_code(&row.item), row.on_day))
    })
}

/// Whose act a step is: the keeper's (DOS-02), the consent that of the committee above.
pub(crate) fn actor(seats: &Seats, standing: Option<Standing>, step: LossStep) -> Id<Unit> {
    if step.consent() { seats.above_base() } else { seats.at(dossier_kept(standing)) }
}

/// Whether the dossier is lost at present.
///
/// # Errors
/// Store failures.
pub(crate) fn is_lost(tx: &mut Tx<'_>, person: Id<Person>) -> Result<bool, Problem> {
    Ok(case_of(&store::lost_of(tx, person)?)?.awaits().is_some())
}

/// Writes down a step about a lost dossier, as the form saw it: after so many steps.
///
/// # Errors
/// Every reason at once with its rule; a conflict when somebody wrote in between or the step cannot follow; absent for
/// whoever may not act.
pub fn take_loss(op: &mut Op<'_, '_>, person: Id<Person>, seen: u32, deed: &LossDeed) -> Result<(), Problem> {
    let today = op.today();
    let home = chibo_members::actions::home_of(op.tx(), person, today)?;
    let line = chibo_members::roll_of(op.tx(), &[person], today)?.remove(&person).ok_or(Problem::NotFound)?;
    let standing = Standing::from_number(line.standing);
    let unit = actor(&Seats::within(op, home)?, standing, deed.step);
    op.permit(Permission::EditMembers, unit)?;
    let rows = store::lost_of(op.tx(), person)?;
    let (case, last) = (case_of(&rows)?, rows.last().map_or(0, |row| row.seq));
    if last != seen || !case.offered().contains(&deed.step) {
        return Err(Problem::Conflict(Said::new("cards-changed-since")));
    }
    let issues = check_loss(deed, &case, standing == Some(Standing::Probationary), today);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let version = Terms::on(deed.on)?.lost_version;
    let pieces: Vec<&str> = match deed.step {
        LossStep::Gathered => deed.pieces.iter().map(|piece| piece.code()).collect(),
        _ => vec![""],
    };
    let (now, by, code) = (op.now(), op.viewer().name.clone(), deed.step.code());
    let LossDeed { on, who, number, note, .. } = deed;
    for (seq, piece) in (last + 1..).zip(&pieces) {
        store::insert_lost(op.tx(), person, seq, code, piece, unit, *on, who, number, note, &version, now, &by)?;
    }
    let detail = json!({ "step": code, "on": on.iso(), "number": number, "pieces": pieces });
    record(op, person, unit, "card-dossier-lost", &detail);
    Ok(())
}
