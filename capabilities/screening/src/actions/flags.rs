//! Facts of other capabilities become flags; people raise a ground from the closed list.

use std::collections::HashMap;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Moment, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_store::{Op, Param, Tx, Value};
use chibo_web::SignalSource;
use serde_json::json;

use super::record;
use crate::jobs::{LOOK, Order};
use crate::rules::{FLAG_RULES, Ground, is_number};
use crate::store::{self, FlagRow, GroundRow};

/// Asks for a run over the register.
///
/// # Errors
/// Denied without the right to edit members of the unit.
pub fn order(op: &mut Op<'_, '_>, unit: Id<Unit>) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let by = op.viewer().name.clone();
    let order = serde_json::to_string(&Order { by }).map_err(Problem::fault)?;
    op.enqueue(LOOK, &order, Some(unit)).map(drop)
}

/// Two in the night, ms after midnight.
const AT_NIGHT: i64 = 120 * 60_000;

/// Puts the run of the coming night on the list.
///
/// # Errors
/// Problems of the database.
pub fn tonight(op: &mut Op<'_, '_>, unit: Option<Id<Unit>>) -> Result<(), Problem> {
    let at = Moment::start_of(op.today().plus_days(1)).plus_ms(AT_NIGHT);
    let order = serde_json::to_string(&Order { by: String::new() }).map_err(Problem::fault)?;
    op.enqueue_after(LOOK, &order, unit, at).map(drop)
}

/// A fact, with where the member is at home.
struct Fact {
    unit: Id<Unit>,
    key: &'static str,
    args: String,
    href: String,
}

/// What a run sees.
#[derive(Default)]
pub struct Seen {
    /// Signals of members, of rules this capability knows.
    pub signals: u64,
    facts: HashMap<(Id<Person>, &'static str, Day), Fact>,
}

/// A rule a flag can carry.
fn known(rule: &str) -> Option<&'static str> {
    FLAG_RULES.into_iter().find(|known| *known == rule)
}

/// Where a member is at home; nothing for who is none any more.
fn home(census: &Census, person: Id<Person>, today: Day) -> Option<Id<Unit>> {
    let view = census.view(today);
    let (unit, codes) = view.person(view.no(person)?)?.today?;
    Standing::from_number(codes.standing).filter(|standing| standing.counts_as_member())?;
    view.forest().id(unit)
}

/// Asks every source for its signals.
///
/// # Errors
/// What the sources give.
pub fn look(tx: &mut Tx<'_>, census: &Census, today: Day, sources: &[SignalSource]) -> Result<Seen, Problem> {
    let mut seen = Seen::default();
    for source in sources {
        (source.find)(tx, today, &mut |signal| {
            let rule = known(signal.rule);
            if let Some((rule, unit)) = rule.zip(home(census, signal.person, today)) {
                seen.signals += 1;
                let args = serde_json::to_string(&signal.said.args).unwrap_or_default();
                let fact = Fact { unit, key: signal.said.key, args, href: signal.href };
                seen.facts.insert((signal.person, rule, signal.since), fact);
            }
        })?;
    }
    Ok(seen)
}

/// Notes what is new and closes what is gone; gives both numbers. Nothing else follows from it.
///
/// # Errors
/// Problems of the database.
pub fn note(op: &mut Op<'_, '_>, seen: &Seen, by: &str) -> Result<(u64, u64), Problem> {
    let (today, now) = (op.today(), op.now());
    let mut left: HashMap<_, _> = seen.facts.iter().collect();
    let mut open = Vec::new();
    store::open_flags(op.tx(), Day::FOREVER, |row| {
        open.push(row);
        Ok(())
    })?;
    let mut closed = 0;
    for row in open {
        let fact = known(&row.rule).and_then(|rule| left.remove(&(row.person_id, rule, row.since)));
        match fact {
            None => {
                store::close_flag(op.tx(), row.person_id, &row.rule, row.since, row.seen_on, today)?;
                closed += 1;
            }
            Some(fact) if told_otherwise(&row, fact) => retell(op, &row, fact)?,
            Some(_) => {}
        }
    }
    // Gone and back on one day is one flag.
    let mut again = Vec::new();
    store::open_flags(op.tx(), today, |row| {
        again.extend((row.seen_on <= today).then_some(row));
        Ok(())
    })?;
    for row in again.iter().rev() {
        let fact = known(&row.rule).and_then(|rule| left.remove(&(row.person_id, rule, row.since)));
        fact.map_or(Ok(()), |fact| retell(op, row, fact))?;
    }
    let mut fresh: Vec<_> = left.into_iter().collect();
    fresh.sort_unstable_by_key(|(key, _)| **key);
    let rows = fresh.iter().map(|((person, rule, since), fact)| {
        let (key, args, href) = (Value::Text(fact.key), Value::Text(&fact.args), Value::Text(&fact.href));
        let (forever, unit) = (Day::FOREVER.value(), fact.unit.value());
        [person.value(), Value::Text(rule), since.value(), today.value(), forever, unit, key, args, href]
    });
    store::bulk_flags(op.tx(), rows)?;
    let found = fresh.len() as u64;
    let int = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    store::insert_run(op.tx(), now, int(seen.signals), int(found), int(closed), by)?;
    Ok((found, closed))
}

fn told_otherwise(row: &FlagRow, fact: &Fact) -> bool {
    row.unit_id != fact.unit || row.said_key != fact.key || row.said_args != fact.args || row.href != fact.href
}

fn retell(op: &mut Op<'_, '_>, row: &FlagRow, fact: &Fact) -> Result<(), Problem> {
    let Fact { unit, key, args, href } = fact;
    let (person, since, seen) = (row.person_id, row.since, row.seen_on);
    store::retell_flag(op.tx(), person, &row.rule, since, seen, Day::FOREVER, *unit, key, args, href).map(drop)
}

/// Raises a ground by hand, or lifts it: from the closed list, with the number and the day of the document behind it.
///
/// # Errors
/// Refusals by field; a conflict when it stands so already; absent when the member is out of reach.
pub fn raise(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    (ground, raised): (Ground, bool),
    (number, on): (&str, Day),
) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    if !is_number(number) {
        return Err(Problem::field("evidence", Said::new("screening-number-needed")));
    }
    if on > op.today() {
        return Err(Problem::field("evidenced", Said::new("screening-day-to-come")));
    }
    let rows = store::grounds_of(op.tx(), person)?;
    let stands = raised_grounds(&rows).iter().any(|row| row.ground == ground.code());
    if stands == raised {
        return Err(Problem::Conflict(Said::new("screening-ground-already")));
    }
    let seq = rows.last().map_or(0, |row| row.seq) + 1;
    let (now, by, code) = (op.now(), op.viewer().name.clone(), ground.code());
    store::insert_ground(op.tx(), person, seq, code, u8::from(raised), number, on, now, &by)?;
    // The log is read by more people than flags are: it says which row, not what it says of the member.
    let detail = json!({ "row": seq });
    record(op, *person.bytes(), unit, "screen-ground", &detail);
    Ok(())
}

/// Grounds that stand, of one member's rows in order.
fn raised_grounds(rows: &[GroundRow]) -> Vec<&GroundRow> {
    let last = |row: &&GroundRow| !rows.iter().any(|more| more.ground == row.ground && more.seq > row.seq);
    rows.iter().filter(last).filter(|row| row.raised == 1).collect()
}

/// A flag that is open, found or raised by hand.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Whose.
    pub person: Id<Person>,
    /// By which rule.
    pub rule: &'static str,
    /// The day of the fact, or of the document.
    pub since: Day,
    /// First seen, or written down.
    pub seen: Day,
    /// The fact, as kept: key and arguments; `None` for a ground raised by hand.
    pub said: Option<(String, Vec<(String, String)>)>,
    /// The ground raised by hand with the number of its document.
    pub ground: Option<(Ground, String)>,
    /// Where the evidence is; empty for a ground raised by hand.
    pub href: String,
}

fn found(row: FlagRow) -> Option<Flag> {
    let args = serde_json::from_str(&row.said_args).unwrap_or_default();
    Some(Flag {
        person: row.person_id,
        rule: known(&row.rule)?,
        since: row.since,
        seen: row.seen_on,
        said: Some((row.said_key, args)),
        ground: None,
        href: row.href,
    })
}

fn by_hand(row: &GroundRow) -> Option<Flag> {
    let ground = Ground::from_code(&row.ground)?;
    Some(Flag {
        person: row.person_id,
        rule: ground.rule(),
        since: row.on_day,
        seen: row.recorded_at.day(),
        said: None,
        ground: Some((ground, row.number.clone())),
        href: String::new(),
    })
}

/// Every flag that is open, in the order of members.
///
/// # Errors
/// Problems of the database.
pub fn open_flags(tx: &mut Tx<'_>) -> Result<Vec<Flag>, Problem> {
    let mut flags = Vec::new();
    store::open_flags(tx, Day::FOREVER, |row| {
        flags.extend(found(row));
        Ok(())
    })?;
    let mut one: Vec<GroundRow> = Vec::new();
    let mut close = |rows: &mut Vec<GroundRow>| {
        flags.extend(raised_grounds(rows).into_iter().filter_map(by_hand));
        rows.clear();
    };
    store::grounds(tx, |row| {
        if one.last().is_some_and(|last| last.person_id != row.person_id) {
            close(&mut one);
        }
        one.push(row);
        Ok(())
    })?;
    close(&mut one);
    flags.sort_by_key(|flag| (flag.person, flag.rule, flag.since));
    Ok(flags)
}

/// Open flags of one member.
///
/// # Errors
/// Problems of the database.
pub fn open_flags_of(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Flag>, Problem> {
    let rows = store::flags_of(tx, person)?.into_iter().filter(|row| row.closed_on == Day::FOREVER);
    let mut flags: Vec<Flag> = rows.filter_map(found).collect();
    flags.extend(raised_grounds(&store::grounds_of(tx, person)?).into_iter().filter_map(by_hand));
    Ok(flags)
}
