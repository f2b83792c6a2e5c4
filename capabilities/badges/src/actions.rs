//! What is done about badges: load, permit, decide, save, record; one transaction each.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::codes::Standing;
use chibo_store::{Entry, Op};
use serde_json::json;

use crate::rules::{Award, Proposal, Series, Step, check_proposal, terms_on};
use crate::store::{self, StepRow};

/// A member with a badge.
pub type Badge = (Id<Person>, u16);

/// What is done to many at once.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What.
    pub step: Step,
    /// On which day.
    pub on: Day,
    /// Number of the decision (decided, taken back).
    pub number: String,
    /// The first badge number to give out; empty to go on after the greatest.
    pub first_serial: String,
    /// What there is to say.
    pub note: String,
}

fn last_step(rows: &[StepRow], years: u16) -> Option<&StepRow> {
    rows.iter().rfind(|row| row.years == years)
}

fn step_of(row: Option<&StepRow>) -> Option<Step> {
    row.and_then(|row| Step::from_code(&row.step))
}

/// Nobody is honoured who has been removed from the Party (BDG-07); whoever died may be.
fn refuse_left(op: &mut Op<'_, '_>, person: Id<Person>) -> Result<(), Problem> {
    let today = op.today();
    if chibo_members::actions::standing_of(op.tx(), person, today)? != Some(Standing::Left) {
        return Ok(());
    }
    Err(Problem::Refused(vec![Issue { field: None, rule: Some("BDG-07"), said: Said::new("badges-has-left") }]))
}

/// Proposes one member for a badge (BDG-02…05).
///
/// # Errors
/// A refusal with every rule that speaks against it; a conflict when the badge is under way already.
pub fn propose(op: &mut Op<'_, '_>, person: Id<Person>, proposal: &Proposal, note: &str) -> Result<(), Problem> {
    let today = op.today();
    let unit = chibo_members::actions::home_of(op.tx(), person, today)?;
    op.permit(Permission::EditMembers, unit)?;
    refuse_left(op, person)?;
    let rows = store::steps_of(op.tx(), person)?;
    if !Step::Proposed.may_follow(step_of(last_step(&rows, proposal.years))) {
        return Err(Problem::Conflict(Said::new("badges-under-way").with("years", proposal.years)));
    }
    let age = chibo_members::party_age_of(op.tx(), person)?;
    let terms = terms_on(proposal.award_on)?;
    let issues = check_proposal(&terms, age.as_ref(), proposal);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let measure = proposal.disciplined.map_or("", |found| found.measure.code());
    let measured_on = proposal.disciplined.map_or(Day::FOREVER, |found| found.on);
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert(
        op.tx(),
        person,
        proposal.years,
        seq(&rows, proposal.years),
        Step::Proposed.code(),
        today,
        proposal.award_on,
        unit,
        proposal.ground.code(),
        measure,
        measured_on,
        "",
        "",
        note,
        &terms.version,
        now,
        &by,
    )?;
    let detail = json!({ "years": proposal.years, "award": proposal.award_on.iso(), "ground": proposal.ground.code() });
    record(op, person, unit, "badge-proposed", &detail);
    Ok(())
}

fn seq(rows: &[StepRow], years: u16) -> u32 {
    last_step(rows, years).map_or(1, |row| row.seq + 1)
}

/// Proposes everybody of a list whose years are reached; gives how many.
///
/// # Errors
/// As [`propose`]: one refusal stops all of them.
pub fn propose_all(op: &mut Op<'_, '_>, badges: &[Badge], award: &Award) -> Result<usize, Problem> {
    for (person, years) in badges {
        let ground = crate::rules::Ground::Reached;
        let proposal = Proposal { years: *years, award_on: award.on, ground, disciplined: None };
        propose(op, *person, &proposal, "")?;
    }
    Ok(badges.len())
}

/// Takes the next step with everybody of a list; gives how many. Deciding numbers the badges in the order of the list
/// (BDG-06, BDG-07).
///
/// # Errors
/// A refusal for a day before the step before it or after today; a conflict when somebody of the list stands elsewhere.
pub fn take_step(op: &mut Op<'_, '_>, badges: &[Badge], deed: &Deed) -> Result<usize, Problem> {
    let today = op.today();
    if deed.on > today {
        return Err(Problem::field("on", Said::new("badges-in-future").with("day", deed.on)));
    }
    let needs = if deed.step == Step::Withdrawn { Permission::EditMembers } else { Permission::DecideBadges };
    let mut serials = Serials::new(deed, badges)?;
    for (person, years) in badges {
        let unit = chibo_members::actions::home_of(op.tx(), *person, today)?;
        op.permit(needs, unit)?;
        let rows = store::steps_of(op.tx(), *person)?;
        let before = last_step(&rows, *years);
        let Some(before) = before.filter(|_| deed.step.may_follow(step_of(before))) else {
            return Err(Problem::Conflict(Said::new("badges-stands-elsewhere").with("years", *years)));
        };
        if deed.step.honours() {
            refuse_left(op, *person)?;
        }
        if deed.on < before.on_day {
            return Err(Problem::field("on", Said::new("badges-before-last").with("day", before.on_day)));
        }
        let serial = if deed.step == Step::Decided { serials.next(op, *years)? } else { before.serial.clone() };
        let number = if deed.number.is_empty() { &before.number } else { &deed.number };
        let (now, by) = (op.now(), op.viewer().name.clone());
        store::insert(
            op.tx(),
            *person,
            *years,
            before.seq + 1,
            deed.step.code(),
            deed.on,
            before.award_on,
            unit,
            &before.ground,
            &before.discipline,
            before.disciplined_on,
            number,
            &serial,
            &deed.note,
            &before.rulebook,
            now,
            &by,
        )?;
        let detail = json!({ "years": years, "number": number, "serial": serial, "on": deed.on.iso() });
        record(op, *person, unit, act(deed.step), &detail);
    }
    Ok(badges.len())
}

const fn act(step: Step) -> &'static str {
    match step {
        Step::Proposed => "badge-proposed",
        Step::Withdrawn => "badge-withdrawn",
        Step::Decided => "badge-decided",
        Step::Awarded => "badge-awarded",
        Step::TakenBack => "badge-taken-back",
    }
}

/// Numbers given out in order, each badge with its own series (BDG-06).
struct Serials {
    series: Vec<Series>,
    next: BTreeMap<u16, u64>,
}

impl Serials {
    fn new(deed: &Deed, badges: &[Badge]) -> Result<Self, Problem> {
        let terms = terms_on(deed.on)?;
        let years: std::collections::BTreeSet<u16> = badges.iter().map(|(_, years)| *years).collect();
        let series: Vec<_> = years.iter().filter_map(|years| terms.series(*years).cloned()).collect();
        let mut next = BTreeMap::new();
        if !deed.first_serial.is_empty() && deed.step == Step::Decided {
            let refuse = |key| {
                Problem::Refused(vec![Issue {
                    field: Some("serial".to_owned()),
                    rule: Some("BDG-06"),
                    said: Said::new(key),
                }])
            };
            let [only] = series.as_slice() else { return Err(refuse("badges-serial-of-many")) };
            if !only.known() {
                return Err(refuse("badges-series-unknown"));
            }
            let first = only.running(&deed.first_serial).ok_or_else(|| refuse("badges-bad-serial"))?;
            next.insert(only.years, first);
        }
        Ok(Self { series, next })
    }

    /// The next free number of a badge; empty when the series is not known.
    fn next(&mut self, op: &mut Op<'_, '_>, years: u16) -> Result<String, Problem> {
        let Some(series) = self.series.iter().find(|series| series.years == years && series.known()) else {
            return Ok(String::new());
        };
        let running = match self.next.get(&years) {
            Some(running) => *running,
            None => {
                let last = store::last_serial(op.tx(), years)?.filter(|serial| !serial.is_empty());
                last.and_then(|serial| series.running(&serial)).map_or(1, |running| running + 1)
            }
        };
        let full = || Problem::field("serial", Said::new("badges-series-full").with("years", years));
        let serial = series.serial(running).ok_or_else(full)?;
        if store::count_serial(op.tx(), years, &serial)?.unwrap_or(0) > 0 {
            return Err(Problem::field("serial", Said::new("badges-serial-taken").with("serial", &serial)));
        }
        self.next.insert(years, running + 1);
        Ok(serial)
    }
}

/// One entry in the chain of a member.
fn record(op: &mut Op<'_, '_>, person: Id<Person>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry {
        stream: *person.bytes(),
        action,
        unit: Some(unit),
        subject: Some(*person.bytes()),
        detail: detail.to_string(),
    });
}
