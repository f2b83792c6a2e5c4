//! Documents of a dossier: there, missing, not needed; the index confirmed (DOS-03).

use chibo_kernel::{Day, Id, Issue, Moment, Permission, Person, Problem, Said as Sentence};
use chibo_store::{Op, Param, Value};
use serde_json::json;

use super::{at_home, index, record, sum_up};
use crate::rules::complete::{Need, State, may_lack};
use crate::rules::issue;
use crate::rules::terms::Terms;
use crate::store;

/// What is said of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Code of its kind.
    pub code: String,
    /// Tells several of one kind apart.
    pub slot: i32,
    /// There, missing, not needed.
    pub state: State,
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: Option<Day>,
    /// Who issued it.
    pub issuer: String,
    /// Why it is not needed, or what else.
    pub note: String,
}

fn check(terms: &Terms, said: &Said, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    match terms.kind(&said.code) {
        None => issues.push(issue("code", None, "dossiers-bad-choice")),
        Some(kind) if said.slot != 0 && !kind.need.several() => issues.push(issue("slot", None, "dossiers-bad-choice")),
        Some(kind) if kind.need == Need::Yearly && !(1930..=today.year()).contains(&said.slot) => {
            issues.push(issue("slot", Some("DOS-10"), "dossiers-bad-year"));
        }
        Some(_) => {}
    }
    if said.state == State::NotNeeded && said.note.is_empty() {
        issues.push(issue("note", Some("DOS-03"), "dossiers-note-needed"));
    }
    if said.on.is_some_and(|day| day > today) {
        issues.push(issue("on", None, "dossiers-day-to-come"));
    }
    for (field, text) in [("number", &said.number), ("issuer", &said.issuer), ("note", &said.note)] {
        if text.chars().count() > crate::rules::LINE {
            issues.push(issue(field, None, "dossiers-line-long"));
        }
    }
    issues
}

/// Says something of a document; what was said before is kept.
///
/// # Errors
/// Every reason at once; absent when the member is out of reach.
pub fn say(op: &mut Op<'_, '_>, person: Id<Person>, said: &Said) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let issues = check(&Terms::on(op.today())?, said, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    put(op, person, said)?;
    let detail = json!({
        "document": said.code, "slot": said.slot, "state": said.state.code(), "number": said.number,
        "on": said.on.map(Day::iso), "issuer": said.issuer,
    });
    record(op, person, unit, "dossier-paper-said", &detail);
    sum_up(op, person)
}

fn put(op: &mut Op<'_, '_>, person: Id<Person>, said: &Said) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let Said { code, slot, state, number, on, issuer, note } = said;
    let forever = Moment::FOREVER;
    store::supersede_paper(op.tx(), person, code, *slot, now, forever)?;
    store::insert_paper(op.tx(), person, code, *slot, now, forever, state.code(), number, *on, issuer, note, &by)
        .map(drop)
}

/// Says of several documents at once that they are there, as when a keeper goes through the paper dossier.
///
/// # Errors
/// As [`say`].
pub fn say_many(op: &mut Op<'_, '_>, person: Id<Person>, codes: &[(String, i32)]) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let terms = Terms::on(op.today())?;
    let codes: std::collections::BTreeSet<&(String, i32)> = codes.iter().collect();
    for (code, slot) in &codes {
        let there = Said {
            code: code.clone(),
            slot: *slot,
            state: State::There,
            number: String::new(),
            on: None,
            issuer: String::new(),
            note: String::new(),
        };
        let issues = check(&terms, &there, op.today());
        if !issues.is_empty() {
            return Err(Problem::Refused(issues));
        }
        put(op, person, &there)?;
    }
    let named: Vec<&String> = codes.iter().map(|(code, _)| code).collect();
    record(op, person, unit, "dossier-papers-there", &json!({ "documents": named }));
    sum_up(op, person)
}

/// Who confirms an index, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Who signed it.
    pub signer: String,
    /// When.
    pub on: Day,
}

/// Confirms the index of a member. Documents may be missing only for members admitted before the day of DOS-03.
///
/// # Errors
/// A refusal that names what is missing; absent when the member is out of reach.
pub fn confirm(op: &mut Op<'_, '_>, person: Id<Person>, new: &Confirmation) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let today = op.today();
    let found = index(op.tx(), person, today)?;
    let mut issues = Vec::new();
    if new.signer.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        issues.push(issue("signer", Some("DOS-03"), "dossiers-signer-needed"));
    }
    if new.on > today {
        issues.push(issue("on", None, "dossiers-day-to-come"));
    }
    let missing = found.lacking();
    if !missing.is_empty() && !may_lack(&found.terms, &found.about) {
        let said = Sentence::new("dossiers-index-lacks")
            .with("count", missing.len())
            .with("day", found.terms.tolerated_before)
            .with("names", missing.join("; "));
        issues.push(Issue { field: None, rule: Some("DOS-03"), said });
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let seq = store::indexes_of(op.tx(), person)?.last().map_or(0, |row| row.seq) + 1;
    let (now, by, there) = (op.now(), op.viewer().name.clone(), found.verdict.all.there);
    let names = serde_json::to_string(&missing).map_err(Problem::fault)?;
    store::insert_index(op.tx(), person, seq, new.on, &new.signer, there, &names, &found.terms.version, now, &by)?;
    let detail = json!({ "on": new.on.iso(), "signer": new.signer, "there": there, "missing": missing.len() });
    record(op, person, unit, "dossier-index-confirmed", &detail);
    sum_up(op, person)
}

/// Writes what is said of many documents at once, with the sums that follow: for old data and demonstrations.
///
/// # Errors
/// What the database gives.
pub fn load_papers(op: &mut Op<'_, '_>, rows: &[(Id<Person>, Said)]) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let values = rows.iter().map(|(person, said)| {
        [
            person.value(),
            said.code.value(),
            said.slot.value(),
            now.value(),
            Value::Int(i64::MAX),
            Value::Text(said.state.code()),
            said.number.value(),
            said.on.as_ref().map_or(Value::Null, Param::value),
            said.issuer.value(),
            said.note.value(),
            by.value(),
        ]
    });
    store::load_papers(op.tx(), values)?;
    let mut persons: Vec<Id<Person>> = rows.iter().map(|(person, _)| *person).collect();
    persons.sort_unstable();
    persons.dedup();
    persons.into_iter().try_for_each(|person| sum_up(op, person))
}
