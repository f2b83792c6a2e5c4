//! A candidate who was a member before (MEM-27).

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{file::candidate, record};
use crate::rules::{Candidate, Former, Reason, Terms, check_former};
use crate::store::{file, ground};

/// Why and how somebody left, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Why.
    pub reason: Option<Reason>,
    /// Number of the paper that proves hardship.
    pub paper: String,
    /// When his record was cleared.
    pub cleared: Option<Day>,
}

/// Of somebody who has left the Party: when, whether he was admitted again before, and why he left where that was written
/// down for the candidate (MEM-27).
pub(crate) fn former_ground(
    tx: &mut Tx<'_>,
    person: Id<Person>,
    candidate: Option<Id<Candidate>>,
) -> Result<Option<Former>, Problem> {
    let standings = chibo_members::standings_of(tx, person)?;
    let left = |standing: &Standing| *standing == Standing::Left;
    let Some((day, _, _)) = standings.last().filter(|(.., standing)| left(standing)) else { return Ok(None) };
    let first = standings.iter().position(|(.., standing)| left(standing)).unwrap_or(standings.len());
    let again = standings.iter().skip(first).any(|(.., standing)| standing.counts_as_member());
    let why = match candidate {
        Some(candidate) => ground::left_of(tx, candidate)?,
        None => None,
    };
    Ok(Some(Former {
        left: *day,
        again,
        reason: why.as_ref().and_then(|why| Reason::from_code(&why.reason)),
        paper: why.as_ref().is_some_and(|why| !why.paper.is_empty()),
        cleared: why.and_then(|why| why.cleared_on),
    }))
}

/// Says that a candidate was a member before, why he left, with the consent of the city's standing committee (MEM-27).
/// Where only the reason is missing it is added.
///
/// # Errors
/// Every reason at once with its rule; absent for members out of sight.
pub fn former(
    op: &mut Op<'_, '_>,
    id: Id<Candidate>,
    person: Id<Person>,
    (consent, why): (&str, &Left),
) -> Result<(), Problem> {
    let row = candidate(op, id)?;
    let home = members::home(op, person)?;
    op.permit(Permission::ViewMembers, home)?;
    let known = file::former_of(op.tx(), id)?;
    let other = known.as_ref().is_some_and(|known| known.former_id != person);
    if other || ground::left_of(op.tx(), id)?.is_some() {
        return Err(Problem::Conflict(Said::new("development-former-already")));
    }
    let rule = |field: &str, said| Issue { field: Some(field.to_owned()), rule: Some("MEM-27"), said };
    let mut issues = Vec::new();
    match former_ground(op.tx(), person, None)? {
        None => issues.push(rule("former", Said::new("development-former-not-left"))),
        Some(past) => {
            let past = Former { reason: why.reason, paper: !why.paper.is_empty(), cleared: why.cleared, ..past };
            issues.extend(check_former(&past, op.today(), &Terms::on(op.today())?, "former"));
        }
    }
    if why.cleared.is_some_and(|day| day > op.today()) {
        issues.push(rule("cleared", Said::new("development-day-to-come")));
    }
    if why.paper.chars().count() > 60 {
        issues.push(rule("paper", Said::new("development-number-long")));
    }
    if consent.is_empty() || consent.chars().count() > 60 {
        issues.push(rule("consent", Said::new("development-consent-needed")));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    if known.is_none() {
        file::insert_former(op.tx(), id, person, consent, now, &by)?;
    }
    let reason = why.reason.map_or("", Reason::code);
    ground::insert_left(op.tx(), id, reason, &why.paper, why.cleared, now, &by)?;
    record(op, *id.bytes(), row.unit_id, "candidate-former", &json!({ "consent": consent, "reason": reason }));
    Ok(())
}
