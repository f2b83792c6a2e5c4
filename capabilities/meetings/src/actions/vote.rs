//! Votes of a meeting: the denominator follows from the roll.

use chibo_kernel::votes::{Ballots, MemberKind, Occasion, OrdinaryForm, Reason, RollEntry, denominator_of_members};
use chibo_kernel::{Id, Problem, Said, Unit};
use chibo_members::codes::Standing;
use chibo_store::Op;
use serde_json::json;

use super::{draft, members_on, record};
use crate::rules::Presence;
use crate::store;

/// A vote as it was counted.
#[derive(Clone, Debug)]
pub struct Vote {
    /// On what.
    pub subject: String,
    /// How.
    pub form: OrdinaryForm,
    /// What was cast.
    pub ballots: Ballots,
    /// How many votes its form saw taken down: the same form sent twice counts once.
    pub seen: Option<usize>,
}

/// Says in which field a refused vote is put right.
fn at(field: &str, problem: Problem) -> Problem {
    let Problem::Refused(mut issues) = problem else { return problem };
    issues.iter_mut().for_each(|issue| issue.field = Some(field.to_owned()));
    Problem::Refused(issues)
}

/// Takes a vote down. Who counts and who was there follows from the roll, which must have been written.
///
/// # Errors
/// More ballots than voters, nobody who may vote, no subject.
pub fn take_vote(op: &mut Op<'_, '_>, (unit, no, version): (Id<Unit>, u32, u32), vote: &Vote) -> Result<(), Problem> {
    let row = draft(op, unit, no, version)?;
    if vote.subject.trim().is_empty() {
        return Err(Problem::field("subject", Said::new("meetings-no-subject")));
    }
    let before = store::votes(op.tx(), unit, no)?;
    let same = |row: &store::VoteRow| {
        let cast = Ballots { yes: row.yes, no: row.no_votes, blank: row.blank, invalid: row.invalid };
        (row.subject.as_str(), row.form.as_str(), cast) == (vote.subject.trim(), vote.form.code(), vote.ballots)
    };
    if vote.seen.is_some_and(|seen| before.iter().skip(seen).any(same)) {
        return Ok(());
    }
    let known = members_on(op, unit, row.on_day.unwrap_or_else(|| op.today()))?;
    let roll = store::roll(op.tx(), unit, no)?;
    let entry = |member: &crate::branch::Member| {
        let seat = roll.iter().find(|seat| seat.member_id == member.id);
        let probationary = member.standing == Some(Standing::Probationary);
        let mut reasons = Vec::new();
        if member.is_exempted() {
            reasons.push(Reason::Exempted);
        }
        if member.standing == Some(Standing::Suspended) {
            reasons.push(Reason::Suspended);
        }
        // What the register does not know of, the roll says.
        match seat.and_then(|seat| Presence::from_number(seat.presence)) {
            Some(Presence::Elsewhere) => reasons.push(Reason::TemporarilyElsewhere),
            Some(Presence::Exempt) => reasons.push(Reason::Exempted),
            Some(Presence::Barred) => reasons.push(Reason::Prosecuted),
            _ => {}
        }
        RollEntry {
            person: member.id,
            kind: if probationary { MemberKind::Probationary } else { MemberKind::Official },
            present: seat.is_some_and(|seat| seat.presence == Presence::Present.number()),
            reasons,
        }
    };
    let entries: Vec<RollEntry> = known.iter().map(entry).collect();
    let base = denominator_of_members(&entries, Occasion::Meeting);
    vote.ballots.check(base.voters()).map_err(|error| at("yes", error.into()))?;
    let seq = before.last().map_or(0, |vote| vote.seq) + 1;
    let Ballots { yes, no: against, blank, invalid } = vote.ballots;
    let (form, subject) = (vote.form.code(), vote.subject.trim());
    let (count, voters) = (base.count(), base.voters());
    store::add_vote(op.tx(), unit, no, seq, subject, form, count, voters, yes, against, blank, invalid)?;
    record(op, unit, "meeting-voted", &json!({ "no": no, "yes": yes, "base": count }));
    Ok(())
}

/// Takes a vote out of an open meeting again.
///
/// # Errors
/// Absent when there is none of this number.
pub fn undo_vote(op: &mut Op<'_, '_>, (unit, no, version): (Id<Unit>, u32, u32), seq: u32) -> Result<(), Problem> {
    draft(op, unit, no, version)?;
    if store::drop_vote(op.tx(), unit, no, seq)? == 0 {
        return Err(Problem::NotFound);
    }
    record(op, unit, "meeting-vote-undone", &json!({ "no": no, "vote": seq }));
    Ok(())
}
