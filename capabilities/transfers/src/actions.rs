//! What is done for transfers.

use chibo_census::Census;
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_store::{Entry, Op, Tx};
use serde_json::json;

use crate::rules::{
    Course, Deed, Ground, Request, Seal, Side, State, Step, Terms, Transfer, boxes, check, check_request,
};
use crate::store::{self, BoxRow, StepRow};

fn record(op: &mut Op<'_, '_>, person: Id<Person>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    let stream = *person.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

/// Stored boxes and steps as a course.
///
/// # Errors
/// A fault when something stored cannot be read.
pub fn course(cause: Day, boxes: &[BoxRow], steps: &[StepRow]) -> Result<Course, Problem> {
    let seal = |row: &BoxRow| {
        let side = Side::from_number(row.side).ok_or_else(|| Problem::fault(format!("a side {}", row.side)))?;
        Ok(Seal { unit: row.unit_id, side })
    };
    let step = |row: &StepRow| {
        let step = Step::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a step {}", row.step)))?;
        Ok((step, row.on_day))
    };
    Ok(Course {
        cause,
        boxes: boxes.iter().map(seal).collect::<Result<_, Problem>>()?,
        steps: steps.iter().map(step).collect::<Result<_, Problem>>()?,
    })
}

/// Whether transfers of a member are held (TRF-05).
///
/// # Errors
/// Problems of the database.
pub fn held(tx: &mut Tx<'_>, person: Id<Person>) -> Result<bool, Problem> {
    Ok(store::holds_of(tx, person)?.last().is_some_and(|row| row.raised == 1))
}

/// Raises or lifts a hold on transfers of a member (TRF-05), for the capability that inspects or answers a complaint. It
/// says neither why nor who complained, and neither does anything that is shown.
///
/// # Errors
/// Absent when the member is out of reach.
pub fn hold(op: &mut Op<'_, '_>, person: Id<Person>, raised: bool) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    let rows = store::holds_of(op.tx(), person)?;
    if rows.last().is_some_and(|row| row.raised == 1) == raised {
        return Ok(());
    }
    let seq = rows.last().map_or(0, |row| row.seq) + 1;
    let (today, now, by) = (op.today(), op.now(), op.viewer().name.clone());
    store::insert_hold(op.tx(), person, seq, u8::from(raised), today, now, &by)?;
    record(op, person, unit, "transfer-hold", &json!({ "raised": raised }));
    Ok(())
}

/// Units from the root down to one, today; empty for one that does not stand.
fn path(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<Vec<Id<Unit>>, Problem> {
    let census = op.beside::<Census>().ok_or_else(|| Problem::fault("no columns beside the data"))?;
    let (forest, today) = (census.forest(), op.today());
    let tree = forest.tree(AsOf::on(today));
    let Some(place) = forest.no(unit).and_then(|no| tree.place_of(no)) else { return Ok(Vec::new()) };
    Ok(tree.path(place).into_iter().filter_map(|up| forest.id(tree.unit(up)?)).collect())
}

fn issue(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}

/// Asks for a transfer: its boxes follow from where the two branches stand today.
///
/// # Errors
/// Every reason at once with its rule; absent when the member is out of reach.
pub fn request(op: &mut Op<'_, '_>, new: &Request) -> Result<Id<Transfer>, Problem> {
    let from = members::home(op, new.person)?;
    op.permit(Permission::EditMembers, from)?;
    let terms = Terms::on(op.today())?;
    let ground = Ground { held: held(op.tx(), new.person)?, today: op.today() };
    let mut issues = check_request((new.cause, &new.reason), ground, &terms);
    let boxes = boxes(&path(op, from)?, &path(op, new.to)?);
    if boxes.is_empty() {
        issues.push(issue("to", "transfers-same-branch"));
    }
    for row in store::of_person(op.tx(), new.person)? {
        let (sealed, steps) = (store::boxes_of(op.tx(), row.transfer_id)?, store::steps_of(op.tx(), row.transfer_id)?);
        if course(row.cause_on, &sealed, &steps)?.state().open() {
            issues.push(issue("person", "transfers-one-open"));
        }
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (id, now, by): (Id<Transfer>, _, _) = (op.fresh(), op.now(), op.viewer().name.clone());
    store::insert(op.tx(), id, new.person, new.cause, &new.reason, now, &by)?;
    for (seq, seal) in (1u32..).zip(&boxes) {
        store::insert_box(op.tx(), id, seq, seal.unit, seal.side.number())?;
    }
    let detail = json!({ "from-unit": from.to_string(), "to-unit": new.to.to_string(), "cause": new.cause.iso() });
    record(op, new.person, from, "transfer-requested", &detail);
    Ok(id)
}

/// Takes a step. The box to be signed says who may sign or refuse it; the last one posts the member to the new branch.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between; absent for whoever may not act.
pub fn take(op: &mut Op<'_, '_>, id: Id<Transfer>, deed: &Deed) -> Result<State, Problem> {
    let row = store::transfer(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let (sealed, steps) = (store::boxes_of(op.tx(), id)?, store::steps_of(op.tx(), id)?);
    let mut course = course(row.cause_on, &sealed, &steps)?;
    let (first, last) = course.boxes.first().zip(course.boxes.last()).ok_or_else(|| Problem::fault("no boxes"))?;
    // Taking back is the old branch's; everything else whoever's box is next.
    let unit = match deed.step {
        Step::Withdrawn => first.unit,
        _ => course.next().map_or(last.unit, |seal| seal.unit),
    };
    let to = last.unit;
    op.permit(Permission::EditMembers, unit)?;
    if u32::try_from(steps.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("transfers-changed-since")));
    }
    let terms = Terms::on(deed.on)?;
    let ground = Ground { held: held(op.tx(), row.person_id)?, today: op.today() };
    let issues = check(&course, deed, ground, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    course.steps.push((deed.step, deed.on));
    let state = course.state();
    if state == State::Accepted {
        members::arrive(op, row.person_id, to, deed.on)?;
    }
    let (now, by, code) = (op.now(), op.viewer().name.clone(), deed.step.code());
    store::insert_step(op.tx(), id, deed.after + 1, code, deed.on, &deed.number, &deed.note, &terms.version, now, &by)?;
    let detail = json!({ "step": code, "on": deed.on.iso(), "number": deed.number, "state": state.code() });
    record(op, row.person_id, unit, "transfer-step", &detail);
    Ok(state)
}
