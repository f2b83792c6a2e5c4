//! What is due: campaigns and plans (SCR-01), members to assess, help that ends, proposals on their way, complaint clocks.

use std::collections::{BTreeMap, HashMap, HashSet};

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind;
use chibo_web::{Duty, DutySource, Visit};

use crate::actions::{self, assessed_rules};
use crate::pages::Found;
use crate::rules::{Campaign, State, Step, Terms};
use crate::store::{self, CampaignRow, StandRow};

/// Days before a duty of the year is told.
const AHEAD: i32 = 30;
/// Days after which a decision no complaint came of is left alone.
const SETTLED: i32 = 200;

/// Every source.
pub(crate) fn sources() -> Vec<DutySource> {
    let source = |name, title, find| DutySource { name, title, needs: Permission::EditMembers, find };
    vec![
        source("plans-to-screen", "screening-duties-plans", plans),
        source("flags-to-screen", "screening-duties-flags", flagged),
        source("help-to-screen", "screening-duties-help", help),
        source("screening-reports", "screening-duties-reports", reports),
        source("removals-to-screen", "screening-duties-removals", removals),
    ]
}

/// Campaigns whose work is under way this year.
fn running(visit: &Visit<'_>) -> Result<Vec<CampaignRow>, Problem> {
    let today = visit.today();
    let mut rows = visit.read(store::campaigns)?;
    rows.retain(|row| row.opens_on <= today && row.year == i64::from(today.year()));
    Ok(rows)
}

/// In the first quarter: base organisations without a campaign, branches without a plan (SCR-01).
fn plans(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let Some((plan_by, lists_by)) = Terms::on(today)?.days_of(today.year()) else { return Ok(()) };
    if today > lists_by {
        return Ok(());
    }
    let units = UnitsToday::of(visit);
    let rows = running(visit)?;
    let ranges: Vec<_> = rows.iter().map(|row| units.range(Some(row.unit_id))).collect();
    let kind = |place: u32| Kind::from_number(units.tree.kind(place));
    for place in 0..units.tree.len() {
        let base = kind(place).is_some_and(Kind::is_base_organisation);
        if !base || ranges.iter().any(|range| range.contains(&place)) {
            continue;
        }
        if let Some(unit) = units.id(place) {
            let said = Said::new("screening-duty-open").with("year", today.year());
            let href = format!("/screening/campaigns/new?unit={unit}");
            each(Duty { rule: "SCR-01", unit, said, due: plan_by, href });
        }
    }
    for (row, range) in rows.iter().zip(ranges) {
        let planned = visit.read(|tx| store::plans(tx, row.campaign_id))?;
        let planned: HashSet<_> = planned.into_iter().map(|plan| plan.unit_id).collect();
        for place in range.filter(|place| kind(*place).is_some_and(Kind::holds_members)) {
            let Some(unit) = units.id(place).filter(|unit| !planned.contains(unit)) else { continue };
            let said = Said::new("screening-duty-plan").with("year", row.year);
            let href = format!("/screening/campaigns/{}?unit={unit}", row.campaign_id);
            each(Duty { rule: "SCR-01", unit, said, due: row.plan_by, href });
        }
    }
    Ok(())
}

/// Rules of members assessed while flagged, over all these campaigns.
fn assessed(visit: &Visit<'_>, rows: &[CampaignRow]) -> Result<HashMap<Id<Person>, Vec<String>>, Problem> {
    let mut all: HashMap<Id<Person>, Vec<String>> = HashMap::new();
    visit.read(|tx| {
        for row in rows {
            store::flagged_stands(tx, row.campaign_id, |stand| {
                all.entry(stand.person_id).or_default().extend(assessed_rules(&stand.rules));
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(all)
}

/// The report of every quarter, of whoever runs the campaign (SCR-12).
fn reports(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let terms = Terms::on(visit.today())?;
    for row in running(visit)? {
        let last = visit.read(|tx| store::reports(tx, row.campaign_id, row.unit_id))?;
        let last = last.first().map_or(row.opens_on, |report| report.made_at.day());
        let said = Said::new("screening-duty-report").with("year", row.year);
        let href = format!("/screening/campaigns/{}", row.campaign_id);
        each(Duty { rule: "SCR-12", unit: row.unit_id, said, due: terms.report_by(last), href });
    }
    Ok(())
}

/// Members of a branch who wait for its assessment.
struct Waiting {
    by: Day,
    campaign: Id<Campaign>,
    people: HashSet<Id<Person>>,
}

/// Members with flags the branch has not looked at: within a month of being seen, in the first quarter by its end (SCR-01).
fn flagged(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let terms = Terms::on(visit.today())?;
    let rows = running(visit)?;
    if rows.is_empty() {
        return Ok(());
    }
    let assessed = assessed(visit, &rows)?;
    let found = Found::at(visit, &|_| true)?;
    let ranges: Vec<_> = rows.iter().map(|row| (found.units.range(Some(row.unit_id)), row)).collect();
    let mut due: BTreeMap<Id<Unit>, Waiting> = BTreeMap::new();
    for line in &found.lines {
        let looked = assessed.get(&line.flag.person);
        if looked.is_some_and(|rules| rules.iter().any(|rule| rule == line.flag.rule)) {
            continue;
        }
        let Some((_, row)) = ranges.iter().find(|(range, _)| range.contains(&line.place)) else { continue };
        let by = terms.next_check(line.flag.seen).max(row.lists_by);
        let campaign = row.campaign_id;
        let waiting = due.entry(line.unit).or_insert(Waiting { by, campaign, people: HashSet::new() });
        waiting.by = waiting.by.min(by);
        waiting.people.insert(line.flag.person);
    }
    for (unit, Waiting { by: due, campaign, people }) in due {
        let said = Said::new("screening-duty-assess").with("count", people.len());
        let href = format!("/screening/campaigns/{campaign}/members?unit={unit}&figure=waiting");
        each(Duty { rule: "SCR-01", unit, said, due, href });
    }
    Ok(())
}

/// Everybody in some states.
fn at(visit: &Visit<'_>, states: &[State], since: Day) -> Result<Vec<StandRow>, Problem> {
    let mut rows = Vec::new();
    visit.read(|tx| {
        for state in states {
            store::stands_at(tx, state.code(), since, |row| {
                rows.push(row);
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(rows)
}

fn page_of(row: &StandRow) -> String {
    format!("/screening/members/{}", row.person_id)
}

/// Help is looked at every month and ends with a new assessment (SCR-01, SCR-06).
fn help(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    for row in at(visit, &[State::Helping], Day::PARTY_FOUNDED)? {
        let (next, until) = (terms.next_check(row.changed_on), row.until_on);
        let ends = until <= next || until.plus_days(-AHEAD) <= today;
        let (rule, word, due) = match ends {
            true => ("SCR-06", "screening-duty-reassess", until),
            false => ("SCR-01", "screening-duty-check", next),
        };
        let said = Said::new(word).with("day", until);
        each(Duty { rule, unit: row.branch_id, said, due, href: page_of(&row) });
    }
    Ok(())
}

/// The next vote of every proposal, members to be told of a decision, complaints (SCR-11, EXI-12).
fn removals(visit: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    let today = visit.today();
    let terms = Terms::on(today)?;
    let mut rows = at(visit, &[State::Proposed, State::AtCommittee, State::AtDecider], Day::PARTY_FOUNDED)?;
    rows.extend(at(visit, &[State::Refused, State::Withdrawn], Day::PARTY_FOUNDED)?);
    rows.extend(at(visit, &[State::Removed], today.plus_days(-SETTLED))?);
    for row in rows {
        let file = visit.read(|tx| actions::file(tx, row.person_id, row.campaign_id, &terms))?;
        let check = terms.next_check(row.changed_on);
        let state = file.course.state();
        let clock = match state {
            State::Proposed => Some(("X-07", Step::BranchVoted, "screening-duty-branch", check)),
            State::AtCommittee => Some(("X-07", Step::CommitteeVoted, "screening-duty-committee", check)),
            State::AtDecider => Some(("X-07", Step::Decided, "screening-duty-decide", check)),
            State::Refused | State::Withdrawn => Some(("SCR-01", Step::Cleared, "screening-duty-returned", check)),
            State::Removed => complaint(&file, &terms, today, check),
            _ => None,
        };
        let Some((rule, step, word, due)) = clock else { continue };
        let unit = file.actor(step, row.branch_id);
        each(Duty { rule, unit, said: Said::new(word), due, href: page_of(&row) });
    }
    Ok(())
}

/// After a decision: to be handed over, the days to complain, the complaint to be handled.
fn complaint(
    file: &actions::File,
    terms: &Terms,
    today: Day,
    check: Day,
) -> Option<(&'static str, Step, &'static str, Day)> {
    let last = |step: Step| file.course.last(step).map(|taken| taken.on);
    // The committee that struck him off where he went tells him and hears his complaint.
    if last(Step::Upheld).is_some() || last(Step::StruckElsewhere).is_some() {
        return None;
    }
    if let Some(on) = last(Step::Complained) {
        return Some(("EXI-12", Step::Upheld, "screening-duty-handle", terms.handle_by(on)));
    }
    let Some(on) = last(Step::Informed) else {
        return Some(("SCR-11", Step::Informed, "screening-duty-inform", check));
    };
    let by = terms.complain_by(on);
    (by >= today).then_some(("SCR-11", Step::Complained, "screening-duty-complaint", by))
}
