//! A reorganisation decision put into force: everything it says as one dated act.

use std::collections::BTreeSet;

use chibo_kernel::{Day, Id, Moment, Period, Permission, Problem, Unit};
use chibo_store::{Entry, Op, Param, Value};
use serde_json::json;

use super::change::change_from;
use super::found::{check_day, insert_unit};
use super::{refuse, touch};
use crate::ledger::Ledger;
use crate::rules::{Decision, FactChange, Parent, Step, check_steps};
use crate::store;

/// What a decision did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Units whose history changed.
    pub units: usize,
    /// Steps taken.
    pub steps: usize,
}

/// Puts one decision into force. `recorded` is when it became known: normally `op.now()`.
pub fn apply_decision(
    op: &mut Op<'_, '_>,
    decision: &Decision,
    steps: &[Step],
    recorded: Moment,
) -> Result<Applied, Problem> {
    apply_decisions(op, &[(decision, steps)], recorded)
}

/// Puts decisions into force together; those of one day are judged by how the day ends. They stand in order of days.
pub fn apply_decisions(
    op: &mut Op<'_, '_>,
    decisions: &[(&Decision, &[Step])],
    recorded: Moment,
) -> Result<Applied, Problem> {
    permit(op, decisions)?;
    let mut ledger = Ledger::new(recorded);
    ledger.load_all(op.tx())?;
    let mut done = Applied::default();
    for day in decisions.chunk_by(|a, b| a.0.effective_on == b.0.effective_on) {
        let on = day.first().map_or(Day::FOREVER, |(decision, _)| decision.effective_on);
        check_day(on)?;
        let steps: Vec<Step> = day.iter().flat_map(|(_, steps)| steps.iter().cloned()).collect();
        refuse(check_steps(&ledger.landscape(on), &steps))?;
        for step in &steps {
            take(op, &mut ledger, step, on, recorded)?;
        }
        done.steps += steps.len();
    }
    let changed = ledger.flush(op.tx())?;
    done.units = changed.len();
    for (decision, steps) in decisions {
        write(op, decision, steps, recorded)?;
    }
    touch(op, &changed);
    Ok(done)
}

/// The decider may reorganise at the top, and everywhere a step reaches.
fn permit(op: &Op<'_, '_>, decisions: &[(&Decision, &[Step])]) -> Result<(), Problem> {
    let new: BTreeSet<Id<Unit>> = decisions
        .iter()
        .flat_map(|(_, steps)| steps.iter())
        .filter_map(|step| if let Step::Establish(new) = step { Some(new.id) } else { None })
        .collect();
    for (decision, steps) in decisions {
        op.permit(Permission::Reorganise, decision.unit)?;
        let named = steps.iter().flat_map(|step| [Some(step.unit()), step.other()]).flatten();
        for unit in named.filter(|unit| !new.contains(unit)).collect::<BTreeSet<_>>() {
            op.permit(Permission::Reorganise, unit)?;
        }
    }
    Ok(())
}

/// Takes one step into the ledger.
pub(super) fn take(
    op: &mut Op<'_, '_>,
    ledger: &mut Ledger,
    step: &Step,
    on: Day,
    recorded: Moment,
) -> Result<(), Problem> {
    match step {
        Step::Establish(new) => {
            let valid = Period::new(on, new.to).unwrap_or(Period::since(on));
            ledger.amend_facts(new.id, valid, Some(new.facts()));
            ledger.amend_parent(new.id, valid, Some(Parent(new.parent)));
            insert_unit(op, new, recorded)?;
        }
        Step::Restore { unit, facts, parent } => {
            ledger.amend_facts(*unit, Period::since(on), Some(facts.as_ref().clone()));
            ledger.amend_parent(*unit, Period::since(on), Some(Parent(*parent)));
        }
        Step::Dissolve { unit } => ledger.end(op.tx(), *unit, on)?,
        Step::Succeed { .. } => {}
        Step::Reparent { unit, parent } => ledger.move_under(*unit, on, Parent(Some(*parent))),
        Step::Retype { unit, kind, setting } => {
            let change = FactChange { kind: Some(*kind), setting: Some(*setting), ..FactChange::default() };
            change_from(ledger, *unit, on, &change);
        }
        Step::Rename { unit, name, short, code } => {
            let (name, short) = (Some(name.clone()), Some(short.clone()));
            change_from(ledger, *unit, on, &FactChange { name, short, code: code.clone(), ..FactChange::default() });
        }
    }
    Ok(())
}

/// The rest of a step as JSON.
fn detail(step: &Step) -> String {
    match step {
        Step::Establish(new) => {
            json!({ "name": new.name, "kind": new.kind.code(), "setting": new.setting.code(), "code": new.code })
        }
        Step::Restore { facts, .. } => {
            let (name, short, kind, setting, code) =
                (&facts.name, &facts.short, facts.kind.code(), facts.setting.code(), &facts.code);
            json!({ "name": name, "short": short, "kind": kind, "setting": setting, "code": code })
        }
        Step::Succeed { main, kind, .. } => json!({ "main": main, "kind": kind.code() }),
        Step::Retype { kind, setting, .. } => json!({ "kind": kind.code(), "setting": setting.code() }),
        Step::Rename { name, short, code, .. } => json!({ "name": name, "short": short, "code": code }),
        Step::Dissolve { .. } | Step::Reparent { .. } => return String::new(),
    }
    .to_string()
}

fn write(op: &mut Op<'_, '_>, decision: &Decision, steps: &[Step], recorded: Moment) -> Result<(), Problem> {
    let count = |code: &str| steps.iter().filter(|step| step.code() == code).count();
    let codes = ["establish", "dissolve", "succeed", "reparent", "retype", "rename", "restore"];
    let counts: serde_json::Map<_, _> = codes.iter().map(|code| ((*code).to_owned(), count(code).into())).collect();
    let summary = serde_json::Value::Object(counts).to_string();
    let (signed, on, by) = (decision.signed_on, decision.effective_on, op.viewer().name.clone());
    let Decision { id, unit, number, title, authority, .. } = decision;
    store::insert_decision(
        op.tx(),
        *id,
        *unit,
        number,
        title,
        authority,
        signed,
        on,
        "signed",
        recorded,
        &by,
        &summary,
    )?;
    let details: Vec<String> = steps.iter().map(detail).collect();
    let named: Vec<(Id<Unit>, Option<Id<Unit>>)> = steps.iter().map(|step| (step.unit(), step.other())).collect();
    let rows = steps.iter().zip(&details).zip(&named).enumerate().map(|(no, ((step, detail), (unit, other)))| {
        [
            id.value(),
            Value::Int(no as i64 + 1),
            Value::Text(step.code()),
            unit.value(),
            other.value(),
            Value::Text(detail),
        ]
    });
    store::bulk_steps(op.tx(), rows)?;
    let successions = steps.iter().filter_map(|step| {
        let Step::Succeed { from, into, main, kind } = step else { return None };
        let on = Value::Int(i64::from(on.number()));
        Some([from.value(), into.value(), on, main.value(), Value::Text(kind.code()), id.value()])
    });
    store::bulk_successions(op.tx(), successions)?;
    let facts = json!({ "number": number, "title": title, "effective": on.iso(), "steps": summary });
    op.record(Entry {
        stream: *id.bytes(),
        action: "units-reorganised",
        unit: Some(*unit),
        subject: Some(*id.bytes()),
        detail: facts.to_string(),
    });
    Ok(())
}
