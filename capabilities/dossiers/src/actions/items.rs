//! Rows of the parts: added, corrected with consent, taken out with consent, opened field by field (DOS-01, DPD-05).

use chibo_kernel::{Day, Id, Issue, Moment, Permission, Person, Problem, Said};
use chibo_store::{Keys, Op, Param, Value};
use serde_json::json;

use super::{at_home, reason, record};
use crate::rules::items::{Draft, Place, Values, codes, is_correction, place};
use crate::rules::parts::{Part, When};
use crate::rules::terms::Terms;
use crate::rules::{Item, issue};
use crate::store::{self, ItemRow};

fn about(person: Id<Person>, item: Id<Item>) -> [u8; 32] {
    let mut about = [0; 32];
    about[..16].copy_from_slice(person.bytes());
    about[16..].copy_from_slice(item.bytes());
    about
}

fn seal(keys: &Keys, owner: &[u8], secret: &Values, nonce: [u8; 24]) -> Result<Vec<u8>, Problem> {
    if secret.is_empty() {
        return Ok(Vec::new());
    }
    keys.seal(&serde_json::to_vec(secret).map_err(Problem::fault)?, owner, nonce)
}

/// The secret fields of a row, opened. Whoever calls this records it.
///
/// # Errors
/// A fault when the row does not open with these keys.
pub fn opened(keys: &Keys, person: Id<Person>, row: &ItemRow) -> Result<Values, Problem> {
    if row.sealed.is_empty() {
        return Ok(Values::new());
    }
    serde_json::from_slice(&keys.open(&row.sealed, &about(person, row.item_id))?).map_err(Problem::fault)
}

fn draft(row: &ItemRow) -> Result<Draft, Problem> {
    let shown = serde_json::from_str(&row.shown).map_err(Problem::fault)?;
    Ok(Draft { shown, secret: Values::new(), from: row.valid_from, to: row.valid_to })
}

/// The believed rows of a part, by first day.
pub fn part_rows<'r>(rows: &'r [ItemRow], part: &Part) -> Vec<&'r ItemRow> {
    rows.iter().filter(|row| row.part == part.code && row.superseded_at == Moment::FOREVER).collect()
}

/// Writes a version of a row.
fn write(
    op: &mut Op<'_, '_>,
    (person, item): (Id<Person>, Id<Item>),
    part: &str,
    (draft, secret): (&Draft, &Values),
    consent: &str,
) -> Result<(), Problem> {
    let sealed = seal(op.keys(), &about(person, item), secret, op.random())?;
    let filled: Vec<&str> = secret.keys().map(String::as_str).collect();
    let shown = serde_json::to_string(&draft.shown).map_err(Problem::fault)?;
    let (now, by, filled) = (op.now(), op.viewer().name.clone(), filled.join(","));
    let (from, to, forever) = (draft.from, draft.to, Moment::FOREVER);
    let tx = op.tx();
    store::insert_item(tx, person, item, now, part, from, to, forever, &shown, &sealed, &filled, consent, &by).map(drop)
}

/// Adds a row. In a part that holds until the next row, the row before ends where this one begins.
///
/// # Errors
/// A refusal when a row of the part begins on that day; absent when the member is out of reach.
pub fn add(op: &mut Op<'_, '_>, person: Id<Person>, part: &Part, new: &Draft) -> Result<Id<Item>, Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let mut new = new.clone();
    if part.when == When::Since {
        let rows = store::items_of(op.tx(), person)?;
        let rows = part_rows(&rows, part);
        let days: Vec<(Day, Day)> = rows.iter().map(|row| (row.valid_from, row.valid_to)).collect();
        match place(&days, new.from) {
            Place::Taken => return Err(Problem::field("from", Said::new("dossiers-day-taken").with("day", new.from))),
            Place::After(before, until) => {
                if let Some(row) = before.and_then(|at| rows.get(at)) {
                    shorten(op, person, row, new.from)?;
                }
                new.to = until;
            }
        }
    }
    let item = op.fresh();
    write(op, (person, item), part.code, (&new, &new.secret), "")?;
    let fields: Vec<&String> = new.shown.keys().chain(new.secret.keys()).collect();
    let detail = json!({ "part": part.code, "item": item.to_string(), "from": new.from.iso(), "fields": fields });
    record(op, person, unit, "dossier-item-added", &detail);
    Ok(item)
}

/// The same row, until a day.
fn shorten(op: &mut Op<'_, '_>, person: Id<Person>, row: &ItemRow, to: Day) -> Result<(), Problem> {
    let secret = opened(op.keys(), person, row)?;
    let draft = Draft { to, ..draft(row)? };
    supersede(op, person, row)?;
    write(op, (person, row.item_id), &row.part, (&draft, &secret), &row.consent)
}

fn supersede(op: &mut Op<'_, '_>, person: Id<Person>, row: &ItemRow) -> Result<(), Problem> {
    let now = op.now();
    if store::supersede_item(op.tx(), person, row.item_id, row.recorded_at, now, Moment::FOREVER)? == 0 {
        return Err(Problem::Conflict(Said::new("dossiers-changed-since")));
    }
    Ok(())
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub struct Change {
    /// When the version that was looked at was written.
    pub seen: Moment,
    /// The new content; empty secret fields keep what is stored.
    pub draft: Draft,
    /// Number of the committee's written consent (DOS-01).
    pub consent: String,
}

/// The version of a row believed now.
fn current(op: &mut Op<'_, '_>, person: Id<Person>, item: Id<Item>, seen: Moment) -> Result<ItemRow, Problem> {
    let row = store::versions_of(op.tx(), person, item)?.pop().ok_or(Problem::NotFound)?;
    if row.superseded_at != Moment::FOREVER || row.recorded_at != seen {
        return Err(Problem::Conflict(Said::new("dossiers-changed-since")));
    }
    Ok(row)
}

fn consented(op: &Op<'_, '_>, consent: &str) -> Result<(), Problem> {
    if Terms::on(op.today())?.consent && consent.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(Problem::Refused(vec![issue("consent", Some("DOS-01"), "dossiers-consent-needed")]));
    }
    Ok(())
}

/// Corrects a row. Saying that something ended needs no consent, everything else does (DOS-01).
///
/// # Errors
/// A refusal without consent; a conflict when somebody was faster; absent when the member is out of reach.
pub fn correct(op: &mut Op<'_, '_>, person: Id<Person>, item: Id<Item>, change: &Change) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let row = current(op, person, item, change.seen)?;
    let part = Part::of(&row.part).ok_or_else(|| Problem::fault(format!("a part {}", row.part)))?;
    let before = draft(&row)?;
    let mut after = change.draft.clone();
    if part.when == When::Since {
        // Where a row ends follows from the next one.
        after.to = before.to;
        let rows = store::items_of(op.tx(), person)?;
        let others = part_rows(&rows, part).into_iter().filter(|other| other.item_id != item);
        let fits = |other: &ItemRow| other.valid_to <= after.from || after.to <= other.valid_from;
        if after.from >= after.to || !others.into_iter().all(fits) {
            let said = Said::new("dossiers-day-taken").with("day", after.from);
            return Err(Problem::Refused(vec![Issue { field: Some("from".to_owned()), rule: None, said }]));
        }
    }
    if is_correction(&before, &after) {
        consented(op, &change.consent)?;
    }
    let mut secret = opened(op.keys(), person, &row)?;
    let fields: Vec<String> =
        changed(&before.shown, &after.shown).into_iter().chain(after.secret.keys().cloned()).collect();
    secret.extend(after.secret.clone());
    supersede(op, person, &row)?;
    write(op, (person, item), part.code, (&after, &secret), &change.consent)?;
    let detail = json!({
        "part": part.code, "item": item.to_string(), "fields": fields, "from": after.from.iso(), "to": after.to.iso(),
        "consent": change.consent,
    });
    record(op, person, unit, "dossier-item-corrected", &detail);
    Ok(())
}

fn changed(before: &Values, after: &Values) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    all.into_iter().filter(|code| before.get(*code) != after.get(*code)).cloned().collect()
}

/// Takes a row out that should never have been there, with consent; it stays in the history (DOS-01).
///
/// # Errors
/// As [`correct`].
pub fn retract(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    item: Id<Item>,
    (seen, consent): (Moment, &str),
) -> Result<(), Problem> {
    let unit = at_home(op, person, Permission::EditMembers)?;
    let row = current(op, person, item, seen)?;
    consented(op, consent)?;
    supersede(op, person, &row)?;
    let detail = json!({ "part": row.part, "item": item.to_string(), "consent": consent });
    record(op, person, unit, "dossier-item-retracted", &detail);
    Ok(())
}

/// Opens one secret field of a row for a stated reason; the opening itself is what is recorded.
///
/// # Errors
/// A refusal without a reason; denied or absent without the right.
pub fn reveal(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    item: Id<Item>,
    (field, why): (&str, &str),
) -> Result<String, Problem> {
    let unit = at_home(op, person, Permission::RevealSecrets)?;
    let versions = store::versions_of(op.tx(), person, item)?;
    let row = versions.last().filter(|row| row.superseded_at == Moment::FOREVER).ok_or(Problem::NotFound)?;
    if !codes(&row.filled).contains(&field) {
        return Err(Problem::NotFound);
    }
    let reason = reason(why)?;
    let value = opened(op.keys(), person, row)?.remove(field).unwrap_or_default();
    let detail = json!({ "part": row.part, "item": item.to_string(), "field": field, "reason": reason });
    record(op, person, unit, "dossier-secret-revealed", &detail);
    Ok(value)
}

/// Opens every secret field of the sheet for printing; one entry names all of them.
///
/// # Errors
/// As [`reveal`].
pub fn reveal_all(op: &mut Op<'_, '_>, person: Id<Person>, why: &str) -> Result<Vec<(Id<Item>, Values)>, Problem> {
    let unit = at_home(op, person, Permission::RevealSecrets)?;
    op.permit(Permission::Export, unit)?;
    let reason = reason(why)?;
    let rows = store::items_of(op.tx(), person)?;
    let (mut all, mut fields) = (Vec::new(), std::collections::BTreeSet::new());
    for row in rows.iter().filter(|row| row.superseded_at == Moment::FOREVER && !row.sealed.is_empty()) {
        fields.extend(codes(&row.filled).into_iter().map(|field| format!("{}.{field}", row.part)));
        all.push((row.item_id, opened(op.keys(), person, row)?));
    }
    record(op, person, unit, "dossier-sheet-opened", &json!({ "fields": fields, "reason": reason }));
    Ok(all)
}

/// A row for [`load`].
#[derive(Clone, Debug)]
pub struct NewRow {
    /// Whose.
    pub person: Id<Person>,
    /// Of which part.
    pub part: &'static str,
    /// What.
    pub draft: Draft,
}

/// Writes many rows at once, without looking at what is there: for old data and demonstrations.
///
/// # Errors
/// What sealing or the database gives.
pub fn load(op: &mut Op<'_, '_>, rows: &[NewRow]) -> Result<(), Problem> {
    struct Ready<'r> {
        row: &'r NewRow,
        item: Id<Item>,
        shown: String,
        sealed: Vec<u8>,
        filled: String,
    }
    let mut ready = Vec::with_capacity(rows.len());
    for row in rows {
        let item = op.fresh();
        let sealed = seal(op.keys(), &about(row.person, item), &row.draft.secret, op.random())?;
        let shown = serde_json::to_string(&row.draft.shown).map_err(Problem::fault)?;
        let filled = row.draft.secret.keys().map(String::as_str).collect::<Vec<_>>().join(",");
        ready.push(Ready { row, item, shown, sealed, filled });
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    let values = ready.iter().map(|one| {
        let Ready { row, item, shown, sealed, filled } = one;
        [
            row.person.value(),
            item.value(),
            now.value(),
            Value::Text(row.part),
            row.draft.from.value(),
            row.draft.to.value(),
            Value::Int(i64::MAX),
            Value::Text(shown),
            Value::Bytes(sealed),
            Value::Text(filled),
            Value::Text(""),
            Value::Text(&by),
        ]
    });
    store::load_items(op.tx(), values).map(drop)
}
