//! The only writer of the members' dated tables: new members in bulk, amendments one by one.

mod restate;
mod sealing;
pub use restate::restate;
pub use sealing::{secrets_of, tuck};

use chibo_kernel::{Dated, Day, Id, Moment, Period, Person, Problem, Timeline, Unit};
use chibo_store::{Op, Param, Tx, Value};

use crate::rules::product::{Fact, Lines};
use crate::rules::{Field, NewMember, Secrets, identity};
use crate::store::{self, Import};

/// A member ready to be written: facts, identifier, sealed fields. Imports use the same entries again and again.
pub struct Entry {
    /// Identifier.
    pub id: Id<Person>,
    /// Facts.
    pub member: NewMember,
    /// Sealed secrets.
    pub sealed: Vec<u8>,
    /// Keyed hash of the identity number, when there is one.
    pub key: Option<[u8; 32]>,
}

impl Entry {
    /// Facts that are not sealed yet.
    pub fn unsealed(member: NewMember) -> Self {
        Self { id: Id::from_bytes([0; 16]), member, sealed: Vec::new(), key: None }
    }

    /// Seals the member's secrets under a new identifier; may run on another thread than the one that writes.
    pub fn seal(&mut self, keys: &chibo_store::Keys, id: Id<Person>, nonce: [u8; 24]) -> Result<(), Problem> {
        let secrets = &mut self.member.secrets;
        self.id = id;
        self.sealed.clear();
        if *secrets != Secrets::default() {
            serde_json::to_writer(&mut self.sealed, secrets).map_err(Problem::fault)?;
            keys.seal_in_place(&mut self.sealed, id.bytes(), nonce)?;
        }
        self.key = identity_key(keys, &secrets.identity);
        // What is written beside the sealed copy is only the hint.
        secrets.identity = identity::hint(&secrets.identity);
        let Secrets { phone, residence, email, health, policy_family, .. } = secrets;
        [phone, residence, email, health, policy_family].into_iter().for_each(String::clear);
        Ok(())
    }
}

/// A new member as an entry.
pub fn seal(keys: &chibo_store::Keys, id: Id<Person>, member: NewMember, nonce: [u8; 24]) -> Result<Entry, Problem> {
    let mut entry = Entry::unsealed(member);
    entry.seal(keys, id, nonce)?;
    Ok(entry)
}

/// The sealed form of a person's secrets; empty when there are none.
pub fn seal_secrets(
    keys: &chibo_store::Keys,
    id: Id<Person>,
    secrets: &Secrets,
    nonce: [u8; 24],
) -> Result<Vec<u8>, Problem> {
    if *secrets == Secrets::default() {
        return Ok(Vec::new());
    }
    let plain = serde_json::to_vec(secrets).map_err(Problem::fault)?;
    keys.seal(&plain, id.bytes(), nonce)
}

/// Opens a person's secrets.
pub fn open_secrets(keys: &chibo_store::Keys, id: Id<Person>, sealed: &[u8]) -> Result<Secrets, Problem> {
    if sealed.is_empty() {
        return Ok(Secrets::default());
    }
    serde_json::from_slice(&keys.open(sealed, id.bytes())?).map_err(Problem::fault)
}

/// The keyed hash an identity number is kept unique by.
pub fn identity_key(keys: &chibo_store::Keys, number: &str) -> Option<[u8; 32]> {
    (!number.is_empty()).then(|| keys.lookup(format!("identity {number}").as_bytes()))
}

/// Writes new members, all recorded now unless a member says otherwise. A taken identity number is a conflict.
pub fn add(tx: &mut Tx<'_>, entries: &[Entry], import: Option<Id<Import>>, now: Moment) -> Result<(), Problem> {
    add_rows(tx, entries, import, now)?;
    add_keys(tx, &mut entries.iter().filter_map(|e| Some((e.key?, e.id))).collect::<Vec<_>>())
}

/// Writes the identity numbers of new members, in the order in which the table is kept.
pub fn add_keys(tx: &mut Tx<'_>, keys: &mut [([u8; 32], Id<Person>)]) -> Result<(), Problem> {
    keys.sort_unstable();
    store::add_keys(tx, keys.iter().map(|(key, id)| [Value::Bytes(key), id.value()])).map(drop)
}

/// Writes new members without their identity numbers.
pub fn add_rows(tx: &mut Tx<'_>, entries: &[Entry], import: Option<Id<Import>>, now: Moment) -> Result<(), Problem> {
    store::add_persons(
        tx,
        entries.iter().map(|e| person_values(e, &import, now)).collect::<Vec<_>>().iter().map(Values::row),
    )?;
    let mut dated: Vec<DatedRow<'_>> = Vec::with_capacity(entries.len() * 4);
    for entry in entries {
        let postings = &entry.member.postings;
        spans(postings, |p| p.1, |p, from, to| push(&mut dated, entry, now, (from, to), 0, p.0.value()));
    }
    store::add_postings(tx, dated.iter().map(DatedRow::values))?;
    dated.clear();
    for entry in entries {
        let standings = &entry.member.standings;
        spans(standings, |s| s.1, |s, from, to| push(&mut dated, entry, now, (from, to), 0, s.0.value()));
    }
    store::add_standings(tx, dated.iter().map(DatedRow::values))?;
    dated.clear();
    for entry in entries {
        for field in Field::ALL {
            let number = i64::from(field.number());
            levels(entry, field, |level, from, to| push(&mut dated, entry, now, (from, to), number, level.value()));
        }
    }
    store::add_attainments(tx, dated.iter().map(DatedRow::values_with_field))?;
    Ok(())
}

/// Walks the levels of one field of a new member.
fn levels<'e>(entry: &'e Entry, field: Field, mut take: impl FnMut(&'e u8, Day, Day)) {
    let all = &entry.member.attainments;
    for (at, (_, level, from)) in all.iter().enumerate().filter(|(_, line)| line.0 == field) {
        let next = all[at + 1..].iter().find(|line| line.0 == field);
        let to = next.map_or(Day::FOREVER, |line| line.2);
        if *from < to {
            take(level, *from, to);
        }
    }
}

/// One row of a line of a new member.
fn push<'e>(
    rows: &mut Vec<DatedRow<'e>>,
    entry: &'e Entry,
    now: Moment,
    days: (Day, Day),
    field: i64,
    value: Value<'e>,
) {
    written(entry.member.recorded, now, days, |recorded, to, superseded| {
        rows.push(DatedRow {
            id: &entry.id,
            field,
            recorded: recorded.0,
            from: i64::from(days.0.number()),
            to: i64::from(to.number()),
            superseded: superseded.0,
            value,
        });
    });
}

/// How a span is written down: recorded at, until which day, superseded at. Old data says when it was first known as a
/// whole; what began later was known when it began, and until something ended it was believed to go on: then two rows
/// are written.
fn written(old: Option<Moment>, now: Moment, (from, to): (Day, Day), mut row: impl FnMut(Moment, Day, Moment)) {
    let known = old.map_or(now, |known| known.max(Moment::start_of(from)));
    let ended = Moment::start_of(to);
    if old.is_some() && to != Day::FOREVER && ended > known {
        row(known, Day::FOREVER, ended);
        row(ended, to, Moment::FOREVER);
    } else {
        row(known, to, Moment::FOREVER);
    }
}

/// The lines of a new member as the columns take them; `no` numbers the units.
pub(crate) fn lines(entry: &Entry, now: Moment, no: impl Fn(Id<Unit>) -> Option<u32>, lines: &mut Lines) {
    let member = &entry.member;
    let put = |line: &mut Vec<Fact>, days: (Day, Day), value: u32| {
        written(member.recorded, now, days, |recorded, to, superseded| {
            line.push(Fact { from: days.0, to, recorded, superseded, value });
        });
    };
    lines.clear();
    spans(
        &member.postings,
        |p| p.1,
        |p, from, to| {
            no(p.0).into_iter().for_each(|unit| put(&mut lines.postings, (from, to), unit));
        },
    );
    spans(&member.standings, |s| s.1, |s, from, to| put(&mut lines.standings, (from, to), u32::from(s.0)));
    for (field, line) in Field::ALL.into_iter().zip(&mut lines.levels) {
        levels(entry, field, |level, from, to| put(line, (from, to), u32::from(*level)));
    }
}

const FOREVER: Value<'static> = Value::Int(i64::MAX);

struct DatedRow<'e> {
    id: &'e Id<Person>,
    field: i64,
    recorded: i64,
    from: i64,
    to: i64,
    superseded: i64,
    value: Value<'e>,
}

impl DatedRow<'_> {
    fn values(&self) -> [Value<'_>; 6] {
        let int = Value::Int;
        [self.id.value(), int(self.recorded), int(self.from), int(self.to), int(self.superseded), self.value]
    }

    fn values_with_field(&self) -> [Value<'_>; 7] {
        let [id, recorded, from, to, superseded, value] = self.values();
        [id, Value::Int(self.field), recorded, from, to, superseded, value]
    }
}

/// Walks rows given by first days: each lasts until the next, the last for ever; empty spans are dropped.
fn spans<'r, R>(rows: &'r [R], from: impl Fn(&R) -> Day, mut take: impl FnMut(&'r R, Day, Day)) {
    for (index, row) in rows.iter().enumerate() {
        let to = rows.get(index + 1).map_or(Day::FOREVER, &from);
        if from(row) < to {
            take(row, from(row), to);
        }
    }
}

struct Values<'e> {
    entry: &'e Entry,
    import: &'e Option<Id<Import>>,
    recorded: i64,
}

fn person_values<'e>(entry: &'e Entry, import: &'e Option<Id<Import>>, now: Moment) -> Values<'e> {
    Values { entry, import, recorded: entry.member.recorded.unwrap_or(now).0 }
}

impl Values<'_> {
    fn row(&self) -> [Value<'_>; 30] {
        let m = &self.entry.member;
        let part = |i: usize| m.parts.as_ref().map_or(Value::Null, |p| Value::Text(&p[i]));
        [
            self.entry.id.value(),
            m.name.value(),
            part(0),
            part(1),
            part(2),
            m.other_name.value(),
            m.birth.as_ref().map_or(Value::Null, Param::value),
            m.birth_precision.value(),
            m.sex.value(),
            m.ethnicity.value(),
            m.religion.value(),
            m.birth_place.value(),
            m.home_town.value(),
            m.job_title.value(),
            m.workplace.value(),
            m.file_no.value(),
            m.academic_title.value(),
            m.languages.value(),
            m.informatics.value(),
            // Sealed since: the columns of before stay empty.
            Value::Text(""),
            Value::Text(""),
            m.admitted.as_ref().map_or(Value::Null, Param::value),
            m.admission_decision.value(),
            m.introducers.value(),
            m.official.as_ref().map_or(Value::Null, Param::value),
            Value::Bytes(&self.entry.sealed),
            m.secrets.identity.value(),
            self.import.as_ref().map_or(Value::Null, Param::value),
            Value::Int(1),
            Value::Int(self.recorded),
        ]
    }
}

/// The moment of an amendment: never one at which something of the same line was recorded already, so that two amendments of
/// one act both stand, in their order.
pub(crate) fn after(now: Moment, recorded: impl Iterator<Item = Moment>) -> Moment {
    recorded.max().map_or(now, |last| now.max(Moment(last.0.saturating_add(1))))
}

/// Moves a member: from `valid` on (or during it) he belongs to `unit`.
pub fn amend_posting(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    valid: Period,
    unit: Option<Id<Unit>>,
) -> Result<(), Problem> {
    let rows = store::postings(op.tx(), id)?;
    let now = after(op.now(), rows.iter().map(|row| row.recorded_at));
    let rows = rows.into_iter().map(|r| dated(r.valid_from, r.valid_to, r.recorded_at, r.superseded_at, r.unit_id));
    let mut line = Timeline::from_rows(rows.flatten().collect());
    let change = line.amend(valid, unit, now);
    for row in &change.closed {
        store::close_posting(op.tx(), id, row.recorded, row.valid.from(), now)?;
    }
    let values = |r: &Dated<Id<Unit>>| (r.valid.from(), r.valid.to(), r.value);
    let added: Vec<_> = change.added.iter().map(values).collect();
    store::add_postings(
        op.tx(),
        added.iter().map(|(from, to, unit)| [id.value(), now.value(), from.value(), to.value(), FOREVER, unit.value()]),
    )?;
    Ok(())
}

/// From then on the member's standing is this.
pub fn amend_standing(op: &mut Op<'_, '_>, id: Id<Person>, valid: Period, standing: u8) -> Result<(), Problem> {
    let rows = store::standings(op.tx(), id)?;
    let now = after(op.now(), rows.iter().map(|row| row.recorded_at));
    let rows = rows.into_iter().map(|r| dated(r.valid_from, r.valid_to, r.recorded_at, r.superseded_at, r.standing));
    let mut line = Timeline::from_rows(rows.flatten().collect());
    let change = line.amend(valid, Some(standing), now);
    for row in &change.closed {
        store::close_standing(op.tx(), id, row.recorded, row.valid.from(), now)?;
    }
    let added: Vec<_> = change.added.iter().map(|r| (r.valid.from(), r.valid.to(), r.value)).collect();
    store::add_standings(
        op.tx(),
        added
            .iter()
            .map(|(from, to, value)| [id.value(), now.value(), from.value(), to.value(), FOREVER, value.value()]),
    )?;
    Ok(())
}

/// From then on the level of one field is this.
pub fn amend_attainment(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    field: Field,
    valid: Period,
    level: u8,
) -> Result<(), Problem> {
    let mut rows = store::attainments(op.tx(), id)?;
    rows.retain(|row| row.field == field.number());
    let now = after(op.now(), rows.iter().map(|row| row.recorded_at));
    let rows = rows.into_iter().map(|r| dated(r.valid_from, r.valid_to, r.recorded_at, r.superseded_at, r.level));
    let mut line = Timeline::from_rows(rows.flatten().collect());
    let change = line.amend(valid, Some(level), now);
    for row in &change.closed {
        store::close_attainment(op.tx(), id, field.number(), row.recorded, row.valid.from(), now)?;
    }
    let number = field.number();
    let added: Vec<_> = change.added.iter().map(|r| (r.valid.from(), r.valid.to(), r.value)).collect();
    store::add_attainments(
        op.tx(),
        added.iter().map(|(from, to, value)| {
            [id.value(), number.value(), now.value(), from.value(), to.value(), FOREVER, value.value()]
        }),
    )?;
    Ok(())
}

fn dated<V>(from: Day, to: Day, recorded: Moment, superseded: Moment, value: V) -> Option<Dated<V>> {
    Period::new(from, to).map(|valid| Dated { valid, recorded, superseded, value })
}
