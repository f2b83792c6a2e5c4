//! Votes that build on each other: bodies propose one after another, one body decides,
//! and what happens after a failed vote.

use super::ballots::VoteError;
use super::verdict::{Matter, Stage, Verdict};

/// Where a case goes after the votes of one proposing body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// No vote yet.
    NotVoted,
    /// The last vote passed: the proposal goes up.
    GoesUp,
    /// The vote failed; the result is reported upward in full, the case stays.
    ReportedOnly,
    /// It failed as often in a row as the rule allows: it goes up regardless.
    GoesUpRegardless,
    /// The vote failed and the matter is closed.
    Closed,
}

/// Where the whole case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// This proposing body (0 = the lowest) has not voted, or may vote again.
    AtBody(usize),
    /// Every proposing body is done; the deciding body has the case.
    AwaitsDecision,
    /// Decided for.
    Carried,
    /// Decided against.
    Refused,
}

/// Where the case goes after one body's votes, oldest first. `limit` is the number of consecutive
/// failures after which it goes up regardless (three by X-11).
pub fn route_after(attempts: &[Verdict], limit: u32) -> Route {
    let Some(last) = attempts.last() else { return Route::NotVoted };
    if last.passed() {
        return Route::GoesUp;
    }
    let failed_in_a_row = attempts.iter().rev().take_while(|vote| !vote.passed()).count();
    let matter = last.matter();
    if matter.goes_up_after_failures() && failed_in_a_row >= limit as usize {
        return Route::GoesUpRegardless;
    }
    if matter.failure_is_reported() { Route::ReportedOnly } else { Route::Closed }
}

/// Where a case stands: the attempts of every proposing body from below, then the decision.
/// Dissolution has exactly one proposing body; the other matters at least one.
pub fn progress(
    matter: Matter,
    proposing: &[&[Verdict]],
    deciding: Option<&Verdict>,
    limit: u32,
) -> Result<Progress, VoteError> {
    let bodies_fit = match matter {
        Matter::Ordinary => proposing.is_empty(),
        Matter::Dissolution => proposing.len() == 1,
        _ => !proposing.is_empty(),
    };
    if !bodies_fit {
        return Err(VoteError::WrongNumberOfBodies);
    }
    for verdict in proposing.iter().copied().flatten() {
        check(verdict, matter, Stage::Proposing)?;
    }
    let open =
        proposing.iter().position(|body| !matches!(route_after(body, limit), Route::GoesUp | Route::GoesUpRegardless));
    if let Some(body) = open {
        // A vote above a body that has not finished proposing was taken too early.
        let early = deciding.is_some() || proposing[body + 1..].iter().any(|later| !later.is_empty());
        return if early { Err(VoteError::WrongStage) } else { Ok(Progress::AtBody(body)) };
    }
    let Some(decision) = deciding else { return Ok(Progress::AwaitsDecision) };
    check(decision, matter, Stage::Deciding)?;
    Ok(if decision.passed() { Progress::Carried } else { Progress::Refused })
}

fn check(verdict: &Verdict, matter: Matter, stage: Stage) -> Result<(), VoteError> {
    match verdict {
        v if v.matter() != matter => Err(VoteError::WrongMatter),
        v if v.stage() != stage => Err(VoteError::WrongStage),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::votes::{Ballots, MemberKind, RollEntry, VotingForm, decide, denominator_of_committee};

    fn vote(matter: Matter, stage: Stage, yes: u32) -> Verdict {
        let entry = |n| RollEntry {
            person: Id::from_bytes([n; 16]),
            kind: MemberKind::Official,
            present: true,
            reasons: vec![],
        };
        let roll: Vec<_> = (0..9).map(entry).collect();
        let ballots = Ballots { yes, ..Ballots::default() };
        decide(matter, stage, VotingForm::RaisedCard, denominator_of_committee(&roll), ballots).unwrap()
    }

    #[test]
    fn x_07_every_proposing_body_needs_two_thirds_then_more_than_half_decides() {
        let up = |yes| vote(Matter::Admission, Stage::Proposing, yes);
        let (branch, committee) = ([up(6)], [up(7)]);
        let stands = |decision: Option<&Verdict>| progress(Matter::Admission, &[&branch, &committee], decision, 3);
        assert_eq!(stands(None), Ok(Progress::AwaitsDecision));
        assert_eq!(stands(Some(&vote(Matter::Admission, Stage::Deciding, 5))), Ok(Progress::Carried));
        assert_eq!(stands(Some(&vote(Matter::Admission, Stage::Deciding, 4))), Ok(Progress::Refused));
        assert_eq!(stands(Some(&up(9))), Err(VoteError::WrongStage));
        assert_eq!(progress(Matter::Admission, &[&branch, &[]], None, 3), Ok(Progress::AtBody(1)));
        assert_eq!(progress(Matter::Admission, &[&[up(5)], &committee], None, 3), Err(VoteError::WrongStage));
        assert_eq!(progress(Matter::Expulsion, &[&branch], None, 3), Err(VoteError::WrongMatter));
    }

    #[test]
    fn x_08_the_directly_higher_committee_proposes_and_the_one_above_decides() {
        let proposal = [vote(Matter::Dissolution, Stage::Proposing, 6)];
        let decision = vote(Matter::Dissolution, Stage::Deciding, 5);
        assert_eq!(progress(Matter::Dissolution, &[&proposal], Some(&decision), 3), Ok(Progress::Carried));
        let weak = [vote(Matter::Dissolution, Stage::Proposing, 5)];
        assert_eq!(progress(Matter::Dissolution, &[&weak], None, 3), Ok(Progress::AtBody(0)));
        let two = progress(Matter::Dissolution, &[&proposal, &proposal], None, 3);
        assert_eq!(two, Err(VoteError::WrongNumberOfBodies));
        assert!(decision.explain().iter().any(|step| step.rule == "X-08"));
    }

    #[test]
    fn x_10_a_failed_vote_is_reported_but_does_not_go_up() {
        assert_eq!(route_after(&[vote(Matter::Admission, Stage::Proposing, 5)], 3), Route::ReportedOnly);
        assert_eq!(route_after(&[vote(Matter::Ordinary, Stage::Deciding, 4)], 3), Route::Closed);
        assert_eq!(route_after(&[], 3), Route::NotVoted);
    }

    #[test]
    fn x_11_the_third_failure_in_a_row_goes_up_regardless() {
        for matter in [Matter::Recognition, Matter::StrikingOff] {
            let failed = vote(matter, Stage::Proposing, 5);
            let mut attempts = vec![failed.clone(), failed.clone()];
            assert_eq!(route_after(&attempts, 3), Route::ReportedOnly);
            attempts.push(failed.clone());
            assert_eq!(route_after(&attempts, 3), Route::GoesUpRegardless);
            assert_eq!(progress(matter, &[&attempts], None, 3), Ok(Progress::AwaitsDecision));
            let interrupted = [failed.clone(), failed.clone(), vote(matter, Stage::Proposing, 6), failed.clone()];
            assert_eq!(route_after(&interrupted, 3), Route::ReportedOnly);
        }
        let admission = vec![vote(Matter::Admission, Stage::Proposing, 5); 3];
        assert_eq!(route_after(&admission, 3), Route::ReportedOnly);
    }
}
