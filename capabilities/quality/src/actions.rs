//! What is done at the desk.

pub mod merge;
pub mod reconcile;

use std::collections::{HashMap, HashSet};

use chibo_kernel::{AsOf, Day, Id, Moment, Permission, Person, Problem, Said, Unit};
use chibo_members::each_dossier;
use chibo_organisation::{holders_on, landscape_within, lives_of};
use chibo_store::{Entry, Op, Param, Tx, Value};
use serde_json::json;

use crate::jobs::{CHECK, Order};
use crate::rules::{Doubles, Look, Tally, Terms, found, home};
use crate::store::{self, Campaign};

/// Longest campaign, days.
const LONGEST: i32 = 60;

/// Asks for a run over the register.
///
/// # Errors
/// Denied without the right to edit members of the unit.
pub fn order(op: &mut Op<'_, '_>, unit: Id<Unit>) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let by = op.viewer().name.clone();
    let order = serde_json::to_string(&Order { by }).map_err(Problem::fault)?;
    op.enqueue(CHECK, &order, Some(unit))?;
    Ok(())
}

/// Half past one in the night, ms after midnight.
const AT_NIGHT: i64 = 90 * 60_000;

/// Puts the run of the coming night on the list.
///
/// # Errors
/// Problems of the database.
pub fn tonight(op: &mut Op<'_, '_>, unit: Option<Id<Unit>>) -> Result<(), Problem> {
    let at = Moment::start_of(op.today().plus_days(1)).plus_ms(AT_NIGHT);
    let order = serde_json::to_string(&Order { by: String::new() }).map_err(Problem::fault)?;
    op.enqueue_after(CHECK, &order, unit, at).map(drop)
}

/// What a run sees: where each record is kept, and what is wrong with it.
pub struct Seen {
    /// Members looked at.
    pub members: u64,
    findings: HashMap<(Id<Person>, &'static str), Id<Unit>>,
    tally: Tally,
}

/// Looks over all members; what the checks find of those who belong somewhere.
///
/// # Errors
/// Problems of the database, and what `progress` gives.
pub fn look(
    tx: &mut Tx<'_>,
    today: Day,
    mut progress: impl FnMut(u64) -> Result<(), Problem>,
) -> Result<Seen, Problem> {
    let terms = Terms::on(today)?;
    let mut holders = HashSet::new();
    holders_on(tx, AsOf::on(today), |_, person, _| {
        holders.insert(person);
        Ok(())
    })?;
    let look = Look::of(&landscape_within(tx, today)?).with(lives_of(tx)?, holders);
    let (mut doubles, mut homes) = (Doubles::default(), HashMap::new());
    let mut seen = Seen { members: 0, findings: HashMap::new(), tally: Tally::new() };
    each_dossier(tx, |dossier| {
        seen.members += 1;
        if seen.members.is_multiple_of(10_000) {
            progress(seen.members)?;
        }
        let Some(unit) = home(dossier, today) else { return Ok(()) };
        doubles.add(dossier);
        homes.insert(dossier.profile.person_id, unit);
        for check in found(dossier, &look, &terms) {
            seen.findings.insert((dossier.profile.person_id, check.code), unit);
        }
        Ok(())
    })?;
    let apart = store::all_apart(tx)?.into_iter().map(|row| (row.person_id, row.other_id)).collect();
    for (person, code) in doubles.found(&apart) {
        seen.findings.extend(homes.get(&person).map(|unit| ((person, code), *unit)));
    }
    for (_, code) in seen.findings.keys() {
        *seen.tally.entry(code).or_default() += 1;
    }
    Ok(seen)
}

/// Notes what is new and what is no more; gives both numbers.
///
/// # Errors
/// Problems of the database.
pub fn note(op: &mut Op<'_, '_>, seen: &Seen, by: &str) -> Result<(u64, u64), Problem> {
    let (today, now) = (op.today(), op.now());
    let mut left = seen.findings.clone();
    let mut open = Vec::new();
    store::open(op.tx(), Day::FOREVER, |row| {
        open.push(row);
        Ok(())
    })?;
    let mut closed = 0;
    for row in open {
        let key = crate::rules::check_of(&row.code).map(|check| (row.person_id, check.code));
        match key.and_then(|key| left.remove(&key)) {
            None => {
                store::close(op.tx(), row.person_id, &row.code, row.seen_on, today)?;
                closed += 1;
            }
            Some(unit) if unit != row.unit_id => {
                store::moved(op.tx(), row.person_id, &row.code, row.seen_on, unit)?;
            }
            Some(_) => {}
        }
    }
    let mut fresh = Vec::new();
    let closed_today = store::closed_on(op.tx(), today)?.unwrap_or(0) > 0;
    for ((person, code), unit) in left {
        // Mended and wrong again on one day is one finding.
        if !closed_today || store::again(op.tx(), person, code, today, Day::FOREVER, unit)? == 0 {
            fresh.push((person, code, unit));
        }
    }
    fresh.sort_unstable();
    let rows = fresh.iter().map(|(person, code, unit)| {
        [person.value(), Value::Text(code), today.value(), Day::FOREVER.value(), unit.value()]
    });
    store::bulk_findings(op.tx(), rows)?;
    let found = fresh.len() as u64;
    let int = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    store::insert_run(op.tx(), now, int(seen.members), int(found), int(closed), by)?;
    let counts = seen.tally.iter().map(|(code, count)| [now.value(), Value::Text(code), Value::Int(int(*count))]);
    store::bulk_counts(op.tx(), counts)?;
    Ok((found, closed))
}

/// A campaign to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCampaign {
    /// Whose records.
    pub unit: Id<Unit>,
    /// What it is called.
    pub title: String,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Findings now, by the caller's count.
    pub opened: u32,
}

/// Begins a campaign.
///
/// # Errors
/// Refusals by field; denied without the right to edit members of the unit.
pub fn campaign(op: &mut Op<'_, '_>, new: &NewCampaign) -> Result<Id<Campaign>, Problem> {
    op.permit(Permission::EditMembers, new.unit)?;
    if new.title.is_empty() {
        return Err(Problem::field("title", Said::new("quality-campaign-title-empty")));
    }
    if new.ends_on < new.starts_on || new.ends_on > new.starts_on.plus_days(LONGEST) {
        return Err(Problem::field("ends", Said::new("quality-campaign-days").with("most", LONGEST)));
    }
    let (id, now, by) = (op.fresh(), op.now(), op.viewer().name.clone());
    let NewCampaign { unit, title, starts_on, ends_on, opened } = new;
    store::insert_campaign(op.tx(), id, *unit, title, *starts_on, *ends_on, i64::from(*opened), now, &by)?;
    let detail = json!({ "title": title, "from": starts_on.iso(), "to": ends_on.iso(), "open": opened }).to_string();
    let (stream, unit) = (*unit.bytes(), Some(*unit));
    op.record(Entry { stream, action: "quality-campaign-begun", unit, subject: Some(*id.bytes()), detail });
    Ok(id)
}
