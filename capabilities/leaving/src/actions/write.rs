//! Rows of cases, steps and states.

use chibo_kernel::{Day, Id, Moment, Problem, Unit};
use chibo_store::{Entry, Op, Param, Value};

use crate::rules::{CaseFile, Course, Deed, Kind, Opening, Phase, Step, Terms};
use crate::store::{self, CaseRow, StateRow, StepRow};

/// Who writes, when, under which version.
pub(super) struct Stamp {
    /// Moment of the write.
    pub now: Moment,
    /// Who.
    pub by: String,
    /// Version of the rules.
    pub version: String,
}

impl Stamp {
    /// Of this write.
    pub fn of(op: &Op<'_, '_>, terms: &Terms) -> Self {
        Self { now: op.now(), by: op.viewer().name.clone(), version: terms.version.clone() }
    }
}

/// The row of a new case.
pub(super) fn case_row(id: Id<CaseFile>, new: &Opening, handler: Option<Id<Unit>>, stamp: &Stamp) -> CaseRow {
    let evidence: Vec<_> = new.evidence.iter().map(|paper| paper.code()).collect();
    CaseRow {
        case_id: id,
        person_id: new.person,
        kind: new.kind.code().to_owned(),
        ground: new.ground.map_or("", |ground| ground.code()).to_owned(),
        on_day: new.on,
        since_on: new.since,
        amount: if new.kind == Kind::Complaint { u32::from(new.central) } else { new.amount },
        ends_on: new.ends,
        about_id: new.about,
        handler_id: handler,
        number: new.number.clone(),
        body: new.body.clone(),
        evidence: evidence.join(","),
        note: new.note.clone(),
        rulebook: stamp.version.clone(),
        recorded_at: stamp.now,
        recorded_by: stamp.by.clone(),
    }
}

/// The row of a new step.
pub(super) fn step_row(id: Id<CaseFile>, seq: u32, deed: &Deed, unit: Id<Unit>, stamp: &Stamp) -> StepRow {
    let in_force = matches!(deed.step, Step::Decided | Step::Registered);
    let count = deed.count;
    StepRow {
        case_id: id,
        seq,
        step: deed.step.code().to_owned(),
        on_day: deed.on,
        effective_on: if in_force { deed.effective.unwrap_or(deed.on) } else { Day::FOREVER },
        ends_on: if in_force { deed.ends } else { Day::FOREVER },
        number: deed.number.clone(),
        voting: count.map_or("", |count| count.form.code()).to_owned(),
        listed: count.map_or(0, |count| count.listed),
        away: count.map_or(0, |count| count.away),
        barred: count.map_or(0, |count| count.barred),
        votes_for: count.map_or(0, |count| count.yes),
        votes_against: count.map_or(0, |count| count.no),
        note: deed.note.clone(),
        unit_id: unit,
        rulebook: stamp.version.clone(),
        recorded_at: stamp.now,
        recorded_by: stamp.by.clone(),
    }
}

/// Where a case stands after its steps.
pub(super) fn state_row(id: Id<CaseFile>, about: &Opening, course: &Course, terms: &Terms) -> StateRow {
    let phase = course.phase(terms.limits);
    let decision = course.decision(terms.limits);
    let ends = decision.filter(|_| course.kind.exempts()).map_or(Day::FOREVER, |taken| taken.ends);
    StateRow {
        case_id: id,
        person_id: about.person,
        kind: course.kind.code().to_owned(),
        ground: about.ground.map_or("", |ground| ground.code()).to_owned(),
        opened_on: about.on,
        phase: phase.code().to_owned(),
        is_open: phase.open(),
        begins_on: decision.map_or(Day::FOREVER, |taken| taken.effective),
        ends_on: ends,
        over_on: Day::FOREVER,
        due_on: terms.due(course.kind, phase, about.on, about.central),
    }
}

/// As the table takes it.
pub(super) fn case_values(row: &CaseRow) -> [Value<'_>; 17] {
    [
        row.case_id.value(),
        row.person_id.value(),
        row.kind.value(),
        row.ground.value(),
        row.on_day.value(),
        row.since_on.value(),
        row.amount.value(),
        row.ends_on.value(),
        row.about_id.value(),
        row.handler_id.value(),
        row.number.value(),
        row.body.value(),
        row.evidence.value(),
        row.note.value(),
        row.rulebook.value(),
        row.recorded_at.value(),
        row.recorded_by.value(),
    ]
}

/// As the table takes it.
pub(super) fn step_values(row: &StepRow) -> [Value<'_>; 18] {
    [
        row.case_id.value(),
        row.seq.value(),
        row.step.value(),
        row.on_day.value(),
        row.effective_on.value(),
        row.ends_on.value(),
        row.number.value(),
        row.voting.value(),
        row.listed.value(),
        row.away.value(),
        row.barred.value(),
        row.votes_for.value(),
        row.votes_against.value(),
        row.note.value(),
        row.unit_id.value(),
        row.rulebook.value(),
        row.recorded_at.value(),
        row.recorded_by.value(),
    ]
}

/// As the table takes it.
pub(super) fn state_values(row: &StateRow) -> [Value<'_>; 11] {
    [
        row.case_id.value(),
        row.person_id.value(),
        row.kind.value(),
        row.ground.value(),
        row.opened_on.value(),
        row.phase.value(),
        row.is_open.value(),
        row.begins_on.value(),
        row.ends_on.value(),
        row.over_on.value(),
        row.due_on.value(),
    ]
}

/// Writes a new case without steps.
pub(super) fn add_case(
    op: &mut Op<'_, '_>,
    new: &Opening,
    handler: Option<Id<Unit>>,
    terms: &Terms,
    course: &Course,
) -> Result<Id<CaseFile>, Problem> {
    let (id, stamp) = (op.fresh(), Stamp::of(op, terms));
    let (case, state) = (case_row(id, new, handler, &stamp), state_row(id, new, course, terms));
    store::insert_cases(op.tx(), std::iter::once(case_values(&case)))?;
    store::insert_states(op.tx(), std::iter::once(state_values(&state)))?;
    Ok(id)
}

/// Writes a step and where the case stands after it; gives the phase.
pub(super) fn add_step(
    op: &mut Op<'_, '_>,
    id: Id<CaseFile>,
    (about, course): (&Opening, &Course),
    deed: &Deed,
    unit: Id<Unit>,
    terms: &Terms,
) -> Result<Phase, Problem> {
    let row = step_row(id, deed.after + 1, deed, unit, &Stamp::of(op, terms));
    store::insert_steps(op.tx(), std::iter::once(step_values(&row)))?;
    if let Some(body) = deed.decider.filter(|_| deed.step == Step::Decided) {
        store::insert_decider(op.tx(), id, row.seq, body.code())?;
    }
    let state = state_row(id, about, course, terms);
    let open = state.is_open;
    store::set_state(op.tx(), id, &state.phase, open, state.begins_on, state.ends_on, state.due_on)?;
    let stream = *about.person.bytes();
    let detail = serde_json::json!({
        "case": id.to_string(), "kind": state.kind, "step": row.step, "on": deed.on.iso(), "number": deed.number,
        "phase": state.phase, "decider": deed.decider.map_or("", |body| body.code()),
    });
    let (unit, subject) = (Some(unit), Some(stream));
    op.record(Entry { stream, action: "departure-step", unit, subject, detail: detail.to_string() });
    Ok(course.phase(terms.limits))
}
