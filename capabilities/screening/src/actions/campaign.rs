//! A campaign is opened, branches report their plans, and members without flags are found fit together (SCR-01).

use std::collections::HashSet;

use chibo_census::cube::ListOrder;
use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::dims::member_standings;
use chibo_store::{Op, Param, Tx, Value};
use serde_json::json;

use super::{census, open_flags_of, path, record};
use crate::rules::{Campaign, State, Step, Terms, is_number};
use crate::store::{self, CampaignRow};

/// A campaign to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCampaign {
    /// Whose subtree.
    pub unit: Id<Unit>,
    /// Of which year.
    pub year: i32,
    /// First day.
    pub opens_on: Day,
    /// Branches plan by.
    pub plan_by: Day,
    /// Lists are complete by.
    pub lists_by: Day,
    /// Number of the plan of the committee.
    pub number: String,
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// Whether a campaign takes in a unit: its own unit or one above.
///
/// # Errors
/// A fault without columns.
pub fn covers(op: &Op<'_, '_>, campaign: &CampaignRow, unit: Id<Unit>) -> Result<bool, Problem> {
    Ok(path(op, unit)?.iter().any(|(up, _)| *up == campaign.unit_id))
}

/// Opens a campaign (SCR-01): one a year for every branch.
///
/// # Errors
/// Every reason at once with its rule; absent when the unit is out of reach.
pub fn open(op: &mut Op<'_, '_>, new: &NewCampaign) -> Result<Id<Campaign>, Problem> {
    op.permit(Permission::EditMembers, new.unit)?;
    let mut issues = Vec::new();
    let until = Terms::on(new.opens_on)?.days_of(new.year);
    let (plan_by, lists_by) = until.ok_or_else(|| Problem::field("year", Said::new("screening-year-wrong")))?;
    if new.year < 2000 || new.year > op.today().year() + 1 {
        issues.push(issue("year", None, Said::new("screening-year-wrong")));
    }
    if new.opens_on > new.plan_by {
        issues.push(issue("opens", None, Said::new("screening-opens-late")));
    }
    if new.plan_by > plan_by {
        issues.push(issue("plan", Some("SCR-01"), Said::new("screening-plan-late").with("day", plan_by)));
    }
    if new.lists_by < new.plan_by || new.lists_by > lists_by {
        issues.push(issue("lists", Some("SCR-01"), Said::new("screening-lists-late").with("day", lists_by)));
    }
    if !is_number(&new.number) {
        issues.push(issue("number", None, Said::new("screening-number-needed")));
    }
    let above: Vec<_> = path(op, new.unit)?.into_iter().map(|(up, _)| up).collect();
    for row in store::campaigns(op.tx())?.into_iter().filter(|row| row.year == i64::from(new.year)) {
        let below = path(op, row.unit_id)?.iter().any(|(up, _)| *up == new.unit);
        if below || above.contains(&row.unit_id) {
            issues.push(issue("unit", Some("SCR-01"), Said::new("screening-campaign-twice").with("year", new.year)));
            break;
        }
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (id, now, by) = (op.fresh(), op.now(), op.viewer().name.clone());
    let (year, number) = (i64::from(new.year), new.number.as_str());
    store::insert_campaign(op.tx(), id, new.unit, year, new.opens_on, new.plan_by, new.lists_by, number, now, &by)?;
    let detail = json!({ "year": new.year, "from": new.opens_on.iso(), "lists": new.lists_by.iso(), "number": number });
    record(op, *new.unit.bytes(), new.unit, "screen-opened", &detail);
    Ok(id)
}

/// A branch reports its plan upward (SCR-01).
///
/// # Errors
/// Refusals by field; a conflict when it has reported already; absent when out of reach or not in the campaign.
pub fn plan(op: &mut Op<'_, '_>, id: Id<Campaign>, unit: Id<Unit>, (number, on): (&str, Day)) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let campaign = store::campaign(op.tx(), id)?.ok_or(Problem::NotFound)?;
    if !covers(op, &campaign, unit)? {
        return Err(Problem::NotFound);
    }
    if !is_number(number) {
        return Err(Problem::field("plan", Said::new("screening-number-needed")));
    }
    if on > op.today() {
        return Err(Problem::field("planned", Said::new("screening-day-to-come")));
    }
    if store::plans(op.tx(), id)?.iter().any(|row| row.unit_id == unit) {
        return Err(Problem::Conflict(Said::new("screening-planned-already")));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_plan(op.tx(), unit, id, number, on, now, &by)?;
    record(op, *unit.bytes(), unit, "screen-planned", &json!({ "number": number, "on": on.iso() }));
    Ok(())
}

/// Members of a branch today.
fn members(op: &Op<'_, '_>, unit: Id<Unit>) -> Result<Vec<Id<Person>>, Problem> {
    let census = census(op)?;
    let view = census.view(op.today());
    let Some(no) = view.forest().no(unit) else { return Ok(Vec::new()) };
    let scope = Scope::Unit(no);
    let query = Query { scope, members: Some(member_standings()), ..Query::at(AsOf::on(op.today())) };
    let all = view.list(&query, ListOrder::Place, None, 100_000);
    let at_home = |brief: &chibo_census::columns::Brief| brief.today.is_some_and(|(home, _)| home == no);
    Ok(all.iter().filter_map(|no| view.person(*no)).filter(at_home).map(|brief| brief.id).collect())
}

/// Those of them who have no flag and were not assessed in the campaign.
fn unflagged(
    tx: &mut Tx<'_>,
    campaign: Id<Campaign>,
    unit: Id<Unit>,
    all: Vec<Id<Person>>,
) -> Result<Vec<Id<Person>>, Problem> {
    let stands: HashSet<_> = store::stands_in(tx, campaign, unit)?.into_iter().map(|row| row.person_id).collect();
    let mut left = Vec::new();
    for person in all.into_iter().filter(|person| !stands.contains(person)) {
        let elsewhere = store::steps_of(tx, person)?.iter().any(|row| row.campaign_id == campaign);
        if !elsewhere && open_flags_of(tx, person)?.is_empty() {
            left.push(person);
        }
    }
    Ok(left)
}

/// The branch finds all its members without flags fit, by the minutes of one meeting; gives how many.
///
/// # Errors
/// Every reason at once; absent when out of reach or not in the campaign.
pub fn clear(
    op: &mut Op<'_, '_>,
    id: Id<Campaign>,
    unit: Id<Unit>,
    (number, on): (&str, Day),
) -> Result<usize, Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let campaign = store::campaign(op.tx(), id)?.ok_or(Problem::NotFound)?;
    if !covers(op, &campaign, unit)? {
        return Err(Problem::NotFound);
    }
    let mut issues = Vec::new();
    if !is_number(number) {
        issues.push(issue("minutes", None, Said::new("screening-number-needed")));
    }
    if on > op.today() || on < campaign.opens_on {
        issues.push(issue("met", None, Said::new("screening-met-when").with("day", campaign.opens_on)));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let all = members(op, unit)?;
    let fit = unflagged(op.tx(), id, unit, all)?;
    let (now, by, version) = (op.now(), op.viewer().name.clone(), Terms::on(on)?.version);
    let (forever, none): (Day, Option<Id<Person>>) = (Day::FOREVER, None);
    let empty = || Value::Text("");
    let steps = fit.iter().map(|person| {
        [
            person.value(),
            id.value(),
            Value::Int(1),
            unit.value(),
            Value::Text(Step::Cleared.code()),
            empty(),
            empty(),
            none.value(),
            forever.value(),
            empty(),
            on.value(),
            Value::Text(number),
            Value::Text(&version),
            now.value(),
            Value::Text(&by),
        ]
    });
    store::bulk_steps(op.tx(), steps)?;
    let stands = fit.iter().map(|person| {
        let state = Value::Text(State::Cleared.code());
        [person.value(), id.value(), unit.value(), state, empty(), empty(), forever.value(), on.value()]
    });
    store::bulk_stands(op.tx(), stands)?;
    for person in &fit {
        record(op, *person.bytes(), unit, "screen-step", &json!({ "campaign": id.to_string(), "row": 1 }));
    }
    record(op, *unit.bytes(), unit, "screen-cleared", &json!({ "members": fit.len(), "number": number }));
    Ok(fit.len())
}
