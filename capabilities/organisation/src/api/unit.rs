//! One unit on a day, with what it was before and what became of it.

use chibo_kernel::{Id, Moment, Permission, Problem, Unit};
use chibo_web::{Reply, Visit};
use serde::Serialize;

use super::shapes::{Counted, UnitShape, end, kind, setting};
use super::{asked, json, ready};
use crate::store::{self, FactRow, SuccessionRow};

#[derive(Serialize)]
struct OneShape<'a> {
    day: String,
    /// Whether it stands on the day; if not, it is described by its last facts.
    stands: bool,
    #[serde(flatten)]
    unit: UnitShape<'a>,
    children: Vec<String>,
    history: Vec<FactShape>,
    predecessors: Vec<SuccessionShape>,
    successors: Vec<SuccessionShape>,
}

#[derive(Serialize)]
struct FactShape {
    valid_from: String,
    valid_to: Option<String>,
    name: String,
    short: String,
    kind: Option<&'static str>,
    setting: Option<&'static str>,
    code: Option<String>,
}

#[derive(Serialize)]
struct SuccessionShape {
    unit: String,
    on: String,
    main: bool,
    kind: String,
}

fn facts(mut rows: Vec<FactRow>) -> Vec<FactShape> {
    rows.retain(|row| row.superseded_at == Moment::FOREVER);
    rows.sort_by_key(|row| row.valid_from);
    let shape = |row: FactRow| FactShape {
        valid_from: row.valid_from.iso(),
        valid_to: end(row.valid_to),
        name: row.name,
        short: row.short_name,
        kind: kind(row.kind),
        setting: setting(row.setting),
        code: Some(row.code).filter(|code| !code.is_empty()),
    };
    rows.into_iter().map(shape).collect()
}

/// Where it went or came from, as far as the viewer may see the other unit.
fn others(visit: &Visit<'_>, rows: Vec<SuccessionRow>, other: fn(&SuccessionRow) -> Id<Unit>) -> Vec<SuccessionShape> {
    let seen = rows.into_iter().filter(|row| visit.permit(Permission::ViewUnits, other(row)).is_ok());
    let shape = |row: SuccessionRow| SuccessionShape {
        unit: other(&row).to_string(),
        on: row.on_day.iso(),
        main: row.main,
        kind: row.kind,
    };
    seen.map(shape).collect()
}

/// `GET /api/v1/units/{id}?day=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::ViewUnits, id)?;
    let day = asked::day(visit)?;
    ready(visit)?;
    let (rows, before, after) =
        visit.read(|tx| Ok((store::facts_of(tx, id)?, store::predecessors(tx, id)?, store::successors(tx, id)?)))?;
    let counted = Counted::on(visit, day);
    let scene = &counted.scene;
    let place = scene.place(id);
    let shape = match place.and_then(|place| counted.shape(visit, place)) {
        Some(shape) => shape,
        None => {
            let facts = scene.no(id).and_then(|no| scene.forest.last_facts(no)).ok_or(Problem::NotFound)?;
            UnitShape::of(id, facts, (0, 0))
        }
    };
    let children = place.map_or_else(Vec::new, |place| scene.children(visit, place));
    json(&OneShape {
        day: day.iso(),
        stands: place.is_some(),
        unit: shape,
        children: children.into_iter().filter_map(|child| scene.id(child)).map(|child| child.to_string()).collect(),
        history: facts(rows),
        predecessors: others(visit, before, |row| row.from_unit),
        successors: others(visit, after, |row| row.into_unit),
    })
}
