//! Writing a confirmed spreadsheet of places as one act, and taking it back by further lines: nothing is erased.

use std::collections::HashSet;

use chibo_kernel::{AsOf, Id, Moment, Permission, Problem, Said, Unit};
use chibo_store::{Op, Param};
use serde_json::json;

use super::places::{row, values};
use super::record;
use crate::import::Planned;
use crate::rules::{Line, Place, PlaceImport, Standing, begun};
use crate::store::imports as uploads;
use crate::store::{self, CountRow, FactRow, History, LinkRow};

/// Lines to be written together.
#[derive(Default)]
struct Lines {
    facts: Vec<FactRow>,
    links: Vec<LinkRow>,
    counts: Vec<CountRow>,
}

impl Lines {
    fn write(&self, op: &mut Op<'_, '_>) -> Result<(), Problem> {
        store::bulk_facts(op.tx(), self.facts.iter().map(values))?;
        let links = self.links.iter().map(|row| {
            [
                row.place_id.value(),
                row.valid_from.value(),
                row.recorded_at.value(),
                row.unit_id.value(),
                row.joint.value(),
                row.recorded_by.value(),
            ]
        });
        store::bulk_links(op.tx(), links)?;
        let counts = self.counts.iter().map(|row| {
            [
                row.place_id.value(),
                row.valid_from.value(),
                row.recorded_at.value(),
                row.official.value(),
                row.served.value(),
                row.source.value(),
                row.recorded_by.value(),
            ]
        });
        store::bulk_counts(op.tx(), counts).map(drop)
    }
}

/// Writes the rows of a waiting import, all or nothing. `file` is named as the source of counts.
pub(crate) fn import_places(
    op: &mut Op<'_, '_>,
    import: Id<PlaceImport>,
    rows: &[Planned],
    file: &str,
) -> Result<(), Problem> {
    let upload = uploads::import(op.tx(), import)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, upload.unit_id)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let new = rows.iter().filter(|row| row.is_new).count();
    let counts = json!({ "new": new, "changed": rows.len() - new }).to_string();
    if uploads::move_import(op.tx(), import, "waiting", "applied", now, &counts)? == 0 {
        return Err(Problem::Conflict(Said::new("coverage-import-not-waiting")));
    }
    let mut lines = Lines::default();
    let units: HashSet<Id<Unit>> =
        rows.iter().flat_map(|row| [Some(row.unit), row.facts.as_ref().map(|facts| facts.unit)]).flatten().collect();
    for unit in units {
        op.permit(Permission::Import, unit)?;
    }
    // A code taken since the preview would be there twice.
    for facts in rows.iter().filter(|row| row.is_new).filter_map(|row| row.facts.as_ref()) {
        for holder in store::holders(op.tx(), &facts.code)? {
            let held = begun(&store::facts_of(op.tx(), holder)?, op.as_of_today())
                .is_some_and(|row| row.code == facts.code && row.standing != Standing::Mistaken.number());
            if held {
                return Err(Problem::Conflict(Said::new("coverage-changed-meanwhile")));
            }
        }
    }
    for planned in rows {
        let (place_id, valid_from, recorded_at, recorded_by) = (planned.id, planned.from, now, by.clone());
        lines.facts.extend(planned.facts.as_ref().map(|facts| row(place_id, valid_from, facts, now, &by)));
        lines.links.extend(planned.link.map(|(unit, joint)| LinkRow {
            place_id,
            valid_from,
            recorded_at,
            unit_id: Some(unit),
            joint,
            recorded_by: recorded_by.clone(),
        }));
        lines.counts.extend(planned.official.map(|official| CountRow {
            place_id,
            valid_from,
            recorded_at,
            official: Some(official),
            served: None,
            source: file.to_owned(),
            recorded_by,
        }));
    }
    lines.write(op)?;
    let written = rows.iter().map(|row| [import.value(), row.id.value(), row.is_new.value()]);
    uploads::bulk_import_places(op.tx(), written)?;
    let detail = json!({ "file": file, "new": new, "changed": rows.len() - new });
    record(op, upload.unit_id, "places-imported", *import.bytes(), &detail);
    Ok(())
}

/// Takes an applied import back: places it entered were never there, what it changed is again as it was before.
/// Refused when somebody wrote something about one of its places since.
pub(crate) fn undo_import(op: &mut Op<'_, '_>, import: Id<PlaceImport>) -> Result<(), Problem> {
    let upload = uploads::import(op.tx(), import)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, upload.unit_id)?;
    if upload.state != "applied" {
        return Err(Problem::Conflict(Said::new("coverage-import-not-applied")));
    }
    let written = uploads::import_places(op.tx(), import)?;
    let mut histories = store::histories(op.tx())?;
    let planned: HashSet<Id<Place>> = store::planned_after(op.tx(), upload.applied_at)?.into_iter().collect();
    let mut touched = 0usize;
    let mut lines = Lines::default();
    let (now, by) = (op.now(), op.viewer().name.clone());
    for place in &written {
        let history = histories.remove(&place.place_id).unwrap_or_default();
        if planned.contains(&place.place_id) || written_after(&history, upload.applied_at) {
            touched += 1;
        }
        back(&mut lines, &history, upload.applied_at, (place.is_new, now, &by));
    }
    if touched > 0 {
        return Err(Problem::refuse(Said::new("coverage-import-touched").with("count", touched)));
    }
    if uploads::move_import(op.tx(), import, "applied", "undone", upload.applied_at, &upload.counts)? == 0 {
        return Err(Problem::Conflict(Said::new("coverage-import-not-applied")));
    }
    lines.write(op)?;
    let detail = json!({ "file": upload.file_name, "places": written.len() });
    record(op, upload.unit_id, "places-import-undone", *import.bytes(), &detail);
    Ok(())
}

fn written_after(history: &History, applied: Moment) -> bool {
    let after = |recorded: Moment| recorded > applied;
    history.facts.iter().any(|row| after(row.recorded_at))
        || history.links.iter().any(|row| after(row.recorded_at))
        || history.counts.iter().any(|row| after(row.recorded_at))
}

/// What held on the first day of a line before the import was known.
fn before<L: Line>(lines: &[L], line: &L) -> Option<usize> {
    let at = AsOf { day: line.from(), known: line.recorded().plus_ms(-1) };
    let numbered = lines.iter().enumerate().filter(|(_, other)| other.from() <= at.day && other.recorded() <= at.known);
    numbered.max_by_key(|(_, other)| (other.from(), other.recorded())).map(|(number, _)| number)
}

/// The lines that take back what an import wrote at a moment about one place.
fn back(lines: &mut Lines, history: &History, applied: Moment, (is_new, now, by): (bool, Moment, &str)) {
    for written in history.facts.iter().filter(|row| row.recorded_at == applied) {
        let held = before(&history.facts, written).and_then(|at| history.facts.get(at)).filter(|_| !is_new);
        let standing = held.map_or(Standing::Mistaken.number(), |row| row.standing);
        let held = held.unwrap_or(written);
        let (valid_from, recorded_by) = (written.valid_from, by.to_owned());
        lines.facts.push(FactRow { valid_from, recorded_at: now, standing, recorded_by, ..held.clone() });
    }
    for written in history.links.iter().filter(|row| row.recorded_at == applied) {
        let held = before(&history.links, written).and_then(|at| history.links.get(at));
        lines.links.push(LinkRow {
            place_id: written.place_id,
            valid_from: written.valid_from,
            recorded_at: now,
            unit_id: held.and_then(|row| row.unit_id),
            joint: held.is_some_and(|row| row.joint),
            recorded_by: by.to_owned(),
        });
    }
    for written in history.counts.iter().filter(|row| row.recorded_at == applied) {
        let held = before(&history.counts, written).and_then(|at| history.counts.get(at));
        lines.counts.push(CountRow {
            place_id: written.place_id,
            valid_from: written.valid_from,
            recorded_at: now,
            official: held.and_then(|row| row.official),
            served: held.and_then(|row| row.served),
            source: held.map_or_else(String::new, |row| row.source.clone()),
            recorded_by: by.to_owned(),
        });
    }
}

/// Drops a waiting upload.
pub(crate) fn drop_import(op: &mut Op<'_, '_>, import: Id<PlaceImport>) -> Result<(), Problem> {
    let upload = uploads::import(op.tx(), import)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, upload.unit_id)?;
    if uploads::move_import(op.tx(), import, "waiting", "dropped", Moment(0), "")? == 0 {
        return Err(Problem::Conflict(Said::new("coverage-import-not-waiting")));
    }
    Ok(())
}
