//! A record corrected by the paper that decided it: standing and posting. The act is recorded as a correction.

use chibo_kernel::{Day, Id, Issue, Moment, Period, Permission, Person, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::{audit, home};
use crate::codes::Standing;
use crate::rules::correction::{self, Known, Paper};
use crate::store::{self, PersonRow, StandingRow};
use crate::{ledger, rules};

/// Corrects the standing of a member from a day on, by a paper. Whoever left or died loses his posting, whoever did not
/// gets it back without a break.
///
/// # Errors
/// Every reason at once with its rule; absent when the member is out of reach.
pub fn correct_standing(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    standing: u8,
    from: Day,
    paper: &Paper,
) -> Result<(), Problem> {
    let person = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    let known = Standing::from_number(standing);
    let standing = known.ok_or_else(|| Problem::field("standing", Said::new("members-bad-choice")))?;
    let (rows, today) = (store::standings(op.tx(), id)?, op.today());
    let first = store::postings(op.tx(), id)?.iter().map(|row| row.valid_from).min();
    let began = rows.iter().filter(|row| row.standing == Standing::Probationary.number());
    let began = began.map(|row| row.valid_from.max(person.admitted.unwrap_or(row.valid_from))).max();
    let known = Known {
        ends: began.map(|began| correction::probation_ends(began, today)).transpose()?,
        official: was_official(&person, &rows),
    };
    let mut issues = correction::standing_issues(standing, from, paper, known, today);
    if let Err(Problem::Refused(found)) = rules::check_posting(from, first, today) {
        issues.extend(found);
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let before = rows.iter().filter(|row| row.superseded_at == Moment::FOREVER && row.valid_from <= from);
    let before = before.max_by_key(|row| row.valid_from).map_or(0, |row| row.standing);
    ledger::amend_standing(op, id, Period::since(from), standing.number())?;
    match standing {
        Standing::Official if !known.official => {
            store::set_dates(op.tx(), id, person.admitted, Some(from)).map(drop)?
        }
        Standing::Probationary if person.official.is_some_and(|official| from <= official) => {
            store::set_dates(op.tx(), id, person.admitted, None).map(drop)?;
        }
        _ => {}
    }
    match standing {
        Standing::Left | Standing::Deceased => super::ending::end_posting(op, id, from)?,
        _ => super::ending::resume_posting(op, id, unit)?,
    }
    let detail = json!({
        "standing": standing.number(), "before": before, "from": from.iso(), "paper": paper.sort.code(),
        "number": paper.number, "day": paper.day.iso(), "reason": paper.reason,
    });
    audit(op, "member-standing-corrected", id, unit, detail);
    Ok(())
}

/// Whether somebody was official at any time, as believed, or was never on probation in this register.
pub(super) fn was_official(person: &PersonRow, rows: &[StandingRow]) -> bool {
    let official = |row: &&StandingRow| {
        matches!(Standing::from_number(row.standing), Some(Standing::Official | Standing::Exempted))
    };
    let believed = rows.iter().filter(|row| row.superseded_at == Moment::FOREVER).any(|row| official(&row));
    person.official.is_some() || believed || !rows.iter().any(|row| row.standing == Standing::Probationary.number())
}

fn refusal(field: &str, rule: Option<&'static str>, key: &'static str) -> Option<Issue> {
    Some(Issue { field: Some(field.to_owned()), rule, said: Said::new(key) })
}

/// Corrects the branch of a member from a day on, by a paper; moving him has its own way, with the signatures of both
/// sides (TRF-02). Needs the right at both ends.
///
/// # Errors
/// Every reason at once with its rule; absent when the member or the branch is out of reach.
pub fn correct_posting(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    unit: Id<Unit>,
    from: Day,
    paper: &Paper,
) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let old = home(op, id)?;
    op.permit(Permission::EditMembers, old)?;
    op.permit(Permission::EditMembers, unit)?;
    let today = op.today();
    let mut issues = paper.issues(today);
    if !super::standing_of(op.tx(), id, today)?.is_some_and(Standing::counts_as_member) {
        issues.extend(refusal("unit", None, "members-move-no-member"));
    }
    if super::held(op.tx(), id)? {
        issues.extend(refusal("unit", Some("TRF-05"), "members-held"));
    }
    let first = store::postings(op.tx(), id)?.iter().map(|row| row.valid_from).min();
    if let Err(Problem::Refused(found)) = rules::check_posting(from, first, today) {
        issues.extend(found);
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    ledger::amend_posting(op, id, Period::since(from), Some(unit))?;
    let detail = json!({
        "from-unit": old.to_string(), "to-unit": unit.to_string(), "from": from.iso(), "paper": paper.sort.code(),
        "number": paper.number, "day": paper.day.iso(), "reason": paper.reason,
    });
    audit(op, "member-posting-corrected", id, unit, detail);
    Ok(())
}
