//! Asking for transfers: one, many at once, and somebody who comes from outside.

use chibo_census::Census;
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_members::rules::{NewMember, check as check_member, standings_from_dates};
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_store::Op;
use serde_json::json;

use super::{Case, issue, path, record};
use crate::rules::{
    Basis, Elsewhere, Ground, Kind, Request, Seal, Terms, Transfer, Way, boxes, boxes_abroad, boxes_down, boxes_up,
    check_elsewhere, check_request,
};
use crate::store;

/// Who comes from outside.
#[derive(Clone, Debug)]
pub enum Who {
    /// Somebody the register does not know.
    New(Box<NewMember>),
    /// Somebody who was transferred out and comes back.
    Known(Id<Person>),
}

/// Somebody who comes from outside with a paper.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Who.
    pub who: Who,
    /// Into this branch.
    pub to: Id<Unit>,
    /// From where.
    pub from: Elsewhere,
    /// From abroad (TRF-10).
    pub from_abroad: bool,
    /// Number of the paper.
    pub paper: String,
    /// The day it was written.
    pub written: Day,
    /// Why.
    pub reason: String,
}

/// Whether a unit holds members today.
fn is_branch(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<bool, Problem> {
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let (forest, today) = (census.forest(), op.today());
    let tree = forest.tree(AsOf::on(today));
    let facts = forest.no(unit).and_then(|no| tree.place_of(no)).and_then(|place| tree.facts(place));
    Ok(facts.and_then(|facts| UnitKind::from_number(facts.kind)).is_some_and(UnitKind::holds_members))
}

/// The boxes of a way from a branch, by where everything stands today.
fn boxes_of(op: &Op<'_, '_>, from: Id<Unit>, way: &Way, terms: &Terms) -> Result<Vec<Seal>, Problem> {
    let up = path(op, from)?;
    Ok(match way.branch() {
        Some(to) if is_branch(op, to)? => boxes(&up, &path(op, to)?),
        Some(_) => Vec::new(),
        None if way.kind().abroad() => boxes_abroad(&up, terms.boxes_abroad),
        None => boxes_up(&up),
    })
}

/// What else is under way for a member.
fn under_way(op: &mut Op<'_, '_>, person: Id<Person>) -> Result<Option<Issue>, Problem> {
    for row in store::of_person(op.tx(), person)? {
        let case = Case::of(op.tx(), row)?;
        if case.course.state().open() {
            return Ok(Some(issue("person", "transfers-one-open")));
        }
        if case.stay()?.is_some_and(|stay| stay.returned().is_none()) {
            return Ok(Some(issue("person", "transfers-stay-runs")));
        }
    }
    Ok(None)
}

/// Asks for a transfer: its boxes follow from where the branches stand today.
///
/// # Errors
/// Every reason at once with its rule; absent when the member is out of reach.
pub fn request(op: &mut Op<'_, '_>, new: &Request) -> Result<Id<Transfer>, Problem> {
    let from = members::home(op, new.person)?;
    op.permit(Permission::EditMembers, from)?;
    let today = op.today();
    let terms = Terms::on(today)?;
    let ground = Ground { held: members::held(op.tx(), new.person)?, index: false, today };
    let mut issues = check_request((new.cause, &new.reason, &new.way), new.basis, ground, &terms);
    let standing = members::standing_of(op.tx(), new.person, today)?;
    if !standing.is_some_and(Standing::counts_as_member) {
        issues.push(issue("person", "transfers-no-member"));
    }
    let boxes = boxes_of(op, from, &new.way, &terms)?;
    if boxes.is_empty() {
        issues.push(issue("to", "transfers-same-branch"));
    }
    issues.extend(under_way(op, new.person)?);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let id = add(op, new.person, (new.cause, &new.reason), &boxes)?;
    let (place, span) = (new.way.elsewhere().cloned().unwrap_or_default(), new.way.span());
    let days = span.map_or((new.cause, Day::FOREVER), |span| (span.from, span.until));
    let purpose = span.map_or(0, |span| span.purpose.number());
    let kind = new.way.kind();
    store::insert_kind(op.tx(), id, kind.number(), purpose, &place.name, &place.province, "", 0, days.0, days.1)?;
    if new.basis != Basis::default() {
        store::insert_basis(op.tx(), id, new.basis.contract.code(), u8::from(new.basis.graduate))?;
    }
    let to = new.way.branch().map_or_else(|| place.name.clone(), |to| to.to_string());
    let detail = json!({ "kind": kind.code(), "from-unit": from.to_string(), "to-unit": to, "cause": new.cause.iso() });
    record(op, new.person, from, "transfer-requested", &detail);
    Ok(id)
}

/// Asks for the transfers of several members in one write: all or none.
///
/// # Errors
/// The reasons of the first who cannot go, with his name.
pub fn request_all(op: &mut Op<'_, '_>, all: &[(Request, String)]) -> Result<Vec<Id<Transfer>>, Problem> {
    let mut made = Vec::with_capacity(all.len());
    for (new, name) in all {
        match request(op, new) {
            Ok(id) => made.push(id),
            Err(Problem::Refused(mut issues)) => {
                let whose = Said::new("transfers-bulk-whose").with("name", name);
                // Only what is his own is told with his name; the rest is of the form.
                if issues.iter().any(|issue| issue.field.as_deref() == Some("person")) {
                    issues.insert(0, Issue { field: Some("person".to_owned()), rule: None, said: whose });
                }
                return Err(Problem::Refused(issues));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(made)
}

fn add(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    (cause, reason): (Day, &str),
    boxes: &[Seal],
) -> Result<Id<Transfer>, Problem> {
    let (id, now, by): (Id<Transfer>, _, _) = (op.fresh(), op.now(), op.viewer().name.clone());
    store::insert(op.tx(), id, person, cause, reason, now, &by)?;
    for (seq, seal) in (1u32..).zip(boxes) {
        store::insert_box(op.tx(), id, seq, seal.unit, seal.side.number())?;
    }
    store::insert_open(op.tx(), id, 0)?;
    Ok(id)
}

/// Writes down the paper of somebody from outside. Its boxes go from the city's organisation board down to the branch;
/// the last one enters him, or takes back who was transferred out.
///
/// # Errors
/// Every reason at once with its rule; absent when the branch is out of reach.
pub fn receive(op: &mut Op<'_, '_>, new: &Arrival) -> Result<Id<Transfer>, Problem> {
    op.permit(Permission::EditMembers, new.to)?;
    let today = op.today();
    let mut issues = check_elsewhere(&new.from);
    if new.paper.is_empty() {
        issues.push(Issue { rule: Some("TRF-02"), ..issue("paper", "transfers-paper-needed") });
    } else if new.paper.chars().count() > 60 {
        issues.push(issue("paper", "transfers-number-long"));
    }
    if new.written > today {
        issues.push(issue("written", "transfers-day-to-come"));
    }
    if new.reason.chars().count() > 2_000 {
        issues.push(issue("reason", "transfers-note-long"));
    }
    let boxes = if is_branch(op, new.to)? { boxes_down(&path(op, new.to)?) } else { Vec::new() };
    if boxes.is_empty() {
        issues.push(issue("to", "transfers-branch-unknown"));
    }
    let person = match &new.who {
        Who::New(member) => {
            issues.extend(check_member(member, today).errors);
            op.fresh()
        }
        Who::Known(person) => {
            let known = members::home(op, *person)?;
            op.permit(Permission::EditMembers, known)?;
            if members::standing_of(op.tx(), *person, today)? != Some(Standing::TransferredOut) {
                issues.push(issue("person", "transfers-not-out"));
            }
            issues.extend(under_way(op, *person)?);
            *person
        }
    };
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let id = add(op, person, (new.written, &new.reason), &boxes)?;
    let (name, province, abroad) = (&new.from.name, &new.from.province, u8::from(new.from_abroad));
    let (kind, forever) = (Kind::Incoming.number(), Day::FOREVER);
    store::insert_kind(op.tx(), id, kind, 0, name, province, &new.paper, abroad, new.written, forever)?;
    if let Who::New(member) = &new.who {
        let NewMember { name, sex, admitted, official, home_town, job_title, workplace, .. } = &**member;
        let birth = member.birth.ok_or_else(|| Problem::fault("a member without a birth day"))?;
        store::insert_newcomer(op.tx(), id, name, birth, *sex, *admitted, *official, home_town, job_title, workplace)?;
    }
    let detail =
        json!({ "kind": Kind::Incoming.code(), "from": name, "to-unit": new.to.to_string(), "number": new.paper });
    record(op, person, new.to, "transfer-requested", &detail);
    Ok(id)
}

/// The facts of a newcomer as he is entered on the day his last box is signed.
pub(super) fn newcomer(row: &store::NewcomerRow, to: Id<Unit>, on: Day) -> NewMember {
    // Before he came he was a member elsewhere: here he stands from the day he arrives in the standing he brings.
    let standings = standings_from_dates(row.admitted, row.official, on);
    let last = standings.iter().rev().find(|(_, from)| *from <= on).or(standings.first()).copied();
    let mut here: Vec<(u8, Day)> = last.map(|(standing, _)| (standing, on)).into_iter().collect();
    here.extend(standings.into_iter().filter(|(_, from)| *from > on));
    NewMember {
        name: row.full_name.clone(),
        birth: Some(row.birth),
        sex: row.sex,
        admitted: row.admitted,
        official: row.official,
        home_town: row.home_town.clone(),
        job_title: row.job_title.clone(),
        workplace: row.workplace.clone(),
        postings: vec![(to, on)],
        standings: here,
        ..NewMember::default()
    }
}
