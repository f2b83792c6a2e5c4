//! What can be done to members: each loads, checks the permission, decides, saves and records in one transaction.

mod correcting;
mod ending;
pub mod export;
pub mod headings;
mod holds;
pub mod import;
mod leaving;
pub mod merge;
mod moving;
mod naming;
mod recognition;
mod secrets;
mod stays;

use chibo_kernel::{Day, Id, Period, Permission, Person, Problem, Said, Unit};
use chibo_store::{Change, Entry as AuditEntry, Op};

use crate::ledger;
use crate::rules::{self, Field, NewMember, Secrets, identity};
use crate::store::{self, PersonRow, PostingRow};
pub use correcting::{correct_posting, correct_standing};
pub use ending::{leave, restore};
pub use holds::{held, hold_by_hand, keeper, lift_hold, raise_hold};
pub use leaving::{depart, rejoin, standing_of, strike_on_the_way};
pub use moving::{Moved, Target, move_with_units};
pub use naming::rename;
pub use recognition::{admit_anew, probation_of, readmit, recognise, standings_of, unrecognise};
pub use secrets::reveal;
pub use stays::{Stay, StayRow, begin_stay, end_stay, stays_on};

/// The branch a person belongs to today, or last did: there his record is kept and his rights are checked.
pub fn home(op: &mut Op<'_, '_>, id: Id<Person>) -> Result<Id<Unit>, Problem> {
    let today = op.today();
    home_of(op.tx(), id, today)
}

/// The same inside a read.
pub fn home_of(tx: &mut chibo_store::Tx<'_>, id: Id<Person>, today: Day) -> Result<Id<Unit>, Problem> {
    home_among(&store::postings(tx, id)?, today).ok_or(Problem::NotFound)
}

/// The same among postings already read; `None` of none.
pub fn home_among(rows: &[PostingRow], today: Day) -> Option<Id<Unit>> {
    let believed = rows.iter().filter(|r| r.superseded_at == chibo_kernel::Moment::FOREVER);
    let best = believed.max_by_key(|r| {
        let begun = r.valid_from <= today;
        let distance = if begun { r.valid_from.number() } else { -r.valid_from.number() };
        (begun && today < r.valid_to, begun, distance)
    });
    best.map(|r| r.unit_id)
}

fn audit(op: &mut Op<'_, '_>, action: &'static str, id: Id<Person>, unit: Id<Unit>, detail: serde_json::Value) {
    op.record(AuditEntry {
        stream: *id.bytes(),
        action,
        unit: Some(unit),
        subject: Some(*id.bytes()),
        detail: detail.to_string(),
    });
    op.touch(Change::Person(id));
}

/// Enters a new member in a branch.
pub fn enter(op: &mut Op<'_, '_>, member: &NewMember) -> Result<Id<Person>, Problem> {
    let id = op.fresh();
    enter_as(op, id, member)
}

/// The same under an identifier that was given out before: somebody whose papers were under way.
///
/// # Errors
/// What is wrong with the facts; absent when the branch is out of reach.
pub fn enter_as(op: &mut Op<'_, '_>, id: Id<Person>, member: &NewMember) -> Result<Id<Person>, Problem> {
    let Some((unit, _)) = member.postings.last().copied() else {
        return Err(Problem::field("unit", Said::new("members-no-unit")));
    };
    op.permit(Permission::EditMembers, unit)?;
    let found = rules::check(member, op.today());
    if !found.errors.is_empty() {
        return Err(Problem::Refused(found.errors));
    }
    let entry = ledger::seal(op.keys(), id, member.clone(), op.random())?;
    if let Some(key) = &entry.key
        && store::key_owner(op.tx(), key)?.is_some()
    {
        return Err(Problem::field("identity", Said::new("members-identity-taken")));
    }
    let now = op.now();
    ledger::add(op.tx(), &[entry], None, now)?;
    audit(op, "member-entered", id, unit, serde_json::json!({ "name": member.name }));
    Ok(id)
}

/// What can be corrected of the undated facts.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The version the person who corrects has seen.
    pub version: i64,
    /// The facts; dated parts are ignored.
    pub member: NewMember,
    /// New secrets; an empty field keeps what is stored.
    pub secrets: Secrets,
    /// Number of the written consent that a birth date was typed wrong; empty for none (EXI-16, DOS-01).
    pub birth_consent: String,
}

/// Corrects undated facts; somebody faster makes it a conflict.
pub fn correct(op: &mut Op<'_, '_>, id: Id<Person>, correction: &Correction) -> Result<(), Problem> {
    let before = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    let m = &correction.member;
    let dated = NewMember {
        admitted: before.admitted,
        official: before.official,
        secrets: correction.secrets.clone(),
        ..m.clone()
    };
    let mut issues = rules::check(&dated, op.today()).errors;
    let (known, consent) = ((before.birth, before.birth_precision), correction.birth_consent.trim());
    if let Some(birth) = m.birth {
        issues.extend(rules::birth::refusal(known, (birth, m.birth_precision), consent, op.today())?);
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let Some(birth) = m.birth else { return Err(Problem::field("birth", Said::new("members-no-birth"))) };
    let mut secrets = ledger::secrets_of(op.keys(), &before)?;
    let keep = |new: &String, old: &mut String| {
        if !new.is_empty() {
            new.clone_into(old)
        }
    };
    let old_identity = secrets.identity.clone();
    keep(&correction.secrets.identity, &mut secrets.identity);
    keep(&correction.secrets.phone, &mut secrets.phone);
    keep(&correction.secrets.residence, &mut secrets.residence);
    keep(&correction.secrets.email, &mut secrets.email);
    keep(&correction.secrets.health, &mut secrets.health);
    keep(&correction.secrets.policy_family, &mut secrets.policy_family);
    if secrets.identity != old_identity {
        change_identity(op, id, &secrets.identity)?;
    }
    let sealed = ledger::seal_secrets(op.keys(), id, &secrets, op.random())?;
    let part = |i: usize| m.parts.as_ref().map(|p| p[i].clone());
    let touched = store::correct(
        op.tx(),
        id,
        correction.version,
        &m.name,
        part(0),
        part(1),
        part(2),
        &m.other_name,
        birth,
        m.birth_precision,
        m.sex,
        m.ethnicity,
        m.religion,
        &m.birth_place,
        &m.home_town,
        &m.job_title,
        &m.workplace,
        &m.file_no,
        &sealed,
        &identity::hint(&secrets.identity),
    )?;
    if touched == 0 {
        return Err(Problem::Conflict(Said::new("members-conflict")));
    }
    audit(op, "member-corrected", id, unit, changed_fields(&before, m, birth, consent));
    Ok(())
}

fn change_identity(op: &mut Op<'_, '_>, id: Id<Person>, number: &str) -> Result<(), Problem> {
    let Some(key) = ledger::identity_key(op.keys(), number) else { return Ok(()) };
    if store::key_owner(op.tx(), &key)?.is_some_and(|owner| owner != id) {
        return Err(Problem::field("identity", Said::new("members-identity-taken")));
    }
    store::drop_keys(op.tx(), id)?;
    use chibo_store::Param;
    store::add_keys(op.tx(), std::iter::once([chibo_store::Value::Bytes(&key), id.value()]))?;
    Ok(())
}

/// Which facts changed, from what to what; secret ones are not named with their values.
fn changed_fields(before: &PersonRow, after: &NewMember, birth: Day, consent: &str) -> serde_json::Value {
    let mut facts = serde_json::Map::new();
    let mut note = |name: &str, old: &str, new: &str| {
        if old != new {
            facts.insert(name.to_owned(), format!("{old} → {new}").into());
        }
    };
    note("name", &before.full_name, &after.name);
    note("other-name", &before.other_name, &after.other_name);
    note("birth", &before.birth.to_string(), &birth.to_string());
    if before.birth != birth || before.birth_precision != after.birth_precision {
        note("birth-consent", "", consent);
    }
    note("sex", &before.sex.to_string(), &after.sex.to_string());
    note("ethnicity", &before.ethnicity.to_string(), &after.ethnicity.to_string());
    note("birth-place", &before.birth_place, &after.birth_place);
    note("home-town", &before.home_town, &after.home_town);
    note("job-title", &before.job_title, &after.job_title);
    note("workplace", &before.workplace, &after.workplace);
    note("file-no", &before.file_no, &after.file_no);
    facts.into()
}

/// Moves a member to another branch from a day on. Needs the right at both ends.
pub fn post(op: &mut Op<'_, '_>, id: Id<Person>, unit: Id<Unit>, from: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let old = home(op, id)?;
    op.permit(Permission::EditMembers, old)?;
    op.permit(Permission::EditMembers, unit)?;
    repost(op, id, (old, unit), from)
}

/// A member arrives at another branch by an official transfer that both sides have signed: needs the right where he comes
/// to only; that the old side agreed is the caller's to know.
///
/// # Errors
/// A refusal for days out of order; absent when the new branch is out of reach.
pub fn arrive(op: &mut Op<'_, '_>, id: Id<Person>, unit: Id<Unit>, from: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, unit)?;
    let old = home(op, id)?;
    repost(op, id, (old, unit), from)
}

fn repost(op: &mut Op<'_, '_>, id: Id<Person>, (old, unit): (Id<Unit>, Id<Unit>), from: Day) -> Result<(), Problem> {
    let first = store::postings(op.tx(), id)?.iter().map(|r| r.valid_from).min();
    rules::check_posting(from, first, op.today())?;
    ledger::amend_posting(op, id, Period::since(from), Some(unit))?;
    let detail = serde_json::json!({ "from-unit": old.to_string(), "to-unit": unit.to_string(), "from": from.iso() });
    audit(op, "member-posted", id, unit, detail);
    Ok(())
}

/// Changes a member's standing from a day on: for the capability whose case decided it. Nobody on probation becomes
/// official or exempted this way: he is recognised first (MEM-31).
///
/// # Errors
/// A refusal for days out of order; absent when out of reach.
pub fn set_standing(op: &mut Op<'_, '_>, id: Id<Person>, standing: u8, from: Day) -> Result<(), Problem> {
    let person = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    let known = crate::codes::Standing::from_number(standing);
    let known = known.ok_or_else(|| Problem::field("standing", Said::new("members-bad-choice")))?;
    let official = matches!(known, crate::codes::Standing::Official | crate::codes::Standing::Exempted);
    if official && !correcting::was_official(&person, &store::standings(op.tx(), id)?) {
        return Err(Problem::rule("MEM-31", Said::new("members-recognise-first")));
    }
    let first = store::postings(op.tx(), id)?.iter().map(|r| r.valid_from).min();
    rules::check_posting(from, first, op.today())?;
    ledger::amend_standing(op, id, Period::since(from), standing)?;
    audit(op, "member-standing-set", id, unit, serde_json::json!({ "standing": standing, "from": from.iso() }));
    Ok(())
}

/// Changes the level of a field from a day on.
pub fn set_level(op: &mut Op<'_, '_>, id: Id<Person>, field: Field, level: u8, from: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    if !field.list().iter().any(|code| code.number == level) {
        return Err(Problem::field("level", Said::new("members-bad-choice")));
    }
    rules::check_posting(from, None, op.today())?;
    ledger::amend_attainment(op, id, field, Period::since(from), level)?;
    let detail = serde_json::json!({ "field": field.key(), "level": level, "from": from.iso() });
    audit(op, "member-level-set", id, unit, detail);
    Ok(())
}
