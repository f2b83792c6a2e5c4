//! What is done about cards, numbers and dossiers: load, permit, decide, save, record; one transaction each.

mod files;
mod load;
mod lost;
mod numbers;

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::RollLine;
use chibo_members::codes::Standing;
use chibo_store::{Entry, Op, Param, Value};
use serde_json::json;

pub use files::{NewHandover, check_list, give_back, hand_over, lend};
pub use load::{Loaded, load_cards};
pub use lost::take_loss;
pub(crate) use lost::{actor, case_of, is_lost};
pub use numbers::{NewBlock, Usage, allot, give, report, usage};

use crate::rules::{Card, Deed, Ground, Model, Step, Terms, check, old_number};
use crate::seats::Seats;
use crate::shelf::card_of;
use crate::store::{self, StateRow};

/// Refusals shown of members who differ.
const MOST_REFUSALS: usize = 12;

/// One entry in the chain of a member.
fn record(op: &mut Op<'_, '_>, person: Id<Person>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    let stream = *person.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

/// One entry in the chain of a unit.
fn record_of_unit(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry { stream: *unit.bytes(), action, unit: Some(unit), subject: None, detail: detail.to_string() });
}

/// Adds what is wrong with one member to what is wrong with the others: what concerns the form is said once, what
/// concerns the member with the name.
fn gather(issues: &mut Vec<Issue>, found: Vec<Issue>, name: &str) {
    for mut issue in found {
        let own = issue.field.as_deref() == Some("step");
        if own {
            issue.said = issue.said.with("name", name);
        }
        let known = issues.iter().any(|other| other.said.key == issue.said.key && (!own || other.said == issue.said));
        if !known && issues.len() < MOST_REFUSALS {
            issues.push(issue);
        }
    }
}

/// Takes a step with everybody of a list; gives how many. Who may: the level of the step, where the member is at home
/// (CRD-03). One refusal stops all of them.
///
/// # Errors
/// Every reason at once with its rule; a conflict when a card stands elsewhere meanwhile; absent for whoever may not act.
pub fn take(op: &mut Op<'_, '_>, persons: &[Id<Person>], deed: &Deed) -> Result<usize, Problem> {
    let (today, terms) = (op.today(), Terms::on(deed.on)?);
    let roll = chibo_members::roll_of(op.tx(), persons, today)?;
    let mut issues = Vec::new();
    let mut ready = Vec::with_capacity(persons.len());
    for person in persons {
        let line = roll.get(person).ok_or(Problem::NotFound)?;
        let home = chibo_members::actions::home_of(op.tx(), *person, today)?;
        let unit = Seats::within(op, home)?.at(deed.step.level());
        op.permit(Permission::EditMembers, unit)?;
        let row = store::state_of(op.tx(), *person)?;
        let card = row.as_ref().map_or(Ok(Card::default()), card_of)?;
        let Some(after) = card.after(deed.step) else {
            return Err(Problem::Conflict(Said::new("cards-stands-elsewhere").with("name", &line.name)));
        };
        gather(&mut issues, check(deed, ground(line, row.as_ref(), today), &terms), &line.name);
        ready.push((*person, unit, row, after));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    for (person, unit, row, after) in ready {
        save(op, (person, unit), row.as_ref(), after, deed, &terms)?;
    }
    Ok(persons.len())
}

/// The same with one member, as the form saw the card: after so many steps.
///
/// # Errors
/// As [`take`]; a conflict when somebody took a step in between.
pub fn take_one(op: &mut Op<'_, '_>, person: Id<Person>, seen: u32, deed: &Deed) -> Result<(), Problem> {
    let there = store::state_of(op.tx(), person)?.map_or(0, |row| row.steps);
    if there != seen {
        // Whoever may not act learns nothing of it.
        let home = chibo_members::actions::home(op, person)?;
        op.permit(Permission::ViewMembers, home)?;
        return Err(Problem::Conflict(Said::new("cards-changed-since")));
    }
    take(op, &[person], deed).map(drop)
}

fn ground(line: &RollLine, row: Option<&StateRow>, today: Day) -> Ground {
    let last = row.map_or(Day::PARTY_FOUNDED, |row| row.since.max(row.checked_on));
    let standing = Standing::from_number(line.standing);
    Ground { standing, identified: !line.identity_hint.is_empty(), last, today }
}

/// Keeps an old number from being used twice, and gives what is shown of it (CRD-02).
fn keep_old(op: &mut Op<'_, '_>, person: Id<Person>, deed: &Deed) -> Result<String, Problem> {
    let Some(number) = old_number(&deed.old_number).filter(|_| deed.model == Model::Old) else {
        return Ok(String::new());
    };
    let key = op.keys().lookup(format!("card {number}").as_bytes());
    match store::key_owner(op.tx(), &key)? {
        Some(owner) if owner != person => {
            let said = Said::new("cards-old-taken");
            return Err(Problem::Refused(vec![Issue { field: Some("old".to_owned()), rule: Some("CRD-02"), said }]));
        }
        Some(_) => {}
        None => store::add_keys(op.tx(), std::iter::once([Value::Bytes(&key), person.value()])).map(drop)?,
    }
    Ok(hint_of(&number))
}

/// What is shown of an old number: the last three digits.
pub(crate) fn hint_of(number: &str) -> String {
    format!("•••••{}", number.get(5..).unwrap_or_default())
}

fn save(
    op: &mut Op<'_, '_>,
    (person, unit): (Id<Person>, Id<Unit>),
    row: Option<&StateRow>,
    after: Card,
    deed: &Deed,
    terms: &Terms,
) -> Result<(), Problem> {
    let kept = row.map_or("", |row| row.hint.as_str());
    let (after, hint) = match deed.step {
        Step::Recorded => (Card { model: deed.model, ..after }, keep_old(op, person, deed)?),
        Step::Handed => (after, String::new()),
        _ => (after, kept.to_owned()),
    };
    let seq = row.map_or(1, |row| row.steps + 1);
    let since = row.map_or(deed.on, |row| if deed.step == Step::Checked { row.since } else { deed.on });
    let seen = matches!(deed.step, Step::Checked | Step::Handed | Step::Recorded);
    let checked = row.map_or(deed.on, |row| if seen { deed.on } else { row.checked_on });
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (state, model, matter) = (after.state.number(), after.model.number(), after.matter.number());
    if row.is_some() {
        let touched = store::change_state(op.tx(), person, state, model, matter, seq, since, checked, &hint, now)?;
        if touched == 0 {
            return Err(Problem::Conflict(Said::new("cards-changed-since")));
        }
    } else {
        store::insert_state(op.tx(), person, state, model, matter, seq, since, checked, &hint, now)?;
    }
    let (code, version) = (deed.step.code(), &terms.card_version);
    store::insert_step(
        op.tx(),
        person,
        seq,
        code,
        deed.on,
        matter,
        model,
        &hint,
        &deed.number,
        &deed.note,
        version,
        now,
        &by,
    )?;
    let detail = json!({ "step": code, "on": deed.on.iso(), "number": deed.number, "state": after.state.code() });
    record(op, person, unit, "card-step", &detail);
    Ok(())
}

/// The yearly check of a branch (CRD-04): all cards of the list were seen but those that were missing, which are lost
/// from now on. Gives how many were seen.
///
/// # Errors
/// As [`take`].
pub fn check_year(
    op: &mut Op<'_, '_>,
    seen: &[Id<Person>],
    missing: &[Id<Person>],
    (on, note): (Day, &str),
) -> Result<usize, Problem> {
    let checked = take(op, seen, &Deed::plain(Step::Checked, on))?;
    let lost = Deed { note: note.to_owned(), ..Deed::plain(Step::Lost, on) };
    take(op, missing, &lost)?;
    Ok(checked)
}
