//! Two records of one person become one (gộp hồ sơ trùng, DPD-33): never by itself, always by somebody with a reason, and
//! with a way back.
//!
//! The record that stays gets the chosen facts and the union of both dated lines. Of the record that goes every dated
//! row is superseded, so that it belongs nowhere: no count, list or search of today finds it, while the past as it was
//! known then still does. What both were is sealed in `person_merge`; undoing says it again, as new rows.

use chibo_kernel::{Day, Id, Moment, Period, Permission, Person, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{audit, change_identity, home};
use crate::ledger::{self, restate};
use crate::rules::{self, NewMember, identity};
use crate::store;
pub use crate::store::merges::{Merge, MergeRow};

use crate::store::merges::{self, Held, undated};
use crate::twins::{Choices, Lines, Record, merged};

/// Days in which a merge can be undone.
pub const UNDO_DAYS: i32 = 30;
/// Fewest signs of a reason.
const SHORTEST: usize = 5;

/// A merge to be made.
#[derive(Clone, Debug)]
pub struct Merging {
    /// The record that stays, with its mark as it was looked at.
    pub kept: (Id<Person>, String),
    /// The record that goes, the same.
    pub gone: (Id<Person>, String),
    /// For what the record that goes is believed.
    pub chosen: Choices,
    /// Why.
    pub reason: String,
}

/// A record as sealed: plain values that any later program can read.
#[derive(Serialize, Deserialize)]
struct Former {
    facts: Vec<Held>,
    postings: Vec<(i32, i32, Vec<u8>)>,
    standings: Vec<(i32, i32, u8)>,
    levels: [Vec<(i32, i32, u8)>; 4],
}

impl Former {
    fn of(record: &Record) -> Self {
        let days = |valid: &Period| (valid.from().number(), valid.to().number());
        let numbers = |line: &Vec<(Period, u8)>| {
            line.iter().map(|(valid, value)| (days(valid).0, days(valid).1, *value)).collect::<Vec<_>>()
        };
        let lines = &record.lines;
        let posting = |(valid, unit): &(Period, Id<Unit>)| (days(valid).0, days(valid).1, unit.bytes().to_vec());
        Self {
            facts: undated(&record.person),
            postings: lines.postings.iter().map(posting).collect(),
            standings: numbers(&lines.standings),
            levels: lines.levels.each_ref().map(numbers),
        }
    }

    fn lines(&self) -> Lines {
        let period = |from: i32, to: i32| Period::new(Day::from_number(from), Day::from_number(to));
        let numbers = |line: &Vec<(i32, i32, u8)>| {
            line.iter().filter_map(|(from, to, value)| Some((period(*from, *to)?, *value))).collect::<Vec<_>>()
        };
        let posting = |(from, to, unit): &(i32, i32, Vec<u8>)| {
            Some((period(*from, *to)?, Id::from_bytes(unit.as_slice().try_into().ok()?)))
        };
        Lines {
            postings: self.postings.iter().filter_map(posting).collect(),
            standings: numbers(&self.standings),
            levels: self.levels.each_ref().map(numbers),
        }
    }
}

/// What is kept sealed of a merge.
#[derive(Serialize, Deserialize)]
struct Before {
    kept: Former,
    gone: Former,
}

fn reasoned(reason: &str) -> Result<&str, Problem> {
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST {
        return Err(Problem::field("reason", Said::new("members-merge-reason")));
    }
    Ok(reason)
}

/// Both records as they are now, if the one who acts may see and edit both.
fn both(op: &mut Op<'_, '_>, kept: Id<Person>, gone: Id<Person>) -> Result<(Record, Record, [Id<Unit>; 2]), Problem> {
    let homes = [home(op, kept)?, home(op, gone)?];
    for unit in homes {
        op.permit(Permission::EditMembers, unit)?;
    }
    let keys = op.keys().clone();
    let (kept, gone) = (Record::read(op.tx(), &keys, kept)?, Record::read(op.tx(), &keys, gone)?);
    Ok((kept, gone, homes))
}

/// Merges two records in one write. Rows other capabilities keep of the record that goes are the caller's to look for.
///
/// # Errors
/// Refusals by field; a conflict when one of the records was changed since it was looked at; absent out of reach.
pub fn merge(op: &mut Op<'_, '_>, order: &Merging) -> Result<Id<Merge>, Problem> {
    if order.kept.0 == order.gone.0 {
        return Err(Problem::rule("DPD-33", Said::new("members-merge-same")));
    }
    let (kept, gone, [unit, from_unit]) = both(op, order.kept.0, order.gone.0)?;
    let reason = reasoned(&order.reason)?;
    if kept.mark() != order.kept.1 || gone.mark() != order.gone.1 {
        return Err(Problem::Conflict(Said::new("members-merge-changed")));
    }
    let mut out = merged(&kept, &gone, &order.chosen);
    refuse_impossible(&out, op.today())?;
    let (kept_id, gone_id) = (kept.person.person_id, gone.person.person_id);
    write_secrets(op, &mut out, gone_id)?;
    merges::state_again(op.tx(), kept_id, &undated(&out.person))?;
    restate(op, kept_id, &out.lines)?;
    // The record that goes keeps its facts, under a newer version; it only belongs nowhere any more.
    merges::state_again(op.tx(), gone_id, &undated(&gone.person))?;
    restate(op, gone_id, &Lines::default())?;
    let before = Before { kept: Former::of(&kept), gone: Former::of(&gone) };
    let plain = serde_json::to_vec(&before).map_err(Problem::fault)?;
    let sealed = op.keys().seal(&plain, kept_id.bytes(), op.random())?;
    let [into_mark, person_mark] = marks(op, [kept_id, gone_id])?;
    let (id, now, by) = (op.fresh(), op.now(), op.viewer().name.clone());
    let forever = Moment::FOREVER;
    merges::add_merge(
        op.tx(),
        gone_id,
        id,
        kept_id,
        from_unit,
        now,
        &by,
        reason,
        &sealed,
        &person_mark,
        &into_mark,
        forever,
    )?;
    let chosen: Vec<_> = order.chosen.iter().collect();
    let detail = json!({ "merged": gone_id.to_string(), "reason": reason, "from-other": chosen });
    audit(op, "member-merged", kept_id, unit, detail);
    audit(op, "member-merged-into", gone_id, from_unit, json!({ "into": kept_id.to_string(), "reason": reason }));
    Ok(id)
}

/// The marks of records as they are written now.
fn marks(op: &mut Op<'_, '_>, ids: [Id<Person>; 2]) -> Result<[String; 2], Problem> {
    let keys = op.keys().clone();
    let mut mark = |id| Ok::<_, Problem>(Record::read(op.tx(), &keys, id)?.mark());
    Ok([mark(ids[0])?, mark(ids[1])?])
}

/// What was chosen must be possible together, as in any other correction.
fn refuse_impossible(out: &Record, today: Day) -> Result<(), Problem> {
    let person = &out.person;
    let facts = NewMember {
        name: person.full_name.clone(),
        birth: Some(person.birth),
        sex: person.sex,
        admitted: person.admitted,
        official: person.official,
        ..NewMember::default()
    };
    let found = rules::check(&facts, today);
    if found.errors.is_empty() { Ok(()) } else { Err(Problem::Refused(found.errors)) }
}

/// The sealed fields of the record that stays, and whose the identity number is from now on.
fn write_secrets(op: &mut Op<'_, '_>, out: &mut Record, gone: Id<Person>) -> Result<(), Problem> {
    let id = out.person.person_id;
    // What a record of before says unsealed is among the secrets by now.
    [&mut out.person.health, &mut out.person.policy_family].into_iter().for_each(String::clear);
    out.person.sealed = ledger::seal_secrets(op.keys(), id, &out.secrets, op.random())?;
    out.person.identity_hint = identity::hint(&out.secrets.identity);
    store::drop_keys(op.tx(), gone)?;
    store::drop_keys(op.tx(), id)?;
    change_identity(op, id, &out.secrets.identity)
}

/// Undoes a merge: both records say again what they said before it.
///
/// # Errors
/// A refusal after [`UNDO_DAYS`] days, when one of the records was changed since, or when a number was taken meanwhile;
/// a conflict when it is undone already; absent out of reach.
pub fn undo(op: &mut Op<'_, '_>, id: Id<Merge>, reason: &str) -> Result<(), Problem> {
    let row = merges::merge(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let sealed = merges::merge_sealed(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, row.into_id)?;
    op.permit(Permission::EditMembers, unit)?;
    op.permit(Permission::EditMembers, row.from_unit)?;
    let reason = reasoned(reason)?;
    if row.undone_at != Moment::FOREVER {
        return Err(Problem::Conflict(Said::new("members-merge-undone-already")));
    }
    if op.today() > row.merged_at.day().plus_days(UNDO_DAYS) {
        return Err(Problem::rule("DPD-33", Said::new("members-merge-too-late").with("days", UNDO_DAYS)));
    }
    if marks(op, [row.into_id, row.person_id])? != [sealed.into_mark, sealed.person_mark] {
        return Err(Problem::rule("DPD-33", Said::new("members-merge-used")));
    }
    let plain = op.keys().open(&sealed.sealed, row.into_id.bytes())?;
    let before: Before = serde_json::from_slice(&plain).map_err(Problem::fault)?;
    store::drop_keys(op.tx(), row.into_id)?;
    for (person, former) in [(row.into_id, &before.kept), (row.person_id, &before.gone)] {
        merges::state_again(op.tx(), person, &former.facts)?;
        restate(op, person, &former.lines())?;
        let (keys, nonce) = (op.keys().clone(), op.random());
        // A merge of before kept health unsealed.
        ledger::tuck(op.tx(), &keys, person, nonce)?;
        let number = Record::read(op.tx(), &keys, person)?.secrets.identity;
        change_identity(op, person, &number)?;
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    merges::undo_merge(op.tx(), id, Moment::FOREVER, now, &by, reason)?;
    audit(
        op,
        "member-merge-undone",
        row.into_id,
        unit,
        json!({ "merged": row.person_id.to_string(), "reason": reason }),
    );
    audit(
        op,
        "member-merge-undone",
        row.person_id,
        row.from_unit,
        json!({ "into": row.into_id.to_string(), "reason": reason }),
    );
    Ok(())
}

/// Where a record went that belongs nowhere any more: the record that stands for it today, through merge after merge.
///
/// # Errors
/// Problems of the database.
pub fn merged_into(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Id<Person>>, Problem> {
    let mut last = None;
    let mut next = id;
    // A chain is as long as the number of records of one person: never longer than this.
    for _ in 0..32 {
        match merges::merged_into(tx, next, Moment::FOREVER)? {
            Some(into) => (last, next) = (Some(into), into),
            None => break,
        }
    }
    Ok(last)
}

/// A merge.
///
/// # Errors
/// Problems of the database.
pub fn merge_of(tx: &mut Tx<'_>, id: Id<Merge>) -> Result<Option<MergeRow>, Problem> {
    merges::merge(tx, id)
}

/// The newest merges since a moment.
///
/// # Errors
/// Problems of the database.
pub fn merges_since(tx: &mut Tx<'_>, since: Moment, most: i64) -> Result<Vec<MergeRow>, Problem> {
    merges::merges(tx, since, most)
}
