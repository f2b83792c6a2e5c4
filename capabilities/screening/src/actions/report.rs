//! Reports of a campaign and what changed between them (SCR-12).

use chibo_kernel::{Day, Id, Moment, Permission, Person, Problem, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::course::course;
use super::{assessed_rules, record};
use crate::rules::{Campaign, Change, Counts, FIGURES, Form, Report, State, Terms};
use crate::store::{self, StepRow};

/// The figures of a campaign in some of its branches, now.
///
/// # Errors
/// A fault when something stored cannot be read.
pub fn count(tx: &mut Tx<'_>, id: Id<Campaign>, inside: &dyn Fn(Id<Unit>) -> bool) -> Result<Counts, Problem> {
    let mut counts = Counts::default();
    store::counts(tx, id, |row| {
        if inside(row.branch_id) {
            let state = State::from_code(&row.state).ok_or_else(|| Problem::fault(format!("a state {}", row.state)))?;
            counts.add(state, Form::from_code(&row.form), &assessed_rules(&row.rules), row.counted);
        }
        Ok(())
    })?;
    Ok(counts)
}

/// Keeps the figures of a unit as they are now.
///
/// # Errors
/// Absent when the unit is out of reach.
pub fn make_report(
    op: &mut Op<'_, '_>,
    id: Id<Campaign>,
    unit: Id<Unit>,
    inside: &dyn Fn(Id<Unit>) -> bool,
) -> Result<Id<Report>, Problem> {
    op.permit(Permission::EditMembers, unit)?;
    store::campaign(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let counts = count(op.tx(), id, inside)?;
    let (report, now, by) = (op.fresh(), op.now(), op.viewer().name.clone());
    store::insert_report(op.tx(), report, id, unit, now, &by)?;
    for figure in FIGURES {
        store::insert_figure(op.tx(), report, figure.code(), counts.of(figure))?;
    }
    record(op, *unit.bytes(), unit, "screen-reported", &json!({ "report": report.to_string() }));
    Ok(report)
}

/// Somebody who stands otherwise than at the report before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub person: Id<Person>,
    /// His branch.
    pub branch: Id<Unit>,
    /// Day of the last step.
    pub on: Day,
    /// From and to.
    pub change: Change,
}

type Stands = (State, Option<Form>, Vec<String>);

/// How somebody stands after some steps, as far as it counts here.
fn stands(
    tx: &mut Tx<'_>,
    rows: &[StepRow],
    terms: &Terms,
    inside: &dyn Fn(Id<Unit>) -> bool,
) -> Result<Stands, Problem> {
    let nothing = (State::Open, None, Vec::new());
    let Some(last) = rows.last().filter(|row| inside(row.branch_id)) else { return Ok(nothing) };
    // A bulk assessment has no votes to be read.
    let votes = match rows.len() {
        1 => Vec::new(),
        _ => store::votes_of(tx, last.person_id, last.campaign_id)?,
    };
    let course = course(rows, &votes, terms.failures)?;
    let rules = course.assessment().map(|taken| taken.rules.clone()).unwrap_or_default();
    Ok((course.state(), course.form(), rules))
}

/// Who changed between two moments, by the steps written down between them.
///
/// # Errors
/// A fault when something stored cannot be read.
pub(crate) fn changes(
    tx: &mut Tx<'_>,
    id: Id<Campaign>,
    (after, until): (Moment, Moment),
    inside: &dyn Fn(Id<Unit>) -> bool,
) -> Result<Vec<Moved>, Problem> {
    let mut rows: Vec<StepRow> = Vec::new();
    store::steps_between(tx, id, after, until, |row| {
        rows.push(row);
        Ok(())
    })?;
    let terms = Terms::on(until.day())?;
    let mut moved = Vec::new();
    for own in rows.chunk_by(|one, other| one.person_id == other.person_id) {
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let mut all = match first.seq {
            1 => Vec::new(),
            _ => store::steps_of(tx, first.person_id)?,
        };
        all.retain(|row| row.campaign_id == id && row.seq < first.seq);
        let from = stands(tx, &all, &terms, inside)?;
        all.extend(own.iter().map(StepRow::clone));
        let to = stands(tx, &all, &terms, inside)?;
        if from != to {
            let change = Change { from, to };
            moved.push(Moved { person: last.person_id, branch: last.branch_id, on: last.on_day, change });
        }
    }
    Ok(moved)
}
